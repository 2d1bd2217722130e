"""One admitted message to its replies, whatever happens: nobody gets silence."""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections.abc import Mapping
from typing import Any

from api.services.assistant import Assistant
from api.storage.records import Conversation
from bot.dialogue.emergency import without_model
from bot.dialogue.turn import in_stockholm
from bot.guard.intake import Admitted

logger = logging.getLogger(__name__)


async def replies_to(
    assistant: Assistant | None,
    sender: str,
    admitted: Admitted,
    metadata: dict[str, Any],
    seconds: float,
) -> list[dict[str, Any]]:
    """The assistant's replies, or the crisis card or an apology when it can't make any."""
    replies: list[dict[str, Any]] = []
    if assistant is not None:
        try:
            reply = assistant.reply(sender, admitted, metadata)
            replies = await asyncio.wait_for(reply, seconds)
        except Exception:
            # Rasa's own channel answers 200 and [] here (RasaHQ/rasa#3381).
            logger.exception("no reply from the assistant")
    if replies:
        return replies
    lost = without_model(admitted.text, metadata)
    return [{"recipient_id": sender, "text": lost.text, "custom": lost.custom()}]


def crisis_only(
    sender: str, admitted: Admitted, metadata: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The crisis card when the rules see danger, else nothing: a person has the conversation."""
    card = without_model(admitted.text, metadata)
    if card.kind != "crisis":
        return []
    return [{"recipient_id": sender, "text": card.text, "custom": card.custom()}]


def metadata_of(conversation: Conversation, now: dt.datetime) -> dict[str, Any]:
    """What the assistant is told beside the message."""
    metadata: dict[str, Any] = {
        "municipality": conversation.municipality,
        "channel": conversation.channel,
        "easy": conversation.easy,
        "now": in_stockholm(now).isoformat(),
    }
    if conversation.language:
        metadata["language"] = conversation.language
    return metadata
