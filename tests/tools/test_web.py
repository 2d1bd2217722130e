"""The checkers of scripts: when they are fetched, and what is said when they can't be."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from tools import web
from tools.errors import INDEX_NOT_REACHED, INSTALL_FAILED, SetupError


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project whose npm fails with the words in `said`."""
    for name in web.LOCKED:
        (tmp_path / name).write_text("{}", encoding="ascii")
    monkeypatch.setattr(web, "node", lambda: ["sh", "-c", 'cat "$PWD/said"; exit 1', "npm"])
    return tmp_path


def test_nothing_is_fetched_twice(project: Path) -> None:
    (project / "node_modules").mkdir()
    (project / "node_modules" / ".lock-hash").write_text(web.lock_hash(project), encoding="ascii")
    web.have_checkers(project)


def test_another_lock_file_is_another_installation(project: Path) -> None:
    before = web.lock_hash(project)
    (project / "package-lock.json").write_text("[]", encoding="ascii")
    assert web.lock_hash(project) != before


@pytest.mark.parametrize(
    ("said", "code", "told"),
    [
        ("npm error code ENOTFOUND", INDEX_NOT_REACHED, "could not reach its registry"),
        ("npm error code EINTEGRITY", INSTALL_FAILED, "could not install"),
    ],
)
def test_failed_installation_says_what_to_do(
    project: Path, said: str, code: int, told: str
) -> None:
    (project / "said").write_text(said, encoding="ascii")
    with pytest.raises(SetupError, match=told) as caught:
        web.have_checkers(project)
    assert caught.value.code == code
    assert said in str(caught.value)


def test_installed_checkers_are_remembered(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(web, "node", lambda: ["sh", "-c", "mkdir node_modules", "npm"])
    web.have_checkers(project)
    monkeypatch.setattr(web, "node", lambda: ["false"])
    web.have_checkers(project)


def test_a_wrong_type_is_found(tmp_path: Path) -> None:
    web.have_checkers()
    script = tmp_path / "wrong.js"
    script.write_text("/** @param {string} x */\nexport const f = (x) => x * 2\n", encoding="ascii")
    command = [*web.node(), "node", str(web.MODULES / web.TSC)]
    options = ["--noEmit", "--allowJs", "--checkJs", "--strict", "--ignoreConfig"]
    result = subprocess.run(
        [*command, *options, str(script)], capture_output=True, text=True, check=False
    )
    assert result.returncode != 0
    assert "TS2362" in result.stdout
