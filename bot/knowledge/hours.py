"""When a unit answers: open now, closed why and until when, the hours of any day.

Pure functions on `Hours` and a moment; nothing here reads a clock or a file. A span's end is
exclusive: at 11.30 an office that is open until 11.30 has closed. Times are wall-clock times
in Europe/Stockholm, so the nights when the clock changes need no care of their own.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, Literal
from zoneinfo import ZoneInfo

from opening_hours import OpeningHours, State

from bot.knowledge.calendar import SpecialDay, special_day
from bot.knowledge.hours_records import (
    Hours,
    HoursException,
    HoursKind,
    Season,
    exceptions_for,
    load_exceptions,
)

__all__ = [
    "STOCKHOLM",
    "DayHours",
    "Hours",
    "HoursException",
    "HoursKind",
    "Reason",
    "Season",
    "Span",
    "Status",
    "day_hours",
    "exceptions_for",
    "in_stockholm",
    "load_exceptions",
    "lunch",
    "next_opening",
    "status",
]

STOCKHOLM: Final = ZoneInfo("Europe/Stockholm")

Reason = Literal["lunch", "pause", "before", "after", "weekend", "red", "eve", "day", "exception"]
"""Why it is closed. ``pause`` is a gap between two spans that is no lunch, ``day`` a weekday
without hours, ``before`` and ``after`` are about the day's first and last span."""

_ONE_DAY: Final = dt.timedelta(days=1)
_LONGEST_LUNCH: Final = dt.timedelta(hours=2)
_SEARCH_DAYS: Final = 60
_NOON: Final = dt.time(12)
_ORDINARY_SUNDAY: Final = dt.date(2026, 11, 22)


@dataclass(frozen=True, slots=True)
class Span:
    """An open stretch of one day, [start, end); at midnight ``end`` is the next day's."""

    start: dt.datetime
    end: dt.datetime

    def includes(self, moment: dt.datetime) -> bool:
        """Whether it is open at the moment."""
        return self.start <= moment < self.end


@dataclass(frozen=True, slots=True)
class DayHours:
    """The hours of one day. ``closed`` tells why there are none, ``special`` what day it is.

    ``inferred``: the page does not say that it is closed then; offices usually are.
    """

    day: dt.date
    spans: tuple[Span, ...]
    closed: Reason | None = None
    special: SpecialDay | None = None
    exception: HoursException | None = None
    inferred: bool = False

    @property
    def may_be_short(self) -> bool:
        """Whether the office may close early that day, of which the page says nothing."""
        return bool(self.spans) and self.special is not None and self.exception is None


@dataclass(frozen=True, slots=True)
class Status:
    """Open or closed at one moment, why, until when, and when it opens next."""

    is_open: bool
    today: DayHours
    reason: Reason | None = None
    closes_at: dt.datetime | None = None
    next_open: dt.datetime | None = None


def in_stockholm(moment: dt.datetime) -> dt.datetime:
    """A moment in Europe/Stockholm; a naive one is taken to be there already."""
    if moment.tzinfo is None:
        return moment.replace(tzinfo=STOCKHOLM)
    return moment.astimezone(STOCKHOLM)


def day_hours(hours: Hours, day: dt.date, exceptions: Sequence[HoursException] = ()) -> DayHours:
    """The spans of a day, or why there are none. The exceptions are those of the unit."""
    special = special_day(day)
    found = next((e for e in exceptions if e.applies(day, hours.kind)), None)
    if found is not None:
        spans = _spans(found.osm, day) if found.osm else ()
        return DayHours(day, spans, None if spans else "exception", special, found)
    season = hours.season(day)
    osm = season.osm if season else hours.osm
    spans = _spans(osm, day)
    if not _follows_weekdays(osm, hours.weekdays_named):
        return DayHours(day, spans, None if spans else _no_hours(day), special)
    if special is not None and special.kind != "short":
        return DayHours(day, (), special.kind, special, inferred=True)
    if day.weekday() >= 5 and not hours.weekdays_named:
        return DayHours(day, (), "weekend", special, inferred=True)
    return DayHours(day, spans, None if spans else _no_hours(day), special)


def status(hours: Hours, now: dt.datetime, exceptions: Sequence[HoursException] = ()) -> Status:
    """Whether it is open at a moment. ``next_open`` is the next opening after the moment."""
    local = in_stockholm(now).replace(tzinfo=None)
    today = day_hours(hours, local.date(), exceptions)
    current = next((s for s in today.spans if s.includes(local)), None)
    if current is not None:
        closes = _end_of_run(hours, current, exceptions)
        upcoming = next_opening(hours, closes, exceptions) if closes else None
        return Status(True, today, None, closes, upcoming)
    upcoming = next_opening(hours, now, exceptions)
    return Status(False, today, _why_closed(today, local), None, upcoming)


def next_opening(
    hours: Hours, after: dt.datetime, exceptions: Sequence[HoursException] = ()
) -> dt.datetime | None:
    """The first opening later than a moment; None when there is none for two months."""
    local = in_stockholm(after).replace(tzinfo=None)
    for offset in range(_SEARCH_DAYS):
        day = day_hours(hours, local.date() + dt.timedelta(days=offset), exceptions)
        for span in day.spans:
            if span.start > local:
                return span.start.replace(tzinfo=STOCKHOLM)
    return None


def _end_of_run(
    hours: Hours, span: Span, exceptions: Sequence[HoursException]
) -> dt.datetime | None:
    """When an open stretch ends, also past midnight; None when it never does."""
    end = span.end
    for _ in range(_SEARCH_DAYS):
        joined = [s for s in day_hours(hours, end.date(), exceptions).spans if s.start == end]
        if not joined:
            return end.replace(tzinfo=STOCKHOLM)
        end = joined[0].end
    return None


def _why_closed(today: DayHours, local: dt.datetime) -> Reason:
    if not today.spans:
        return today.closed or "day"
    if local < today.spans[0].start:
        return "before"
    if local >= today.spans[-1].end:
        return "after"
    return "lunch" if lunch(today, local) else "pause"


def lunch(today: DayHours, local: dt.datetime) -> Span | None:
    """The closed stretch that a moment falls in when it is a lunch: short, and over noon."""
    for before, after in zip(today.spans, today.spans[1:], strict=False):
        gap = Span(before.end, after.start)
        noon = dt.datetime.combine(today.day, _NOON)
        is_lunch = gap.end - gap.start <= _LONGEST_LUNCH and gap.start <= noon < gap.end
        if is_lunch and gap.includes(local):
            return gap
    return None


def _no_hours(day: dt.date) -> Reason:
    return "weekend" if day.weekday() >= 5 else "day"


def _follows_weekdays(osm: str, weekdays_named: bool) -> bool:
    """Whether red days close it: hours that also name Sundays or PH say themselves what applies."""
    if not weekdays_named:
        return True
    return "PH" not in osm and not _spans(osm, _ORDINARY_SUNDAY)


@lru_cache(maxsize=256)
def _parse(osm: str) -> OpeningHours:
    return OpeningHours(osm, country="SE" if "PH" in osm else None)


@lru_cache(maxsize=4096)
def _spans(osm: str, day: dt.date) -> tuple[Span, ...]:
    start = dt.datetime.combine(day, dt.time())
    intervals = _parse(osm).intervals(start, start + _ONE_DAY)
    return tuple(Span(begin, end) for begin, end, state, _ in intervals if state == State.OPEN)
