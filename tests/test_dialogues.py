"""Every conversation under tests/dialogues is played through the trained bot, as a named test.

`rasa test` predicts custom actions without running them; this holds the real conversation.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from bot.testing.heard import Heard
from tests.conftest import Talk
from tests.dialogue_player import (
    Conversation,
    conversations,
    differences,
    known_failures,
    mistakes,
    play,
)

pytestmark = pytest.mark.bot

LEAST = 150
"""Conversations that a release has to hold (issue 2)."""

CONVERSATIONS = conversations()
FAILING = known_failures()
_played: set[str] = set()


def _as_test(conversation: Conversation) -> object:
    reason = FAILING.get(conversation.id)
    marks = [pytest.mark.xfail(reason=reason, strict=True)] if reason else []
    return pytest.param(conversation, id=conversation.id, marks=marks)


@pytest.mark.parametrize("conversation", [_as_test(c) for c in CONVERSATIONS])
def test_conversation(conversation: Conversation, converse: Talk) -> None:
    _played.add(conversation.id)
    wrong = play(conversation, converse)
    if wrong:
        pytest.fail("\n".join([f"Viktigt: {conversation.because}", *wrong]), pytrace=False)


def test_enough_conversations_were_held(request: pytest.FixtureRequest) -> None:
    asked = [i for i in request.session.items if i.name.startswith("test_conversation[")]
    held = _played - FAILING.keys() if len(asked) == len(CONVERSATIONS) else None
    if held is None:
        held = {c.id for c in CONVERSATIONS} - FAILING.keys()
    assert len(held) >= LEAST


def test_known_failures_name_conversations_and_give_a_reason() -> None:
    assert FAILING.keys() <= {c.id for c in CONVERSATIONS}
    assert all(len(reason.split()) > 2 for reason in FAILING.values())


def test_personal_data_reaches_neither_reply_nor_database(converse: Talk, database: Path) -> None:
    secrets = ["19121212-1212", "karin.svensson@example.com", "070-174 06 05"]
    metadata = {"municipality": "umea"}
    for secret in secrets:
        heard = converse(
            "test privacy", f"Jag heter Karin, {secret}, vad kostar ledsagning?", metadata
        )
        assert secret not in heard.text
    kept = database.read_bytes()
    assert b"Karin" in kept, "the conversation itself is kept, or this test proves nothing"
    for secret in secrets:
        assert secret.encode() not in kept
        assert secret.replace("-", "").encode() not in kept


TURN = {"user": "Vad kostar det?", "says": ["kronor"]}
WELL = {"name": "ett-namn", "because": "Det här är viktigt för någon.", "turns": [TURN]}


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"beacuse": "stavfel"}, "okänt ord: beacuse"),
        ({"because": " "}, "because"),
        ({"name": "Två ord"}, "name"),
        ({"turns": []}, "turns"),
        ({"turns": [{**TURN, "say": ["x"]}]}, "okänt ord: say"),
        ({"turns": [{"user": "hej"}]}, "skriv vad svaret ska innehålla"),
        ({"turns": [{**TURN, "user": " "}]}, "user"),
        ({"turns": [{**TURN, "says": [112]}]}, "says: skriv text"),
        ({"turns": [{**TURN, "kind": "anser"}]}, "kind"),
    ],
)
def test_a_mistake_in_a_file_is_told(change: dict[str, object], told: str) -> None:
    assert mistakes(WELL) == []
    assert told in "\n".join(mistakes({**WELL, **change}))


def test_differences_are_told_and_dashes_case_and_blanks_forgiven() -> None:
    text = "Telefonen är öppen 08.30–11.30.\nKälla: sidan"
    heard = Heard(text, "answer", "umea.x.y", spoken="Telefonen är öppen åtta och trettio.")
    turn = {"user": "?", "says": ["öppen 08.30-11.30. källa"], "kind": "answer", "not": "stängd"}
    assert list(differences(turn, heard)) == []
    wrong = {
        "user": "?",
        "says": ["stängd"],
        "says_any": ["i dag", "i morgon"],
        "not": ["ÖPPEN"],
        "in_order": ["sidan", "öppen"],
        "spoken": ["nio"],
        "spoken_not": ["öppen"],
        "kind": "clarify",
        "answer": "umea.x.z",
        "source": "Ledsagning",
        "at_most_words": 3,
    }
    assert len(list(differences(wrong, heard))) == 10
    misread = replace(heard, spoken="Öppet 08.30–11.30")
    assert [d for d in differences(turn, misread) if "läser fel på" in d]
