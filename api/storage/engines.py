"""Connections to the database: SQLite by default, PostgreSQL by setting, or memory only."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, Engine, make_url
from sqlalchemy.exc import ArgumentError
from sqlalchemy.pool import QueuePool

from api.settings import Settings
from api.storage.records import StorageError

WAIT_SECONDS = 15
"""How long a write waits for another to finish, on SQLite."""

_POSTGRESQL = {
    "connect_timeout": 5,
    # A server that has fallen silent is noticed within a minute; else it takes two hours.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
    "tcp_user_timeout": 60_000,
}
"""How PostgreSQL is connected to, where the address says nothing else."""

WRITES = {"writes": True}
"""Execution options of a transaction that will write."""


def database_engine(settings: Settings) -> Engine:
    """The engine for the database that the settings name."""
    where = settings.tracker_database
    if isinstance(where, Path):
        return _file_engine(where)
    url = _read(where)
    if url.get_backend_name() == "sqlite":
        in_memory = url.database in (None, "", ":memory:")
        return memory_engine() if in_memory else _file_engine(Path(str(url.database)))
    return _postgresql_engine(url)


def memory_engine() -> Engine:
    """A database of this process alone, gone when the process ends.

    It lives in its only connection. Transactions take turns on it: a pool that hands the same
    connection to two threads at once (StaticPool) would mix theirs, so that one thread's rollback
    takes back the other's message.
    """
    return _sqlite_engine("sqlite://", pool_size=1, max_overflow=0)


def _read(text: str) -> URL:
    try:
        url = make_url(text)
    except ArgumentError:
        # The text may hold a password, so it is not repeated.
        raise StorageError("LOTSEN_DATABASE_URL is no database address.") from None
    if url.drivername == "postgres":  # as many hosts write it
        url = url.set(drivername="postgresql")
    if url.get_backend_name() not in {"sqlite", "postgresql"}:
        raise StorageError(
            f"LOTSEN_DATABASE_URL names {url.drivername!r}: write sqlite:///… or postgresql://…"
        )
    return url


def _file_engine(path: Path) -> Engine:
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(f"The folder {path.parent} can't be made: {error.strerror}.") from error
    return _sqlite_engine(URL.create("sqlite", database=str(path)))


def _sqlite_engine(url: URL | str, **pool: Any) -> Engine:
    engine = sa.create_engine(
        url,
        future=True,
        hide_parameters=True,  # an error in the log must not quote what somebody wrote
        poolclass=QueuePool,
        connect_args={"timeout": WAIT_SECONDS, "check_same_thread": False},
        **pool,
    )
    sa.event.listen(engine, "connect", _prepare_sqlite)
    sa.event.listen(engine, "begin", _begin_sqlite)
    return engine


def _prepare_sqlite(connection: Any, record: Any) -> None:
    """What SQLite needs to be told on every connection."""
    # Python's driver would begin transactions by itself, and not for changes of tables.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA foreign_keys=ON")
    cursor.execute("PRAGMA journal_mode=WAL")  # readers and a writer don't wait for one another
    cursor.execute("PRAGMA synchronous=NORMAL")
    cursor.execute("PRAGMA secure_delete=ON")  # what is erased is overwritten in the file
    cursor.close()


def _begin_sqlite(connection: Any) -> None:
    """Begin, taking the write lock at once if the transaction will write.

    A transaction that first reads and then writes fails with "database is locked", whatever it
    is told to wait, if another has written in between.
    """
    writes = connection.get_execution_options().get("writes")
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")


def _postgresql_engine(url: URL) -> Engine:
    engine = sa.create_engine(
        url,
        future=True,
        hide_parameters=True,
        pool_pre_ping=True,  # a connection that was lost while idle is replaced unnoticed
        pool_size=10,
        max_overflow=30,
        connect_args={k: v for k, v in _POSTGRESQL.items() if k not in url.query},
    )
    sa.event.listen(engine, "handle_error", _quote_no_row)
    return engine


def beside(engine: Engine, connections: int, wait_seconds: float) -> Engine:
    """More connections to the same PostgreSQL, on which every statement stands for itself.

    They are not tried before use: whoever uses them has to reckon with lost ones anyway.
    """
    other = sa.create_engine(
        engine.url,
        future=True,
        hide_parameters=True,
        isolation_level="AUTOCOMMIT",
        pool_size=connections,
        max_overflow=0,
        pool_timeout=wait_seconds,
        connect_args={k: v for k, v in _POSTGRESQL.items() if k not in engine.url.query},
    )
    sa.event.listen(other, "handle_error", _quote_no_row)
    return other


def _quote_no_row(context: Any) -> None:
    """Leave out what PostgreSQL adds to an error: "DETAIL: Failing row contains (…)"."""
    for error in (context.original_exception, context.sqlalchemy_exception):
        if error is not None and error.args:
            error.args = (str(error.args[0]).partition("\nDETAIL")[0], *error.args[1:])


def empty_log(engine: Engine) -> None:
    """SQLite's log still holds what was deleted: write it into the file and empty it."""
    if engine.dialect.name == "sqlite":
        connection = engine.raw_connection()  # it can't be done within a transaction
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
        finally:
            connection.close()
