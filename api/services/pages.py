"""The chat page without scripts: what a form asked for is done, and the page that shows it.

All that is done to a conversation is done by api.services.chat, as for API v1. A refusal becomes
a page too, with what the citizen wrote kept in the field.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from api.errors import ApiError
from api.faults import fault
from api.schemas_v1 import ConversationView, MunicipalityView
from api.services.chat import Chat
from api.services.limits import Limits
from api.services.municipality import municipality_view
from api.services.pages_forms import PageForm, new_key
from api.services.pages_starts import Starts
from api.services.transcript import file_name, transcript
from api.services.views import conversation_view
from api.settings import Settings
from api.storage.records import Conversation
from bot.dialogue.emergency import without_model
from bot.guard.intake import admit
from bot.knowledge.interface import load_interface
from bot.knowledge.records import Municipality

WORDS_LIMIT = 500
"""Characters of what somebody adds to their feedback, as in API v1."""


@dataclass(frozen=True, slots=True)
class ChatPage:
    """One state of the page. ``newest`` is the reply that the browser is to scroll to."""

    municipality: MunicipalityView
    language: str
    easy: bool
    key: str
    conversation: ConversationView | None = None
    secret: str = ""
    newest: int = 0
    draft: str = ""
    status: int = 200
    problem: str | None = None
    problem_field: str | None = None
    retry_after: int | None = None
    told: str | None = None
    crisis: str | None = None


class ChatPages:
    """Makes the states of the page for one municipality at a time."""

    def __init__(self, chat: Chat, settings: Settings, starts: Starts, limits: Limits) -> None:
        self._chat, self._settings = chat, settings
        self._starts, self._limits = starts, limits

    async def post(
        self, municipality: Municipality, form: PageForm, now: dt.datetime, client: str
    ) -> ChatPage:
        """Do what the form asks for and show how it went."""
        conversation, secret = None, form.secret
        try:
            await self._limits.check("client", client)
            if form.has_conversation:
                conversation = await self._own(municipality, form)
            elif form.do == "say":
                conversation, secret = await self._start(municipality, form, now, client)
            return await self._done(municipality, conversation, form, secret, now)
        except ApiError as refusal:
            lost = refusal.code == "unknown_conversation"
            kept = None if lost else conversation
            page = await self._page(municipality, kept, form, secret, now)
            return _refused(page, refusal, form)

    async def transcript(
        self, municipality: Municipality, form: PageForm, client: str
    ) -> tuple[str, str] | None:
        """The conversation as a file's name and text; None when ``post`` is to tell why not."""
        try:
            await self._limits.check("client", client)
            conversation = await self._own(municipality, form)
        except ApiError:
            return None
        messages = await self._chat.messages(conversation)
        return file_name(conversation), transcript(conversation, messages)

    async def _own(self, municipality: Municipality, form: PageForm) -> Conversation:
        found = await self._chat.find(form.conversation, form.secret)
        if found.municipality != municipality.id:
            raise fault("unknown_conversation")
        return found

    async def _start(
        self, municipality: Municipality, form: PageForm, now: dt.datetime, client: str
    ) -> tuple[Conversation, str]:
        """A conversation for the page's first message; the same one when it is sent again."""
        if not form.text.strip():
            raise fault("empty_message", "text")
        _short_enough(form.text, self._settings.chat_limit, "text")
        async with self._starts.of(form.key):
            known = self._starts.find(form.key, now)
            if known:
                found = await self._chat.find(known.conversation, known.secret)
                return found, known.secret
            started, secret = await self._chat.start(
                municipality.id, "web", form.language, form.easy, now, client=client
            )
            self._starts.remember(form.key, started.id, secret, now)
            return started, secret

    async def _done(
        self,
        municipality: Municipality,
        conversation: Conversation | None,
        form: PageForm,
        secret: str,
        now: dt.datetime,
    ) -> ChatPage:
        if conversation is None:
            return await self._page(municipality, None, form, "", now)
        told, newest = None, 0
        if form.do == "say":
            _, replies = await self._chat.say(conversation, form.text, form.message_key(), now)
            newest = replies[0].number if replies else 0
        elif form.do == "feedback":
            _short_enough(form.words, WORDS_LIMIT, "words")
            words = form.words.strip() or None
            await self._chat.feedback(conversation, form.answer, form.helped, words, now)
            newest, told = form.answer, "helped_thanks"
        elif form.do == "erase":
            await self._chat.erase(conversation, now)
            conversation, secret, told = None, "", "erased"
        elif form.do == "language":
            conversation = await self._chat.change(conversation, language=form.language)
        elif form.do == "easy":
            conversation = await self._chat.change(conversation, easy=form.easy)
        page = await self._page(municipality, conversation, form, secret, now)
        label = load_interface().label(told, page.language) if told else None
        return replace(page, newest=newest, told=label)

    async def _page(
        self,
        municipality: Municipality,
        conversation: Conversation | None,
        form: PageForm,
        secret: str,
        now: dt.datetime,
    ) -> ChatPage:
        chosen = conversation.language if conversation else form.language
        page = fresh_page(municipality, self._settings, now, chosen or form.language, form.easy)
        if conversation is None:
            return page
        messages = await self._chat.messages(conversation)
        feedback = await self._chat.given_feedback(conversation)
        view = conversation_view(conversation, messages, feedback, now)
        return replace(page, conversation=view, secret=secret, easy=conversation.easy)


def fresh_page(
    municipality: Municipality,
    settings: Settings,
    now: dt.datetime,
    language: str | None,
    easy: bool,
) -> ChatPage:
    """The page before anything is said. Nothing is stored for who only looks at it."""
    shown = "en" if language == "en" else "sv"
    view = municipality_view(municipality, settings, now, shown)
    return ChatPage(municipality=view, language=shown, easy=easy, key=new_key())


def starting_page(
    municipality: Municipality, settings: Settings, now: dt.datetime, form: PageForm
) -> ChatPage:
    """The page for who writes before the assistant has started."""
    page = fresh_page(municipality, settings, now, form.language, form.easy)
    return _refused(page, fault("starting", retry_after=5), form)


def _refused(page: ChatPage, refusal: ApiError, form: PageForm) -> ChatPage:
    """The page with what went wrong. Where the assistant is off, danger is still recognised."""
    changes: dict[str, Any] = {
        "status": refusal.status,
        "draft": form.text,
        "problem": refusal.text(page.language),
        "problem_field": refusal.field,
        "retry_after": refusal.retry_after,
    }
    if refusal.code == "unknown_conversation":
        changes["problem"] = load_interface().label("lost_conversation", page.language)
    if refusal.code == "municipality_closed":
        changes.update(problem=None, crisis=_crisis(form.text, page))
    return replace(page, **changes)


def _crisis(text: str, page: ChatPage) -> str | None:
    metadata = {"municipality": page.municipality.id, "language": page.language}
    reply = without_model(admit(text).text, metadata)
    return reply.text if reply.kind == "crisis" else None


def _short_enough(text: str, limit: int, field: str) -> None:
    if len(text) > limit:
        raise fault("message_too_long", field, over=len(text) - limit, limit=limit)
