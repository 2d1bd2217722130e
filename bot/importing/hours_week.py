"""The openings of a week, read from a page's lines and written in OSM's notation."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Final, NamedTuple

from bot.knowledge.validator_facts import facts
from bot.knowledge.validator_text import squeeze
from bot.knowledge.written_hours import LUNCH, REST, SHUT, Opening, days_in, times_in

Week = dict[int, list[Opening]]

_OSM: Final = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
_ONLY_LUNCH: Final = re.compile(rf"^\W*{LUNCH.pattern}", re.IGNORECASE)
_BEFORE: Final = 30
"""How far before clock times a word may stand that says it is closed then."""


def read_week(lines: Sequence[str], otherwise: Iterable[int] = ()) -> tuple[Week, bool]:
    """The openings of each weekday, and whether the lines name weekdays at all.

    Times without weekdays are those of ``otherwise``; nothing is guessed.
    """
    week: Week = defaultdict(list)
    unnamed: list[Opening] = []
    named = False
    lunch = [line for line in lines if _ONLY_LUNCH.search(line)]
    for part in _parts([line for line in lines if line not in lunch]):
        days = {day for found in days_in(part) for day in found.days}
        rest = REST.search(part)
        if rest:
            days = set(range(5 if rest["workdays"] else 7)) - set(week)
        open_at, shut_at, lunch_at = _openings(part)
        named = named or bool(days)
        for day in days:
            week[day] = _between([*week[day], *open_at], shut_at)
        if not days:
            unnamed = _between([*unnamed, *open_at], [*shut_at, *lunch_at])
        # Lunch is told last, of all the days before it.
        week.update({day: _between(at, lunch_at) for day, at in week.items()})
    if not named:
        week = dict.fromkeys(otherwise, unnamed)
    shut = [opening for line in lunch for opening in _openings(line).lunch]
    week = {day: sorted(_between(at, shut)) for day, at in week.items()}
    return {day: at for day, at in week.items() if at}, named


def _parts(lines: Iterable[str]) -> Iterable[str]:
    """Cut the lines where other weekdays are named after times: each part has its own days."""
    text = without_numbers(squeeze(" ".join(lines)))
    days = sorted(found.start for found in days_in(text))
    days += [found.start() for found in REST.finditer(text)]
    days.sort()
    times = sorted(found.start for found in times_in(text))
    shuts = [found.start() for found in SHUT.finditer(text)]
    facts_at = sorted([*times, *shuts])
    # Times that stand before their weekdays ("8–16 måndag till fredag") belong to those after.
    if days and facts_at and facts_at[0] < days[0] and not any(at > days[-1] for at in facts_at):
        yield text
        return
    cuts = [0]
    for before, at in pairwise(days):
        if any(before < place < at for place in facts_at):
            cuts.append(at)
    for start, end in zip(cuts, [*cuts[1:], len(text)], strict=True):
        yield text[start:end]


class _Told(NamedTuple):
    """What a part says of its stretches: open, closed, and closed for lunch."""

    open: list[Opening]
    shut: list[Opening]
    lunch: list[Opening]


def _openings(part: str) -> _Told:
    told = _Told([], [], [])
    for found in sorted(times_in(part)):
        before = part[max(0, found.start - _BEFORE) : found.start]
        kind = next(
            (
                stretches
                for pattern, stretches in ((LUNCH, told.lunch), (SHUT, told.shut))
                for m in pattern.finditer(before)
                if not re.search(r"\d", before[m.end() :])
            ),
            told.open,
        )
        if found.opening not in kind:
            kind.append(found.opening)
    return told


def _between(open_at: Iterable[Opening], shut_at: Iterable[Opening]) -> list[Opening]:
    """Openings without the stretches in which it is closed."""
    left = list(dict.fromkeys(open_at))
    for shut in shut_at:
        left = [
            piece
            for at in left
            for piece in (
                Opening(at.opens, min(at.closes, shut.opens)),
                Opening(max(at.opens, shut.closes), at.closes),
            )
            if piece.opens < piece.closes
        ]
    return list(dict.fromkeys(left))


def osm(week: Week) -> str:
    """``Mo-We,Fr 08:30-11:30,13:00-16:00; Th 08:30-09:30``."""
    groups: dict[str, list[int]] = {}
    for day in sorted(week):
        times = ",".join(f"{at.opens}-{at.closes}" for at in week[day])
        groups.setdefault(times, []).append(day)
    return "; ".join(f"{_names(days)} {times}" for times, days in groups.items())


def _names(days: Sequence[int]) -> str:
    """Weekdays in OSM's words, those that follow each other as a range."""
    runs: list[list[int]] = []
    for day in days:
        if runs and runs[-1][-1] == day - 1:
            runs[-1].append(day)
        else:
            runs.append([day])
    return ",".join(
        _OSM[run[0]]
        if len(run) == 1
        else f"{_OSM[run[0]]},{_OSM[run[1]]}"
        if len(run) == 2
        else f"{_OSM[run[0]]}-{_OSM[run[-1]]}"
        for run in runs
    )


def without_numbers(line: str) -> str:
    """A line without phone numbers, which may look like times."""
    for fact in facts(line):
        if fact.kind == "phone number":
            line = line.replace(fact.written, " ")
    return line
