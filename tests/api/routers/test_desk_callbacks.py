"""The desk's callbacks: names and numbers for that municipality's agents, and who saw them."""

from __future__ import annotations

import asyncio
import datetime as dt

import pytest
from fastapi import FastAPI

from tests.api.desk_helpers import DESK, Person, code_of, noted, promised
from tests.api.helpers import Visitor
from tests.api.staff.helpers import NOW

RECEIPT = "UM-7K3F-92QX"
PATH = f"/callbacks/{RECEIPT}"


@pytest.fixture
async def anna(app: FastAPI, visitor: Visitor) -> Person:
    return await Person.sign_in(app, "Anna Ek", {"umea": ["agent"], "ludvika": ["agent"]})


@pytest.fixture
async def olle(app: FastAPI, visitor: Visitor) -> Person:
    return await Person.sign_in(app, "Olle Ost", {"umea": ["agent"]})


async def test_a_callback_is_shown_with_its_time(app: FastAPI, anna: Person) -> None:
    await promised(app)
    (shown,) = (await anna.get("/callbacks")).json()
    assert shown == {
        "receipt": RECEIPT,
        "municipality": "umea",
        "municipality_name": "Umeå kommun",
        "unit": "mottagningsenheten",
        "unit_name": "Socialtjänstens mottagningsenhet",
        "state": "waiting",
        "name": "Svea Svensson",
        "phone": "070-174 06 05",
        "phone_href": "tel:+46701740605",
        "about": "Ledsagning till tandläkaren",
        "language": "sv",
        "due_from": "2026-11-18T08:30:00+00:00",
        "due_to": "2026-11-18T10:00:00+00:00",
        "due": "onsdag 18 november, klockan 09.30–11.00",
        "overdue": False,
        "taken_by": None,
        "attempts": 0,
        "created_at": "2026-11-17T09:00:00+00:00",
    }


async def test_the_earliest_comes_first_and_what_is_late_is_told(
    app: FastAPI, anna: Person
) -> None:
    hour = dt.timedelta(hours=1)
    await promised(app)
    await promised(app, receipt="UM-LATE", due_from=NOW - 3 * hour, due_to=NOW - 2 * hour)
    await promised(app, receipt="LU-LATER", municipality="ludvika", due_from=NOW, unit="vaxel")
    late = [(c["receipt"], c["overdue"]) for c in (await anna.get("/callbacks")).json()]
    assert late == [("UM-LATE", True), (RECEIPT, False), ("LU-LATER", False)]
    chosen = (await anna.get("/callbacks", municipality="ludvika")).json()
    assert [c["receipt"] for c in chosen] == ["LU-LATER"]


async def test_those_that_ended_are_shown_when_asked_for(app: FastAPI, anna: Person) -> None:
    await promised(app)
    await promised(app, receipt="UM-DONE", state="done", ended_at=NOW)
    for query, wanted in (
        ({}, RECEIPT),
        ({"state": "waiting"}, RECEIPT),
        ({"state": "done"}, "UM-DONE"),
    ):
        assert [c["receipt"] for c in (await anna.get("/callbacks", **query)).json()] == [wanted]
    assert (await anna.get("/callbacks", state="taken")).json() == []
    assert (await anna.get("/callbacks", state="gone")).status_code == 422


async def test_each_that_is_shown_is_noted_without_what_it_says(
    app: FastAPI, anna: Person, olle: Person
) -> None:
    await promised(app)
    await promised(app, receipt="LU-2222-2222", municipality="ludvika", unit="vaxel")
    for reader in (anna, olle, anna):
        await reader.get("/callbacks")
    entries = await noted(app)
    assert sorted(entries) == [
        ("Anna Ek", "saw_callback", "LU-2222-2222"),
        ("Anna Ek", "saw_callback", RECEIPT),
        ("Olle Ost", "saw_callback", RECEIPT),
    ]
    assert [o for *_, o in await noted(app, "ludvika")] == ["LU-2222-2222"]


async def test_what_can_not_be_noted_is_not_shown(
    app: FastAPI, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*rest: object) -> None:
        raise RuntimeError("the log is full")

    await promised(app)
    monkeypatch.setattr("api.storage.audit.write", fails)
    response = await anna.get("/callbacks")
    assert response.status_code == 500
    assert "Svea" not in response.text


async def test_of_two_at_once_one_takes_it(app: FastAPI, anna: Person, olle: Person) -> None:
    await promised(app)
    answers = await asyncio.gather(*(p.post(f"{PATH}/take") for p in (anna, olle)))
    won, lost = sorted(answers, key=lambda a: a.status_code)
    assert (won.status_code, lost.status_code) == (200, 409)
    winner = won.json()["taken_by"]["name"]
    assert (won.json()["state"], code_of(lost)) == ("taken", "callback_taken")
    assert winner in lost.json()["error"]["message"]
    assert await noted(app) == [(winner, "took_callback", RECEIPT)]


async def test_a_callback_is_done(app: FastAPI, anna: Person, olle: Person) -> None:
    await promised(app)
    await anna.post(f"{PATH}/take")
    refused = await olle.post(f"{PATH}/done")
    assert (refused.status_code, code_of(refused)) == (409, "callback_taken")
    done = await anna.post(f"{PATH}/done")
    assert (done.status_code, done.json()["state"]) == (200, "done")
    assert [a for _, a, _ in await noted(app)] == ["took_callback", "did_callback"]
    for path in ("take", "done", "unreachable", "release"):
        again = await anna.post(f"{PATH}/{path}")
        assert (again.status_code, code_of(again)) == (409, "callback_ended"), path


async def test_nobody_answered_three_times(app: FastAPI, anna: Person) -> None:
    await promised(app)
    for attempt, state in ((1, "waiting"), (2, "waiting"), (3, "unreachable")):
        await anna.post(f"{PATH}/take")
        missed = (await anna.post(f"{PATH}/unreachable")).json()
        assert (missed["attempts"], missed["state"]) == (attempt, state)
    assert [a for _, a, _ in await noted(app)] == ["took_callback", "missed_callback"] * 3


async def test_a_callback_is_put_back(app: FastAPI, anna: Person, olle: Person) -> None:
    await promised(app)
    await anna.post(f"{PATH}/take")
    back = (await anna.post(f"{PATH}/release")).json()
    assert (back["state"], back["taken_by"]) == ("waiting", None)
    assert (await olle.post(f"{PATH}/take")).json()["taken_by"]["name"] == "Olle Ost"
    assert (await noted(app))[1] == ("Anna Ek", "released_callback", RECEIPT)


async def test_receipts_that_none_can_have_are_refused(anna: Person) -> None:
    for bad in ("%00", "a%20b", "å", "x" * 41, "..%2f..", "'--"):
        response = await anna.http.post(f"{DESK}/callbacks/{bad}/take", headers=anna.headers)
        assert response.status_code in {404, 422}, bad
        assert set(response.json()) == {"error"}
    for query in ({"municipality": "x" * 41}, {"municipality": "Å"}, {"municipality": ""}):
        assert (await anna.get("/callbacks", **query)).status_code == 422, query
