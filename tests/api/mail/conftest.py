"""An outbox on each kind of database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.settings import Settings
from api.storage.desk_store import DeskStore
from api.storage.store import open_store


@pytest.fixture
def desk(address: str) -> Iterator[DeskStore]:
    """An empty one."""
    store = open_store(Settings(database_url=address))
    yield store.desk
    store.close()
