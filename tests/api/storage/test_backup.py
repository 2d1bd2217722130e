"""Backups: what was kept comes back, on both databases, and nothing is lost by a mistake."""

from __future__ import annotations

import os
import sqlite3
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa

from api.settings import Settings
from api.storage import backup
from api.storage.backup import BackupError, main, restore, save
from api.storage.engines import database_engine
from api.storage.migrate import differences
from api.storage.store import open_store
from tests.api.storage.helpers import NOW, rasa_has, rasa_writes, start
from tests.postgres import programs_folder


def filled(settings: Settings) -> str:
    """A database with a conversation, Rasa's events of it and a counter; the conversation's id."""
    store = open_store(settings)
    conversation = start(store)
    rasa_writes(store, conversation.id, "Vad kostar ledsagning?", "Det kostar inget.")
    store.count({(NOW.date(), "umea", "messages"): 7})
    store.close()
    return conversation.id


def lose_everything(settings: Settings) -> None:
    """Empty every table, as a mistaken hand would."""
    engine = database_engine(settings)
    with engine.begin() as connection:
        found = sa.MetaData()
        found.reflect(connection)
        for table in reversed(found.sorted_tables):
            if table.name != "alembic_version":
                connection.execute(table.delete())
    engine.dispose()


def assert_all_is_back(settings: Settings, conversation_id: str) -> None:
    store = open_store(settings)
    assert store.export(conversation_id) is not None
    assert rasa_has(store, conversation_id) == 2
    assert list(store.counters(NOW.date())) == [(NOW.date(), "umea", "messages", 7)]
    store.close()
    engine = database_engine(settings)
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()


def of_file(tmp_path: Path) -> Settings:
    return Settings(data_dir=tmp_path / "data")


def test_a_copy_of_sqlite_taken_while_it_serves_brings_everything_back(tmp_path: Path) -> None:
    settings, copy = of_file(tmp_path), tmp_path / "copy.db"
    conversation_id = filled(settings)
    serving = open_store(settings)
    save(settings, copy)
    serving.close()
    assert copy.stat().st_mode & 0o777 == 0o600
    assert sorted(p.name for p in tmp_path.iterdir()) == ["copy.db", "data"]
    lose_everything(settings)
    before = restore(settings, copy)
    assert_all_is_back(settings, conversation_id)
    assert before is not None
    with pytest.raises(BackupError, match="move it away"):
        restore(settings, copy)


def test_a_copy_makes_a_new_machine(tmp_path: Path) -> None:
    conversation_id = filled(of_file(tmp_path))
    save(of_file(tmp_path), tmp_path / "copy.db")
    other = Settings(data_dir=tmp_path / "other" / "machine")
    assert restore(other, tmp_path / "copy.db") is None
    assert_all_is_back(other, conversation_id)


def test_postgresql_is_dumped_and_restored_by_its_own_programs(
    request: pytest.FixtureRequest, tmp_path: Path
) -> None:
    with request.getfixturevalue("postgres").database() as address:
        settings = Settings(database_url=address)
        conversation_id = filled(settings)
        url = sa.engine.make_url(address)
        schema = str(url.query["application_name"])
        programs, dump = programs_folder(), tmp_path / "lotsen.dump"
        environment = {
            **os.environ,
            "PGHOST": str(url.host),
            "PGPORT": str(url.port),
            "PGUSER": str(url.username),
            "PGDATABASE": str(url.database),
            "PGPASSWORD": str(url.password),
        }

        def run(program: str, *options: str) -> None:
            command = [str(programs / program), *options]
            subprocess.run(command, env=environment, check=True)

        # As docs/operations.md has it; the schema only because tests share one database.
        run("pg_dump", "--format=custom", f"--file={dump}", f"--schema={schema}")
        lose_everything(settings)
        whole = ("--clean", "--if-exists", "--exit-on-error", "--single-transaction")
        run("pg_restore", *whole, f"--dbname={url.database}", str(dump))
        assert_all_is_back(settings, conversation_id)


def test_nothing_is_put_back_while_the_service_runs(tmp_path: Path) -> None:
    settings, copy = of_file(tmp_path), tmp_path / "copy.db"
    filled(settings)
    save(settings, copy)
    serving = open_store(settings)
    try:
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(backup, "BUSY_SECONDS", 0.0)
            with pytest.raises(BackupError, match="stop the service"):
                restore(settings, copy)
    finally:
        serving.close()


def test_what_is_no_whole_copy_replaces_nothing(tmp_path: Path) -> None:
    settings, copy = of_file(tmp_path), tmp_path / "copy.db"
    conversation_id = filled(settings)
    save(settings, copy)
    whole = copy.read_bytes()
    cut, foreign, text = tmp_path / "cut.db", tmp_path / "foreign.db", tmp_path / "text.db"
    cut.write_bytes(whole[: len(whole) // 2])
    text.write_text("no database at all" * 100)
    connection = sqlite3.connect(foreign)
    connection.execute("CREATE TABLE something (id)")
    connection.close()
    for broken in (cut, foreign, text, tmp_path / "absent.db"):
        with pytest.raises(BackupError, match="can't be used|no file"):
            restore(settings, broken)
    with pytest.raises(BackupError, match="another name"):
        save(settings, copy)
    assert copy.read_bytes() == whole
    assert_all_is_back(settings, conversation_id)


def test_the_commands_tell_in_one_line(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings, copy = of_file(tmp_path), tmp_path / "copy.db"
    monkeypatch.setattr(backup, "load_settings", lambda: settings)
    assert main(["save", str(copy)]) == 1
    filled(settings)
    assert main(["save", str(copy)]) == 0
    assert main(["restore", str(copy)]) == 0
    assert main(["save", str(tmp_path / "absent" / "copy.db")]) == 1
    elsewhere = replace(settings, database_url="postgresql://lotsen:secret@db/lotsen")
    monkeypatch.setattr(backup, "load_settings", lambda: elsewhere)
    assert main(["save", str(tmp_path / "other.db")]) == 1
    told = capsys.readouterr()
    before = tmp_path / "data" / "conversations.db.before-restore"
    assert told.out.splitlines() == [
        f"Saved {copy}.",
        f"Restored {copy}. What was there is kept in {before}.",
    ]
    assert "secret" not in told.err
    assert [line.partition(" ")[0] for line in told.err.splitlines()] == ["Error:"] * 3
