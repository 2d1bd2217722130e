"""``POST /webhooks/rest/webhook``: Rasa's REST contract, with errors that are errors."""

from __future__ import annotations

import asyncio
import hashlib
import re
from typing import Any

from fastapi import APIRouter, Request

from api.errors import ApiError
from api.faults import fault
from api.schemas import IncomingMessage, OutgoingMessage
from api.schemas_base import BODY, refusals
from api.services.answering import replies_to
from api.settings import Settings
from bot.dialogue.turn import in_stockholm
from bot.guard.intake import admit
from bot.knowledge.loader import load_knowledge

router = APIRouter(tags=["rest"])

OUR_ID = re.compile(r"[A-Za-z0-9_-]{22}")
"""What the ids of API v1's conversations look like."""


@router.post(
    "/webhooks/rest/webhook",
    response_model=list[OutgoingMessage],
    response_model_exclude_unset=True,
    responses=refusals(*BODY),
)
async def receive(message: IncomingMessage, request: Request) -> list[dict[str, Any]]:
    """Answer one message. Personal data is masked before anything is stored."""
    settings: Settings = request.app.state.settings
    metadata = _metadata(message, settings)
    over = len(message.message) - settings.message_limit
    if over > 0:
        raise fault("message_too_long", "message", over=over, limit=settings.message_limit)
    admitted = admit(message.message)
    if not admitted.text.strip():
        raise fault("empty_message", "message")
    await _refuse_conversations(message.sender, request)
    state = request.app.state
    kept_as = sender_kept_as(message.sender)
    replies = await replies_to(state.assistant, kept_as, admitted, metadata, settings.reply_seconds)
    if kept_as != message.sender:
        replies = [{**reply, "recipient_id": message.sender} for reply in replies]
    municipality, now = metadata.get("municipality"), in_stockholm(None)
    state.counters.add(municipality, "messages", now)
    state.counters.add_replies(municipality, replies, now)
    return replies


def sender_kept_as(sender: str) -> str:
    """The name under which a sender's events are kept: its own, unless it is personal data.

    Channels like to use what they have for a sender: a phone number, an e-mail address. Refusing
    those would also refuse, now and then, a random id that looks like one.
    """
    if not admit(sender).masked:
        return sender
    return f"sender-{hashlib.sha256(sender.encode()).hexdigest()[:40]}"


def _metadata(message: IncomingMessage, settings: Settings) -> dict[str, Any]:
    """The metadata that was sent and may be used; raise ApiError for a municipality unknown."""
    metadata = message.metadata.dict(exclude_none=True) if message.metadata else {}
    municipality = metadata.get("municipality")
    municipalities = load_knowledge().municipalities
    if municipality is not None and municipality not in municipalities:
        known = ", ".join(municipalities)
        where = "metadata.municipality"
        raise fault("unknown_municipality", where, status=422, known=known)
    if not settings.test_mode:
        metadata.pop("now", None)
    return metadata


async def _refuse_conversations(sender: str, request: Request) -> None:
    """A conversation of API v1 is for who has its secret, also when somebody has seen its id."""
    store = request.app.state.store
    if store is None or not OUR_ID.fullmatch(sender):
        return
    if await asyncio.to_thread(store.messages, sender):
        raise ApiError(
            422,
            "sender_taken",
            "Välj en annan avsändare.",
            "sender",
            english="Choose another sender.",
        )
