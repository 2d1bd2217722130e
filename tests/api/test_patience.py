"""A client has a while to send a request whole, and no head is longer than it can need to be."""

from __future__ import annotations

import asyncio
import resource

import pytest
from starlette.types import Receive, Scope, Send
from uvicorn import Config
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.server import ServerState

from api import patience
from api.patience import HEAD_BYTES, patient

HEAD = b"POST /webhooks/rest/webhook HTTP/1.1\r\nHost: x\r\nContent-Length: 4\r\n"
LONG = 3600.0


class Wire(asyncio.Transport):
    """Remembers what was sent, and whether it was closed."""

    def __init__(self) -> None:
        super().__init__()
        self.sent, self.closed = b"", False

    def write(self, data: bytes | bytearray | memoryview) -> None:
        self.sent += bytes(data)

    def close(self) -> None:
        self.closed = True

    def pause_reading(self) -> None:
        """The application reads as it likes."""

    def resume_reading(self) -> None:
        """The same."""

    def is_closing(self) -> bool:
        return self.closed


async def _silent(scope: Scope, receive: Receive, send: Send) -> None:
    """Answers nothing while somebody is there."""
    while (await receive())["type"] != "http.disconnect":
        pass


async def connected(seconds: float) -> tuple[HttpToolsProtocol, Wire]:
    """A connection to an application, just made."""
    config = Config(_silent, log_config=None, ws="none")
    config.load()
    loop = asyncio.get_running_loop()
    protocol, wire = patient(seconds)(config, ServerState(), {}, loop), Wire()
    protocol.connection_made(wire)
    return protocol, wire


async def turn() -> None:
    """Let everything that is due be done."""
    for _ in range(5):
        await asyncio.sleep(0)


@pytest.mark.parametrize("sent", [b"", HEAD[:20], HEAD, HEAD + b"\r\n", HEAD + b"\r\nab"], ids=repr)
async def test_one_who_sends_no_whole_request_in_time_is_left(sent: bytes) -> None:
    protocol, wire = await connected(0.0)
    if sent:
        protocol.data_received(sent)
    assert not wire.closed
    await turn()
    assert wire.closed


async def test_a_whole_request_may_take_any_time_to_answer() -> None:
    protocol, wire = await connected(0.0)
    protocol.data_received(HEAD + b"\r\nabcd")
    await turn()
    assert not wire.closed
    protocol.connection_lost(None)
    await turn()


async def test_the_next_request_of_a_connection_has_its_own_time() -> None:
    protocol, wire = await connected(0.0)
    protocol.data_received(HEAD + b"\r\nabcd")
    protocol.data_received(HEAD)
    await turn()
    assert wire.closed
    protocol.connection_lost(None)
    await turn()


@pytest.mark.parametrize("parts", [1, 7])
async def test_a_head_without_end_is_refused(parts: int) -> None:
    protocol, wire = await connected(LONG)
    protocol.data_received(HEAD + b"X-Long: ")
    for _ in range(parts):
        if not wire.closed:
            protocol.data_received(b"x" * (HEAD_BYTES // parts + 1))
    assert wire.closed
    assert wire.sent.startswith(b"HTTP/1.1 400 ")
    protocol.connection_lost(None)


async def test_a_long_body_is_no_long_head() -> None:
    protocol, wire = await connected(LONG)
    protocol.data_received(HEAD.replace(b"4", b"200000") + b"\r\n")
    protocol.data_received(b"x" * 2 * HEAD_BYTES)
    assert not wire.closed
    protocol.connection_lost(None)
    await turn()


@pytest.mark.parametrize(
    ("before", "most", "wanted"),
    [
        (1024, 524_288, [(65_536, 524_288)]),
        (1024, 4096, [(4096, 4096)]),
        (1024, resource.RLIM_INFINITY, [(65_536, resource.RLIM_INFINITY)]),
        (70_000, 524_288, []),
    ],
)
def test_as_many_connections_as_the_system_allows(
    monkeypatch: pytest.MonkeyPatch, before: int, most: int, wanted: list[tuple[int, int]]
) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda _: (before, most))
    monkeypatch.setattr(resource, "setrlimit", lambda _, limits: asked.append(limits))
    patience.open_as_many_as_allowed()
    assert asked == wanted
