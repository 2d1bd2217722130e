"""The desk: queue, talk and their end, for citizens and agents. Raises ApiError.

Waking is only for speed: other processes see by themselves, every few seconds, what is new.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import partial
from typing import Any

from api.errors import ApiError
from api.faults import fault
from api.handoff.book import Book
from api.handoff.machine import Event
from api.handoff.notices import first_name
from api.handoff.records import Handoff
from api.handoff.state import DeskState
from api.handoff.sweep import due, gather
from api.schemas_handoff import HandoffView
from api.services.counters import Counters
from api.services.live import Live, desk_of
from api.services.threads import in_thread
from api.settings import Settings
from api.staff.records import Staff
from api.storage.records import Conversation, Message
from api.storage.store import Store
from bot.guard.intake import admit, admit_from_staff
from bot.knowledge.handoff import load_desk_words
from bot.knowledge.loader import load_knowledge

SUBJECT = 200
"""Characters of what a citizen says that it is about."""


class Desk(DeskState):
    """All changes are one transaction each, exclusive by the state that they expect."""

    def __init__(
        self,
        settings: Settings,
        store: Store,
        live: Live,
        counters: Counters,
        since: dt.datetime | None = None,
    ) -> None:
        """Nobody is gone whom this process, which runs ``since`` then, has had no time to see."""
        super().__init__(settings, store)
        self._live, self._counters, self._since = live, counters, since
        self._book = Book(settings, store)

    # For citizens.

    async def join(
        self,
        conversation: Conversation,
        now: dt.datetime,
        subject: str | None = None,
        reason: str | None = None,
        in_reply_to: int | None = None,
    ) -> HandoffView:
        """Wait for a person; who waits already goes on waiting. 409 tells the other ways."""
        kept = admit(subject).text.strip()[:SUBJECT] if subject else None
        joined, is_new = await in_thread(
            self._book.join, conversation, now, kept or None, reason, in_reply_to
        )
        if is_new:
            self._counters.add(joined.municipality, "handoff.joined", now)
            self.wake(joined)
        return await self.view(conversation, now)

    async def leave(self, conversation: Conversation, now: dt.datetime) -> HandoffView:
        """Wait or talk no longer; who did neither is told where they stand."""
        found = await self.newest(conversation.id)
        if found is not None and found.is_active:
            await self._happen("leave", found.id, now)
        return await self.view(conversation, now)

    async def erased(self, conversation: Conversation, now: dt.datetime) -> None:
        """The conversation is gone."""
        await self._forget(conversation.id, now)

    # For agents. Roles are checked by who calls.

    async def claim(self, handoff_id: str, staff: Staff, now: dt.datetime) -> Handoff:
        """Take the conversation."""
        claimed, is_new = await in_thread(self._book.claim, handoff_id, staff, now)
        if is_new:
            self._counters.add(claimed.municipality, "handoff.claimed", now)
            waited = _bucket(claimed.waited_seconds or 0)
            self._counters.add(claimed.municipality, f"handoff.waited.{waited}", now)
            self.wake(claimed)
        return claimed

    async def reply(
        self, handoff_id: str, staff: Staff, text: str, key: str, now: dt.datetime
    ) -> Message:
        """Say something to the citizen; with a known key, give back what was said."""
        admitted = admit_from_staff(text.replace("\r\n", "\n"))
        over, limit = len(text) - self.settings.message_limit, self.settings.message_limit
        if over > 0:
            raise fault("message_too_long", "text", over=over, limit=limit)
        if not admitted.text:
            raise fault("empty_message", "text")
        body: dict[str, object] = {"agent": {"id": staff.id, "name": first_name(staff.name, None)}}
        if admitted.masked:
            body["masked"] = list(admitted.masked)
        kept_key = hashlib.sha256(f"agent\0{handoff_id}\0{key}".encode()).hexdigest()
        new = Message(0, "agent", admitted.text, body, None, kept_key, now)
        message, is_new = await in_thread(self._book.reply, handoff_id, staff, new, now)
        found = await self.find(handoff_id) if is_new else None
        if found is not None:
            self._counters.add(found.municipality, "messages.agent", now)
            self.wake(found)
        return message

    async def transfer(
        self,
        handoff_id: str,
        staff: Staff,
        now: dt.datetime,
        to_staff: Staff | None = None,
        to_unit: str | None = None,
    ) -> Handoff:
        """Put it back in the queue for a colleague, or for another unit of the municipality."""
        found = await self.find(handoff_id)
        if found is None:
            raise fault("unknown_handoff")
        values: dict[str, str | None] = {"wanted_by": to_staff.id if to_staff else None}
        if to_staff is not None and not to_staff.has("agent", found.municipality):
            raise fault("unknown_colleague", "staff")
        units = load_knowledge().municipalities[found.municipality].contacts
        if to_unit is not None:
            if to_unit not in units:
                raise fault("unknown_unit", "unit", known=", ".join(units))
            values["unit"] = to_unit
        if to_staff is None and to_unit is None:
            return await self.release(handoff_id, staff, now)
        return await self._happen(
            "transfer", handoff_id, now, by=staff, colleague=to_staff, **values
        )

    async def give_back(self, handoff_id: str, staff: Staff, now: dt.datetime) -> Handoff:
        """Let the assistant answer again."""
        return await self._happen("give_back", handoff_id, now, by=staff)

    async def release(self, handoff_id: str, staff: Staff, now: dt.datetime) -> Handoff:
        """Put it back in the queue for anybody."""
        return await self._happen("release", handoff_id, now, by=staff, wanted_by=None)

    async def close(self, handoff_id: str, staff: Staff, outcome: str, now: dt.datetime) -> Handoff:
        """End it, and keep how it ended."""
        outcomes = load_desk_words().outcomes
        if outcome not in outcomes:
            raise fault("unknown_outcome", "outcome", known=", ".join(outcomes))
        return await self._happen("close", handoff_id, now, by=staff, outcome=outcome)

    # By itself.

    def look_anew(self, now: dt.datetime) -> None:
        """The clock was set: by the new one nobody has had time to be seen."""
        self._since = now

    async def sweep(self, now: dt.datetime) -> int:
        """Let happen what has become due; how much it was."""
        there, facts = await in_thread(gather, self._store, self.settings, now, self._since)
        done = 0
        for handoff in there:
            event = due(handoff, facts)
            if event is not None:
                done += await self._let_happen(event, handoff, now)
        return done

    async def _let_happen(self, event: Event, handoff: Handoff, now: dt.datetime) -> bool:
        if event == "erased":
            return await self._forget(handoff.conversation_id, now)
        more: dict[str, Any] = {"told_long_wait": True} if event == "long_wait" else {}
        try:
            await self._happen(event, handoff.id, now, **more)
        except ApiError:
            return False  # Another process was faster, or the state is another one by now.
        return True

    def wake(self, handoff: Handoff) -> None:
        """Something happened to it, or something was said."""
        self.wake_at(handoff.conversation_id, handoff.municipality)

    def wake_at(self, conversation_id: str, municipality: str) -> None:
        """The same, for a conversation that may have none."""
        self._live.wake(conversation_id)
        self._live.wake(desk_of(municipality))

    async def _forget(self, conversation_id: str, now: dt.datetime) -> bool:
        ended = await in_thread(self._book.erased, conversation_id, now)
        if ended is not None:
            self._counters.add(ended.municipality, "handoff.left", now)
            self.wake(ended)
        return ended is not None

    async def _happen(
        self,
        event: Event,
        handoff_id: str,
        now: dt.datetime,
        by: Staff | None = None,
        colleague: Staff | None = None,
        **values: Any,
    ) -> Handoff:
        happen = partial(self._book.happen, by=by, colleague=colleague, **values)
        after = await in_thread(happen, event, handoff_id, now)
        name = after.state if after.ended_at is not None else event
        self._counters.add(after.municipality, f"handoff.{name}", now)
        self.wake(after)
        return after


def _bucket(seconds: int) -> str:
    """Waits are counted by how long they were, roughly."""
    minutes = seconds / 60
    return next((f"{most}_min" for most in (1, 5, 10, 30) if minutes <= most), "longer")
