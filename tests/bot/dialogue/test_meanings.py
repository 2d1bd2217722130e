"""Words with several meanings: asked about when nothing settles which."""

from __future__ import annotations

import pytest

from bot.dialogue.meanings import unsettled
from bot.dialogue.questions import Question
from bot.dialogue.state import State
from bot.dialogue.topics import Candidate
from bot.knowledge.ambiguity import Ambiguity, Meaning
from tests.bot.dialogue.helpers import KNOWLEDGE, clause

CLOSE = [Candidate("uppdrag", "vad", 0.4), Candidate("kontaktperson", "vad", 0.35)]


def found(
    text: str,
    municipality: str,
    candidates: list[Candidate] = CLOSE,
    state: State | None = None,
) -> tuple[Ambiguity, list[Meaning]] | None:
    return unsettled(Question(clause(text), candidates), state or State(), KNOWLEDGE, municipality)


@pytest.mark.parametrize("text", ["kontaktperson", "Kontaktpersonerna?", "en kontakt person"])
def test_an_ambiguous_word_is_asked_about_in_any_form(text: str) -> None:
    asked = found(text, "leksand")
    assert asked is not None
    assert asked[0].id == "kontaktperson"
    assert [m.topic[0] for m in asked[1]] == ["uppdrag", "kontaktperson"]


@pytest.mark.parametrize(
    ("text", "municipality"),
    [
        ("vad är ledsagning", "leksand"),  # no ambiguous word
        ("jag vill bli kontaktperson", "leksand"),  # a hint settles it
        ("få en kontaktperson", "leksand"),
        ("kontaktperson", "umea"),  # one meaning only is left
        ("kontaktpersonens", "ludvika"),
    ],
)
def test_nothing_is_asked(text: str, municipality: str) -> None:
    assert found(text, municipality) is None


def test_hints_of_two_meanings_leave_those_two() -> None:
    asked = found("bli eller få kontaktperson", "leksand")
    assert asked is not None
    assert len(asked[1]) == 2


def test_the_service_spoken_of_settles_it() -> None:
    assert found("kontaktperson", "leksand", state=State(service="uppdrag")) is None


@pytest.mark.parametrize(
    ("candidates", "clear"),
    [
        ([Candidate("uppdrag", "bli", 0.9), Candidate("kontaktperson", "vad", 0.1)], True),
        ([Candidate("uppdrag", "bli", 0.5), Candidate("kontaktperson", "vad", 0.3)], False),
        ([Candidate("uppdrag", "bli", 0.5), Candidate("uppdrag", "krav", 0.4)], True),
    ],
)
def test_a_reading_far_ahead_needs_no_question(candidates: list[Candidate], clear: bool) -> None:
    assert (found("det där med kontaktperson", "leksand", candidates) is None) is clear


def test_the_word_alone_is_asked_about_even_when_one_service_holds_all_its_meanings() -> None:
    sure = [Candidate("avlosning", "vad", 0.9), Candidate("avlosning", "lag", 0.1)]
    asked = found("avlösning", "ludvika", sure)
    assert asked is not None
    assert len(asked[1]) == 3
    assert found("vad är avlösning i vardagen", "ludvika", sure) is None


def test_words_that_are_plain_alone_settle_it() -> None:
    plain = Question(clause("arvode för kontaktperson", ("uppdrag.ersattning", 0.97)), CLOSE)
    assert unsettled(plain, State(), KNOWLEDGE, "leksand") is None
