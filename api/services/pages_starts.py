"""Which conversation a page's first message started, so that reloading starts no second one.

Kept for some minutes only: in this process, and in Redis for the other ones. Where that is away, a
reload that reaches another process begins a second conversation, and nothing is lost.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from api.services.conversation_locks import ConversationLocks
from api.services.redis_link import RedisLink

KEPT = dt.timedelta(minutes=10)
MOST = 2000


class Started(NamedTuple):
    """A conversation as the page that goes on with it has to know it."""

    conversation: str
    secret: str
    at: dt.datetime


class Starts:
    """Conversations by the key of the page that started them."""

    def __init__(self, locks: ConversationLocks, link: RedisLink) -> None:
        self._started: OrderedDict[str, Started] = OrderedDict()
        self._locks, self._link = locks, link

    @asynccontextmanager
    async def of(self, key: str) -> AsyncIterator[None]:
        """Hold the key: of two posts at once, the second finds what the first started."""
        async with self._locks.of(f"start {key}"):
            yield

    async def find(self, key: str, now: dt.datetime) -> Started | None:
        """What was started with the key, if it was a short while ago."""
        found = self._started.get(key) or await self._elsewhere(key)
        return found if found and now - found.at <= KEPT else None

    async def remember(self, key: str, conversation: str, secret: str, now: dt.datetime) -> None:
        """Keep it, and forget the oldest and what is out of date."""
        self._started[key] = Started(conversation, secret, now)
        words = f"{conversation} {secret} {now.isoformat()}"
        await self._link.keep(f"start {key}", words, int(KEPT.total_seconds()))
        while self._started:
            oldest = next(iter(self._started.values()))
            if len(self._started) <= MOST and now - oldest.at <= KEPT:
                break
            self._started.popitem(last=False)

    async def _elsewhere(self, key: str) -> Started | None:
        """What another process started."""
        words = await self._link.find(f"start {key}")
        if words is None:
            return None
        conversation, secret, at = words.split(" ")
        return Started(conversation, secret, dt.datetime.fromisoformat(at))
