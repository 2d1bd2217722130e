"""Somebody at the end of their strength: a person first, and what support there is."""

from __future__ import annotations

import pytest

from bot.dialogue.person_strained import strained_reply
from bot.dialogue.state import State
from bot.dialogue.turn import Reply
from tests.bot.dialogue.helpers import clause, context, turn


def strained(text: str, municipality: str | None, state: State | None = None) -> Reply:
    said = turn(text, municipality=municipality)
    return strained_reply(clause(text), context(said, state))


def test_where_there_is_support_it_is_told_after_the_person() -> None:
    reply = strained("jag orkar inte mer", "ludvika")
    assert reply.kind == "handoff"
    assert reply.text.index("0240-863 91") < reply.text.index("avlösning")
    assert reply.source is not None
    assert "2019" in reply.text


def test_the_law_of_an_old_page_is_told_once() -> None:
    state = State(law_told=["anhorigstod"])
    assert "socialtjänstlag" not in strained("jag orkar inte mer", "ludvika", state).text


@pytest.mark.parametrize("municipality", ["umea", "ostersund", "leksand"])
def test_where_no_page_lists_support_none_is_promised(municipality: str) -> None:
    reply = strained("jag orkar inte mer", municipality)
    assert reply.kind == "handoff"
    assert reply.source is None


def test_worry_for_another_has_words_of_its_own() -> None:
    reply = strained("jag är orolig för pappa", "umea")
    assert reply.reason == "worried"
    assert "112" in reply.text


def test_without_a_municipality_it_is_asked_for() -> None:
    assert strained("jag orkar inte mer", None).kind == "clarify"
