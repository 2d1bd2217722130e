"""Where a server under test keeps what it is told: SQLite, and a PostgreSQL that can be killed."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import nullcontext
from pathlib import Path

import pytest

from tests.faults.nursery import Nursery
from tests.postgres import SURE, Postgres, running


@pytest.fixture(scope="session")
def sure_postgres() -> Iterator[Postgres]:
    """A server of our own that keeps what it said is kept, also when it is killed."""
    with running(SURE) as server:
        yield server


@pytest.fixture(scope="session")
def nursery() -> Iterator[Nursery]:
    """Where light servers come from."""
    made = Nursery()
    yield made
    made.close()


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The address of an empty database."""
    if request.param == "sqlite":
        place = nullcontext(f"sqlite:///{tmp_path / 'lotsen.db'}")
    else:
        place = request.getfixturevalue("sure_postgres").database()
    with place as address:
        yield address
