"""Measure the whole: `make bench` (docs/bench.md, var/bench/bench.json).

    python -m bench [--only replies --only steps] [--quick] [--print]

A part that is not asked for keeps what was measured last. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import json
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, Final

from bench.machine import machine
from bench.report import report
from bench.split import ROOT, WORK

RESULTS: Final = WORK / "bench.json"
REPORT: Final = ROOT / "docs" / "bench.md"
Given = argparse.Namespace


def _replies(given: Given) -> dict[str, Any]:
    from bench.replies import measure

    return measure(given.rounds, given.seconds, given.epochs, given.share)


def _steps(given: Given) -> dict[str, Any]:
    from bench.steps import measure

    return measure(given.messages)


def _sizes(given: Given) -> dict[str, Any]:
    from bench.sizes import measure

    return measure(sorted(set(given.sizes)), given.repeats, given.messages)


def _long(given: Given) -> dict[str, Any]:
    from bench.long import measure

    return measure(sorted(set(given.turns)))


def _sound(given: Given) -> dict[str, Any]:
    from bench.sound import measure

    return measure(given.sounds)


PARTS: Final[dict[str, Callable[[Given], dict[str, Any]]]] = {
    "replies": _replies,
    "steps": _steps,
    "sizes": _sizes,
    "long": _long,
    "sound": _sound,
}
QUICK: Final = {"rounds": 1, "seconds": 2.0, "epochs": 1, "share": 0.03, "messages": 20}
QUICK_SIZES: Final = {"sizes": [4, 8], "repeats": 1, "turns": [10, 30], "sounds": 3}


def arguments(told: list[str] | None = None) -> Given:
    """What the command line asks for; --quick shows that each part runs, its figures say little."""
    parser = argparse.ArgumentParser(prog="make bench ARGS=…", description="Measure the whole.")
    parser.add_argument("--only", action="append", choices=tuple(PARTS), help="a part; repeatable")
    parser.add_argument("--quick", action="store_true", help="only show that each part runs")
    parser.add_argument("--print", action="store_true", help="write the report of the last results")
    parser.add_argument("--results", type=Path, default=RESULTS)
    parser.add_argument("--report", type=Path, default=REPORT)
    parser.add_argument("--rounds", type=int, default=3, help="slices of each side and level")
    parser.add_argument("--seconds", type=float, default=8.0, help="length of a slice")
    parser.add_argument("--epochs", type=int, default=15, help="of the stock project's networks")
    parser.add_argument("--share", type=float, default=1.0, help="of the examples, for stock")
    parser.add_argument("--messages", type=int, default=200, help="for steps and sizes")
    parser.add_argument("--sizes", type=int, nargs="+", default=[4, 40, 290])
    parser.add_argument("--repeats", type=int, default=3, help="trainings and starts of each size")
    parser.add_argument("--turns", type=int, nargs="+", default=[10, 100, 1000])
    parser.add_argument("--sounds", type=int, default=30)
    given = parser.parse_args(told)
    if given.quick:
        # What was measured in earnest stays as it is.
        parser.set_defaults(**QUICK, **QUICK_SIZES)
        parser.set_defaults(results=WORK / "quick.json", report=WORK / "quick.md")
        given = parser.parse_args(told)
    return given


def main(told: list[str] | None = None) -> int:
    """Measure the parts one by one; each is kept as soon as it is done."""
    given = arguments(told)
    found: dict[str, Any] = {}
    if given.results.exists():
        found = json.loads(given.results.read_text(encoding="utf-8"))
    for name in [] if given.print else given.only or list(PARTS):
        print(f">> {name}", flush=True)
        about, begun = machine(), time.monotonic()
        measured = PARTS[name](given)
        took = round(time.monotonic() - begun, 1)
        found[name] = {"machine": about, "took_seconds": took, **measured}
        given.results.parent.mkdir(parents=True, exist_ok=True)
        given.results.write_text(json.dumps(found, indent=1, ensure_ascii=False), encoding="utf-8")
        print(f"   {name}: {took} s", flush=True)
    given.report.write_text(report(found), encoding="utf-8")
    print(f"Written: {given.results}, {given.report}")
    return 0


if __name__ == "__main__":
    # Who ends it ends the servers too: the with blocks are left.
    signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
    sys.exit(main())
