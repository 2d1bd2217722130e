"""``python -m api``: what is checked before anything is served, and how it ends."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from api import __main__ as module
from api.settings import Settings
from bot.knowledge.loader import ContentError


@pytest.fixture(autouse=True)
def environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing that a test sets stays set."""
    monkeypatch.setattr(module, "_QUIET", {})


@pytest.fixture
def busy() -> Iterator[int]:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        yield int(taken.getsockname()[1])


def test_a_port_that_is_taken_is_told_with_what_to_do(busy: int) -> None:
    problem = module.port_problem(Settings(port=busy))
    assert problem is not None
    assert f"127.0.0.1:{busy}" in problem
    assert "LOTSEN_PORT" in problem


def test_any_free_port_is_no_problem() -> None:
    assert module.port_problem(Settings(port=0)) is None


def test_a_port_that_was_just_given_back_is_free() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = int(taken.getsockname()[1])
    assert module.port_problem(Settings(port=port)) is None


def test_a_setting_that_cannot_be_used_ends_it(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOTSEN_PORT", "http")
    monkeypatch.setattr(module, "_serve", lambda settings: pytest.fail("served"))
    assert module.main() == 2
    assert capsys.readouterr().err.startswith("Error: LOTSEN_PORT")


def test_a_busy_port_ends_it(
    busy: int, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOTSEN_HOST", "127.0.0.1")
    monkeypatch.setenv("LOTSEN_PORT", str(busy))
    monkeypatch.setattr(module, "_serve", lambda settings: pytest.fail("served"))
    assert module.main() == 3
    assert str(busy) in capsys.readouterr().err


def test_otherwise_it_serves_with_the_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_PORT", "0")
    monkeypatch.setenv("LOTSEN_HISTORY", "33")
    monkeypatch.setattr(module, "_serve", lambda settings: settings.history)
    assert module.main() == 33


def test_without_a_model_it_ends_and_says_what_to_do(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    settings = Settings(port=0, data_dir=tmp_path, model=tmp_path / "none.tar.gz")
    assert module._serve(settings) == 4
    told = capfd.readouterr().err
    assert "make train" in told
    assert "Traceback" not in told


def test_broken_content_ends_it_and_is_named(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken() -> None:
        raise ContentError("content/umea/municipality.yml: the field 'id' is missing")

    monkeypatch.setattr("bot.knowledge.loader.load_whole", broken)
    assert module._serve(Settings(port=0, data_dir=tmp_path)) == 4
    assert capfd.readouterr().err.startswith("Error: content/umea/municipality.yml: ")
