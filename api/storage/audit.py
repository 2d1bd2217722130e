"""The audit log: who of the staff saw and did what, and when.

An entry holds ids and receipts, never a citizen's name or words. One without a municipality is
for the operator: nobody sees it at the desk, since it may concern another municipality's staff.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.storage.desk_store import DeskStore
from api.storage.tables_desk import audit

MOST = 200
"""Entries that are read at a time, whatever is asked for."""


class Actor(Protocol):
    """Somebody of the staff, as the log needs to know them."""

    @property
    def id(self) -> str:
        """The id of the account."""

    @property
    def name(self) -> str:
        """The name that colleagues know."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log. The name is the one that the person had then.

    ``id`` is its place among the lines that were asked for. The database's own number would tell
    by its gaps how much is done in other municipalities.
    """

    id: int
    at: datetime
    staff_id: str | None
    staff_name: str | None
    municipality: str | None
    action: str
    object: str | None


def write(
    where: Connection | DeskStore,
    at: datetime,
    staff: Actor | None,
    municipality: str | None,
    action: str,
    subject: str | None = None,
) -> None:
    """Add a line: within the caller's transaction, or in one of its own.

    ``subject`` is what it was done to: the id of a handoff, a callback's receipt.
    """
    if isinstance(where, DeskStore):
        with where.begin() as connection:
            write(connection, at, staff, municipality, action, subject)
        return
    where.execute(
        audit.insert().values(
            at=at,
            staff_id=staff.id if staff else None,
            staff_name=staff.name if staff else None,
            municipality=municipality,
            action=action,
            object=subject,
        )
    )


def read(
    connection: Connection,
    municipalities: Collection[str],
    before: int | None = None,
    limit: int = 50,
) -> list[Entry]:
    """The newest lines of these municipalities, or those older than the one with an id."""
    place = sa.func.row_number().over(order_by=audit.c.id).label("id")
    columns = [c for c in audit.c if c is not audit.c.id]
    own = sa.select(place, *columns).where(audit.c.municipality.in_(municipalities)).subquery()
    chosen = sa.select(own).order_by(own.c.id.desc()).limit(min(limit, MOST))
    if before is not None:
        chosen = chosen.where(own.c.id < before)
    return [Entry(**row) for row in connection.execute(chosen).mappings()]


def purge(connection: Connection, before: datetime) -> int:
    """Delete the lines from before a moment; how many."""
    return int(connection.execute(audit.delete().where(audit.c.at < before)).rowcount)
