"""``POST /webhooks/rest/webhook``: Rasa's REST contract, with errors that are errors."""

from __future__ import annotations

import asyncio
import datetime as dt
import hashlib
import logging
import re
import time
from contextlib import AsyncExitStack
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse
from sqlalchemy.exc import SQLAlchemyError

from api.callbacks.chat_form import ChatForm
from api.errors import ApiError
from api.faults import fault
from api.handoff.offers import offered
from api.schemas import IncomingMessage, OutgoingMessage
from api.schemas_base import BODY, refusals
from api.services.answering import replies_to
from api.services.conversation_locks import ConversationLocks
from api.services.limits import client_of
from api.settings import Settings
from api.storage.advisory import NoLock
from bot.dialogue.turn import in_stockholm
from bot.guard.intake import admit
from bot.knowledge.loader import load_knowledge

logger = logging.getLogger(__name__)

router = APIRouter(tags=["rest"])

OUR_ID = re.compile(r"[A-Za-z0-9_-]{22}")
"""What the ids of API v1's conversations look like."""


@router.post(
    "/webhooks/rest/webhook",
    response_model=list[OutgoingMessage],
    responses=refusals(*BODY),
)
async def receive(message: IncomingMessage, request: Request) -> JSONResponse:
    """Answer one message. Personal data is masked before anything is stored."""
    settings: Settings = request.app.state.settings
    metadata = _metadata(message, settings)
    over = len(message.message) - settings.message_limit
    if over > 0:
        raise fault("message_too_long", "message", over=over, limit=settings.message_limit)
    await _refuse_conversations(message.sender, request)
    kept_as = sender_kept_as(message.sender)
    replies = await _in_order(kept_as, message.message, metadata, request)
    if kept_as != message.sender:
        replies = [{**reply, "recipient_id": message.sender} for reply in replies]
    # Returned as it is: to check our own reply against the model takes longer than to find it.
    return JSONResponse(replies)


async def _in_order(
    sender: str, text: str, metadata: dict[str, Any], request: Request
) -> list[dict[str, Any]]:
    """The replies, once the sender's messages before this one have theirs."""
    locks: ConversationLocks = request.app.state.locks
    async with AsyncExitStack() as held:
        try:
            await held.enter_async_context(locks.of(sender))
        except NoLock:
            # What can't be put in order isn't given to the assistant; danger is seen all the same.
            logger.exception("the database failed")
            admitted = admit(text)
            if not admitted.text.strip():
                raise fault("empty_message", "message") from None
            return await replies_to(None, sender, admitted, metadata, 0)
        return await _answer(sender, text, metadata, request)


async def _answer(
    sender: str, text: str, metadata: dict[str, Any], request: Request
) -> list[dict[str, Any]]:
    """The replies, with a callback's form around the assistant where it can be offered."""
    state = request.app.state
    municipality, now = metadata.get("municipality"), _moment(metadata)
    form: ChatForm | None = state.chat_form
    assistant = state.assistant
    if form is not None:
        try:
            taken = await form.before(sender, municipality, text, now, metadata.get("language"))
            if municipality is not None:
                person = await offered(state.desk, municipality, now)
                # Nobody at the desk sees what comes from here. A sender is no secret: a callback
                # is read back to whoever names it, so it is for channels that can't be guessed at.
                callback = person["callback"] and state.settings.desk.rest_callback
                chat = {"chat": False, "waiting": 0, "opens": None}
                person = {**person, **chat, "callback": callback}
                metadata = {**metadata, "person": person}
        except (SQLAlchemyError, ApiError):
            # What can't be kept apart isn't given to the assistant; danger is seen all the same.
            logger.exception("the database failed")
            form, assistant = None, None
        else:
            text, metadata = taken.text, {**metadata, **taken.metadata}
    admitted = admit(text)
    if not admitted.text.strip():
        raise fault("empty_message", "message")
    began = time.perf_counter()
    replies = await replies_to(assistant, sender, admitted, metadata, state.settings.reply_seconds)
    seconds = time.perf_counter() - began
    if form is not None:
        try:
            language, client = metadata.get("language"), client_of(request.scope)
            kept = await form.after(sender, municipality, replies, now, language, client=client)
            replies = await form.shown_replies(sender, kept)
        except SQLAlchemyError:
            logger.exception("the database failed")
            replies = await replies_to(None, sender, admitted, metadata, 0)
    state.counters.add_message(municipality, metadata.get("channel") or "web", now)
    state.counters.add_replies(municipality, replies, now, seconds)
    return replies


def _moment(metadata: dict[str, Any]) -> dt.datetime:
    """The moment that was sent, in test mode; else now."""
    told = metadata.get("now")
    return in_stockholm(dt.datetime.fromisoformat(told) if told else None)


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
