"""What the figures were measured on."""

from __future__ import annotations

import datetime as dt
import os
import platform
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from bench.split import ROOT

PACKAGES = ("rasa", "rasa-sdk", "tensorflow-cpu", "tensorflow", "onnxruntime", "numpy", "fastapi")


def machine(now: dt.datetime | None = None) -> dict[str, Any]:
    """Processor, memory, system, versions, commit, moment, and how busy the machine was."""
    return {
        "at": (now or dt.datetime.now(dt.timezone.utc)).isoformat(timespec="seconds"),
        "commit": _commit(),
        "cores": len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else 1,
        "processor": _line("/proc/cpuinfo", "model name") or platform.machine(),
        "memory": _line("/proc/meminfo", "MemTotal"),
        "system": platform.platform(terse=True),
        "python": platform.python_version(),
        "packages": {name: found for name in PACKAGES if (found := _version(name))},
        "load_before": round(os.getloadavg()[0], 2),
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except ModuleNotFoundError:
        return ""


def _line(path: str, start: str) -> str:
    """The value of the first line that starts so, where the system has such a file."""
    try:
        lines = Path(path).read_text(encoding="utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(start)), "")


def _commit() -> str:
    """The commit that is checked out, with a + when files differ from it; empty without git."""
    try:
        asked = ["git", "describe", "--always", "--dirty=+", "--exclude=*"]
        return subprocess.run(
            asked, cwd=ROOT, capture_output=True, text=True, check=True
        ).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return ""
