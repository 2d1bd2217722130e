"""The list of answers: what needs a person comes first."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from api.content_desk.listing import filtered, rows, totals
from api.content_desk.shelf import Shelf, load_shelf
from api.numbers.service import Counts
from bot.knowledge.records import Answer
from tests.bot.knowledge.mini import MINI, TODAY

VAD, KOSTNAD, TRAFFAR, ANSOK = (
    f"norrby.hjalp.{aspect}" for aspect in ("vad", "kostnad", "traffar", "ansok")
)
OVERSYN = "norrby.oversyn.vad"


def changed(shelf: Shelf, **dates: dt.date) -> Shelf:
    """The shelf with review dates of their own for some answers (``kostnad=…``)."""

    def dated(answer: Answer) -> Answer:
        own = dates.get(answer.aspect) if answer.service == "hjalp" else None
        return replace(answer, review_by=own) if own else answer

    answers = tuple(map(dated, shelf.municipality.answers))
    return replace(shelf, municipality=replace(shelf.municipality, answers=answers))


@pytest.fixture
def shelf() -> Shelf:
    return load_shelf("norrby", MINI)


def test_due_is_the_answers_own_day_or_its_pages(shelf: Shelf) -> None:
    own = changed(shelf, vad=dt.date(2026, 12, 1))
    due = {a.id: own.due(a) for a in own.municipality.answers}
    assert due[VAD] == dt.date(2026, 12, 1)
    assert due[KOSTNAD] == dt.date(2027, 5, 22)


def test_overdue_then_lost_then_badly_rated_then_soon_then_what_is_asked_most(shelf: Shelf) -> None:
    own = changed(shelf, kostnad=TODAY - dt.timedelta(1), ansok=TODAY + dt.timedelta(30))
    counts = {TRAFFAR: Counts(5, 1, 2), OVERSYN: Counts(9, 5, 1)}
    found = rows(own, TODAY, counts, {VAD: "flagged"}, {KOSTNAD: []})
    assert [(r.answer.id, r.state) for r in found] == [
        (KOSTNAD, "overdue"),
        (VAD, "lost"),
        (TRAFFAR, "rated"),
        (ANSOK, "soon"),
        (OVERSYN, "fine"),
    ]
    assert [r.waits for r in found] == [True, False, False, False, False]
    assert totals(found) == {"overdue": 1, "lost": 1, "rated": 1, "soon": 1, "fine": 1}


@pytest.mark.parametrize(
    ("counts", "state"),
    [(Counts(9, 0, 1), "fine"), (Counts(9, 3, 2), "fine"), (Counts(9, 2, 2), "rated")],
)
def test_one_voice_makes_no_bad_answer(shelf: Shelf, counts: Counts, state: str) -> None:
    found = rows(shelf, TODAY, {VAD: counts}, {}, {})
    assert next(r.state for r in found if r.answer.id == VAD) == state


@pytest.mark.parametrize(
    ("service", "state", "count"),
    [("", "", 5), ("hjalp", "", 4), ("", "lost", 1), ("hjalp", "lost", 0), ("none", "", 0)],
)
def test_filtered(shelf: Shelf, service: str, state: str, count: int) -> None:
    found = rows(shelf, TODAY, {}, {OVERSYN: "withdrawn"}, {})
    assert len(filtered(found, service, state)) == count
