"""Which database the settings name, and connections that hold and tell nothing."""

from __future__ import annotations

import threading
from dataclasses import replace
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.exc import DBAPIError

from api.settings import Settings
from api.storage import engines
from api.storage.engines import WRITES, database_engine
from api.storage.records import StorageError
from api.storage.store import Store, open_store
from tests.api.storage.helpers import NOW, start
from tests.postgres import Postgres


def test_a_file_in_the_data_folder_is_the_default(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path / "new" / "folder")
    open_store(settings).close()
    assert (tmp_path / "new" / "folder" / "conversations.db").is_file()


def test_a_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(StorageError, match=r"file/x can't be made: Not a directory\."):
        open_store(Settings(data_dir=tmp_path / "file" / "x"))


@pytest.mark.parametrize(
    ("url", "driver"),
    [
        ("sqlite:///x.db", "pysqlite"),
        ("sqlite://", "pysqlite"),
        ("postgresql://a:b@127.0.0.1/x", "psycopg2"),
        ("postgres://a:b@127.0.0.1/x", "psycopg2"),
        ("postgresql+psycopg2://127.0.0.1/x?connect_timeout=1", "psycopg2"),
    ],
)
def test_addresses_that_can_be_used(url: str, driver: str) -> None:
    assert database_engine(Settings(database_url=url)).dialect.driver == driver


@pytest.mark.parametrize(
    "url", ["mysql://a:hemligt@x/y", "hemligt", "oracle://hemligt@x", "sqlit:"]
)
def test_other_addresses_are_refused_without_repeating_them(url: str) -> None:
    with pytest.raises(StorageError, match="LOTSEN_DATABASE_URL") as told:
        database_engine(Settings(database_url=url))
    assert "hemligt" not in str(told.value)


def test_a_database_in_memory_is_one_for_all_threads() -> None:
    store = open_store(Settings(database_url="sqlite://"))
    mine = start(store).id
    thread = threading.Thread(target=store.add, args=(mine, "citizen", "hej", NOW))
    thread.start()
    thread.join()
    assert [m.text for m in store.messages(mine)] == ["hej"]
    store.close()


def test_sqlite_is_told_what_it_needs(tmp_path: Path) -> None:
    engine = database_engine(Settings(data_dir=tmp_path))
    with engine.connect() as connection:
        told = {
            name: connection.exec_driver_sql(f"PRAGMA {name}").scalar()
            for name in ("foreign_keys", "journal_mode", "secure_delete", "busy_timeout")
        }
    assert told == {
        "foreign_keys": 1,
        "journal_mode": "wal",
        "secure_delete": 1,
        "busy_timeout": 15_000,
    }
    engine.dispose()


def test_who_reads_first_and_then_writes_waits_instead_of_failing(tmp_path: Path) -> None:
    """SQLite's "database is locked": the other writes between our reading and our writing."""
    engine = database_engine(Settings(data_dir=tmp_path)).execution_options(**WRITES)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE n (n INTEGER)")
        connection.exec_driver_sql("INSERT INTO n VALUES (0)")

    def raise_by_one(read: threading.Event, go_on: threading.Event) -> None:
        with engine.begin() as connection:
            n = connection.exec_driver_sql("SELECT n FROM n").scalar_one()
            read.set()
            go_on.wait()
            connection.exec_driver_sql(f"UPDATE n SET n = {n + 1}")

    read, go_on, free = threading.Event(), threading.Event(), threading.Event()
    free.set()
    first = threading.Thread(target=raise_by_one, args=(read, go_on))
    second = threading.Thread(target=raise_by_one, args=(threading.Event(), free))
    first.start()
    read.wait()
    second.start()
    go_on.set()
    first.join()
    second.join()
    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT n FROM n").scalar() == 2
    engine.dispose()


def test_reading_does_not_wait_for_who_writes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engines, "WAIT_SECONDS", 0)
    store = open_store(Settings(data_dir=tmp_path))
    mine = start(store).id
    with store.texts.begin() as writing:
        writing.exec_driver_sql("UPDATE conversations SET easy = 1")
        assert store.messages(mine) == []
        with pytest.raises(DBAPIError, match="database is locked"):
            store.add(mine, "citizen", "hej", NOW)
    assert store.add(mine, "citizen", "hej", NOW).number == 1
    store.close()


def test_an_error_does_not_quote_what_was_written(store: Store) -> None:
    mine = start(store).id
    with store.texts.begin() as connection:
        connection.execute(sa.text("DROP TABLE messages"))
    with pytest.raises(DBAPIError) as error:
        store.add(mine, "citizen", "hemlighet", NOW, body={"text": "hemlighet"}, key="hemlighet")
    assert "messages" in str(error.value)
    assert "hemlighet" not in str(error.value)


def test_an_error_does_not_quote_the_row_that_failed(store: Store) -> None:
    mine = start(store).id
    with store.texts.begin() as connection:
        connection.execute(sa.text("CREATE UNIQUE INDEX once ON messages (sender)"))
        connection.execute(sa.text("CREATE UNIQUE INDEX words ON messages (text)"))
    store.add(mine, "citizen", "hemlighet", NOW)
    with pytest.raises(DBAPIError) as error:
        store.add(mine, "assistant", "hemlighet", NOW)
    assert "hemlighet" not in str(error.value)
    assert "hemlighet" not in str(error.value.orig)
    with pytest.raises(DBAPIError) as error:
        store.add(mine, "citizen", "annat", NOW)
    assert "once" in str(error.value) or "messages.sender" in str(error.value)


def test_a_lost_connection_is_replaced(postgres: Postgres) -> None:
    with postgres.database() as address:
        store = open_store(Settings(database_url=address))
        mine = start(store).id
        assert postgres.cut_connections(address) > 0
        assert store.add(mine, "citizen", "hej", NOW).number == 1
        assert postgres.cut_connections(address) > 0
        assert store.problem(NOW) is None
        store.close()


def test_a_connection_lost_in_the_middle_leaves_nothing_half_done(postgres: Postgres) -> None:
    with postgres.database() as address:
        store = open_store(Settings(database_url=address))
        mine = start(store).id
        with pytest.raises(DBAPIError), store.texts.begin() as connection:
            connection.execute(sa.text("UPDATE conversations SET easy = true"))
            postgres.cut_connections(address)
            connection.execute(sa.text("UPDATE conversations SET channel = 'x'"))
        kept = store.export(mine)
        assert kept is not None
        assert (kept["conversation"]["easy"], kept["conversation"]["channel"]) == (False, "web")
        store.close()


def test_a_store_whose_database_is_away_is_not_healthy(
    store: Store, settings: Settings, address: str
) -> None:
    gone = replace(settings, database_url="postgresql://x:y@127.0.0.1:9/x")
    assert Store(database_engine(gone)).problem(NOW) == "the database does not answer"
    assert store.problem(NOW) is None
