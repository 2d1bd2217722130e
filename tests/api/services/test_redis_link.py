"""What processes tell each other through a real Redis, and that nothing hangs on it."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager

import pytest

from api.console.sounds import Sounds
from api.errors import ApiError
from api.services import limits as module
from api.services.conversation_locks import ConversationLocks
from api.services.limits import Limits
from api.services.live import Live
from api.services.pages_starts import Starts
from api.services.redis_link import RedisLink
from api.settings import Settings
from bot.speech.segments import Segment
from tests.redis_server import RedisServer, connected, running

NOW = dt.datetime(2026, 11, 18, 10, tzinfo=dt.timezone.utc)
PATIENCE = 20.0


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RedisServer]:
    """A server for all of these."""
    with running(tmp_path_factory.mktemp("redis")) as server:
        yield server


@pytest.fixture
def server(started: RedisServer) -> RedisServer:
    """The same, running and empty."""
    started.stop()
    started.start()
    return started


async def until(told: Callable[[], bool]) -> None:
    """Wait for it to be so."""

    async def look() -> None:
        while not told():  # noqa: ASYNC110 - no event tells it
            await asyncio.sleep(0.01)

    await asyncio.wait_for(look(), PATIENCE)


@asynccontextmanager
async def process(server: RedisServer) -> AsyncIterator[tuple[Live, RedisLink]]:
    """What one more process has of it."""
    live = Live()
    link = RedisLink(server.url, live)
    work = asyncio.create_task(link.run())
    try:
        await until(lambda: link.is_up is True)
        yield live, link
    finally:
        work.cancel()
        await asyncio.gather(work, return_exceptions=True)
        await link.close()


async def test_news_wakes_followers_of_another_process_and_only_those(server: RedisServer) -> None:
    async with process(server) as (here, _), process(server) as (there, _):
        with there.following("mine", "me") as mine, there.following("other", "me") as other:
            here.wake("mine")
            await asyncio.wait_for(mine.wait(), PATIENCE)
            assert not other.is_set()


async def test_redis_back_again_wakes_all_since_something_may_have_been_missed(
    server: RedisServer,
) -> None:
    async with process(server) as (here, link), process(server) as (there, other):
        with there.following("mine", "me") as woken:
            server.stop()
            await until(lambda: not link.is_up and not other.is_up)
            here.wake("mine")
            assert not woken.is_set()
            server.start()
            await asyncio.wait_for(woken.wait(), PATIENCE)
            await until(lambda: link.is_up is True and other.is_up is True)
            woken.clear()
            here.wake("mine")
            await asyncio.wait_for(woken.wait(), PATIENCE)


async def test_one_that_stands_still_is_seen_to_be_away(server: RedisServer) -> None:
    async with process(server) as (_, link):
        server.freeze(True)
        try:
            await until(lambda: not link.is_up)
            await link.keep("key", "words", 60)
            assert await link.find("key") is None
        finally:
            server.freeze(False)
        await until(lambda: link.is_up is True)


async def test_what_is_kept_is_found_by_the_key_and_read_by_nobody_else(
    server: RedisServer,
) -> None:
    async with process(server) as (_, here), process(server) as (_, there):
        await here.keep("start of-a-page", "id secret", 60)
        assert await there.find("start of-a-page") == "id secret"
        assert await there.find("start of-another") is None
    with connected(server.url) as client:
        (name,) = client.keys()
        assert 0 < client.ttl(name) <= 60
        assert b"page" not in name and b"secret" not in client.get(name)


async def test_a_page_reloaded_at_another_process_goes_on_with_its_conversation(
    server: RedisServer,
) -> None:
    async with process(server) as (_, here), process(server) as (_, there):
        locks = ConversationLocks()
        await Starts(locks, here).remember("key", "id", "secret", NOW)
        found = await Starts(locks, there).find("key", NOW)
        assert found is not None and (found.conversation, found.secret) == ("id", "secret")
        assert await Starts(locks, there).find("another", NOW) is None


async def test_what_was_played_is_heard_at_another_process_by_who_played_it(
    server: RedisServer,
) -> None:
    said = [Segment("Ring 112.", "Ring ett ett två.")]
    async with process(server) as (_, here), process(server) as (_, there):
        key = await Sounds(here).keep("anna", said, "sv", NOW)
        assert await Sounds(there).find("anna", key, 0, NOW) == ("Ring ett ett två.", "sv")
        assert await Sounds(there).find("bo", key, 0, NOW) is None
        late = NOW + dt.timedelta(hours=1)
        assert await Sounds(there).find("anna", key, 0, late) is None


@pytest.fixture
def counting() -> Iterator[Callable[[Limits], Limits]]:
    """Has limits let go of their connections afterwards."""
    made: list[Limits] = []

    def note(limits: Limits) -> Limits:
        made.append(limits)
        return limits

    yield note
    for limits in made:
        limits.close()


async def _waits(limits: Limits) -> bool:
    try:
        await limits.check("client", "me")
    except ApiError as refusal:
        return refusal.status == 429
    return False


async def test_limits_are_counted_together_and_by_each_while_redis_is_away(
    server: RedisServer, counting: Callable[[Limits], Limits], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AWAY_SECONDS", 0.0)
    settings = Settings(rate_client="2/minute", redis_url=server.url)
    here, there = counting(Limits(settings)), counting(Limits(settings))
    assert [await _waits(which) for which in (here, there, here, there)] == [
        False, False, True, True,
    ]  # fmt: skip
    server.stop()
    assert [await _waits(which) for which in (here, here, here, there)] == [
        False, False, True, False,
    ]  # fmt: skip
    server.start()
    assert [await _waits(which) for which in (here, there, here)] == [False, False, True]


async def test_a_redis_that_failed_is_left_alone_for_a_while(
    server: RedisServer, counting: Callable[[Limits], Limits], monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = counting(Limits(Settings(rate_client="1/minute", redis_url=server.url)))
    server.stop()
    assert not await _waits(limits)
    server.start()
    monkeypatch.setattr(limits, "_shared", None)  # asked now, it would fail
    assert await _waits(limits)


async def test_without_redis_there_is_nothing_to_do() -> None:
    live = Live()
    link = RedisLink("", live)
    await link.run()
    live.wake("mine")
    await link.keep("key", "words", 60)
    assert await link.find("key") is None
    assert link.is_up is None
    await link.close()
