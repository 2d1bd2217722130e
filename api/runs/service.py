"""Starting a run of all tests as a process of its own, stopping it, and reading what it found."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from api.runs.folder import Runs, State, write_state
from api.settings import ROOT, Settings
from bot.testing.results import RESULTS, Part, Report, read_report

LOG = "log.txt"
NICE = "10"
"""Citizens' questions go before."""

FILES = {
    "report.html": "text/html; charset=utf-8",
    "junit.xml": "application/xml",
    RESULTS: "application/json",
    LOG: "text/plain; charset=utf-8",
    "confidence.png": "image/png",
    "services.png": "image/png",
    "intents.png": "image/png",
}
"""What a run's folder may give away."""

Command = Callable[[Sequence[str]], Sequence[str]]


def command(options: Sequence[str]) -> Sequence[str]:
    """The command that plays the tests."""
    return [sys.executable, "-m", "tools.dialogues", *options]


@dataclass(frozen=True, slots=True)
class Start:
    """What somebody wants to run."""

    parts: tuple[Part, ...]
    only: tuple[str, ...] = ()
    by: str = ""


@dataclass
class Starter:
    """The runs of this installation. Its functions may wait for files: in a thread, please."""

    settings: Settings
    project: Path = ROOT
    command: Command = command
    waiter: threading.Thread | None = None

    @property
    def runs(self) -> Runs:
        """Where they are kept."""
        return Runs(self.settings.data_dir / "runs")

    @property
    def possible(self) -> bool:
        """Whether the tests and what plays them are here: an image for serving has neither."""
        needed = (self.project / "tools" / "dialogues.py", self.project / "tests" / "dialogues")
        return all(path.exists() for path in needed)

    def start(self, wanted: Start, now: datetime) -> str | None:
        """Begin a run and return its id; None while another is under way."""
        runs = self.runs
        run = runs.new(now)
        lock = runs.take(run)
        if lock is None:
            runs.path(run).rmdir()
            return None
        try:
            started = now.isoformat(timespec="seconds")
            state = State(
                id=run, parts=wanted.parts, only=wanted.only, by=wanted.by, started=started
            )
            write_state(runs.path(run), state)
            self._spawn(runs.path(run), wanted, lock)
        finally:
            os.close(lock)
        return run

    def stop(self, run: str) -> bool:
        """Ask the run that is under way to end; False when it is not this one."""
        state = self.runs.state(run)
        if state is None or state.state != "running" or not state.pid:
            return False
        with suppress(ProcessLookupError):
            os.kill(state.pid, signal.SIGTERM)
        return True

    def report(self, run: str) -> Report | None:
        """What a run found, once it is done."""
        return read_report(self.runs.path(run))

    def _spawn(self, folder: Path, wanted: Start, lock: int) -> None:
        """The process keeps the lock until it ends, also when this server does not."""
        options = [f"--out={folder}", f"--lock={lock}", f"--nice={NICE}", "--progress"]
        options += [f"--kind={part}" for part in wanted.parts]
        options += ["--only", *wanted.only] if wanted.only else []
        environment = {**os.environ, "LOTSEN_DATA_DIR": str(self.settings.data_dir)}
        with (folder / LOG).open("wb") as log:
            process = subprocess.Popen(
                self.command(options),
                cwd=self.project,
                env={**environment, "LOTSEN_MODEL": str(self.settings.model)},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                pass_fds=(lock,),
                start_new_session=True,
            )
        # Somebody has to hear that it has ended, or it stays in the system's list.
        self.waiter = threading.Thread(target=process.wait, daemon=True)
        self.waiter.start()
