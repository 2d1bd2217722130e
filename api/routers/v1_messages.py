"""API v1: say something, hear the answer, follow what comes, judge an answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator
from typing import Annotated

import anyio
from fastapi import APIRouter, Header, Path, Query, Request
from fastapi.responses import Response
from sse_starlette import EventSourceResponse, ServerSentEvent

from api.callbacks.failing import in_danger
from api.errors import ApiError
from api.routers.deps import (
    ChatDep,
    ClockDep,
    ConversationDep,
    IdPath,
    NowDep,
    SecretDep,
    get_conversation,
)
from api.schemas_base import BODY, refusals
from api.schemas_handoff import HandoffView
from api.schemas_v1 import ExchangeView, GiveFeedback, SendMessage
from api.services.limits import client_of
from api.services.views import message_view
from api.storage.records import Conversation, Message

router = APIRouter(prefix="/api/v1/conversations/{conversation_id}", tags=["v1"])

MOST = 2_147_483_647
"""The largest number that a database column takes."""

RECONNECT_MS = 2000
GRACE_SECONDS = 2.0

Number = Annotated[int, Path(ge=1, le=MOST, description="the answer's number")]
After = Annotated[
    int | None, Query(ge=0, le=MOST, description="number of the newest message that is known")
]
LastId = Annotated[
    str | None, Header(alias="Last-Event-ID", description="as `after`; a browser sends it")
]


@router.post("/messages", responses=refusals(401, 404, 409, *BODY))
async def send_message(
    sent: SendMessage,
    conversation_id: IdPath,
    secret: SecretDep,
    chat: ChatDep,
    now: NowDep,
    request: Request,
) -> ExchangeView:
    """Say something. Sent again with the same key it gets the same answer, made once."""
    try:
        conversation = await get_conversation(request, conversation_id, chat, secret)
    except ApiError as refused:
        raise in_danger(refused, sent.text) from None
    client = client_of(request.scope)
    message, replies = await chat.say(conversation, sent.text, sent.key, now, client)
    return ExchangeView(
        message=message_view(message, conversation, now),
        replies=[message_view(r, conversation, now) for r in replies],
    )


@router.post("/messages/{number}/feedback", status_code=204, responses=refusals(401, 404, *BODY))
async def give_feedback(
    given: GiveFeedback, number: Number, conversation: ConversationDep, chat: ChatDep, now: NowDep
) -> Response:
    """Tell whether an answer helped; given anew it replaces what was told before."""
    await chat.feedback(conversation, number, given.helped, given.words, now)
    return Response(status_code=204)


@router.get(
    "/events",
    response_class=EventSourceResponse,
    responses={
        200: {"description": "Messages as they come", "content": {"text/event-stream": {}}},
        **refusals(401, 404),
    },
)
async def follow_conversation(
    conversation: ConversationDep,
    chat: ChatDep,
    secret: SecretDep,
    clock: ClockDep,
    request: Request,
    after: After = None,
    last_event_id: LastId = None,
) -> Response:
    """Server-sent events: `message` with its number as id, `handoff`, `erased` at the end.

    What is newer than `Last-Event-ID` (or `after`) comes first, so a reconnect misses nothing.
    `handoff` tells where the citizen stands on the way to a person, first of all and whenever
    it changes; it comes only for who has asked for one.
    """
    known = _number(last_event_id) if last_event_id is not None else after or 0
    client = client_of(request.scope)
    chat.room_to_follow(conversation, client)
    key = secret.credentials if secret else ""
    ending = anyio.Event()

    async def events() -> AsyncIterator[ServerSentEvent]:
        async for news in chat.follow(conversation, key, client, known, ending, clock):
            yield _event(news, conversation, clock())
        if not ending.is_set():
            yield ServerSentEvent(data="{}", event="erased")

    # When the process ends, streams end in good order and clients come back by themselves.
    return EventSourceResponse(events(), shutdown_event=ending, shutdown_grace_period=GRACE_SECONDS)


def _event(
    news: Message | HandoffView, conversation: Conversation, now: dt.datetime
) -> ServerSentEvent:
    """Only messages have an id: it says from where to go on."""
    if isinstance(news, HandoffView):
        return ServerSentEvent(data=news.json(ensure_ascii=False), event="handoff")
    return ServerSentEvent(
        data=message_view(news, conversation, now).json(ensure_ascii=False),
        event="message",
        id=str(news.number),
        retry=RECONNECT_MS,
    )


def _number(told: str) -> int:
    """What a browser sends back is what it got; anything else starts from the beginning."""
    return int(told) if told.isascii() and told.isdecimal() and len(told) < 10 else 0
