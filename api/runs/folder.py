"""The folder of runs: one run at a time on this machine, whoever started it, and the newest kept.

Who runs holds a lock of the system, which nothing but its own end gives back: a run whose process
is gone is seen to be broken off, also after the server was started anew.
"""

from __future__ import annotations

import fcntl
import os
import re
import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel

from bot.testing.results import Part

KEPT: Final = 20
"""Runs that are kept; the oldest go."""

STATE, LOCK = "state.json", "lock"
_ID = re.compile(r"\d{8}-\d{6}(-\d{1,3})?")
_TRIES, _PAUSE = 40, 0.025


class State(BaseModel):
    """How far a run has come. ``broken``: its process ended without saying how it went."""

    id: str
    state: Literal["running", "done", "stopped", "failed", "broken"] = "running"
    pid: int = 0
    parts: tuple[Part, ...]
    only: tuple[str, ...] = ()
    by: str = ""
    started: str
    finished: str = ""
    doing: str = ""
    done: int = 0
    total: int = 0
    bad: int = 0
    good: bool = False
    told: str = ""


class Runs:
    """The runs in a folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, run: str) -> Path:
        """Where a run is kept."""
        return self.folder / run

    def new(self, now: datetime) -> str:
        """The id of a run that begins now; its folder is made."""
        name, number = now.strftime("%Y%m%d-%H%M%S"), 1
        while True:
            run = name if number == 1 else f"{name}-{number}"
            try:
                self.path(run).mkdir(parents=True)
            except FileExistsError:
                number += 1
            else:
                return run

    def ids(self) -> list[str]:
        """All runs, newest first."""
        if not self.folder.is_dir():
            return []
        found = [p.name for p in self.folder.iterdir() if _ID.fullmatch(p.name) and p.is_dir()]
        return sorted(found, key=_in_order, reverse=True)

    def states(self) -> list[State]:
        """All runs whose state can be read, newest first."""
        active = self.active()
        return [s for s in (self._read(run, active) for run in self.ids()) if s]

    def state(self, run: str) -> State | None:
        """A run's state; None when there is no such run."""
        return self._read(run, self.active()) if _ID.fullmatch(run) else None

    def active(self) -> str | None:
        """The run that is under way, whoever started it."""
        try:
            handle = os.open(self.folder / LOCK, os.O_RDONLY)
        except FileNotFoundError:
            return None
        try:
            fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except BlockingIOError:
            return os.read(handle, 100).decode("ascii", "replace").strip()
        else:
            return None
        finally:
            os.close(handle)

    def take(self, run: str) -> int | None:
        """The lock, as a descriptor that a process may inherit; None while another runs."""
        self.folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self.folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
        if not _locked(handle):
            os.close(handle)
            return None
        os.ftruncate(handle, 0)
        os.pwrite(handle, run.encode(), 0)
        return handle

    @contextmanager
    def held(self, run: str, inherited: int | None = None) -> Iterator[bool]:
        """Hold the lock meanwhile, or the one that was inherited; False while another runs."""
        handle = self.take(run) if inherited is None else inherited
        try:
            yield handle is not None
        finally:
            if handle is not None:
                os.close(handle)

    def prune(self, keep: int = KEPT) -> None:
        """Remove all but the newest runs."""
        for run in self.ids()[keep:]:
            shutil.rmtree(self.path(run), ignore_errors=True)

    def _read(self, run: str, active: str | None) -> State | None:
        state = read_state(self.path(run))
        if state and state.state == "running" and run != active:
            # It may have ended since we looked who is active: then its last word is there.
            state = read_state(self.path(run))
            if state and state.state == "running":
                state.state = "broken"
        return state


def read_state(folder: Path) -> State | None:
    """The state in a run's folder, as it was written; None where there is none."""
    try:
        return State.parse_raw((folder / STATE).read_bytes())
    except (OSError, ValueError):
        return None


def write_state(folder: Path, state: State) -> None:
    """Keep a run's state; who reads sees the old or the new one, whole."""
    fresh = folder / f"{STATE}.new"
    fresh.write_text(state.json(indent=1, ensure_ascii=False), encoding="utf-8")
    fresh.replace(folder / STATE)


def _locked(handle: int) -> bool:
    """Take the lock for good; who only looks whether it is taken holds it for a moment."""
    for _ in range(_TRIES):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE)
        else:
            return True
    return False


def _in_order(run: str) -> tuple[str, int]:
    moment, _, number = run[:15], run[15:16], run[16:]
    return moment, int(number or 1)
