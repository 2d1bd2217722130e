"""Counters by day: how much is asked and answered, and nothing of what was said."""

from __future__ import annotations

from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from api.storage.tables import counters


def insert_into(table: sa.Table, connection: Connection) -> sqlite.Insert | postgresql.Insert:
    """An insert that may say what to do with a row that is there; each database has its own."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name].insert(table)


def add_to(connection: Connection, day: date, municipality: str, name: str, by: int) -> None:
    """Add to a counter; the database adds, so that two at once are both counted."""
    insert = insert_into(counters, connection).values(
        day=day, municipality=municipality, name=name, value=by
    )
    connection.execute(
        insert.on_conflict_do_update(
            index_elements=[c.name for c in counters.primary_key],
            set_={"value": counters.c.value + insert.excluded.value},
        )
    )


def since(connection: Connection, day: date) -> list[tuple[date, str, str, int]]:
    """Every counter from this day on, in order."""
    chosen = sa.select(counters).where(counters.c.day >= day).order_by(*counters.primary_key)
    return [(r.day, r.municipality, r.name, r.value) for r in connection.execute(chosen)]
