"""Find a Python 3.10 that really runs, wherever the machine keeps it.

A name on the PATH proves nothing: pyenv's `python3.10` answers with an error outside a folder that
asks for it. So every candidate is started and asked. Python 3.8 and the standard library only.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Iterator, Mapping, NamedTuple

from tools.errors import NO_PYTHON, SetupError

WANTED = (3, 10)
# Where systems keep one that is not on the PATH of every shell.
USUAL_FOLDERS = ("/usr/bin", "/usr/local/bin", "/opt/homebrew/bin")
# The base executable is the real one behind a shim or a virtual environment that may go away.
ASK = """import platform, struct, sys
print(platform.python_implementation(), struct.calcsize('P') * 8, '%d.%d.%d' % sys.version_info[:3])
print(getattr(sys, '_base_executable', sys.executable))"""
HOW_TO_GET_IT = """No Python 3.10 was found on this machine, and none could be fetched. Rasa 3.6
needs exactly this version. How to get it:
  Debian, Ubuntu   apt-get install python3.10      (where the release has it)
  Fedora           dnf install python3.10
  macOS            brew install python@3.10
  pyenv            pyenv install 3.10
  uv               uv python install 3.10
If there is one that was not found: LOTSEN_PYTHON=/path/to/python3.10 make run"""


class Interpreter(NamedTuple):
    """A CPython 3.10 that answered."""

    path: Path
    version: str


def find_interpreter(environment: Mapping[str, str]) -> Interpreter | None:
    """Return a CPython 3.10 of this machine, or None; a LOTSEN_PYTHON that is none is an error."""
    named = environment.get("LOTSEN_PYTHON")
    if named:
        found = examine(Path(named))
        if found is None:
            raise SetupError(NO_PYTHON, f"LOTSEN_PYTHON={named} is not a CPython 3.10 that runs.")
        return found
    answers = (examine(path) for path in candidates(environment))
    return next((answer for answer in answers if answer), None)


def candidates(environment: Mapping[str, str]) -> Iterator[Path]:
    """List the places to look in, the likeliest first."""
    if sys.version_info[:2] == WANTED:
        yield Path(sys.executable)
    for name in ("python3.10", "python3", "python"):
        for folder in environment.get("PATH", "").split(os.pathsep):
            path = Path(folder or ".") / name
            if os.access(str(path), os.X_OK) and not path.is_dir():
                yield path
    yield from pyenv_interpreters(environment)
    for folder in USUAL_FOLDERS:
        yield Path(folder) / "python3.10"


def pyenv_interpreters(environment: Mapping[str, str]) -> Iterator[Path]:
    """List pyenv's 3.10 versions, the newest first, active or not."""
    root = environment.get("PYENV_ROOT") or ask(["pyenv", "root"], environment)
    folder = Path(root) if root else Path(environment.get("HOME", "")) / ".pyenv"
    versions = folder.glob("versions/3.10.*/bin/python3.10")
    yield from sorted(versions, key=lambda path: numbers(path.parts[-3]), reverse=True)


def examine(path: Path) -> Interpreter | None:
    """Start the interpreter; return it when it is a 64-bit CPython 3.10."""
    first, _, base = (ask([str(path), "-c", ASK]) or "").partition("\n")
    words = first.split()
    if len(words) != 3 or words[:2] != ["CPython", "64"] or numbers(words[2])[:2] != WANTED:
        return None
    return Interpreter(Path(base), words[2])


def numbers(version: str) -> tuple[int, ...]:
    """Make versions comparable: 3.10.9 comes before 3.10.13."""
    return tuple(int(number) for number in re.findall(r"\d+", version))


def ask(command: list[str], environment: Mapping[str, str] | None = None) -> str | None:
    """Return what a command prints, or None when it cannot be run or fails."""
    try:
        result = subprocess.run(
            command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            text=True, timeout=30, check=False,
        )  # fmt: skip
    except (OSError, subprocess.SubprocessError):
        return None
    return result.stdout.strip() if result.returncode == 0 else None
