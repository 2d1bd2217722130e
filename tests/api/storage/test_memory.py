"""A retention of 0 days: texts live in the process's memory, counters in the database."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from api.settings import Settings
from api.storage.engines import database_engine
from api.storage.records import Frozen
from api.storage.store import IDLE, Store, open_store
from api.storage.tables import metadata
from tests.api.storage.helpers import DAY, NOW, count, rasa_has, rasa_writes, start


@pytest.fixture
def settings(address: str) -> Settings:
    """Only counters are kept."""
    return Settings(database_url=address, retention_days=0)


@pytest.fixture
def database(settings: Settings) -> Iterator[sa.engine.Engine]:
    """A look into the database itself."""
    engine = database_engine(settings)
    yield engine
    engine.dispose()


def rows(database: sa.engine.Engine) -> dict[str, int]:
    """How many rows each table in the database has."""
    with database.connect() as connection:
        return {
            table.name: connection.execute(
                sa.select(sa.func.count()).select_from(table)
            ).scalar_one()
            for table in metadata.sorted_tables
        }


def test_a_conversation_works_and_the_database_gets_only_its_counters(
    store: Store, database: sa.engine.Engine
) -> None:
    made, secret = store.create("umea", "web", None, False, NOW)
    store.add(made.id, "citizen", "hej", NOW, key="nyckel-1")
    store.add(made.id, "assistant", "svar", NOW, in_reply_to=1)
    store.give_feedback(made.id, 2, True, "bra", NOW)
    store.update(made.id, easy=True)
    rasa_writes(store, made.id, "hej")
    count(store, NOW.date(), "umea", "messages", 2)
    found = store.find(made.id, secret)
    assert found is not None
    assert found.easy
    assert [m.text for m in store.messages(made.id)] == ["hej", "svar"]
    kept = {table: count for table, count in rows(database).items() if count}
    assert kept == {"counters": 1, "flags": 1}
    assert not sa.inspect(database).has_table("events")
    assert store.counters(NOW.date()) == [(NOW.date(), "umea", "messages", 2)]


def test_a_restart_forgets_the_texts_and_keeps_the_counters(
    store: Store, settings: Settings
) -> None:
    made, secret = store.create("umea", "web", None, False, NOW)
    count(store, NOW.date(), "umea", "messages")
    store.close()
    again = open_store(settings)
    assert again.find(made.id, secret) is None
    assert len(again.counters(NOW.date())) == 1
    again.close()


def test_an_idle_conversation_goes_after_two_hours(store: Store) -> None:
    idle, alive = start(store).id, start(store).id
    rasa_writes(store, idle, "hej")
    rasa_writes(store, "kiosk", "hej")
    store.add(alive, "citizen", "hej", NOW + timedelta(hours=1))
    assert store.purge(NOW + IDLE, 0) == 0
    assert store.purge(NOW + IDLE + timedelta(seconds=1), 0) == 2
    assert store.export(idle) is None
    assert rasa_has(store, "kiosk") == 0
    assert len(store.messages(alive)) == 1


def test_erasing_and_freezing_hold_in_memory_too(store: Store) -> None:
    mine = start(store).id
    rasa_writes(store, mine, "hej")
    store.freeze(True)
    with pytest.raises(Frozen):
        store.erase(mine)
    assert store.purge(NOW + DAY, 0) == 0
    store.freeze(False)
    store.erase(mine)
    assert (store.export(mine), rasa_has(store, mine)) == (None, 0)


def test_what_was_kept_before_the_setting_changed_goes(
    store: Store, settings: Settings, database: sa.engine.Engine
) -> None:
    before = open_store(replace(settings, retention_days=30))
    mine = start(before).id
    before.add(mine, "citizen", "hej", NOW)
    rasa_writes(before, mine, "hej")
    assert rows(database)["messages"] == 1
    assert store.purge(NOW + timedelta(seconds=1), 0) == 1
    assert rows(database)["messages"] == rows(database)["conversations"] == 0
    assert rasa_has(before, mine) == 0
    before.close()


def test_threads_take_turns_in_memory(store: Store) -> None:
    mine = start(store).id

    def one(n: int) -> int:
        store.messages(mine)
        rasa_writes(store, mine, str(n))
        return store.add(mine, "citizen", str(n), NOW).number

    with ThreadPoolExecutor(8) as threads:
        assert sorted(threads.map(one, range(30))) == list(range(1, 31))
    assert rasa_has(store, mine) == 30


def test_two_stores_in_one_process_share_nothing(store: Store, settings: Settings) -> None:
    other = open_store(settings)
    made, secret = store.create("umea", "web", None, False, NOW)
    assert other.find(made.id, secret) is None
    other.close()
