"""The conversations under tests/dialogues, for the tests that play them."""

from __future__ import annotations

from pathlib import Path

from bot.testing.dialogues import KNOWN_FAILURES, Conversation, mistakes
from bot.testing.dialogues import conversations as read
from bot.testing.dialogues import known_failures as failures_in
from bot.testing.play import differences, plain, play

__all__ = [
    "Conversation",
    "conversations",
    "differences",
    "known_failures",
    "mistakes",
    "plain",
    "play",
]
DIALOGUES = Path(__file__).parent / "dialogues"


def conversations() -> list[Conversation]:
    """Every conversation of the project."""
    return read(DIALOGUES)


def known_failures() -> dict[str, str]:
    """The conversations that are known to fail, each with its reason."""
    return failures_in(DIALOGUES / KNOWN_FAILURES)
