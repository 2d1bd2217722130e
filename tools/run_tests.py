"""One run of the tests, from reading them to writing its report."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from api.runs.folder import Runs, State, write_state
from api.settings import Settings
from bot.dialogue.turn import in_stockholm
from bot.testing.results import (
    BAD,
    RESULTS,
    Case,
    Nlu,
    Part,
    Report,
    Verdict,
    compare,
    read_report,
)
from tools import playing
from tools.prepare import ROOT
from tools.reports import junit, page
from tools.talk import talk

DIALOGUES = ROOT / "tests" / "dialogues"
SUITES = (ROOT.parent / "shared" / "eval", ROOT / "tests" / "suites")
KNOWN_MISSES = ROOT / "tests" / "known_misses.yml"
EXAMPLES = ROOT / "bot" / "data" / "nlu"
OFTEN = 5
"""Cases after which the state is written anew."""

SIGNS: dict[Verdict, str] = {"passed": "ok", "failed": "FEL", "known": "känt", "mended": "LAGAT"}


@dataclass
class Run:
    """A run under way: what it is to do, and how far it has come."""

    runs: Runs
    folder: Path
    state: State
    settings: Settings
    loud: bool
    cases: list[Case] = field(default_factory=list)
    nlu: Nlu | None = None

    def keep(self) -> None:
        """Write how far it has come."""
        write_state(self.folder, self.state)

    def doing(self, what: str) -> None:
        """Tell what is being done."""
        self.state.doing = what
        self.keep()
        print(f">> {what}", flush=True)

    def played(self, case: Case) -> None:
        """Tell what came of a case."""
        self.cases.append(case)
        self.state.done += 1
        self.state.bad += case.verdict in BAD
        if self.state.done % OFTEN == 0 or case.verdict in BAD:
            self.keep()
        if self.loud or case.verdict in BAD:
            place = f"[{self.state.done}/{self.state.total}]"
            print(f"{place} {SIGNS[case.verdict]:5} {case.id}", flush=True)
        if case.verdict in BAD:
            print("\n".join(f"    {line}" for line in junit.told(case).splitlines()), flush=True)


def chosen(parts: Sequence[Part], only: Sequence[str]) -> list[playing.Playable]:
    """The tests that are meant; ValueError for a mistake in a file, or when there are none."""
    tests: list[playing.Playable] = []
    if "dialogues" in parts:
        tests += playing.dialogues(DIALOGUES)
    if "suites" in parts:
        tests += playing.suites([folder for folder in SUITES if folder.is_dir()], KNOWN_MISSES)
    found = [test for test in tests if test.is_called(only)]
    if not found and parts != ("nlu",):
        raise ValueError(f"Inget prov heter något med {', '.join(only) or 'de orden'}.")
    return found


def execute(run: Run) -> Report:
    """Do all that the run is to do and write its report."""
    run.doing("Läser proven")
    tests = chosen(run.state.parts, run.state.only)
    run.state.total = len(tests)
    if tests:
        run.doing("Laddar assistenten")
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="lotsen-runs-"))
            say = stack.enter_context(talk(Path(folder) / "said.db", run.settings.model))
            run.doing("Spelar samtalen")
            for test in tests:
                run.played(test.play(say))
    if "nlu" in run.state.parts:
        run.doing("Prövar hur väl frågor känns igen")
        run.nlu = _nlu(run.folder)
    return _write(run)


def _nlu(folder: Path) -> Nlu:
    # Not before it is asked for: they take seconds to import.
    from tools.reports import nlu, pictures

    found, judged = nlu.measure(EXAMPLES)
    pictures.draw(found, judged, folder)
    return found


def _write(run: Run) -> Report:
    run.doing("Skriver rapporten")
    reports = [read_report(run.runs.path(i)) for i in run.runs.ids() if i != run.folder.name]
    report = Report(
        id=run.state.id,
        started=run.state.started,
        finished=now().isoformat(timespec="seconds"),
        model=_trained(run.settings.model),
        parts=run.state.parts,
        only=run.state.only,
        cases=tuple(run.cases),
        nlu=run.nlu,
        differences=compare(
            run.cases,
            run.state.only,
            run.nlu.top1 if run.nlu else None,
            [r for r in reports if r],
        ),
    )
    (run.folder / RESULTS).write_text(report.json(ensure_ascii=False), encoding="utf-8")
    junit.write_junit(report, run.folder / "junit.xml")
    page.write_page(report, run.folder)
    return report


def now() -> datetime:
    """This moment, as it is written in reports."""
    return in_stockholm(None)


def _trained(model: Path) -> str:
    """When the model was made."""
    if not model.exists():
        return ""
    made = datetime.fromtimestamp(model.stat().st_mtime).astimezone()
    return in_stockholm(made).isoformat(timespec="minutes")
