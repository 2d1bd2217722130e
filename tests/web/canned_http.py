"""The canned server's wire: requests to answers, files, and the stream of events."""

from __future__ import annotations

import json
import queue
from collections.abc import Mapping
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from tests.web.canned import Canned

WEB = Path(__file__).resolve().parents[2] / "api" / "web"
KINDS = {
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "connect-src 'self'; media-src 'self' blob:; form-action 'self'; base-uri 'none'"
)


class Handler(BaseHTTPRequestHandler):
    """Answers for the canned server that a subclass names."""

    canned: ClassVar[Canned]

    def do_GET(self) -> None:
        path = self.path.split("?")[0]
        if self.path.startswith("/api/v1/"):
            self._api()
        elif path == "/widget.js":
            self._file(WEB / "widget.js")
        elif path.startswith("/assets/"):
            self._file(WEB / path.removeprefix("/assets/"))
        else:
            page = self.canned.pages.get(path)
            headers = {"Content-Type": "text/html; charset=utf-8"}
            self._send(200 if page else 204, (page or "").encode(), headers)

    def do_POST(self) -> None:
        self._api()

    def do_PATCH(self) -> None:
        self._api()

    def do_DELETE(self) -> None:
        self._api()

    def do_OPTIONS(self) -> None:
        self._send(204, b"", {})

    def log_message(self, *_: object) -> None:
        """Keep the output of the tests to the tests."""

    def _api(self) -> None:
        path = self.path.removeprefix("/api/v1/")
        secret = (self.headers.get("Authorization") or "").removeprefix("Bearer ")
        length = int(self.headers.get("Content-Length") or 0)
        sent = self.rfile.read(length)
        if path.endswith("/heard"):
            self.canned.recordings.append((self.headers["Content-Type"], sent))
            sent = b""
        body = json.loads(sent) if sent else {}
        if path.endswith("/events"):
            self._events(path, secret)
            return
        status, told = self.canned.answer(self.command, path, secret, body)
        if isinstance(told, bytes):
            self._send(status, told, {"Content-Type": "audio/wav"})
        elif isinstance(told, str):
            self._send(status, told.encode(), {"Content-Type": "text/plain; charset=utf-8"})
        else:
            data = b"" if told is None else json.dumps(told).encode()
            self._send(status, data, {"Content-Type": "application/json"})

    def _events(self, path: str, secret: str) -> None:
        talk, _ = self.canned.find(path, secret)
        if talk is None:
            self._send(404, b"{}", {"Content-Type": "application/json"})
            return
        known = int(self.headers.get("Last-Event-ID") or 0)
        follower = talk.follow(known)
        self._head(200, {"Content-Type": "text/event-stream"})
        self._follow(follower)

    def _follow(self, follower: queue.Queue[dict[str, Any] | None]) -> None:
        try:
            while (message := follower.get()) is not None:
                if not message:
                    return
                event = "handoff" if "state" in message else f"message\r\nid: {message['number']}"
                self._write(f"event: {event}\r\ndata: {json.dumps(message)}\r\n\r\n")
            self._write("event: erased\r\ndata: {}\r\n\r\n")
        except OSError:
            pass  # Whoever listened has left.

    def _write(self, text: str) -> None:
        self.wfile.write(text.encode())
        self.wfile.flush()

    def _file(self, path: Path) -> None:
        kind = KINDS.get(path.suffix)
        if kind is None or not path.is_file():
            self._send(404, b"", {})
            return
        self._send(200, path.read_bytes(), {"Content-Type": f"{kind}; charset=utf-8"})

    def _head(self, status: int, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        allowed = {
            "Access-Control-Allow-Origin": "*",
            "Access-Control-Allow-Headers": "Authorization, Content-Type, Last-Event-ID",
            "Access-Control-Allow-Methods": "GET, POST, PATCH, DELETE",
            "Content-Security-Policy": POLICY,
            "X-Content-Type-Options": "nosniff",
        }
        for name, value in {**allowed, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, status: int, body: bytes, headers: Mapping[str, str]) -> None:
        self._head(status, headers)
        self.wfile.write(body)
