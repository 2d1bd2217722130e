"""Refuse a body over the limit by its declared length, before anything of it is read."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from api.errors import ApiError, language_of
from api.faults import fault


class BodyLimit:
    """Servers hand on no more than the declared length, so that is what counts."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self.app, self._limit = app, limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when its body may be read."""
        refusal = self._refusal(Headers(scope=scope)) if scope["type"] == "http" else None
        if refusal is None:
            await self.app(scope, receive, send)
        else:
            await refusal.response(language_of(scope))(scope, receive, send)

    def _refusal(self, headers: Headers) -> ApiError | None:
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > self._limit:
            return fault("body_too_large", limit=self._limit)
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return fault("length_required")
        return None
