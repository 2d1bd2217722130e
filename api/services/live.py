"""Wake those who follow a conversation when something new was stored.

The database is the truth and is read again after each wake-up, so that nothing is lost or told
twice. What other processes store is told by Redis, where there is one (api.services.redis_link);
without it, or when it loses something, followers look by themselves every few seconds.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

import anyio

from api.faults import fault
from api.storage.records import Message

T = TypeVar("T")

POLL_SECONDS = 2.0
FOLLOWERS = 8
"""Tabs that may follow one conversation at a time."""

CLIENT_FOLLOWERS = 200
"""Streams that one client may hold open, over all its conversations.

Each looks into the database every few seconds: some hundreds take a quarter of a processor.
"""


def desk_of(municipality: str) -> str:
    """What those follow who look at a municipality's desk, beside conversations' ids."""
    return f"desk:{municipality}"


class Live:
    """Who waits for news of which conversation, in this process."""

    def __init__(self) -> None:
        self._waiting: dict[str, set[asyncio.Event]] = {}
        self._clients: Counter[str] = Counter()
        self.tell: Callable[[str], None] = _nobody
        """Tells other processes."""

    def wake(self, conversation_id: str) -> None:
        """Something happened in the conversation."""
        self.wake_here(conversation_id)
        self.tell(conversation_id)

    def wake_here(self, conversation_id: str) -> None:
        """The same, told by another process."""
        for event in self._waiting.get(conversation_id, ()):
            event.set()

    def wake_all(self) -> None:
        """Something may have happened anywhere."""
        for events in self._waiting.values():
            for event in events:
                event.set()

    def room(self, conversation_id: str, client: str) -> None:
        """Refuse another follower when there are enough."""
        full = len(self._waiting.get(conversation_id, ())) >= FOLLOWERS
        if full or self._clients[client] >= CLIENT_FOLLOWERS:
            raise fault("too_many_streams", retry_after=30)

    @contextmanager
    def following(self, conversation_id: str, client: str) -> Iterator[asyncio.Event]:
        """Be woken as long as the block lasts."""
        event = asyncio.Event()
        self._waiting.setdefault(conversation_id, set()).add(event)
        self._clients[client] += 1
        try:
            yield event
        finally:
            waiting = self._waiting[conversation_id]
            waiting.discard(event)
            if not waiting:
                del self._waiting[conversation_id]
            self._clients[client] -= 1
            if not self._clients[client]:
                del self._clients[client]

    @contextmanager
    def also(self, event: asyncio.Event, *names: str) -> Iterator[None]:
        """Have one who follows already be woken by news of these too; nobody's room is used."""
        for name in names:
            self._waiting.setdefault(name, set()).add(event)
        try:
            yield
        finally:
            for name in names:
                self._waiting[name].discard(event)
                if not self._waiting[name]:
                    del self._waiting[name]


def _nobody(name: str) -> None:
    """This process is alone."""


async def follow(
    live: Live,
    conversation_id: str,
    client: str,
    after: int,
    read: Callable[[int], Awaitable[list[Message] | None]],
    look: Callable[[], Awaitable[T | None]],
    ending: anyio.Event,
) -> AsyncIterator[Message | T]:
    """Yield what is newer than ``after``, then what comes, and what ``look`` finds to tell.

    It ends when ``read`` finds the conversation erased, and when the process is ``ending``.
    """
    with live.following(conversation_id, client) as woken:
        while not ending.is_set():
            # Cleared before reading: what is stored meanwhile wakes anew.
            woken.clear()
            messages = await read(after)
            if messages is None:
                return
            for message in messages:
                after = message.number
                yield message
            news = await look()
            if news is not None:
                yield news
            await first_of(woken, ending)


async def first_of(*events: asyncio.Event | anyio.Event) -> None:
    """Wait for one of the events, or until it is time to look again."""
    tasks = [asyncio.ensure_future(event.wait()) for event in events]
    try:
        await asyncio.wait(tasks, timeout=POLL_SECONDS, return_when=asyncio.FIRST_COMPLETED)
    finally:
        for task in tasks:
            task.cancel()
