"""When a desk is open: its hours, and what somebody at the desk set for today. Pure."""

from __future__ import annotations

import datetime as dt
from typing import NamedTuple

from api.storage.desk_presence import Opening
from bot.dialogue.contacts import clock
from bot.dialogue.wording import WEEKDAYS, text_language
from bot.knowledge.handoff import HandoffPlan, load_desk_words
from bot.knowledge.hours import exceptions_for, in_stockholm, next_opening, status
from bot.knowledge.loader import load_knowledge


class DeskHours(NamedTuple):
    """Whether it is open at a moment, until when, or when next; Swedish time."""

    is_open: bool
    opens: dt.datetime | None = None
    closes: dt.datetime | None = None


def desk_hours(plan: HandoffPlan, chosen: Opening, now: dt.datetime) -> DeskHours:
    """What was set for today outranks the hours, and closing outranks opening."""
    shut, extra = (_still(moment, now) for moment in (chosen.closed_until, chosen.open_until))
    if shut is not None:
        open_then = _by_hours(plan, shut)
        return DeskHours(False, shut if open_then.is_open else open_then.opens)
    by_hours = _by_hours(plan, now)
    if extra is None:
        return by_hours
    if by_hours.is_open and (by_hours.closes is None or by_hours.closes >= extra):
        return by_hours
    # Kept open over a pause: then the hours go on.
    after = _by_hours(plan, extra)
    return DeskHours(True, None, after.closes if after.is_open else extra)


def when(moment: dt.datetime, now: dt.datetime, language: str | None) -> str:
    """``i morgon, måndag, klockan 08.30``."""
    moment, now = in_stockholm(moment), in_stockholm(now)
    language = text_language(language or "sv")
    days = (moment.date() - now.date()).days
    key = {0: "when_today", 1: "when_tomorrow"}.get(days, "when_week" if days < 7 else "when_date")
    return load_desk_words().say(
        key,
        language,
        weekday=WEEKDAYS[language][moment.weekday()],
        date=moment.date().isoformat(),
        time=clock(moment, language),
    )


def _by_hours(plan: HandoffPlan, moment: dt.datetime) -> DeskHours:
    if plan.hours is None:
        return DeskHours(False)
    known = load_knowledge().hours_exceptions
    exceptions = exceptions_for(known, plan.municipality, plan.unit)
    found = status(plan.hours, moment, exceptions)
    if found.is_open:
        return DeskHours(True, None, found.closes_at)
    return DeskHours(False, next_opening(plan.hours, moment, exceptions))


def _still(moment: dt.datetime | None, now: dt.datetime) -> dt.datetime | None:
    return in_stockholm(moment) if moment is not None and moment > now else None
