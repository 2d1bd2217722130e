"""Tell an open desk that something changed: what to read anew, never what it says.

The database is read again after each wake-up and every few seconds, so changes of other processes
come too. Session and roles are looked at each time: who was signed out or lost a role hears no
more.

An open stream is no sign that somebody is there: when a laptop is closed, a server may go on
writing to it for a quarter of an hour. So the queue is told as changed every few seconds, and who
reads it then is there.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import AsyncIterator, Callable, Collection
from contextlib import ExitStack
from dataclasses import dataclass, field
from typing import Final, Literal

import anyio

from api.handoff.desk import Desk
from api.handoff.records import Handoff
from api.services.desk_views import CITIZEN_HERE, known
from api.services.live import Live, desk_of, first_of
from api.services.threads import in_thread
from api.staff.records import Session
from api.staff.sessions import Sessions
from api.storage import desk_reading
from api.storage.store import Store

ASKED_EVERY: Final = 20.0
"""Seconds between two signs of life that are asked for, or less where agents are gone sooner."""

What = Literal["queue", "callbacks", "handoff"]


@dataclass(frozen=True, slots=True)
class Change:
    """Something to read anew; ``handoff`` is the id of the chat that it is about."""

    what: What
    handoff: str | None = None


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands in the database, in so far as a change of it is to be told."""

    queue: object = None
    callbacks: object = None
    handoffs: dict[str, object] = field(default_factory=dict)
    mine: frozenset[str] = frozenset()


class DeskEvents:
    """Streams of changes for staff."""

    def __init__(
        self, live: Live, desk: Desk, store: Store, sessions: Sessions, gone_seconds: int
    ) -> None:
        self._live, self._desk, self._store, self._sessions = live, desk, store, sessions
        # Well within the time after which somebody counts as gone.
        self._asked_every = min(ASKED_EVERY, gone_seconds / 3)

    def room(self, session: Session) -> None:
        """Refuse one tab too many."""
        self._live.room(_own(session), _own(session))

    async def changes(
        self, session: Session, clock: Callable[[], dt.datetime], ending: anyio.Event
    ) -> AsyncIterator[Change]:
        """All there is, then what changes, until the session or a role ends, or all ends."""
        told = Marks()
        with ExitStack() as stack:
            woken = stack.enter_context(self._live.following(_own(session), _own(session)))
            stack.enter_context(self._live.also(woken, *_desks(session)))
            while not ending.is_set():
                # Cleared before reading: what is stored meanwhile wakes anew.
                woken.clear()
                now = clock()
                if not await self._still_holds(session, now):
                    return
                marks = await self._marks(session, now)
                for change in _differences(told, marks):
                    yield change
                told = marks
                await first_of(woken, ending)

    async def _still_holds(self, session: Session, now: dt.datetime) -> bool:
        current = await self._sessions.current(session.id_hash, now)
        return current is not None and current.staff.roles == session.staff.roles

    async def _marks(self, session: Session, now: dt.datetime) -> Marks:
        staff = session.staff
        watched = known(staff.municipalities("agent", "admin"))
        handoffs = await self._desk.waiting(watched)
        talked = [h.conversation_id for h in handoffs]
        newest = await in_thread(desk_reading.newest, self._store.texts, talked)
        callbacks = await in_thread(self._callbacks, known(staff.municipalities("agent")))
        rows = {h.id: _mark(h, now) for h in handoffs}
        return Marks(
            # With the time: hours begin and end without anybody doing anything, too.
            queue=(rows, callbacks, await self._desk.version(watched, now), self._turn(now)),
            callbacks=callbacks,
            handoffs={h.id: (rows[h.id], newest.get(h.conversation_id)) for h in handoffs},
            mine=frozenset(h.id for h in handoffs if h.claimed_by == staff.id),
        )

    def _turn(self, now: dt.datetime) -> int:
        return int(now.timestamp() // self._asked_every)

    def _callbacks(self, municipalities: Collection[str]) -> list[str]:
        with self._store.desk.connect() as connection:
            return desk_reading.callback_marks(connection, municipalities)


def _mark(handoff: Handoff, now: dt.datetime) -> object:
    """What a row shows that can change."""
    here = now - handoff.citizen_seen_at <= CITIZEN_HERE
    kept = (handoff.state, handoff.claimed_by, handoff.wanted_by, handoff.unit, handoff.danger)
    return (*kept, handoff.changed_at, here)


def _differences(told: Marks, now: Marks) -> list[Change]:
    """What to read anew. At first that is everything, and of the chats one's own."""
    changes = []
    if told.queue != now.queue:
        changes.append(Change("queue"))
    if told.callbacks != now.callbacks:
        changes.append(Change("callbacks"))
    asked = told.handoffs.keys() | (now.handoffs.keys() if told.queue else now.mine)
    differing = [h for h in asked if told.handoffs.get(h) != now.handoffs.get(h)]
    return changes + [Change("handoff", h) for h in sorted(differing)]


def _own(session: Session) -> str:
    return f"staff:{session.staff.id}"


def _desks(session: Session) -> list[str]:
    return [desk_of(m) for m in sorted(session.staff.municipalities("agent", "admin"))]
