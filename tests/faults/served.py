"""Real servers, as an operator starts them: a process with a port, a folder and an end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.settings import ROOT
from tools.server import Server, free_port, trial_environment

SERVE = (sys.executable, "-m", "api")
START_SECONDS = 180.0
QUESTION = "Vad kostar ledsagning?"
WEBHOOK = "/webhooks/rest/webhook"


class _Elsewhere(Server):
    """A server whose project lies somewhere else."""

    place: Path

    def __enter__(self) -> Server:
        self.process = subprocess.Popen(
            self._command,
            cwd=self.place,
            env=self._environment,
            stdout=self._output,
            stderr=self._output,
        )
        return self


@dataclass(frozen=True, slots=True)
class Served:
    """A running assistant: its process, and a client of it."""

    server: Server
    http: httpx.Client
    log: Path

    @property
    def pid(self) -> int:
        """The number of its process."""
        return self.server.process.pid

    def ask(self, text: str = QUESTION, sender: str = "fault") -> httpx.Response:
        """Ask through Rasa's REST contract."""
        sent: Mapping[str, Any] = {"municipality": "umea"}
        body = {"sender": sender, "message": text, "metadata": sent}
        return self.http.post(WEBHOOK, json=body)


@contextmanager
def served(folder: Path, place: Path = ROOT, **environ: str) -> Iterator[Served]:
    """Start it with its data in this folder, wait until it can answer, and stop it."""
    port = free_port()
    environment = {**trial_environment(port, folder), **environ}
    url, log = f"http://127.0.0.1:{port}", folder / "server.log"
    folder.mkdir(exist_ok=True)
    with log.open("wb") as output:
        server = _Elsewhere(url, environment, output, SERVE)
        server.place = place
        with server, httpx.Client(base_url=url, timeout=60.0) as http:
            server.wait_until_ready(START_SECONDS)
            yield Served(server, http, log)


def started(folder: Path, place: Path = ROOT, **environ: str) -> subprocess.CompletedProcess[str]:
    """Start it where it can't start, and what it says before it ends."""
    environment = {**trial_environment(free_port(), folder), **os.environ, **environ}
    environment.update(LOTSEN_DATA_DIR=str(folder), LOTSEN_PORT="0")
    return subprocess.run(
        SERVE,
        cwd=place,
        env=environment,
        capture_output=True,
        text=True,
        timeout=START_SECONDS,
        check=False,
    )
