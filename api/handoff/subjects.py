"""What a conversation has been about, for the queue of the desk: in words of content only. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from api.storage.records import Message
from bot.knowledge.loader import load_knowledge


def language_of(said: Sequence[Message]) -> str | None:
    """The language of the newest answer: the one that the citizen wrote in."""
    for message in reversed(said):
        language = _custom(message).get("language")
        if message.sender == "assistant" and language:
            return str(language)
    return None


def subject_of(said: Sequence[Message]) -> str | None:
    """The question, in Swedish, that the newest answer belongs to. Nothing that anybody wrote."""
    for message in reversed(said):
        found = _topic_of(_custom(message))
        topic = found and load_knowledge().topic(found)
        if topic:
            return topic.question
    return None


def speaks_of_danger(said: Sequence[Message]) -> bool:
    """Whether a crisis card has been shown: the desk takes those first."""
    return any(_custom(message).get("kind") == "crisis" for message in said)


def _topic_of(custom: dict[str, Any]) -> tuple[str, str] | None:
    """From ``umea.ledsagning.kostnad``, perhaps with an audience."""
    parts = str(custom.get("answer") or "").split(".")
    return (parts[1], parts[2]) if len(parts) > 2 else None


def _custom(message: Message) -> dict[str, Any]:
    return dict((message.body or {}).get("custom") or {})
