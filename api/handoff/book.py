"""The book of the desk: every change to the queue, each a transaction of its own. Methods block.

A change first holds the conversation, as everybody does who adds to it: so what is said and what
happens come one after the other, also in several processes. Then the row is changed only in the
state that was seen. Who comes second is refused and told who was first.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy.exc import IntegrityError

from api.errors import ApiError
from api.faults import fault
from api.handoff.machine import ENDED, Event, NotPossible, next_state
from api.handoff.records import Handoff
from api.handoff.subjects import language_of, speaks_of_danger, subject_of
from api.handoff.telling import Held, Teller
from api.settings import Settings
from api.staff.records import Staff
from api.storage import handoffs, reading, writing
from api.storage.records import Conversation, Gone, Message
from api.storage.store import Store
from api.storage.tables import messages
from bot.knowledge.handoff import load_plans

NOBODY = "Någon annan"
"""Stands for an agent whose account is gone."""


class Book:
    """What happens to handoffs. Raises ApiError."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self._store, self._teller = store, Teller(settings)

    def join(
        self,
        conversation: Conversation,
        now: dt.datetime,
        subject: str | None,
        reason: str | None,
        in_reply_to: int | None,
    ) -> tuple[Handoff, bool]:
        """Put a conversation in the queue; whether it is new there."""
        try:
            with self._store.desk.with_texts() as (desk, texts):
                writing.change(texts, conversation.id, updated_at=now)
                there = handoffs.active(desk, conversation.id)
                if there is not None:
                    handoffs.touch(desk, conversation.id, citizen_seen_at=now)
                    return there, False
                said = reading.messages(texts, conversation.id)
                language = conversation.language or language_of(said)
                self._teller.refuse_when_closed(desk, conversation.municipality, now, language)
                subject = subject or subject_of(said)
                new = _new(conversation, now, language, subject, reason)
                new = replace(new, danger=speaks_of_danger(said))
                handoffs.add(desk, new)
                held = Held(desk, texts, new)
                self._teller.tell(held, "join", new, now, in_reply_to=in_reply_to)
                return new, True
        except Gone:
            raise fault("unknown_conversation") from None
        except IntegrityError:
            # Conversations in memory and a shared database: another tab was faster.
            with self._store.desk.connect() as connection:
                there = handoffs.active(connection, conversation.id)
            if there is None:
                raise
            return there, False

    def happen(
        self,
        event: Event,
        handoff_id: str,
        now: dt.datetime,
        *,
        by: Staff | None = None,
        colleague: Staff | None = None,
        **values: Any,
    ) -> Handoff:
        """Let the event happen to it, and tell the citizen. ``by`` has to be who talks."""
        with self._held(handoff_id, now) as held:
            before = held.handoff
            try:
                state = next_state(before.state, event)
            except NotPossible:
                raise _not_possible(before) from None
            if by is not None and before.claimed_by != by.id:
                raise _not_possible(before)
            values = {"state": state, "changed_at": now, **values}
            if state == "waiting" and event != "long_wait":
                values.update(claimed_by=None, claimed_at=None)
            if state in ENDED:
                values["ended_at"] = now
            return self._changed(held, event, values, now, colleague)

    def claim(self, handoff_id: str, staff: Staff, now: dt.datetime) -> tuple[Handoff, bool]:
        """Take the conversation; whether that is new. The second of two is told who was first."""
        with self._held(handoff_id, now) as held:
            before = held.handoff
            if before.state == "talking":
                if before.claimed_by == staff.id:
                    return before, False
                raise fault("already_claimed", name=before.claimed_name or NOBODY)
            try:
                state = next_state(before.state, "claim")
            except NotPossible:
                raise _not_possible(before) from None
            waited = before.waited_seconds
            if waited is None:
                waited = max(0, int((now - before.created_at).total_seconds()))
            values = {
                "state": state,
                "claimed_by": staff.id,
                "claimed_at": now,
                "wanted_by": None,
                "waited_seconds": waited,
                "changed_at": now,
            }
            return self._changed(held, "claim", values, now), True

    def reply(
        self, handoff_id: str, staff: Staff, message: Message, now: dt.datetime
    ) -> tuple[Message, bool]:
        """Store what an agent says, once for its key; whether that is new."""
        with self._held(handoff_id, now) as held:
            mine = held.handoff.conversation_id
            same = reading.messages(held.texts, mine, messages.c.key == message.key)
            if same:
                if same[0].text != message.text:
                    raise fault("key_reused", "key")
                return same[0], False
            if held.handoff.state != "talking" or held.handoff.claimed_by != staff.id:
                raise _not_possible(held.handoff)
            stored = writing.add_message(held.texts, mine, message, now)
            handoffs.touch(held.desk, mine, changed_at=now)
            return stored, True

    def erased(self, conversation_id: str, now: dt.datetime) -> Handoff | None:
        """The conversation is gone: end what it was in, and keep nothing that tells of it."""
        with self._store.desk.begin() as desk:
            there = handoffs.active(desk, conversation_id)
            if there is not None:
                state = next_state(there.state, "erased")
                values = {"state": state, "ended_at": now, "changed_at": now}
                handoffs.change(desk, there.id, there.state, **values)
            handoffs.forget(desk, conversation_id)
        return there

    @contextmanager
    def _held(self, handoff_id: str, now: dt.datetime) -> Iterator[Held]:
        with self._store.desk.connect() as connection:
            found = handoffs.find(connection, handoff_id)
        if found is None:
            raise fault("unknown_handoff")
        try:
            with self._store.desk.with_texts() as (desk, texts):
                writing.change(texts, found.conversation_id, updated_at=now)
                current = handoffs.find(desk, handoff_id)
                if current is None:
                    raise Gone("the handoff is purged")
                yield Held(desk, texts, current)
        except Gone:
            raise fault("unknown_handoff") from None

    def _changed(
        self,
        held: Held,
        event: Event,
        values: dict[str, Any],
        now: dt.datetime,
        colleague: Staff | None = None,
    ) -> Handoff:
        before = held.handoff
        done = handoffs.change(held.desk, before.id, before.state, **values)
        after = handoffs.find(held.desk, before.id)
        if not done or after is None:
            raise _not_possible(after or before)
        self._teller.tell(held, event, after, now, colleague.name if colleague else None)
        return after


def _new(
    conversation: Conversation,
    now: dt.datetime,
    language: str | None,
    subject: str | None,
    reason: str | None,
) -> Handoff:
    return Handoff(
        id=secrets.token_urlsafe(16),
        conversation_id=conversation.id,
        municipality=conversation.municipality,
        unit=load_plans()[conversation.municipality].unit,
        state="waiting",
        subject=subject,
        reason=reason,
        language=language,
        channel=conversation.channel,
        danger=False,
        created_at=now,
        changed_at=now,
        citizen_seen_at=now,
    )


def _not_possible(found: Handoff) -> ApiError:
    """Who tried is told who has it now, or that it is over."""
    if found.state == "talking":
        return fault("not_your_chat", name=found.claimed_name or NOBODY)
    return fault("handoff_ended")
