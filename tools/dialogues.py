"""Play all dialogue tests and suites, and try the recognition; write a report.

    python -m tools.dialogues [--kind dialogues|suites|nlu] [--only kris] [--out DIR] [--progress]

Everything runs in this process, without a server, and nothing that is said is kept. The report
goes to a folder of var/runs: report.html, junit.xml, results.json and pictures. Exit codes:
0 all was as expected, 1 something was not, 2 wrong input or no model, 3 another run is under way.
A known failure that no longer fails is a failure too.
"""

from __future__ import annotations

import argparse
import os
import signal
import sys
from pathlib import Path
from types import FrameType

# Rasa and TensorFlow read these when they are imported.
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
}
for _name, _value in _QUIET.items():
    os.environ.setdefault(_name, _value)

from api.runs.folder import Runs, State, read_state  # noqa: E402
from api.services.assistant import ModelError  # noqa: E402
from api.settings import Settings, load_settings  # noqa: E402
from api.settings_read import SettingsError  # noqa: E402
from bot.testing.results import PARTS, Report  # noqa: E402
from tools.reports import page  # noqa: E402
from tools.run_tests import SIGNS, Run, execute, now  # noqa: E402

GOOD, FAILED, WRONG, BUSY, STOPPED = 0, 1, 2, 3, 143


def summary(report: Report) -> str:
    """The last lines for who reads it in a terminal."""
    lines = []
    for part in ("dialogues", "suites"):
        counts = {v: report.count(v, part) for v in SIGNS}
        if any(counts.values()):
            told = ", ".join(f"{SIGNS[v]} {n}" for v, n in counts.items() if n)
            lines.append(f"{part}: {told}")
    if report.nlu:
        first, three = f"{report.nlu.top1:.1%}", f"{report.nlu.top3:.1%}"
        lines.append(f"nlu: {first} rätt i första gissningen, {three} bland de tre första")
    for title, names in (
        ("Fel nu men inte förra gången", report.differences.failing),
        ("Rätt nu men inte förra gången", report.differences.passing),
    ):
        lines += [f"{title}: {', '.join(names)}"] if names else []
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> int:
    """Run the tests; the exit code tells how it went."""
    given = _arguments(arguments)
    if given.nice and hasattr(os, "nice"):
        os.nice(given.nice)
    try:
        settings = load_settings()
    except SettingsError as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return WRONG
    runs = Runs(settings.data_dir / "runs")
    folder = given.out.resolve() if given.out else runs.path(runs.new(now()))
    folder.mkdir(parents=True, exist_ok=True)
    with runs.held(folder.name, given.lock) as free:
        if free:
            return _guarded(_run(runs, folder, settings, given))
        print("[ERROR] Another run is under way.", file=sys.stderr)
        if not given.out:
            folder.rmdir()
        return BUSY


def _run(runs: Runs, folder: Path, settings: Settings, given: argparse.Namespace) -> Run:
    """The run, with what the page has written of it when the page started it."""
    started = now().isoformat(timespec="seconds")
    parts = tuple(part for part in PARTS if part in (given.kind or PARTS))
    state = State(id=folder.name, parts=parts, only=given.only, started=started)
    if given.lock is not None:
        state = read_state(folder) or state
    state.pid = os.getpid()
    return Run(runs, folder, state, settings, given.progress)


def _guarded(run: Run) -> int:
    """Do it, and keep in the run's state how it ended, whichever way."""
    before = signal.signal(signal.SIGTERM, _leave)
    end = run.state.copy(update={"state": "failed"})
    code = WRONG
    try:
        report = execute(run)
        end.state, end.good = "done", report.good
        code = GOOD if report.good else FAILED
        print(f"{summary(report)}\nRapport: {run.folder / page.REPORT}")
    except (ModelError, ValueError) as error:
        end.told = str(error)
        print(f"[ERROR] {error}", file=sys.stderr)
    except (KeyboardInterrupt, SystemExit):
        end.state, code = "stopped", STOPPED
    finally:
        signal.signal(signal.SIGTERM, before)
        last = run.state
        end.done, end.total, end.bad = last.done, last.total, last.bad
        end.finished = now().isoformat(timespec="seconds")
        run.state = end
        run.keep()
        run.runs.prune()
    return code


def _arguments(arguments: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Play all tests and write a report.")
    parser.add_argument("--kind", action="append", choices=PARTS, help="only these")
    parser.add_argument("--only", nargs="+", default=[], help="tests with a word in their name")
    parser.add_argument("--out", type=Path, help="folder of the report (var/runs/DATE)")
    parser.add_argument("--progress", action="store_true", help="a line for each test")
    parser.add_argument("--nice", type=int, default=0, help="leave the processor to others")
    parser.add_argument("--lock", type=int, help=argparse.SUPPRESS)
    return parser.parse_args(arguments)


def _leave(number: int, frame: FrameType | None) -> None:
    raise SystemExit(128 + number)


if __name__ == "__main__":
    sys.exit(main())
