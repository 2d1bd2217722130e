"""Refuse a body over the limit by its declared length, before anything of it is read.

And a form of too many fields, before it is taken apart: Starlette counts the fields of one kind
of form only, and of the other 32 000 fit into 65 536 bytes and half a second of everybody's time.
"""

from __future__ import annotations

import re

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.errors import ApiError, language_of
from api.faults import fault
from api.settings import Settings

HEARD = re.compile(r"/api/v1/conversations/[^/]+/heard")
"""Where a recording is sent: sound is larger than any text."""

PAGES = re.compile(r"/staff/import(?:/.*)?")
"""Where staff send a page that was saved as a file."""

EDITED = re.compile(r"/staff/.*|/api/v1/staff/.*")
"""Where staff send whole answers and conversations."""

_EDITED_BYTES = 1_000_000
_FORM_BYTES = 200_000
"""What a form adds to the file in it."""

_FIELDS = 100
_EDITED_FIELDS = 4000
"""The longest form for people has a dozen fields; that of a page read in has some for each line."""


class BodyLimit:
    """Servers hand on no more than the declared length, so that is what counts."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self._limit = app, settings.body_limit
        hears = settings.listen.mode == "whisper"
        self._most_heard = settings.listen.most_bytes if hears else self._limit
        self._most_read = settings.staff.import_mb * 1_000_000 + _FORM_BYTES

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on when its body may be read."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        refusal = self._refusal(scope)
        if refusal is None and _is_form(scope):
            body, rest = await _whole(receive)
            limit = _most_fields(str(scope["path"]))
            if body.count(b"&") >= limit:
                refusal = fault("too_many_fields", limit=limit)
            receive = rest
        if refusal is None:
            await self.app(scope, receive, send)
        else:
            await refusal.response(language_of(scope))(scope, receive, send)

    def _refusal(self, scope: Scope) -> ApiError | None:
        headers = Headers(scope=scope)
        limit = self._most(str(scope["path"]))
        declared = headers.get("content-length", "0")
        if not declared.isdecimal() or int(declared) > limit:
            return fault("body_too_large", limit=limit)
        if "chunked" in headers.get("transfer-encoding", "").lower():
            return fault("length_required")
        return None

    def _most(self, path: str) -> int:
        """The bytes that may be sent to an address."""
        if HEARD.fullmatch(path):
            return self._most_heard
        if PAGES.fullmatch(path):
            return self._most_read
        return max(self._limit, _EDITED_BYTES) if EDITED.fullmatch(path) else self._limit


def _is_form(scope: Scope) -> bool:
    """Whether Starlette would take the body for fields joined by ``&``."""
    kinds = Headers(scope=scope).getlist("content-type")
    return any("x-www-form-urlencoded" in kind.lower() for kind in kinds)


def _most_fields(path: str) -> int:
    return _EDITED_FIELDS if EDITED.fullmatch(path) else _FIELDS


async def _whole(receive: Receive) -> tuple[bytes, Receive]:
    """The body, and how the application receives it again. It is no longer than the limit."""
    parts: list[bytes] = []
    message: Message = {"more_body": True}
    while message.get("more_body", False):
        message = await receive()
        parts.append(message.get("body", b""))
    body = b"".join(parts)
    # Who went away in the middle of it is told as what came last.
    again = [message if message["type"] == "http.disconnect" else {**message, "body": body}]

    async def rest() -> Message:
        return again.pop() if again else await receive()

    return body, rest
