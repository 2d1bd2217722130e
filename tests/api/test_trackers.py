"""Conversations on a file: a bounded history, and forgetting."""

from __future__ import annotations

import asyncio
import warnings
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from api.settings import Settings

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from api.services.trackers import Conversations, tracker_store

    # Rasa tells of version 2 whenever it reads a slot.
    DOMAIN = Domain.from_dict(
        {"slots": {"municipality": {"type": "text", "mappings": [{"type": "custom"}]}}}
    )

HISTORY = 20


@pytest.fixture
def store(tmp_path: Path) -> Conversations:
    return opened(tmp_path)


def opened(folder: Path) -> Conversations:
    found = tracker_store(Settings(data_dir=folder / "new", history=HISTORY))
    found.domain = DOMAIN
    return found


def say(store: Conversations, sender: str, *events: Any) -> None:
    """What a turn adds to a conversation, saved as Rasa does."""

    async def save() -> None:
        tracker = await store.get_or_create_tracker(sender)
        for event in events:
            tracker.update(event, DOMAIN)
        await store.save(tracker)

    asyncio.run(save())


def read(store: Conversations, sender: str) -> DialogueStateTracker | None:
    found: DialogueStateTracker | None = asyncio.run(store.retrieve(sender))
    return found


def texts(store: Conversations, sender: str) -> list[str]:
    tracker = read(store, sender)
    return [e.text for e in tracker.events if isinstance(e, UserUttered)] if tracker else []


def test_a_conversation_survives_a_restart(store: Conversations, tmp_path: Path) -> None:
    say(store, "a", UserUttered("hej"))
    assert texts(opened(tmp_path), "a") == ["hej"]
    assert (tmp_path / "new" / "conversations.db").exists()


def test_only_the_newest_events_are_read_in_order_and_none_is_saved_twice(
    store: Conversations,
) -> None:
    for n in range(HISTORY + 10):
        say(store, "a", UserUttered(str(n)))
    assert texts(store, "a") == [str(n) for n in range(10, HISTORY + 10)]


def test_conversations_are_apart_and_one_can_be_forgotten(store: Conversations) -> None:
    say(store, "a", UserUttered("hej"))
    say(store, "b", UserUttered("hallå"))
    store.forget("a")
    assert texts(store, "a") == []
    assert texts(store, "b") == ["hallå"]
    store.forget("nobody")


def test_a_slot_that_was_set_long_ago_is_still_known(store: Conversations) -> None:
    # Each action sets every slot, so the newest events always hold them.
    for n in range(HISTORY + 1):
        say(store, "a", UserUttered(str(n)))
        say(store, "a", SlotSet("municipality", "umea"))
    tracker = read(store, "a")
    assert tracker is not None
    assert tracker.get_slot("municipality") == "umea"


def test_a_url_names_another_place(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    tracker_store(Settings(database_url=f"sqlite:///{path}", data_dir=tmp_path / "unused"))
    assert path.exists()
    assert not (tmp_path / "unused").exists()
