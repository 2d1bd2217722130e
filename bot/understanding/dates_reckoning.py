"""Which date is meant when a text leaves something out: the year, the month, the week's year.

People ask about what is to come, so the next one from today on is meant.
"""

from __future__ import annotations

import datetime as dt


def date_or_none(year: int, month: int, day: int) -> dt.date | None:
    """The date, or None when the calendar has no such day."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def coming_date(day: int, month: int, year: str | None, today: dt.date) -> dt.date | None:
    """The date in the year that was named, else the next one from today on."""
    if year:
        named = date_or_none(int(year), month, day)
        return named if named and named >= today else None
    years = range(today.year, today.year + 5)
    return next((d for y in years if (d := date_or_none(y, month, day)) and d >= today), None)


def next_day_numbered(number: int, today: dt.date) -> dt.date | None:
    """The next day with this number in its month, today among them."""
    days = (today + dt.timedelta(days=n) for n in range(62))
    return next((d for d in days if d.day == number), None)


def monday_of_week(week: int, today: dt.date) -> dt.date | None:
    """The Monday of a numbered week, of the next year when the week has passed."""
    for year in (today.year, today.year + 1):
        try:
            monday = dt.date.fromisocalendar(year, week, 1)
        except ValueError:
            continue
        if monday + dt.timedelta(days=6) >= today:
            return monday
    return None


def coming_months(first: int, last: int, today: dt.date) -> tuple[dt.date, dt.date]:
    """First and last day of the months, this year or, when they have passed, the next."""
    for year in (today.year - 1, today.year, today.year + 1):
        end_year = year + (1 if last < first else 0)
        following = dt.date(end_year + last // 12, last % 12 + 1, 1)
        end = following - dt.timedelta(days=1)
        if end >= today:
            return dt.date(year, first, 1), end
    raise AssertionError("a year has every month")
