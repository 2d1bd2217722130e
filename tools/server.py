"""Start the assistant as a process of its own, know when it is ready, and always stop it."""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import FrameType, TracebackType
from typing import IO, Any

from tools.errors import NOT_READY, SetupError

SERVE = (sys.executable, "-m", "api")
STOP_SECONDS = 15.0
FIRST_PORT, PORTS = 20_000, 12_000
"""Below those that Linux and macOS give out by themselves."""


class Server:
    """A running assistant; leaving the `with` block stops it."""

    def __init__(
        self,
        url: str,
        environment: Mapping[str, str],
        output: IO[Any] | None = None,
        command: Sequence[str] = SERVE,
    ) -> None:
        self.url = url
        self._environment = environment
        self._output = output
        self._command = command

    def __enter__(self) -> Server:
        """Start the process; a request to end ours ends it too."""
        signal.signal(signal.SIGTERM, _leave)
        self.process = subprocess.Popen(
            self._command, env=self._environment, stdout=self._output, stderr=self._output
        )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ask it to stop, then insist."""
        if self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(STOP_SECONDS)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()

    def wait_until_ready(self, seconds: float) -> float:
        """Return the seconds until it can answer; raise when it ends or takes too long."""
        started = time.monotonic()
        while time.monotonic() - started < seconds:
            code = self.process.poll()
            if code is not None:
                raise SetupError(code or NOT_READY, f"The server ended with exit code {code}.")
            if self._answers():
                return time.monotonic() - started
            time.sleep(0.1)
        raise SetupError(NOT_READY, f"The server was not ready after {seconds:.0f} s.")

    def peak_memory(self) -> int | None:
        """Return the most memory it has held, in MB, where the system tells."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        except OSError:
            return None
        peak = next((line for line in status.splitlines() if line.startswith("VmHWM")), None)
        return int(peak.split()[1]) // 1024 if peak else None

    def _answers(self) -> bool:
        try:
            with urllib.request.urlopen(f"{self.url}/ready", timeout=5) as reply:
                return bool(reply.status == 200)
        except (urllib.error.URLError, OSError):
            return False


def free_port() -> int:
    """Return a port of this machine that nothing listens on.

    It is bound seconds later, so it is none of those that the system gives to whoever asks for any,
    such as each of a browser's connections.
    """
    while True:
        port = FIRST_PORT + secrets.randbelow(PORTS)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("127.0.0.1", port))
            return port


def trial_environment(port: int, data_dir: Path) -> dict[str, str]:
    """Let a server play with a clock of ours and keep its conversations to itself."""
    return {
        **os.environ,
        "LOTSEN_HOST": "127.0.0.1",
        "LOTSEN_PORT": str(port),
        "LOTSEN_TEST_MODE": "1",
        "LOTSEN_DATA_DIR": str(data_dir),
        "LOTSEN_DATABASE_URL": "",
    }


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)
