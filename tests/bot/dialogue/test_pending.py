"""Answers to the assistant's own questions."""

from __future__ import annotations

import pytest

from bot.dialogue.pending import exact_question, resolve_pending
from bot.dialogue.state import State
from bot.dialogue.turn import Reply
from tests.bot.dialogue.helpers import COST, KNOWLEDGE, context, turn

TOPICS = KNOWLEDGE.services["ledsagning"].topics
OPTIONS = {TOPICS[a].question: f"ledsagning.{a}" for a in ("kostnad", "ansok", "vem")}


def choosing(text: str, options: dict[str, str] | None = None) -> tuple[Reply | None, State]:
    state = State("umea", pending={"kind": "choice", "options": options or OPTIONS})
    return resolve_pending(context(turn(text), state)), state


@pytest.mark.parametrize(
    ("text", "chosen"),
    [
        ("1", "kostnad"),
        ("Den första", "kostnad"),
        ("tvåan", "ansok"),
        ("nummer 3", "vem"),
        ("trean!", "vem"),
        (TOPICS["ansok"].question, "ansok"),
        (TOPICS["vem"].question.upper().rstrip("?"), "vem"),
    ],
)
def test_a_choice_is_answered(text: str, chosen: str) -> None:
    reply, state = choosing(text)
    assert reply is not None
    assert reply.answer == f"umea.ledsagning.{chosen}"
    assert state.pending is None


def test_enough_words_of_one_option_choose_it() -> None:
    options = {"Bli kontaktfamilj": "uppdrag.vad", "Söka ledsagning": "ledsagning.ansok"}
    reply, _ = choosing("söka", options)
    assert reply is not None
    assert reply.answer == "umea.ledsagning.ansok"


@pytest.mark.parametrize(
    "text", ["fyran", "hej", "en helt annan sak, vad kostar det med taxi", "?"]
)
def test_what_chooses_nothing_is_a_new_question(text: str) -> None:
    reply, state = choosing(text)
    assert reply is None
    assert state.pending is None, "an old question of ours is not asked twice"


def test_the_third_of_two_is_none() -> None:
    assert choosing("3", dict(list(OPTIONS.items())[:2]))[0] is None


def waiting(text: str, named: tuple[str, ...]) -> tuple[Reply | None, State]:
    pending = {"kind": "municipality", "service": "ledsagning", "aspect": "kostnad", "text": "x"}
    state = State(pending=pending)
    said = turn(text, municipality=None, names={"municipality": named} if named else {})
    return resolve_pending(context(said, state)), state


def test_the_question_that_waited_for_a_municipality_is_answered_there() -> None:
    reply, state = waiting("jag bor i Umeå", ("umea",))
    assert reply is not None
    assert reply.answer == "umea.ledsagning.kostnad"
    assert (state.service, state.aspect) == COST


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("vet inte", ()),
        ("i Umeå, men vad jag egentligen undrar är när ni har öppet i dag", ("umea",)),
    ],
)
def test_another_message_leaves_the_question_behind(text: str, named: tuple[str, ...]) -> None:
    reply, state = waiting(text, named)
    assert reply is None
    assert state.pending is None


def test_a_buttons_text_is_its_topic_whatever_was_asked_before() -> None:
    reply, state = choosing(TOPICS["kostnad"].question, {"A": "ledsagning.vem", "B": "uppdrag.vad"})
    assert reply is not None
    assert reply.answer == "umea.ledsagning.kostnad"
    assert state.pending is None


def test_every_readable_question_is_found_again() -> None:
    for service in KNOWLEDGE.services.values():
        for topic in service.topics.values():
            assert exact_question(topic.question.lower(), KNOWLEDGE) is not None
    assert exact_question("vad kostar det", KNOWLEDGE) is None
