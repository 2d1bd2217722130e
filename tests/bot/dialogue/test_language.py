"""Replies framed for people who write another language than Swedish."""

from __future__ import annotations

from typing import Any

import pytest

from bot.dialogue.contacts import as_data
from bot.dialogue.engine import respond
from bot.dialogue.language import localised
from bot.dialogue.state import State
from bot.dialogue.turn import Reply
from tests.bot.dialogue.helpers import KNOWLEDGE, OPEN, OSTERSUND, UMEA, turn

FRAMED = sorted(set(KNOWLEDGE.languages) - {"sv", "en"})
KINDS = (
    "answer",
    "not_defined",
    "passage",
    "handoff",
    "clarify",
    "out_of_scope",
    "smalltalk",
    "notice",
)


def sentences(language: str) -> dict[str, str]:
    entry: Any = KNOWLEDGE.languages[language]
    return dict(entry["sentences"])


@pytest.mark.parametrize("language", ["sv", "en", "xx"])
def test_swedish_english_and_unknown_languages_have_no_frame(language: str) -> None:
    reply = localised(Reply("Text.", "answer"), turn("?", language=language), KNOWLEDGE)
    assert reply.text == "Text."


@pytest.mark.parametrize("language", FRAMED)
@pytest.mark.parametrize("kind", KINDS)
def test_every_other_reply_begins_in_the_language_and_keeps_the_swedish(
    kind: str, language: str
) -> None:
    reply = localised(Reply("Svensk text.", kind), turn("?", language=language), KNOWLEDGE)
    frame, *rest = reply.text.split("\n")
    assert any(frame.startswith(s) for s in sentences(language).values() if s)
    assert rest == ["Svensk text."]


@pytest.mark.parametrize("language", FRAMED)
def test_a_contact_is_named_in_the_language(language: str) -> None:
    shown = [as_data(UMEA.reception_unit, OPEN)]
    reply = localised(
        Reply("Text.", "handoff", contacts=shown), turn("?", language=language), KNOWLEDGE
    )
    line = sentences(language)["contact_line"]
    last = reply.text.split("\n")[-1]
    assert last == line.format(name=UMEA.reception_unit.name, phone=UMEA.reception_unit.phone)


def test_a_contact_without_a_number_is_not_called() -> None:
    shown = [as_data(OSTERSUND.reception_unit, OPEN)]
    reply = localised(
        Reply("Text.", "handoff", contacts=shown), turn("?", language="fi"), KNOWLEDGE
    )
    assert reply.text.split("\n")[-1] == "Text."


def test_small_talk_says_which_language_is_understood() -> None:
    reply = localised(Reply("Hej!", "smalltalk"), turn("moi", language="fi"), KNOWLEDGE)
    assert "finska" in reply.text


@pytest.mark.parametrize(("language", "said_in"), [("sv", "sv"), ("en", "en"), ("fi", "sv")])
def test_a_reply_tells_the_language_of_the_answer_itself(language: str, said_in: str) -> None:
    reply = respond(
        turn("Vad kostar ledsagning?", ("ledsagning.kostnad", 0.9), language=language), State()
    )
    assert reply.language == said_in


def test_a_crisis_card_tells_the_language_that_it_is_written_in() -> None:
    assert respond(turn("I want to kill myself", language="en"), State()).language == "en"
    assert respond(turn("jag vill ta mitt liv", language="xx"), State()).language == "sv"
