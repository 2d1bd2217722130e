"""A moment, a conversation, and rows as Rasa writes them."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone

import sqlalchemy as sa

from api.storage.records import Conversation
from api.storage.store import Store
from api.storage.tables import events

NOW = datetime(2026, 11, 18, 10, 0, tzinfo=timezone.utc)
DAY = timedelta(days=1)


def start(store: Store, now: datetime = NOW) -> Conversation:
    """A conversation in Umeå's chat."""
    return store.create("umea", "web", None, False, now)[0]


def count(store: Store, day: date, municipality: str, name: str, by: int = 1) -> None:
    """Add to one counter."""
    store.count({(day, municipality, name): by})


def rasa_writes(store: Store, sender: str, *texts: str, now: datetime = NOW) -> None:
    """Rows like those of Rasa's tracker store, in its table."""
    with store.texts.begin() as connection:
        events.create(connection, checkfirst=True)
        rows = [
            {"sender_id": sender, "timestamp": now.timestamp(), "data": json.dumps({"text": text})}
            for text in texts
        ]
        connection.execute(events.insert(), rows)


def rasa_has(store: Store, sender: str) -> int:
    """How many events are kept of a sender."""
    chosen = sa.select(sa.func.count()).where(events.c.sender_id == sender)
    with store.texts.connect() as connection:
        return int(connection.execute(chosen).scalar_one())
