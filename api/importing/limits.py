"""How much of a page is read, and for how long, as the operator has set it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import TypeVar

from api.importing.service import Reading
from api.settings import Settings
from bot.importing.fetch import Limits
from bot.importing.page import read_page

Done = TypeVar("Done")

# Websites that don't answer are not to hold the threads in which citizens' messages are stored.
_SLOW = ThreadPoolExecutor(2, thread_name_prefix="import")


def reading(settings: Settings) -> Reading:
    """Reading a page within the operator's limits."""
    staff = settings.staff
    limits = Limits(staff.import_mb * 1024**2, float(staff.import_seconds))
    return partial(read_page, private=staff.import_private, limits=limits)


async def slowly(work: Callable[..., Done], *given: object) -> Done:
    """Do what waits for websites, two at a time, beside all else."""
    return await asyncio.get_running_loop().run_in_executor(_SLOW, partial(work, *given))
