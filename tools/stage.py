"""The real assistant as a process and a website of another origin, for plays in a real browser.

The tests and the screenshots share it. The server keeps its conversations in a folder of its own
and comes back on the same port after it was killed.
"""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from subprocess import PIPE

from playwright.sync_api import Browser, Playwright

from tools.errors import SetupError
from tools.local_server import LocalServer
from tools.server import Server, free_port, trial_environment

READY_SECONDS = 120.0
# Plays come from one address, many a minute. What one conversation may send stays limited.
RATES = {
    "LOTSEN_RATE_CLIENT": "0",
    "LOTSEN_RATE_START": "0",
    "LOTSEN_RATE_REST": "0",
}
LAUNCH = (
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run"),
    *("--disable-background-networking", "--disable-component-update", "--disable-sync"),
    # Whoever uses the microphone hears its beeps; without windows nobody can be asked for leave.
    *("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream"),
    # A request to any other machine finds no address; the watcher reports that it was made.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
)


EVERY_ORDER = """
import json, sys
from api.staff.__main__ import main
sys.exit(any([main(order) for order in json.loads(sys.argv[1])]))
"""


class Website(LocalServer):
    """A municipality's website in small: HTML from memory, on an origin of its own."""

    def __init__(self) -> None:
        self.pages: dict[str, str] = {}
        self.headers: dict[str, str] = {}
        super().__init__(self._handler())

    def show(self, path: str, html: str) -> str:
        """Put a page there and return its address."""
        self.pages[path] = html
        return f"{self.url}{path}"

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        site = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                body = site.pages.get(self.path)
                # Browsers ask for /favicon.ico by themselves: that is no fault of a page.
                self.send_response(200 if body else 204)
                for name, value in site.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Type", "text/html; charset=utf-8")
                self.end_headers()
                self.wfile.write((body or "").encode())

            def log_message(self, *_: object) -> None:
                """Keep the output of the tests to the tests."""

        return Handler


class Stage:
    """The assistant's server: started, killed without a warning, started again."""

    def __init__(
        self,
        folder: Path,
        origins: tuple[str, ...] = (),
        more: Mapping[str, str] | None = None,
    ) -> None:
        port = free_port()
        self.url = f"http://127.0.0.1:{port}"
        self.folder = folder
        self.log = folder / "server.log"
        self._environment = {
            **trial_environment(port, folder),
            **RATES,
            "LOTSEN_ORIGINS": ",".join(origins),
            **(more or {}),
        }
        self._server: Server | None = None

    def start(self) -> None:
        """Start it and wait until it answers; nothing when it runs."""
        if self._server:
            return
        with self.log.open("ab") as log:
            server = Server(self.url, self._environment, log).__enter__()
        self._server = server
        try:
            server.wait_until_ready(READY_SECONDS)
        except SetupError as error:
            self.stop()
            said = self.log.read_text(encoding="utf-8", errors="replace")[-3000:]
            raise SetupError(error.code, f"{error}\n{said}") from error

    def kill(self) -> None:
        """End it as a lost power supply does: nothing is finished, nothing is said."""
        assert self._server
        self._server.process.send_signal(signal.SIGKILL)
        self._server.process.wait()
        self._server = None

    def freeze(self) -> None:
        """Let it hang: requests arrive and are not answered, until `kill`."""
        assert self._server
        self._server.process.send_signal(signal.SIGSTOP)

    def thaw(self) -> None:
        """Let it go on."""
        assert self._server
        self._server.process.send_signal(signal.SIGCONT)

    def add_staff(self, staff: Sequence[tuple[str, str, str, str]], password: str) -> None:
        """Make accounts at its desk (login, name, role, municipality each).

        By the command that an operator would use, all in one process: each would load the
        application anew.
        """
        orders = [
            ["add", login, "--name", name, "--role", role, "--municipality", municipality,
             "--password-stdin"]
            for login, name, role, municipality in staff
        ]  # fmt: skip
        subprocess.run(
            [sys.executable, "-c", EVERY_ORDER, json.dumps(orders)],
            env=self._environment,
            input=f"{password}\n" * len(orders),
            text=True,
            check=True,
            stdout=PIPE,
        )

    def stop(self) -> None:
        """Ask it to end."""
        if self._server:
            self._server.__exit__(None, None, None)
            self._server = None


@contextmanager
def chromium(playwright: Playwright, path: Path) -> Iterator[Browser]:
    """Open the browser, which talks to this machine only."""
    browser = playwright.chromium.launch(executable_path=path, args=list(LAUNCH))
    try:
        yield browser
    finally:
        browser.close()
