"""Get uv, the installer: the one on the PATH, else our own pinned one.

Python 3.8 and the standard library only.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Mapping, Sequence

from tools.errors import NO_PYTHON, NO_UV, SetupError
from tools.index import explain
from tools.interpreter import HOW_TO_GET_IT, Interpreter, ask, examine, numbers

OLDEST = (0, 5)
FOLDER = ".uv"
LOCK = "requirements/uv.txt"
# uv lists every package it changes; on a terminal that hides what matters.
LISTED = (" + ", " - ", " ~ ")


def find_uv(root: Path, environment: Mapping[str, str], pythons: Sequence[str]) -> Path:
    """Return a uv that runs, installing one under the project when the machine has none."""
    on_path = shutil.which("uv", path=environment.get("PATH", ""))
    for path in (Path(on_path) if on_path else None, root / FOLDER / "bin" / "uv"):
        if path and numbers((ask([str(path), "--version"]) or "").split(" (")[0]) >= OLDEST:
            return path
    return install_uv(root, environment, pythons)


def install_uv(root: Path, environment: Mapping[str, str], pythons: Sequence[str]) -> Path:
    """Install the pinned uv into a virtual environment of its own."""
    folder = root / FOLDER
    for python in pythons:
        made = subprocess.run(
            [python, "-m", "venv", "--clear", str(folder)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=False,
        )  # fmt: skip
        if made.returncode == 0:
            break
    else:
        raise SetupError(
            NO_UV,
            "uv, which installs the packages, is not on the PATH, and python3 cannot make a\n"
            "virtual environment for it. Install uv, or python3's venv (Debian, Ubuntu: apt-get\n"
            "install python3-venv), and run the same command again.",
        )
    pip = [str(folder / "bin" / "python"), "-m", "pip", "install", "--quiet"]
    code, output = follow([*pip, "--require-hashes", "-r", str(root / LOCK)], environment)
    if code:
        raise explain(output)
    return folder / "bin" / "uv"


def fetch_interpreter(uv: Path, environment: Mapping[str, str]) -> Interpreter:
    """Use a 3.10 that uv keeps, or let uv download one: the last resort."""
    # --system: a .venv left half made by a killed run is no interpreter.
    find = [str(uv), "python", "find", "--no-project", "--system", "3.10"]
    if not ask(find, environment):
        print("   No Python 3.10 on this machine: asking uv for one.", flush=True)
        follow([str(uv), "python", "install", "3.10"], environment)
    path = ask(find, environment)
    found = examine(Path(path)) if path else None
    if found is None:
        raise SetupError(NO_PYTHON, HOW_TO_GET_IT)
    return found


def follow(command: Sequence[str], environment: Mapping[str, str]) -> tuple[int, str]:
    """Run a command, show what it says and keep it, so that a failure can be explained."""
    kept: list[str] = []
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        text=True, errors="replace",
    ) as process:  # fmt: skip
        assert process.stdout is not None
        for line in process.stdout:
            kept.append(line)
            if not line.startswith(LISTED):
                sys.stdout.write(f"   {line}")
                sys.stdout.flush()
    return process.returncode, "".join(kept)
