"""Name each step of a command and tell how long it took.

Python 3.8 and the standard library only: this runs before anything is installed.
"""

from __future__ import annotations

import subprocess
import sys
import time
from contextlib import contextmanager
from typing import Iterator, Mapping, Sequence

from tools.errors import SetupError


@contextmanager
def step(title: str) -> Iterator[None]:
    """Print the title, then the seconds it took, also when it failed."""
    print(f">> {title}", flush=True)
    started = time.monotonic()
    try:
        yield
    except BaseException:
        print(f"   {title}: stopped after {time.monotonic() - started:.1f} s", flush=True)
        raise
    print(f"   {title}: {time.monotonic() - started:.1f} s", flush=True)


def run_module(title: str, module: str, *arguments: str) -> None:
    """Run a module of the project as a step of its own; its exit code becomes ours."""
    run_command(title, [sys.executable, "-m", module, *arguments])


def run_command(
    title: str, command: Sequence[str], environment: Mapping[str, str] | None = None
) -> None:
    """Run one command as a step; a failure ends everything that was to follow."""
    with step(title):
        code = subprocess.run(command, env=environment, check=False).returncode
        if code:
            raise SetupError(
                code if code > 0 else 128 - code,
                f"{title}: failed with exit code {code}. What went wrong stands above.",
            )
