"""A message and its answer, in a conversation that may be with a person.

A message is stored before it is answered, so that it can be sent again with its key when the
answer was lost. While a person has the conversation the assistant is silent: only danger is
answered at once, by rules.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from api.callbacks.chat_form import ChatForm
from api.clock import utc
from api.errors import ApiError
from api.faults import fault
from api.handoff import offers
from api.handoff.desk import Desk
from api.handoff.notices import Notice
from api.handoff.talks import Seen, Talks, is_for_agent
from api.services.answering import crisis_only, metadata_of, replies_to
from api.services.assistant import Assistant
from api.services.conversation_locks import Lock
from api.services.counters import Counters
from api.services.limits import Limits
from api.services.switched_off import closed_here, refuse_when_closed, refuse_when_full
from api.services.threads import in_thread
from api.settings import Settings
from api.storage.records import Conversation, Message
from api.storage.store import Store
from bot.dialogue.person_offers import CHAT
from bot.dialogue.wording import text_language
from bot.guard.intake import Admitted, admit

MOST_MESSAGES = 800
"""Answers included: reading thousands would keep everybody waiting."""

FORM = "form"
"""Stands in the body of a message that answered a form: a token is stored in its place."""

Exchange = tuple[Message, list[Message]]


@dataclass(frozen=True, slots=True)
class _Read:
    """A message as it may be stored, what is kept beside it, and what the assistant is told."""

    admitted: Admitted
    body: dict[str, Any]
    metadata: dict[str, Any]


class Exchanges:
    """Messages to answers. The caller sees to it that a conversation has one at a time."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        assistant: Callable[[], Assistant | None],
        counters: Counters,
        desk: Desk,
        form: ChatForm,
        limits: Limits,
    ) -> None:
        self._settings, self._store, self._assistant = settings, store, assistant
        self._counters, self._desk, self._form = counters, desk, form
        self._limits = limits
        self._talks = Talks(store)

    def check(self, text: str) -> str:
        """The text as people count it; raise ApiError for one that is empty or too long."""
        # Browsers send line breaks of a form as two characters; people count one.
        text = text.replace("\r\n", "\n")
        limit = self._settings.chat_limit
        over = len(text) - limit
        if over > 0:
            raise fault("message_too_long", "text", over=over, limit=limit)
        if not admit(text).text.strip():
            raise fault("empty_message", "text")
        return text

    async def exchange(
        self,
        conversation: Conversation,
        text: str,
        key: str,
        now: dt.datetime,
        client: str,
        lock: Lock,
    ) -> Exchange:
        """Store a message and answer it; one that was sent before is answered as it was.

        ``lock`` is the conversation's. Raise LockLost when the answer is another process's to give.
        """
        # A client may have made the key of anything, a personal number too: a hash does as well.
        kept_key = hashlib.sha256(f"{conversation.id}\0{key}".encode()).hexdigest()
        seen = await in_thread(self._talks.look, conversation.id, kept_key)
        if seen.known is not None and seen.replies:
            _refuse_another(seen.known, text)
            replies = await self._after(conversation, seen.known, seen.replies, now, client)
            return seen.known, replies
        read = await self._read(conversation, text, seen, now)
        message = seen.known or await self._heard(conversation, read, kept_key, now)
        if message.text != read.admitted.text:
            raise fault("key_reused", "key")
        return message, await self._answer(conversation, message, read, now, client, lock)

    async def _heard(
        self, conversation: Conversation, read: _Read, kept_key: str, now: dt.datetime
    ) -> Message:
        """The message as it is kept."""
        hear = partial(self._talks.hear, body=read.body, key=kept_key, now=utc(now))
        stored = await in_thread(hear, conversation.id, read.admitted.text)
        if stored.is_new:
            self._counters.add_message(conversation.municipality, conversation.channel, now)
            self._desk.wake_at(conversation.id, conversation.municipality)
        return stored.message

    async def _read(
        self, conversation: Conversation, text: str, seen: Seen, now: dt.datetime
    ) -> _Read:
        """What may be stored of a message; raise ApiError where it can't be answered."""
        metadata, admitted = metadata_of(conversation, now), admit(text)
        if seen.talking or (seen.known is not None and is_for_agent(seen.known)):
            return _Read(admitted, _masked(admitted), metadata)
        refuse_when_closed(conversation, admitted, metadata)
        if seen.length > MOST_MESSAGES:
            refuse_when_full(admitted, metadata)
        language, municipality = conversation.language, conversation.municipality
        heard = await self._form.before(conversation.id, municipality, text, now, language)
        metadata.update(heard.metadata)
        if heard.text == text:
            return _Read(admitted, _masked(admitted), metadata)
        admitted = admit(heard.text)
        return _Read(admitted, {**_masked(admitted), FORM: True}, metadata)

    async def _answer(
        self,
        conversation: Conversation,
        message: Message,
        read: _Read,
        now: dt.datetime,
        client: str,
        lock: Lock,
    ) -> list[Message]:
        began = time.perf_counter()
        if is_for_agent(message):
            told = crisis_only(conversation.id, read.admitted, read.metadata)
        else:
            told = await self._told(conversation, read, now, client)
        seconds, store = time.perf_counter() - began, self._talks.answer
        lock.check()
        replies = await in_thread(store, conversation.id, message.number, told, utc(now))
        counted = [reply.body or {} for reply in replies]
        self._counters.add_replies(conversation.municipality, counted, now, seconds)
        self._desk.wake_at(conversation.id, conversation.municipality)
        return await self._after(conversation, message, replies, now, client)

    async def _told(
        self, conversation: Conversation, read: _Read, now: dt.datetime, client: str
    ) -> list[dict[str, Any]]:
        """What the assistant says, who knows what may be offered."""
        municipality, language = conversation.municipality, conversation.language
        person = await offers.offered(self._desk, municipality, now, conversation.channel)
        assistant = self._assistant() if closed_here(municipality, language) is None else None
        metadata, seconds = {**read.metadata, "person": person}, self._settings.reply_seconds
        told = await replies_to(assistant, conversation.id, read.admitted, metadata, seconds)
        mine = conversation.id
        return await self._form.after(mine, municipality, told, now, language, mine, client=client)

    async def _after(
        self,
        conversation: Conversation,
        message: Message,
        replies: list[Message],
        now: dt.datetime,
        client: str,
    ) -> list[Message]:
        """The replies with the queue's notice, where the citizen has chosen to wait."""
        wishes = [c for c in map(_custom, replies) if c.get("action") == CHAT]
        if not wishes or any(reply.sender == "notice" for reply in replies):
            return replies
        number, join = message.number, self._desk.join
        try:
            await self._limits.check("join", client)
            await join(conversation, now, reason=wishes[0].get("reason"), in_reply_to=number)
        except ApiError as refused:
            # It closed between the offer and the choice: told with the ways that are left.
            language = text_language(conversation.language or "sv")
            told = Notice(refused.text(language), language)
            await in_thread(self._talks.tell, conversation.id, told, number, utc(now))
            self._desk.wake_at(conversation.id, conversation.municipality)
        return await in_thread(self._store.replies_to, conversation.id, number)


def _refuse_another(known: Message, text: str) -> None:
    """Raise ApiError when the key was another message's; a token can't be compared."""
    is_token = bool((known.body or {}).get(FORM))
    if not is_token and known.text != admit(text).text:
        raise fault("key_reused", "key")


def _masked(admitted: Admitted) -> dict[str, Any]:
    return {"masked": list(admitted.masked)} if admitted.masked else {}


def _custom(message: Message) -> Mapping[str, Any]:
    return (message.body or {}).get("custom") or {}
