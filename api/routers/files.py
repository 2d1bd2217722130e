"""The widget's scripts and styles: ``/widget.js`` and ``/assets/…``, for pages of any origin.

They are compressed on their way. Answers of the API are not: they stand beside secrets, and how
well something compresses tells what stands in it.
"""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.middleware.gzip import GZipMiddleware
from starlette.responses import Response
from starlette.routing import Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

WEB = Path(__file__).resolve().parents[1] / "web"
SERVED = frozenset({".js", ".css", ".svg", ".png", ".woff2", ".ico"})
"""Kinds of files that are for browsers; templates and notes beside them are not."""

CACHE = "public, max-age=300"
"""Five minutes, then asked again by ETag: modules of two versions meet no longer than that."""

SMALLEST = 500
"""Bytes from which compressing is worth while."""

VERSIONED = "public, max-age=31536000, immutable"


def ask_for_all(scope: Scope) -> None:
    """Send a file whole, whatever parts were asked for.

    No file here is worth parting, and a request for thousands of parts holds up everybody for
    seconds.
    """
    scope["headers"] = [(n, v) for n, v in scope["headers"] if n not in {b"range", b"if-range"}]


class Assets(StaticFiles):
    """Files for browsers, with how long they may be kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 404 for what is none of ours."""
        if Path(path).suffix not in SERVED or "\0" in path:
            raise HTTPException(404)
        ask_for_all(scope)
        response = await super().get_response(path, scope)
        versioned = b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = VERSIONED if versioned else CACHE
        return response


class Widget:
    """``/widget.js``: the one file with an address of its own, for the line on a website."""

    def __init__(self, assets: Assets) -> None:
        self._assets = assets

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send it."""
        response = await self._assets.get_response("widget.js", scope)
        await response(scope, receive, send)


def mount(app: FastAPI) -> None:
    """Serve them. Last of all routes, so that ``/assets/theme/…`` can be made by a route."""
    assets = Assets(directory=WEB, check_dir=False)
    widget = GZipMiddleware(Widget(assets), minimum_size=SMALLEST)
    methods = ["GET", "HEAD"]
    app.router.routes.append(Route("/widget.js", widget, methods=methods, include_in_schema=False))
    app.mount("/assets", GZipMiddleware(assets, minimum_size=SMALLEST), name="assets")
