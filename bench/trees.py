"""Trees of this project with more municipalities, each trained and served on its own."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path
from typing import Final

from bench.municipalities import grow
from bench.running import QUIET
from bench.split import ROOT, WORK

FOLDER: Final = WORK / "growth"
_PARTS: Final = ("api", "bot", "content", "requirements")
_FILES: Final = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")


def plant(wanted: int, folder: Path = FOLDER) -> tuple[Path, list[str]]:
    """A fresh tree with so many municipalities, and their ids."""
    tree = folder / str(wanted)
    shutil.rmtree(tree, ignore_errors=True)
    tree.mkdir(parents=True)
    for part in _PARTS:
        shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in _FILES:
        shutil.copy(ROOT / name, tree)
    (tree / "var").mkdir()
    # The encoder is the same whatever the municipalities: 20 MB need no copy.
    (tree / "var" / "encoder").symlink_to(ROOT / "var" / "encoder")
    return tree, grow(tree / "content", wanted)


def train(tree: Path) -> dict[str, float]:
    """Train from scratch: what a clock shows, processor time, most memory."""
    begun = time.monotonic()
    with (tree / "train.log").open("ab") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "bot.training"],
            cwd=tree,
            env={**os.environ, **QUIET, "PYTHONPATH": str(tree)},
            stdout=log,
            stderr=log,
        )
        # Only wait4 tells the memory of this one child.
        _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"[ERROR] The training failed: see {tree / 'train.log'}")
    return {
        "seconds": time.monotonic() - begun,
        "processor_seconds": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1024,
    }
