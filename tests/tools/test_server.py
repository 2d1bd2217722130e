"""A server as a process: known when ready, always stopped, its end explained."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tools.errors import NOT_READY, SetupError
from tools.server import Server, free_port, trial_environment

READY = """
import http.server, sys
class Handler(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/ready" else 404); self.end_headers()
    def log_message(self, *_): pass
http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
"""


def server(port: int, *command: str) -> Server:
    return Server(f"http://127.0.0.1:{port}", os.environ, subprocess.DEVNULL, command)  # type: ignore[arg-type]


def test_it_is_waited_for_and_stopped() -> None:
    port = free_port()
    with server(port, sys.executable, "-c", READY, str(port)) as running:
        assert running.wait_until_ready(20) < 20
        memory = running.peak_memory()
        assert memory is None or memory > 1
    assert running.process.poll() is not None


def test_it_is_stopped_when_the_work_with_it_fails() -> None:
    port = free_port()
    with (
        pytest.raises(ZeroDivisionError),
        server(port, sys.executable, "-c", READY, str(port)) as running,
    ):
        running.wait_until_ready(20)
        raise ZeroDivisionError
    assert running.process.poll() is not None


def test_one_that_ends_is_not_waited_for() -> None:
    command = (sys.executable, "-c", "raise SystemExit(3)")
    with pytest.raises(SetupError, match="exit code 3") as caught, server(1, *command) as running:
        running.wait_until_ready(20)
    assert caught.value.code == 3


def test_one_that_never_answers_is_given_up() -> None:
    command = (sys.executable, "-c", "import time; time.sleep(60)")
    with pytest.raises(SetupError) as caught, server(free_port(), *command) as running:
        running.wait_until_ready(0.3)
    assert caught.value.code == NOT_READY
    assert running.process.poll() is not None


def test_a_trial_keeps_its_conversations_to_itself(tmp_path: Path) -> None:
    environment = trial_environment(8123, tmp_path)
    assert environment["LOTSEN_TEST_MODE"] == "1"
    assert environment["LOTSEN_DATA_DIR"] == str(tmp_path)
    assert environment["LOTSEN_DATABASE_URL"] == ""
