"""Compare NLU pipelines on the project's own training data; print the table of docs/adr/0003.

    python -m bench.pipelines [--epochs 15] [--share 0.5] [--only ours] [--test-only] [--print]

Each pipeline is trained, and then tested, in a process of its own on one processor core; as many
run side by side as there are cores. See bench/README.md for what is measured.
"""

from __future__ import annotations

import argparse
import os
import queue
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from bench.rankers import PIPELINES
from bench.split import ROOT, WORK, Split, make_split
from bench.table import table

SUITE = ROOT.parent / "shared" / "eval" / "dev.yml"
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "PYTHONWARNINGS": "ignore",
    "PYTHONHASHSEED": "0",
    # With the one core that each process gets, this makes it one thread everywhere.
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
}


def measure(name: str, given: argparse.Namespace, cores: queue.Queue[int]) -> bool:
    """Train and test one pipeline; its output goes to var/bench/<name>/log. True: all went well."""
    core = cores.get()
    try:
        folder = WORK / name
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "log").open("ab") as log:
            for what in ("test",) if given.test_only else ("train", "test"):
                command = [sys.executable, "-m", "bench.measure", what, name]
                command += ["--epochs", str(given.epochs), "--core", str(core)]
                command += ["--suite", str(given.suite)]
                environment = {**os.environ, **_QUIET}
                print(f">> {what} {name}", flush=True)
                code = subprocess.run(
                    command, cwd=ROOT, env=environment, stdout=log, stderr=log, check=False
                ).returncode
                if code:
                    print(f"[ERROR] {what} {name} failed: see {folder / 'log'}", file=sys.stderr)
                    return False
        return True
    finally:
        cores.put(core)


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description="Compare NLU pipelines (docs/adr/0003).")
    parser.add_argument("--epochs", type=int, default=15, help="of DIET; Rasa's default is 300")
    parser.add_argument("--share", type=float, default=1.0, help="of the data, for all pipelines")
    parser.add_argument("--suite", type=Path, default=SUITE, help="conversations to hold")
    parser.add_argument("--only", action="append", choices=tuple(PIPELINES))
    parser.add_argument("--test-only", action="store_true", help="test what is trained already")
    parser.add_argument("--print", action="store_true", help="only print what was measured last")
    given = parser.parse_args()
    if given.print:
        print(table(Split.load(), WORK))
        return 0
    # A part of the pipelines is measured on the split that the others were measured on.
    if not (given.test_only or given.only) or not (WORK / "split.json").exists():
        make_split(given.share).save()
        for old in WORK.glob("*/*.json"):
            old.unlink()
    cores: queue.Queue[int] = queue.Queue()
    free = sorted(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else [0]
    for core in free:
        cores.put(core)
    with ThreadPoolExecutor(len(free)) as pool:
        good = list(pool.map(lambda n: measure(n, given, cores), given.only or list(PIPELINES)))
    print(table(Split.load(), WORK))
    return 0 if all(good) else 1


if __name__ == "__main__":
    sys.exit(main())
