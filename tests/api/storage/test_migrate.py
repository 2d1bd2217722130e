"""Revisions: they make what the tables say, once, wholly or not at all."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import pytest
import sqlalchemy as sa
from alembic import command
from sqlalchemy.engine import Engine

from api.settings import ROOT, Settings
from api.storage.engines import database_engine, memory_engine
from api.storage.migrate import _config, alone, differences, upgrade
from api.storage.records import StorageError
from api.storage.store import open_store
from api.storage.tables import metadata
from tests.api.storage.helpers import NOW, rasa_has, rasa_writes, start


@pytest.fixture
def engine(settings: Settings) -> Iterator[Engine]:
    """An empty database."""
    made = database_engine(settings)
    yield made
    made.dispose()


def tables(engine: Engine) -> set[str]:
    return set(sa.inspect(engine).get_table_names())


def test_the_revisions_make_what_the_tables_say(engine: Engine) -> None:
    upgrade(engine)
    assert tables(engine) == {*metadata.tables, "alembic_version"}
    with engine.connect() as connection:
        assert differences(connection) == []


def test_a_difference_would_be_found(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP INDEX ix_conversations_updated_at"))
        connection.execute(sa.text("ALTER TABLE feedback ADD COLUMN stars INTEGER"))
        found = str(differences(connection))
    assert "ix_conversations_updated_at" in found
    assert "stars" in found


def test_rasas_table_is_none_of_our_business(settings: Settings) -> None:
    store = open_store(settings)
    rasa_writes(store, "kiosk", "hej")
    with store.texts.connect() as connection:
        assert differences(connection) == []
    store.close()


def test_deleting_a_conversation_takes_its_parts_in_the_database_itself(engine: Engine) -> None:
    upgrade(engine)
    found = sa.inspect(engine)
    for name in ("messages", "feedback"):
        (key,) = found.get_foreign_keys(name)
        assert key["options"]["ondelete"] == "CASCADE"


def test_a_database_that_only_rasa_has_used_is_taken_over(settings: Settings) -> None:
    # As it was before conversations were kept by us.
    store = open_store(settings)
    rasa_writes(store, "kiosk", "hej")
    with store.texts.begin() as connection:
        metadata.drop_all(connection)
        connection.execute(sa.text("DROP TABLE alembic_version"))
    store.close()
    store = open_store(settings)
    assert rasa_has(store, "kiosk") == 1
    assert store.messages(start(store).id) == []
    store.close()


def test_upgrading_again_changes_nothing(settings: Settings) -> None:
    store = open_store(settings)
    mine = start(store).id
    store.add(mine, "citizen", "hej", NOW)
    store.freeze(True)
    store.close()
    store = open_store(settings)
    assert [m.text for m in store.messages(mine)] == ["hej"]
    assert store.frozen()
    store.close()


def test_a_revision_that_fails_half_way_leaves_nothing(engine: Engine) -> None:
    with engine.begin() as connection:
        connection.execute(sa.text("CREATE TABLE feedback (something_else INTEGER)"))
    with pytest.raises(StorageError, match="can't be brought up to date: .*feedback"):
        upgrade(engine)
    assert tables(engine) == {"feedback"}
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE feedback"))
    upgrade(engine)
    assert tables(engine) == {*metadata.tables, "alembic_version"}


def test_a_revision_can_be_undone(engine: Engine) -> None:
    upgrade(engine)
    with alone(engine) as connection:
        command.downgrade(_config(connection), "base")
    assert tables(engine) == {"alembic_version"}


def test_a_database_of_a_newer_version_is_left_alone(engine: Engine) -> None:
    upgrade(engine)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(StorageError, match="made by a newer version"):
        upgrade(engine)


def test_many_at_once_in_threads(settings: Settings) -> None:
    def one(_: int) -> None:
        open_store(settings).close()

    with ThreadPoolExecutor(6) as threads:
        list(threads.map(one, range(6)))
    store = open_store(settings)
    with store.texts.connect() as connection:
        assert differences(connection) == []
        assert connection.execute(sa.text("SELECT name, value FROM flags")).all() == [
            ("frozen", "0")
        ]
    store.close()


def test_many_at_once_in_processes(settings: Settings) -> None:
    command_line = [sys.executable, "-m", "api.storage", "upgrade"]
    environment = {**os.environ, "LOTSEN_DATABASE_URL": settings.database_url}
    started = [
        subprocess.Popen(
            command_line,
            env=environment,
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        for _ in range(3)
    ]
    said = [process.communicate(timeout=120)[0] for process in started]
    assert [process.returncode for process in started] == [0, 0, 0], said
    assert said == ["The database's tables are up to date.\n"] * 3


def test_memory_gets_the_same_tables() -> None:
    engine = memory_engine()
    upgrade(engine)
    with engine.connect() as connection:
        assert differences(connection) == []
    engine.dispose()


def test_a_database_that_does_not_run_is_named_without_its_password() -> None:
    address = "postgresql://lotsen:hemligt@127.0.0.1:9/lotsen"  # nothing listens on port 9
    with pytest.raises(StorageError) as told:
        open_store(Settings(database_url=address))
    assert "postgresql://lotsen:***@127.0.0.1:9/lotsen can't be used" in str(told.value)
    assert "Check LOTSEN_DATABASE_URL" in str(told.value)
    assert "hemligt" not in str(told.value)


def test_a_file_that_is_no_database_is_named(settings: Settings, address: str) -> None:
    if not address.startswith("sqlite"):
        wrong = replace(settings, database_url=address.replace("lotsen:", "lotsen:x"))
        expected = "can't be used .*password authentication failed"
    else:
        path = database_engine(settings).url.database
        assert path is not None
        with open(path, "wb") as file:  # noqa: PTH123
            file.write(b"Hello, this is no database. " * 100)
        wrong, expected = settings, "not a database"
    with pytest.raises(StorageError, match=expected):
        open_store(wrong)
