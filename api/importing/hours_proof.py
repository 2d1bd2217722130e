"""Opening hours that a person typed, in the page's own words.

The times have to stand on the page. Where the page names days they are the page's; where it
names none, a person chooses them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from api.importing.proof import PageText
from api.importing.records import Batch, Draft
from api.storage.imports import ImportRow
from bot.importing.hours import HoursDraft, names_period, read_hours, tells_hours
from bot.knowledge.validator_hours import osm_week
from bot.knowledge.written_hours import REST, days_in, times_in

_MOST_LINES: Final = 8
_PERIOD_ABOVE: Final = 3
_NOT_THERE: Final = "Tiderna ”{typed}” står inte på sidan. Skriv samma klockslag som sidan."
_OTHER_DAYS: Final = "Sidan säger ”{said}”. Skriv samma dagar som sidan."
_NOTHING: Final = "Skriv in tiderna, eller hoppa över dem."

Evidence = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class HoursGiven:
    """Hours as they are to be, with their evidence by page; or what stands in the way."""

    hours: dict[str, Any] | None
    evidence: Evidence = field(default_factory=list)
    problem: str = ""


@dataclass(frozen=True, slots=True)
class _Said:
    """The page's words for some hours, and the lines they stand on."""

    words: str
    named: bool
    first: int
    last: int


def hours_given(
    batch: Batch, row: ImportRow, draft: Draft, fields: Mapping[str, Any]
) -> HoursGiven:
    """The hours of a draft as a person left them."""
    typed = str(fields.get("written") or "")
    drafted = draft["hours"]
    if not typed:
        evidence = [(row.page, quote) for quote in draft["evidence"]]
        return HoursGiven(drafted, evidence, "" if drafted else _NOTHING)
    read, problems = read_hours(typed.splitlines())
    if read is None:
        return HoursGiven(None, problem=" ".join(problems))
    told = ""
    for page in sorted(batch.rows, key=lambda other: other.id != row.id):
        near = draft["evidence"] if page.id == row.id else ()
        found = _on_page(page, near, read, drafted)
        if found.hours:
            return found
        told = told or found.problem
    return HoursGiven(None, problem=told or _NOT_THERE.format(typed=" ".join(typed.split())))


def _on_page(row: ImportRow, near: Any, read: HoursDraft, drafted: Any) -> HoursGiven:
    page = PageText(row.text)
    span = page.find(str(near[0])) if near else None
    about = page.line_at(span[0]) if span else 0
    ordinary = _said(page, about, read.osm)
    if isinstance(ordinary, str):
        return HoursGiven(None, problem=ordinary)
    evidence = [(row.page, page.between(ordinary.first, ordinary.last))]
    seasons = []
    for season in read.seasons:
        said = _said(page, about, season.osm)
        if isinstance(said, str):
            return HoursGiven(None, problem=said)
        begins = _period_line(page, said.first)
        evidence.append((row.page, page.between(begins, said.last)))
        seasons.append(
            {
                "first": season.first,
                "last": season.last,
                "osm": season.osm,
                "as_written": said.words,
            }
        )
    if not seasons and drafted and drafted["seasons"]:
        seasons = list(drafted["seasons"])
        evidence += [(row.page, quote) for quote in near]
    hours = {
        "osm": read.osm,
        "as_written": ordinary.words,
        "weekdays_named": ordinary.named,
        "seasons": seasons,
    }
    return HoursGiven(hours, list(dict.fromkeys(evidence)))


def _said(page: PageText, about: int, osm: str) -> _Said | str:
    """The page's words for a week, those nearest to a line first; or why there are none."""
    wanted = osm_week(osm)
    clocks = _clocks(wanted)
    other = ""
    for first, last in _windows(page, about):
        for words in _pieces(page.between(first, last)):
            named = _names_days(words)
            # Times alone can be read only with a day before them; which one is no matter.
            read, _ = read_hours([words if named else f"måndag {words}"])
            week = osm_week(read.osm) if read else {}
            if not week or _clocks(week) != clocks:
                continue
            if named and week == wanted:
                return _Said(words, True, first, last)
            if not named and not _names_days(page.lines[first]) and not _days_above(page, first):
                return _Said(words, False, first, last)
            other = other or (words if named else page.between(max(first - 1, 0), last))
    return _OTHER_DAYS.format(said=other) if other else ""


def _windows(page: PageText, about: int) -> list[tuple[int, int]]:
    """Lines that follow each other and tell days or times, the nearest and shortest first."""
    telling = [tells_hours(line) or _names_days(line) for line in page.lines]
    found = []
    for first in range(len(page.lines)):
        for last in range(first, min(first + _MOST_LINES, len(page.lines))):
            if not telling[last]:
                break
            found.append((first, last))
    return sorted(found, key=lambda lines: (abs(lines[0] - about), lines[1] - lines[0]))


def _pieces(text: str) -> Iterator[str]:
    """The stretches from a day or a time to the end of times or days, the longest first."""
    spans = [(one.start, one.end) for found in (days_in, times_in) for one in found(text)]
    spans += [match.span() for match in REST.finditer(text)]
    starts, ends = sorted({s for s, _ in spans}), sorted({e for _, e in spans}, reverse=True)
    pairs = [(start, end) for start in starts for end in ends if start < end]
    for start, end in sorted(pairs, key=lambda pair: pair[0] - pair[1]):
        yield text[start:end]


def _names_days(text: str) -> bool:
    return any(True for _ in days_in(text)) or bool(REST.search(text))


def _days_above(page: PageText, first: int) -> bool:
    """Whether the line before names days whose times come below it."""
    above = page.lines[first - 1] if first else ""
    return _names_days(above) and not tells_hours(above)


def _clocks(week: Mapping[int, frozenset[str]]) -> frozenset[str]:
    return frozenset(clock for times in week.values() for clock in times)


def _period_line(page: PageText, first: int) -> int:
    """The line that tells when a part of the year begins and ends."""
    for at in range(first, max(first - _PERIOD_ABOVE, 0) - 1, -1):
        if names_period(page.lines[at]):
            return at
    return first
