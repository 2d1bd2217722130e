"""What an open desk is told: that something changed, at once, and only of one's own."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI

from api.services.live import FOLLOWERS
from api.storage import desk_presence
from tests.api.desk_helpers import DESK, Person, promised, queued
from tests.api.helpers import Stream, Visitor
from tests.api.staff.helpers import NOW

ID = "H" * 22
PATH = f"/handoffs/{ID}"
EVENTS = f"{DESK}/events"


@pytest.fixture(autouse=True)
def _looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    """What another process does is seen at the next look; here that is soon."""
    monkeypatch.setattr("api.services.live.POLL_SECONDS", 0.01)


@pytest.fixture
async def anna(app: FastAPI, visitor: Visitor) -> Person:
    return await Person.sign_in(app, "Anna Ek", {"umea": ["agent"]})


@pytest.fixture
async def olle(app: FastAPI, visitor: Visitor) -> Person:
    return await Person.sign_in(app, "Olle Ost", {"umea": ["agent"]})


@pytest.fixture
async def eva(app: FastAPI, visitor: Visitor) -> Person:
    return await Person.sign_in(app, "Eva Alm", {"ludvika": ["agent", "admin"]})


async def changed(stream: Stream, *wanted: str) -> set[str]:
    """What is told as changed, until all that is wanted was told: ``queue``, ``handoff H…``."""
    heard: set[str] = set()
    while not heard >= set(wanted):
        event = await stream.event()
        assert event is not None
        assert event["event"] == "changed"
        data = json.loads(event["data"])
        assert set(data) == {"what", "handoff"}
        heard.add(data["what"] if data["handoff"] is None else f"{data['what']} {data['handoff']}")
    return heard


async def test_at_first_all_is_told_and_of_the_chats_ones_own(app: FastAPI, anna: Person) -> None:
    await queued(app, "one")
    await queued(
        app, "two", id="m" * 22, state="talking", claimed_by=anna.staff.id, waited_seconds=1
    )
    async with Stream(app, EVENTS, anna.cookie) as stream:
        told = await changed(stream, "queue", "callbacks", "handoff " + "m" * 22)
        assert f"handoff {ID}" not in told


async def test_what_happens_is_told(
    app: FastAPI, visitor: Visitor, anna: Person, olle: Person
) -> None:
    async with Stream(app, EVENTS, anna.cookie) as stream:
        await changed(stream, "queue", "callbacks")
        await queued(app, visitor.id)
        await changed(stream, "queue", f"handoff {ID}")
        await olle.post(f"{PATH}/claim")
        await changed(stream, "queue", f"handoff {ID}")
        await visitor.say("Hej?")
        await changed(stream, f"handoff {ID}")
        await olle.post(f"{PATH}/messages", {"text": "Hej!", "key": "the-key-1"})
        await changed(stream, f"handoff {ID}")
        await olle.post(f"{PATH}/close", {"outcome": "answered"})
        await changed(stream, "queue", f"handoff {ID}")
        await olle.post("/presence", {"state": "here"})
        await changed(stream, "queue")
        await promised(app)
        await changed(stream, "queue", "callbacks")


async def test_a_change_wakes_those_of_this_process(
    app: FastAPI, visitor: Visitor, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.services.live.POLL_SECONDS", 3600)
    await queued(app, visitor.id)
    async with Stream(app, EVENTS, anna.cookie) as stream:
        await changed(stream, "queue", "callbacks")
        await anna.post(f"{PATH}/claim")
        await changed(stream, "queue", f"handoff {ID}")
        await visitor.say("Hej?")
        await changed(stream, f"handoff {ID}")


async def test_nothing_of_another_municipality_is_told(
    app: FastAPI, visitor: Visitor, anna: Person, eva: Person
) -> None:
    async with (
        Stream(app, EVENTS, eva.cookie) as elsewhere,
        Stream(app, EVENTS, anna.cookie) as here,
    ):
        await changed(elsewhere, "queue", "callbacks")
        await changed(here, "queue", "callbacks")
        await queued(app, visitor.id)
        await changed(here, "queue", f"handoff {ID}")
        await anna.post(f"{PATH}/claim")
        await anna.post("/presence", {"state": "here"})
        await promised(app)
        await changed(here, "queue", "callbacks")
        await queued(app, "other", id="L" * 22, municipality="ludvika", unit="vaxel")
        told = await changed(elsewhere, f"handoff {'L' * 22}")
        assert told <= {"queue", f"handoff {'L' * 22}"}


ENDS: dict[str, Callable[[Person], Any]] = {
    "disabled": lambda person: person.lose(active=False),
    "no role": lambda person: person.lose(roles={}),
    "other roles": lambda person: person.lose(roles={"umea": ["admin"]}),
}


@pytest.mark.parametrize("how", ENDS)
async def test_the_stream_ends_with_the_right_to_it(app: FastAPI, anna: Person, how: str) -> None:
    async with Stream(app, EVENTS, anna.cookie) as stream:
        await changed(stream, "queue", "callbacks")
        await ENDS[how](anna)
        event = await stream.event()
        assert event is not None
        assert event["event"] == "ended"
        assert await stream.event() is None
    assert app.state.live._waiting == {}


async def test_the_stream_ends_with_the_session(app: FastAPI, anna: Person) -> None:
    async with Stream(app, EVENTS, anna.cookie) as stream:
        await changed(stream, "queue", "callbacks")
        sessions = app.state.door.sessions
        token = anna.cookie["Cookie"].partition("=")[2]
        session = await sessions.find(token, anna.now)
        await sessions.end(session, anna.now)
        event = await stream.event()
        assert event is not None
        assert event["event"] == "ended"


async def test_the_end_of_the_process_is_no_end_of_the_session(
    app: FastAPI, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Stream(app, EVENTS, anna.cookie) as stream:
        await changed(stream, "queue", "callbacks")
        monkeypatch.setattr("sse_starlette.sse.AppStatus.should_exit", True)
        assert await stream.event() is None
    monkeypatch.undo()


def seen(app: FastAPI, person: Person) -> dt.datetime | None:
    """When somebody last gave a sign of life."""
    with app.state.store.desk.connect() as connection:
        return desk_presence.seen_at(connection, [person.staff.id]).get(person.staff.id)


async def test_a_sign_of_life_is_asked_for_again_and_again(
    app: FastAPI, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.services.desk_events.ASKED_EVERY", 0.01)
    async with Stream(app, EVENTS, anna.cookie) as stream:
        for _ in range(3):
            await changed(stream, "queue")
    # Opening the stream was one. That it is open is none: it stays so when a laptop is closed.
    assert await asyncio.to_thread(seen, app, anna) == NOW
    anna.headers["X-Lotsen-Now"] = (NOW + dt.timedelta(seconds=20)).isoformat()
    await anna.get("/queue")
    assert await asyncio.to_thread(seen, app, anna) == NOW + dt.timedelta(seconds=20)


async def test_who_reads_the_queue_is_not_gone(app: FastAPI, anna: Person, olle: Person) -> None:
    for person in (anna, olle):
        await person.post("/presence", {"state": "here"})
    for minutes in (1, 2, 3):
        anna.headers["X-Lotsen-Now"] = (NOW + dt.timedelta(minutes=minutes)).isoformat()
        await anna.get("/queue")
    (umea,) = (await anna.get("/queue")).json()["municipalities"]
    assert {a["name"]: a["state"] for a in umea["agents"]} == {
        "Anna Ek": "here",
        "Olle Ost": "away",
    }


async def test_an_admin_who_reads_the_queue_is_no_agent(app: FastAPI, visitor: Visitor) -> None:
    admin = await Person.sign_in(app, "Siv", {"umea": ["admin"]})
    await admin.get("/queue")
    async with Stream(app, EVENTS, admin.cookie) as stream:
        await changed(stream, "queue")
    assert await asyncio.to_thread(seen, app, admin) is None


async def test_one_has_only_so_many_tabs_and_takes_nobody_elses(
    app: FastAPI, anna: Person, olle: Person
) -> None:
    streams = [Stream(app, EVENTS, anna.cookie) for _ in range(FOLLOWERS + 1)]
    for stream in streams:
        await stream.__aenter__()
        if stream.status == 200:
            await changed(stream, "queue")
    assert [s.status for s in streams] == [200] * FOLLOWERS + [429]
    async with Stream(app, EVENTS, olle.cookie) as other:
        assert other.status == 200
    for stream in streams:
        await stream.__aexit__()
