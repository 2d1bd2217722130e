"""The widget's scripts and styles: ``/widget.js`` and ``/assets/…``, for pages of any origin."""

from __future__ import annotations

from pathlib import Path

from fastapi import FastAPI
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

WEB = Path(__file__).resolve().parents[1] / "web"
SERVED = frozenset({".js", ".css", ".svg", ".png", ".woff2", ".ico"})
"""Kinds of files that are for browsers; templates and notes beside them are not."""

CACHE = "public, max-age=300"
"""Five minutes, then asked again by ETag: modules of two versions meet no longer than that."""

VERSIONED = "public, max-age=31536000, immutable"


class Assets(StaticFiles):
    """Files for browsers, with how long they may be kept."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        """The file, or 404 for what is none of ours."""
        if Path(path).suffix not in SERVED:
            raise HTTPException(404)
        response = await super().get_response(path, scope)
        versioned = b"v=" in scope.get("query_string", b"")
        response.headers["Cache-Control"] = VERSIONED if versioned else CACHE
        return response


def mount(app: FastAPI) -> None:
    """Serve them. Last of all routes, so that ``/assets/theme/…`` can be made by a route."""
    assets = Assets(directory=WEB, check_dir=False)

    async def widget(request: Request) -> Response:
        return await assets.get_response("widget.js", request.scope)

    app.add_route("/widget.js", widget, methods=["GET"], include_in_schema=False)
    app.mount("/assets", assets, name="assets")
