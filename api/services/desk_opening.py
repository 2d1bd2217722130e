"""Open a desk beyond its hours for today, or close it before they end."""

from __future__ import annotations

import datetime as dt
from typing import Final

from api.clock import so_long_before, utc
from api.faults import fault
from api.handoff.desk import Desk
from bot.dialogue.turn import in_stockholm
from bot.knowledge.handoff import load_plans

LONGEST: Final = dt.timedelta(days=1)
"""What lasts longer is a change of the hours, and belongs into content."""


async def set_opening(
    desk: Desk,
    municipality: str,
    open_until: dt.datetime | None,
    closed_until: dt.datetime | None,
    now: dt.datetime,
) -> None:
    """Set it in place of what was set before; raise ApiError."""
    if not load_plans()[municipality].chat:
        raise fault("no_chat")
    await desk.set_opening(
        municipality,
        now,
        open_until=_checked(open_until, "open_until", now),
        closed_until=_checked(closed_until, "closed_until", now),
    )


def _checked(told: dt.datetime | None, field: str, now: dt.datetime) -> dt.datetime | None:
    if told is None:
        return None
    moment = in_stockholm(told)
    if utc(moment) <= utc(now) or so_long_before(moment, LONGEST) > utc(now):
        raise fault("opening_time", field)
    return moment
