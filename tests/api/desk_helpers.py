"""People at the desk, and things for them to find there, straight into the database."""

from __future__ import annotations

import asyncio
import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any

import httpx
from fastapi import FastAPI

from api.callbacks.records import Callback
from api.handoff.records import Handoff
from api.routers.deps import NOW_HEADER
from api.staff.deps import CSRF_HEADER
from api.staff.records import Role, Staff
from api.storage import audit, handoffs
from api.storage import callbacks as callback_table
from api.storage import staff as staff_table
from tests.api.helpers import LOCAL
from tests.api.staff.helpers import NOW, add_account, signed_in

DESK = "/api/v1/desk"

Roles = Mapping[str, Iterable[Role]]


class Person:
    """Somebody who has signed in: sends what the desk's page sends."""

    def __init__(self, app: FastAPI, staff: Staff, headers: Mapping[str, str]) -> None:
        self.app, self.staff, self.headers = app, staff, dict(headers)
        self.cookie = {name: headers[name] for name in ("Cookie", NOW_HEADER)}
        self.csrf = headers[CSRF_HEADER]
        self.now = dt.datetime.fromisoformat(headers[NOW_HEADER])
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        self.http = httpx.AsyncClient(transport=transport, base_url=LOCAL)

    @classmethod
    async def sign_in(
        cls, app: FastAPI, name: str, roles: Roles, moment: str | None = None
    ) -> Person:
        """An account of one's own, and a session, at this moment."""
        now = dt.datetime.fromisoformat(moment) if moment else NOW

        def add() -> Person:
            login = re.sub(r"[^a-z]+", "-", name.lower().replace("å", "a"))
            held: Any = {municipality: " ".join(given) for municipality, given in roles.items()}
            staff = add_account(app.state.store, login, name, **held)
            return cls(app, staff, signed_in(app.state.store, staff, now))

        return await asyncio.to_thread(add)

    async def get(self, path: str, **query: Any) -> httpx.Response:
        """Read something."""
        return await self.http.get(f"{DESK}{path}", params=query, headers=self.headers)

    async def post(self, path: str, body: Mapping[str, Any] | None = None) -> httpx.Response:
        """Change something."""
        if body is None:
            return await self.http.post(f"{DESK}{path}", headers=self.headers)
        return await self.http.post(f"{DESK}{path}", json=body, headers=self.headers)

    async def lose(self, *, roles: Roles | None = None, active: bool = True) -> None:
        """An administrator takes roles away, or disables the account."""

        def change() -> None:
            with self.app.state.store.desk.begin() as connection:
                staff_table.change(connection, self.staff.id, active=active)
                if roles is not None:
                    staff_table.set_roles(connection, self.staff.id, roles)

        await asyncio.to_thread(change)


def code_of(response: httpx.Response) -> str:
    """The code of a refusal."""
    return str(response.json()["error"]["code"])


async def queued(app: FastAPI, conversation_id: str, **values: Any) -> Handoff:
    """Somebody who waits in Umeå."""
    new = Handoff(
        id="H" * 22,
        conversation_id=conversation_id,
        municipality="umea",
        unit="mottagningsenheten",
        state="waiting",
        subject="Ledsagning till tandläkaren",
        reason="asked",
        language="sv",
        channel="web",
        danger=False,
        created_at=NOW - dt.timedelta(minutes=3),
        changed_at=NOW - dt.timedelta(minutes=3),
        citizen_seen_at=NOW,
    )
    new = replace(new, **values)

    def add() -> None:
        with app.state.store.desk.begin() as connection:
            handoffs.add(connection, new)

    await asyncio.to_thread(add)
    return new


CALLBACK = Callback(
    receipt="UM-7K3F-92QX",
    municipality="umea",
    unit="mottagningsenheten",
    state="waiting",
    name="Svea Svensson",
    phone="070-174 06 05",
    about="Ledsagning till tandläkaren",
    language="sv",
    due_from=NOW - dt.timedelta(minutes=30),
    due_to=NOW + dt.timedelta(minutes=60),
    conversation_id=None,
    consent_at=NOW - dt.timedelta(days=1),
    created_at=NOW - dt.timedelta(days=1),
    changed_at=NOW - dt.timedelta(days=1),
    taken_by=None,
    attempts=0,
    ended_at=None,
)
"""Somebody in Umeå who wants to be called, now."""


async def promised(app: FastAPI, **values: Any) -> Callback:
    """Such a callback, or one that differs in these values."""
    new = replace(CALLBACK, **values)

    def add() -> None:
        with app.state.store.desk.begin() as connection:
            assert callback_table.add(connection, new, "0" * 64, new.receipt)

    await asyncio.to_thread(add)
    return new


async def noted(app: FastAPI, *municipalities: str) -> list[tuple[str | None, str, str | None]]:
    """Who did what to which, as the audit log has it, oldest first."""

    def read() -> list[audit.Entry]:
        with app.state.store.desk.connect() as connection:
            return audit.read(connection, municipalities or ("umea", "ludvika"))

    entries = await asyncio.to_thread(read)
    return [(e.staff_name, e.action, e.object) for e in reversed(entries)]
