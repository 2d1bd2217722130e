"""The one place where a message becomes replies: for API v1 and for the pages without scripts.

A message is stored before it is answered, so that it can be sent again with its key when the
answer was lost. One message of a conversation is answered at a time, and erasing waits for it:
nothing is written after a conversation was erased.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import logging
from collections.abc import AsyncIterator, Callable
from dataclasses import replace
from functools import partial

import anyio
from sqlalchemy.exc import SQLAlchemyError

from api.faults import fault
from api.services.answering import metadata_of, replies_to
from api.services.assistant import Assistant
from api.services.counters import Counters
from api.services.limits import Limits
from api.services.live import Live, follow
from api.services.locks import SenderLocks
from api.services.switched_off import closed_here, refuse_when_closed, refuse_when_full
from api.services.threads import in_thread
from api.settings import Settings
from api.storage.records import Conversation, Feedback, Frozen, Gone, KeyUsed, Message
from api.storage.store import UNCHANGED, Store, Unchanged
from bot.dialogue.emergency import without_model
from bot.dialogue.turn import in_stockholm
from bot.guard.intake import Admitted, admit

logger = logging.getLogger(__name__)

MOST_MESSAGES = 800
"""Answers included: reading thousands would keep everybody waiting."""


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
    ) -> None:
        self._settings, self._store, self._assistant = settings, store, assistant
        self._live, self._limits, self._counters = live, limits, counters
        self._locks = SenderLocks()

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
        started = await in_thread(create, municipality, channel, language, easy, _utc(now))
        self._counters.add(municipality, "conversations", now)
        return started

    async def find(self, conversation_id: str, secret: str) -> Conversation:
        """The conversation, for who has its secret."""
        try:
            found = await in_thread(self._store.find, conversation_id, secret)
        except SQLAlchemyError:
            logger.exception("the database failed")
            # Whose conversation it is can't be known: every municipality's number is told.
            lost = without_model("", {})
            raise fault("storage_unavailable", retry_after=10, lost=lost.text) from None
        if found is None:
            raise fault("unknown_conversation")
        return found

    async def say(
        self, conversation: Conversation, text: str, key: str, now: dt.datetime
    ) -> tuple[Message, list[Message]]:
        """Store a message and answer it; with a known key, give back what was answered."""
        await self._limits.check("conversation", conversation.id)
        admitted = self._admit(text)
        refuse_when_closed(conversation, admitted, metadata_of(conversation, now))
        async with self._locks.of(conversation.id):
            try:
                return await self._exchange(conversation, admitted, key, now)
            except Gone:
                raise fault("unknown_conversation") from None
            except SQLAlchemyError:
                # Nothing can be kept now, but danger is seen and a person is named all the same.
                logger.exception("the database failed")
                lost = without_model(admitted.text, metadata_of(conversation, now))
                raise fault("storage_unavailable", retry_after=10, lost=lost.text) from None

    async def messages(self, conversation: Conversation, after: int = 0) -> list[Message]:
        """What was said, in order."""
        return await in_thread(self._store.messages, conversation.id, after)

    async def given_feedback(self, conversation: Conversation) -> list[Feedback]:
        """What was thought of the answers."""
        return await in_thread(self._store.feedback, conversation.id)

    async def change(
        self,
        conversation: Conversation,
        language: str | Unchanged | None = UNCHANGED,
        easy: bool | Unchanged = UNCHANGED,
    ) -> Conversation:
        """The conversation with another language, or in plain Swedish."""
        try:
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
        self, conversation: Conversation, secret: str, client: str, after: int, ending: anyio.Event
    ) -> AsyncIterator[Message]:
        """What is newer than ``after``, then what comes, until it is erased or all ends."""

        async def newer(known: int) -> list[Message] | None:
            messages = await in_thread(self._store.messages, conversation.id, known)
            if not messages and not await self._is_there(conversation, secret):
                return None
            return messages

        return follow(self._live, conversation.id, client, after, newer, ending)

    async def _is_there(self, conversation: Conversation, secret: str) -> bool:
        return await in_thread(self._store.find, conversation.id, secret) is not None

    async def feedback(
        self,
        conversation: Conversation,
        number: int,
        helped: bool,
        words: str | None,
        now: dt.datetime,
    ) -> None:
        """Whether an answer helped. The words are masked as messages are."""
        found = await in_thread(self._store.messages, conversation.id, number - 1)
        if not found or found[0].number != number or found[0].sender != "assistant":
            raise fault("unknown_message", "number")
        kept = admit(words).text or None if words else None
        give = self._store.give_feedback
        try:
            await in_thread(give, conversation.id, number, helped, kept, _utc(now))
        except Gone:
            raise fault("unknown_conversation") from None
        self._counters.add(
            conversation.municipality, f"feedback.{'helped' if helped else 'not_helped'}", now
        )

    async def erase(self, conversation: Conversation, now: dt.datetime) -> None:
        """Delete it with everything that is kept of it, once no answer is being made."""
        async with self._locks.of(conversation.id):
            try:
                await in_thread(self._store.erase, conversation.id)
            except Frozen:
                raise fault("frozen") from None
        self._live.wake(conversation.id)
        self._counters.add(conversation.municipality, "erased", now)

    def _admit(self, text: str) -> Admitted:
        # Browsers send line breaks of a form as two characters; people count one.
        text = text.replace("\r\n", "\n")
        over = len(text) - self._settings.chat_limit
        if over > 0:
            limit = self._settings.chat_limit
            raise fault("message_too_long", "text", over=over, limit=limit)
        admitted = admit(text)
        if not admitted.text.strip():
            raise fault("empty_message", "text")
        return admitted

    async def _exchange(
        self, conversation: Conversation, admitted: Admitted, key: str, now: dt.datetime
    ) -> tuple[Message, list[Message]]:
        if await in_thread(self._store.messages, conversation.id, MOST_MESSAGES):
            refuse_when_full(admitted, metadata_of(conversation, now))
        message, is_new = await self._stored(conversation, admitted, key, now)
        if is_new:
            self._live.wake(conversation.id)
            self._counters.add(conversation.municipality, "messages", now)
        else:
            replies = await in_thread(self._store.replies_to, conversation.id, message.number)
            if replies:
                return message, replies
        return message, await self._answer(conversation, message, admitted, now)

    async def _stored(
        self, conversation: Conversation, admitted: Admitted, key: str, now: dt.datetime
    ) -> tuple[Message, bool]:
        """The message as it is kept, and whether it is a new one."""
        body = {"masked": list(admitted.masked)} if admitted.masked else None
        # A client may have made the key of anything, a personal number too: a hash does as well.
        kept_key = hashlib.sha256(f"{conversation.id}\0{key}".encode()).hexdigest()
        add = partial(self._store.add, body=body, key=kept_key)
        try:
            stored = await in_thread(add, conversation.id, "citizen", admitted.text, _utc(now))
        except KeyUsed as used:
            if used.message.text != admitted.text:
                raise fault("key_reused", "key") from None
            return used.message, False
        return stored, True

    async def _answer(
        self, conversation: Conversation, message: Message, admitted: Admitted, now: dt.datetime
    ) -> list[Message]:
        metadata = metadata_of(conversation, now)
        seconds = self._settings.reply_seconds
        closed = closed_here(conversation.municipality, conversation.language) is not None
        assistant = None if closed else self._assistant()
        told = await replies_to(assistant, conversation.id, admitted, metadata, seconds)
        replies = []
        for reply in told:
            body = {n: part for n, part in reply.items() if n in {"buttons", "custom"}}
            add = partial(self._store.add, body=body, in_reply_to=message.number)
            text = str(reply.get("text") or "")
            replies.append(await in_thread(add, conversation.id, "assistant", text, _utc(now)))
        self._counters.add_replies(conversation.municipality, told, now)
        self._live.wake(conversation.id)
        return replies


def _utc(moment: dt.datetime) -> dt.datetime:
    return in_stockholm(moment).astimezone(dt.timezone.utc)
