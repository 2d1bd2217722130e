"""Note in the audit log what staff see and do: who, when, which object, no personal data."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Final

from api.clock import so_long_before
from api.services.threads import in_thread
from api.staff.records import Staff
from api.storage import audit, desk_reading
from api.storage.desk_store import DeskStore

SAME_READING: Final = dt.timedelta(minutes=10)
"""A page that is open is read anew at each message. Within this time it is one reading."""


class DeskAudit:
    """The audit log as the desk's routes write it."""

    def __init__(self, store: DeskStore) -> None:
        self._store = store

    async def did(
        self, staff: Staff, municipality: str, action: str, subject: str, now: dt.datetime
    ) -> None:
        """Somebody did something."""
        await in_thread(audit.write, self._store, now, staff, municipality, action, subject)

    async def saw(
        self, staff: Staff, action: str, subjects: Mapping[str, str], now: dt.datetime
    ) -> None:
        """Somebody is about to see these objects: their ids, each with its municipality.

        Call it before they are shown: what can't be noted is not shown.
        """
        if subjects:
            await in_thread(self._saw, staff, action, subjects, now)

    def _saw(
        self, staff: Staff, action: str, subjects: Mapping[str, str], now: dt.datetime
    ) -> None:
        with self._store.connect() as connection:
            known = desk_reading.noted(
                connection, staff.id, action, subjects, so_long_before(now, SAME_READING)
            )
        new = _without(subjects, known)
        if not new:
            return
        with self._store.begin() as connection:
            for subject, municipality in new:
                audit.write(connection, now, staff, municipality, action, subject)


def _without(subjects: Mapping[str, str], known: Iterable[str]) -> list[tuple[str, str]]:
    seen = frozenset(known)
    return [(subject, where) for subject, where in subjects.items() if subject not in seen]
