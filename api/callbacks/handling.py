"""What the desk does with callbacks. The router checks roles and writes the audit log."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection
from typing import Any

from api.callbacks.records import MOST_ATTEMPTS, OPEN, TAKEN, WAITING, Callback, State
from api.callbacks.times import next_slot
from api.clock import utc
from api.faults import fault
from api.services.counters import Counters
from api.services.live import Live, desk_of
from api.services.threads import in_thread
from api.staff.records import Staff
from api.storage import callbacks as table
from api.storage.desk_store import DeskStore
from bot.knowledge.handoff import load_plans


class Handling:
    """The half of the service that staff use. All raise ApiError."""

    def __init__(self, desk: DeskStore, live: Live, counters: Counters) -> None:
        self._desk, self._live, self._counters = desk, live, counters

    async def list_for(
        self, municipalities: Collection[str], states: Collection[State] | None = None
    ) -> list[Callback]:
        """Callbacks of these municipalities, earliest due first; None: those not ended."""

        def read() -> list[Callback]:
            with self._desk.connect() as connection:
                return table.listed(connection, municipalities, OPEN if states is None else states)

        return await in_thread(read)

    async def look(self, receipt: str) -> Callback | None:
        """One callback, whoever's it is."""
        kept = await in_thread(self._find, receipt)
        return kept.callback if kept else None

    async def due(self, municipalities: Collection[str], now: dt.datetime) -> int:
        """How many are to be called now, or should have been."""

        def read() -> int:
            with self._desk.connect() as connection:
                return table.count_due(connection, municipalities, utc(now))

        return await in_thread(read)

    async def take(self, receipt: str, staff: Staff, now: dt.datetime) -> Callback:
        """waiting -> taken; 409 callback_taken names who was first."""
        values: dict[str, Any] = {"state": "taken", "taken_by": staff.id}
        changed = await self._change(receipt, WAITING, None, now, **values)
        if changed is not None:
            self._changed(changed, "taken", now)
            return changed
        kept = await self._open(receipt)
        if kept.taken_by != staff.id:
            raise await self._taken(kept)
        return kept

    async def done(self, receipt: str, staff: Staff, now: dt.datetime) -> Callback:
        """taken by ``staff`` -> done."""
        values: dict[str, Any] = {"state": "done", "ended_at": utc(now)}
        return await self._mine(receipt, staff, now, "done", **values)

    async def unreachable(self, receipt: str, staff: Staff, now: dt.datetime) -> Callback:
        """taken -> waiting, due at the next opening; the third time -> unreachable."""
        kept = await self._open(receipt)
        attempts = kept.attempts + 1
        values: dict[str, Any] = {"state": "unreachable", "ended_at": utc(now)}
        if attempts < MOST_ATTEMPTS:
            slot = next_slot(load_plans()[kept.municipality], now)
            due = {"due_from": utc(slot.start), "due_to": utc(slot.end)} if slot else {}
            values = {"state": "waiting", "taken_by": None, **due}
        return await self._mine(receipt, staff, now, "not_reached", attempts=attempts, **values)

    async def release(self, receipt: str, staff: Staff, now: dt.datetime) -> Callback:
        """taken -> waiting, as it was. A colleague's too: whoever took it may have gone home."""
        values: dict[str, Any] = {"state": "waiting", "taken_by": None}
        changed = await self._change(receipt, TAKEN, None, now, **values)
        if changed is None:
            return await self._open(receipt)
        self._changed(changed, "released", now)
        return changed

    async def _mine(
        self, receipt: str, staff: Staff, now: dt.datetime, event: str, **values: Any
    ) -> Callback:
        """Change one that this person has taken."""
        changed = await self._change(receipt, TAKEN, staff.id, now, **values)
        if changed is not None:
            self._changed(changed, event, now)
            return changed
        kept = await self._open(receipt)
        raise await self._taken(kept) if kept.state == "taken" else fault("callback_not_taken")

    async def _change(
        self,
        receipt: str,
        expected: Collection[State],
        by: str | None,
        now: dt.datetime,
        **values: Any,
    ) -> Callback | None:
        def change() -> Callback | None:
            with self._desk.begin() as connection:
                return table.change(
                    connection, receipt, expected, by, changed_at=utc(now), **values
                )

        return await in_thread(change)

    async def _open(self, receipt: str) -> Callback:
        """One that has not ended."""
        kept = await self.look(receipt)
        if kept is None:
            raise fault("unknown_callback")
        if kept.state not in OPEN:
            raise fault("callback_ended")
        return kept

    async def _taken(self, callback: Callback) -> Exception:
        def read() -> str | None:
            with self._desk.connect() as connection:
                return table.colleague(connection, callback.taken_by)

        return fault("callback_taken", name=await in_thread(read) or "En kollega")

    def _find(self, receipt: str) -> table.Kept | None:
        with self._desk.connect() as connection:
            return table.find(connection, receipt)

    def _changed(self, callback: Callback, event: str, now: dt.datetime) -> None:
        """Count it, and wake those at the desk."""
        self._counters.add(callback.municipality, f"callback.{event}", now)
        self._live.wake(desk_of(callback.municipality))
