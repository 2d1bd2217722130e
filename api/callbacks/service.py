"""Callbacks: asked for by a citizen, seen and done at the desk. Raises ApiError.

Every change is one transaction, and only happens from a state that allows it.
"""

from __future__ import annotations

import datetime as dt
import hmac
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Any

from sqlalchemy.engine import Connection

from api.callbacks import texts
from api.callbacks.failing import database_needed
from api.callbacks.fields import Checked, Problems, read_wish, refusal
from api.callbacks.handling import Handling
from api.callbacks.receipts import RECEIPT, hashed, new_receipt, secret_of
from api.callbacks.records import OPEN, Asked, Callback, Slot, Times, Wish
from api.callbacks.times import slot_for, slot_id, slots_for
from api.clock import utc
from api.faults import fault
from api.services.counters import Counters
from api.services.live import Live
from api.services.municipality import find_municipality
from api.services.threads import in_thread
from api.settings import Settings
from api.storage import callbacks as table
from api.storage import outbox
from api.storage.desk_store import DeskStore
from bot.dialogue.wording import text_language
from bot.knowledge.handoff import load_plans

Offered = Callable[[str, dt.datetime], Awaitable[Mapping[str, Any]]]
"""``api.handoff.offers.offered``: what a municipality offers at a moment."""


class Callbacks(Handling):
    """One for the process: ``request.app.state.callbacks``."""

    def __init__(
        self,
        desk: DeskStore,
        settings: Settings,
        offered: Offered,
        live: Live,
        counters: Counters,
    ) -> None:
        super().__init__(desk, live, counters)
        self._settings, self._offered = settings, offered

    async def times(self, municipality: str, now: dt.datetime, language: str | None) -> Times:
        """What can be booked, and the sentence about what it is for."""
        find_municipality(municipality)
        with database_needed(municipality):
            offered = await self._offered(municipality, now)
        plan = load_plans()[municipality]
        open_times = slots_for(plan, now, text_language(language or "sv"))
        can_book = bool(offered.get("callback") and open_times)
        days = self._settings.desk.callback_days
        return Times(
            is_open=can_book,
            unit=texts.unit_of(municipality).name,
            purpose=texts.purpose("purpose_callback", municipality, days, language),
            slots=open_times if can_book else (),
        )

    async def examine(self, municipality: str, wish: Wish, now: dt.datetime) -> Checked | Problems:
        """What was understood, or what is wrong with each field; raise ApiError when closed."""
        times = await self.times(municipality, now, wish.language)
        if not times.is_open:
            told = texts.closed("callback_closed", municipality, now)
            raise fault("callback_closed", sv=told["sv"], en=told["en"])
        language = text_language(wish.language or "sv")
        return read_wish(wish, slot_for(load_plans()[municipality], wish.time, now, language))

    async def ask(
        self,
        municipality: str,
        wish: Wish,
        key: str,
        now: dt.datetime,
        draft_of: str | None = None,
    ) -> Asked:
        """Store it, with its mail to the unit; the same key gives the same receipt.

        The draft of the sender ``draft_of`` goes in the same transaction.
        """
        find_municipality(municipality)
        with database_needed(municipality):
            known = await in_thread(self._by_key, municipality, key)
        kept = known or await self._asked_anew(municipality, wish, key, now, draft_of)
        if not _same_wish(kept, wish):
            raise fault("callback_key_reused", "key")
        return Asked(
            callback=kept,
            secret=secret_of(kept.receipt, key),
            lines=texts.lines_of(kept, now),
            text=texts.booked(kept, now) if _as_booked(kept) else texts.standing(kept, now),
        )

    async def _asked_anew(
        self, municipality: str, wish: Wish, key: str, now: dt.datetime, draft_of: str | None
    ) -> Callback:
        found = await self.examine(municipality, wish, now)
        if not isinstance(found, Checked):
            raise refusal(found)
        made = _made(municipality, wish, found, now)
        with database_needed(municipality):
            kept, is_new = await in_thread(self._store, made, key, draft_of, now)
        if is_new:
            self._changed(kept, "asked", now)
        return kept

    async def find(self, receipt: str, secret: str) -> Callback:
        """The citizen's own callback; raise ApiError 404."""
        with database_needed():
            kept = await in_thread(self._find, receipt) if RECEIPT.fullmatch(receipt) else None
        same = hmac.compare_digest(hashed(secret), kept.secret_hash if kept else hashed(""))
        if kept is None or not same:
            raise fault("unknown_callback")
        return kept.callback

    async def of_conversation(self, conversation_id: str) -> list[Callback]:
        """What was asked for in a conversation, for who has its secret."""

        def read() -> list[Callback]:
            with self._desk.connect() as connection:
                return table.of_conversation(connection, conversation_id)

        return await in_thread(read)

    async def cancel(self, receipt: str, secret: str, now: dt.datetime) -> Callback:
        """Nobody is to call any more. Cancelled twice is cancelled; what was done can't be."""
        return await self.cancel_known(await self.find(receipt, secret), now)

    async def cancel_known(self, callback: Callback, now: dt.datetime) -> Callback:
        """Cancel one that its citizen has been found to own."""
        with database_needed(callback.municipality):
            cancelled = await in_thread(self._cancel, callback, now)
        if cancelled is not None:
            self._changed(cancelled, "cancelled", now)
            return cancelled
        kept = await self.look(callback.receipt)
        if kept is None:
            raise fault("unknown_callback")
        if kept.state != "cancelled":
            raise fault("callback_ended")
        return kept

    async def forget_conversation(self, conversation_id: str) -> None:
        """It was erased: no callback points to it, and a draft in it is gone."""

        def forget() -> None:
            with self._desk.begin() as connection:
                table.unlink(connection, conversation_id)
                table.delete_draft(connection, conversation_id)

        await in_thread(forget)

    def _by_key(self, municipality: str, key: str) -> Callback | None:
        with self._desk.connect() as connection:
            return table.by_key(connection, municipality, hashed(key))

    def _store(
        self, made: Callback, key: str, draft_of: str | None, now: dt.datetime
    ) -> tuple[Callback, bool]:
        """The callback as it is kept, and whether it is a new one."""
        with self._desk.begin() as connection:
            while not _added(connection, made, key):
                kept = table.by_key(connection, made.municipality, hashed(key))
                if kept is not None:
                    return kept, False
                # Somebody else's has this receipt.
                made = replace(made, receipt=new_receipt(made.municipality))
            if recipient := self._recipient(made):
                desk_url = f"{self._settings.public_url}/desk"
                outbox.put(connection, texts.callback_mail(made, recipient, desk_url), utc(now))
            if draft_of is not None:
                table.delete_draft(connection, draft_of)
        return made, True

    def _cancel(self, callback: Callback, now: dt.datetime) -> Callback | None:
        """Cancel it, and take back its mail: what may have gone out is followed by another."""
        with self._desk.begin() as connection:
            ended: dict[str, Any] = {
                "state": "cancelled",
                "ended_at": utc(now),
                "changed_at": utc(now),
            }
            changed = table.change(connection, callback.receipt, OPEN, **ended)
            recipient = self._recipient(callback)
            if changed and recipient and not outbox.withdraw(connection, callback.receipt):
                outbox.put(connection, texts.cancelled_mail(changed, recipient), utc(now))
        return changed

    def _recipient(self, callback: Callback) -> str | None:
        """Where mail about it goes, if any does."""
        email = texts.unit_of(callback.municipality, callback.unit).email
        return email if self._settings.desk.mail.is_set else None


def _added(connection: Connection, made: Callback, key: str) -> bool:
    return table.add(connection, made, hashed(secret_of(made.receipt, key)), hashed(key))


def _made(municipality: str, wish: Wish, found: Checked, now: dt.datetime) -> Callback:
    moment = utc(now)
    return Callback(
        receipt=new_receipt(municipality),
        municipality=municipality,
        unit=load_plans()[municipality].unit,
        state="waiting",
        name=found.name,
        phone=found.phone,
        about=found.about,
        language=wish.language,
        due_from=utc(found.slot.start),
        due_to=utc(found.slot.end),
        conversation_id=wish.conversation_id,
        consent_at=moment,
        created_at=moment,
        changed_at=moment,
        taken_by=None,
        attempts=0,
        ended_at=None,
    )


def _as_booked(kept: Callback) -> bool:
    return kept.state == "waiting" and kept.attempts == 0


def _same_wish(kept: Callback, wish: Wish) -> bool:
    """Whether the same was asked for: what is kept was made of what was written."""
    time = slot_id(kept.due_from, kept.due_to)
    found = read_wish(wish, Slot(time, "", kept.due_from, kept.due_to))
    if not isinstance(found, Checked):
        return False
    # Once somebody has called in vain it is due at another time.
    same_time = wish.time == time or kept.attempts > 0
    same = (found.name, found.phone, found.about) == (kept.name, kept.phone, kept.about)
    return same and same_time
