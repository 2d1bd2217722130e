"""Light servers in no time: each is a fork of one process that has imported everything.

``python -m tests.faults.nursery`` reads what to do line by line, as JSON: ``start`` with an
environment and a log, ``wait`` and ``poll`` for a process that it started.
"""

from __future__ import annotations

import importlib
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any


class Nursery:
    """The process that forks, seen from the tests."""

    def __init__(self) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.faults.nursery"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def start(self, environ: Mapping[str, str], log: Path) -> Forked:
        """A server with this environment, which writes into this file."""
        return Forked(self, self.ask(start=dict(environ), log=str(log)))

    def ask(self, **what: Any) -> Any:
        """One line there, one line back."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(json.dumps(what) + "\n")
        self._process.stdin.flush()
        return json.loads(self._process.stdout.readline())

    def close(self) -> None:
        """End it; its servers have ended before."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.close()
        self._process.wait()
        self._process.stdout.close()


class Forked:
    """A process that the nursery started, with what tests use of subprocess.Popen."""

    def __init__(self, nursery: Nursery, pid: int) -> None:
        self._nursery, self.pid = nursery, pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """How it ended, or None."""
        if self.returncode is None:
            self.returncode = self._nursery.ask(poll=self.pid)
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """How it ended; it must, soon."""
        if self.returncode is None:
            self.returncode = self._nursery.ask(wait=self.pid)
        return self.returncode

    def terminate(self) -> None:
        """Ask it to stop."""
        os.kill(self.pid, 15)

    def kill(self) -> None:
        """Stop it."""
        os.kill(self.pid, 9)


def _fork(environ: Mapping[str, str], log: str) -> int:
    pid = os.fork()
    if pid:
        return pid
    os.environ.update(environ)
    output = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    nothing = os.open(os.devnull, os.O_RDONLY)
    for old, new in ((nothing, 0), (output, 1), (output, 2)):
        os.dup2(old, new)
    code = 70
    try:
        from tests.faults import dying

        code = dying.main()
    finally:
        os._exit(code)


def _ended(pid: int, options: int = 0) -> int | None:
    done, status = os.waitpid(pid, options)
    return os.waitstatus_to_exitcode(status) if done else None


def main() -> int:
    """Import, then do what is asked until nothing more comes."""
    from bot.knowledge.loader import load_whole

    for name in ("api.app", "api.services.assistant", "tests.faults.dying", "tests.api.helpers"):
        importlib.import_module(name)
    load_whole()
    for line in sys.stdin:
        asked = json.loads(line)
        if "start" in asked:
            told: Any = _fork(asked["start"], asked["log"])
        elif "wait" in asked:
            told = _ended(asked["wait"])
        else:
            told = _ended(asked["poll"], os.WNOHANG)
        print(json.dumps(told), flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main())
