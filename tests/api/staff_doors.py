"""Every address of the staff pages, what each role is to get there, and what is Umeå's own."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from api.changes.records import Proposal
from api.changes.service import Changes
from api.review.service import key_of
from api.routers.staff_runs import get_starter
from api.routers.staff_test import sounds_of
from api.staff.records import Role
from api.staff.sessions import hash_of
from api.standing.marks import find_subject
from api.storage import answer_states, imports
from api.storage import review as review_table
from api.storage.answer_states import AnswerState
from api.storage.imports import ImportRow
from api.storage.review import Mark
from bot.knowledge.loader import load_whole
from bot.speech.segments import Segment
from tests.api.desk_helpers import Person
from tests.api.review.helpers import asked
from tests.api.runs.kept import kept_report
from tests.api.staff.helpers import NOW

SECRET = "Hemligheten i"
"""Stands in everything that is Umeå's own."""

NOWHERE: Mapping[str, str] = {
    "umea": "nowhere", "set_id": "990101-abcdef", "batch_id": "990101-abcdef01", "key": "0" * 32,
}  # fmt: skip
ROLES: dict[str, Mapping[str, set[Role]]] = {
    "agent of Umeå": {"umea": {"agent"}},
    "all of Ludvika, agent of Umeå": {"ludvika": {"editor", "admin"}, "umea": {"agent"}},
    "editor of Ludvika": {"ludvika": {"editor"}},
    "editor of Umeå": {"umea": {"editor"}},
}
ANSWER, UNIT = "umea.ledsagning.kostnad", "umea.mottagningsenheten"


@dataclass(frozen=True)
class Door:
    """An address with the status that each of ROLES is to get; ``body`` is JSON for the API."""

    method: str
    path: str
    expected: str
    body: Mapping[str, Any] | None = None

    @property
    def route(self) -> tuple[str, str]:
        """As the application has it."""
        return self.method, self.path.partition("?")[0]

    @property
    def is_api(self) -> bool:
        """Whether programs ask."""
        return self.path.startswith("/api/")

    def of(self, who: str) -> int:
        """The status that somebody is to get."""
        return int(self.expected.split()[list(ROLES).index(who)])


ALL, EDITORS, OWN = "200 200 200 200", "403 200 200 200", "403 404 404 {}"
DRAWN = "409 409 404 409"
"""Drawing the flows takes seconds: who may see them comes as far as to the drawing."""

PAGES, AGAIN = "/staff/content", "/staff/import/again"
OF_UMEA = {"kommun": "umea"}

DOORS = [
    Door("GET", "/staff", ALL),
    Door("GET", "/staff/test", ALL),
    Door("POST", "/staff/test", ALL, {"municipality": "umea"}),
    Door("GET", "/staff/test/save", "303 303 303 303"),
    Door("POST", "/staff/test/save", "303 303 303 303", {"municipality": "umea"}),
    Door("GET", "/staff/test/sound/{key}/{index}", "404 404 404 200"),
    Door("GET", "/staff/flows?kommun=umea", DRAWN),
    Door("GET", "/staff/flows/service?id=ledsagning&kommun=umea", DRAWN),
    Door("GET", "/staff/flows/intent?id=greet&kommun=umea", DRAWN),
    Door("GET", "/staff/runs", EDITORS),
    Door("POST", "/staff/runs", "403 422 422 422"),
    Door("GET", "/staff/runs/{run}", EDITORS),
    Door("POST", "/staff/runs/{run}/stop", "403 303 303 303"),
    Door("GET", "/staff/runs/{run}/files/{name}", EDITORS),
    Door("GET", "/api/v1/staff/runs/{run}", EDITORS),
    Door("GET", "/staff/review?kommun=umea", OWN.format(200)),
    Door("GET", "/staff/review/question/{key}?kommun=umea", OWN.format(200)),
    Door("POST", "/staff/review/question/{key}?kommun=umea", OWN.format(422), {"do": "hide"}),
    Door("POST", "/staff/review/propose?kommun=umea", OWN.format(303)),
    Door("POST", "/staff/review/reopen?kommun=umea", OWN.format(303), {"key": "0" * 32}),
    Door("POST", "/staff/review/answered?kommun=umea", OWN.format(303), {"key": "0" * 32}),
    Door("GET", f"{PAGES}?kommun=umea", OWN.format(200)),
    Door("POST", f"{PAGES}/reviewed", OWN.format(303), {**OF_UMEA, "answer": ANSWER}),
    Door("GET", f"{PAGES}/answer?id={ANSWER}", OWN.format(200)),
    Door("GET", f"{PAGES}/edit?id={ANSWER}", OWN.format(200)),
    Door("POST", f"{PAGES}/edit", OWN.format(422), {"id": ANSWER, "do": "save"}),
    Door("GET", f"{PAGES}/gaps?kommun=umea", OWN.format(200)),
    Door("GET", f"{PAGES}/contacts?kommun=umea", OWN.format(200)),
    Door("GET", f"{PAGES}/contact?id={UNIT}", OWN.format(200)),
    Door("POST", f"{PAGES}/contact", OWN.format(422), {"id": UNIT, "do": "save"}),
    Door("GET", "/staff/standing?kommun=umea", OWN.format(200)),
    Door("POST", "/staff/standing", OWN.format(422), {**OF_UMEA, "answer": ANSWER, "do": "stop"}),
    Door("GET", f"{AGAIN}?kommun=umea", OWN.format(200)),
    Door("POST", AGAIN, OWN.format(422), {**OF_UMEA, "sida": "ledsagning"}),
    Door("GET", f"{AGAIN}/{{set_id}}", OWN.format(200)),
    Door("POST", f"{AGAIN}/{{set_id}}", OWN.format(422)),
    Door("GET", "/staff/import?kommun=umea", OWN.format(200)),
    Door("POST", "/staff/import", OWN.format(422), OF_UMEA),
    Door("GET", "/staff/import/new", "403 200 403 403"),
    Door("POST", "/staff/import/new", "403 422 403 403"),
    Door("GET", "/staff/import/read/{batch_id}", OWN.format(200)),
    Door("POST", "/staff/import/read/{batch_id}", OWN.format(303), {"do": "drop"}),
    Door("GET", "/staff/changes", EDITORS),
    Door("GET", "/staff/changes/{set_id}", OWN.format(200)),
    Door("GET", "/staff/changes/{set_id}/patch", OWN.format(200)),
    Door("POST", "/staff/changes/{set_id}/drop", OWN.format(303)),
    # It was dropped by then: nothing is written.
    Door("POST", "/staff/changes/{set_id}/apply", OWN.format(409)),
    Door("GET", "/staff/numbers?kommun=umea", OWN.format(200)),
    Door("GET", "/staff/numbers.csv?kommun=umea", OWN.format(200)),
]


@dataclass
class Pages:
    """The staff pages with everybody, and with what is Umeå's own."""

    app: FastAPI
    http: httpx.AsyncClient
    people: dict[str, Person]
    values: Mapping[str, str]

    def address(self, path: str, other: Mapping[str, str] | None = None) -> str:
        """The path with the things of Umeå in its places, or with others."""
        values = {**self.values, **(other or {})}
        if "again" in path and other is None:
            values["set_id"] = values["again"]
        if "sound" in path and other is None:
            values["key"] = values["sound"]
        for name, value in values.items():
            path = path.replace(f"{{{name}}}", value)
        return path.replace("umea", values["umea"])

    async def call(
        self,
        door: Door,
        who: str | None,
        other: Mapping[str, str] | None = None,
        csrf: str | None = None,
        **headers: str,
    ) -> httpx.Response:
        """Somebody tries an address, as a page of ours or, with other headers, of theirs."""
        person = self.people[who] if who else None
        token = csrf if csrf is not None else person.csrf if person else "x" * 43
        elsewhere = (other or self.values)["umea"]
        typed = {k: str(v).replace("umea", elsewhere) for k, v in (door.body or {}).items()}
        told = {**(person.cookie if person else {}), "Sec-Fetch-Site": "same-origin", **headers}
        path = self.address(door.path, other)
        if door.method == "GET":
            return await self.http.get(path, headers=told)
        if door.is_api:
            told["X-Lotsen-CSRF"] = token
            return await self.http.post(path, json=door.body, headers=told)
        return await self.http.post(path, data={**typed, "csrf": token}, headers=told)


def stored(app: FastAPI, person: Person) -> dict[str, str]:
    """What is Umeå's own, straight into the database; the ids of it."""
    store, name = app.state.store, f"{SECRET} Umeå"
    page = "content/umea/pages/ledsagning.txt"
    changes = Changes(store.desk)
    first = changes.propose(
        Proposal("umea", "content", name, {page: "Ny text.\n"}), person.staff, NOW
    )
    about = {"page": "ledsagning", "title": name}
    again = changes.propose(
        Proposal("umea", "import", name, {page: "Annan text.\n"}, about), person.staff, NOW
    )
    asked(store, f"{name} i frågan?", helped=False, words=f"{name} i omdömet")
    found = {"drafts": {"answers": [], "contacts": [], "hours": [], "unplaced": [],
             "not_stated": [], "cites_social_services_act": "no", "kind": "page"},
             "page": {"url": None, "published": None, "updated": None, "warnings": [],
             "headings": []}, "decided": {}, "new": None, "host": None}  # fmt: skip
    row = ImportRow("261118-abcdef01-1", "umea", "sidan", name, name, NOW, f"{name}.\n", found,
                    "open", person.staff.id, NOW, NOW)  # fmt: skip
    with store.desk.begin() as connection:
        imports.add(connection, row)
        mark = Mark("1" * 32, "asked", name, name, None, person.staff.id, NOW)
        review_table.put(connection, "umea", mark)
        known = find_subject(load_whole(), "umea", ANSWER)
        assert known
        why = {"why": name, "quotes": [], "page": "ledsagning", "fingerprint": known.fingerprint}
        state = AnswerState("umea", ANSWER, "restored", why, NOW, person.staff.id)
        answer_states.put(connection, state)
    token = person.cookie["Cookie"].partition("=")[2]
    said = [Segment(name, name)]
    keeping = sounds_of(request_of(app)).keep(hash_of(token), said, "sv", NOW)
    sound = asyncio.run(keeping)
    run = kept_report(get_starter(request_of(app)).runs)
    (app.state.settings.data_dir / "runs" / run / "log.txt").write_text("klart")
    return {"set_id": first.id, "again": again.id, "batch_id": row.batch, "run": run,
            "key": key_of(f"{name} i frågan?"), "sound": sound, "name": "log.txt", "index": "0",
            "umea": "umea"}  # fmt: skip


class Voice:
    """Says everything at once."""

    async def sound(self, _order: object) -> bytes:
        """No sound worth hearing."""
        return b"RIFF"

    def close(self) -> None:
        """It holds nothing."""


def request_of(app: FastAPI) -> Any:
    """All that those functions look at."""
    return type("Request", (), {"app": app})()
