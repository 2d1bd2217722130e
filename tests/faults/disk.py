"""A small disk of its own, really full when it is full."""

from __future__ import annotations

import errno
import os
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

REFUSED = (
    "NO SMALL DISK HERE: mounting one needs rights that are missing. What a full disk does was "
    "tested with a limit on the size of files only (test_disk_full.py)."
)
FILLER = "filler"


@contextmanager
def small_disk(place: Path, megabytes: int) -> Iterator[Path]:
    """A file system in memory with so much room."""
    place.mkdir(parents=True, exist_ok=True)
    options = f"size={megabytes}m"
    mount = ["mount", "-t", "tmpfs", "-o", options, "tmpfs", str(place)]
    if subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip(REFUSED)
    try:
        yield place
    finally:
        # Lazily: what still runs there may hold a file.
        subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(disk: Path) -> None:
    """Write until nothing more fits, to the last byte."""
    with (disk / FILLER).open("ab", buffering=0) as file:
        for size in (1 << 20, 4096, 1):
            while True:
                try:
                    file.write(b"\0" * size)
                except OSError as error:
                    if error.errno != errno.ENOSPC:
                        raise
                    break
    assert os.statvfs(disk).f_bavail == 0


def make_room(disk: Path) -> None:
    """Take away what filled it."""
    (disk / FILLER).unlink()
