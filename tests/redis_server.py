"""A real Redis for tests: found, started on a free port of this machine, and thrown away.

Where there is none, root on Debian installs the package, as tests.postgres does with its own.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NoReturn

import pytest
import redis

from tests import postgres
from tools.server import free_port

PROGRAM = "redis-server"
ABSENT = "NO REDIS HERE: nothing that processes share was tested with it. Install redis-server."
START_SECONDS = 30.0


class RedisServer:
    """A server that can be stopped, and started again where it was."""

    def __init__(self, program: Path, folder: Path, port: int) -> None:
        self._command = [
            str(program), "--port", str(port), "--bind", "127.0.0.1", "--save", "",
            "--appendonly", "no", "--dir", str(folder),
        ]  # fmt: skip
        self.url = f"redis://127.0.0.1:{port}/0"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        """Start it and wait until it answers."""
        nobody = subprocess.DEVNULL
        self._process = subprocess.Popen(self._command, stdin=nobody, stdout=nobody, stderr=nobody)
        until = time.monotonic() + START_SECONDS
        with connected(self.url) as client:
            while True:
                try:
                    client.ping()
                except redis.ConnectionError:
                    assert self._process.poll() is None, "Redis has ended"
                    assert time.monotonic() < until, "Redis does not answer"
                    time.sleep(0.02)
                else:
                    return

    def stop(self) -> None:
        """Kill it: what it held is gone."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()
            self._process = None

    def freeze(self, on: bool) -> None:
        """Let it stand still, with its connections open, or go on."""
        assert self._process is not None
        self._process.send_signal(signal.SIGSTOP if on else signal.SIGCONT)


@contextmanager
def connected(url: str) -> Iterator[Any]:
    """A client that leaves no connection behind."""
    client = redis.Redis.from_url(url)
    try:
        yield client
    finally:
        client.connection_pool.disconnect()


@contextmanager
def running(folder: Path) -> Iterator[RedisServer]:
    """Start a server, and stop it afterwards."""
    server = RedisServer(program(), folder, free_port())
    server.start()
    try:
        yield server
    finally:
        server.stop()


def program() -> Path:
    """Where ``redis-server`` is; installed where that may be done."""
    found = shutil.which(PROGRAM)
    if found is None and postgres._may_install():
        postgres._install(PROGRAM)
        found = shutil.which(PROGRAM)
    return Path(found) if found else _absent(os.environ.get("CI") == "true")


def _absent(ci: bool) -> NoReturn:
    if ci:
        pytest.fail(ABSENT, pytrace=False)
    pytest.skip(ABSENT)
