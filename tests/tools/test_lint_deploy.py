"""The checkers of deploy/: pinned, fetched once, and all of them are run."""

from __future__ import annotations

import hashlib
import re
import sys
from pathlib import Path

import pytest

from tools import lint_deploy
from tools.errors import INSTALL_FAILED, SetupError


def test_every_checker_is_pinned_with_hashes() -> None:
    locked = lint_deploy.LOCK.read_text()
    wanted = lint_deploy.LOCK.with_suffix(".in").read_text().splitlines()
    for name in (line for line in wanted if not line.startswith("#")):
        assert re.search(rf"^{re.escape(name)}==.+ \\\n    --hash=sha256:", locked, re.MULTILINE)


def test_every_file_is_checked() -> None:
    commands = dict(lint_deploy.commands())
    kubernetes = {Path(p).name for p in commands["Kubernetes 1.37"] if p.endswith(".yml")}
    there = {path.name for path in (lint_deploy.DEPLOY / "kubernetes").iterdir()}
    assert there - kubernetes == {"kustomization.yml"}


def test_nothing_is_fetched_twice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[list[str]] = []
    monkeypatch.setattr(lint_deploy, "_uv", asked.append)
    lock = tmp_path / "lock.txt"
    lock.write_text("one==1")
    lint_deploy.have_tools(tmp_path, lock)
    lint_deploy.have_tools(tmp_path, lock)
    assert [command[0] for command in asked] == ["venv", "pip"]
    assert "--require-hashes" in asked[1]
    assert (tmp_path / "lock-hash").read_text() == hashlib.sha256(b"one==1").hexdigest()


def test_one_that_fails_stops_no_other_and_is_named(
    monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    def commands() -> list[tuple[str, list[str]]]:
        return [
            (title, [sys.executable, "-c", f"raise SystemExit({code})"])
            for title, code in (("First", 0), ("Second", 3), ("Third", 0))
        ]

    monkeypatch.setattr(lint_deploy, "have_tools", lambda: None)
    monkeypatch.setattr(lint_deploy, "commands", commands)
    assert lint_deploy.main([]) == 1
    told = capfd.readouterr()
    assert "failed: Second" in told.err
    assert "Third" in told.out


def test_an_index_that_is_away_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def away() -> None:
        raise SetupError(INSTALL_FAILED, "not reached")

    monkeypatch.setattr(lint_deploy, "have_tools", away)
    assert lint_deploy.main([]) == INSTALL_FAILED
    assert "not reached" in capsys.readouterr().err
