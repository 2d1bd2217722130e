"""Opening hours as content writes them: weekly hours, seasons, an operator's exceptions.

Broken hours raise ValueError that says which field and what to change; the loader adds the
file's name.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Final, Literal, cast

from opening_hours import validate

HoursKind = Literal["phone", "visit"]

_KINDS: Final = ("phone", "visit")
_MONTH_DAY: Final = re.compile(r"(?:0[1-9]|1[0-2])-(?:0[1-9]|[12]\d|3[01])")
_LEAP_YEAR: Final = "2028"


@dataclass(frozen=True, slots=True)
class Season:
    """Other hours in a part of every year, first and last day included (``05-01``, ``08-31``)."""

    first: str
    last: str
    osm: str
    as_written: str

    def includes(self, day: dt.date) -> bool:
        """Whether a day is in the season; a season may run over New Year."""
        at = day.strftime("%m-%d")
        if self.first <= self.last:
            return self.first <= at <= self.last
        return at >= self.first or at <= self.last


@dataclass(frozen=True, slots=True)
class Hours:
    """When a unit answers the phone or takes visits, in OSM's notation and in the page's words.

    ``weekdays_named`` is false where the page gives clock times and no weekdays.
    """

    osm: str
    as_written: str
    weekdays_named: bool = True
    seasons: tuple[Season, ...] = ()
    kind: HoursKind = "phone"

    @classmethod
    def from_content(cls, data: Mapping[str, Any], kind: str) -> Hours:
        """Read the mapping that municipality.yml has for phone_hours or visit_hours."""
        if kind not in _KINDS:
            raise ValueError(f"kind: {kind!r} is neither phone nor visit")
        return cls(
            osm=_expression(data, "osm"),
            as_written=_text(data, "as_written"),
            weekdays_named=bool(data.get("weekdays_named", True)),
            seasons=tuple(_season(s) for s in data.get("seasons") or ()),
            kind=cast("HoursKind", kind),
        )

    def season(self, day: dt.date) -> Season | None:
        """The season that a day is in, or None when the ordinary hours apply."""
        return next((s for s in self.seasons if s.includes(day)), None)


@dataclass(frozen=True, slots=True)
class HoursException:
    """What an operator has set for single days. It outranks hours, red days and cautions.

    ``osm`` is None for closed; ``kind`` None for phone and visits alike.
    """

    municipality: str
    unit: str
    first: dt.date
    last: dt.date
    osm: str | None
    note: str | None = None
    kind: HoursKind | None = None

    def applies(self, day: dt.date, kind: HoursKind) -> bool:
        """Whether it is about this day and this kind of hours."""
        return self.first <= day <= self.last and self.kind in (None, kind)


def load_exceptions(data: object) -> tuple[HoursException, ...]:
    """Read content/common/hours_exceptions.yml; every broken entry is named in one ValueError."""
    if not isinstance(data, list | None):
        raise TypeError("hours_exceptions: write a list of exceptions, or [] for none")
    found: list[HoursException] = []
    problems: list[str] = []
    for number, entry in enumerate(data or (), start=1):
        try:
            found.append(_exception(entry))
        except (ValueError, TypeError, AttributeError) as error:
            problems.append(f"exception {number}: {error}")
    if problems:
        raise ValueError("; ".join(problems))
    return tuple(found)


def exceptions_for(
    exceptions: Iterable[HoursException], municipality: str, unit: str
) -> tuple[HoursException, ...]:
    """The exceptions of one unit of one municipality."""
    return tuple(e for e in exceptions if (e.municipality, e.unit) == (municipality, unit))


def _exception(entry: Mapping[str, Any]) -> HoursException:
    first = _date(entry, "date")
    last = _date(entry, "until") if entry.get("until") else first
    if last < first:
        raise ValueError(f"until: {last} is before date: {first}")
    kind = entry.get("kind")
    if kind not in (None, *_KINDS):
        raise ValueError(f"kind: {kind!r} is neither phone nor visit")
    hours = _text(entry, "hours")
    return HoursException(
        municipality=_text(entry, "municipality"),
        unit=_text(entry, "unit"),
        first=first,
        last=last,
        osm=None if hours == "closed" else _expression(entry, "hours"),
        note=entry.get("note"),
        kind=kind,
    )


def _season(data: Mapping[str, Any]) -> Season:
    return Season(
        first=_month_day(data, "from"),
        last=_month_day(data, "to"),
        osm=_expression(data, "osm"),
        as_written=_text(data, "as_written"),
    )


def _text(data: Mapping[str, Any], key: str) -> str:
    value = data.get(key)
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"{key}: a text is missing")
    return value.strip()


def _expression(data: Mapping[str, Any], key: str) -> str:
    text = _text(data, key)
    if not validate(text):
        raise ValueError(f"{key}: {text!r} is no opening_hours expression")
    return text


def _month_day(data: Mapping[str, Any], key: str) -> str:
    text = _text(data, key)
    if not _MONTH_DAY.fullmatch(text):
        raise ValueError(f"{key}: write month-day as 05-01, not {text!r}")
    try:
        dt.date.fromisoformat(f"{_LEAP_YEAR}-{text}")
    except ValueError as error:
        raise ValueError(f"{key}: there is no day {text!r}") from error
    return text


def _date(data: Mapping[str, Any], key: str) -> dt.date:
    value = data.get(key)
    try:
        return dt.date.fromisoformat(str(value)[:10])
    except ValueError as error:
        raise ValueError(f"{key}: write a date as 2026-12-23, not {value!r}") from error
