"""The ways to a person as the canned server has them: routes, the queue, callbacks and mails."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from tests.web.canned_content import CONTACTS

if TYPE_CHECKING:
    from tests.web.canned import Answer, Talk

NOWHERE: dict[str, Any] = {
    "state": "none", "place": None, "wait": None, "agent": None, "unit": None,
    "text": "Assistenten svarar. Du kan också nå en människa.", "can": ["ask", "join", "call"],
    "routes": [],
}  # fmt: skip
UNIT = CONTACTS["mottagningsenheten"]


def way(name: str, title: str, text: str, **more: Any) -> dict[str, Any]:
    """A way to a person, open unless said otherwise."""
    told = {"available": True, "form": False, "contact": None, "opens": None, **more}
    return {"id": name, "title": title, "text": text, **told}


ROUTES = {
    "chat": way("chat", "Chatta med en människa", form=True, text=(
        "En människa på mottagningsenheten svarar i chatten nu. Ingen står i kö.")),
    "phone": way("phone", "Ring", contact=UNIT, text=(
        "Socialtjänstens mottagningsenhet: 090-16 10 02. Telefonen är öppen nu, till "
        "klockan 11.30.")),
    "callback": way("callback", "Bli uppringd", form=True, contact=UNIT, text=(
        "Lämna ditt nummer och välj en tid. Du blir uppringd av mottagningsenheten.")),
    "email": way("email", "Mejla din fråga", form=True, contact=UNIT, text=(
        "Skriv din fråga, så skickas den med chatten till mottagningsenheten. Svaret kommer med "
        "mejl.")),
    "visit": way("visit", "Besök", contact=UNIT, available=False, text=(
        "Mottagningsenheten: Kungsgatan 71–73. Öppnar för besök i morgon, torsdag, klockan "
        "08.30.")),
}  # fmt: skip
ADDRESS = way(
    "email",
    "Mejla din fråga",
    "Mejla mottagningsenheten: mottagningsenheten@umea.se.",
    contact=UNIT,
)
TIMES: dict[str, Any] = {
    "open": True,
    "unit": "Socialtjänstens mottagningsenhet",
    "purpose": "Kommunen använder namn, nummer och ärende bara för att ringa dig: de syns för "
    "personal på mottagningsenheten och raderas här senast 7 dagar efter att ärendet är klart.",
    "times": [
        {"id": f"2026-11-{day}T{start}/2026-11-{day}T{end}", "title": title}
        for day, start, end, title in (
            ("18", "13:00", "16:00", "onsdag 18 november, klockan 13.00–16.00"),
            ("19", "08:30", "11:30", "torsdag 19 november, klockan 08.30–11.30"),
            ("19", "13:00", "16:00", "torsdag 19 november, klockan 13.00–16.00"),
        )
    ],
}
RECEIPT, SECRET = "UM-7K3F-92QX", "hemlig-nyckel"
BOOKED = (
    "Det är bokat. Socialtjänstens mottagningsenhet ringer dig onsdag 18 november, klockan "
    f"13.00–16.00. Ditt ärendenummer är {RECEIPT}."
)
CANCELLED = f"Det är avbokat. Ingen ringer dig. Ditt ärendenummer var {RECEIPT}."
MAILED = f"Din fråga är på väg till mottagningsenheten. Ditt ärendenummer är {RECEIPT}."
QUEUED = (
    "Du väntar på att en människa ska svara. Du är nummer {place} i kön. Hur länge du får vänta "
    "vet vi inte."
)
TOLD_JOIN = "Du står i kö för att chatta med en människa på mottagningsenheten."
TALKING = "Du chattar med Anna, en människa på mottagningsenheten. Assistenten är tyst."


def waiting(talk: Talk, place: int) -> dict[str, Any]:
    """In the queue."""
    unit = str(UNIT["name"])
    return talk.stand("waiting", QUEUED.format(place=place), place=place, unit=unit)


def claimed(talk: Talk) -> None:
    """Anna has taken it."""
    talk.add("notice", "Nu svarar Anna, en människa på mottagningsenheten.", kind="handoff")
    talk.stand("talking", TALKING, agent="Anna", unit=str(UNIT["name"]))


class Handoffs:
    """What is offered and what was asked for. Tests change the one and look at the other."""

    def __init__(self) -> None:
        self.routes = list(ROUTES.values())
        self.times = TIMES
        self.subjects: list[str | None] = []
        self.booked: dict[str, dict[str, Any]] = {}
        self.mailed: dict[str, dict[str, Any]] = {}
        self.callback = "waiting"

    def answer(self, method: str, path: str, secret: str, body: Mapping[str, Any]) -> Answer | None:
        """What needs no conversation; None for what is not about persons."""
        path = path.split("?", maxsplit=1)[0]
        if path.endswith("/routes"):
            return 200, {"routes": self.routes, "emergency": "Är någon i fara nu? Ring 112."}
        if path.endswith("/callback-times"):
            return 200, self.times
        if path.endswith("/callbacks"):
            self.booked[str(body["key"])] = dict(body)
            lines = [f"Namn: {body['name']}", f"Telefon: {body['phone']}"]
            return 201, {"receipt": RECEIPT, "secret": SECRET, "lines": lines, "text": BOOKED}
        if path == f"callbacks/{RECEIPT}" and secret == SECRET:
            if method == "DELETE":
                self.callback = "cancelled"
            waits = self.callback == "waiting"
            return 200, {
                "receipt": RECEIPT, "state": self.callback, "can_cancel": waits,
                "text": BOOKED if waits else CANCELLED, "lines": [],
            }  # fmt: skip
        return None

    def of_talk(self, talk: Talk, method: str, what: str, body: Mapping[str, Any]) -> Answer:
        """The queue of one conversation, and mails with its transcript."""
        if what == "mail":
            self.mailed[str(body["key"])] = dict(body)
            return 201, {"receipt": RECEIPT, "text": MAILED}
        if method == "POST":
            self.subjects.append(body.get("subject"))
            talk.add("notice", TOLD_JOIN, kind="handoff")
            return 201, waiting(talk, 2)
        if method == "DELETE":
            talk.add("notice", "Du har lämnat kön.", kind="handoff")
            return 200, talk.stand("left", "Du väntar inte längre på en människa.")
        return 200, talk.handoff
