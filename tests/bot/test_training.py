"""When the model is trained anew, and that a failed training leaves the old one."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from bot import training

INPUTS = {
    "config.yml": "",
    "domain.yml": "",
    "requirements/run.txt": "",
    "bot/data/nlu/a.yml": "",
    "bot/understanding/text.py": "",
    "bot/components/names.py": "",
    "content/umea/municipality.yml": "",
    "content/common/services/ledsagning.yml": "",
}
NO_INPUTS = ("content/umea/ledsagning.yml", "api/app.py", "bot/data/notes.txt", "docs/a.md")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A made-up project whose model folder is there and empty."""
    for name in (*INPUTS, *NO_INPUTS):
        write(tmp_path / name, name)
    models = tmp_path / "models"
    models.mkdir()
    monkeypatch.setattr(training, "ROOT", tmp_path)
    monkeypatch.setattr(training, "MODELS", models)
    monkeypatch.setattr(training, "MODEL", models / "m.tar.gz")
    monkeypatch.setattr(training, "STAMP", models / "m.fingerprint")
    monkeypatch.setattr(training, "_QUIET", {})
    monkeypatch.setattr(training.fingerprint, "__defaults__", (tmp_path,))
    encoder = SimpleNamespace(fingerprint="encoder")
    monkeypatch.setattr("bot.understanding.encoder.load_encoder", lambda: encoder)
    return tmp_path


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")


def test_the_inputs_are_what_the_model_depends_on(root: Path) -> None:
    assert {str(p.relative_to(root)) for p in training.inputs(root)} == set(INPUTS)


@pytest.mark.parametrize("name", INPUTS)
def test_a_changed_input_is_another_model(root: Path, name: str) -> None:
    before = training.fingerprint(root)
    write(root / name, "changed")
    assert training.fingerprint(root) != before


@pytest.mark.parametrize("name", NO_INPUTS)
def test_another_file_changes_nothing(root: Path, name: str) -> None:
    before = training.fingerprint(root)
    write(root / name, "changed")
    assert training.fingerprint(root) == before


def test_a_new_file_and_another_encoder_are_another_model(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = training.fingerprint(root)
    write(root / "bot/data/nlu/b.yml", "")
    after = training.fingerprint(root)
    assert after != before
    other = SimpleNamespace(fingerprint="other")
    monkeypatch.setattr("bot.understanding.encoder.load_encoder", lambda: other)
    assert training.fingerprint(root) != after


def test_the_real_inputs_are_all_there() -> None:
    assert all(p.is_file() for p in training.inputs())


def fake_rasa(monkeypatch: pytest.MonkeyPatch, train: Any) -> None:
    monkeypatch.setitem(sys.modules, "rasa.model_training", SimpleNamespace(train=train))
    monkeypatch.setattr("rasa.utils.log_utils.configure_structlog", lambda *_: None)


def writes_a_model(**asked: Any) -> SimpleNamespace:
    model = Path(asked["output"]) / f"{asked['fixed_model_name']}.tar.gz"
    model.write_text("new", encoding="utf-8")
    return SimpleNamespace(model=str(model))


def test_a_trained_model_is_current_until_an_input_changes(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    fake_rasa(monkeypatch, writes_a_model)
    assert not training.is_current()
    assert training.train().read_text(encoding="utf-8") == "new"
    assert training.is_current()
    left = {p.name for p in training.MODELS.iterdir()}
    assert left == {"m.tar.gz", "m.fingerprint", ".lock"}
    write(root / "domain.yml", "changed")
    assert not training.is_current()


def fails(**_: Any) -> SimpleNamespace:
    raise RuntimeError("killed")


def writes_nothing(**_: Any) -> SimpleNamespace:
    return SimpleNamespace(model=None)


@pytest.mark.parametrize(("train", "error"), [(fails, RuntimeError), (writes_nothing, SystemExit)])
def test_a_failed_training_leaves_the_old_model(
    root: Path, monkeypatch: pytest.MonkeyPatch, train: Any, error: type[BaseException]
) -> None:
    fake_rasa(monkeypatch, writes_a_model)
    training.train()
    fake_rasa(monkeypatch, train)
    with pytest.raises(error):
        training.train()
    assert training.is_current()
    assert [p for p in training.MODELS.iterdir() if p.is_dir()] == []


@pytest.mark.parametrize(
    ("arguments", "current", "trained"),
    [([], True, True), (["--if-changed"], True, False), (["--if-changed"], False, True)],
)
def test_the_command_line(
    root: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    current: bool,
    trained: bool,
) -> None:
    calls: list[None] = []
    monkeypatch.setattr(sys, "argv", ["training", *arguments])
    monkeypatch.setattr(training, "is_current", lambda: current)
    monkeypatch.setattr(training, "train", lambda: calls.append(None))
    assert training.main() == 0
    assert bool(calls) is trained


def test_validating_trains_nothing(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["training", "--validate"])
    monkeypatch.setattr(training, "validate", lambda: 1)
    monkeypatch.setattr(training, "train", lambda: pytest.fail("trained"))
    assert training.main() == 1
