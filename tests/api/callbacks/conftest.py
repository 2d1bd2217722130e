"""The service on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.callbacks.service import Callbacks
from api.services.counters import Counters
from api.services.live import Live
from api.settings import Settings
from api.storage.store import Store, open_store
from tests.api.callbacks.helpers import ANNA, BO, Offers, with_mail
from tests.api.staff.helpers import add_account


@pytest.fixture
def settings(address: str) -> Settings:
    """With a mail server."""
    return Settings(database_url=address, public_url="https://chatt.example.se", **with_mail())


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An empty store, with two people at the desk."""
    opened = open_store(settings)
    for staff in (ANNA, BO):
        add_account(opened, staff.login, staff.name)
    yield opened
    opened.close()


@pytest.fixture
def offers() -> Offers:
    """All is offered."""
    return Offers()


@pytest.fixture
def counters() -> Counters:
    """What is counted."""
    return Counters()


@pytest.fixture
def callbacks(store: Store, settings: Settings, offers: Offers, counters: Counters) -> Callbacks:
    """The service."""
    return Callbacks(store.desk, settings, offers, Live(), counters)
