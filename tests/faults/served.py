"""Real servers, as an operator starts them: a process with a port, a folder and an end."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from api.settings import ROOT
from tests.faults import dying
from tests.faults.nursery import Nursery
from tools.server import Server, free_port, trial_environment

SERVE = (sys.executable, "-m", "api")
MINED = (sys.executable, "-m", "tests.faults.dying")
START_SECONDS = 600.0
END_SECONDS = 60.0
QUESTION = "Vad kostar ledsagning?"
WEBHOOK = "/webhooks/rest/webhook"
CONVERSATIONS = "/api/v1/conversations"


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

    def ask(self, text: str = QUESTION, sender: str = "fault", **metadata: Any) -> httpx.Response:
        """Ask through Rasa's REST contract."""
        sent: Mapping[str, Any] = {"municipality": "umea", **metadata}
        body = {"sender": sender, "message": text, "metadata": sent}
        return self.http.post(WEBHOOK, json=body)

    def ended(self) -> int:
        """How its process ended by itself: the signal that killed it is negative."""
        return self.server.process.wait(END_SECONDS)


@contextmanager
def served(
    folder: Path, place: Path = ROOT, command: Sequence[str] = SERVE, **environ: str
) -> Iterator[Served]:
    """Start it with its data in this folder, wait until it can answer, and stop it."""
    port = free_port()
    environment = {**trial_environment(port, folder), **environ}
    url, log = f"http://127.0.0.1:{port}", folder / "server.log"
    folder.mkdir(exist_ok=True)
    with log.open("ab") as output:
        server = _Elsewhere(url, environment, output, command)
        server.place = place
        with server, httpx.Client(base_url=url, timeout=60.0) as http:
            server.wait_until_ready(START_SECONDS)
            yield Served(server, http, log)


@contextmanager
def mined(folder: Path, fault: str, **environ: str) -> Iterator[Served]:
    """The same, killed at a place of tests.faults.dying once its file ``armed`` is there."""
    with served(folder, command=MINED, **{**_mine(folder, fault), **environ}) as running:
        yield running


@contextmanager
def light(folder: Path, nursery: Nursery, fault: str = "", **environ: str) -> Iterator[Served]:
    """The same with a canned assistant, and started in no time."""
    port, log = free_port(), folder / "server.log"
    more = {**_mine(folder, fault), dying.LIGHT: "1", **environ}
    server = Server(f"http://127.0.0.1:{port}", {})
    process = nursery.start({**trial_environment(port, folder), **more}, log)
    server.process = process  # type: ignore[assignment]
    try:
        with httpx.Client(base_url=server.url, timeout=60.0) as http:
            server.wait_until_ready(START_SECONDS)
            yield Served(server, http, log)
    finally:
        if process.poll() is None:
            process.terminate()
            process.wait()


def _mine(folder: Path, fault: str) -> dict[str, Any]:
    armed = folder / "armed"
    armed.unlink(missing_ok=True)
    return {dying.PLACE: fault, dying.ARMED: str(armed)}


def arm(folder: Path) -> None:
    """From now on the place is deadly."""
    (folder / "armed").touch()


class Citizen:
    """Somebody with a conversation, who tries again what was not answered."""

    def __init__(self, http: httpx.Client, municipality: str = "umea", **wanted: Any) -> None:
        response = http.post(CONVERSATIONS, json={"municipality": municipality, **wanted})
        assert response.status_code == 201, response.text
        begun = response.json()
        self.path = f"{CONVERSATIONS}/{begun['id']}"
        self.headers = {"Authorization": f"Bearer {begun['secret']}"}

    def say(self, http: httpx.Client, text: str, key: str) -> httpx.Response:
        """Send a message."""
        body = {"text": text, "key": key}
        return http.post(f"{self.path}/messages", json=body, headers=self.headers)

    def read(self, http: httpx.Client) -> list[dict[str, Any]]:
        """The messages as they stand."""
        response = http.get(self.path, headers=self.headers)
        assert response.status_code == 200, response.text
        found: list[dict[str, Any]] = response.json()["messages"]
        return found

    def said(self, http: httpx.Client) -> list[str]:
        """What the citizen said, as it is kept."""
        return [m["text"] for m in self.read(http) if m["sender"] == "citizen"]


class Follower:
    """A browser that follows a conversation, and comes back when it is cut off."""

    def __init__(self, server: Served, citizen: Citizen) -> None:
        self._url, self._citizen = str(server.http.base_url), citizen
        self.heard: list[str] = []
        self._over = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self._thread.start()

    def _run(self) -> None:
        headers = dict(self._citizen.headers)
        while not self._over.is_set():
            try:
                with httpx.stream(
                    "GET", f"{self._url}{self._citizen.path}/events", headers=headers, timeout=1.0
                ) as stream:
                    for line in stream.iter_lines():
                        name, _, value = line.partition(": ")
                        if name == "id":
                            self.heard.append(value)
                            headers["Last-Event-ID"] = value
            except httpx.TransportError:
                continue

    def wait_for(self, number: int) -> None:
        """Until it has heard a message."""
        end = time.monotonic() + END_SECONDS
        while str(number) not in self.heard:
            assert time.monotonic() < end, self.heard
            time.sleep(0.05)

    def stop(self) -> None:
        """No more."""
        self._over.set()
        self._thread.join()


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
