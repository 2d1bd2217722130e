"""Known weaknesses of everything that runs, each with the reason why it does not reach us.

    python -m tools.audit             ask the database, else go by what was read last
    python -m tools.audit --offline   go by what was read last

Writes docs/security.md. Fails when a weakness has no reason or a reason no weakness; that the
database was not reached is told, and is no failure.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from pathlib import Path

from tools.errors import SetupError
from tools.prepare import ROOT
from tools.supply import advisories, reasons
from tools.supply.advisories import KEPT, Kept
from tools.supply.asking import NotAnsweredError, Run, ask
from tools.supply.locks import locked
from tools.supply.reasons import ACCEPTED, ReasonsError
from tools.supply.report import report
from tools.supply.toolbox import toolbox

RUN = "requirements/run.txt"
PAGE = "docs/security.md"


def audit(root: Path, *, offline: bool, run: Run | None = None) -> list[str]:
    """Read, compare, write the page; everything that does not fit together."""
    lock = locked(root / RUN)
    if not offline:
        _ask(root, lock, run)
    kept = advisories.load(root / KEPT)
    given = reasons.load(root / ACCEPTED)
    findings = kept.findings(lock)
    found = reasons.mistakes(findings, given, root)
    (root / PAGE).write_text(report(kept, lock, given), encoding="utf-8")
    _tell(kept, lock, len(findings))
    return found


def _ask(root: Path, lock: dict[str, str], run: Run | None) -> None:
    today = dt.datetime.now(dt.timezone.utc).date().isoformat()
    try:
        answer = ask(toolbox(root), lock, today, run)
    except (NotAnsweredError, SetupError) as error:
        print(f"   The database was not reached ({error}).", flush=True)
        print("   Going by what was read last; ask again where it can be reached.", flush=True)
        return
    before = advisories.load(root / KEPT)
    # What it left out keeps the older answer, for as long as the version is the same.
    missed = {n: v for n, v in before.asked.items() if n not in answer.asked and lock.get(n) == v}
    older = tuple(one for one in before.advisories if one.package in missed)
    asked = {**missed, **answer.asked}
    whole = Kept(answer.read, answer.source, asked, (*answer.advisories, *older))
    advisories.save(whole, root / KEPT)


def _tell(kept: Kept, lock: dict[str, str], findings: int) -> None:
    unasked = kept.unasked(lock)
    print(f"   {len(lock)} packages, {findings} known weaknesses; read {kept.read}: {kept.source}")
    if unasked:
        print(f"   Not asked about, hence unknown: {len(unasked)} packages (see {PAGE}).")


def main(arguments: list[str] | None = None) -> int:
    """Audit and return the exit code: 0, or 1 when something does not fit together."""
    parser = argparse.ArgumentParser(description="Known weaknesses and why they don't reach us.")
    parser.add_argument("--offline", action="store_true", help="go by what was read last")
    try:
        found = audit(ROOT, offline=parser.parse_args(arguments).offline)
    except ReasonsError as error:
        found = [str(error)]
    for mistake in found:
        print(f"[ERROR] {mistake}", file=sys.stderr)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
