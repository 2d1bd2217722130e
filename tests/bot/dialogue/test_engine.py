"""From a message to a reply: the order of the promises, and what the next turn knows."""

from __future__ import annotations

import pytest

from bot.dialogue.engine import combine, respond
from bot.dialogue.state import State
from bot.dialogue.turn import Reply
from tests.bot.dialogue.helpers import KNOWLEDGE, UMEA, clause, turn

COST = ("ledsagning.kostnad", 0.95)


def test_a_question_is_answered_and_remembered() -> None:
    state = State(misses=1)
    reply = respond(turn("Vad kostar ledsagning?", COST), state)
    assert reply.answer == "umea.ledsagning.kostnad"
    assert (state.municipality, state.service, state.aspect) == ("umea", "ledsagning", "kostnad")
    assert (state.last_text, state.answer, state.misses) == (reply.text, reply.answer, 0)


def test_danger_goes_before_everything_and_ends_what_was_pending() -> None:
    state = State(pending={"kind": "choice", "options": {"A": "ledsagning.vad"}})
    reply = respond(turn("jag vill dö. vad kostar ledsagning?", COST, masked=("x",)), state)
    assert reply.kind == "crisis"
    assert state.pending is None


def test_privacy_is_warned_about_and_the_question_answered() -> None:
    state = State()
    reply = respond(turn("[personnummer] vad kostar det", COST, masked=("personnummer",)), state)
    assert reply.answer == "umea.ledsagning.kostnad"
    assert KNOWLEDGE.answers("umea", ("ledsagning", "kostnad"))[0].text in reply.text
    assert state.masked_before


def test_a_municipality_that_is_not_served_gets_no_answer_of_another() -> None:
    reply = respond(turn("Vad kostar ledsagning i Sundsvall?", COST), State())
    assert reply.kind == "not_defined"
    assert "Sundsvall" in reply.text
    assert str(UMEA.reception_unit.phone) not in reply.text


def test_without_a_municipality_it_is_asked_for_and_the_question_waits() -> None:
    state = State()
    asked = respond(turn("Vad kostar ledsagning?", COST, municipality=None), state)
    assert asked.kind == "clarify"
    said = turn("Umeå", ("out_of_scope", 0.2), municipality=None, names={"municipality": ("umea",)})
    assert respond(said, state).answer == "umea.ledsagning.kostnad"


def test_the_same_words_a_third_time_lead_to_a_person() -> None:
    state = State()
    kinds = [respond(turn("Vad kostar ledsagning nu?", COST), state).kind for _ in range(3)]
    assert kinds == ["answer", "answer", "handoff"]


@pytest.mark.parametrize("text", ["ja", "?"])
def test_short_words_may_be_said_often(text: str) -> None:
    state = State()
    kinds = [respond(turn(text, ("thanks", 0.9)), state).kind for _ in range(4)]
    assert "handoff" not in kinds


def test_the_second_miss_in_a_row_leads_to_a_person_and_an_answer_between_does_not() -> None:
    state, lost = State(), ("out_of_scope", 0.01)
    many = [(f"x{n}.vad", 0.01) for n in range(9)]
    first = respond(turn("blå zebror dansar", *many, lost), state)
    assert first.kind != "handoff"
    respond(turn("Vad kostar ledsagning?", COST), state)
    assert state.misses == 0
    respond(turn("gröna zebror dansar", *many, lost), state)
    assert respond(turn("gula zebror dansar", *many, lost), state).kind == "handoff"


def test_two_questions_get_both_answers_with_one_source() -> None:
    parts = (
        clause("Vad kostar ledsagning?", COST, question=True),
        clause("Hur ansöker man?", ("ledsagning.ansok", 0.95), question=True),
    )
    reply = respond(turn("Vad kostar ledsagning? Hur ansöker man?", parts=parts), State())
    for aspect in ("kostnad", "ansok"):
        assert KNOWLEDGE.answers("umea", ("ledsagning", aspect))[0].text in reply.text
    assert reply.text.count("Källa:") == 1


def test_combining_keeps_each_line_and_contact_once() -> None:
    first = Reply("A\nK", "answer", answer="a", contacts=[{"id": 1}], buttons=["x"])
    second = Reply("B\nK", "handoff", contacts=[{"id": 1}, {"id": 2}], heard=[("B", "b")])
    reply = combine([first, second, first])
    assert (reply.text, reply.kind, reply.answer) == ("A\nK\nB", "answer", "a")
    assert reply.contacts == [{"id": 1}, {"id": 2}]
    assert reply.said == "A\nK\nb"
    assert combine([first]) is first


def test_repeating_in_another_language_frames_the_answer_once() -> None:
    state = State()
    first = respond(turn("Paljonko saattaja maksaa?", COST, language="fi"), state)
    again = respond(turn("Voitko toistaa sen?", ("repeat", 0.95), language="fi"), state)
    assert again.text == first.text
