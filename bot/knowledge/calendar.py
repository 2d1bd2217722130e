"""The days on which an office is closed, or may close early: red days, eves, klämdagar.

The red days come from `holidays`. No page says what an office does on them, so what follows
from a special day is an inference, and the sentences that use it say so.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from types import MappingProxyType
from typing import Final, Literal

from holidays.countries.sweden import Sweden

DayKind = Literal["red", "eve", "short"]
"""red: a public holiday; eve: kept as one by offices; short: an ordinary day that may end early."""

CLOSED_EVES: Final = frozenset({"midsommarafton", "julafton", "nyårsafton"})
BRIDGE: Final = "klämdag"

_ONE_DAY: Final = dt.timedelta(days=1)
_BANK_HOURS: Final = re.compile(r"\s*\((?:från kl|from).*\)$")
_BETWEEN_THE_YEARS: Final = range(27, 31)
_SEARCH_DAYS: Final = 800


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that is not like other days; ``name`` and ``phrase`` fit inside a Swedish sentence."""

    kind: DayKind
    name: str
    phrase: str
    name_en: str = ""
    phrase_en: str = ""


@lru_cache(maxsize=64)
def named_days(year: int, language: str = "sv") -> Mapping[dt.date, tuple[str, ...]]:
    """Every red day and named eve of a year, as names inside a sentence: ``juldagen``."""
    found: dict[dt.date, tuple[str, ...]] = {}
    for category in ("public", "optional"):
        for day, names in _calendar(year, category, language).items():
            found[day] = found.get(day, ()) + names
    return MappingProxyType(found)


def red_day(day: dt.date) -> str | None:
    """The name of the red day that this is, Sundays apart; None for any other day."""
    names = _red_days(day.year).get(day)
    return " och ".join(names) if names else None


def closed_eve(day: dt.date) -> str | None:
    """The eve that offices keep as a red day (midsommar-, jul-, nyårsafton), or None."""
    return next((n for n in named_days(day.year).get(day, ()) if n in CLOSED_EVES), None)


def is_off(day: dt.date) -> bool:
    """Whether an office with weekday hours is closed: weekend, red day or closed eve."""
    return day.weekday() >= 5 or day in _red_days(day.year) or closed_eve(day) is not None


def is_bridge(day: dt.date) -> bool:
    """Whether a working day is a klämdag: single between two days off.

    `holidays` knows only the one after Kristi himmelsfärdsdag.
    """
    return not is_off(day) and is_off(day - _ONE_DAY) and is_off(day + _ONE_DAY)


@lru_cache(maxsize=2048)
def special_day(day: dt.date) -> SpecialDay | None:
    """What is special about a day: red before eve before a day that may be short."""
    english = _first(named_days(day.year, "en").get(day, ()))
    if name := red_day(day):
        return SpecialDay("red", name, f"på {name}", english, f"on {english}")
    if name := closed_eve(day):
        return SpecialDay("eve", name, f"på {name}", english, f"on {english}")
    names = [n for n in named_days(day.year).get(day, ()) if n.casefold() != BRIDGE]
    if names:
        return SpecialDay("short", names[0], f"på {names[0]}", english, f"on {english}")
    if day.weekday() >= 5:
        return None
    return _unnamed_short_day(day)


def _unnamed_short_day(day: dt.date) -> SpecialDay | None:
    tomorrow = day + _ONE_DAY
    if is_bridge(day):
        between = "a day between a public holiday and a weekend"
        return SpecialDay("short", BRIDGE, f"på en {BRIDGE}", between, f"on {between}")
    if name := red_day(tomorrow) or closed_eve(tomorrow):
        english = f"the day before {_first(named_days(tomorrow.year, 'en').get(tomorrow, ()))}"
        return SpecialDay("short", f"dagen före {name}", f"dagen före {name}", english, english)
    if day.month == 12 and day.day in _BETWEEN_THE_YEARS:
        english = "between Christmas and New Year"
        return SpecialDay("short", "mellandag", "i mellandagarna", english, english)
    return None


def upcoming(kind: Literal["red", "bridge", "eve"], start: dt.date) -> dt.date | None:
    """The first red day, klämdag or eve from a day on; eves are those that are no red days."""
    for day in _days_from(start):
        if kind == "bridge":
            hit = is_bridge(day)
        elif kind == "red":
            hit = red_day(day) is not None
        else:
            hit = any(n.endswith("afton") for n in named_days(day.year).get(day, ()))
        if hit:
            return day
    return None


def date_of(name: str, year: int) -> dt.date | None:
    """The date of a named day (``midsommarafton``) in a year; None when there is none."""
    return next((d for d, names in named_days(year).items() if name in names), None)


@lru_cache(maxsize=64)
def _red_days(year: int) -> Mapping[dt.date, tuple[str, ...]]:
    return _calendar(year, "public", "sv")


def _days_from(start: dt.date) -> Iterator[dt.date]:
    return (start + dt.timedelta(days=n) for n in range(_SEARCH_DAYS))


def _calendar(year: int, category: str, language: str) -> dict[dt.date, tuple[str, ...]]:
    locale = "en_US" if language == "en" else language
    days = Sweden(years=year, language=locale, categories=category, include_sundays=False)
    return {d: tuple(_tidy(n, language) for n in names.split("; ")) for d, names in days.items()}


def _tidy(name: str, language: str) -> str:
    """Write a name as inside a sentence, without bank hours: they say nothing of municipal ones."""
    name = _BANK_HOURS.sub("", name)
    if language != "sv":
        return "Boxing Day" if name == "Second Day of Christmas" else name
    if name == "Allahelgonsafton":
        return "alla helgons afton"
    return name if name.startswith("Kristi") else name[:1].lower() + name[1:]


def _first(names: tuple[str, ...]) -> str:
    return names[0] if names else ""
