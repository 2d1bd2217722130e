"""kill -9 in the middle of a migration, before every one of its statements: all or nothing.

The next start goes on by itself, and what was there before is there after it.
"""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.engine import Engine

from api.settings import Settings
from api.storage import migrate
from api.storage.engines import database_engine
from api.storage.migrate import alone, differences, upgrade
from api.storage.tables import metadata

pytestmark = pytest.mark.faults

KEPT = {"day": "2026-11-18", "municipality": "umea", "name": "conversations", "value": 7}
BEGINNINGS = ["", "0001", "0002"]
"""What was there before: nothing, or the tables of a version before."""


@pytest.fixture
def settings(database: str) -> Settings:
    """An empty database."""
    return Settings(database_url=database)


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """Connections of this process; a child makes its own."""
    made = database_engine(settings)
    yield made
    made.dispose()


def begin_at(engine: Engine, revision: str) -> None:
    """Empty it, and bring it to a revision with something in it."""
    with alone(engine) as connection:
        for name in sa.inspect(connection).get_table_names():
            cascade = " CASCADE" if connection.dialect.name == "postgresql" else ""
            connection.exec_driver_sql(f"DROP TABLE {name}{cascade}")
    if not revision:
        return
    with alone(engine) as connection:
        command.upgrade(migrate._config(connection), revision)
        columns = [sa.column(name) for name in KEPT]
        connection.execute(sa.table("counters", *columns).insert().values(KEPT))


def shape(engine: Engine) -> dict[str, list[str]]:
    """Every table with its columns and indexes."""
    found = sa.inspect(engine)
    return {
        name: sorted(c["name"] for c in found.get_columns(name))
        + sorted(str(i["name"]) for i in found.get_indexes(name))
        for name in found.get_table_names()
    }


def killed_at(settings: Settings, number: int) -> bool:
    """Whether a process that upgrades was killed before its statement of this number."""
    child = os.fork()
    if child:
        _, status = os.waitpid(child, 0)
        code = os.waitstatus_to_exitcode(status)
        assert code in {0, -signal.SIGKILL}
        return code != 0
    try:
        seen = 0

        def count(*_: Any) -> None:
            nonlocal seen
            seen += 1
            if seen > number:
                os.kill(os.getpid(), signal.SIGKILL)

        engine = database_engine(settings)
        sa.event.listen(engine, "before_cursor_execute", count)
        sa.event.listen(engine, "commit", count)
        upgrade(engine)
        os._exit(0)
    finally:
        os._exit(1)


@pytest.mark.parametrize("beginning", BEGINNINGS)
def test_wherever_it_was_killed_the_next_one_ends_well(
    settings: Settings, engine: Engine, beginning: str
) -> None:
    begin_at(engine, beginning)
    before, killed = shape(engine), 0
    engine.dispose()
    while killed_at(settings, killed):
        killed += 1
        assert shape(engine) == before, f"half a schema after statement {killed}"
        engine.dispose()
    assert killed > 3
    upgrade(engine)
    with engine.connect() as connection:
        assert differences(connection) == []
        assert set(shape(engine)) >= set(metadata.tables)
        if beginning:
            counted = connection.exec_driver_sql("SELECT value FROM counters").scalars().all()
            assert counted == [KEPT["value"]]
