"""Count requests by client: too many get 429 and when to try again."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ApiError, language_of
from api.services.limits import Limits, client_of

DESK = "/api/v1/desk/"
"""Counted by person (api.staff.deps): all of an office come from one address."""


class RateLimit:
    """Counts what programs call. The chat page counts its own posts, to answer with a page."""

    def __init__(self, app: ASGIApp, limits: Limits) -> None:
        self.app, self._limits = app, limits

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when there is room for it."""
        name = _counted_as(scope) if scope["type"] == "http" else None
        if name is not None:
            try:
                await self._limits.check(name, client_of(scope))
            except ApiError as refusal:
                await refusal.response(language_of(scope))(scope, receive, send)
                return
        await self.app(scope, receive, send)


def _counted_as(scope: Scope) -> str | None:
    """The limit that a request counts against."""
    path = str(scope["path"])
    if scope["method"] == "OPTIONS":
        return None
    if path.startswith("/webhooks/"):
        return "rest"
    if path.startswith(DESK):
        return None
    return "client" if path.startswith("/api/") else None
