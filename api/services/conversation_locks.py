"""One message of a conversation at a time over all processes, in the order in which they came.

On PostgreSQL the lock is the database's own (docs/adr/0016): where a message can be stored it can
be locked, and no other server has to be there for it. An SQLite file has one process.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager, suppress
from typing import Final, TypeVar

from api.logs import log
from api.services.locks import SenderLocks
from api.storage.advisory import CONNECTIONS, AdvisoryLocks, Held, NoLock
from api.storage.store import Store

logger = logging.getLogger(__name__)

T = TypeVar("T")

WAIT_SECONDS: Final = 45.0
"""Who had to wait longer is told a number to call instead: less than a browser waits."""

MOST_ASKING: Final = 4
"""Messages of one conversation that wait in the database; the others wait here behind them.

Somebody who sends a hundred at once may not use up the connections of everybody else.
"""

RENEWALS: Final = 4
"""How often within a lease the server is told that we are there."""

_LETTING_GO: Final = 2
"""Threads that no waiting uses up, so that a lock can always be given back."""


class LockLost(Exception):  # noqa: N818 - read at the caller: `except LockLost`
    """It was lost while an answer was made: the next one may have it, so nothing is written."""


class Lock:
    """A lock that is held. Where one process serves there is nothing to lose."""

    def check(self) -> None:
        """Raise LockLost unless it is still ours. Call it before something is written."""


class _Shared(Lock):
    """A lock that the database gave."""

    def __init__(self, held: Held, threads: ThreadPoolExecutor, lease: float) -> None:
        self._held, self._threads = held, threads
        self._renewing = asyncio.create_task(self._renew(lease / RENEWALS))

    def check(self) -> None:
        """Nothing is asked of the server: the connection and the clock tell."""
        if not self._held.is_ours():
            log(logger, "lock_lost", logging.WARNING)
            raise LockLost

    async def end(self) -> None:
        """Let the next one in."""
        self._renewing.cancel()
        await asyncio.gather(self._renewing, return_exceptions=True)
        await _in(self._threads, self._held.release)

    async def _renew(self, seconds: float) -> None:
        with suppress(NoLock):
            while True:
                await asyncio.sleep(seconds)
                await _in(self._threads, self._held.renew)


class ConversationLocks:
    """One for the process."""

    def __init__(self, locks: AdvisoryLocks | None = None) -> None:
        """``locks`` are those of the database that several processes share."""
        self._here, self._locks = SenderLocks(), locks
        self._asking: Counter[str] = Counter()
        if locks is not None:
            self._taking = ThreadPoolExecutor(CONNECTIONS, thread_name_prefix="locks")
            self._letting_go = ThreadPoolExecutor(_LETTING_GO, thread_name_prefix="locks-end")

    @asynccontextmanager
    async def of(self, name: str) -> AsyncIterator[Lock]:
        """Hold the lock of a name. Raise NoLock when the database gives none."""
        if self._locks is None:
            async with self._here.of(name):
                yield Lock()
            return
        lock = _Shared(await self._held(name, self._locks), self._letting_go, self._locks.lease)
        try:
            yield lock
        finally:
            await asyncio.shield(lock.end())

    def close(self) -> None:
        """Let go of threads and connections. Blocks for a moment."""
        if self._locks is not None:
            self._taking.shutdown(wait=False, cancel_futures=True)
            self._letting_go.shutdown(wait=True)
            self._locks.close()

    async def _held(self, name: str, locks: AdvisoryLocks) -> Held:
        """Ask for the lock in the order in which it was asked of us, and wait for it."""
        loop, sent = asyncio.get_running_loop(), asyncio.Event()

        def tell() -> None:
            loop.call_soon_threadsafe(sent.set)

        async with self._here.of(name):
            asked = asyncio.ensure_future(_in(self._taking, locks.take, name, tell))
            asked.add_done_callback(lambda _: tell())
            self._asking[name] += 1
            asked.add_done_callback(lambda _: self._done_asking(name))
            try:
                await sent.wait()
                if self._asking[name] >= MOST_ASKING:
                    await asyncio.wait({asked})
            except asyncio.CancelledError:
                asked.add_done_callback(self._unwanted)
                raise
        try:
            return await asyncio.shield(asked)
        except asyncio.CancelledError:
            asked.add_done_callback(self._unwanted)
            raise

    def _done_asking(self, name: str) -> None:
        self._asking[name] -= 1
        if not self._asking[name]:
            del self._asking[name]

    def _unwanted(self, asked: asyncio.Future[Held]) -> None:
        """Give back what came when nobody waited for it any more."""
        if not asked.cancelled() and asked.exception() is None:
            self._letting_go.submit(asked.result().release)


def locks_of(store: Store, wait_seconds: float = WAIT_SECONDS) -> ConversationLocks:
    """Locks as they have to be for what this store keeps."""
    shared = store.texts.dialect.name == "postgresql"
    return ConversationLocks(AdvisoryLocks(store.texts, wait_seconds) if shared else None)


async def _in(threads: ThreadPoolExecutor, work: Callable[..., T], *args: object) -> T:
    return await asyncio.get_running_loop().run_in_executor(threads, lambda: work(*args))
