"""What a test withdraws is said again afterwards."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from api.storage.desk_store import DeskStore
from api.storage.store import open_store
from bot.knowledge.standing import ALL_STANDS, set_standing


@pytest.fixture(autouse=True)
def _everything_stands_afterwards() -> Iterator[None]:
    yield
    set_standing(ALL_STANDS)


@pytest.fixture
def desk(folder: Path) -> Iterator[DeskStore]:
    """An empty database."""
    store = open_store(Settings(data_dir=folder))
    yield store.desk
    store.close()
