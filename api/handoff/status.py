"""How a municipality's desk stands: open, who is there, how many wait and how long."""

from __future__ import annotations

import datetime as dt
import math
import statistics

from sqlalchemy.engine import Connection

from api.clock import so_long_before
from api.handoff.hours import desk_hours
from api.handoff.records import DeskStatus
from api.storage import desk_presence, handoffs
from bot.dialogue.turn import in_stockholm
from bot.knowledge.handoff import load_plans

FEWEST_WAITS = 3
"""With fewer of them today, how long it takes is not known."""


def desk_status(
    connection: Connection,
    municipality: str,
    now: dt.datetime,
    gone: dt.timedelta,
    *,
    with_wait: bool = True,
) -> DeskStatus:
    """The desk at a moment; who was not seen for the time ``gone`` is not there.

    For each message it is asked ``with_wait`` false: how long it takes is told elsewhere.
    """
    plan = load_plans()[municipality]
    chosen = desk_presence.opening(connection, municipality)
    hours = desk_hours(plan, chosen, now)
    there = desk_presence.glance(connection, municipality, so_long_before(now, gone))
    return DeskStatus(
        chat_open=plan.chat and hours.is_open and there.here > 0,
        hours_open=plan.chat and hours.is_open,
        opens=hours.opens,
        closes=hours.closes,
        agents=there.here,
        present=there.present,
        waiting=there.waiting,
        wait_minutes=_wait(connection, municipality, now) if with_wait else None,
        staffed=there.staffed > 0,
        extra_until=_still(chosen.open_until, now),
        closed_until=_still(chosen.closed_until, now),
    )


def wait_minutes(waits: list[int]) -> int | None:
    """The middle one of today's waits in whole minutes; None when there are too few of them."""
    if len(waits) < FEWEST_WAITS:
        return None
    return max(1, math.ceil(statistics.median(waits) / 60))


def _wait(connection: Connection, municipality: str, now: dt.datetime) -> int | None:
    midnight = in_stockholm(now).replace(hour=0, minute=0, second=0, microsecond=0)
    return wait_minutes(handoffs.waits(connection, municipality, midnight))


def _still(moment: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    return moment if moment is not None and moment > now else None
