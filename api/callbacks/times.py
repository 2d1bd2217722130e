"""The times at which somebody can be called back: pieces of the unit's open hours.

Wall-clock times in Europe/Stockholm. Nothing is offered that begins within half an hour, nor on
the afternoon of a day when the office may close early: what is promised is kept.
"""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from api.callbacks.records import Slot
from bot.dialogue.hours_english import MONTHS as ENGLISH_MONTHS
from bot.dialogue.hours_english import WEEKDAYS as ENGLISH_WEEKDAYS
from bot.dialogue.hours_phrases import date_words, span_times
from bot.knowledge.handoff import HandoffPlan
from bot.knowledge.hours import (
    STOCKHOLM,
    DayHours,
    Hours,
    HoursException,
    Span,
    day_hours,
    exceptions_for,
    in_stockholm,
)
from bot.knowledge.loader import load_knowledge

LEAD: Final = dt.timedelta(minutes=30)
"""So long before it begins a time can still be booked."""

LEAST_LEFT: Final = dt.timedelta(minutes=15)
"""What must be left of a time when it is sent: it was chosen some minutes earlier."""

LONGEST: Final = dt.timedelta(hours=5)
"""Nobody waits by the phone for a whole day: longer hours are offered in pieces."""

SHORTEST: Final = dt.timedelta(minutes=30)

_STEP: Final = dt.timedelta(minutes=30)
_SEARCH_DAYS: Final = 30
_NOON: Final = dt.time(12)
_ID: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d/\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)


def slots_for(plan: HandoffPlan, now: dt.datetime, language: str) -> tuple[Slot, ...]:
    """What can be booked in a municipality now, the earliest first."""
    if plan.hours is None:
        return ()
    return slots(plan.hours, _exceptions(plan), now, plan.days_ahead, language)


def slot_for(plan: HandoffPlan, slot_id: str, now: dt.datetime, language: str) -> Slot | None:
    """The time with this id if it can be sent now, although it was chosen a while ago."""
    if plan.hours is None:
        return None
    return find_slot(plan.hours, _exceptions(plan), slot_id, now, plan.days_ahead, language)


def slots(
    hours: Hours,
    exceptions: Sequence[HoursException],
    now: dt.datetime,
    days_ahead: int,
    language: str,
) -> tuple[Slot, ...]:
    """The times of the next opening days, so many days as ``days_ahead``."""
    local = _local(now)
    found: list[Slot] = []
    days = 0
    for day in _days(hours, exceptions, local.date()):
        pieces = [p for p in (_ahead(piece, local) for piece in _pieces(day)) if p is not None]
        found += [_slot(p, local.date(), language) for p in pieces]
        days += bool(pieces)
        if days >= days_ahead:
            break
    return tuple(found)


def find_slot(
    hours: Hours,
    exceptions: Sequence[HoursException],
    slot_id: str,
    now: dt.datetime,
    days_ahead: int,
    language: str,
) -> Slot | None:
    """The time with this id: within the hours of one of those days, and not about to end."""
    local = _local(now)
    asked = _read(slot_id)
    if asked is None or asked.end < local + LEAST_LEFT:
        return None
    # The days are counted as they were half an hour ago, when it was chosen.
    offered = slots(hours, exceptions, now - LEAD, days_ahead, language)
    if not offered or asked.end > offered[-1].end.replace(tzinfo=None):
        return None
    day = day_hours(hours, asked.start.date(), exceptions)
    fits = any(p.start <= asked.start < asked.end == p.end for p in _pieces(day))
    return _slot(asked, local.date(), language) if fits else None


def next_slot(plan: HandoffPlan, after: dt.datetime) -> Slot | None:
    """The first time that begins later than a moment: when to try again."""
    if plan.hours is None:
        return None
    local = _local(after)
    for day in _days(plan.hours, _exceptions(plan), local.date()):
        later = [p for p in _pieces(day) if p.start > local]
        if later:
            return _slot(later[0], local.date(), "sv")
    return None


def slot_title(start: dt.datetime, end: dt.datetime, today: dt.date, language: str) -> str:
    """``måndag 23 november, klockan 08.30–11.30``; the year when it is another one."""
    first, last = in_stockholm(start), in_stockholm(end)
    if language != "en":
        return f"{date_words(first.date(), today)}, klockan {span_times(Span(first, last))}"
    year = f" {first.year}" if first.year != today.year else ""
    day = f"{ENGLISH_WEEKDAYS[first.weekday()]} {first.day} {ENGLISH_MONTHS[first.month - 1]}{year}"
    return f"{day}, {first:%H:%M}–{last:%H:%M}"


def slot_id(start: dt.datetime, end: dt.datetime) -> str:
    """``2026-11-23T08:30/2026-11-23T11:30``"""
    return "/".join(f"{in_stockholm(m):%Y-%m-%dT%H:%M}" for m in (start, end))


def _exceptions(plan: HandoffPlan) -> tuple[HoursException, ...]:
    return exceptions_for(load_knowledge().hours_exceptions, plan.municipality, plan.unit)


def _local(moment: dt.datetime) -> dt.datetime:
    return in_stockholm(moment).replace(tzinfo=None)


def _days(hours: Hours, exceptions: Sequence[HoursException], first: dt.date) -> Iterator[DayHours]:
    for offset in range(_SEARCH_DAYS):
        yield day_hours(hours, first + dt.timedelta(days=offset), exceptions)


def _pieces(day: DayHours) -> Iterator[Span]:
    """The day's open hours in pieces that one can wait through."""
    noon = dt.datetime.combine(day.day, _NOON)
    for span in day.spans:
        end = min(span.end, noon) if day.may_be_short else span.end
        if end - span.start >= SHORTEST:
            yield from _split(span.start, end)


def _split(start: dt.datetime, end: dt.datetime) -> Iterator[Span]:
    """Pieces of about the same length, with borders at whole and half hours."""
    count = math.ceil((end - start) / LONGEST)
    inner = (_rounded(start + (end - start) * n / count) for n in range(1, count))
    for first, last in pairwise((start, *inner, end)):
        yield Span(first, last)


def _rounded(moment: dt.datetime) -> dt.datetime:
    """The nearest whole or half hour."""
    midnight = dt.datetime.combine(moment.date(), dt.time())
    return midnight + round((moment - midnight) / _STEP) * _STEP


def _ahead(span: Span, now: dt.datetime) -> Span | None:
    """What is left when what begins too soon is cut off; None when that is too little."""
    if span.start >= now + LEAD:
        return span
    midnight = dt.datetime.combine(now.date(), dt.time())
    earliest = midnight + math.ceil((now + LEAD - midnight) / _STEP) * _STEP
    return Span(earliest, span.end) if span.end - earliest >= SHORTEST else None


def _slot(span: Span, today: dt.date, language: str) -> Slot:
    start, end = (m.replace(tzinfo=STOCKHOLM) for m in (span.start, span.end))
    return Slot(slot_id(start, end), slot_title(start, end, today, language), start, end)


def _read(slot_id: str) -> Span | None:
    if not _ID.fullmatch(slot_id):
        return None
    try:
        start, end = (dt.datetime.fromisoformat(part) for part in slot_id.split("/"))
    except ValueError:
        return None
    on_grid = start.minute % 5 == 0 and start < end
    return Span(start, end) if on_grid else None
