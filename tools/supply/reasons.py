"""Why a known weakness does not reach us: one reason a finding, no reason without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tools.supply.advisories import Advisory

ACCEPTED = "requirements/accepted.yml"
SHORTEST = 30
"""Letters a reason needs at least: `not used` explains nothing."""


@dataclass(frozen=True)
class Reason:
    """What a person wrote about some weaknesses of one package."""

    package: str
    ids: tuple[str, ...]
    why: str
    proof: tuple[str, ...]
    """Files that prove it: tests, or the code that shuts it off."""


class ReasonsError(Exception):
    """The file is not of its form."""


def load(path: Path) -> list[Reason]:
    """Read the hand-written file."""
    content = yaml.safe_load(path.read_text("utf-8")) or []
    if not isinstance(content, list):
        raise ReasonsError(f"{path.name}: must be a list of reasons")
    return [_reason(one, f"{path.name}: entry {number}") for number, one in enumerate(content, 1)]


def _reason(one: Any, where: str) -> Reason:
    if not isinstance(one, dict) or set(one) != {"package", "ids", "why", "proof"}:
        raise ReasonsError(f"{where}: needs package, ids, why and proof, nothing else")
    why = " ".join(str(one["why"]).split())
    if len(why) < SHORTEST:
        raise ReasonsError(f"{where}: why: tell more than {why!r}")
    for key in ("ids", "proof"):
        if not isinstance(one[key], list) or not one[key]:
            raise ReasonsError(f"{where}: {key}: needs at least one")
    return Reason(str(one["package"]), tuple(one["ids"]), why, tuple(one["proof"]))


def mistakes(findings: Sequence[Advisory], reasons: Sequence[Reason], root: Path) -> list[str]:
    """Everything that does not fit together; nothing when each finding has its one reason."""
    found: list[str] = []
    for finding in findings:
        given = [one for one in reasons if explains(one, finding)]
        fixed = ", ".join(finding.fixed) or "no version yet"
        if not given:
            found.append(
                f"{finding.package}: {finding.id} is known and has no reason in {ACCEPTED}: "
                f"raise the version (mended in {fixed}), shut it off, or tell why it can't reach us"
            )
        elif len(given) > 1:
            found.append(f"{finding.package}: {finding.id} has two reasons in {ACCEPTED}: keep one")
    for reason in reasons:
        known = [one for one in findings if one.package == reason.package]
        for name in reason.ids:
            if not any(name in one.names for one in known):
                found.append(
                    f"{reason.package}: {name} has a reason in {ACCEPTED} but concerns no locked "
                    "version: remove it"
                )
        for proof in reason.proof:
            if not (root / proof).is_file():
                found.append(f"{reason.package}: proof {proof} is no file of the project")
    return found


def explains(reason: Reason, finding: Advisory) -> bool:
    """Whether a reason is about a finding, by any of its names."""
    return reason.package == finding.package and bool(finding.names & set(reason.ids))
