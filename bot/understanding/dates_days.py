"""The days that a question asks about: dates, weekdays, ``i morgon``, weeks, weekends.

A text has to be prepared by `bot.understanding.dates_text`. Named days stand in
`bot.understanding.dates_named`.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.understanding.dates_named import named_hits
from bot.understanding.dates_reckoning import (
    coming_date,
    date_or_none,
    monday_of_week,
    next_day_numbered,
)
from bot.understanding.dates_text import NUMBER_WORDS

WEEKDAYS: Final = ("mandag", "tisdag", "onsdag", "torsdag", "fredag", "lordag", "sondag")
MONTHS: Final = {
    "jan": 1, "feb": 2, "mar": 3, "apr": 4, "maj": 5, "may": 5, "jun": 6, "jul": 7, "aug": 8,
    "sep": 9, "okt": 10, "oct": 10, "nov": 11, "dec": 12,
}  # fmt: skip
WEEKEND: Final = (5, 6)
WORKING_DAYS: Final = (0, 1, 2, 3, 4)

_ORDINALS: Final = (
    "forsta", "andra", "tredje", "fjarde", "femte", "sjatte", "sjunde", "attonde", "nionde",
    "tionde", "elfte", "tolfte", "trettonde", "fjortonde", "femtonde", "sextonde", "sjuttonde",
    "artonde", "nittonde", "tjugonde", "tjugoforsta", "tjugoandra", "tjugotredje",
    "tjugofjarde", "tjugofemte", "tjugosjatte", "tjugosjunde", "tjugoattonde", "tjugonionde",
    "trettionde", "trettioforsta",
)  # fmt: skip
_MONTH: Final = (
    r"(?:jan(?:uari|uary)?|feb(?:ruari|ruary)?|mars|march|april?|maj|may|jun[ie]?|jul[iy]|"
    r"aug(?:usti|ust)?|sept?(?:ember)?|o[kc]t(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY: Final = r"(?:3[01]|[12]\d|0?[1-9])"
_COUNTED: Final = r"(?! ?(?:gang|ggr|barn|person|procent|del|kapit|paragraf|stycke|kontakt|\d))"

_ISO: Final = re.compile(r"\b(20\d\d)-(\d\d)-(\d\d)\b")
_SLASHED: Final = re.compile(
    rf"(?<![\d/.-])({_DAY}) ?/ ?(1[0-2]|0?[1-9])(?:[ /-]+(20\d\d))?\b"
    r"(?![/\d]| ?(?:tim|dos|del|liter))"
)
_DOTTED: Final = re.compile(r"(?<![\d.])(2[4-9]|3[01])\.(1[0-2]|0?[1-9])\b\.?")
_WITH_MONTH: Final = re.compile(
    rf"\b({_DAY}|{'|'.join(sorted(_ORDINALS, key=len, reverse=True))})"
    rf"(?::?(?:e|a|de|te|st|nd|rd|th))?\.? (?:of )?({_MONTH})\b(?: (20\d\d))?"
)
_MONTH_FIRST: Final = re.compile(rf"\b({_MONTH}) ({_DAY})(?:st|nd|rd|th)?\b(?! ?[.:]\d)")
_DAY_ONLY: Final = re.compile(
    rf"\bden ({_DAY})(?::?[ea]\b)?(?![:\w]){_COUNTED}|\b({_DAY}):[ea]\b{_COUNTED}"
)
_WEEKDAY_DAY: Final = re.compile(rf"\b({'|'.join(WEEKDAYS)})(?:en)? (?:den )?({_DAY})(?::?[ea])?\b")
_RELATIVE: Final = re.compile(r"\b(idag|imorgon|overmorgon)\b")
_IN_DAYS: Final = re.compile(
    r"\b(?:om|in) (en|ett|a|tva|tre|fyra|fem|sex|sju|\d+) (dag(?:ar)?|days?|vecka|veckor|weeks?)\b"
)
_WEEKDAY: Final = re.compile(
    r"\b(?:(nasta|next|kommande|denna|den har|nu pa|varje|alla|var|every|pa|till|on) )?"
    rf"({'|'.join(WEEKDAYS)})(ar|arna|ars|en|ens|s)?\b"
    r"( (?:i )?(?:nasta|next) (?:vecka|week)| om en vecka)?"
)
_WEEKDAY_RANGE: Final = re.compile(
    rf"\b({'|'.join(WEEKDAYS)})(?:ar)? ?(?:-|till|t o m|to) ?({'|'.join(WEEKDAYS)})(?:ar)?\b"
)
_NEXT_WEEKEND: Final = re.compile(
    r"\b(?:i|nu i|till|den har|denna|kommande|over|this|nasta|next) (?:helg(?:en)?|weekend)\b"
)
_WEEKENDS: Final = re.compile(
    r"\bhelg(?:en|er|erna|tid)\b|\b(?:pa|under) helg\b|\bhelgoppet\b|\bveckoslut\w*"
    r"|\b(?:the )?weekends?\b"
)
_WORKING_DAYS: Final = re.compile(
    r"\b(?:vardag(?:ar|arna|en)?|helgfria? \w+|weekdays?|veckodagar(?:na)?)\b"
)
_WEEK: Final = re.compile(
    r"\b(nasta vecka|next week|denna vecka|den har veckan|nu i veckan|senare i veckan|this week)\b"
    r"|\b(?:vecka|v\.?) ?(\d\d?)\b"
)


@dataclass(frozen=True, slots=True)
class DayHit:
    """Days in a text: dates (``days``) or weekdays in general, and how they were named."""

    start: int
    end: int
    days: tuple[dt.date, ...] = ()
    weekdays: tuple[int, ...] = ()
    phrase: str | None = None
    phrase_en: str | None = None
    relation: str | None = None
    is_weekday: bool = False
    is_week: bool = False


Finder = Callable[[str, dt.date], Iterator[DayHit]]


def find_days(text: str, today: dt.date) -> list[DayHit]:
    """All days in a prepared text, in order; of overlapping readings the more exact one."""
    hits: list[DayHit] = []
    for finder in _FINDERS:
        for hit in finder(text, today):
            if not any(hit.start < other.end and other.start < hit.end for other in hits):
                hits.append(hit)
    hits.sort(key=lambda h: h.start)
    week = next((h for h in hits if h.is_week), None)
    if week is not None and any(h.is_weekday for h in hits):
        return [_in_week(h, week) for h in hits if h.is_weekday]
    return [h for h in hits if not (h.is_weekday and any(_names(h, o) for o in hits))]


def _in_week(hit: DayHit, week: DayHit) -> DayHit:
    """A weekday in the week that the text names: ``tisdag vecka 49``."""
    monday = week.days[0] - dt.timedelta(days=week.days[0].weekday())
    return replace(hit, days=(monday + dt.timedelta(days=hit.days[0].weekday()),))


def _names(weekday: DayHit, other: DayHit) -> bool:
    """Whether a weekday only names the day of a date beside it: ``torsdag 26 november``."""
    return (
        len(other.days) == 1
        and not other.is_weekday
        and other.days[0].weekday() == weekday.days[0].weekday()
        and (0 <= other.start - weekday.end <= 6 or 0 <= weekday.start - other.end <= 5)
    )


def _dates(text: str, today: dt.date) -> Iterator[DayHit]:
    for match in _ISO.finditer(text):
        day = date_or_none(int(match[1]), int(match[2]), int(match[3]))
        yield from _hit(match, day if day and day >= today else None)
    for match in _SLASHED.finditer(text):
        yield from _hit(match, coming_date(int(match[1]), int(match[2]), match[3], today))
    for match in _DOTTED.finditer(text):
        yield from _hit(match, coming_date(int(match[1]), int(match[2]), None, today))
    for match in _WITH_MONTH.finditer(text):
        number = int(match[1]) if match[1].isdigit() else _ORDINALS.index(match[1]) + 1
        yield from _hit(match, coming_date(number, MONTHS[match[2][:3]], match[3], today))
    for match in _MONTH_FIRST.finditer(text):
        yield from _hit(match, coming_date(int(match[2]), MONTHS[match[1][:3]], None, today))


def _days_of_month(text: str, today: dt.date) -> Iterator[DayHit]:
    for match in _WEEKDAY_DAY.finditer(text):
        weekday, number = WEEKDAYS.index(match[1]), int(match[2])
        day = next_day_numbered(number, today)
        if day and (day.weekday() == weekday or number > 24):
            yield from _hit(match, day)
    for match in _DAY_ONLY.finditer(text):
        yield from _hit(match, next_day_numbered(int(match[1] or match[2]), today))


def _named(text: str, today: dt.date) -> Iterator[DayHit]:
    for hit in named_hits(text, today):
        yield DayHit(
            hit.start, hit.end, hit.days, (), hit.phrase, hit.phrase_en, relation=hit.relation
        )


def _relative(text: str, today: dt.date) -> Iterator[DayHit]:
    offsets = {"idag": 0, "imorgon": 1, "overmorgon": 2}
    for match in _RELATIVE.finditer(text):
        yield from _hit(match, today + dt.timedelta(days=offsets[match[1]]))
    for match in _IN_DAYS.finditer(text):
        count = NUMBER_WORDS.get(match[1]) or (1 if match[1] in ("en", "a") else int(match[1]))
        length = 7 if match[2].startswith(("veck", "week")) else 1
        if count * length <= 400:
            yield from _hit(match, today + dt.timedelta(days=count * length))


def _weeks(text: str, today: dt.date) -> Iterator[DayHit]:
    monday = today - dt.timedelta(days=today.weekday())
    for match in _WEEK.finditer(text):
        if match[2]:
            start = monday_of_week(int(match[2]), today)
            phrase, english = f"under vecka {match[2]}", f"in week {match[2]}"
        elif match[1].startswith(("nasta", "next")):
            start, phrase, english = monday + dt.timedelta(days=7), "nästa vecka", "next week"
        else:
            start, phrase, english = monday, "den här veckan", "this week"
        if start is not None:
            week = tuple(start + dt.timedelta(days=n) for n in range(5))
            days = tuple(d for d in week if d >= today) or week
            yield DayHit(*match.span(), days, phrase=phrase, phrase_en=english, is_week=True)


def _weekdays(text: str, today: dt.date) -> Iterator[DayHit]:
    for match in _WEEKDAY_RANGE.finditer(text):
        first, last = (WEEKDAYS.index(match[n]) for n in (1, 2))
        if first < last:
            yield DayHit(*match.span(), weekdays=tuple(range(first, last + 1)))
    for match in _WEEKDAY.finditer(text):
        weekday = WEEKDAYS.index(match[2])
        general = match[1] in ("varje", "alla", "var", "every")
        if general or (match[3] or "").startswith("ar"):
            yield DayHit(*match.span(), weekdays=(weekday,))
            continue
        ahead = (weekday - today.weekday()) % 7 or 7
        next_week = bool(match[4]) or match[1] in ("nasta", "next")
        if (
            next_week
            and (today + dt.timedelta(days=ahead)).isocalendar()[:2] == (today.isocalendar()[:2])
        ):
            ahead += 7
        yield DayHit(*match.span(), (today + dt.timedelta(days=ahead),), is_weekday=True)


def _weekends(text: str, today: dt.date) -> Iterator[DayHit]:
    for match in _NEXT_WEEKEND.finditer(text):
        saturday = today + dt.timedelta(days=5 - today.weekday())
        if match[0].startswith(("nasta", "next")) and today.weekday() < 5:
            saturday += dt.timedelta(days=7)
        days = tuple(d for d in (saturday, saturday + dt.timedelta(days=1)) if d >= today)
        yield DayHit(*match.span(), days)
    for match in _WEEKENDS.finditer(text):
        yield DayHit(*match.span(), weekdays=WEEKEND)
    for match in _WORKING_DAYS.finditer(text):
        yield DayHit(*match.span(), weekdays=WORKING_DAYS)


_FINDERS: Final[tuple[Finder, ...]] = (
    _named, _dates, _days_of_month, _weekdays, _relative, _weeks, _weekends,
)  # fmt: skip


def _hit(match: re.Match[str], day: dt.date | None) -> Iterator[DayHit]:
    if day is not None:
        yield DayHit(*match.span(), (day,))
