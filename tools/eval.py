"""Serve on a free port, put the suites of questions to the assistant, print the tables.

    python -m tools.eval [--kind fact] [--verbose] [--at-least 0.97] [suite.yml ...]

Without suites named: those beside the project in ../shared/eval, with the judge that lies there,
and our own in tests/suites. The server runs in test mode on an empty data folder and is always
stopped. The exit code is 0 when every suite reaches its goal.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.errors import NO_SUITE, SetupError
from tools.prepare import ROOT, prepare
from tools.server import Server, free_port, trial_environment

SHARED = ROOT.parent / "shared" / "eval"
OWN = ROOT / "tests" / "suites"
READY_SECONDS = 180.0


def suite_sets(named: list[Path]) -> list[list[Path]]:
    """Group the suites that are judged together, each group in a table of its own."""
    groups = [named] if named else [sorted(folder.glob("*.yml")) for folder in (SHARED, OWN)]
    groups = [group for group in groups if group]
    if not groups:
        raise SetupError(NO_SUITE, f"No suite of questions in {SHARED} or {OWN}.")
    return groups


def judge_command() -> list[str]:
    """Prefer the judge that lies beside the suites; ours reads the same files."""
    shared = SHARED / "ask.py"
    return [sys.executable, str(shared)] if shared.exists() else [sys.executable, "-m", "tools.ask"]


def judge(groups: list[list[Path]], options: list[str]) -> int:
    """Start the server, judge every group, stop the server; return the worst exit code."""
    port = free_port()
    with tempfile.TemporaryDirectory(prefix="lotsen-eval-") as folder:
        log = Path(folder) / "server.log"
        url = f"http://127.0.0.1:{port}"
        environment = trial_environment(port, Path(folder) / "var")
        with log.open("wb") as output, Server(url, environment, output) as server:
            try:
                seconds = server.wait_until_ready(READY_SECONDS)
            except SetupError:
                print(log.read_text(encoding="utf-8", errors="replace")[-4000:], file=sys.stderr)
                raise
            print(f"   Start the server: {seconds:.1f} s", flush=True)
            codes = [ask(group, url, options) for group in groups]
            print(f"memory of the server: {server.peak_memory() or '?'} MB at most")
    return max(codes)


def ask(group: list[Path], url: str, options: list[str]) -> int:
    """Let the judge put one group of suites."""
    print(f">> {', '.join(str(path) for path in group)}", flush=True)
    command = [*judge_command(), "--url", url, *options, *(str(path) for path in group)]
    return subprocess.run(command, check=False).returncode


def main(arguments: list[str] | None = None) -> int:
    """Evaluate and return the exit code."""
    parser = argparse.ArgumentParser(description="Put suites of questions to the assistant.")
    parser.add_argument("suites", nargs="*", type=Path)
    parser.add_argument("--at-least", default="0.97", help="share of right cases to reach")
    parser.add_argument("--most-wrong", default="0", help="wrong facts that are tolerated")
    parser.add_argument("--kind", action="append", default=[], help="only this kind of case")
    parser.add_argument("--verbose", action="store_true", help="print every conversation")
    parser.add_argument("--out", help="write every result to this JSON file")
    given = parser.parse_args(arguments)
    options = ["--at-least", given.at_least, "--most-wrong", given.most_wrong]
    options += [word for kind in given.kind for word in ("--kind", kind)]
    options += ["--verbose"] if given.verbose else []
    options += ["--out", given.out] if given.out else []
    try:
        groups = suite_sets(given.suites)
        prepare()
        return judge(groups, options)
    except SetupError as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return error.code


if __name__ == "__main__":
    sys.exit(main())
