"""Which conversation a page's first message started, so that reloading starts no second one.

Kept in this process for some minutes only. Where several processes serve, a reload may reach
another one: then a second conversation begins, and nothing is lost.
"""

from __future__ import annotations

import datetime as dt
from collections import OrderedDict
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import NamedTuple

from api.services.locks import SenderLocks

KEPT = dt.timedelta(minutes=10)
MOST = 2000


class Started(NamedTuple):
    """A conversation as the page that goes on with it has to know it."""

    conversation: str
    secret: str
    at: dt.datetime


class Starts:
    """Conversations by the key of the page that started them."""

    def __init__(self) -> None:
        self._started: OrderedDict[str, Started] = OrderedDict()
        self._locks = SenderLocks()

    @asynccontextmanager
    async def of(self, key: str) -> AsyncIterator[None]:
        """Hold the key: of two posts at once, the second finds what the first started."""
        async with self._locks.of(key):
            yield

    def find(self, key: str, now: dt.datetime) -> Started | None:
        """What was started with the key, if it was a short while ago."""
        found = self._started.get(key)
        return found if found and now - found.at <= KEPT else None

    def remember(self, key: str, conversation: str, secret: str, now: dt.datetime) -> None:
        """Keep it, and forget the oldest and what is out of date."""
        self._started[key] = Started(conversation, secret, now)
        while self._started:
            oldest = next(iter(self._started.values()))
            if len(self._started) <= MOST and now - oldest.at <= KEPT:
                break
            self._started.popitem(last=False)
