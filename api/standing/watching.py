"""Every process of the service reads the marks, at start and then every few seconds."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable

from api.logs import log
from api.standing.service import Standings
from api.storage.desk_store import DeskStore
from bot.knowledge.standing import ALL_STANDS, set_standing

logger = logging.getLogger(__name__)

READ_SECONDS = 4.0
"""What another process withdrew is said for no longer than this and the time to read it."""


def watch_standing(store: DeskStore) -> Callable[[], Awaitable[None]]:
    """Read the marks now, before the first reply; the task that goes on reading them."""
    standings = Standings(store)
    read_once(standings)

    async def watch() -> None:
        try:
            while True:
                await asyncio.sleep(READ_SECONDS)
                await asyncio.to_thread(read_once, standings)
        finally:
            set_standing(ALL_STANDS)

    return watch


def read_once(standings: Standings) -> None:
    """What fails is tried again next time; what held goes on holding."""
    try:
        if standings.refresh():
            log(logger, "standing_changed")
    except Exception:
        logger.exception("standing_failed")
