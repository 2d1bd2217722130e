"""Questions to review, read from conversations, and what is decided of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import pytest

from api.settings import Settings
from api.storage import review as table
from api.storage.review import Mark
from api.storage.store import Store, open_store
from api.storage.tables_improve import change_sets
from tests.api.review.helpers import asked
from tests.api.staff.helpers import NOW

DAY = dt.timedelta(days=1)


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty database."""
    opened = open_store(Settings(database_url=address))
    yield opened
    opened.close()


def texts(store: Store, since: dt.datetime = NOW - DAY, most: int = 100) -> list[str]:
    with store.desk.connect_texts() as connection:
        return [q.text for q in table.questions(connection, "umea", since, most)]


def test_questions_that_went_wrong_are_read_once(store: Store) -> None:
    for kind in ("not_defined", "passage", "clarify", "out_of_scope"):
        asked(store, kind, kind)
    asked(store, "unsure", "answer", confidence=0.39)
    asked(store, "bad", "smalltalk", helped=False)
    for text, kind, told in (
        ("sure", "answer", {"confidence": 0.4}),
        ("good", "answer", {"helped": True}),
        ("danger", "crisis", {"helped": False, "confidence": 0.1}),
        ("a phone number", "not_defined", {"form": True}),
        ("elsewhere", "not_defined", {"municipality": "ludvika"}),
        ("before", "not_defined", {"at": NOW - 2 * DAY}),
        ("handed over", "handoff", {"confidence": 0.1}),
    ):
        asked(store, text, kind, **told)
    assert sorted(texts(store)) == sorted(
        ["not_defined", "passage", "clarify", "out_of_scope", "unsure", "bad"]
    )


def test_the_newest_are_read_and_none_that_is_erased(store: Store) -> None:
    asked(store, "first", at=NOW - dt.timedelta(hours=2))
    gone = asked(store, "second", at=NOW - dt.timedelta(hours=1))
    asked(store, "third", helped=False, words="nej", topic="a.b", confidence=0.25)
    assert texts(store, most=2) == ["third", "second"]
    store.erase(gone)
    assert texts(store) == ["third", "first"]
    with store.desk.connect_texts() as connection:
        (newest, _) = table.questions(connection, "umea", NOW - DAY, 100)
    assert (newest.topic, newest.confidence, newest.helped) == ("a.b", 0.25, False)
    assert (newest.words, newest.at) == ("nej", NOW)


def marked(key: str, state: str, question: str | None = None, note: str | None = None) -> Mark:
    return Mark(key, state, question, note, None, "anna", NOW)


def test_marks_are_kept_changed_and_taken_back(store: Store) -> None:
    with store.desk.begin() as desk:
        table.put(desk, "umea", marked("a", table.ASKED, "Fråga?", "Svara snart"))
        table.put(desk, "umea", marked("b", table.ASKED, None, "a"))
        table.put(desk, "umea", marked("c", table.HIDDEN))
        table.put(desk, "umea", marked("c", table.PICKED, "Ny?", "ledsagning.vad"))
        table.put(desk, "ludvika", marked("a", table.HIDDEN))
        assert {k: m.state for k, m in table.marks(desk, "umea").items()} == {
            "a": "asked", "b": "asked", "c": "picked"
        }  # fmt: skip
        table.proposed(desk, "umea", [("c", table.ADDED)], "261118-aaaaaa")
        assert table.answered(desk, "umea", "a", "eva", NOW + DAY)
        assert not table.answered(desk, "umea", "a", "eva", NOW + DAY)
        found = table.marks(desk, "umea")
        assert (found["c"].state, found["c"].question) == ("added", None)
        assert {found[k].state for k in "ab"} == {"answered"}
        assert table.take_back(desk, "umea", ["c", "x"]) == 1
        assert table.purge(desk, NOW + table.KEPT) == 0
        assert table.purge(desk, NOW + table.KEPT + DAY) == 1
        assert set(table.marks(desk, "umea")) == {"a", "b"}


def test_taking_back_a_question_takes_its_other_wordings_back(store: Store) -> None:
    with store.desk.begin() as desk:
        table.put(desk, "umea", marked("a", table.ASKED, "Fråga?"))
        table.put(desk, "umea", marked("b", table.ASKED, None, "a"))
        assert table.take_back(desk, "umea", ["a"]) == 2


def test_of_several_processes_one_is_told_to_go_on(store: Store) -> None:
    with store.desk.begin() as desk:
        assert table.flag(desk, "review_mail.umea") is None
    for value, first in (("a", True), ("a", False), ("b", True), ("b", False)):
        with store.desk.begin() as desk:
            assert table.claim(desk, "review_mail.umea", value) is first
            assert table.flag(desk, "review_mail.umea") == value


@pytest.mark.parametrize(
    ("state", "set_state", "before", "after"),
    [
        ("hidden", None, True, True),
        ("picked", None, True, True),
        ("asked", None, True, True),
        ("answered", None, True, False),
        ("added", "proposed", True, True),
        ("added", "dropped", False, False),
        ("added", "applied", True, False),
        ("out_of_scope", "applied", True, False),
    ],
)
def test_what_goes_wrong_again_is_shown_again(
    state: str, set_state: str | None, before: bool, after: bool
) -> None:
    mark = Mark("a", state, None, None, "s", "anna", NOW, set_state, NOW if set_state else None)
    assert mark.covers(NOW - DAY) is before
    assert mark.covers(NOW + DAY) is after


def test_a_mark_knows_how_its_change_set_stands(store: Store) -> None:
    with store.desk.begin() as desk:
        mark = Mark("a", table.ADDED, None, None, "261118-aaaaaa", "anna", NOW)
        table.put(desk, "umea", mark)
        assert table.marks(desk, "umea")["a"].set_state is None
        desk.execute(
            change_sets.insert().values(
                id="261118-aaaaaa", municipality="umea", kind="review", title="t", about={},
                state="applied", created_at=NOW, changed_at=NOW + DAY,
            )
        )  # fmt: skip
        found = table.marks(desk, "umea")["a"]
    assert (found.set_state, found.set_changed_at) == ("applied", NOW + DAY)
