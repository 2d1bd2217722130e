"""One log line a request, and the last resort for what nobody foresaw."""

from __future__ import annotations

import logging
import time

from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import internal_error
from api.logs import log, route_of

logger = logging.getLogger(__name__)

QUIET = frozenset({"/health", "/ready", "/assets"})


class RequestLog:
    """Logs route template, status and time; never an address, an id or a text."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on and log how it went."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        start = time.perf_counter()
        status = 0

        async def noting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = int(message["status"])
            await send(message)

        try:
            await self.app(scope, receive, noting)
        finally:
            route = route_of(scope)
            log(
                logger,
                "request",
                logging.DEBUG if route in QUIET else logging.INFO,
                method=scope["method"],
                route=route,
                status=status,
                ms=round((time.perf_counter() - start) * 1000, 1),
            )


class CatchErrors:
    """Answers what failed inside with the one error shape.

    Starlette's own last resort stands outside of all middleware: its answers would lack headers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on; answer 500 when that fails before the response began."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        started = False

        async def noting(message: Message) -> None:
            nonlocal started
            started = started or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, noting)
        except ClientDisconnect:
            # Who went away, or was too slow, in the middle of a form hears no answer.
            log(logger, "client_gone", route=route_of(scope))
        except Exception as error:
            logger.error("unexpected error at %s", route_of(scope), exc_info=error)
            if started:
                raise
            await internal_error(scope)(scope, receive, send)
