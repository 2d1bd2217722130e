"""The desk's lists: callbacks, the audit log, mail that could not be sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from typing import Final

from api.callbacks.records import Callback, State
from api.callbacks.service import Callbacks
from api.callbacks.texts import time_of
from api.schemas_desk import AuditEntry, AuditView, DeskCallback, FailedMail
from api.services.desk_views import STAFF_LANGUAGE, person_view, unit_name
from api.services.links import phone_href
from api.services.threads import in_thread
from api.storage import audit, desk_reading, outbox
from api.storage.audit import Entry
from api.storage.desk_store import DeskStore
from api.storage.outbox import Failed
from bot.knowledge.loader import load_knowledge

PAGE: Final = 50
"""Entries of the audit log that are shown at a time."""


class DeskLists:
    """Reads for the desk. The municipalities were found to be the person's own already."""

    def __init__(self, store: DeskStore, callbacks: Callbacks) -> None:
        self._store, self._callbacks = store, callbacks

    async def callbacks(
        self, municipalities: Collection[str], states: Collection[State] | None
    ) -> list[Callback]:
        """Who wants to be called, the earliest due first."""
        return await self._callbacks.list_for(municipalities, states)

    async def callback_views(
        self, callbacks: Sequence[Callback], now: dt.datetime
    ) -> list[DeskCallback]:
        """The callbacks as they are shown, with the names of who took them."""
        takers = {c.taken_by for c in callbacks if c.taken_by}
        names = await in_thread(self._names, takers)
        return [callback_view(c, names, now) for c in callbacks]

    async def callback(self, callback: Callback, now: dt.datetime) -> DeskCallback:
        """One of them."""
        return (await self.callback_views([callback], now))[0]

    async def audit(self, municipalities: Collection[str], before: int | None) -> AuditView:
        """Who saw and did what, newest first."""
        entries = await in_thread(self._audit, municipalities, before)
        return AuditView(
            entries=[audit_view(e) for e in entries],
            before=entries[-1].id if len(entries) == PAGE else None,
        )

    async def failed_mail(self, municipalities: Collection[str]) -> list[FailedMail]:
        """Mail that was given up."""
        return [mail_view(m) for m in await in_thread(self._failed, municipalities)]

    def _names(self, staff_ids: Collection[str]) -> dict[str, str]:
        with self._store.connect() as connection:
            return desk_reading.names(connection, staff_ids)

    def _audit(self, municipalities: Collection[str], before: int | None) -> list[Entry]:
        with self._store.connect() as connection:
            return audit.read(connection, municipalities, before, PAGE)

    def _failed(self, municipalities: Collection[str]) -> list[Failed]:
        with self._store.connect() as connection:
            return outbox.failed(connection, municipalities)


def callback_view(callback: Callback, names: Mapping[str, str], now: dt.datetime) -> DeskCallback:
    """Somebody who wants to be called."""
    municipality = load_knowledge().municipalities[callback.municipality]
    return DeskCallback(
        receipt=callback.receipt,
        municipality=callback.municipality,
        municipality_name=municipality.name,
        unit=callback.unit,
        unit_name=unit_name(municipality, callback.unit),
        state=callback.state,
        name=callback.name,
        phone=callback.phone,
        phone_href=phone_href(callback.phone) if callback.phone else None,
        about=callback.about,
        language=callback.language,
        due_from=callback.due_from,
        due_to=callback.due_to,
        due=time_of(callback, now, STAFF_LANGUAGE),
        overdue=callback.ended_at is None and callback.due_to < now,
        taken_by=person_view(callback.taken_by, names.get(callback.taken_by or "")),
        attempts=callback.attempts,
        created_at=callback.created_at,
    )


def audit_view(entry: Entry) -> AuditEntry:
    """One line of the audit log, with the name that the person had then."""
    return AuditEntry(
        id=entry.id,
        at=entry.at,
        staff=person_view(entry.staff_id, entry.staff_name),
        municipality=entry.municipality,
        action=entry.action,
        object=entry.object,
    )


def mail_view(mail: Failed) -> FailedMail:
    """A mail that was given up: neither its words nor who was to get it."""
    return FailedMail(
        kind=mail.kind,
        municipality=mail.municipality,
        receipt=mail.receipt,
        created_at=mail.created_at,
        failed_at=mail.failed_at,
        attempts=mail.attempts,
        problem=mail.problem,
    )
