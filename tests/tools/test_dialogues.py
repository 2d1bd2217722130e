"""`make dialogues`: what it plays, how it judges, what it writes, and its exit codes."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest

from api.runs.folder import Runs, read_state
from api.services.assistant import ModelError
from bench.split import read_data
from bot.testing.dialogues import known_failures
from bot.testing.heard import Heard
from bot.testing.results import read_report
from tests.api.html import read
from tools import dialogues, playing, run_tests
from tools.reports import nlu, pictures

CONVERSATIONS = """
name: kostnad
because: Den som har lite pengar behöver veta det.
municipality: umea
turns:
  - {user: "Vad kostar det?", says: [gratis], kind: answer, answer: umea.ledsagning.kostnad}
  - {user: "Hur mycket?", says: [kronor], not: [gratis]}
---
name: vem
because: Den som undrar ska få veta vem det är för.
turns:
  - {user: "Vem?", says: [gratis]}
"""
SUITE = """
- {id: s-1, kind: fact, municipality: umea, turns: [{say: "Kostnad?", must: [gratis]}]}
- {id: s-2, kind: fact, turns: [{say: "Kostnad?", any: [dyr, avgift], never: [gratis]}]}
"""
ALL = ("kostnad", "vem", "s-1", "s-2")
SAID = "Det är <b>gratis</b>.\x01"


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of few tests, with an assistant that has one answer."""
    for name, text in {
        "dialogues/pengar/kostnad.yml": CONVERSATIONS,
        "suites/facts.yml": SUITE,
        "known.yml": "s-2: Svarar aldrig på det.\n",
    }.items():
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    @contextmanager
    def talk(database: Path, model: Path) -> Iterator[Callable[..., Heard]]:
        def say(sender: str, text: str, metadata: Mapping[str, Any]) -> Heard:
            return Heard(SAID, "answer", "umea.ledsagning.kostnad", spoken="Det är gratis.")

        yield say

    monkeypatch.setenv("LOTSEN_DATA_DIR", str(tmp_path / "var"))
    monkeypatch.setattr(run_tests, "talk", talk)
    monkeypatch.setattr(run_tests, "DIALOGUES", tmp_path / "dialogues")
    monkeypatch.setattr(run_tests, "SUITES", (tmp_path / "suites", tmp_path / "none"))
    monkeypatch.setattr(run_tests, "KNOWN_MISSES", tmp_path / "known.yml")
    return tmp_path


def run(*options: str) -> int:
    return dialogues.main(["--kind", "dialogues", "--kind", "suites", *options])


def test_a_failure_is_told_with_its_conversation_everywhere(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run() == dialogues.FAILED
    told = capsys.readouterr().out
    assert "FEL   dialogues/pengar/kostnad" in told
    assert "dialogues/pengar/vem" not in told, "what went well is told with --progress only"
    assert "suites: ok 1, känt 1" in told

    (folder,) = [p for p in (project / "var" / "runs").iterdir() if p.is_dir()]
    report = read_report(folder)
    assert report
    assert {c.name: c.verdict for c in report.cases} == dict(
        zip(ALL, ("failed", "passed", "passed", "known"), strict=True)
    )
    first, second = report.cases[0].steps
    assert first.wrong == ()
    assert second.wrong == ("saknas: 'kronor'", "får inte stå: 'gratis'")
    assert report.cases[3].steps[0].wrong == (
        "fel i sak: 'gratis'",
        "inget av detta finns: ['dyr', 'avgift']",
    )

    state = read_state(folder)
    assert state and (state.state, state.done, state.total, state.bad) == ("done", 4, 4, 1)
    suites = ET.parse(folder / "junit.xml").getroot()
    assert (suites.get("tests"), suites.get("failures"), suites.get("skipped")) == ("4", "1", "1")
    failure = suites.find("testsuite/testcase/failure")
    assert failure is not None and failure.text and "> Hur mycket?" in failure.text
    page = read((folder / "report.html").read_text(encoding="utf-8"))
    shown = " ".join(e.text for e in page.of_class("runs-case"))
    for words in ("Den som har lite pengar", "Det är <b>gratis</b>.", "I svaret ska stå: ”kronor”"):
        assert words in shown
    assert "Kommun: Umeå" in shown


def test_exit_codes_and_differences(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run() == dialogues.FAILED
    tests = project / "dialogues"
    (tests / "_known_failures.yml").write_text("pengar/kostnad: Den säger alltid gratis.\n")
    assert run() == dialogues.GOOD
    assert run("--only", "s-1", "VEM", "--progress") == dialogues.GOOD
    assert "ok    dialogues/pengar/vem" in capsys.readouterr().out
    assert run("--only", "finns-inte") == dialogues.WRONG
    (tests / "_known_failures.yml").write_text("pengar/vem: Den är lagad nu.\n")
    assert run() == dialogues.FAILED
    told = capsys.readouterr().out
    assert "LAGAT dialogues/pengar/vem" in told

    path = tests / "pengar" / "kostnad.yml"
    path.write_text(CONVERSATIONS.replace("gratis", "kronor"), encoding="utf-8")
    (tests / "_known_failures.yml").unlink()
    assert run() == dialogues.FAILED
    assert "Fel nu men inte förra gången: dialogues/pengar/vem" in capsys.readouterr().out
    path.write_text("name: Två ord\n", encoding="utf-8")
    assert run("--out", str(project / "out")) == dialogues.WRONG
    assert "kostnad.yml, samtal 1: name" in capsys.readouterr().err
    state = read_state(project / "out")
    assert state and state.state == "failed" and "samtal 1" in state.told


def test_one_run_at_a_time_and_a_missing_model_is_no_failure_of_tests(
    project: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = Runs(project / "var" / "runs")
    monkeypatch.setattr("api.runs.folder._TRIES", 1)
    with runs.held("20261118-100000") as free:
        assert free
        assert run() == dialogues.BUSY
        assert runs.ids() == []

    def stopped(*_: object) -> Any:
        raise SystemExit(143)

    def missing(*_: object) -> Any:
        raise ModelError("There is no model: run `make train` first.")

    for talk, code in ((missing, dialogues.WRONG), (stopped, dialogues.STOPPED)):
        monkeypatch.setattr(run_tests, "talk", talk)
        assert run() == code
    assert "make train" in capsys.readouterr().err
    assert [state.state for state in runs.states()] == ["stopped", "failed"]


def test_recognition_is_measured_on_examples_held_out(tmp_path: Path) -> None:
    for name in ("aspects_short.yml", "cafetraffar.yml", "frukostmoten.yml"):
        shutil.copy(run_tests.EXAMPLES / name, tmp_path)
    trial = nlu.attempt(read_data(tmp_path))
    assert {text for text, _ in trial.learnt}.isdisjoint(trial.judged.texts)
    found = nlu.report(trial)
    assert found.held_out == len(trial.judged.texts) == sum(s.cases for s in found.scores)
    assert 0.5 < found.top1 <= found.top3 <= 1
    assert sum(b.right + b.wrong for b in found.histogram) == found.held_out
    services = {s.title for s in found.services}
    assert services == {"caféträffar", "frukostmöten", "ingen insats nämnd"}
    assert all(p.label != p.taken_for and p.examples[0].text for p in found.pairs)
    pictures.draw(found, trial.judged, tmp_path)
    for name in (pictures.CONFIDENCE, pictures.SERVICES, pictures.INTENTS):
        assert (tmp_path / name).read_bytes().startswith(b"\x89PNG")


def test_scores_of_labels() -> None:
    wanted, got = ["a", "a", "a", "b"], ["a", "a", "b", "b"]
    worst, best = nlu.scores(wanted, got, {"a": "A?"})
    assert (worst.label, worst.precision, worst.recall) == ("b", 0.5, 1.0)
    assert (best.title, best.precision, round(best.recall, 2), best.f1) == ("A?", 1.0, 0.67, 0.8)
    assert pictures.most_confused(wanted, got, 1) == ["a"]
    assert [b.least for b in nlu.histogram([1.0, 0.05], [True, False]) if b.right + b.wrong] == [
        0.05,
        0.95,
    ]


def test_known_misses_name_cases_and_give_a_reason() -> None:
    known = known_failures(run_tests.KNOWN_MISSES)
    folders = [folder for folder in run_tests.SUITES if folder.is_dir()]
    names = {test.name for test in playing.suites(folders, run_tests.KNOWN_MISSES)}
    # Cases of the shared suites can only be known where those are.
    assert known.keys() <= names or len(folders) < len(run_tests.SUITES)
    assert all(len(reason.split()) > 2 for reason in known.values())
