"""People who work at the desk, on each kind of database, and a provider that knows them."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from api.settings import Settings
from api.storage.store import Store, open_store
from tests.oidc_provider import OidcProvider, running_provider


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    """An empty store."""
    opened = open_store(Settings(database_url=address))
    yield opened
    opened.close()


@pytest.fixture
def provider() -> Iterator[OidcProvider]:
    """A provider on this machine."""
    with running_provider() as running:
        yield running
