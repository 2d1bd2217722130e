"""The tools of the supply chain in an environment of their own, at the versions of their lock.

They never enter .venv: what they need would hold back, or be held back by, what the project runs
on. The folder is named by the lock's fingerprint, so another lock is another folder.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path

from tools.bootstrap import run_uv
from tools.index import pip_settings, uv_environment
from tools.uv import find_uv

LOCK = "requirements/audit.txt"
FOLDER = "var/supply"
_DONE = "complete"


def folder_of(root: Path) -> Path:
    """Where the tools of today's lock lie, made or not."""
    digest = hashlib.sha256((root / LOCK).read_bytes()).hexdigest()
    return root / FOLDER / f"tools-{digest[:12]}"


def toolbox(root: Path) -> Path:
    """Return the folder of the tools' programs; install them when they are not there whole."""
    folder = folder_of(root)
    if not (folder / _DONE).exists():
        for old in (root / FOLDER).glob("tools-*"):
            shutil.rmtree(old)
        given = dict(os.environ)
        # The virtual environment has no pip; the interpreter it rests on may have.
        base = str(getattr(sys, "_base_executable", sys.executable))
        environment = uv_environment(given, pip_settings(base, given))
        uv = find_uv(root, given, [base])
        run_uv([uv, "venv", "--quiet", "--no-project", "--python", base, folder], environment)
        target = ["--python", folder / "bin" / "python", "--require-hashes"]
        run_uv([uv, "pip", "sync", "--quiet", *target, root / LOCK], environment)
        (folder / _DONE).touch()
    return folder / "bin"
