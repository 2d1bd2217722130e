"""A store on each kind of database, with a desk."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.handoff.book import Book
from api.handoff.desk import Desk
from api.services.counters import Counters
from api.services.live import Live
from api.settings import Settings
from api.storage.store import Store, open_store


@pytest.fixture(params=[30, 0], ids=["kept", "in memory"])
def days(request: pytest.FixtureRequest) -> int:
    """For how many days texts are kept; 0 is in memory only."""
    return int(request.param)


@pytest.fixture
def settings(address: str, days: int) -> Settings:
    """The defaults, with an empty database."""
    return Settings(database_url=address, retention_days=days)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(settings)
    yield opened
    opened.close()


@pytest.fixture
def book(settings: Settings, store: Store) -> Book:
    """The book of the desk."""
    return Book(settings, store)


@pytest.fixture
def counters() -> Counters:
    """What is counted."""
    return Counters()


@pytest.fixture
def live() -> Live:
    """Nobody follows anything."""
    return Live()


@pytest.fixture
def desk(settings: Settings, store: Store, live: Live, counters: Counters) -> Desk:
    """The desk."""
    return Desk(settings, store, live, counters)
