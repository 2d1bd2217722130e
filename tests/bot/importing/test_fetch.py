"""Fetching a page: redirects, sizes, types, packing and time."""

from __future__ import annotations

import gzip
import socket
import threading
import zlib
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from bot.importing.errors import PageError
from bot.importing.fetch import Limits, fetch

PAGE = "<h1>Stöd åt anhöriga</h1>".encode()
BOMB = gzip.compress(b"\0" * 6_000_000)
BROKEN = gzip.compress(PAGE)[:-9]
HTML = {"Content-Type": "text/html; charset=UTF-8"}
SITE: dict[str, tuple[int, dict[str, str], bytes]] = {
    "/sida": (200, HTML, PAGE),
    "/packad": (200, {**HTML, "Content-Encoding": "gzip"}, gzip.compress(PAGE)),
    "/deflate": (200, {**HTML, "Content-Encoding": "deflate"}, zlib.compress(PAGE)),
    "/text": (200, {"Content-Type": "text/plain"}, b"Bara text"),
    "/flyttad": (301, {"Location": "/sida"}, b""),
    "/runt": (302, {"Location": "/runt"}, b""),
    "/inat": (302, {"Location": "http://169.254.169.254/latest/meta-data/"}, b""),
    "/fil": (302, {"Location": "file:///etc/passwd"}, b""),
    "/pdf": (200, {"Content-Type": "application/pdf"}, b"%PDF"),
    "/bild": (200, {"Content-Type": "image/png"}, b"x"),
    "/okand": (200, {}, PAGE),
    "/stor": (200, HTML, b"x" * 5_300_000),
    "/bomb": (200, {**HTML, "Content-Encoding": "gzip"}, BOMB),
    "/trasig": (200, {**HTML, "Content-Encoding": "gzip"}, BROKEN),
    "/br": (200, {**HTML, "Content-Encoding": "br"}, b"x"),
    "/borta": (404, HTML, b""),
    "/last": (403, HTML, b""),
    "/fel": (500, HTML, b""),
}


class Site(BaseHTTPRequestHandler):
    """Answers as the table says; ``/langsam`` never ends its first line."""

    asked: list[dict[str, str]] = []  # noqa: RUF012 - what the tests look at

    def do_GET(self) -> None:
        self.asked.append(dict(self.headers.items()))
        if self.path == "/langsam":
            self.server.ended.wait(20)  # type: ignore[attr-defined]
            return
        status, headers, body = SITE[self.path]
        self.send_response(status)
        for name, value in {
            **headers,
            "Set-Cookie": "spår=1",
            "Content-Length": str(len(body)),
        }.items():
            self.send_header(name, value.replace("å", "a"))
        self.end_headers()
        with suppress(ConnectionError):
            self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.ended = threading.Event()  # type: ignore[attr-defined]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.ended.set()  # type: ignore[attr-defined]
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/sida", "/packad", "/deflate", "/flyttad"])
def test_a_page(site: str, path: str) -> None:
    found = fetch(site + path, private=True)
    assert (found.content, found.charset, found.is_html) == (PAGE, "utf-8", True)
    assert found.url.startswith(site)


def test_plain_text_and_a_request_that_tells_nothing_of_us(site: str) -> None:
    Site.asked.clear()
    assert not fetch(f"{site}/text", private=True).is_html
    fetch(f"{site}/flyttad", private=True)
    sent = {name.lower() for request in Site.asked for name in request}
    assert not sent & {"cookie", "authorization", "referer"}
    assert len(Site.asked) == 3


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/runt", "skickar vidare för många gånger"),
        ("/inat", "internt nät"),
        ("/fil", "https://"),
        ("/pdf", "PDF"),
        ("/bild", "inte är en webbsida"),
        ("/okand", "inte är en webbsida"),
        ("/stor", "för stor"),
        ("/bomb", "för stor"),
        ("/trasig", "svarar inte som den ska"),
        ("/br", "packar"),
        ("/borta", "finns inte"),
        ("/last", "vill inte lämna ut"),
        ("/fel", "fel 500"),
    ],
)
def test_what_is_refused(site: str, path: str, told: str) -> None:
    with pytest.raises(PageError, match=told):
        fetch(site + path, private=True)


def test_nobody_waits_longer_than_the_limit(site: str) -> None:
    with pytest.raises(PageError, match="för lång tid"):
        fetch(f"{site}/langsam", private=True, limits=Limits(seconds=0.2))


def test_nobody_answers() -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with pytest.raises(PageError, match="gick inte att hämta"):
        fetch(f"http://127.0.0.1:{port}/", private=True)


def test_a_name_that_points_elsewhere_afterwards(monkeypatch: pytest.MonkeyPatch) -> None:
    """The name is looked up once, and that very number is connected to."""
    numbers, connected = iter(["93.184.216.34", "127.0.0.1"]), []

    def looked_up(*_: Any) -> list[Any]:
        return [(0, 0, 0, "", (next(numbers), 80))]

    def connect(address: Any, timeout: float) -> Any:
        connected.append(address)
        raise OSError("no network here")

    monkeypatch.setattr(socket, "getaddrinfo", looked_up)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(PageError):
        fetch("http://kommunen.se/")
    assert connected == [("93.184.216.34", 80)]
    with pytest.raises(PageError, match="internt nät"):
        fetch("http://kommunen.se/")
