"""Moments as they are kept: aware and in UTC."""

from __future__ import annotations

from datetime import datetime, timezone

from bot.dialogue.turn import in_stockholm


def utc_now() -> datetime:
    """This moment."""
    return datetime.now(timezone.utc)


def utc(moment: datetime) -> datetime:
    """The moment as it is kept; a naive one is taken to be Swedish time."""
    return in_stockholm(moment).astimezone(timezone.utc)
