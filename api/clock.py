"""Moments as they are kept: aware and in UTC."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import datetime, timedelta, timezone

from bot.dialogue.turn import in_stockholm

SET_SECONDS = 30.0
"""A clock that differs by more from the time that has passed was set, or the machine slept."""


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(timezone.utc)


def utc(moment: datetime) -> datetime:
    """The moment as it is kept; a naive one is taken to be Swedish time."""
    return in_stockholm(moment).astimezone(timezone.utc)


def so_long_before(moment: datetime, passed: timedelta) -> datetime:
    """The moment before which that much time has passed, also over a night when clocks change.

    Python reckons within one zone by what clocks show: an hour before 03.10 would be 02.10 on the
    night that has no 02.10, and everybody would have been gone for an hour.
    """
    return utc(moment) - passed


class ClockWatch:
    """Notices that the clock was set, by the time that passes whatever clocks show."""

    def __init__(
        self,
        shown: Callable[[], datetime] = utc_now,
        passed: Callable[[], float] = time.monotonic,
    ) -> None:
        self._shown, self._passed = shown, passed
        self._seen = shown(), passed()

    def was_set(self) -> bool:
        """Whether it was set since it was asked last."""
        shown, passed = self._seen
        self._seen = self._shown(), self._passed()
        by_clock = (self._seen[0] - shown).total_seconds()
        return abs(by_clock - (self._seen[1] - passed)) > SET_SECONDS
