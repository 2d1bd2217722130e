"""A citizen asks for a person, waits, talks and is answered by the assistant again: over HTTP."""

from __future__ import annotations

import asyncio
import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI

from api.handoff.desk import Desk
from api.settings_desk import DeskSettings
from api.staff.records import Staff
from api.storage.store import Store
from tests.api.handoff.helpers import agent, employ
from tests.api.helpers import ANSWER, MORNING, Canned, Stream, Visitor, application
from tests.api.running import started

NOW = dt.datetime.fromisoformat(MORNING)
NIGHT = "2026-11-18T23:00:00+01:00"
ANNA, BO = agent("Anna Berg"), agent("Bo Lind")
JOIN = {"text": "Jag ställer dig i kö.", "custom": {"kind": "handoff", "action": "chat"}}


@pytest.fixture
def store(visitor: Visitor, app: FastAPI) -> Store:
    """The store of the running application."""
    store: Store = app.state.store
    return store


@pytest.fixture
def anna(store: Store) -> Staff:
    """Somebody at the desk."""
    return employ(store, ANNA, now=NOW)


@pytest.fixture
def desk(store: Store, app: FastAPI) -> Desk:
    """The desk of the running application."""
    desk: Desk = app.state.desk
    return desk


async def handoff(visitor: Visitor, method: str = "GET", **more: Any) -> dict[str, Any]:
    """The view, whatever the status is."""
    path, headers = f"{visitor.path}/handoff", visitor.headers
    response = await visitor.http.request(method, path, headers=headers, **more)
    return {"status": response.status_code, **response.json()}


async def join(visitor: Visitor, **body: Any) -> dict[str, Any]:
    return await handoff(visitor, "POST", json=body)


async def talk(visitor: Visitor, desk: Desk, staff: Staff = ANNA) -> str:
    """Wait, and be taken."""
    await join(visitor)
    (waiting,) = await desk.waiting(["umea"])
    await desk.claim(waiting.id, staff, NOW)
    return waiting.id


async def test_the_ways_of_a_municipality(visitor: Visitor, anna: Staff) -> None:
    path = "/api/v1/municipalities/umea/routes?language=en"
    response = await visitor.http.get(path, headers={"X-Lotsen-Now": MORNING})
    told = response.json()
    assert told["emergency"] == "Is anyone in danger now? Call 112."
    assert [r["id"] for r in told["routes"]] == ["chat", "phone", "callback", "email", "visit"]
    assert told["routes"][0]["title"] == "Chat with a person"
    response = await visitor.http.get("/api/v1/municipalities/nowhere/routes")
    assert response.status_code == 404


async def test_from_nothing_to_the_queue_and_out_of_it(visitor: Visitor, anna: Staff) -> None:
    before = await handoff(visitor)
    assert (before["state"], before["place"]) == ("none", None)
    assert {"ask", "join", "call", "callback"} <= set(before["can"])
    waiting = await join(visitor, subject="Ledsagning för 19121212-1212")
    assert (waiting["status"], waiting["state"], waiting["place"]) == (201, "waiting", 1)
    assert waiting["wait"] is None
    assert "Hur länge du får vänta vet vi inte." in waiting["text"]
    assert "join" not in waiting["can"]
    assert {"ask", "leave"} <= set(waiting["can"])
    assert (await join(visitor))["state"] == "waiting"
    left = await handoff(visitor, "DELETE")
    assert (left["status"], left["state"]) == (200, "left")
    assert (await handoff(visitor, "DELETE"))["state"] == "left"
    assert (await join(visitor))["state"] == "waiting"


async def test_a_subject_is_masked(visitor: Visitor, anna: Staff, desk: Desk) -> None:
    await join(visitor, subject="Ledsagning för 19121212-1212")
    (waiting,) = await desk.waiting(["umea"])
    assert waiting.subject == "Ledsagning för [personnummer]"


async def test_at_night_the_other_ways_are_told(visitor: Visitor, anna: Staff) -> None:
    visitor.headers["X-Lotsen-Now"] = NIGHT
    refused = await join(visitor)
    assert (refused["status"], refused["error"]["code"]) == (409, "desk_closed")
    assert "i morgon, torsdag, klockan 08.30" in refused["error"]["message"]
    assert "090-16 10 02" in refused["error"]["message"]
    view = await handoff(visitor)
    assert "join" not in view["can"]
    assert view["routes"][0]["id"] == "callback"


async def test_the_assistant_answers_who_waits(
    visitor: Visitor, anna: Staff, canned: Canned
) -> None:
    await join(visitor)
    answered = (await visitor.say("Vad kostar ledsagning?")).json()
    assert [r["text"] for r in answered["replies"]] == [ANSWER["text"]]
    assert canned.heard[-1][2]["person"] == {
        "chat": True, "waiting": 1, "callback": True, "mail": False,
    }  # fmt: skip


async def test_the_assistant_is_silent_while_a_person_talks(
    visitor: Visitor, anna: Staff, desk: Desk, canned: Canned
) -> None:
    mine = await talk(visitor, desk)
    view = await handoff(visitor)
    assert (view["state"], view["agent"]) == ("talking", "Anna")
    assert "Assistenten är tyst." in view["text"]
    assert "Berg" not in json.dumps(view)
    said = (await visitor.say("Hej Anna", "key-hello")).json()
    assert (said["message"]["text"], said["replies"]) == ("Hej Anna", [])
    again = (await visitor.say("Hej Anna", "key-hello")).json()
    assert again == said
    assert canned.heard == []
    await desk.reply(mine, ANNA, "Hej! Ring 070-123 45 67. Skriv inte 19121212-1212.", "k", NOW)
    messages = (await visitor.read())["messages"]
    reply = messages[-1]
    assert (reply["sender"], reply["agent"], reply["masked"]) == ("agent", "Anna", True)
    assert reply["text"] == "Hej! Ring 070-123 45 67. Skriv inte [personnummer]."
    assert [m["agent"] for m in messages[:-1]] == [None] * (len(messages) - 1)
    text = await visitor.http.get(f"{visitor.path}/transcript", headers=visitor.headers)
    assert "Anna, en människa på kommunen, skrev, " in text.text


async def test_given_back_the_assistant_answers_again(
    visitor: Visitor, anna: Staff, desk: Desk, canned: Canned
) -> None:
    mine = await talk(visitor, desk)
    await visitor.say("Hej Anna", "key-hello")
    await desk.give_back(mine, ANNA, NOW)
    assert (await handoff(visitor))["state"] == "returned"
    # What was Anna's is not answered by anybody else, however often it is sent.
    assert (await visitor.say("Hej Anna", "key-hello")).json()["replies"] == []
    answered = (await visitor.say("Vad kostar det?", "key-price")).json()
    assert len(answered["replies"]) == 1
    assert len(canned.heard) == 1


async def test_danger_is_answered_at_once_also_then(
    visitor: Visitor, anna: Staff, desk: Desk, canned: Canned
) -> None:
    mine = await talk(visitor, desk)
    said = (await visitor.say("jag vill ta mitt liv", "key-danger")).json()
    assert [r["kind"] for r in said["replies"]] == ["crisis"]
    assert (await visitor.say("jag vill ta mitt liv", "key-danger")).json() == said
    found = await desk.find(mine)
    assert found is not None
    assert found.danger
    assert canned.heard == []


async def test_a_claim_while_the_assistant_is_answering(
    visitor: Visitor, anna: Staff, desk: Desk, app: FastAPI
) -> None:
    await join(visitor)
    (waiting,) = await desk.waiting(["umea"])
    asked, go_on = asyncio.Event(), asyncio.Event()

    class Slow(Canned):
        async def reply(self, *told: Any) -> list[dict[str, Any]]:
            asked.set()
            await go_on.wait()
            return await super().reply(*told)

    app.state.assistant = Slow([ANSWER])
    saying = asyncio.create_task(visitor.say("Vad kostar det?", "key-slow"))
    await asyncio.wait_for(asked.wait(), 10)
    await desk.claim(waiting.id, ANNA, NOW)
    go_on.set()
    assert (await saying).json()["replies"] == []
    senders = [m["sender"] for m in (await visitor.read())["messages"]]
    assert senders == ["notice", "citizen", "notice"]
    assert (await visitor.say("Vad kostar det?", "key-slow")).json()["replies"] == []


async def test_who_chooses_to_chat_joins_the_queue(
    visitor: Visitor, anna: Staff, app: FastAPI, canned: Canned
) -> None:
    app.state.assistant = Canned([JOIN])
    said = (await visitor.say("Chatta med en människa", "key-chat")).json()
    assert [r["sender"] for r in said["replies"]] == ["assistant", "notice"]
    assert said["replies"][1]["text"].startswith("Du står i kö")
    assert (await handoff(visitor))["state"] == "waiting"
    assert (await visitor.say("Chatta med en människa", "key-chat")).json() == said


async def test_who_chooses_too_late_is_told_the_other_ways(
    visitor: Visitor, anna: Staff, app: FastAPI
) -> None:
    app.state.assistant = Canned([JOIN])
    visitor.headers["X-Lotsen-Now"] = NIGHT
    said = (await visitor.say("Chatta med en människa", "key-chat")).json()
    assert said["replies"][1]["text"].startswith("Ingen kan chatta med dig just nu.")
    assert "Chatten öppnar i morgon" in said["replies"][1]["text"]
    assert (await handoff(visitor))["state"] == "none"


async def test_erasing_while_talking_ends_it_silently(
    visitor: Visitor, anna: Staff, desk: Desk
) -> None:
    mine = await talk(visitor, desk)
    assert (await visitor.erase()).status_code == 204
    found = await desk.find(mine)
    assert found is not None
    assert (found.state, found.subject) == ("left", None)
    assert visitor.id not in repr(found)
    assert await desk.waiting(["umea"]) == []


async def test_nobody_waits_at_a_kiosk(visitor: Visitor, anna: Staff, canned: Canned) -> None:
    kiosk = await Visitor.arrive(visitor.http, channel="kiosk")
    await kiosk.say("Jag vill prata med någon")
    assert canned.heard[-1][2]["person"]["chat"] is False


async def test_events_tell_place_agent_and_end(
    visitor: Visitor, anna: Staff, desk: Desk, app: FastAPI
) -> None:
    other = await Visitor.arrive(visitor.http)
    other.headers["X-Lotsen-Now"] = (NOW - dt.timedelta(seconds=9)).isoformat()
    await join(other)
    path = f"{visitor.path}/events"
    async with Stream(app, path, visitor.headers) as stream:
        await join(visitor)
        first, second = await desk.waiting(["umea"])
        assert (await _view(stream))["place"] == 2
        await desk.claim(first.id, ANNA, NOW)
        assert (await _view(stream))["place"] == 1
        await desk.claim(second.id, ANNA, NOW)
        talking = await _view(stream)
        assert (talking["state"], talking["agent"], talking["place"]) == ("talking", "Anna", None)
        await desk.close(second.id, ANNA, "answered", NOW)
        assert (await _view(stream))["state"] == "closed"
    # A second tab is told at once; who never asked for a person is told nothing.
    async with Stream(app, f"{path}?after=99", visitor.headers) as stream:
        assert (await _view(stream))["state"] == "closed"


async def test_events_end_when_it_is_erased(
    visitor: Visitor, anna: Staff, desk: Desk, app: FastAPI
) -> None:
    await talk(visitor, desk)
    async with Stream(app, f"{visitor.path}/events?after=99", visitor.headers) as stream:
        assert (await _view(stream))["state"] == "talking"
        await visitor.erase()
        assert await stream.event() == {"event": "erased", "data": "{}"}


async def test_another_conversation_is_nobodys_business(visitor: Visitor, anna: Staff) -> None:
    other = await Visitor.arrive(visitor.http)
    visitor.headers["Authorization"] = f"Bearer {other.secret}"
    for method in ("GET", "POST", "DELETE"):
        found = await handoff(visitor, method, **({"json": {}} if method == "POST" else {}))
        assert (found["status"], found["error"]["code"]) == (404, "unknown_conversation")


async def test_in_a_test_what_is_done_beside_lives_at_the_same_time(
    visitor: Visitor, app: FastAPI
) -> None:
    await handoff(visitor)
    there = dt.datetime.now(dt.timezone.utc) + app.state.ahead
    assert abs(there - NOW) < dt.timedelta(minutes=5)


async def _view(stream: Stream) -> dict[str, Any]:
    """The next event about the way to a person."""
    while True:
        event = await stream.event()
        assert event is not None
        if event["event"] == "handoff":
            assert "id" not in event
            return dict(json.loads(event["data"]))


async def test_one_client_does_not_fill_the_queue(folder: Path) -> None:
    app = application(Canned([JOIN]), folder, desk=DeskSettings(rate_callback="1/hour"))
    async with started(app) as http:
        employ(app.state.store, ANNA, now=NOW)
        people = [await Visitor.arrive(http) for _ in range(5)]
        for one in people[:2]:
            assert (await join(one))["status"] == 201
        await people[2].say("Jag vill chatta med en människa")
        refused = await join(people[3])
        assert (refused["status"], refused["error"]["code"]) == (429, "too_many_requests")
        told = (await people[4].say("Jag vill chatta med en människa")).json()["replies"]
        assert told[-1]["sender"] == "notice"
        assert len(await app.state.desk.waiting(["umea"])) == 3
