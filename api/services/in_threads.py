"""Turns in worker threads: the event loop goes on, and each turn that has begun ends.

The sentence encoder works outside Python's lock, so one thread a processor answers as many
messages at once as the machine can; more would only take turns with them.
"""

from __future__ import annotations

import asyncio
import contextvars
import os
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")


class InThreads:
    """A few threads for work that blocks. They start with the first work."""

    def __init__(self, threads: int | None = None) -> None:
        self._pool = ThreadPoolExecutor(
            threads or max(2, os.cpu_count() or 1), thread_name_prefix="turn"
        )

    async def run(self, function: Callable[..., T], *args: Any) -> T:
        """The function's result; it sees the caller's context variables."""
        work = partial(contextvars.copy_context().run, function, *args)
        return await asyncio.get_running_loop().run_in_executor(self._pool, work)


async def to_its_end(lock: AbstractAsyncContextManager[Any], work: Callable[[], Awaitable[T]]) -> T:
    """Work under a lock that it holds to its end, also when the caller has stopped waiting.

    A thread can't be stopped: letting the lock go earlier would let the next message of the same
    conversation in beside it. Work that waits for the lock still is not begun any more.
    """
    left = False

    async def locked() -> T:
        async with lock:
            if left:
                raise asyncio.CancelledError
            return await work()

    task = asyncio.create_task(locked())
    try:
        return await asyncio.shield(task)
    except asyncio.CancelledError:
        left = True
        task.add_done_callback(_look_at)
        raise


def _look_at(task: asyncio.Task[Any]) -> None:
    """An error that nobody waits for any more has been told to nobody, and needs no warning."""
    if not task.cancelled():
        task.exception()
