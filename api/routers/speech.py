"""API v1: an answer of one's own conversation as sound, sentence by sentence. Never free text."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query
from fastapi.responses import Response

from api.faults import fault
from api.routers.deps import ChatDep, ConversationDep, SpeechDep
from api.routers.v1_messages import Number
from api.schemas_base import refusals
from api.schemas_speech import SentenceView, SpeechView
from api.services.chat import Chat
from api.services.municipality import find_municipality
from api.speech.encoding import TYPES, Format
from api.speech.service import Order
from api.speech.texts import contact_text, heard, in_sentences, language_of, may_be_kept
from api.storage.records import Conversation, Message
from bot.dialogue.wording import text_language
from bot.speech.segments import Segment

router = APIRouter(prefix="/api/v1/conversations/{conversation_id}", tags=["v1"])

MOST = 999
"""More sentences no message has."""

Index = Annotated[int, Path(ge=0, le=MOST, description="the sentence's number, from 0")]
ContactId = Annotated[str, Path(pattern=r"^[a-z0-9_-]{1,60}$", description="the contact")]
Slow = Annotated[bool, Query(description="slower, and numbers digit by digit")]
Form = Annotated[Format, Query(alias="format", description="of the sound")]

SOUND: dict[int | str, dict[str, Any]] = {
    200: {
        "description": "The sound",
        "content": {
            kind: {"schema": {"type": "string", "format": "binary"}} for kind in TYPES.values()
        },
    },
    **refusals(401, 404),
}


@router.get("/messages/{number}/speech", responses=refusals(401, 404))
async def read_speech(
    number: Number,
    conversation: ConversationDep,
    chat: ChatDep,
    speech: SpeechDep,
    slow: Slow = False,
) -> SpeechView:
    """The sentences of a message that was not the citizen's, for playing one after the other."""
    message = await _message(chat, conversation, number)
    language = language_of(message, conversation)
    if not speech.works(language):
        raise fault("no_speech")
    speech.get_ready(language)
    return _view(language, heard(message, language, slow=slow))


@router.get("/messages/{number}/speech/{index}", response_class=Response, responses=SOUND)
async def hear_sentence(
    number: Number,
    index: Index,
    conversation: ConversationDep,
    chat: ChatDep,
    speech: SpeechDep,
    slow: Slow = False,
    form: Form = "wav",
) -> Response:
    """One sentence as sound."""
    message = await _message(chat, conversation, number)
    language = language_of(message, conversation)
    words = _words(heard(message, language, slow=slow), index)
    order = Order(words, language, slow, form, may_be_kept(message))
    return Response(await speech.sound(order), media_type=TYPES[form])


@router.get("/contacts/{contact_id}/speech", responses=refusals(401, 404))
async def read_number(
    contact_id: ContactId, conversation: ConversationDep, speech: SpeechDep
) -> SpeechView:
    """The phone number of a contact of the conversation's municipality, to be written down."""
    language = text_language(conversation.language or "sv")
    sentences = _number(conversation, contact_id, language)
    if not speech.works(language):
        raise fault("no_speech")
    speech.get_ready(language)
    return _view(language, sentences)


@router.get("/contacts/{contact_id}/speech/{index}", response_class=Response, responses=SOUND)
async def hear_number(
    contact_id: ContactId,
    index: Index,
    conversation: ConversationDep,
    speech: SpeechDep,
    form: Form = "wav",
) -> Response:
    """One sentence of it as sound, slowly."""
    language = text_language(conversation.language or "sv")
    words = _words(_number(conversation, contact_id, language), index)
    order = Order(words, language, slow=True, form=form, keep=True)
    return Response(await speech.sound(order), media_type=TYPES[form])


async def _message(chat: Chat, conversation: Conversation, number: int) -> Message:
    """The message; raise ApiError when there is none, or it is the citizen's own."""
    found = await chat.messages(conversation, number - 1)
    if not found or found[0].number != number or found[0].sender == "citizen":
        raise fault("unknown_message", "number")
    return found[0]


def _number(conversation: Conversation, contact_id: str, language: str) -> list[Segment]:
    contact = find_municipality(conversation.municipality).contacts.get(contact_id)
    if contact is None or not contact.phone:
        raise fault("unknown_contact", "contact_id")
    return in_sentences([contact_text(contact, language)], language, slow=True)


def _words(sentences: Sequence[Segment], index: int) -> str:
    if index >= len(sentences):
        raise fault("unknown_sentence", "index")
    return sentences[index].spoken


def _view(language: str, sentences: Sequence[Segment]) -> SpeechView:
    views = [
        SentenceView(index=i, text=s.written, spoken=s.spoken) for i, s in enumerate(sentences)
    ]
    return SpeechView(language=language, sentences=views)
