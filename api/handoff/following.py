"""News of where a citizen stands, for who follows the conversation."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

from api.clock import utc
from api.handoff.desk import Desk
from api.handoff.records import Handoff
from api.schemas_handoff import HandoffView
from api.storage.records import Conversation

Clock = Callable[[], dt.datetime]

SEEN_EVERY = dt.timedelta(seconds=20)
"""So often it is noted that the citizen has the conversation open."""


class Following:
    """What has been told to one follower. ``conversation`` may be replaced by a newer record."""

    def __init__(self, desk: Desk, conversation: Conversation, clock: Clock) -> None:
        self.conversation = conversation
        self._desk, self._clock = desk, clock
        self._told: HandoffView | None = None
        self._ended: Handoff | None = None
        self._seen: dt.datetime | None = None

    async def news(self) -> HandoffView | None:
        """The view if it is another one than was told; None without a handoff."""
        found = await self._desk.newest(self.conversation.id)
        if found is None or found == self._ended:
            return None
        now = self._clock()
        if found.is_active:
            await self._note(now)
        self._ended = None if found.is_active else found
        view = await self._desk.view(self.conversation, now)
        if view == self._told:
            return None
        self._told = view
        return view

    async def _note(self, now: dt.datetime) -> None:
        if self._seen is None or utc(now) - self._seen >= SEEN_EVERY:
            self._seen = utc(now)
            await self._desk.citizen_seen(self.conversation.id, now)
