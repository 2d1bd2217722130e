"""What of the content may be said right now: answers withdrawn or flagged while the service runs.

A page can change under an answer at any hour. What rests on nothing any longer is taken out of
what ``load_knowledge`` gives, at once and without a restart; content/ itself is not touched. The
records stay frozen: a change makes new ones, and whoever has read the old ones finishes with them.
"""

from __future__ import annotations

import dataclasses
import hashlib
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from types import MappingProxyType

from bot.knowledge.records import Answer, Contact, Knowledge, Municipality, Page


@dataclass(frozen=True, slots=True)
class LostLine:
    """A line that a page had when it was read, and has no longer."""

    municipality: str
    page: str
    line: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Ids of answers that are not said, and of answers and contacts that are said with a warning.

    A contact is named as ``umea.kundtjanst``. It is never withdrawn: without it there is no way
    to a person.
    """

    withdrawn: frozenset[str] = frozenset()
    flagged: frozenset[str] = frozenset()
    contacts: frozenset[str] = frozenset()
    lost_lines: frozenset[LostLine] = frozenset()


ALL_STANDS = Standing()


@dataclass(slots=True)
class _Applied:
    """A standing with what it makes of each content folder: one object, so one step to swap."""

    standing: Standing
    made: dict[int, tuple[Knowledge, Knowledge]] = field(default_factory=dict)


@dataclass(slots=True)
class _Process:
    """What holds in this process."""

    applied: _Applied


_HERE = _Process(_Applied(ALL_STANDS))


def set_standing(standing: Standing) -> None:
    """From now on this is what may be said, in this process."""
    _HERE.applied = _Applied(standing)


def current_standing() -> Standing:
    """What was set last."""
    return _HERE.applied.standing


def fingerprint(record: Answer | Contact | Page) -> str:
    """Changes when somebody rewrites the record or its evidence: then it is judged anew."""
    said: tuple[object, ...]
    if isinstance(record, Page):
        said = (record.text,)
    elif isinstance(record, Answer):
        said = (record.text, record.easy, record.en, record.speech, record.items, record.evidence)
    else:
        hours = (record.phone_hours, record.visit_hours)
        said = (record.phone, record.email, record.visit_address, record.postal_address)
        said += (record.evidence, *(h and h.as_written for h in hours))
    return hashlib.sha256(repr(said).encode()).hexdigest()[:16]


def as_it_stands(whole: Knowledge) -> Knowledge:
    """All content without what is withdrawn; the very same while everything stands."""
    applied = _HERE.applied
    if applied.standing == ALL_STANDS:
        return whole
    made = applied.made.get(id(whole))
    # An id is used again once its object is gone; the pair keeps this one's alive.
    if made is None or made[0] is not whole:
        made = applied.made[id(whole)] = (whole, _filtered(whole, applied.standing))
    return made[1]


def lost_lines(municipality: str) -> frozenset[tuple[str, str]]:
    """(page, line) of what a municipality's pages no longer say."""
    lost = _HERE.applied.standing.lost_lines
    return frozenset((one.page, one.line) for one in lost if one.municipality == municipality)


def _filtered(whole: Knowledge, standing: Standing) -> Knowledge:
    answers = [a for m in whole.municipalities.values() for a in m.answers]
    told = _index(a for a in answers if a.id not in standing.withdrawn)
    gone = _index(a for a in answers if a.id in standing.withdrawn)
    silent = gone.keys() - told.keys()
    return dataclasses.replace(
        whole,
        municipalities=MappingProxyType(
            {m.id: _without(m, standing, silent) for m in whole.municipalities.values()}
        ),
        doubtful=standing.flagged | standing.contacts,
        _index=MappingProxyType(told),
        _withdrawn=MappingProxyType(gone),
    )


def _index(answers: Iterable[Answer]) -> dict[tuple[str, str, str], tuple[Answer, ...]]:
    found: dict[tuple[str, str, str], tuple[Answer, ...]] = defaultdict(tuple)
    for answer in answers:
        found[answer.municipality, answer.service, answer.aspect] += (answer,)
    return dict(found)


def _without(
    municipality: Municipality, standing: Standing, silent: Iterable[tuple[str, str, str]]
) -> Municipality:
    """A municipality without its withdrawn answers, and nothing that leads to them."""
    closed = {(service, aspect) for own, service, aspect in silent if own == municipality.id}
    return dataclasses.replace(
        municipality,
        answers=tuple(
            dataclasses.replace(a, next=tuple(t for t in a.next if t not in closed))
            for a in municipality.answers
            if a.id not in standing.withdrawn
        ),
        suggested=tuple(t for t in municipality.suggested if t not in closed),
        assistant=dataclasses.replace(
            municipality.assistant,
            kiosk=tuple(t for t in municipality.assistant.kiosk if t not in closed),
        ),
    )
