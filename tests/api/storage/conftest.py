"""An empty store on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.settings import Settings
from api.storage.store import Store, open_store


@pytest.fixture
def settings(address: str) -> Settings:
    """Texts are kept for 30 days."""
    return Settings(database_url=address, retention_days=30)


@pytest.fixture
def store(settings: Settings) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(settings)
    yield opened
    opened.close()
