"""Following a conversation: nothing is lost or told twice, and the end is told."""

from __future__ import annotations

import asyncio
import datetime as dt
import json

import pytest
from fastapi import FastAPI

from api.services.live import FOLLOWERS
from tests.api.helpers import ANSWER, Stream, Visitor


async def test_events_come_as_they_happen(app: FastAPI, visitor: Visitor) -> None:
    async with Stream(app, f"{visitor.path}/events", visitor.headers) as stream:
        assert stream.status == 200
        await visitor.say("Vad kostar det?")
        first, second = await stream.event(), await stream.event()
    assert first is not None
    assert second is not None
    assert (first["event"], first["id"], second["id"]) == ("message", "1", "2")
    told = json.loads(second["data"])
    assert told["text"] == ANSWER["text"]
    assert told["contacts"][0]["phone_href"] == "tel:+4690161002"


@pytest.mark.parametrize(
    ("query", "headers", "numbers"),
    [
        ("", {}, [1, 2, 3, 4]),
        ("", {"Last-Event-ID": "2"}, [3, 4]),
        ("?after=3", {}, [4]),
        ("?after=1", {"Last-Event-ID": "3"}, [4]),
        ("", {"Last-Event-ID": "nothing of ours"}, [1, 2, 3, 4]),
        ("", {"Last-Event-ID": "²"}, [1, 2, 3, 4]),
        ("", {"Last-Event-ID": "9" * 30}, [1, 2, 3, 4]),
    ],
)
async def test_a_reconnect_begins_where_the_last_ended(
    app: FastAPI, visitor: Visitor, query: str, headers: dict[str, str], numbers: list[int]
) -> None:
    await visitor.say("Vad kostar det?", "first-key")
    await visitor.say("Vem kan få det?", "second-key")
    told = {k: v.encode().decode("latin-1") for k, v in {**visitor.headers, **headers}.items()}
    async with Stream(app, f"{visitor.path}/events{query}", told) as stream:
        assert await stream.numbers(len(numbers)) == numbers


async def test_nothing_is_lost_or_doubled_over_reconnects(app: FastAPI, visitor: Visitor) -> None:
    heard: list[int] = []
    talking = asyncio.gather(*(visitor.say(f"Fråga {n}", f"key-number-{n}") for n in range(12)))
    while len(heard) < 24:
        headers = {**visitor.headers, "Last-Event-ID": str(heard[-1] if heard else 0)}
        async with Stream(app, f"{visitor.path}/events", headers) as stream:
            heard += await stream.numbers(3)
    await talking
    assert heard == list(range(1, 25))


async def test_two_tabs_hear_the_same(app: FastAPI, visitor: Visitor) -> None:
    path = f"{visitor.path}/events"
    async with (
        Stream(app, path, visitor.headers) as one,
        Stream(app, path, visitor.headers) as two,
    ):
        await visitor.say("Vad kostar det?")
        assert await one.numbers(2) == await two.numbers(2) == [1, 2]


async def test_what_another_process_stored_comes_too(
    app: FastAPI, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.services.live.POLL_SECONDS", 0.01)
    async with Stream(app, f"{visitor.path}/events", visitor.headers) as stream:
        app.state.live.wake = lambda conversation_id: pytest.fail("another process wakes nobody")
        created = (await visitor.read())["created_at"]
        moment = dt.datetime.fromisoformat(created)
        await asyncio.to_thread(app.state.store.add, visitor.id, "citizen", "hej", moment)
        assert await stream.numbers(1) == [1]


async def test_erasing_ends_the_stream(app: FastAPI, visitor: Visitor) -> None:
    async with Stream(app, f"{visitor.path}/events", visitor.headers) as stream:
        await visitor.say("Vad kostar det?")
        assert await stream.numbers(2) == [1, 2]
        assert (await visitor.erase()).status_code == 204
        event = await stream.event()
        assert event is not None
        assert event["event"] == "erased"
        assert await stream.event() is None
    assert app.state.live._waiting == {}


async def test_the_end_of_the_process_is_no_erasure(
    app: FastAPI, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with Stream(app, f"{visitor.path}/events", visitor.headers) as stream:
        await visitor.say("Vad kostar det?")
        assert await stream.numbers(2) == [1, 2]
        monkeypatch.setattr("sse_starlette.sse.AppStatus.should_exit", True)
        assert await stream.event() is None
    monkeypatch.undo()
    assert len((await visitor.read())["messages"]) == 2


async def test_a_conversation_has_only_so_many_followers(app: FastAPI, visitor: Visitor) -> None:
    path = f"{visitor.path}/events"
    streams = [Stream(app, path, visitor.headers) for _ in range(FOLLOWERS + 1)]
    for stream in streams:
        await stream.__aenter__()
        await asyncio.sleep(0)
        if stream.status == 200:
            await visitor.say("hej")
            await stream.numbers(2)
    assert [s.status for s in streams] == [200] * FOLLOWERS + [429]
    for stream in streams:
        await stream.__aexit__()
    async with Stream(app, path, visitor.headers) as later:
        assert later.status == 200


async def test_a_client_has_only_so_many_streams_over_its_conversations(
    app: FastAPI, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("api.services.live.CLIENT_FOLLOWERS", 1)
    other = await Visitor.arrive(visitor.http)
    await visitor.say("hej")
    async with Stream(app, f"{visitor.path}/events", visitor.headers) as one:
        await one.numbers(2)
        async with Stream(app, f"{other.path}/events", other.headers) as two:
            assert (one.status, two.status) == (200, 429)
    assert not app.state.live._clients
    async with Stream(app, f"{other.path}/events", other.headers) as later:
        assert later.status == 200
