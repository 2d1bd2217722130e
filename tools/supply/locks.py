"""Read the lock files: which version of which package the project runs on."""

from __future__ import annotations

import re
from pathlib import Path

PINNED = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==([^\s;\\]+)", re.MULTILINE)


def same_name(name: str) -> str:
    """A package's name as indexes compare it: `Sanic_Cors` and `sanic-cors` are one."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(path: Path) -> dict[str, str]:
    """Every package of a lock file with its version, sorted, for all systems it holds for."""
    found = {same_name(name): version for name, version in PINNED.findall(path.read_text("utf-8"))}
    return dict(sorted(found.items()))
