"""Bring a database to this version's tables, once, whoever else tries at the same moment."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Lock
from typing import Any

import sqlalchemy as sa
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.util.exc import CommandError
from sqlalchemy.engine import Connection, Engine
from sqlalchemy.exc import SQLAlchemyError

from api.storage import tables_desk, tables_improve  # noqa: F401 - they belong to the metadata
from api.storage.engines import WRITES
from api.storage.records import StorageError
from api.storage.tables import RASA_EVENTS, metadata

MIGRATIONS = Path(__file__).parent / "migrations"
_LOCK = 7_305_806_714
"""Any number that is ours alone among PostgreSQL's advisory locks."""


def _ours(name: str | None, kind: str, parents: Any) -> bool:
    return not (kind == "table" and name == RASA_EVENTS)


COMPARISON: dict[str, Any] = {"include_name": _ours, "compare_type": True}

_one_at_a_time = Lock()
"""Alembic keeps what it is doing in globals, so threads of one process take turns."""


def upgrade(engine: Engine) -> None:
    """Run the revisions that are missing; raise StorageError. All of them hold, or none."""
    _reach(engine)
    try:
        with _one_at_a_time, alone(engine) as connection:
            command.upgrade(_config(connection), "head")
    except CommandError as error:
        raise StorageError(
            "The database was made by a newer version of this program: "
            "run that version, or restore the copy made before it."
        ) from error
    except SQLAlchemyError as error:
        raise StorageError(
            f"The database's tables can't be brought up to date: {_first_line(error)}"
        ) from error


@contextmanager
def alone(engine: Engine) -> Iterator[Connection]:
    """A transaction in which tables can be changed while every other process waits its turn."""
    with engine.execution_options(**WRITES).begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
        yield connection


def differences(connection: Connection) -> list[Any]:
    """What a new revision would have to change for the database to match api.storage.tables."""
    found: list[Any] = compare_metadata(
        MigrationContext.configure(connection, opts=COMPARISON), metadata
    )
    return found


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    config.attributes["connection"] = connection
    return config


def _reach(engine: Engine) -> None:
    """Raise StorageError if the database can't be used at all."""
    try:
        engine.connect().close()
    except SQLAlchemyError as error:
        where = engine.url.render_as_string(hide_password=True)
        check = {
            "sqlite": "LOTSEN_DATA_DIR, and that its files may be written",
            "postgresql": "LOTSEN_DATABASE_URL, and that the database runs",
        }[engine.dialect.name]
        raise StorageError(
            f"The database {where} can't be used ({_first_line(error)}). Check {check}."
        ) from error


def _first_line(error: SQLAlchemyError) -> str:
    """What went wrong; the lines after it may quote a row."""
    return str(getattr(error, "orig", None) or error).partition("\n")[0]
