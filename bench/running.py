"""A server as a process of its own: when it first answers, how much memory it takes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Final

from tools.server import free_port, trial_environment

__all__ = ["QUIET", "Running", "free_port", "ours", "say"]

QUIET: Final = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TQDM_DISABLE": "1",
    "PYTHONWARNINGS": "ignore",
    "PYTHONHASHSEED": "0",
    "MALLOC_ARENA_MAX": "2",
}
"""What the Makefile tells every process of ours; the stock project gets the same."""

UNLIMITED: Final = {
    f"LOTSEN_RATE_{name}": "0" for name in ("CLIENT", "CONVERSATION", "START", "REST")
}
STOP_SECONDS: Final = 15.0
READY_SECONDS: Final = 300.0
REST: Final = "/webhooks/rest/webhook"


class Running:
    """A server; leaving the ``with`` block stops it."""

    def __init__(
        self,
        url: str,
        command: Sequence[str],
        folder: Path,
        environment: Mapping[str, str],
        log: Path,
    ) -> None:
        self.url = url
        self._log = log
        self._command = command
        self._folder = folder
        self._environment = environment

    def __enter__(self) -> Running:
        """Start it; what it says goes to its log."""
        self._begun = time.monotonic()
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                self._command, cwd=self._folder, env=self._environment, stdout=log, stderr=log
            )
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Ask it to stop, then insist."""
        self.process.terminate()
        try:
            self.process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()

    def first_answer(self, question: str, sender: str) -> float:
        """Seconds from the start to the first answer; SystemExit when none comes."""
        while time.monotonic() - self._begun < READY_SECONDS and self.process.poll() is None:
            try:
                if say(self.url, sender, question):
                    return time.monotonic() - self._begun
            except (urllib.error.URLError, OSError, ValueError):
                pass
            time.sleep(0.1)
        raise SystemExit(f"[ERROR] No answer from {self.url}: see {self._log}")

    def peak_megabytes(self) -> float | None:
        """The most memory that it has held, where the system tells."""
        try:
            status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        except OSError:
            return None
        peak = next((line for line in status.splitlines() if line.startswith("VmHWM")), None)
        return int(peak.split()[1]) / 1024 if peak else None


def say(url: str, sender: str, text: str) -> list[dict[str, Any]]:
    """One message over Rasa's REST contract, which both sides have."""
    body = json.dumps(message(sender, text)).encode()
    asked = urllib.request.Request(f"{url}{REST}", body, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(asked, timeout=60) as reply:  # noqa: S310 - this machine's
        found: list[dict[str, Any]] = json.load(reply)
    return found


def message(sender: str, text: str) -> dict[str, Any]:
    """The body of a message: the municipality stands before ``--`` in the sender's name."""
    return {
        "sender": sender,
        "message": text,
        "metadata": {"municipality": sender.partition("--")[0]},
    }


def ours(folder: Path, data_dir: Path) -> Running:
    """This project's server from a tree of it, without limits; not started yet."""
    port = free_port()
    data_dir.mkdir(parents=True, exist_ok=True)
    environment = {**os.environ, **trial_environment(port, data_dir), **QUIET, **UNLIMITED}
    environment["LOTSEN_TEST_MODE"] = "0"
    command = [sys.executable, "-m", "api"]
    log = data_dir / "server.log"
    return Running(f"http://127.0.0.1:{port}", command, folder, environment, log)
