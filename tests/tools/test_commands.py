"""Steps, checks and evaluation: their exit codes and what they print."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools import check, prepare
from tools import eval as evaluation
from tools.errors import NO_SUITE, SetupError
from tools.steps import run_command, step

ROOT = Path(__file__).resolve().parents[2]


def test_a_step_tells_its_time(capsys: pytest.CaptureFixture[str]) -> None:
    with step("Train"):
        pass
    assert capsys.readouterr().out == ">> Train\n   Train: 0.0 s\n"


def test_a_failed_command_ends_with_its_own_exit_code(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SetupError, match="Train: failed with exit code 7") as caught:
        run_command("Train", [sys.executable, "-c", "raise SystemExit(7)"])
    assert caught.value.code == 7
    assert "stopped after" in capsys.readouterr().out


def test_a_killed_command_has_the_shells_exit_code() -> None:
    with pytest.raises(SetupError) as caught:
        run_command("Train", ["/bin/sh", "-c", "kill -9 $$"])
    assert caught.value.code == 137


def test_every_check_runs_and_all_failures_are_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    ran = []

    def pretend(title: str, *_: str) -> None:
        ran.append(title)
        if title in ("Types", "Content"):
            raise SetupError(1, title)

    monkeypatch.setattr(check, "run_module", pretend)
    assert check.main() == 1
    assert ran == [title for title, *_ in check.CHECKS]
    assert "failed: Types, Content" in capsys.readouterr().err


def test_preparing_stops_at_the_first_failure(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []

    def pretend(_: str, module: str, *arguments: str) -> None:
        ran.append((module, *arguments))
        if module == "bot.knowledge.validator":
            raise SetupError(1, "broken content")

    monkeypatch.delenv("LOTSEN_ENCODER_DIR", raising=False)
    monkeypatch.setattr(prepare, "run_module", pretend)
    assert prepare.main([]) == 1
    assert ran == [("bot.understanding.encoder_build",), ("bot.knowledge.validator",)]


def test_an_operators_encoder_is_not_built_over(monkeypatch: pytest.MonkeyPatch) -> None:
    ran = []
    monkeypatch.setenv("LOTSEN_ENCODER_DIR", "/models/mine")
    monkeypatch.setattr(
        prepare, "run_module", lambda _, module, *words: ran.append((module, *words))
    )
    assert prepare.main(["--force"]) == 0
    assert ran == [("bot.knowledge.validator",), ("bot.training",)]


def test_the_suites_of_both_places_are_judged_apart(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for place, name in (("SHARED", "dev.yml"), ("OWN", "ours.yml")):
        (tmp_path / place).mkdir()
        (tmp_path / place / name).touch()
        monkeypatch.setattr(evaluation, place, tmp_path / place)
    assert evaluation.suite_sets([]) == [[tmp_path / "SHARED/dev.yml"], [tmp_path / "OWN/ours.yml"]]
    assert evaluation.suite_sets([Path("mine.yml")]) == [[Path("mine.yml")]]
    assert evaluation.judge_command() == [sys.executable, "-m", "tools.ask"]


def test_no_suite_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(evaluation, "SHARED", tmp_path)
    monkeypatch.setattr(evaluation, "OWN", tmp_path)
    assert evaluation.main([]) == NO_SUITE


def test_make_alone_lists_every_command() -> None:
    shown = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    phony = next(
        line
        for line in (ROOT / "Makefile").read_text("utf-8").splitlines()
        if line.startswith(".PHONY")
    )
    for target in phony.split()[1:]:
        assert f"make {target} " in shown


@pytest.mark.parametrize(("target", "dev"), [("run", False), ("train", False), ("test", True)])
def test_only_development_installs_what_tests_need(target: str, dev: bool) -> None:
    command = ["make", "-n", target]
    shown = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert "$python -m tools.bootstrap" in shown
    assert ("tools.bootstrap --dev;" in shown) is dev
