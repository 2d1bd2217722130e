"""Ask the public database, through pip-audit, what is known about the locked versions."""

from __future__ import annotations

import json
import subprocess
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from tools.supply.advisories import Advisory, Kept
from tools.supply.locks import same_name

Run = Callable[[Sequence[str]], str]
"""Runs a command and returns what it prints."""

SUMMARY = 200


class NotAnsweredError(Exception):
    """The database did not answer; the message tells what was said instead."""


def ask(programs: Path, lock: dict[str, str], day: str, run: Run | None = None) -> Kept:
    """Ask OSV, which holds PyPI's own advisories and GitHub's, about every locked version."""
    with tempfile.TemporaryDirectory() as folder:
        # Names and versions alone: markers would leave out what other systems run.
        listed = Path(folder) / "requirements.txt"
        listed.write_text("".join(f"{n}=={v}\n" for n, v in lock.items()), encoding="utf-8")
        command = [str(programs / "pip-audit"), "--requirement", str(listed), "--no-deps"]
        command += ["--disable-pip", "--vulnerability-service", "osv", "--timeout", "10"]
        command += ["--format", "json", "--desc", "--aliases", "--progress-spinner", "off"]
        return understood((run or _run)(command), day)


def understood(printed: str, day: str) -> Kept:
    """What pip-audit found. A package that it skipped was not asked about, which is not clean."""
    try:
        listed: list[dict[str, Any]] = json.loads(printed)["dependencies"]
    except (ValueError, KeyError, TypeError):
        last = printed.strip().splitlines()[-1:] or ["no answer"]
        raise NotAnsweredError(last[0][-SUMMARY:]) from None
    answered = [one for one in listed if "version" in one]
    if not answered:
        raise NotAnsweredError("it knew none of the packages")
    asked = {same_name(one["name"]): str(one["version"]) for one in answered}
    advisories = tuple(_advisory(one, found) for one in answered for found in one["vulns"])
    return Kept(day, "pip-audit, asking OSV", asked, advisories)


def _advisory(package: dict[str, Any], found: dict[str, Any]) -> Advisory:
    summary = " ".join(str(found.get("description") or "").split())
    if len(summary) > SUMMARY:
        summary = summary[:SUMMARY].rsplit(" ", 1)[0] + " …"
    return Advisory(
        id=found["id"],
        package=same_name(package["name"]),
        affected=(f"=={package['version']}",),
        fixed=tuple(found.get("fix_versions", ())),
        summary=summary,
        aliases=tuple(sorted(found.get("aliases", ()))),
    )


def _run(command: Sequence[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    return done.stdout.strip() or done.stderr
