"""Every address of the desk, and what each role is to get there about things of Umeå."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
from fastapi import FastAPI

from api.staff.records import Role
from tests.api.desk_helpers import Person

ROLES: dict[str, Mapping[str, set[Role]]] = {
    "agent of Ludvika": {"ludvika": {"agent"}},
    "all of Ludvika": {"ludvika": {"agent", "editor", "admin"}},
    "editor of Umeå": {"umea": {"editor"}},
    "admin of Umeå": {"umea": {"admin"}},
    "agent of Umeå": {"umea": {"agent"}},
    "both": {"umea": {"admin"}, "ludvika": {"agent"}},
}


@dataclass(frozen=True)
class Door:
    """An address with the answers that each is to get, in the order of ROLES."""

    method: str
    path: str
    expected: str
    body: Mapping[str, Any] | None = None

    def of(self, who: str) -> int:
        """The status that somebody is to get."""
        return int(self.expected.split()[list(ROLES).index(who)])


HANDOFF, CALLBACK = "/handoffs/{handoff_id}", "/callbacks/{receipt}"
ONES_OWN = "404 404 403 403 {} 404"
"""Of an agent of the municipality only; who is no agent anywhere hears nothing more than that."""

DOORS = [
    Door("GET", "/me", "200 200 200 200 200 200"),
    Door("GET", "/queue", "200 200 403 200 200 200"),
    Door("POST", "/presence", "200 200 403 403 200 200", {"state": "break"}),
    Door("POST", "/municipalities/{municipality_id}/opening", "404 404 403 200 200 200", {}),
    Door("GET", HANDOFF, ONES_OWN.format(200)),
    Door("POST", f"{HANDOFF}/claim", ONES_OWN.format(200)),
    Door("POST", f"{HANDOFF}/messages", ONES_OWN.format(201), {"text": "Hej", "key": "the-key-1"}),
    Door("POST", f"{HANDOFF}/transfer", ONES_OWN.format(200), {"unit": "mottagningsenheten"}),
    Door("POST", f"{HANDOFF}/give-back", ONES_OWN.format(200)),
    Door("POST", f"{HANDOFF}/release", ONES_OWN.format(200)),
    Door("POST", f"{HANDOFF}/close", ONES_OWN.format(200), {"outcome": "answered"}),
    Door("GET", "/callbacks?municipality=umea", ONES_OWN.format(200)),
    Door("GET", "/callbacks?municipality=umea&state=done", ONES_OWN.format(200)),
    Door("POST", f"{CALLBACK}/take", ONES_OWN.format(200)),
    Door("POST", f"{CALLBACK}/done", ONES_OWN.format(200)),
    Door("POST", f"{CALLBACK}/unreachable", ONES_OWN.format(200)),
    Door("POST", f"{CALLBACK}/release", ONES_OWN.format(200)),
    Door("GET", "/audit?municipality=umea", "403 404 403 200 403 200"),
    Door("GET", "/mail?municipality=umea", "403 404 403 200 403 200"),
]
EVENTS = "200 200 403 200 200 200"
"""Who may follow them. Tested apart: a stream that is opened goes on."""


@dataclass
class Desk:
    """The desk with everybody, a chat that Umeå's agent has, and a callback that she took."""

    app: FastAPI
    http: httpx.AsyncClient
    people: dict[str, Person]
    handoff: str
    receipt: str

    def address(self, path: str, **other: str) -> str:
        """The path with the things of Umeå in its places, or others."""
        values = {"handoff_id": self.handoff, "receipt": self.receipt, "municipality_id": "umea"}
        return path.format(**{**values, **other})

    async def call(self, door: Door, who: str, **other: str) -> httpx.Response:
        """Somebody tries an address."""
        person, path = self.people[who], self.address(door.path, **other)
        return await (person.get(path) if door.method == "GET" else person.post(path, door.body))
