"""What is known of the desks: who is there, who waits, what was opened or closed for today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from api.clock import so_long_before
from api.handoff import offers
from api.handoff.records import Agent, DeskStatus, Handoff, Presence
from api.handoff.standing import Standing, handoff_view
from api.handoff.status import desk_status
from api.schemas_handoff import HandoffView
from api.services.threads import in_thread
from api.settings import Settings
from api.storage import desk_presence, handoffs
from api.storage.desk_presence import Opening
from api.storage.records import Conversation
from api.storage.store import Store


class DeskState:
    """Read by everybody, and set by those who are at the desk."""

    def __init__(self, settings: Settings, store: Store) -> None:
        self.settings = settings
        self._store = store
        self._gone = dt.timedelta(seconds=settings.desk.agent_gone_seconds)
        # Who was away for as long as ends a session may not mean to be here when they come back.
        self._idle = dt.timedelta(minutes=settings.desk.idle_minutes)

    async def status(
        self, municipality: str, now: dt.datetime, *, with_wait: bool = True
    ) -> DeskStatus:
        """Whether somebody can chat now, and how long it takes."""

        def read() -> DeskStatus:
            with self._store.desk.connect() as connection:
                return desk_status(connection, municipality, now, self._gone, with_wait=with_wait)

        return await in_thread(read)

    async def agents(self, municipality: str, now: dt.datetime) -> list[Agent]:
        """Everybody who may talk for it, and whether they are there."""

        def read() -> list[Agent]:
            with self._store.desk.connect() as connection:
                return desk_presence.agents(
                    connection, municipality, so_long_before(now, self._gone)
                )

        return await in_thread(read)

    async def view(self, conversation: Conversation, now: dt.datetime) -> HandoffView:
        """Where the citizen stands."""
        municipality = conversation.municipality

        def read() -> Standing:
            with self._store.desk.connect() as connection:
                found = handoffs.newest(connection, conversation.id)
                place = handoffs.place(connection, found) if found else 0
                status = desk_status(connection, municipality, now, self._gone)
            return Standing(found, place, status, offers.offer(self.settings, municipality, status))

        standing = await in_thread(read)
        written = standing.handoff.language if standing.handoff else None
        return handoff_view(municipality, standing, now, conversation.language or written)

    async def talking(self, conversation_id: str) -> Handoff | None:
        """The handoff in which a person has the conversation now."""
        found = await self.newest(conversation_id)
        return found if found is not None and found.state == "talking" else None

    async def newest(self, conversation_id: str) -> Handoff | None:
        """The handoff that a conversation is in, else the last that it was in."""

        def read() -> Handoff | None:
            with self._store.desk.connect() as connection:
                return handoffs.newest(connection, conversation_id)

        return await in_thread(read)

    async def waiting(self, municipalities: Collection[str]) -> list[Handoff]:
        """Those that have not ended, oldest first: who waits and who talks."""

        def read() -> list[Handoff]:
            with self._store.desk.connect() as connection:
                return handoffs.listed(connection, municipalities)

        return await in_thread(read)

    async def find(self, handoff_id: str) -> Handoff | None:
        """The one with this id."""

        def read() -> Handoff | None:
            with self._store.desk.connect() as connection:
                return handoffs.find(connection, handoff_id)

        return await in_thread(read)

    async def version(self, municipalities: Collection[str], now: dt.datetime) -> str:
        """Another text when anything at these desks has changed, also by another process."""

        def read() -> str:
            with self._store.desk.connect() as connection:
                queue = handoffs.stamp(connection, municipalities)
                people = desk_presence.stamp(
                    connection, municipalities, so_long_before(now, self._gone)
                )
                return f"{queue} {people}"

        return await in_thread(read)

    async def presence(self, staff_id: str, now: dt.datetime) -> Presence:
        """What somebody has set for themselves: here, break or away."""

        def read() -> Presence:
            with self._store.desk.connect() as connection:
                return desk_presence.state_of(connection, staff_id, so_long_before(now, self._idle))

        return await in_thread(read)

    async def set_presence(self, staff_id: str, state: Presence, now: dt.datetime) -> None:
        """Here, on a break or away; it counts while their page is open."""

        def write() -> None:
            with self._store.desk.begin() as connection:
                desk_presence.set_state(connection, staff_id, state, now)

        await in_thread(write)

    async def seen(self, staff_id: str, now: dt.datetime) -> None:
        """Their page of the desk is open."""

        def write() -> None:
            with self._store.desk.begin() as connection:
                desk_presence.seen(connection, staff_id, now, so_long_before(now, self._idle))

        await in_thread(write)

    async def set_opening(
        self,
        municipality: str,
        now: dt.datetime,
        open_until: dt.datetime | None = None,
        closed_until: dt.datetime | None = None,
    ) -> None:
        """Open longer than the hours, or close; with neither, the hours alone count again."""
        new = Opening(open_until, closed_until)

        def write() -> None:
            with self._store.desk.begin() as connection:
                desk_presence.set_opening(connection, municipality, new)

        await in_thread(write)

    async def citizen_seen(self, conversation_id: str, now: dt.datetime) -> None:
        """Somebody has the conversation open."""

        def write() -> None:
            with self._store.desk.begin() as connection:
                handoffs.touch(connection, conversation_id, citizen_seen_at=now)

        await in_thread(write)
