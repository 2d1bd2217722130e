"""The real application without a model, served to a browser from a thread, with staff signed in."""

from __future__ import annotations

import socket
import threading
from types import TracebackType
from typing import Any

import uvicorn
from fastapi import FastAPI
from playwright.sync_api import BrowserContext

from tests.api.helpers import MORNING
from tests.api.staff.helpers import add_account, signed_in

WAIT = 60


class _Server(uvicorn.Server):
    """Tells when it is up."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start, and tell."""
        await super().startup(sockets)
        self.is_up.set()


class StaffServer:
    """Serves from ``with`` on; ``app`` is what a test looks at and changes."""

    def __init__(self, app: FastAPI) -> None:
        self.app = app
        self._socket = socket.create_server(("127.0.0.1", 0))
        self._server = _Server(uvicorn.Config(app, log_config=None, ws="none"))
        self._thread = threading.Thread(
            target=self._server.run, kwargs={"sockets": [self._socket]}, daemon=True
        )

    @property
    def url(self) -> str:
        """Its origin."""
        return f"http://127.0.0.1:{self._socket.getsockname()[1]}"

    def __enter__(self) -> StaffServer:
        """Serve in the background."""
        self._thread.start()
        assert self._server.is_up.wait(WAIT), "the server did not start"
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop."""
        self._server.should_exit = True
        self._thread.join(WAIT)
        self._socket.close()

    def sign_in(self, context: BrowserContext, **roles: str) -> None:
        """Give a browser the session of somebody with these roles: ``umea="editor"``."""
        held: Any = roles
        staff = add_account(self.app.state.store, "eva", "Eva Ek", **held)
        name, _, value = signed_in(self.app.state.store, staff)["Cookie"].partition("=")
        context.add_cookies([{"name": name, "value": value, "url": self.url}])
        context.set_extra_http_headers({"X-Lotsen-Now": MORNING})
