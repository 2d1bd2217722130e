"""Run what waits for the database beside the event loop."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from functools import partial
from typing import Any, TypeVar

T = TypeVar("T")


async def in_thread(function: Callable[..., T], *args: Any, **named: Any) -> T:
    """The result of a function that blocks."""
    return await asyncio.to_thread(partial(function, *args, **named))
