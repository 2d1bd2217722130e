"""Headers that tell browsers what a page of ours may do, and who may use what we serve."""

from __future__ import annotations

from dataclasses import replace

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from api.settings import Settings

PUBLIC = ("/widget.js", "/assets/")
"""What pages of other origins load as scripts, styles and pictures."""

PRIVATE = ("/api/", "/chat", "/desk", "/kiosk", "/metrics", "/staff", "/webhooks/")
"""What no cache may keep."""

DESK = ("/desk", "/staff")
"""What no page may show in a frame: staff would be led to press what they don't see."""

YEAR = 31_536_000


KIOSK = ("/kiosk/",)
"""What may be shown in no frame either, and may have a script that works when we are lost."""


SPOKEN = ("/chat/", "/kiosk/")
"""Pages at which questions can be spoken, where the operator lets them."""


class SecurityHeaders:
    """Adds the headers to every response, errors too."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app = app
        self._always = _always(settings)
        self._desk_policy = content_policy(replace(settings, frame_ancestors=()))
        self._kiosk = {
            "Content-Security-Policy": f"{self._desk_policy}; worker-src 'self'",
        }
        self._heard = {"Permissions-Policy": permissions(microphone=settings.listen.on)}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the request on, and add the headers when the response begins."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = str(scope["path"])

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                self._add(MutableHeaders(scope=message), path)
            await send(message)

        await self.app(scope, receive, with_headers)

    def _add(self, headers: MutableHeaders, path: str) -> None:
        for name, value in self._always.items():
            headers[name] = value
        if path.startswith(PUBLIC):
            headers["Access-Control-Allow-Origin"] = "*"
            headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        else:
            headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if path.startswith(DESK):
            headers["Content-Security-Policy"] = self._desk_policy
        if path.startswith(KIOSK):
            headers.update(self._kiosk)
        if path.startswith(SPOKEN):
            headers.update(self._heard)
        if path.startswith(PRIVATE):
            headers["Cache-Control"] = "no-store"


def content_policy(settings: Settings) -> str:
    """Only what this server sends, and no scripts or styles within pages."""
    ancestors = " ".join(settings.frame_ancestors) or "'none'"
    return "; ".join(
        [
            "default-src 'none'",
            "script-src 'self'",
            "style-src 'self'",
            "img-src 'self' data:",
            "connect-src 'self'",
            "media-src 'self' blob:",
            "form-action 'self'",
            "base-uri 'none'",
            f"frame-ancestors {ancestors}",
        ]
    )


def permissions(*, microphone: bool = False) -> str:
    """What pages may ask a browser for: nothing, but a microphone where questions are spoken."""
    heard = "(self)" if microphone else "()"
    return f"camera=(), geolocation=(), microphone={heard}, payment=(), usb=()"


def _always(settings: Settings) -> dict[str, str]:
    headers = {
        "Content-Security-Policy": content_policy(settings),
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Permissions-Policy": permissions(),
        "Cross-Origin-Opener-Policy": "same-origin",
    }
    if settings.public_url.lower().startswith("https://"):
        headers["Strict-Transport-Security"] = f"max-age={YEAR}"
    return headers
