"""How much is asked and answered, by day and municipality: numbers without anybody's words.

Counted in memory and written every few seconds, since a write for each message would cost more
than the message. A process that is killed loses the last seconds' numbers.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from api.storage.store import Store
from bot.dialogue.turn import in_stockholm

logger = logging.getLogger(__name__)

NOWHERE = "-"
"""Stands for the municipality where none was given."""


class Counters:
    """What has been counted and is not written yet."""

    def __init__(self) -> None:
        self._new: Counter[tuple[dt.date, str, str]] = Counter()

    def add(self, municipality: str | None, name: str, now: dt.datetime) -> None:
        """Add one to a counter of the day, Swedish time."""
        self._new[in_stockholm(now).date(), municipality or NOWHERE, name] += 1

    def add_replies(
        self, municipality: str | None, replies: Iterable[Mapping[str, Any]], now: dt.datetime
    ) -> None:
        """Count replies by their kind."""
        for reply in replies:
            kind = (reply.get("custom") or {}).get("kind") or "unknown"
            self.add(municipality, f"replies.{kind}", now)

    async def write(self, store: Store) -> None:
        """Write what is new; what can't be written waits for the next time."""
        new, self._new = self._new, Counter()
        while new:
            (day, municipality, name), by = new.popitem()
            try:
                await asyncio.to_thread(store.count, day, municipality, name, by)
            except Exception:
                new[day, municipality, name] = by
                self._new.update(new)
                logger.exception("not counted")
                return
