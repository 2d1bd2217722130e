"""Write the lock files anew from requirements/*.in, with a hash for every file of a package.

    python -m tools.lock [--upgrade]

How they are resolved stands in pyproject.toml under [tool.uv]. No index is named in them.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from tools.errors import SetupError
from tools.index import pip_settings, uv_environment
from tools.prepare import ROOT
from tools.steps import run_command
from tools.uv import find_uv

# uv itself is installed by whatever python3 there is, hence by rules of its own.
ANY_PYTHON = (
    *("--no-config", "--universal", "--python-version", "3.8", "--generate-hashes"),
    *("--no-annotate", "--no-header", "--no-emit-index-url"),
)
LOCKS: tuple[tuple[str, tuple[str, ...]], ...] = (
    *(("run", ()), ("dev", ()), ("audit", ())),
    # For this kind of machine alone: what onnxruntime has no wheel for can't listen.
    ("listen", ("--no-universal",)),
    ("uv", ANY_PYTHON),
)


def lock(root: Path, upgrade: bool) -> None:
    """Resolve every set of requirements; dev follows run, and listen both."""
    given = dict(os.environ)
    # The virtual environment has no pip; the interpreter it rests on may have.
    base = str(getattr(sys, "_base_executable", sys.executable))
    environment = uv_environment(given, pip_settings(base, given))
    uv = find_uv(root, given, [base])
    for name, options in LOCKS:
        source, target = f"requirements/{name}.in", f"requirements/{name}.txt"
        command = [str(uv), "pip", "compile", "--quiet", source, "--output-file", target]
        command += ["--python", sys.executable, *options, *(["--upgrade"] if upgrade else [])]
        run_command(f"Lock {name}", command, environment)


def main(arguments: list[str] | None = None) -> int:
    """Lock and return the exit code."""
    parser = argparse.ArgumentParser(description="Write the lock files anew.")
    parser.add_argument("--upgrade", action="store_true", help="take the newest versions allowed")
    os.chdir(ROOT)
    try:
        lock(ROOT, parser.parse_args(arguments).upgrade)
    except SetupError as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return error.code
    return 0


if __name__ == "__main__":
    sys.exit(main())
