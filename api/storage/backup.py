"""Copy the SQLite database while it is in use, and put a copy back.

``python -m api.storage.backup save FILE`` and ``restore FILE``.
A file copied by other means may lack what is still in SQLite's log, or be half of a write.
PostgreSQL has pg_dump and pg_restore: docs/operations.md.
"""

from __future__ import annotations

import argparse
import os
import sqlite3
import sys
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from api.settings import Settings, load_settings
from api.settings_read import SettingsError

BUSY_SECONDS = 15.0


class BackupError(Exception):
    """What was asked for can't be done; the message says why."""


def save(settings: Settings, to: Path) -> None:
    """Write a copy that is whole, readable by its owner alone; a file that is there stays."""
    database = database_file(settings)
    if not database.is_file():
        raise BackupError(f"There is no database at {database}.")
    draft = to.with_name(f".{to.name}.part")
    try:
        # Made by us, so that nobody else can read it even while it is written.
        os.close(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_TRUNC, 0o600))
        _copy(database, draft)
        _check(draft)
        # Unlike a move, a link never replaces what is there.
        os.link(draft, to)
    except FileExistsError:
        raise BackupError(f"{to} is there already: choose another name.") from None
    finally:
        draft.unlink(missing_ok=True)


def restore(settings: Settings, copy: Path) -> Path | None:
    """Put a copy in the database's place; where what was there is kept, or None."""
    database = database_file(settings)
    if not copy.is_file():
        raise BackupError(f"There is no file {copy}.")
    _check(copy)
    before = database.with_name(f"{database.name}.before-restore")
    if before.exists():
        raise BackupError(f"{before} is there from the last time: move it away first.")
    had = database.is_file()
    if had:
        _alone(database)
        save(settings, before)
    database.parent.mkdir(parents=True, exist_ok=True)
    _copy(copy, database)
    return before if had else None


def database_file(settings: Settings) -> Path:
    """The SQLite file of these settings; raise BackupError where there is none."""
    where = settings.tracker_database
    if isinstance(where, Path):
        return where
    try:
        url = make_url(where)
    except ArgumentError:
        raise BackupError("LOTSEN_DATABASE_URL is no database address.") from None
    if url.get_backend_name() != "sqlite" or url.database in (None, "", ":memory:"):
        raise BackupError("The database is no SQLite file: use pg_dump (docs/operations.md).")
    return Path(str(url.database))


def _copy(source: Path, target: Path) -> None:
    """Page by page through SQLite, which also knows what stands in the log."""
    with closing(_open(source)) as reading, closing(_open(target)) as writing:
        reading.backup(writing)


def _check(copy: Path) -> None:
    """Raise BackupError unless the file is a whole database of ours."""
    try:
        with closing(_open(copy)) as connection:
            told = connection.execute("PRAGMA integrity_check").fetchone()[0]
            connection.execute("SELECT version_num FROM alembic_version").fetchone()
    except sqlite3.DatabaseError:
        told = "it is no database of ours"
    if told != "ok":
        raise BackupError(f"{copy} can't be used: {told}.")


def _alone(database: Path) -> None:
    """Raise BackupError while a process of ours has the database open."""
    with closing(_open(database)) as connection:
        try:
            # Only whoever is alone may leave the log that all write through.
            mode = connection.execute("PRAGMA journal_mode=DELETE").fetchone()[0]
        except sqlite3.OperationalError:
            mode = "wal"
    if mode != "delete":
        raise BackupError(f"{database} is in use: stop the service first.")


def _open(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=BUSY_SECONDS, isolation_level=None)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what went wrong is one line."""
    parser = argparse.ArgumentParser(prog="python -m api.storage.backup", description=__doc__)
    commands = parser.add_subparsers(required=True, dest="command", metavar="command")
    for name, words in (
        ("save", "write a copy; the service may run"),
        ("restore", "put a copy back; the service must be stopped"),
    ):
        commands.add_parser(name, help=words, description=words).add_argument("file", type=Path)
    chosen = parser.parse_args(arguments)
    try:
        settings = load_settings()
        if chosen.command == "save":
            save(settings, chosen.file)
            print(f"Saved {chosen.file}.")
        else:
            before = restore(settings, chosen.file)
            kept = f" What was there is kept in {before}." if before else ""
            print(f"Restored {chosen.file}.{kept}")
    except (SettingsError, BackupError) as error:
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except (OSError, sqlite3.Error) as error:
        print(f"Error: the file can't be written or read ({error}).", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
