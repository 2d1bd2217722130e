"""No more is answered: switched off, or too long. Danger is answered all the same."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from api.faults import fault
from api.services.municipality import closed_message, find_municipality
from api.storage.records import Conversation
from bot.dialogue.emergency import without_model
from bot.guard.intake import Admitted


def closed_here(municipality: str, language: str | None) -> str | None:
    """The message of a municipality that is switched off; None where it is not."""
    return closed_message(find_municipality(municipality, "municipality", 422), language)


def refuse_when_closed(
    conversation: Conversation, admitted: Admitted, metadata: Mapping[str, Any]
) -> None:
    """Raise ApiError where it is off, but let danger through: it is answered without a model."""
    closed = closed_here(conversation.municipality, conversation.language)
    if closed is not None and not speaks_of_danger(admitted, metadata):
        raise fault("municipality_closed", closed=closed)


def refuse_when_full(admitted: Admitted, metadata: Mapping[str, Any]) -> None:
    """Raise ApiError for a conversation that has become too long; danger is let through."""
    if not speaks_of_danger(admitted, metadata):
        raise fault("conversation_full")


def speaks_of_danger(admitted: Admitted, metadata: Mapping[str, Any]) -> bool:
    """Whether a message has to be answered whatever else is refused."""
    return without_model(admitted.text, metadata).kind == "crisis"
