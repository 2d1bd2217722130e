"""Counters by day: how much is asked and answered, and nothing of what was said."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.engine import Connection

from api.storage.tables import counters

Key = tuple[date, str, str]
"""Day, municipality and name of a counter."""

_KEY = ["day", "municipality", "name"]


def insert_into(table: sa.Table, connection: Connection) -> sqlite.Insert | postgresql.Insert:
    """An insert that may say what to do with a row that is there; each database has its own."""
    return {"sqlite": sqlite, "postgresql": postgresql}[connection.dialect.name].insert(table)


def add(connection: Connection, counts: Mapping[Key, int]) -> None:
    """Add to counters; the database adds, so that two processes at once are both counted."""
    # In order: two that add to the same ones never wait for each other in a ring.
    rows = [{**dict(zip(_KEY, key, strict=True)), "value": counts[key]} for key in sorted(counts)]
    if not rows:
        return
    insert = insert_into(counters, connection)
    summed = insert.on_conflict_do_update(
        index_elements=_KEY, set_={"value": counters.c.value + insert.excluded.value}
    )
    connection.execute(summed, rows)


def since(connection: Connection, day: date) -> list[tuple[date, str, str, int]]:
    """Every counter from this day on, in order."""
    chosen = sa.select(counters).where(counters.c.day >= day).order_by(*counters.primary_key)
    return [(r.day, r.municipality, r.name, r.value) for r in connection.execute(chosen)]


def totals(connection: Connection, day: date, starts: Iterable[str]) -> list[tuple[str, int]]:
    """Sums by name, over all municipalities, of the counters whose names start so."""
    named = sa.or_(*(counters.c.name.startswith(start, autoescape=True) for start in starts))
    summed = (
        sa.select(counters.c.name, sa.func.sum(counters.c.value).label("value"))
        .where(counters.c.day >= day, named)
        .group_by(counters.c.name)
        .order_by(counters.c.name)
    )
    return [(row.name, int(row.value)) for row in connection.execute(summed)]


def of_municipality(
    connection: Connection, municipality: str, first: date, last: date
) -> list[tuple[date, str, int]]:
    """Day, name and value of one municipality's counters in these days, in order."""
    mine = sa.and_(
        counters.c.municipality == municipality,
        counters.c.day >= first,
        counters.c.day <= last,
    )
    chosen = sa.select(counters).where(mine).order_by(counters.c.day, counters.c.name)
    return [(row.day, row.name, row.value) for row in connection.execute(chosen)]
