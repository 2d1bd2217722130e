"""Databases for tests of what is kept: each such test runs on SQLite and on a real PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from tests.api.running import (  # noqa: F401 - fixtures
    app,
    canned,
    empty_database,
    folder,
    http,
    serve,
    visitor,
)
from tests.postgres import Postgres, running


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A server that this test run started."""
    with running() as server:
        yield server


@pytest.fixture
def place(postgres: Postgres) -> Iterator[str]:
    """The address of an empty PostgreSQL database."""
    with postgres.database() as address:
        yield address


@pytest.fixture
def engine(place: str) -> Iterator[Engine]:
    """Connections to it."""
    made = sa.create_engine(place, future=True)
    yield made
    made.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        place = nullcontext(f"sqlite:///{tmp_path / 'lotsen.db'}")
    else:
        place = request.getfixturevalue("postgres").database()
    with place as found:
        yield found
