"""The desk's first look: who one is, what waits, who is there, and when the desk is open."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from fastapi import FastAPI

from tests.api.desk_helpers import Person, Roles, code_of, noted, promised, queued
from tests.api.helpers import Visitor
from tests.api.staff.helpers import NOW


@pytest.fixture
async def anna(app: FastAPI, visitor: Visitor) -> Person:
    return await Person.sign_in(app, "Anna Ek", {"umea": ["agent"]})


@pytest.fixture
async def olle(app: FastAPI, visitor: Visitor) -> Person:
    return await Person.sign_in(app, "Olle Öst", {"umea": ["agent"]})


async def desk_of(person: Person) -> dict[str, Any]:
    """The only municipality of somebody's queue."""
    (found,) = (await person.get("/queue")).json()["municipalities"]
    return dict(found)


async def test_one_is_told_who_one_is(app: FastAPI, visitor: Visitor) -> None:
    roles: Roles = {"umea": ["admin", "agent"], "ludvika": ["editor"], "gone": ["agent"]}
    me = (await (await Person.sign_in(app, "Anna Ek", roles)).get("/me")).json()
    assert (me["name"], me["presence"]) == ("Anna Ek", "away")
    assert len(me["csrf"]) >= 32
    assert {m["municipality"]: (m["name"], m["roles"]) for m in me["memberships"]} == {
        "umea": ("Umeå kommun", ["agent", "admin"]),
        "ludvika": ("Ludvika kommun", ["editor"]),
    }


async def test_the_queue_tells_who_waits_and_who_talks(
    app: FastAPI, anna: Person, olle: Person
) -> None:
    await queued(app, "one")
    talking = {"state": "talking", "waited_seconds": 42}
    await queued(app, "two", id="m" * 22, claimed_by=anna.staff.id, danger=True, **talking)
    long_ago = NOW - dt.timedelta(minutes=5)
    await queued(
        app, "three", id="o" * 22, claimed_by=olle.staff.id, citizen_seen_at=long_ago, **talking
    )
    await queued(app, "four", id="e" * 22, state="closed", ended_at=NOW)
    queue = (await anna.get("/queue")).json()
    (waiting,), (mine,), (other,) = queue["waiting"], queue["mine"], queue["others"]
    assert dt.datetime.fromisoformat(queue["now"]) == NOW
    assert waiting == {
        "id": "H" * 22,
        "municipality": "umea",
        "municipality_name": "Umeå kommun",
        "unit": "mottagningsenheten",
        "unit_name": "Socialtjänstens mottagningsenhet",
        "subject": "Ledsagning till tandläkaren",
        "reason": "asked",
        "language": "sv",
        "channel": "web",
        "state": "waiting",
        "waited_seconds": 180,
        "claimed_by": None,
        "wanted_by": None,
        "wanted_by_name": None,
        "danger": False,
        "citizen_here": True,
        "outcome": None,
        "created_at": "2026-11-18T08:57:00+00:00",
    }
    assert (mine["id"], mine["danger"], mine["waited_seconds"]) == ("m" * 22, True, 42)
    assert mine["claimed_by"] == {"id": anna.staff.id, "name": "Anna Ek"}
    assert (other["claimed_by"]["name"], other["citizen_here"]) == ("Olle Öst", False)


async def test_who_a_chat_waits_for_is_named(app: FastAPI, anna: Person, olle: Person) -> None:
    await queued(app, "one", wanted_by=olle.staff.id)
    (row,) = (await anna.get("/queue")).json()["waiting"]
    assert (row["wanted_by"], row["wanted_by_name"]) == (olle.staff.id, "Olle Öst")


async def test_only_callbacks_whose_time_has_begun_are_due(app: FastAPI, anna: Person) -> None:
    await promised(app)
    await promised(app, receipt="UM-LATER", due_from=NOW + dt.timedelta(minutes=1))
    await promised(app, receipt="UM-DONE", state="done", ended_at=NOW)
    assert (await anna.get("/queue")).json()["callbacks_due"] == 1


async def test_presence_opens_the_desk(anna: Person) -> None:
    assert (await desk_of(anna))[
        "text"
    ] == "Öppettid till klockan 11.30, men ingen tar emot just nu"
    for state, is_open in (("here", True), ("break", False), ("here", True), ("away", False)):
        response = await anna.post("/presence", {"state": state})
        assert response.json() == {"state": state}
        assert (await anna.get("/me")).json()["presence"] == state
        desk = await desk_of(anna)
        assert desk["open"] is is_open
        assert desk["agents"] == [{"id": anna.staff.id, "name": "Anna Ek", "state": state}]
    await anna.post("/presence", {"state": "here"})
    assert (await desk_of(anna))["text"] == "Öppet till klockan 11.30"


@pytest.mark.parametrize(
    ("moment", "opens"),
    [
        ("2026-11-18T07:00:00+01:00", "klockan 08.30"),
        ("2026-11-18T23:00:00+01:00", "i morgon, torsdag, klockan 08.30"),
        ("2026-11-20T23:00:00+01:00", "på måndag klockan 08.30"),
    ],
)
async def test_outside_hours_the_next_opening_is_named(
    app: FastAPI, visitor: Visitor, moment: str, opens: str
) -> None:
    person = await Person.sign_in(app, "Anna Ek", {"umea": ["agent"]}, moment)
    await person.post("/presence", {"state": "here"})
    desk = await desk_of(person)
    assert (desk["open"], desk["opens"]) == (False, opens)
    assert desk["text"] == f"Stängt. Öppnar {opens}"


async def test_the_desk_can_be_kept_open_and_closed(anna: Person) -> None:
    path = "/municipalities/umea/opening"
    await anna.post("/presence", {"state": "here"})
    extra = await anna.post(path, {"open_until": "2026-11-18T17:00:00+01:00"})
    assert extra.status_code == 200
    assert extra.json()["text"] == "Öppet till klockan 17.00"
    assert dt.datetime.fromisoformat(extra.json()["closes"]).hour == 17
    assert dt.datetime.fromisoformat(extra.json()["extra_until"]).hour == 16
    closed = await anna.post(path, {"closed_until": "2026-11-18T11:00:00"})
    assert (closed.json()["open"], closed.json()["extra_until"]) == (False, None)
    assert closed.json()["closes"] is None
    assert closed.json()["text"] == "Stängt av personalen till klockan 11.00"
    again = await anna.post(path, {"open_until": None, "closed_until": None})
    assert again.json()["text"] == "Öppet till klockan 11.30"
    assert [n[1:] for n in await noted(anna.app)] == [("set_opening", "umea")] * 3


OPENINGS: list[tuple[dict[str, Any], str | None]] = [
    ({"open_until": "2026-11-18T09:59:00+01:00"}, "open_until"),
    ({"open_until": "2026-11-19T10:01:00+01:00"}, "open_until"),
    ({"closed_until": "2026-11-18T10:00:00+01:00"}, "closed_until"),
    ({"closed_until": 1795600000}, "closed_until"),
    ({"closed_until": "1795600000"}, "closed_until"),
    ({"closed_until": "2099-99-99T00:00"}, "closed_until"),
    ({"closed_until": "2026-11-18T10:30:00+99:00"}, "closed_until"),
    ({"closed_until": "soon"}, "closed_until"),
    ({"open_until": "2026-11-18T12:00", "closed_until": "2026-11-18T12:00"}, None),
    ({"until": "2026-11-18T12:00"}, "until"),
]


async def test_an_opening_is_for_a_day_at_most(anna: Person) -> None:
    for body, field in OPENINGS:
        response = await anna.post("/municipalities/umea/opening", body)
        assert response.status_code == 422, body
        assert response.json()["error"].get("field") == field
    assert await noted(anna.app) == []


@pytest.mark.parametrize("municipality", ["leksand", "ostersund"])
async def test_a_desk_without_chat_can_not_be_opened(
    app: FastAPI, visitor: Visitor, municipality: str
) -> None:
    person = await Person.sign_in(app, "Anna Ek", {municipality: ["admin"]})
    desk = await desk_of(person)
    assert (desk["chat"], desk["open"]) == (False, False)
    assert desk["text"] == "Kommunen har ingen chatt med personal"
    response = await person.post(f"/municipalities/{municipality}/opening", {})
    assert (response.status_code, code_of(response)) == (409, "no_chat")


async def test_presence_is_one_of_three(anna: Person) -> None:
    for state in ("", "gone", "HERE", None, 1, ["here"]):
        response = await anna.post("/presence", {"state": state})
        assert (response.status_code, code_of(response)) == (422, "invalid_request"), state
