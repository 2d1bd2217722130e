"""Build the application: ``create_app(settings)``; the lifespan owns the assistant."""

from __future__ import annotations

import logging
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request, Response

from api.errors import add_handlers, error_response
from api.routers import health, rest
from api.services.assistant import RasaAssistant
from api.settings import Settings

logger = logging.getLogger(__name__)


def create_app(settings: Settings, assistant: RasaAssistant | None = None) -> FastAPI:
    """The application for these settings; without an assistant it loads its own at start."""

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        start = time.perf_counter()
        loaded = assistant or RasaAssistant.load(settings)
        await loaded.warm_up()
        app.state.assistant = loaded
        app.state.ready_after = time.perf_counter() - start
        yield

    app = FastAPI(title="Medborgarlotsen", version="0.1.0", lifespan=lifespan)
    app.state.settings = settings
    app.state.assistant = None
    app.state.problem = None
    app.state.ready_after = 0.0
    add_handlers(app)
    app.middleware("http")(_limit_body(settings.body_limit))
    app.include_router(rest.router)
    app.include_router(health.router)
    return app


def _limit_body(
    limit: int,
) -> Callable[[Request, Callable[[Request], Awaitable[Response]]], Awaitable[Response]]:
    """Refuse a body over the limit by its declared length, or as soon as too much has come."""

    async def check(
        request: Request, call_next: Callable[[Request], Awaitable[Response]]
    ) -> Response:
        declared = request.headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > limit:
            return error_response(413, "body_too_large", f"A body has at most {limit} bytes.")
        if "chunked" in request.headers.get("transfer-encoding", "").lower():
            return error_response(411, "length_required", "Send a Content-Length.")
        return await call_next(request)

    return check
