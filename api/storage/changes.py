"""Change sets in the database."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.engine import Connection

from api.changes.records import ChangeSet, FileChange, State
from api.storage.tables_improve import change_files, change_sets

MOST = 200
"""Change sets that are listed, newest first."""


def add(connection: Connection, new: ChangeSet) -> None:
    """Keep a new one with its files."""
    row = {column.name: getattr(new, column.name) for column in change_sets.c}
    connection.execute(change_sets.insert().values({**row, "about": dict(new.about)}))
    for change in new.files:
        connection.execute(
            change_files.insert().values(
                set_id=new.id, path=change.path, before=change.before, after=change.after
            )
        )


def listed(connection: Connection, municipalities: Collection[str]) -> list[ChangeSet]:
    """Those of some municipalities, without their files, newest first."""
    mine = change_sets.c.municipality.in_(municipalities)
    chosen = sa.select(change_sets).where(mine).order_by(change_sets.c.created_at.desc())
    return [ChangeSet(**row) for row in connection.execute(chosen.limit(MOST)).mappings()]


def all_listed(connection: Connection) -> list[ChangeSet]:
    """Those of all municipalities, for the operator."""
    chosen = sa.select(change_sets).order_by(change_sets.c.created_at.desc()).limit(MOST)
    return [ChangeSet(**row) for row in connection.execute(chosen).mappings()]


def find(connection: Connection, set_id: str) -> ChangeSet | None:
    """One with its files, in the order of their paths."""
    row = (
        connection.execute(sa.select(change_sets).where(change_sets.c.id == set_id))
        .mappings()
        .first()
    )
    if row is None:
        return None
    files = connection.execute(
        sa.select(change_files.c.path, change_files.c.before, change_files.c.after)
        .where(change_files.c.set_id == set_id)
        .order_by(change_files.c.path)
    )
    return ChangeSet(**row, files=tuple(FileChange(*file) for file in files))


def set_state(connection: Connection, set_id: str, state: State, now: datetime) -> bool:
    """Whether it was waiting, and now is in this state instead."""
    waiting = sa.and_(change_sets.c.id == set_id, change_sets.c.state == "proposed")
    changed = change_sets.update().where(waiting).values(state=state, changed_at=now)
    return bool(connection.execute(changed).rowcount)
