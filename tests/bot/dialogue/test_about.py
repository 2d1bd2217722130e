"""Questions about the last answer: source, age, and saying it another way."""

from __future__ import annotations

import pytest

from bot.dialogue.about import about_reply, last_page
from bot.dialogue.answers import SHOWN_ITEMS
from bot.dialogue.intents import ABOUT_ANSWER
from bot.dialogue.state import State
from bot.dialogue.turn import Reply
from bot.knowledge.records import Answer, Municipality
from tests.bot.dialogue.helpers import COST, KNOWLEDGE, LUDVIKA, UMEA, turn

KNOWN = KNOWLEDGE.answers("umea", COST)[0]
TOLD = "Ring 090-16 10 02 eller 112."


def after(answer: Answer = KNOWN, text: str = TOLD) -> State:
    return State(answer.municipality, *answer.topic, answer=answer.id, last_text=text)


def ask(
    intent: str, state: State, municipality: Municipality | None = UMEA, language: str = "sv"
) -> Reply:
    return about_reply(intent, turn("?", language=language), state, KNOWLEDGE, municipality)


@pytest.mark.parametrize("intent", sorted(ABOUT_ANSWER - {"start_over", "easy_language"}))
def test_before_anything_was_said_there_is_nothing_to_tell(intent: str) -> None:
    reply = ask(intent, State())
    assert reply.kind == "smalltalk"
    assert "inte svarat" in reply.text
    assert ask(intent, after(), municipality=None).kind == "smalltalk"


def test_plain_swedish_can_be_asked_for_before_anything_was_said() -> None:
    state = State()
    assert "lätt svenska från och med nu" in ask("easy_language", state).text
    assert state.easy


@pytest.mark.parametrize("intent", ["source", "age_of_information", "certainty"])
def test_provenance_names_the_page(intent: str) -> None:
    reply = ask(intent, after())
    page = UMEA.pages[KNOWN.evidence[0].page]
    assert page.title in reply.text
    assert reply.source is not None
    assert reply.source["quote"] == KNOWN.evidence[0].quote
    assert (KNOWN.evidence[0].quote in reply.text) is (intent == "source")


@pytest.mark.parametrize(
    ("municipality", "told"), [("umea", "vet inte när"), ("ludvika", "ungefär 7 år gammal")]
)
def test_the_age_of_a_page(municipality: str, told: str) -> None:
    record = KNOWLEDGE.municipalities[municipality]
    assert told in ask("age_of_information", after(record.answers[0]), record).text


def test_repeating_says_the_same() -> None:
    reply = ask("repeat", after())
    assert (reply.text, reply.answer) == (TOLD, KNOWN.id)


def test_slower_reads_the_numbers_digit_by_digit_twice() -> None:
    reply = ask("slower", after())
    first, second = "0 9 0, 1 6, 1 0, 0 2", "1 1 2"
    assert reply.text.count(first) == 2
    assert reply.text.count(second) == 2
    assert reply.text.endswith("\n090-16 10 02, 112")


def test_slower_without_a_number_says_it_again() -> None:
    assert ask("slower", after(text="Du betalar inget.")).text == "Du betalar inget."


def test_slower_in_english_is_english() -> None:
    assert "En gång till" not in ask("slower", after(), language="en").text


@pytest.mark.parametrize(("intent", "stays"), [("easy_language", True), ("shorter", False)])
def test_plain_words_now_or_from_now_on(intent: str, stays: bool) -> None:
    state = after()
    reply = ask(intent, state)
    assert reply.text.startswith(KNOWN.easy)
    assert state.easy is stays


LONG = [
    a for m in KNOWLEDGE.municipalities.values() for a in m.answers if len(a.items) > SHOWN_ITEMS
]


def test_more_tells_the_rest_of_a_list_once() -> None:
    assert LONG, "no list of content is long any more: take this test out"
    state = after(LONG[0])
    state.items_told = SHOWN_ITEMS
    record = KNOWLEDGE.municipalities[LONG[0].municipality]
    rest = ask("more", state, record)
    assert LONG[0].items[SHOWN_ITEMS].rstrip(".") in rest.text
    assert LONG[0].items[0].rstrip(".") not in rest.text
    assert "inget mer" in ask("more", state, record).text


def test_starting_over_forgets_all_but_the_page() -> None:
    state = after()
    state.page_municipality, state.easy = "umea", True
    assert ask("start_over", state).kind == "smalltalk"
    assert state == State(page_municipality="umea")


@pytest.mark.parametrize(
    ("state", "answer", "page"),
    [
        (State(), KNOWN, KNOWN.evidence[0].page),
        (State(page="anhorigstod"), None, "anhorigstod"),
        (State(page="no such page"), None, UMEA.reception_unit.evidence[0].page),
        (State(), LUDVIKA.answers[0], UMEA.reception_unit.evidence[0].page),
    ],
)
def test_last_page(state: State, answer: Answer | None, page: str) -> None:
    assert last_page(state, UMEA, answer).id == page
