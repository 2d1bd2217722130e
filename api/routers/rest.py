"""``POST /webhooks/rest/webhook``: Rasa's REST contract, with errors that are errors."""

from __future__ import annotations

import asyncio
import logging
from typing import Any

from fastapi import APIRouter, Request

from api.errors import ApiError
from api.schemas import IncomingMessage, OutgoingMessage
from api.settings import Settings
from bot.dialogue.emergency import without_model
from bot.guard.intake import admit
from bot.knowledge.loader import load_knowledge

logger = logging.getLogger(__name__)
router = APIRouter(tags=["chat"])


@router.post(
    "/webhooks/rest/webhook",
    response_model=list[OutgoingMessage],
    response_model_exclude_unset=True,
)
async def receive(message: IncomingMessage, request: Request) -> list[dict[str, Any]]:
    """Answer one message. Personal data is masked before anything is stored."""
    settings: Settings = request.app.state.settings
    metadata = _metadata(message, settings)
    if len(message.message) > settings.message_limit:
        raise ApiError(
            413,
            "message_too_long",
            f"Meddelandet är för långt. Skriv högst {settings.message_limit} tecken.",
            "message",
        )
    admitted = admit(message.message)
    if not admitted.text.strip():
        raise ApiError(422, "empty_message", "Skriv en fråga.", "message")
    assistant = request.app.state.assistant
    if assistant is None:
        return [_as_message(message.sender, without_model(admitted.text, metadata))]
    try:
        replies: list[dict[str, Any]] = await asyncio.wait_for(
            assistant.reply(message.sender, admitted, metadata), settings.reply_seconds
        )
    except Exception:
        # Rasa's own channel answers 200 and [] here (RasaHQ/rasa#3381): nobody gets silence.
        logger.exception("no reply from the assistant")
        replies = []
    return replies or [_as_message(message.sender, without_model(admitted.text, metadata))]


def _metadata(message: IncomingMessage, settings: Settings) -> dict[str, Any]:
    """The metadata that was sent and may be used; raise ApiError for a municipality unknown."""
    metadata = message.metadata.dict(exclude_none=True) if message.metadata else {}
    municipality = metadata.get("municipality")
    if municipality is not None and municipality not in load_knowledge().municipalities:
        known = ", ".join(load_knowledge().municipalities)
        raise ApiError(
            422,
            "unknown_municipality",
            f"There is no municipality {municipality!r}; there is {known}.",
            "metadata.municipality",
        )
    if not settings.test_mode:
        metadata.pop("now", None)
    return metadata


def _as_message(sender: str, reply: Any) -> dict[str, Any]:
    return {"recipient_id": sender, "text": reply.text, "custom": reply.custom()}
