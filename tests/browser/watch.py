"""Watch what a browser does beside what a play asks: errors, cookies, requests that leave us."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Request, WebError

OURS = ("127.0.0.1", "localhost")
# An ended page ends what it was still loading: a stream of events always is.
ABORTED = "net::ERR_ABORTED"


class Watch:
    """What went wrong in one browser context, in words."""

    def __init__(self, context: BrowserContext) -> None:
        self.context = context
        self.requests: list[str] = []
        self._seen: list[str] = []
        self._expected: list[re.Pattern[str]] = []
        self._cookies: set[str] = set()
        context.on("console", self._console)
        context.on("weberror", self._error)
        context.on("request", self._request)
        context.on("requestfailed", self._failed)

    def expect(self, pattern: str) -> None:
        """Let a play cause an error that it is about."""
        self._expected.append(re.compile(pattern))

    def allow_cookies(self, *names: str) -> None:
        """Let staff be signed in; citizens have no cookies."""
        self._cookies.update(names)

    def problems(self) -> list[str]:
        """What was seen and not expected, and cookies, of which there are to be none."""
        seen = [s for s in self._seen if not any(p.search(s) for p in self._expected)]
        names = {str(c.get("name")) for c in self.context.cookies()} - self._cookies
        cookies = [f"cookie: {name}" for name in sorted(names)]
        return list(dict.fromkeys([*seen, *cookies]))

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in ("error", "warning", "assert"):
            where = message.location.get("url", "")
            self._seen.append(f"console {message.type}: {message.text} ({where})")

    def _error(self, error: WebError) -> None:
        self._seen.append(f"script error: {error.error}")

    def _request(self, request: Request) -> None:
        self.requests.append(f"{request.method} {request.url}")
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob", "about") and address.hostname not in OURS:
            self._seen.append(f"request to another machine: {request.url}")

    def _failed(self, request: Request) -> None:
        reason = str(request.failure)
        if ABORTED not in reason:
            self._seen.append(f"failed: {request.method} {request.url}: {reason}")
