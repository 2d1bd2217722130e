"""Two thousand hostile messages through the trained assistant, in conversations of ten.

What the API refuses (too long, empty) is left out: it never gets here.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from api.settings import Settings
from bot.dialogue.wording import say
from bot.guard.intake import admit
from bot.testing.heard import Heard, heard
from tests.conftest import NOW, Talk
from tests.floods.messages import MARK, corpus, messages, payloads
from tests.floods.running import often

pytestmark = pytest.mark.faults

MESSAGES = 2_000
LONGEST = Settings().message_limit
PATIENCE = Settings().reply_seconds
"""After so long a citizen would get an apology instead."""

MARKUP = ("<", "{", "}", "javascript:", MARK)
OWN_WORDS = frozenset({"last_text", "last_question"})
"""What the memory keeps of the citizen's words, for repetitions and follow-ups; never said."""

FACTS: Mapping[str, Any] = {"now": NOW, "municipality": "umea"}


class Asked:
    """Ten messages a conversation; every reply is judged, and what is remembered after it."""

    def __init__(self, converse: Talk) -> None:
        self._assistant, self._loop = converse._assistant, converse._loop
        self.sent = 0

    def ask(self, text: str) -> None:
        """Send a message as the API would, and judge what comes back."""
        text = text[:LONGEST]
        admitted = admit(text)
        if not admitted.text.strip():
            return
        sender = f"flood-{self.sent // 10}"
        self.sent += 1
        reply = self._assistant.reply(sender, admitted, dict(FACTS))
        told = self._loop.run_until_complete(asyncio.wait_for(reply, PATIENCE))
        judge(heard(told), text)
        tracker = self._assistant._agent.tracker_store.retrieve(sender)
        self._check_slots(self._loop.run_until_complete(tracker).current_slot_values())

    def _check_slots(self, slots: Mapping[str, Any]) -> None:
        memory = {k: v for k, v in (slots["memory"] or {}).items() if k not in OWN_WORDS}
        held = repr({**slots, "memory": memory})
        assert MARK not in held, held


def judge(reply: Heard, text: str) -> None:
    """It says something, nothing failed inside, and nothing of the markup comes back."""
    said = "\n".join([reply.text, reply.spoken, *reply.buttons])
    assert reply.text.strip() and reply.kind, text
    assert not any(say("trouble", language) in said for language in ("sv", "en")), text
    assert not [sign for sign in MARKUP if sign in said], said


@pytest.fixture(scope="module")
def asked(converse: Talk) -> Asked:
    """The trained assistant."""
    return Asked(converse)


def test_the_whole_corpus(asked: Asked) -> None:
    for texts in corpus().values():
        for text in texts:
            asked.ask(text)


def test_a_flood_of_messages(asked: Asked) -> None:
    before = asked.sent

    @often(MESSAGES + MESSAGES // 10)
    @given(text=st.one_of(messages(), payloads()))
    def flood(text: str) -> None:
        asked.ask(text)

    flood()
    assert asked.sent - before >= MESSAGES
