"""The kiosk in small: its page as the server writes it, its record, and API v1 behind it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from types import SimpleNamespace
from typing import Any, ClassVar

from api.services.kiosk import words
from api.services.pages_render import render
from api.services.pages_theme import theme_css
from tests.web.canned import Answer, Canned
from tests.web.canned_content import CONTACTS, GREETING, RECORD
from tests.web.canned_http import Handler
from tests.web.canned_speech import sound

PATH = "/kiosk/umea"
NOW = "2026-11-18T10:00:00+01:00"
HOURS = "Måndag–fredag, klockan 08.30–11.30, 13.00–16.00."
COSTS = "Vad kostar ledsagning?"
QUESTIONS = {
    COSTS: "money",
    "Vem kan få ledsagning?": "people",
    "Hur ansöker man om ledsagning?": "apply",
    "Vilket stöd finns för anhöriga?": "list",
    "Är telefonen öppen nu?": "clock",
    "När gäller den nya socialtjänstlagen?": "law",
    "Var träffas anhöriggruppen?": "place",
    "Kan jag få avlösning om jag har trygghetslarm?": "help",
}
WAYS = [
    {"id": "phone", "title": "Ring", "phone": "090-16 10 02", "available": True, "qr": None,
     "contact": "mottagningsenheten", "text": "Socialtjänstens mottagningsenhet: 090-16 10 02. "
     "Telefonen är öppen nu, till klockan 11.30."},
    {"id": "visit", "title": "Besök", "phone": None, "available": False, "qr": None,
     "contact": "mottagningsenheten", "text": "Mottagningsenheten: Kungsgatan 71–73. Öppnar för "
     "besök i morgon, torsdag, klockan 08.30."},
]  # fmt: skip
SVG = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 7 7"><path d="M0 0h3v3H0zM4 0h3v3H4z'
    'M0 4h3v3H0zM5 5h1v1H5z"/></svg>'
)


def kiosk_record(language: str) -> dict[str, Any]:
    """What the kiosk is told before anybody touches it."""
    own = words(language)
    contacts = [
        {"job": None, "how": None, **CONTACTS["mottagningsenheten"], "phone_hours": HOURS,
         "qr": f"{PATH}/qr/contact/mottagningsenheten.svg"}
    ]  # fmt: skip
    names = (("sv", "Svenska"), ("en", "English"))
    return {
        "municipality": {k: RECORD[k] for k in ("id", "name", "short", "genitive", "logo")},
        "language": language,
        "now": NOW,
        "languages": [
            {"code": code, "name": name, "direction": "ltr", "greeting": words(code)["welcome"],
             "machine": words(code)["machine"], "privacy": words(code)["privacy"]}
            for code, name in names
        ],
        "tiles": [{"id": t, "title": t, "sign": s} for t, s in QUESTIONS.items()],
        "assistant": GREETING[language],
        "contacts": contacts,
        "person": {"lines": WAYS},
        "pages": [{"title": "Ledsagning", "qr": f"{PATH}/qr/page/ledsagning.svg"}],
        "chat_qr": f"{PATH}/qr/chat.svg",
        "emergency": "Är någon i fara nu? Ring 112.",
        "speech": True,
        "microphone": False,
        "listen": "off",
        "open": True,
        "closed_message": None,
        "notices": [],
        "limits": {"message": 200, "listen_seconds": 30},
        "idle_seconds": 75,
        "countdown_seconds": 30,
        "lost_url": f"{PATH}/lost",
        "worker_url": None,
        "words": own,
    }  # fmt: skip


def spoken(key: str, query: str) -> list[str]:
    """What the server says under a key, near enough."""
    own = words("en" if "language=en" in query else "sv")
    return {
        "idle": [own["idle_title"], own["idle_text"].format(number=30)],
        "start": [own["start"], own["machine"], f"Ett: {COSTS}"],
        "person": [own["person_lead"], "Telefonen är öppen nu, till klockan 11.30."],
    }[key]


class KioskHandler(Handler):
    """The page and its record, beside all that the widget's server has."""

    canned: ClassVar[CannedKiosk]

    def do_GET(self) -> None:  # noqa: N802 - the base class names it
        path, _, query = self.path.partition("?")
        if path.startswith("/assets/theme/"):
            self._send(200, theme_css().encode(), {"Content-Type": "text/css; charset=utf-8"})
        elif path == PATH:
            html = self.canned.page()
            self._send(200, html.encode(), {"Content-Type": "text/html; charset=utf-8"})
        elif path == f"{PATH}/record":
            told = {**kiosk_record("en" if "=en" in query else "sv"), **self.canned.told}
            self._send(200, json.dumps(told).encode(), {"Content-Type": "application/json"})
        elif path.startswith(f"{PATH}/say/"):
            kind, said = self.canned.say(path.removeprefix(f"{PATH}/say/"), query)
            self._send(200, said, {"Content-Type": kind})
        elif path.startswith(f"{PATH}/qr/"):
            self._send(200, SVG.encode(), {"Content-Type": "image/svg+xml"})
        else:
            super().do_GET()


class CannedKiosk(Canned):
    """A server with a kiosk. What tests look at afterwards is public."""

    handler = KioskHandler

    def __init__(self) -> None:
        self.told: dict[str, Any] = {}
        self.numbers: list[str] = []
        self.said: list[str] = []
        """Of what a kiosk says of itself: "start", "start/0" and so on."""
        self.channels: list[str] = []
        self.erased: list[str] = []
        super().__init__()

    def page(self) -> str:
        """As the server writes it; without the worker, whose cache belongs to another test."""
        assistant = SimpleNamespace(**GREETING["sv"])
        view = SimpleNamespace(id="umea", name="Umeå kommun", assistant=assistant, contacts=[])
        return render("kiosk.html", "sv", municipality=view).replace("data-worker", "data-none")

    def say(self, what: str, query: str) -> tuple[str, bytes]:
        """The sentences of what the kiosk says of itself, or the sound of one; their kind."""
        self.said.append(what)
        key, _, index = what.partition("/")
        if index:
            return "audio/wav", sound(self.speech.seconds)
        told = [{"index": i, "text": t, "spoken": t} for i, t in enumerate(spoken(key, query))]
        return "application/json", json.dumps({"language": "sv", "sentences": told}).encode()

    def answer(self, method: str, path: str, secret: str, body: Mapping[str, Any]) -> Answer:
        """As API v1 does; and take down what a kiosk is to do."""
        if (method, path) == ("POST", "conversations"):
            self.channels.append(str(body["channel"]))
        if method == "DELETE" and path.count("/") == 1:
            self.erased.append(path.rpartition("/")[2])
        return super().answer(method, path, secret, body)

    def _of_talk(self, method: str, path: str, secret: str, body: Mapping[str, Any]) -> Answer:
        talk, rest = self.find(path, secret)
        if talk is None or not rest.startswith("contacts/"):
            return super()._of_talk(method, path, secret, body)
        return self._number(rest)

    def _number(self, rest: str) -> Answer:
        path = rest.partition("?")[0]
        self.numbers.append(path)
        if path.endswith("/speech"):
            said = ["Noll, nio, noll. Ett, sex.", "Jag upprepar: noll, nio, noll."]
            told = [{"index": i, "text": t, "spoken": t} for i, t in enumerate(said)]
            return 200, {"language": "sv", "sentences": told}
        return 200, sound(self.speech.seconds)
