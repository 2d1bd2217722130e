"""The canned desk's wire: requests to answers, files, pages, and the stream of changes."""

from __future__ import annotations

import json
import queue
from typing import TYPE_CHECKING, ClassVar

from api.services.pages_render import render
from api.services.pages_theme import theme_css
from tests.web.canned_http import WEB, Handler

if TYPE_CHECKING:
    from tests.web.canned_desk import CannedDesk

PATH = "/api/v1/desk/"


class DeskHandler(Handler):
    """Answers for the canned desk that a subclass names."""

    desk: ClassVar[CannedDesk]

    def do_GET(self) -> None:  # noqa: N802 - the base class names it
        path = self.path.split("?")[0]
        if path.startswith("/api/"):
            self._api()
        elif path == "/assets/theme.css":
            self._send(200, theme_css().encode(), {"Content-Type": "text/css; charset=utf-8"})
        elif path.startswith("/assets/"):
            self._file(WEB / path.removeprefix("/assets/"))
        elif path == "/desk":
            html = render("desk.html", "sv", csrf=self.desk.csrf)
            self._page(html)
        elif path == "/desk/sign-in":
            self._page(self.desk.sign_in)
        else:
            self._send(204, b"", {})

    def do_POST(self) -> None:  # noqa: N802 - the base class names it
        if self.path == "/desk/sign-out":
            length = int(self.headers.get("Content-Length") or 0)
            self.desk.sent.append(("sign-out", {"form": self.rfile.read(length).decode()}))
            self._send(303, b"", {"Location": "/desk/sign-in"})
        else:
            self._api()

    def _page(self, html: str) -> None:
        self._send(200, html.encode(), {"Content-Type": "text/html; charset=utf-8"})

    def _api(self) -> None:
        path = self.path.removeprefix(PATH)
        length = int(self.headers.get("Content-Length") or 0)
        body = json.loads(self.rfile.read(length)) if length else {}
        if path == "events" and self.desk.signed_in:
            self._stream()
            return
        status, told = self.desk.answer(
            self.command, path, self.headers.get("X-Lotsen-CSRF") or "", body
        )
        self._send(status, json.dumps(told).encode(), {"Content-Type": "application/json"})

    def _stream(self) -> None:
        follower: queue.Queue[dict[str, str | None] | None] = queue.Queue()
        self.desk.followers.append(follower)
        self._head(200, {"Content-Type": "text/event-stream"})
        try:
            self._write(": here\n\n")
            while (change := follower.get()) is not None:
                self._write(f"event: changed\ndata: {json.dumps(change)}\n\n")
        except OSError:
            pass  # Whoever listened has left.
