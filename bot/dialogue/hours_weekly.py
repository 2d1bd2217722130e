"""Replies on weekdays in general, such as ``torsdagar``, and the week in words."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from bot.dialogue.hours_clock import at_clock
from bot.dialogue.hours_phrases import (
    WEEKDAYS,
    Context,
    as_written,
    caution,
    clock,
    date_words,
    listed,
    month_day,
    sentence,
    times,
)
from bot.knowledge.hours import DayHours, Season
from bot.understanding.dates import DateQuestion

Sentences = list[str | None]

_ONE_DAY = dt.timedelta(days=1)
_WORKING_DAYS = (0, 1, 2, 3, 4)
_SEARCH_DAYS = 400


def weekly_sentences(context: Context, question: DateQuestion) -> Sentences:
    """The hours of weekdays in general, perhaps at a time of day."""
    days = [usual_day(context, w) for w in question.weekdays]
    told: Sentences = []
    for group in by_times(days):
        told += _group(context, group, question, noun=not told)
    if not any(d.spans for d in days):
        return [*told, week_title(context)]
    if len(days) == 1:
        told += [_soon_special(context, days[0].day.weekday())]
        told += [compared(context, days[0], question)]
    return [*told, _other_season(context), caution(context, None)]


def usual_day(context: Context, weekday: int, season: Season | str | None = "now") -> DayHours:
    """The next day of a weekday on which nothing is special, in today's season or in another."""
    wanted = context.hours.season(context.today) if season == "now" else season
    ahead = (weekday - context.today.weekday()) % 7
    days = (context.day(context.today + n * _ONE_DAY) for n in range(ahead, _SEARCH_DAYS, 7))
    ordinary = (d for d in days if d.special is None and d.exception is None)
    found = next((d for d in ordinary if context.hours.season(d.day) == wanted), None)
    return found or context.day(context.today + ahead * _ONE_DAY)


def by_times(days: Iterable[DayHours]) -> list[list[DayHours]]:
    """The days grouped by equal hours, in the order in which each group first appears."""
    groups: dict[tuple[object, ...], list[DayHours]] = {}
    for day in days:
        key = tuple((s.start.time(), s.end.time()) for s in day.spans)
        groups.setdefault(key, []).append(day)
    return list(groups.values())


def compared(context: Context, day: DayHours, question: DateQuestion) -> str | None:
    """How a weekday differs from the others, when that was asked."""
    if question.wants != "compare" or day.day.weekday() not in _WORKING_DAYS:
        return None
    others = [usual_day(context, w) for w in _WORKING_DAYS if w != day.day.weekday()]
    most = max(by_times(others), key=len)[0]
    if len(by_times([day, most])) == 1:
        return "Det är samma tider som andra vardagar."
    subject = context.subject
    return f"Andra vardagar är {subject.pronoun} {subject.open_short} {times(most.spans)}."


def week_title(context: Context) -> str:
    """``Telefontider: måndag–fredag, klockan 08.30–11.30.``, with the seasons there are."""
    hours, title = context.hours, context.subject.title
    if not hours.seasons:
        return f"{title}: {as_written(hours.as_written)}."
    current = hours.season(context.today)
    if current is not None:
        now, usual = season_hours(context, current), season_hours(context, None)
        return f"{title}: {now} {season_dates(current)}, resten av året {usual}."
    usual, other = season_hours(context, None), season_hours(context, hours.seasons[0])
    return f"{title}: {usual}, men {other} {season_dates(hours.seasons[0])}."


def season_hours(context: Context, season: Season | None) -> str:
    """The week in words: ``vardagar klockan 09.30–11.30``; None for the rest of the year."""
    days = [usual_day(context, w, season) for w in range(7)]
    parts = []
    for group in by_times(d for d in days if d.spans):
        weekdays = tuple(d.day.weekday() for d in group)
        names = listed(f"{WEEKDAYS[w]}ar" for w in weekdays)
        names = {_WORKING_DAYS: "vardagar", (0, 1, 2, 3, 4, 5, 6): "alla dagar"}.get(
            weekdays, names
        )
        parts.append(f"{names} {times(group[0].spans)}" if context.hours.weekdays_named else "")
    if context.hours.weekdays_named:
        return ", ".join(parts)
    return times(next(d.spans for d in days if d.spans))


def season_dates(season: Season) -> str:
    """``1 maj–31 augusti``"""
    return f"{month_day(season.first)}–{month_day(season.last)}"


def _group(
    context: Context, group: Sequence[DayHours], question: DateQuestion, *, noun: bool
) -> Sentences:
    """``På lördagar och söndagar är telefonen stängd.``"""
    subject, first = context.subject, group[0]
    weekdays = tuple(d.day.weekday() for d in group)
    names = f"på {listed(f'{WEEKDAYS[w]}ar' for w in weekdays)}"
    names = "på vardagar" if weekdays == _WORKING_DAYS else names
    name = subject.noun if noun else subject.pronoun
    if not first.spans and first.inferred:
        closed = f"Räkna med att {name} är {subject.closed} {names}"
        return [f"{closed}; sidan nämner inga veckodagar."]
    if not first.spans:
        return [sentence(f"{names} är {name} {subject.closed}")]
    hours = sentence(f"{names} är {subject.pronoun} {subject.open_short} {times(first.spans)}")
    if question.clock is not None:
        return [at_clock(context, first, question.clock, names)[0], hours]
    if question.wants == "closes" and not subject.is_visit and len(question.weekdays) == 1:
        return [sentence(f"{names} stänger {name} klockan {clock(first.spans[-1].end)}"), hours]
    return [sentence(f"{names} är {name} {subject.open} {times(first.spans)}")]


def _soon_special(context: Context, weekday: int) -> str | None:
    """That the coming one of a weekday is a red day, when it is."""
    date = context.today + ((weekday - context.today.weekday()) % 7) * _ONE_DAY
    day = context.day(date)
    if day.exception is None and day.closed in ("red", "eve") and day.special is not None:
        lead = date_words(date, context.today)
        return sentence(f"{lead} är det {day.special.name}: räkna med stängt")
    return None


def _other_season(context: Context) -> str | None:
    """The hours of the other part of the year, for hours that have seasons."""
    hours = context.hours
    if not hours.seasons:
        return None
    if hours.season(context.today) is not None:
        return sentence(f"resten av året gäller {season_hours(context, None)}")
    season = hours.seasons[0]
    return sentence(f"{season_dates(season)} gäller {season_hours(context, season)}")
