"""API v1: municipalities, and a conversation's life from start to erasure."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Request
from fastapi.responses import PlainTextResponse, Response

from api.routers.deps import (
    ChatDep,
    ConversationDep,
    LanguageQuery,
    ListeningDep,
    NowDep,
    SettingsDep,
    SpeechDep,
)
from api.schemas_base import BODY, refusals
from api.schemas_v1 import (
    ChangeConversation,
    ConversationView,
    MunicipalityName,
    MunicipalityView,
    StartConversation,
    StartedView,
)
from api.services.limits import client_of
from api.services.municipality import all_municipalities, find_municipality, municipality_view
from api.services.transcript import file_name, transcript
from api.services.views import conversation_view
from api.storage.writing import UNCHANGED

router = APIRouter(prefix="/api/v1", tags=["v1"])


@router.get("/municipalities", responses=refusals())
async def list_municipalities() -> list[MunicipalityName]:
    """The municipalities that can be chosen."""
    return all_municipalities()


@router.get("/municipalities/{municipality_id}", responses=refusals(404))
async def read_municipality(
    municipality_id: Annotated[str, Path(max_length=40, examples=["umea"])],
    settings: SettingsDep,
    now: NowDep,
    speech: SpeechDep,
    listening: ListeningDep,
    language: LanguageQuery = "sv",
) -> MunicipalityView:
    """Contacts, whether their phones are open now, colours, notices, suggested questions."""
    found = find_municipality(municipality_id)
    return municipality_view(found, settings, now, language, speech.works(), listening.mode)


@router.post("/conversations", status_code=201, responses=refusals(409, *BODY))
async def start_conversation(
    wanted: StartConversation,
    request: Request,
    chat: ChatDep,
    settings: SettingsDep,
    now: NowDep,
    speech: SpeechDep,
    listening: ListeningDep,
) -> StartedView:
    """Start a conversation. Keep the secret: it is told this once and needed for all else."""
    conversation, secret = await chat.start(
        wanted.municipality,
        wanted.channel,
        wanted.language,
        wanted.easy,
        now,
        client=client_of(request.scope),
    )
    municipality = find_municipality(conversation.municipality)
    language = wanted.language or "sv"
    return StartedView(
        id=conversation.id,
        secret=secret,
        conversation=conversation_view(conversation, [], [], now),
        municipality=municipality_view(
            municipality, settings, now, language, speech.works(), listening.mode
        ),
    )


@router.get("/conversations/{conversation_id}", responses=refusals(401, 404))
async def read_conversation(
    conversation: ConversationDep, chat: ChatDep, now: NowDep
) -> ConversationView:
    """Everything that was said, for a reload or a second tab."""
    messages = await chat.messages(conversation)
    return conversation_view(conversation, messages, await chat.given_feedback(conversation), now)


@router.patch("/conversations/{conversation_id}", responses=refusals(401, 404, *BODY))
async def change_conversation(
    wanted: ChangeConversation, conversation: ConversationDep, chat: ChatDep, now: NowDep
) -> ConversationView:
    """Another language (null: none chosen), or plain Swedish."""
    changed = await chat.change(
        conversation,
        language=wanted.language if "language" in wanted.__fields_set__ else UNCHANGED,
        easy=UNCHANGED if wanted.easy is None else wanted.easy,
    )
    messages = await chat.messages(conversation)
    return conversation_view(changed, messages, await chat.given_feedback(conversation), now)


@router.get(
    "/conversations/{conversation_id}/transcript",
    response_class=Response,
    responses={
        200: {"description": "The text", "content": {"text/plain": {"schema": {"type": "string"}}}},
        **refusals(401, 404),
    },
)
async def read_transcript(conversation: ConversationDep, chat: ChatDep) -> PlainTextResponse:
    """The conversation as a text to keep."""
    text = transcript(conversation, await chat.messages(conversation))
    name = file_name(conversation)
    return PlainTextResponse(
        text, headers={"Content-Disposition": f'attachment; filename="{name}"'}
    )


@router.delete(
    "/conversations/{conversation_id}", status_code=204, responses=refusals(401, 404, 409)
)
async def erase_conversation(conversation: ConversationDep, chat: ChatDep, now: NowDep) -> Response:
    """Erase it now, with all that is kept of it."""
    await chat.erase(conversation, now)
    return Response(status_code=204)
