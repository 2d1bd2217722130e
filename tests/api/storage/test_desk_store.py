"""The desk's transactions: kept whole or not at all, in the database whatever the retention."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from api.settings import Settings
from api.storage.store import Store, open_store
from api.storage.tables import conversations
from api.storage.tables_desk import desk_openings
from tests.api.storage.helpers import NOW, start


@pytest.fixture(params=[30, 0], ids=["kept", "in memory"])
def store(address: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Conversations are kept, or only in memory."""
    opened = open_store(Settings(database_url=address, retention_days=int(request.param)))
    yield opened
    opened.close()


def insert(municipality: str) -> sa.sql.Insert:
    return desk_openings.insert().values(municipality=municipality, open_until=NOW)


def opened(store: Store) -> list[str]:
    with store.desk.connect() as connection:
        return [row.municipality for row in connection.execute(sa.select(desk_openings))]


def languages(store: Store) -> list[str | None]:
    with store.texts.connect() as connection:
        return [row.language for row in connection.execute(sa.select(conversations))]


def test_a_transaction_is_kept_whole_or_not_at_all(store: Store) -> None:
    with store.desk.begin() as connection:
        connection.execute(insert("umea"))
    with pytest.raises(RuntimeError), store.desk.begin() as connection:
        connection.execute(insert("ludvika"))
        raise RuntimeError("something else failed")
    assert opened(store) == ["umea"]


def test_it_outlives_the_process_also_where_conversations_do_not(
    store: Store, address: str
) -> None:
    with store.desk.begin() as connection:
        connection.execute(insert("umea"))
    again = open_store(Settings(database_url=address, retention_days=0))
    assert opened(again) == ["umea"]
    again.close()


def test_desk_and_conversation_change_together(store: Store) -> None:
    start(store)
    with store.desk.with_texts() as (desk, texts):
        desk.execute(insert("umea"))
        texts.execute(conversations.update().values(language="en"))
    assert (opened(store), languages(store)) == (["umea"], ["en"])


def test_desk_and_conversation_stay_together(store: Store) -> None:
    start(store)
    with pytest.raises(RuntimeError), store.desk.with_texts() as (desk, texts):
        desk.execute(insert("umea"))
        texts.execute(conversations.update().values(language="en"))
        raise RuntimeError("something else failed")
    assert (opened(store), languages(store)) == ([], [None])
