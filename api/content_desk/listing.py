"""The list of answers: what needs a person first, and why."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from api.content_desk.shelf import Shelf, service_name, title_of
from api.numbers.service import Counts
from bot.knowledge.records import Answer

SOON: Final = dt.timedelta(days=30)
_FEW: Final = 2
"""So many who were not helped, and no fewer than who were, make an answer one to look at."""

STATES: Final = {
    "overdue": "Ska granskas nu",
    "lost": "Belägg saknas",
    "rated": "Hjälper inte",
    "soon": "Granskas snart",
    "fine": "Inget att göra",
}
"""In the order in which they are listed."""

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Row:
    """An answer in the list. ``states`` has every reason to look at it, the first first."""

    answer: Answer
    title: str
    service: str
    states: tuple[str, ...]
    due: dt.date
    counts: Counts
    waits: bool

    @property
    def state(self) -> str:
        """What is most urgent."""
        return self.states[0]


def rows(
    shelf: Shelf,
    today: dt.date,
    counts: Mapping[str, Counts],
    lost: Mapping[str, str],
    waiting: Mapping[str, object],
) -> list[Row]:
    """All answers of a municipality, the most urgent first."""
    found = [
        Row(
            answer=answer,
            title=title_of(answer),
            service=service_name(answer.service),
            states=_states(shelf, answer, today, counts.get(answer.id, Counts()), lost),
            due=shelf.due(answer),
            counts=counts.get(answer.id, Counts()),
            waits=answer.id in waiting,
        )
        for answer in shelf.municipality.answers
    ]
    return sorted(found, key=_urgency)


def filtered(found: Iterable[Row], service: str, state: str) -> list[Row]:
    """Those of a service and in a state; an empty word lets all through."""
    return [
        r for r in found if service in ("", r.answer.service) and (not state or state in r.states)
    ]


def totals(found: Iterable[Row]) -> dict[str, int]:
    """How many answers are in each state, in the order of the list."""
    listed = list(found)
    return {state: sum(state in r.states for r in listed) for state in STATES}


def _states(
    shelf: Shelf, answer: Answer, today: dt.date, counts: Counts, lost: Mapping[str, str]
) -> tuple[str, ...]:
    due = shelf.due(answer)
    reasons = {
        "overdue": due < today,
        "lost": answer.id in lost or answer.id in shelf.lost,
        "rated": counts.no >= _FEW and counts.no >= counts.yes,
        "soon": today <= due <= today + SOON,
    }
    return tuple(state for state, holds in reasons.items() if holds) or ("fine",)


def _urgency(row: Row) -> tuple[object, ...]:
    """Overdue ones by their day, badly rated ones by how often, all others by how often asked."""
    order = list(STATES).index(row.state)
    first: int = {
        "overdue": row.due.toordinal(),
        "rated": -row.counts.no,
        "soon": row.due.toordinal(),
    }.get(row.state, 0)
    return order, first, -row.counts.asked, row.service, row.title
