"""How long a client may take to send a request, and how long its head may be.

uvicorn waits for ever for the rest of a request, and keeps as many headers as it is sent: a few
programs that send a byte now and then would use up all connections of the process.
"""

from __future__ import annotations

import asyncio
import resource
from contextlib import suppress

from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_BYTES = 65536
"""Of a request's first line and headers; browsers send a few hundred."""

CONNECTIONS = 65536
"""Files and connections that one process may have open."""


def patient(seconds: float) -> type[HttpToolsProtocol]:
    """uvicorn's protocol, closing connections on which no whole request comes within this time."""

    class Patient(_Patient):
        patience = seconds

    return Patient


class _Patient(HttpToolsProtocol):
    """The time runs from the connection, then from each request's first byte to its last."""

    patience: float
    _waiting: asyncio.TimerHandle | None = None
    _head = 0

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        super().data_received(data)
        # What came did not end the head, or it would no longer be counted.
        if self._waiting is not None and self._head >= 0:
            self._head += len(data)
            if self._head > HEAD_BYTES and not self.transport.is_closing():
                self.send_400_response("The request's head is too long.")

    def on_message_begin(self) -> None:
        self._wait()
        super().on_message_begin()

    def on_headers_complete(self) -> None:
        self._head = -1
        super().on_headers_complete()

    def on_message_complete(self) -> None:
        self._done()
        super().on_message_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        self._done()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._done()
        self._head = 0
        self._waiting = self.loop.call_later(self.patience, self.transport.close)

    def _done(self) -> None:
        if self._waiting is not None:
            self._waiting.cancel()
            self._waiting = None


def open_as_many_as_allowed() -> None:
    """Let this process hold as many connections as the system allows it, within reason.

    Shells and service managers start with 1 024, which idle clients use up in a moment.
    """
    before, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = CONNECTIONS if most == resource.RLIM_INFINITY else min(most, CONNECTIONS)
    if before < wanted:
        # macOS may refuse what it said that it allows.
        with suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, most))
