"""What is done beside the requests: numbers written, what is old deleted, the desk looked after,
mail sent.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from api.clock import ClockWatch, utc_now
from api.handoff.desk import Desk
from api.logs import log
from api.services.chat import Chat
from api.services.counters import Counters
from api.storage.store import Store

logger = logging.getLogger(__name__)

COUNT_SECONDS = 10.0
PURGE_SECONDS = 3600.0
SWEEP_SECONDS = 5.0
LEFT_SECONDS = 60.0


@asynccontextmanager
async def housekeeping(
    store: Store,
    counters: Counters,
    days: int,
    *beside: Callable[[], Awaitable[None]],
    clock: Callable[[], dt.datetime] = utc_now,
) -> AsyncIterator[None]:
    """Keep house as long as the block lasts; ``beside`` are other tasks that never end."""

    async def write() -> None:
        await counters.write(store)

    async def purge() -> None:
        await purge_once(store, days, clock())

    tasks = [
        asyncio.create_task(_every(COUNT_SECONDS, write)),
        asyncio.create_task(_every(PURGE_SECONDS, purge)),
        *(asyncio.ensure_future(work()) for work in beside),
    ]
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await counters.write(store)


async def sweep_often(desk: Desk, clock: Callable[[], dt.datetime]) -> None:
    """Look after the desk until cancelled; what fails is tried again next time."""
    watch = ClockWatch()

    async def sweep() -> None:
        if watch.was_set():
            desk.look_anew(clock())
        try:
            await desk.sweep(clock())
        except Exception:
            logger.exception("sweep_failed")

    await _every(SWEEP_SECONDS, sweep)


async def erase_often(chat: Chat, clock: Callable[[], dt.datetime]) -> None:
    """Erase what was left at kiosks until cancelled; what fails is tried again next time."""

    async def erase() -> None:
        try:
            gone = await chat.erase_left(clock())
        except Exception:
            logger.exception("erase_left_failed")
            return
        if gone:
            log(logger, "erased_left", count=gone)

    await asyncio.sleep(LEFT_SECONDS)
    await _every(LEFT_SECONDS, erase)


async def _every(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
    while True:
        await work()
        await asyncio.sleep(seconds)


async def purge_once(store: Store, days: int, now: dt.datetime) -> None:
    """Delete what is too old and log how much; a failure is tried again in an hour."""
    try:
        gone = await asyncio.to_thread(store.purge, now, days)
    except Exception:
        logger.exception("purge_failed")
        return
    log(logger, "purged", count=gone, days=days)
