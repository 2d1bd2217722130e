"""What is said in a conversation that may be with a person: who a message is for. Methods block.

A message is stored, and an answer of the assistant's, while the conversation is held. So it is
sure who has it: what is stored after an agent's claim is for the agent, and an answer that was
being made is dropped. Nothing is lost, since the agent sees every message; nothing is answered
twice, since a message that is an agent's is never given to the assistant again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.handoff.notices import Notice
from api.storage import handoffs, reading, writing
from api.storage.records import KeyUsed, Message
from api.storage.store import Store
from api.storage.tables import messages

FOR_AGENT = "for_agent"
"""Stands in the body of a citizen's message that a person is to answer."""


_LENGTH = sa.select(sa.func.max(messages.c.number)).where(
    messages.c.conversation_id == sa.bindparam("conversation")
)


_ANSWERS = sa.select(sa.func.count()).where(
    messages.c.conversation_id == sa.bindparam("conversation"),
    messages.c.in_reply_to == sa.bindparam("number"),
    messages.c.sender == "assistant",
)


class Stored(NamedTuple):
    """A message as it is kept, and whether it is a new one."""

    message: Message
    is_new: bool


class Seen(NamedTuple):
    """What there is before a message is taken.

    ``known`` is the message that was sent with the same key, ``replies`` what it got; ``length``
    is how many messages the conversation has.
    """

    known: Message | None
    replies: list[Message]
    talking: bool
    length: int


def is_for_agent(message: Message) -> bool:
    """Whether the assistant has nothing to do with it."""
    return bool((message.body or {}).get(FOR_AGENT))


class Talks:
    """Messages and answers, stored in the order in which things happened."""

    def __init__(self, store: Store) -> None:
        self._store = store

    def look(self, conversation_id: str, key: str) -> Seen:
        """How things are, before anything is stored."""
        with self._store.desk.connect_both() as (desk, texts):
            same = reading.messages(texts, conversation_id, messages.c.key == key)
            answers = messages.c.in_reply_to == same[0].number if same else sa.false()
            replies = reading.messages(texts, conversation_id, answers) if same else []
            length = texts.execute(_LENGTH, {"conversation": conversation_id}).scalar()
            state = handoffs.active_state(desk, conversation_id)
        return Seen(same[0] if same else None, replies, state == "talking", length or 0)

    def hear(
        self,
        conversation_id: str,
        text: str,
        body: Mapping[str, Any],
        key: str,
        now: dt.datetime,
    ) -> Stored:
        """Store what the citizen says, marked when it is for an agent; raise Gone."""
        new = Message(0, "citizen", text, dict(body) or None, None, key, now)
        try:
            with self._store.desk.with_texts() as (desk, texts):
                stored = writing.add_message(texts, conversation_id, new, now)
                state = handoffs.active_state(desk, conversation_id)
                if state is not None:
                    handoffs.touch(desk, conversation_id, changed_at=now, citizen_seen_at=now)
                if state == "talking":
                    stored = _give_to_agent(texts, conversation_id, stored)
                return Stored(stored, True)
        except KeyUsed as used:
            return Stored(used.message, False)

    def answer(
        self,
        conversation_id: str,
        number: int,
        told: Sequence[Mapping[str, Any]],
        now: dt.datetime,
    ) -> list[Message]:
        """Store the answer to a message, unless it has become an agent's; raise Gone.

        What is told in danger is stored whoever has the conversation, and the agent is shown it.
        Where another process was thought dead and its message taken over, the first answer stays.
        """
        with self._store.desk.with_texts() as (desk, texts):
            writing.change(texts, conversation_id, updated_at=now)
            if texts.execute(
                _ANSWERS, {"conversation": conversation_id, "number": number}
            ).scalar():
                replies = messages.c.in_reply_to == number
                return reading.messages(texts, conversation_id, replies)
            state = handoffs.active_state(desk, conversation_id)
            if state is not None and any(_is_crisis(reply) for reply in told):
                handoffs.touch(desk, conversation_id, changed_at=now, danger=True)
            if state == "talking":
                same = messages.c.number == number
                for message in reading.messages(texts, conversation_id, same):
                    _give_to_agent(texts, conversation_id, message)
                told = [reply for reply in told if _is_crisis(reply)]
            return [
                writing.add_held(texts, conversation_id, _reply(reply, number, now))
                for reply in told
            ]

    def tell(
        self, conversation_id: str, told: Notice, in_reply_to: int, now: dt.datetime
    ) -> Message:
        """Store a notice; raise Gone."""
        new = Message(0, "notice", told.text, told.body(), in_reply_to, None, now)
        with self._store.desk.with_texts() as (_, texts):
            return writing.add_message(texts, conversation_id, new, now)


def _is_crisis(reply: Mapping[str, Any]) -> bool:
    return (reply.get("custom") or {}).get("kind") == "crisis"


def _reply(reply: Mapping[str, Any], number: int, now: dt.datetime) -> Message:
    body = {n: part for n, part in reply.items() if n in {"buttons", "custom"}}
    return Message(0, "assistant", str(reply.get("text") or ""), body, number, None, now)


def _give_to_agent(texts: Connection, conversation_id: str, message: Message) -> Message:
    """The message, marked as one that a person is to answer."""
    mine = messages.c.conversation_id == conversation_id
    body = {**(message.body or {}), FOR_AGENT: True}
    same = mine & (messages.c.number == message.number)
    texts.execute(messages.update().where(same).values(body=body))
    return replace(message, body=body)
