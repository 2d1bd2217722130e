"""Choosing a way to a person, and the turns after a crisis card."""

from __future__ import annotations

import pytest

from bot.dialogue.engine import respond
from bot.dialogue.person_offers import CARD_LASTS, after_card, chosen_way, with_offer
from bot.dialogue.state import State
from bot.dialogue.turn import Reply
from tests.bot.dialogue.helpers import UMEA, context, turn

BOTH = {"chat": True, "waiting": 0, "callback": True}
PHONE = str(UMEA.reception_unit.phone)


@pytest.mark.parametrize(
    ("said", "action"),
    [
        ("Chatta med en människa", "chat"),
        ("chatta med en människa!", "chat"),
        ("Chat with a person", "chat"),
        ("Bli uppringd", "callback_start"),
        ("kan ni ringa upp mig", "callback_start"),
    ],
)
def test_a_button_or_plain_words_choose(said: str, action: str) -> None:
    reply = chosen_way(context(turn(said, person=BOTH), State(offered_for="complaint")))
    assert reply is not None
    assert (reply.kind, reply.action, reply.reason) == ("handoff", action, "complaint")


@pytest.mark.parametrize("said", ["Chatta med en människa", "Bli uppringd"])
def test_what_is_closed_is_said_and_the_open_ways_given(said: str) -> None:
    reply = chosen_way(context(turn(said)))
    assert reply is not None
    assert reply.action is None
    assert PHONE in reply.text


def test_asking_whether_there_is_a_chat_chooses_nothing() -> None:
    reply = chosen_way(context(turn("går det att chatta med någon", person=BOTH)))
    assert reply is not None
    assert reply.action is None
    assert reply.buttons == ["Chatta med en människa", "Bli uppringd"]


def test_without_a_municipality_it_is_asked_for() -> None:
    reply = chosen_way(context(turn("Bli uppringd", person=BOTH, municipality=None)))
    assert reply is not None
    assert reply.kind == "clarify"


def test_other_messages_choose_nothing() -> None:
    assert chosen_way(context(turn("vad kostar ledsagning", person=BOTH))) is None


@pytest.mark.parametrize("kind", ["child", "violence", "suicide", "other", "medical"])
def test_after_a_card_asking_whom_leads_to_112_and_a_person(kind: str) -> None:
    reply = after_card(context(turn("vem ringer jag", person=BOTH), State(card=kind)))
    assert reply is not None
    assert reply.reason == "after_card"
    assert reply.text.index("112") < reply.text.index(PHONE)
    assert reply.buttons


def test_the_card_is_remembered_for_some_turns() -> None:
    state = State(card="child")
    for _ in range(CARD_LASTS):
        assert after_card(context(turn("vem ringer jag"), state)) is not None
    assert after_card(context(turn("vem ringer jag"), state)) is None
    assert state.card is None


def test_after_a_card_a_question_about_a_service_is_answered() -> None:
    said = turn("vem kan få ledsagning", names={"service": ("ledsagning",)})
    assert after_card(context(said, State(card="child"))) is None


def test_the_engine_remembers_the_card() -> None:
    state = State()
    assert respond(turn("jag vill inte leva längre"), state).kind == "crisis"
    assert state.card == "suicide"
    assert respond(turn("vem kan jag prata med"), state).reason == "after_card"


def test_the_same_answer_a_third_time_ends_with_a_person() -> None:
    state = State()
    asked = ("vad kostar ledsagning", "vad är priset", "hur dyrt är det med ledsagning")
    replies = [respond(turn(said, ("ledsagning.kostnad", 1.0)), state) for said in asked]
    assert [r.reason for r in replies] == [None, None, "same_answer"]
    assert replies[2].answer == "umea.ledsagning.kostnad"
    assert PHONE in replies[2].text


def test_an_offer_beside_an_answer_names_the_unit_once() -> None:
    reply = with_offer(Reply("Svar.", "answer"), "same_answer", UMEA, turn("?", person=BOTH))
    again = with_offer(reply, "same_answer", UMEA, turn("?"))
    assert len(again.contacts) == 1
    assert reply.buttons == ["Chatta med en människa", "Bli uppringd"]


def test_what_was_understood_is_told_to_staff() -> None:
    reply = respond(turn("vad kostar ledsagning", ("ledsagning.kostnad", 0.987)), State())
    assert reply.custom()["understood"] == {
        "topic": "ledsagning.kostnad", "confidence": 0.99, "language": "sv",
    }  # fmt: skip
