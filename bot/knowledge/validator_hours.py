"""Compare opening hours in OSM's notation with the page's own words, weekday by weekday."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from typing import Final

from opening_hours import OpeningHours, State, validate

from bot.knowledge import validator_dates as dates
from bot.knowledge.validator_facts import facts
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import Entry, entries, text
from bot.knowledge.validator_text import squeeze
from bot.knowledge.written_hours import LUNCH, REST, SHUT, days_in, times_in

Week = dict[int, frozenset[str]]
"""For each weekday (0 is Monday) the clock times at which it opens or closes."""

_ANY_MONDAY: Final = dt.date(2027, 1, 11)
_DAYS: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_EVERY_DAY: Final = re.compile(r"(?<!\w)(?:alla dagar|dagligen|varje dag)(?!\w)", re.IGNORECASE)


def check(file: str, where: str, hours: Entry, report: Report) -> None:
    """The hours of a contact and of its seasons."""
    _check_pair(file, where, hours, report)
    _check_weekdays_named(file, where, hours, report)
    for at, season in enumerate(entries(hours, "seasons"), start=1):
        place = f"{where}.seasons[{at}]"
        _check_pair(file, place, season, report)
        for key in ("from", "to"):
            _check_month_day(file, f"{place}.{key}", text(season, key), report)


def readable(expression: str) -> bool:
    """Whether an OSM expression can be read."""
    return bool(validate(expression))


def _check_pair(file: str, where: str, hours: Entry, report: Report) -> None:
    osm, written = text(hours, "osm"), squeeze(text(hours, "as_written"))
    if not osm or not written:
        return
    if not readable(osm):
        report.error(
            file, f"{where}.osm", f"{osm!r} cannot be read: write it like 'Mo-Fr 09:00-12:00'"
        )
        return
    there, said = osm_week(osm), written_week(written)
    if said is None:
        _compare(file, where, "", _all_times(there), _times(written), report)
        return
    for day, name in enumerate(_DAYS):
        nothing: frozenset[str] = frozenset()
        _compare(file, where, name, there.get(day, nothing), said.get(day, nothing), report)


def _compare(
    file: str, where: str, day: str, osm: frozenset[str], written: frozenset[str], report: Report
) -> None:
    if osm != written:
        on_day = f" on {day}" if day else ""
        report.error(
            file,
            f"{where}.osm",
            f"has {_listed(osm)}{on_day}, but as_written has {_listed(written)}: correct one",
        )


def _listed(times: frozenset[str]) -> str:
    return ", ".join(sorted(times)) or "no times"


def osm_week(expression: str) -> Week:
    """The times at which each day of an ordinary week opens and closes."""
    week: Week = {}
    rules = OpeningHours(expression)
    for day in range(7):
        start = dt.datetime.combine(_ANY_MONDAY + dt.timedelta(days=day), dt.time())
        times = {
            at.strftime("%H:%M")
            for opens, closes, state, _ in rules.intervals(start, start + dt.timedelta(days=1))
            if state == State.OPEN
            for at in (opens, closes)
        }
        if times:
            week[day] = frozenset(times)
    return week


def written_week(written: str) -> Week | None:
    """The times of each weekday by the page's words; None when they name no weekday.

    The days named before some times have those times, until days are named again.
    """
    week: Week = {}
    days: set[int] = set()
    had_times = False
    for _, kind, values in sorted(_tokens(written)):
        if kind in ("day", "rest"):
            named = values_of(values) - (week.keys() if kind == "rest" else set())
            days = named if had_times else days | named
            had_times = False
        elif kind == "lunch":
            days, had_times = set(week), False
        else:
            had_times = True
            for day in days:
                week[day] = week.get(day, frozenset()) | frozenset(str(v) for v in values)
    return week or None


def values_of(values: tuple[object, ...]) -> set[int]:
    """The weekdays of a token."""
    return {v for v in values if isinstance(v, int)}


def _tokens(written: str) -> Iterator[tuple[int, str, tuple[object, ...]]]:
    yield from _day_tokens(written)
    yield from _time_tokens(written)


def _day_tokens(written: str) -> Iterator[tuple[int, str, tuple[object, ...]]]:
    for match in dates.WEEKDAY.finditer(written):
        yield match.start(), "day", dates.read_weekdays(match)
    for match in dates.WORKDAYS.finditer(REST.sub(_blank, written)):
        yield match.start(), "day", (0, 1, 2, 3, 4) if match["workday"] else (5, 6)
    for match in _EVERY_DAY.finditer(written):
        yield match.start(), "day", tuple(range(7))
    for match in REST.finditer(written):
        yield match.start(), "rest", tuple(range(5 if match["workdays"] else 7))
    for days in days_in(written):
        yield days.start, "day", days.days


def _time_tokens(written: str) -> Iterator[tuple[int, str, tuple[object, ...]]]:
    for match in dates.CLOCK.finditer(written):
        clock = dates.read_clock(match)
        if clock:
            yield match.start(), "time", (f"{clock.hour:02}:{clock.minute:02}",)
    for times in times_in(written):
        yield times.start, "time", tuple(times.opening)
    for match in LUNCH.finditer(written):
        yield match.start(), "lunch", ()
    for match in SHUT.finditer(LUNCH.sub(_blank, written)):
        yield match.start(), "time", ()


def _blank(match: re.Match[str]) -> str:
    return " " * len(match.group())


def _check_weekdays_named(file: str, where: str, hours: Entry, report: Report) -> None:
    written, named = squeeze(text(hours, "as_written")), hours.get("weekdays_named")
    if not written or not isinstance(named, bool):
        return
    names_days = any(kind == "day" for _, kind, _ in _tokens(written))
    if names_days != named:
        count = "" if names_days else "no "
        report.error(
            file,
            f"{where}.weekdays_named",
            f"write {str(names_days).lower()}: as_written names {count}weekdays",
        )


def _check_month_day(file: str, where: str, written: str, report: Report) -> None:
    try:
        if written:
            dt.date.fromisoformat(f"2028-{written}")
    except ValueError:
        report.error(file, where, f"there is no day {written!r}: write month-day, like '05-01'")


def _times(written: str) -> frozenset[str]:
    clocks = [f.value for f in facts(written) if isinstance(f.value, dates.Clock)]
    said = {f"{c.hour:02}:{c.minute:02}" for c in clocks}
    return frozenset(said.union(*(times.opening for times in times_in(written))))


def _all_times(week: Week) -> frozenset[str]:
    return frozenset(time for times in week.values() for time in times)
