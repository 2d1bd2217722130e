"""Fetch one page from the web, within limits, from the public internet only.

No cookies, no credentials, no proxy from the environment and nothing but GET: the request tells
the other side nothing about us. Every redirect is checked as if somebody had written it.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from email.message import Message
from typing import Final
from urllib.parse import urljoin

from bot.importing.errors import PageError
from bot.importing.guard import Target, addresses_of, target_of

MAX_BYTES: Final = 5 * 1024 * 1024
SECONDS: Final = 15.0
MOST_REDIRECTS: Final = 5

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_HTML: Final = frozenset({"text/html", "application/xhtml+xml"})
_CHUNK: Final = 64 * 1024
_HEADERS: Final = {
    "Accept": "text/html,application/xhtml+xml,text/plain;q=0.9",
    "Accept-Encoding": "gzip, deflate",
    "Accept-Language": "sv",
    "Connection": "close",
    "User-Agent": "Medborgarlotsen (a page read by an editor)",
}
_REFUSALS: Final = {
    401: "Sidan kräver inloggning. Spara den som en fil eller klistra in texten i stället.",
    403: "Webbplatsen vill inte lämna ut sidan. Spara den som en fil eller klistra in texten.",
    404: "Sidan finns inte (404). Kontrollera adressen.",
    410: "Sidan är borttagen (410).",
    429: "Webbplatsen säger att den fått för många frågor. Försök igen om en stund.",
}
_TOO_BIG: Final = "Sidan är för stor. Den får vara högst {megabytes} MB."
_TOO_SLOW: Final = "Sidan tog för lång tid att hämta. Försök igen, eller klistra in texten."


@dataclass(frozen=True, slots=True)
class Fetched:
    """What an address answered with. ``url`` is where the page was in the end."""

    url: str
    content: bytes
    charset: str | None
    is_html: bool


@dataclass(frozen=True, slots=True)
class Limits:
    """How much of a page is read, and for how long in all."""

    most_bytes: int = MAX_BYTES
    seconds: float = SECONDS

    @property
    def most_megabytes(self) -> int:
        """The size as people say it."""
        return max(1, self.most_bytes // 1024**2)


ORDINARY: Final = Limits()


def fetch(url: str, *, private: bool = False, limits: Limits = ORDINARY) -> Fetched:
    """The page at ``url``; raise PageError."""
    end = time.monotonic() + limits.seconds
    target = target_of(url, private=private)
    for _ in range(MOST_REDIRECTS + 1):
        answer = _ask(target, end, limits, private=private)
        if isinstance(answer, Fetched):
            return answer
        target = target_of(urljoin(target.url, answer), private=private)
    raise PageError("Adressen skickar vidare för många gånger. Skriv sidans egen adress.")


def _ask(target: Target, end: float, limits: Limits, *, private: bool) -> Fetched | str:
    """The page, or the address that it has moved to."""
    numbers = addresses_of(target, _left(end), private=private)
    try:
        connection = _connection(target, numbers, end)
        with _cut_off(connection, end):
            if isinstance(connection.sock, ssl.SSLSocket):
                connection.sock.do_handshake()
            connection.request("GET", target.path, headers=_HEADERS)
            with connection.getresponse() as response:
                if response.status in _REDIRECTS and response.headers.get("Location"):
                    return str(response.headers["Location"]).strip()
                return _read(target, response, end, limits)
    except ssl.SSLError:
        raise PageError("Webbplatsens certifikat gäller inte. Sidan läses därför inte.") from None
    except (OSError, http.client.HTTPException, ValueError):
        if time.monotonic() >= end:
            raise PageError(_TOO_SLOW) from None
        raise PageError("Sidan gick inte att hämta. Webbplatsen svarar inte som den ska.") from None


def _connection(target: Target, numbers: list[str], end: float) -> http.client.HTTPConnection:
    """A connection to one of the checked numbers, whatever the name may point to by now."""
    problem: OSError | None = None
    for number in numbers:
        try:
            plain = socket.create_connection((number, target.port), timeout=_left(end))
        except OSError as error:
            problem = error
            continue
        connection = http.client.HTTPConnection(target.host, target.port)
        connection.sock = plain
        if target.scheme == "https":
            # The handshake waits until the connection is watched: it too can be slowed down.
            connection.default_port = http.client.HTTPS_PORT
            connection.sock = ssl.create_default_context().wrap_socket(
                plain, server_hostname=target.host, do_handshake_on_connect=False
            )
        return connection
    raise problem or OSError("no address")


@contextmanager
def _cut_off(connection: http.client.HTTPConnection, end: float) -> Iterator[None]:
    """Close the connection when time is up: one that sends a byte a second never times out."""

    def cut() -> None:
        with suppress(OSError):
            sock.shutdown(socket.SHUT_RDWR)

    sock = connection.sock
    timer = threading.Timer(_left(end), cut)
    timer.daemon = True
    timer.start()
    try:
        yield
    finally:
        timer.cancel()
        connection.close()


def _read(
    target: Target, response: http.client.HTTPResponse, end: float, limits: Limits
) -> Fetched:
    if response.status != 200:
        problem = f"Webbplatsen svarar med fel {response.status}. Försök igen senare."
        raise PageError(_REFUSALS.get(response.status, problem))
    kind, charset = _kind(response.headers)
    content = b"".join(_chunks(response, end, limits))
    return Fetched(target.url, content, charset, kind in _HTML)


def _kind(headers: Message) -> tuple[str, str | None]:
    """The type and charset that the site states; raise PageError for what is no page."""
    kind = headers.get_content_type() if headers.get("Content-Type") else ""
    if kind == "application/pdf":
        raise PageError("Adressen leder till en PDF. Öppna den och klistra in texten i stället.")
    if kind not in (*_HTML, "text/plain"):
        raise PageError("Adressen leder till en fil som inte är en webbsida.")
    charset = headers.get_content_charset()
    return kind, charset


def _chunks(response: http.client.HTTPResponse, end: float, limits: Limits) -> Iterator[bytes]:
    """The page piece by piece, unpacked; raise PageError as soon as it is too much."""
    too_big = PageError(_TOO_BIG.format(megabytes=limits.most_megabytes))
    unpack = _unpacker(response.headers.get("Content-Encoding", ""))
    received = unpacked = 0
    while True:
        packed = response.read1(_CHUNK)
        received += len(packed)
        if time.monotonic() >= end:
            raise PageError(_TOO_SLOW)
        if received > limits.most_bytes:
            raise too_big
        for piece in _pieces(unpack, packed, limits.most_bytes - unpacked + 1):
            unpacked += len(piece)
            if unpacked > limits.most_bytes:
                raise too_big
            yield piece
        if not packed:
            if unpack is not None and not unpack.eof:
                raise ValueError("the page ends in the middle of what is packed")
            return


def _unpacker(encoding: str) -> zlib._Decompress | None:
    name = encoding.strip().lower()
    if name in ("", "identity"):
        return None
    if name in ("gzip", "x-gzip", "deflate"):
        return zlib.decompressobj(zlib.MAX_WBITS | 32)
    raise PageError("Webbplatsen packar sidan på ett sätt som vi inte kan läsa.")


def _pieces(unpack: zlib._Decompress | None, packed: bytes, most: int) -> Iterator[bytes]:
    """What a piece unpacks to, never more than ``most`` bytes at a time: a bomb stays small."""
    if unpack is None:
        yield packed
        return
    try:
        piece = unpack.decompress(packed, most)
        while piece:
            yield piece
            piece = unpack.decompress(unpack.unconsumed_tail, most)
    except zlib.error as error:
        raise ValueError("what is packed can't be unpacked") from error


def _left(end: float) -> float:
    """The seconds that are left; raise PageError when none are."""
    left = end - time.monotonic()
    if left <= 0:
        raise PageError(_TOO_SLOW)
    return left
