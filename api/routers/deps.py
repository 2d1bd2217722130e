"""What routes ask for: the chat, the conversation whose secret was sent, the moment."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import Depends, Path, Query, Request, Security
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.callbacks.mails import Mails
from api.callbacks.service import Callbacks
from api.clock import utc_now
from api.errors import ApiError
from api.faults import fault
from api.handoff.desk import Desk
from api.handoff.following import Clock
from api.schemas_v1 import LANGUAGE
from api.services.chat import Chat
from api.services.listening import Listening
from api.settings import Settings
from api.speech.service import Speech
from api.storage.records import Conversation
from api.storage.store import Store
from bot.dialogue.turn import in_stockholm

SECRET = HTTPBearer(
    auto_error=False,
    scheme_name="secret",
    description="The secret that starting the conversation told. It is never part of an address.",
)
ID = r"^[A-Za-z0-9_-]{8,64}$"
NOW_HEADER = "X-Lotsen-Now"


def get_settings(request: Request) -> Settings:
    """The settings of this process."""
    settings: Settings = request.app.state.settings
    return settings


def get_speech(request: Request) -> Speech:
    """What says answers aloud; it needs no start."""
    speech: Speech = request.app.state.speech
    return speech


def get_listening(request: Request) -> Listening:
    """What hears spoken questions; it needs no start."""
    listening: Listening = request.app.state.listening
    return listening


def part(name: str) -> Callable[[Request], Any]:
    """A dependency: what the application has under this name; ApiError while it starts."""

    def started(request: Request) -> Any:
        found = getattr(request.app.state, name)
        if found is None:
            raise fault("starting", retry_after=5)
        return found

    return started


def get_now(request: Request) -> dt.datetime:
    """The moment in Swedish time; in test mode the one that the request sets."""
    told = request.headers.get(NOW_HEADER)
    if told is None or not request.app.state.settings.test_mode:
        return in_stockholm(None)
    try:
        moment = in_stockholm(dt.datetime.fromisoformat(told))
    except (ValueError, OverflowError):
        message = f"{NOW_HEADER}: write an ISO date and time"
        raise ApiError(422, "invalid_request", message, NOW_HEADER) from None
    # What is done beside the requests lives at the same time as the test.
    request.app.state.ahead = moment - utc_now()
    return moment


def get_clock(now: Annotated[dt.datetime, Depends(get_now)]) -> Clock:
    """The moment for what lasts: it goes on from the one that the request set, in test mode."""
    ahead = now - utc_now()
    return lambda: in_stockholm(utc_now() + ahead)


SettingsDep = Annotated[Settings, Depends(get_settings)]
SpeechDep = Annotated[Speech, Depends(get_speech)]
ListeningDep = Annotated[Listening, Depends(get_listening)]
ChatDep = Annotated[Chat, Depends(part("chat"))]
DeskDep = Annotated[Desk, Depends(part("desk"))]
CallbacksDep = Annotated[Callbacks, Depends(part("callbacks"))]
MailsDep = Annotated[Mails, Depends(part("mails"))]
StoreDep = Annotated[Store, Depends(part("store"))]
NowDep = Annotated[dt.datetime, Depends(get_now)]
ClockDep = Annotated[Clock, Depends(get_clock)]
LanguageQuery = Annotated[str, Query(pattern=LANGUAGE, description="of the texts: sv or en")]
IdPath = Annotated[str, Path(pattern=ID, description="the conversation")]
SecretDep = Annotated[HTTPAuthorizationCredentials | None, Security(SECRET)]


async def get_conversation(
    request: Request, conversation_id: IdPath, chat: ChatDep, secret: SecretDep
) -> Conversation:
    """The conversation. A wrong secret and a wrong id get one and the same answer."""
    if secret is None or not secret.credentials:
        raise fault("no_secret")
    found = await chat.find(conversation_id, secret.credentials)
    request.state.language = found.language
    return found


ConversationDep = Annotated[Conversation, Depends(get_conversation)]
