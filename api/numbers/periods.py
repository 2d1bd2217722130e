"""The periods that can be chosen, and how their days are put together in a chart."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass

from bot.dialogue.turn import STOCKHOLM

CHOICES = (7, 30, 90, 365)
USUAL = 30
_BY_DAY, _BY_WEEK = 31, 100
MONTHS = "jan feb mars apr maj juni juli aug sep okt nov dec".split()


@dataclass(frozen=True, slots=True)
class Span:
    """Days that stand as one bar."""

    first: dt.date
    last: dt.date
    title: str


@dataclass(frozen=True, slots=True)
class Period:
    """The last so many days, today among them; Swedish days."""

    first: dt.date
    last: dt.date

    @classmethod
    def until(cls, now: dt.datetime, days: int) -> Period:
        """The period that ends today."""
        today = now.astimezone(STOCKHOLM).date()
        return cls(today - dt.timedelta(days=days - 1), today)

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.last - self.first).days + 1

    @property
    def title(self) -> str:
        """``24 oktober 2026`` would be long in a heading: ``24 okt–22 nov 2026``."""
        return f"{_day(self.first, self.last.year)}–{_day(self.last)} {self.last.year}"

    def moments(self) -> tuple[dt.datetime, dt.datetime]:
        """Its first moment, and the first one after it."""
        after = self.last + dt.timedelta(days=1)
        start = dt.datetime.combine(self.first, dt.time(), STOCKHOLM)
        return start, dt.datetime.combine(after, dt.time(), STOCKHOLM)

    def spans(self) -> list[Span]:
        """By day, in a longer period by week, in a year by month; the first may be cut short."""
        return list(self._spans())

    def _spans(self) -> Iterator[Span]:
        first = self.first
        while first <= self.last:
            last = min(self._end(first), self.last)
            yield Span(first, last, self._name(first))
            first = last + dt.timedelta(days=1)

    def _end(self, day: dt.date) -> dt.date:
        if self.days <= _BY_DAY:
            return day
        if self.days <= _BY_WEEK:
            return day + dt.timedelta(days=6 - day.weekday())
        return (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1) - dt.timedelta(days=1)

    def _name(self, first: dt.date) -> str:
        if self.days <= _BY_DAY:
            return _day(first)
        if self.days <= _BY_WEEK:
            return f"v. {first.isocalendar()[1]}"
        return f"{MONTHS[first.month - 1]} {first.year}"


def _day(day: dt.date, year: int | None = None) -> str:
    told = f"{day.day} {MONTHS[day.month - 1]}"
    return told if year in {None, day.year} else f"{told} {day.year}"
