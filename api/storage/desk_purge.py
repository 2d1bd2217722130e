"""What the desk keeps goes when its time is over. Each kind of thing has a time of its own."""

from __future__ import annotations

from datetime import datetime, timedelta

from api.settings_desk import DeskSettings
from api.storage import audit, callbacks, handoffs, imports, outbox, review
from api.storage.deletion import Deleting
from api.storage.records import Frozen

SHORTEST_DAYS = 1
"""Ended chats and failed mail are kept a day, whatever is set: staff look back on their day."""


def purge(deleting: Deleting, now: datetime, days: int, settings: DeskSettings) -> int:
    """Delete what is old, unless deletion is frozen; how many rows went.

    ``days`` are those of conversations. Mail that was given up holds a citizen's name and number:
    it goes when callbacks do.
    """
    try:
        with deleting() as connection:
            return (
                handoffs.purge(connection, _before(now, days))
                + callbacks.purge(connection, now, settings.callback_days)
                + callbacks.purge_drafts(connection, now)
                + outbox.purge(connection, _before(now, settings.callback_days))
                + audit.purge(connection, _before(now, settings.audit_days))
                + review.purge(connection, now)
                + imports.purge(connection, now)
            )
    except Frozen:
        return 0


def _before(now: datetime, days: int) -> datetime:
    return now - timedelta(days=max(days, SHORTEST_DAYS))
