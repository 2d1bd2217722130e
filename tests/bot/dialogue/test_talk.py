"""Greeting, thanks, help and the like."""

from __future__ import annotations

import pytest

from bot.dialogue.intents import TALK
from bot.dialogue.talk import out_of_scope, talk_reply
from bot.dialogue.wording import law_note, subjects
from tests.bot.dialogue.helpers import KNOWLEDGE, UMEA, turn


@pytest.mark.parametrize("intent", sorted(TALK))
@pytest.mark.parametrize("language", ["sv", "en"])
def test_every_talk_has_its_own_words(intent: str, language: str) -> None:
    reply = talk_reply(intent, turn("hej", language=language), KNOWLEDGE, UMEA)
    assert reply.text.strip()
    assert "{" not in reply.text
    assert reply.kind == ("out_of_scope" if intent == "injection" else "smalltalk")


@pytest.mark.parametrize("intent", ["greet", "help", "deny", "affirm"])
def test_a_way_on_is_offered_where_the_municipality_is_known(intent: str) -> None:
    suggested = [t.question for s in UMEA.suggested if (t := KNOWLEDGE.topic(s))]
    assert talk_reply(intent, turn("hej"), KNOWLEDGE, UMEA).buttons == suggested[:3]
    assert talk_reply(intent, turn("hej"), KNOWLEDGE, None).buttons == []


def test_thanks_offers_nothing() -> None:
    assert talk_reply("thanks", turn("tack"), KNOWLEDGE, UMEA).buttons == []


def test_the_greeting_says_that_it_is_a_machine_and_what_it_knows() -> None:
    text = talk_reply("greet", turn("hej"), KNOWLEDGE, UMEA).text
    assert "dator" in text
    assert subjects(KNOWLEDGE, UMEA, "sv") in text


def test_the_new_law_is_told_from_its_note() -> None:
    assert talk_reply("what_is_new_law", turn("?"), KNOWLEDGE, UMEA).text == law_note()["sv"]


def test_out_of_scope_tells_what_can_be_asked() -> None:
    reply = out_of_scope(turn("vad blir det för väder"), KNOWLEDGE, None)
    assert reply.kind == "out_of_scope"
    assert subjects(KNOWLEDGE, None, "sv") in reply.text
