"""Opening hours as a page writes them, as OSM opening_hours.

Only what can be read for certain is: hours for even weeks, by appointment or "under sommaren"
without dates are told to a person instead, and nothing is guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.importing.hours_week import osm as in_osm
from bot.importing.hours_week import read_week, without_numbers
from bot.knowledge.validator_dates import SLASHED, read_slashed
from bot.knowledge.validator_hours import readable
from bot.knowledge.validator_text import squeeze
from bot.knowledge.written_hours import SHUT, days_in, times_in

_BEFORE_HOLIDAY: Final = re.compile(
    r"(?i)\W*(?:och\s+)?dag(?:ar|en)?\s+(?:före|innan)\s.*|\W*klämdag.*"
)
_PART_OF_YEAR: Final = re.compile(r"(?i)\b(?:sommar|jul|påsk|semester)\w*")
_ALL_DAY: Final = re.compile(r"(?i)dygnet\s+runt")
_UNSURE: Final = (
    (re.compile(r"(?i)\b(?:jämna|udda|varannan)\b"), "Tiderna gäller inte varje vecka."),
    (
        re.compile(r"(?i)\b(?:första|andra|tredje|fjärde|sista)\s+\w+dagen\s+(?:i|varje)\b"),
        "Tiderna gäller bara vissa dagar i månaden.",
    ),
    (_ALL_DAY, "Sidan säger dygnet runt. Skriv in tiden själv."),
)
_REMARKS: Final = (
    (
        _BEFORE_HOLIDAY,
        "Sidan säger också något om dagar före helg. Det följer inte med tiderna.",
    ),
    (
        re.compile(r"(?i)tidsbok|boka(?:d|s)?\s+tid|överenskommelse"),
        "Sidan nämner tidsbokning. Det följer inte med tiderna.",
    ),
    (
        _PART_OF_YEAR,
        "Sidan nämner andra tider under en del av året. Kontrollera att de följde med.",
    ),
)
_MONTHS: Final = "jan feb mar apr maj jun jul aug sep okt nov dec".split()
_DAY_MONTH: Final = re.compile(rf"(?i)(?<!\w)(\d{{1,2}})\s+({'|'.join(_MONTHS)})[a-z]*\.?(?!\w)")
NO_DAYS: Final = "Sidan säger inte vilka veckodagar tiderna gäller. Skriv in dagar och tider själv."


@dataclass(frozen=True, slots=True)
class SeasonDraft:
    """Other hours in a part of the year: ``05-01`` to ``08-31``."""

    first: str
    last: str
    osm: str
    as_written: str


@dataclass(frozen=True, slots=True)
class HoursDraft:
    """Hours that could be read. ``remarks`` are Swedish: what a person should look at."""

    osm: str
    as_written: str
    weekdays_named: bool
    seasons: tuple[SeasonDraft, ...] = ()
    remarks: tuple[str, ...] = ()

    def as_content(self) -> dict[str, object]:
        """The hours as municipality.yml has them."""
        return {
            "osm": self.osm,
            "as_written": self.as_written,
            "weekdays_named": self.weekdays_named,
            "seasons": [
                {"from": s.first, "to": s.last, "osm": s.osm, "as_written": s.as_written}
                for s in self.seasons
            ],
        }


def tells_hours(line: str) -> bool:
    """Whether a line states clock times from and to, or that a weekday is closed."""
    if _ALL_DAY.search(line):
        return True
    bare = without_numbers(line)
    shut = bool(SHUT.search(bare)) and any(True for _ in days_in(bare))
    return shut or any(True for _ in times_in(bare))


def names_period(line: str) -> bool:
    """Whether a line names the first and last day of a part of the year."""
    return _period(line)[0] is not None


def read_hours(lines: Sequence[str]) -> tuple[HoursDraft | None, tuple[str, ...]]:
    """The hours that lines state, and what stands in the way, in Swedish, when none can be read."""
    told = squeeze(" ".join(lines))
    problems = tuple(text for pattern, text in _UNSURE if pattern.search(told))
    if problems:
        return None, problems
    ordinary, seasons = _by_season(lines)
    week, named = read_week(ordinary)
    if not week:
        unnamed = not named and any(tells_hours(line) for line in ordinary)
        return None, (NO_DAYS if unnamed else "Tiderna gick inte att läsa. Skriv in dem själv.",)
    drafted = [_season(first, last, part, week) for first, last, part in seasons]
    remarks = tuple(
        text
        for pattern, text in _REMARKS
        if pattern.search(told) and not (seasons and "del av året" in text)
    )
    if None in drafted:
        remarks += ("Tiderna för en del av året gick inte att läsa. Skriv in dem själv.",)
    osm = in_osm(week)
    if not readable(osm):
        return None, ("Tiderna gick inte att läsa. Skriv in dem själv.",)
    kept = tuple(season for season in drafted if season)
    return HoursDraft(osm, squeeze(" ".join(ordinary)), named, kept, remarks), ()


def _by_season(
    lines: Iterable[str],
) -> tuple[list[str], list[tuple[str, str, list[str]]]]:
    """The lines of the whole year, and those of each part of it, by the dates that begin it."""
    ordinary: list[str] = []
    seasons: list[tuple[str, str, list[str]]] = []
    for line in lines:
        period, before, rest = _period(line)
        _keep(before, seasons[-1][2] if seasons else ordinary)
        if period:
            seasons.append((*period, []))
        elif _PART_OF_YEAR.search(line):
            continue
        _keep(rest, seasons[-1][2] if seasons else ordinary)
    return ordinary, seasons


def _keep(line: str, told: list[str]) -> None:
    plain = _BEFORE_HOLIDAY.sub("", line)
    if tells_hours(plain):
        told.append(plain)


def _period(line: str) -> tuple[tuple[str, str] | None, str, str]:
    """The first and last day of a part of the year that a line names; what stands before, after."""
    whole = [
        (m.start(), m.end(), f"{_MONTHS.index(m[2].lower()) + 1:02}-{int(m[1]):02}")
        for m in _DAY_MONTH.finditer(line)
        if 1 <= int(m[1]) <= 31
    ]
    for m in SLASHED.finditer(line):
        day = read_slashed(m)
        if day is not None and isinstance(day.part, int) and day.day:
            whole.append((m.start(), m.end(), f"{day.part:02}-{day.day:02}"))
    whole.sort()
    if len(whole) < 2:
        return None, "", line
    before = re.sub(r"\W*(?:under\s+tiden|mellan|från)?\W*$", "", line[: whole[0][0]])
    return (whole[0][2], whole[1][2]), before, line[whole[1][1] :].strip(" :,.)(–-")


def _season(first: str, last: str, lines: Sequence[str], days: Iterable[int]) -> SeasonDraft | None:
    """Other hours of a part of the year, for the ordinary days where they name none."""
    week, _ = read_week(lines, days)
    if not week:
        return None
    return SeasonDraft(first, last, in_osm(week), squeeze(" ".join(lines)))
