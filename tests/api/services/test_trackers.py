"""Rasa's conversations beside ours: a bounded history, one database, and forgetting."""

from __future__ import annotations

import asyncio
import logging
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from api.settings import Settings
from api.storage import tables
from api.storage.migrate import differences
from api.storage.records import Gone
from api.storage.store import Store, open_store
from tests.api.storage.helpers import DAY, NOW, start

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore, SQLTrackerStore

    from api.services.trackers import Conversations, Nowhere, keep_only_here, tracker_store

    # Rasa tells of version 2 whenever it reads a slot.
    DOMAIN = Domain.from_dict(
        {"slots": {"municipality": {"type": "text", "mappings": [{"type": "custom"}]}}}
    )

HISTORY = 20


@pytest.fixture(params=[30, 0])
def settings(request: pytest.FixtureRequest, address: str) -> Settings:
    """Texts are kept in a database, or in memory."""
    return Settings(database_url=address, history=HISTORY, retention_days=request.param)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """The store of the API."""
    opened = open_store(settings)
    yield opened
    opened.close()


@pytest.fixture
def rasa(settings: Settings, store: Store) -> Conversations:
    """Rasa's store beside it."""
    return opened(settings, store)


def opened(settings: Settings, store: Store) -> Conversations:
    found = tracker_store(settings, store)
    found.domain = DOMAIN
    return found


def say(rasa: Any, sender: str, *events: Any) -> None:
    """What a turn adds to a conversation, saved as Rasa does."""

    async def save() -> None:
        tracker = await rasa.get_or_create_tracker(sender)
        for event in events:
            tracker.update(event, DOMAIN)
        await rasa.save(tracker)

    asyncio.run(save())


def read(rasa: Any, sender: str) -> DialogueStateTracker | None:
    found: DialogueStateTracker | None = asyncio.run(rasa.retrieve(sender))
    return found


def texts(rasa: Any, sender: str) -> list[str]:
    tracker = read(rasa, sender)
    return [e.text for e in tracker.events if isinstance(e, UserUttered)] if tracker else []


def test_only_the_newest_events_are_read_in_order_and_none_is_saved_twice(
    rasa: Conversations,
) -> None:
    for n in range(HISTORY + 10):
        say(rasa, "a", UserUttered(str(n)))
    assert texts(rasa, "a") == [str(n) for n in range(10, HISTORY + 10)]


def test_conversations_are_apart_and_one_can_be_forgotten(rasa: Conversations) -> None:
    say(rasa, "a", UserUttered("hej"))
    say(rasa, "b", UserUttered("hallå"))
    rasa.forget("a")
    assert texts(rasa, "a") == []
    assert texts(rasa, "b") == ["hallå"]
    rasa.forget("nobody")


def test_a_slot_that_was_set_long_ago_is_still_known(rasa: Conversations) -> None:
    # Each action sets every slot, so the newest events always hold them.
    for n in range(HISTORY + 1):
        say(rasa, "a", UserUttered(str(n)))
        say(rasa, "a", SlotSet("municipality", "umea"))
    tracker = read(rasa, "a")
    assert tracker is not None
    assert tracker.get_slot("municipality") == "umea"


def test_erasing_a_conversation_erases_what_rasa_knows(rasa: Conversations, store: Store) -> None:
    mine, other = start(store).id, start(store).id
    say(rasa, mine, UserUttered("hej"))
    say(rasa, other, UserUttered("hallå"))
    store.erase(mine)
    assert (texts(rasa, mine), texts(rasa, other)) == ([], ["hallå"])


def test_an_answer_that_comes_too_late_leaves_nothing(rasa: Conversations, store: Store) -> None:
    mine = start(store).id
    store.erase(mine)
    say(rasa, mine, UserUttered("hej"))
    with pytest.raises(Gone):
        store.add(mine, "assistant", "svar", NOW)
    assert texts(rasa, mine) == []


def test_old_conversations_go_with_what_rasa_knows(rasa: Conversations, store: Store) -> None:
    old, young = start(store, NOW - 31 * DAY).id, start(store).id
    say(rasa, old, UserUttered("hej"))
    say(rasa, young, UserUttered("hallå"))
    store.purge(NOW, 30)
    assert (texts(rasa, old), texts(rasa, young)) == ([], ["hallå"])


def test_a_sender_goes_on_after_its_old_events_went(rasa: Conversations, store: Store) -> None:
    for n in range(3):
        say(rasa, "kiosk", UserUttered(f"gammalt {n}", timestamp=(NOW - 31 * DAY).timestamp()))
    say(rasa, "kiosk", UserUttered("nytt", timestamp=NOW.timestamp()))
    store.purge(NOW, 30)
    assert texts(rasa, "kiosk") == ["nytt"]
    say(rasa, "kiosk", UserUttered("nyare"))
    assert texts(rasa, "kiosk") == ["nytt", "nyare"]


def test_an_export_has_what_rasa_knows(rasa: Conversations, store: Store) -> None:
    mine = start(store).id
    say(rasa, mine, UserUttered("hej"))
    kept = store.export(mine)
    assert kept is not None
    assert [e["text"] for e in kept["rasa_events"] if e["event"] == "user"] == ["hej"]


def test_texts_are_where_the_setting_wants_them(
    rasa: Conversations, store: Store, settings: Settings
) -> None:
    say(rasa, "a", UserUttered("hej"))
    store.close()
    again = open_store(settings)
    assert texts(opened(settings, again), "a") == (["hej"] if settings.retention_days else [])
    again.close()


def test_an_error_does_not_quote_what_was_said(rasa: Conversations, store: Store) -> None:
    with store.texts.begin() as connection:
        connection.execute(sa.text("ALTER TABLE events RENAME COLUMN data TO other"))
    tracker = DialogueStateTracker("a", DOMAIN.slots)
    tracker.update(UserUttered("hemlighet"), DOMAIN)
    with pytest.raises(sa.exc.SQLAlchemyError) as error:
        asyncio.run(rasa.save(tracker))
    assert "events" in str(error.value)
    assert "hemlighet" not in str(error.value)


def test_a_failing_database_makes_rasa_keep_nothing_elsewhere(
    rasa: Conversations, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    wrapped = FailSafeTrackerStore(rasa)
    assert isinstance(wrapped.fallback_tracker_store, InMemoryTrackerStore)
    keep_only_here(wrapped)
    wrapped.domain = DOMAIN
    with store.texts.begin() as connection:
        connection.execute(sa.text("DROP TABLE events"))
    with caplog.at_level(logging.ERROR):
        say(wrapped, "a", UserUttered("hemlighet"))
    assert texts(wrapped, "a") == []
    nowhere = wrapped.fallback_tracker_store
    assert isinstance(nowhere, Nowhere)
    assert (read(nowhere, "a"), asyncio.run(nowhere.keys())) == (None, [])
    assert set(caplog.messages) & {
        "a conversation was not kept or read: OperationalError",
        "a conversation was not kept or read: ProgrammingError",
    }
    assert "hemlighet" not in caplog.text


def test_opening_it_again_keeps_what_is_there(
    rasa: Conversations, store: Store, settings: Settings
) -> None:
    say(rasa, "a", UserUttered("hej"))
    assert texts(opened(settings, store), "a") == ["hej"]
    with store.texts.connect() as connection:
        assert differences(connection) == []


def test_the_columns_we_use_are_rasas() -> None:
    theirs = SQLTrackerStore.SQLEvent.__table__
    assert theirs.name == tables.RASA_EVENTS
    for column in tables.events.c:
        assert type(theirs.c[column.name].type) is type(column.type)


def test_without_a_store_it_opens_the_database_of_the_settings(tmp_path: Path) -> None:
    folder = tmp_path / "new"
    alone = tracker_store(Settings(data_dir=folder, history=HISTORY))
    alone.domain = DOMAIN
    say(alone, "a", UserUttered("hej"))
    assert (folder / "conversations.db").exists()
    beside = open_store(Settings(data_dir=folder))
    assert beside.export("a") is not None
    beside.close()


async def test_a_sender_that_no_database_takes_does_not_end_the_process(
    rasa: Conversations,
) -> None:
    with pytest.raises((ValueError, sa.exc.SQLAlchemyError)):
        await rasa.retrieve("a\ud800")
