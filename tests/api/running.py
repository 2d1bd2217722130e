"""A started application with a canned assistant and a database of its own, as fixtures."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.settings import Settings
from api.storage.store import open_store
from tests.api.helpers import ANSWER, LOCAL, Canned, Visitor, application

Open = Callable[..., AbstractAsyncContextManager[httpx.AsyncClient]]


@pytest.fixture
def canned() -> Canned:
    """An assistant that gives one full answer to everything."""
    return Canned([ANSWER])


@asynccontextmanager
async def started(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of the application while it runs."""
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
        async with httpx.AsyncClient(transport=transport, base_url=LOCAL) as http:
            yield http


@pytest.fixture(scope="session")
def empty_database(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A database without conversations: made once, since making its tables takes a while."""
    folder = tmp_path_factory.mktemp("empty")
    open_store(Settings(data_dir=folder)).close()
    return folder / "conversations.db"


@pytest.fixture
def folder(tmp_path: Path, empty_database: Path) -> Path:
    """A data folder with a database of its own."""
    shutil.copy(empty_database, tmp_path)
    return tmp_path


@pytest.fixture
def serve(folder: Path, canned: Canned) -> Open:
    """Start an application with settings of one's own: ``async with serve(chat_limit=100)``."""

    def begin(
        assistant: Canned = canned, **settings: Any
    ) -> AbstractAsyncContextManager[httpx.AsyncClient]:
        return started(application(assistant, folder, **settings))

    return begin


@pytest.fixture
async def app(folder: Path, canned: Canned) -> FastAPI:
    """The application that ``http`` talks to."""
    return application(canned, folder)


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    """A client of a running application."""
    async with started(app) as client:
        yield client


@pytest.fixture
async def visitor(http: httpx.AsyncClient) -> Visitor:
    """Somebody who has just arrived."""
    return await Visitor.arrive(http)
