"""Clients that send slowly, send half, or only hold on: a real server answers everybody else.

The server gives up on them by its own limit, which is a second here.
"""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import httpx
import pytest

from api.__main__ import server_of
from api.settings import Settings
from tests.api.helpers import ANSWER, WEBHOOK, Canned, application, message
from tests.faults.served import served

pytestmark = pytest.mark.faults

IDLE = 400
SAFE_SECONDS = 120
"""Nobody waits so long unless something hangs."""

BODY = json.dumps(message()).encode()
HEAD = (
    f"POST {WEBHOOK} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    f"Content-Length: {len(BODY)}\r\n"
).encode()
FORM = (
    b"POST /chat/umea HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 20\r\n"
    b"Content-Type: application/x-www-form-urlencoded\r\n\r\ntext=Vad"
)
HALVES = {
    "nothing": b"",
    "half a head": HEAD[:40],
    "no end of the head": HEAD,
    "no body": HEAD + b"\r\n",
    "half a body": HEAD + b"\r\n" + BODY[:10],
    "half a form": FORM,
}


class Real:
    """A light application on a real port."""

    def __init__(self, folder: Path) -> None:
        self.canned = Canned([ANSWER])
        app = application(self.canned, folder, request_seconds=1.0)
        self._listening = socket.create_server(("127.0.0.1", 0), backlog=1024)
        self.address: tuple[str, int] = self._listening.getsockname()
        self._server = server_of(app, Settings(request_seconds=1.0))
        work = {"sockets": [self._listening]}
        self._thread = threading.Thread(target=self._server.run, kwargs=work, daemon=True)
        self._thread.start()

    @property
    def url(self) -> str:
        """Its origin."""
        return "http://{}:{}".format(*self.address)

    def connect(self, sent: bytes = b"") -> socket.socket:
        """Somebody who has sent this."""
        client = socket.create_connection(self.address, timeout=SAFE_SECONDS)
        client.sendall(sent)
        return client

    def answers(self) -> bool:
        """Whether somebody who asks as one should is answered."""
        with httpx.Client(base_url=self.url, timeout=SAFE_SECONDS) as http:
            response = http.post(WEBHOOK, json=message())
        return bool(response.json()[0]["text"] == ANSWER["text"])

    def stop(self) -> None:
        """End it as an operator does."""
        self._server.should_exit = True
        self._thread.join(SAFE_SECONDS)
        assert not self._thread.is_alive(), "it can't be stopped"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Real]:
    """A running server; it has to end whatever its clients do."""
    running = Real(tmp_path)
    try:
        assert running.answers()
        yield running
    finally:
        running.stop()


def rest_of(client: socket.socket) -> bytes:
    """What still comes until the server closes the connection."""
    parts = []
    try:
        while part := client.recv(65536):
            parts.append(part)
    except ConnectionResetError:
        pass
    return b"".join(parts)


def test_many_who_only_hold_on_keep_nobody_waiting(server: Real) -> None:
    with ExitStack() as held:
        clients = [held.enter_context(server.connect()) for _ in range(IDLE)]
        assert server.answers()
        assert [rest_of(client) for client in clients] == [b""] * IDLE
    assert server.answers()


@pytest.mark.parametrize("half", HALVES)
def test_who_sends_half_a_request_is_left_and_nothing_is_done(server: Real, half: str) -> None:
    heard = len(server.canned.heard)
    with ExitStack() as held:
        clients = [held.enter_context(server.connect(HALVES[half])) for _ in range(30)]
        assert server.answers()
        for client in clients:
            assert b" 500 " not in rest_of(client)
    assert len(server.canned.heard) == heard + 1


def test_one_who_sends_a_byte_at_a_time_has_no_more_time(server: Real) -> None:
    """Each byte would be heard in time; the request never ends."""
    with server.connect(HEAD) as client:
        client.settimeout(0.1)
        for _ in range(10 * SAFE_SECONDS):
            try:
                client.sendall(b"x")
                if client.recv(1000) == b"":
                    break
            except TimeoutError:
                continue
            except OSError:
                break
        else:
            pytest.fail("it is still listened to")
    assert server.answers()


def test_a_head_without_end_is_refused(server: Real) -> None:
    with server.connect(HEAD + b"X-Long: ") as client:
        try:
            for _ in range(100):
                client.sendall(b"x" * 65536)
        except OSError:
            pass
        else:
            pytest.fail("it is all kept")
    assert server.answers()


def test_who_reads_nothing_holds_up_neither_others_nor_the_end(tmp_path: Path) -> None:
    with ExitStack() as held, served(tmp_path) as server:
        begun = server.http.post("/api/v1/conversations", json={"municipality": "umea"}).json()
        follow = (
            f"GET /api/v1/conversations/{begun['id']}/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"
            f"Authorization: Bearer {begun['secret']}\r\n\r\n"
        ).encode()
        fetch = b"GET /openapi.json HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n" * 40
        address = (server.http.base_url.host, server.http.base_url.port or 0)
        for sent in [follow] * 5 + [fetch] * 20:
            client = held.enter_context(socket.create_connection(address, timeout=SAFE_SECONDS))
            client.sendall(sent)
        assert server.ask().status_code == 200
        server.server.process.terminate()
        server.server.process.wait(SAFE_SECONDS)
