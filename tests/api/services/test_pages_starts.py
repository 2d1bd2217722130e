"""Which conversation a page started: found again for some minutes, and not kept for ever."""

from __future__ import annotations

import datetime as dt

from api.services.conversation_locks import ConversationLocks
from api.services.live import Live
from api.services.pages_starts import KEPT, MOST, Starts
from api.services.redis_link import RedisLink

NOW = dt.datetime(2026, 11, 18, 10, tzinfo=dt.timezone.utc)


async def test_found_again_for_a_while() -> None:
    starts = Starts(ConversationLocks(), RedisLink("", Live()))
    assert await starts.find("key", NOW) is None
    await starts.remember("key", "id", "secret", NOW)
    found = await starts.find("key", NOW + KEPT)
    assert found is not None and (found.conversation, found.secret) == ("id", "secret")
    assert await starts.find("key", NOW + KEPT + dt.timedelta(seconds=1)) is None


async def test_what_is_old_is_forgotten() -> None:
    starts = Starts(ConversationLocks(), RedisLink("", Live()))
    await starts.remember("old", "id", "secret", NOW)
    await starts.remember("new", "id", "secret", NOW + KEPT + dt.timedelta(seconds=1))
    assert await starts.find("old", NOW) is None
    assert await starts.find("new", NOW + KEPT) is not None


async def test_only_so_many_are_kept() -> None:
    starts = Starts(ConversationLocks(), RedisLink("", Live()))
    for number in range(MOST + 1):
        await starts.remember(str(number), "id", "secret", NOW)
    assert await starts.find("0", NOW) is None
    assert await starts.find("1", NOW) is not None and await starts.find(str(MOST), NOW) is not None
