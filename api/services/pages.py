"""The chat page without scripts: what a form asked for is done, and the page that shows it.

All that is done to a conversation is done by api.services.chat, as for API v1. A refusal becomes
a page too, with what the citizen wrote kept in the field.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Iterable
from dataclasses import replace

from sqlalchemy.exc import SQLAlchemyError

from api.callbacks.failing import database_needed
from api.errors import ApiError
from api.faults import fault
from api.handoff.desk import Desk
from api.handoff.offers import routes
from api.schemas_handoff import RouteView
from api.services.chat import Chat
from api.services.limits import Limits
from api.services.pages_forms import PageForm
from api.services.pages_starts import Starts
from api.services.pages_states import ChatPage, fresh_page, refused
from api.services.transcript import file_name, transcript
from api.services.views import conversation_view
from api.settings import Settings
from api.storage.records import Conversation
from bot.knowledge.interface import load_interface
from bot.knowledge.records import Municipality

logger = logging.getLogger(__name__)

WORDS_LIMIT = 500
"""Characters of what somebody adds to their feedback, as in API v1."""


class ChatPages:
    """Makes the states of the page for one municipality at a time."""

    def __init__(
        self, chat: Chat, settings: Settings, starts: Starts, limits: Limits, desk: Desk
    ) -> None:
        self._chat, self._settings, self._desk = chat, settings, desk
        self._starts, self._limits = starts, limits

    async def fresh(
        self,
        municipality: Municipality,
        now: dt.datetime,
        language: str | None,
        easy: bool,
    ) -> ChatPage:
        """The page before anything is said, with the ways to a person that are open."""
        page = fresh_page(municipality, self._settings, now, language, easy)
        try:
            found = await routes(self._desk, municipality.id, now, page.language)
        except SQLAlchemyError:
            # Numbers and addresses are on the page all the same.
            logger.exception("the database failed")
            return page
        return replace(page, ways=_forms(found))

    async def post(
        self, municipality: Municipality, form: PageForm, now: dt.datetime, client: str
    ) -> ChatPage:
        """Do what the form asks for and show how it went."""
        conversation, secret = None, form.secret
        try:
            await self._limits.check("client", client)
            if form.has_conversation:
                conversation = await self._own(municipality, form)
            elif form.do in ("say", "handoff"):
                conversation, secret = await self._start(municipality, form, now, client)
            return await self._done(municipality, conversation, form, secret, now, client)
        except ApiError as refusal:
            lost = refusal.code == "unknown_conversation"
            kept = None if lost else conversation
            page = await self._page(municipality, kept, form, secret, now)
            return refused(page, refusal, form)

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
        if form.do == "say" and not form.text.strip():
            raise fault("empty_message", "text")
        _short_enough(form.text, self._settings.chat_limit, "text")
        with database_needed(municipality.id):
            async with self._starts.of(form.key):
                known = await self._starts.find(form.key, now)
                if known:
                    found = await self._chat.find(known.conversation, known.secret)
                    return found, known.secret
                started, secret = await self._chat.start(
                    municipality.id, "web", form.language, form.easy, now, client=client
                )
                await self._starts.remember(form.key, started.id, secret, now)
                return started, secret

    async def _done(
        self,
        municipality: Municipality,
        conversation: Conversation | None,
        form: PageForm,
        secret: str,
        now: dt.datetime,
        client: str,
    ) -> ChatPage:
        if conversation is None:
            return await self._page(municipality, None, form, "", now)
        told, newest = None, 0
        if form.do == "say":
            text, key = form.text, form.message_key()
            said, replies = await self._chat.say(conversation, text, key, now, client)
            newest = replies[0].number if replies else said.number
        elif form.do == "feedback":
            _short_enough(form.words, WORDS_LIMIT, "words")
            words = form.words.strip() or None
            await self._chat.feedback(conversation, form.answer, form.helped, words, now)
            newest, told = form.answer, "helped_thanks"
        elif form.do == "erase":
            await self._chat.erase(conversation, now)
            conversation, secret, told = None, "", "erased"
        elif form.do == "handoff":
            await self._limits.check("join", client)
            with database_needed(municipality.id):
                await self._desk.join(conversation, now)
        elif form.do == "leave":
            with database_needed(municipality.id):
                await self._desk.leave(conversation, now)
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
        language = chosen or form.language
        if conversation is None:
            return await self.fresh(municipality, now, language, form.easy)
        page = fresh_page(municipality, self._settings, now, language, form.easy)
        messages = await self._chat.messages(conversation)
        feedback = await self._chat.given_feedback(conversation)
        view = conversation_view(conversation, messages, feedback, now)
        page = replace(page, conversation=view, secret=secret, easy=conversation.easy)
        try:
            await self._desk.citizen_seen(conversation.id, now)
            standing = await self._desk.view(conversation, now)
        except SQLAlchemyError:
            logger.exception("the database failed")
            return page
        return replace(page, standing=standing, ways=_forms(standing.routes))


def _forms(found: Iterable[RouteView]) -> tuple[RouteView, ...]:
    """The ways that begin here; numbers and addresses stand on the page anyway."""
    return tuple(way for way in found if way.form)


def _short_enough(text: str, limit: int, field: str) -> None:
    if len(text) > limit:
        raise fault("message_too_long", field, over=len(text) - limit, limit=limit)
