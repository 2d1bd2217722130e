"""What a municipality's admin sees: the audit log of their own municipality, and failed mail."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from fastapi import FastAPI

from api.storage import audit, outbox
from tests.api.desk_helpers import Person
from tests.api.helpers import Visitor
from tests.api.staff.helpers import NOW


@pytest.fixture
async def siv(app: FastAPI, visitor: Visitor) -> Person:
    return await Person.sign_in(app, "Siv Ask", {"umea": ["admin"]})


def write(app: FastAPI, person: Person, count: int, municipality: str | None = "umea") -> None:
    """Lines of the audit log."""
    with app.state.store.desk.begin() as connection:
        for number in range(count):
            moment = NOW + dt.timedelta(seconds=number)
            audit.write(connection, moment, person.staff, municipality, "claimed", f"h{number}")


async def test_the_log_is_read_from_its_end(app: FastAPI, siv: Person) -> None:
    await asyncio.to_thread(write, app, siv, 60)
    await asyncio.to_thread(write, app, siv, 3, "ludvika")
    await asyncio.to_thread(write, app, siv, 3, None)
    first = (await siv.get("/audit")).json()
    older = (await siv.get("/audit", before=first["before"])).json()
    told = [e["object"] for e in first["entries"] + older["entries"]]
    assert told == [f"h{n}" for n in reversed(range(60))]
    assert older["before"] is None
    assert first["entries"][0] == {
        "id": 60,
        "at": "2026-11-18T09:00:59+00:00",
        "staff": {"id": "siv-ask", "name": "Siv Ask"},
        "municipality": "umea",
        "action": "claimed",
        "object": "h59",
    }


async def test_a_place_in_the_log_is_a_number(siv: Person) -> None:
    for before in ("0", "-1", "x", "9" * 20, ""):
        assert (await siv.get("/audit", before=before)).status_code == 422, before


async def test_mail_that_failed_is_told_without_what_it_says(app: FastAPI, siv: Person) -> None:
    def fail() -> None:
        with app.state.store.desk.begin() as connection:
            for municipality in ("umea", "ludvika"):
                words = {"subject": "Ring upp", "body": "Svea Svensson"}
                mail = outbox.Mail("callback", municipality, "x@example.se", **words, receipt="R")
                outbox.put(connection, mail, NOW)
            while waiting := outbox.lease(connection, NOW):
                outbox.give_up(connection, waiting, NOW, "550")

    await asyncio.to_thread(fail)
    response = await siv.get("/mail")
    (mail,) = response.json()
    assert mail == {
        "kind": "callback",
        "municipality": "umea",
        "receipt": "R",
        "created_at": "2026-11-18T09:00:00+00:00",
        "failed_at": "2026-11-18T09:00:00+00:00",
        "attempts": 1,
        "problem": "550",
    }
