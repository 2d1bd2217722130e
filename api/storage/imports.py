"""Pages that were read in, with the drafts that wait for a person.

What was found and decided is one JSON value: nothing else asks the database about it.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.storage.tables_improve import change_sets, imports

State = Literal["open", "proposed", "dropped"]

KEPT = timedelta(days=90)
"""How long drafts wait for a person after the last change."""

MOST = 100
"""Pages that are listed, newest first."""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """One page. Those that were read together share the first part of their ``id``."""

    id: str
    municipality: str
    page: str
    title: str
    source: str
    read_at: datetime
    text: str
    found: dict[str, Any]
    state: State
    created_by: str | None
    created_at: datetime
    changed_at: datetime

    @property
    def batch(self) -> str:
        """The id of the pages that were read together."""
        return self.id.rpartition("-")[0]


def add(connection: Connection, row: ImportRow) -> None:
    """Keep a page."""
    connection.execute(imports.insert().values(**{c.name: getattr(row, c.name) for c in imports.c}))


def of_batch(connection: Connection, batch: str) -> list[ImportRow]:
    """The pages that were read together, in order."""
    mine = imports.c.id.like(f"{batch}-%")
    chosen = sa.select(imports).where(mine).order_by(imports.c.id)
    return [ImportRow(**row) for row in connection.execute(chosen).mappings()]


def open_rows(connection: Connection, municipalities: Collection[str]) -> list[ImportRow]:
    """The pages that wait in some municipalities, newest first."""
    mine = imports.c.municipality.in_(municipalities) & (imports.c.state == "open")
    chosen = sa.select(imports).where(mine).order_by(imports.c.created_at.desc(), imports.c.id)
    return [ImportRow(**row) for row in connection.execute(chosen.limit(MOST)).mappings()]


def new_municipalities(connection: Connection, known: Collection[str]) -> set[str]:
    """The municipalities of waiting pages that content does not have."""
    chosen = sa.select(imports.c.municipality).where(imports.c.state == "open").distinct()
    return {str(row[0]) for row in connection.execute(chosen)} - set(known)


def change(connection: Connection, row: ImportRow, now: datetime) -> None:
    """Keep what was decided, and the state."""
    connection.execute(
        imports.update()
        .where(imports.c.id == row.id)
        .values(found=row.found, state=row.state, page=row.page, title=row.title, changed_at=now)
    )


def reopen_dropped(connection: Connection) -> None:
    """Pages wait again when the change set that was made of them was dropped."""
    chosen = sa.select(change_sets.c.id, change_sets.c.about).where(
        (change_sets.c.kind == "import") & (change_sets.c.state == "dropped")
    )
    for set_id, about in connection.execute(chosen).all():
        for row in of_batch(connection, str(about.get("import") or "-")):
            # A later change set of the same pages may wait, or have been applied.
            if row.state == "proposed" and row.found.get("change_set") == set_id:
                change(connection, replace(row, state="open"), row.changed_at)


def purge(connection: Connection, now: datetime) -> int:
    """Delete the pages that nobody has touched for as long as they are kept; how many."""
    old = imports.c.changed_at < now - KEPT
    return int(connection.execute(imports.delete().where(old)).rowcount)
