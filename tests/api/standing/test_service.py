"""Marks take effect at once, come from the setting, and are undone by who knows better."""

from __future__ import annotations

from dataclasses import replace

import pytest

from api.standing.compare import compare
from api.standing.service import Acted, StandingError, Standings
from api.storage import answer_states, audit
from api.storage.desk_store import DeskStore
from bot.knowledge.loader import load_knowledge
from bot.knowledge.standing import ALL_STANDS, LostLine, current_standing, set_standing
from tests.api.staff.helpers import NOW
from tests.api.standing.helpers import COST, DEARER, OTHER_NUMBER, PAGE, UMEA, UNIT

TOPIC = ("ledsagning", "kostnad")


def read_again(desk: DeskStore, text: str, setting: str = "withdraw") -> Acted:
    found = compare(UMEA, PAGE, text)
    return Standings(desk).act("umea", PAGE, found, setting, None, NOW)


def is_said() -> bool:
    return bool(load_knowledge().answers("umea", TOPIC))


def logged(desk: DeskStore) -> list[tuple[str, str | None]]:
    with desk.connect() as connection:
        return [(e.action, e.object) for e in reversed(audit.read(connection, ["umea"]))]


def test_an_answer_without_evidence_is_withdrawn_at_once(desk: DeskStore) -> None:
    acted = read_again(desk, DEARER)
    assert COST in acted.marked
    assert not is_said()
    assert ("answer.withdrawn", COST) in logged(desk)
    assert ("page.reread", "ledsagning") in logged(desk)


def test_or_flagged_by_setting(desk: DeskStore) -> None:
    read_again(desk, DEARER, "flag")
    assert is_said()
    assert COST in load_knowledge().doubtful
    assert ("answer.flagged", COST) in logged(desk)


@pytest.mark.parametrize("setting", ["withdraw", "flag"])
def test_a_contact_is_only_ever_flagged(desk: DeskStore, setting: str) -> None:
    read_again(desk, OTHER_NUMBER, setting)
    assert "umea.mottagningsenheten" in load_knowledge().doubtful
    assert "mottagningsenheten" in load_knowledge().municipalities["umea"].contacts
    with pytest.raises(StandingError):
        Standings(desk).mark("umea", UNIT, "withdrawn", "fel nummer", None, NOW)


def test_lines_that_are_gone_are_no_passages(desk: DeskStore) -> None:
    read_again(desk, DEARER)
    assert current_standing().lost_lines == {
        LostLine("umea", "ledsagning", line) for line in compare(UMEA, PAGE, DEARER).gone
    }
    read_again(desk, PAGE.text)
    assert current_standing() == ALL_STANDS


def test_what_the_page_proves_again_is_restored(desk: DeskStore) -> None:
    read_again(desk, DEARER)
    acted = read_again(desk, PAGE.text)
    assert acted.marked == ()
    assert COST in acted.restored
    assert is_said()
    assert ("answer.restored", COST) in logged(desk)


def test_what_a_person_withdrew_is_not_restored_by_the_page(desk: DeskStore) -> None:
    Standings(desk).mark("umea", COST, "withdrawn", "fel pris", None, NOW)
    assert read_again(desk, PAGE.text).restored == ()
    assert not is_said()


def test_what_a_person_restored_is_not_withdrawn_for_the_same_loss(desk: DeskStore) -> None:
    read_again(desk, DEARER)
    Standings(desk).mark("umea", COST, "restored", "bara ordvalet är nytt", None, NOW)
    assert is_said()
    assert COST not in read_again(desk, DEARER).marked
    assert is_said()
    more = DEARER.replace("För dig som har hemtjänst ingår", "För dig med hemtjänst ingår")
    assert COST in read_again(desk, more).marked
    assert not is_said()


@pytest.mark.parametrize("subject", ["umea.ledsagning.ingenting", "page:ledsagning", "contact:x"])
def test_only_what_is_there_can_be_marked(desk: DeskStore, subject: str) -> None:
    with pytest.raises(StandingError):
        Standings(desk).mark("umea", subject, "withdrawn", "x", None, NOW)


def test_only_what_is_marked_can_be_restored(desk: DeskStore) -> None:
    with pytest.raises(StandingError):
        Standings(desk).mark("umea", COST, "restored", "x", None, NOW)


def test_another_process_reads_what_one_withdrew(desk: DeskStore) -> None:
    Standings(desk).mark("umea", COST, "withdrawn", "fel", None, NOW)
    set_standing(ALL_STANDS)
    assert is_said()
    assert Standings(desk).refresh()
    assert not is_said()
    assert not Standings(desk).refresh()


def test_a_mark_of_an_answer_that_was_rewritten_counts_no_more(desk: DeskStore) -> None:
    """A restart with rewritten content says the new answer; going back finds the mark again."""
    Standings(desk).mark("umea", COST, "withdrawn", "fel", None, NOW)
    with desk.begin() as connection:
        [mark] = answer_states.listed(connection)
        old = {**mark.reason, "fingerprint": "another"}
        answer_states.put(connection, replace(mark, reason=old))
    Standings(desk).refresh()
    assert is_said()
    assert Standings(desk).listed(["umea"]) == []
    with desk.begin() as connection:
        answer_states.put(connection, mark)
    Standings(desk).refresh()
    assert not is_said()


def test_marks_are_listed_by_municipality_without_pages(desk: DeskStore) -> None:
    read_again(desk, DEARER)
    listed = Standings(desk).listed(["umea"])
    assert COST in {state.subject for state in listed}
    assert not any(state.subject.startswith("page:") for state in listed)
    assert Standings(desk).listed(["ludvika"]) == []
