"""The one place where a message becomes replies: for API v1 and for the pages without scripts.

A message is stored before it is answered, so that it can be sent again with its key when the
answer was lost. One message of a conversation is answered at a time, and erasing waits for it:
nothing is written after a conversation was erased.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace

import anyio
from sqlalchemy.exc import SQLAlchemyError

from api.callbacks.chat_form import ChatForm
from api.callbacks.failing import database_needed
from api.clock import utc
from api.faults import fault
from api.handoff.desk import Desk
from api.handoff.following import Clock, Following
from api.schemas_handoff import HandoffView
from api.services.answering import metadata_of
from api.services.assistant import Assistant
from api.services.conversation_locks import ConversationLocks, LockLost
from api.services.counters import Counters
from api.services.exchange import Exchanges
from api.services.limits import Limits
from api.services.live import Live, follow
from api.services.switched_off import closed_here
from api.services.threads import in_thread
from api.settings import Settings
from api.storage.records import Conversation, Feedback, Frozen, Gone, Message
from api.storage.store import Store
from api.storage.writing import UNCHANGED, Unchanged
from bot.dialogue.emergency import without_model
from bot.guard.intake import admit

logger = logging.getLogger(__name__)


class Chat:
    """Conversations: start, say, read, judge, change, erase. Raises ApiError."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        assistant: Callable[[], Assistant | None],
        live: Live,
        limits: Limits,
        counters: Counters,
        desk: Desk,
        form: ChatForm,
        locks: ConversationLocks,
    ) -> None:
        self._store, self._desk, self._form = store, desk, form
        self._live, self._limits, self._counters = live, limits, counters
        self._exchanges = Exchanges(settings, store, assistant, counters, desk, form, limits)
        self._locks = locks

    async def start(
        self,
        municipality: str,
        channel: str,
        language: str | None,
        easy: bool,
        now: dt.datetime,
        client: str | None = None,
    ) -> tuple[Conversation, str]:
        """A new conversation and its secret; ``client`` counts against the limit of starts."""
        closed = closed_here(municipality, language)
        if closed is not None:
            raise fault("municipality_closed", closed=closed)
        if client is not None:
            await self._limits.check("start", client)
        create = self._store.create
        with database_needed(municipality):
            started = await in_thread(create, municipality, channel, language, easy, utc(now))
        self._counters.add(municipality, "conversations", now)
        return started

    async def find(self, conversation_id: str, secret: str) -> Conversation:
        """The conversation, for who has its secret."""
        # Whose conversation it is can't be known: every municipality's number is told.
        with database_needed():
            found = await in_thread(self._store.find, conversation_id, secret)
        if found is None:
            raise fault("unknown_conversation")
        return found

    async def say(
        self, conversation: Conversation, text: str, key: str, now: dt.datetime, client: str
    ) -> tuple[Message, list[Message]]:
        """Store a message and answer it; with a known key, give back what was answered.

        What it asks of people, a chat or a call, counts against the limits of ``client``.
        """
        await self._limits.check("conversation", conversation.id)
        text = self._exchanges.check(text)
        try:
            async with self._locks.of(conversation.id) as lock:
                exchange = self._exchanges.exchange
                message, replies = await exchange(conversation, text, key, now, client, lock)
                message, *replies = await self._form.shown(conversation.id, [message, *replies])
                return message, replies
        except Gone:
            raise fault("unknown_conversation") from None
        except (SQLAlchemyError, LockLost):
            # Nothing can be kept now, but danger is seen and a person is named all the same.
            logger.exception("the database failed")
            lost = without_model(admit(text).text, metadata_of(conversation, now))
            raise fault("storage_unavailable", retry_after=10, lost=lost.text) from None

    async def messages(self, conversation: Conversation, after: int = 0) -> list[Message]:
        """What was said, in order."""
        with database_needed(conversation.municipality):
            found = await in_thread(self._store.messages, conversation.id, after)
            return await self._form.shown(conversation.id, found)

    async def given_feedback(self, conversation: Conversation) -> list[Feedback]:
        """What was thought of the answers."""
        with database_needed(conversation.municipality):
            return await in_thread(self._store.feedback, conversation.id)

    async def change(
        self,
        conversation: Conversation,
        language: str | Unchanged | None = UNCHANGED,
        easy: bool | Unchanged = UNCHANGED,
    ) -> Conversation:
        """The conversation with another language, or in plain Swedish."""
        try:
            with database_needed(conversation.municipality):
                await in_thread(self._store.update, conversation.id, language=language, easy=easy)
        except Gone:
            raise fault("unknown_conversation") from None
        new_language = conversation.language if isinstance(language, Unchanged) else language
        new_easy = conversation.easy if isinstance(easy, Unchanged) else easy
        return replace(conversation, language=new_language, easy=new_easy)

    def room_to_follow(self, conversation: Conversation, client: str) -> None:
        """Refuse another follower when there are enough."""
        self._live.room(conversation.id, client)

    def follow(
        self,
        conversation: Conversation,
        secret: str,
        client: str,
        after: int,
        ending: anyio.Event,
        clock: Clock,
    ) -> AsyncIterator[Message | HandoffView]:
        """What is newer than ``after``, then what comes, until it is erased or all ends."""
        standing = Following(self._desk, conversation, clock)

        async def newer(known: int) -> list[Message] | None:
            found = await in_thread(self._store.messages, conversation.id, known)
            if not found:
                current = await in_thread(self._store.find, conversation.id, secret)
                if current is None:
                    return None
                standing.conversation = current
            return await self._form.shown(conversation.id, found)

        return follow(self._live, conversation.id, client, after, newer, standing.news, ending)

    async def feedback(
        self,
        conversation: Conversation,
        number: int,
        helped: bool,
        words: str | None,
        now: dt.datetime,
    ) -> None:
        """Whether an answer helped. The words are masked as messages are."""
        with database_needed(conversation.municipality):
            found = await in_thread(self._store.messages, conversation.id, number - 1)
        if not found or found[0].number != number or found[0].sender != "assistant":
            raise fault("unknown_message", "number")
        kept = admit(words).text or None if words else None
        give = self._store.give_feedback
        earlier = await self.given_feedback(conversation)
        try:
            with database_needed(conversation.municipality):
                await in_thread(give, conversation.id, number, helped, kept, utc(now))
        except Gone:
            raise fault("unknown_conversation") from None
        before = next((f.helped for f in earlier if f.number == number), None)
        answer = ((found[0].body or {}).get("custom") or {}).get("answer")
        self._counters.add_feedback(conversation.municipality, answer, helped, before, now)

    async def erase_left(self, now: dt.datetime) -> int:
        """Erase what visitors left at kiosks whose pages died; how many conversations."""
        gone = await in_thread(self._store.purge_left, utc(now))
        for conversation_id in gone:
            await self._form.forget(conversation_id)
            self._live.wake(conversation_id)
        return len(gone)

    async def erase(self, conversation: Conversation, now: dt.datetime) -> None:
        """Delete it with everything that is kept of it, once no answer is being made."""
        with database_needed(conversation.municipality):
            async with self._locks.of(conversation.id):
                try:
                    await in_thread(self._store.erase, conversation.id)
                except Frozen:
                    raise fault("frozen") from None
                await self._form.forget(conversation.id)
                await self._desk.erased(conversation, now)
        self._live.wake(conversation.id)
        self._counters.add(conversation.municipality, "erased", now)
