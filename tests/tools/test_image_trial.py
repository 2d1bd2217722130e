"""The last step of an image: it comes to be only when the assistant replies everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import pytest

from api.services.assistant import ModelError
from bot.knowledge.loader import load_knowledge
from bot.testing.heard import Heard
from tools import image_trial

Say = Callable[[str, str, Mapping[str, str]], Heard]


def replying(monkeypatch: pytest.MonkeyPatch, silent: str = "") -> list[str]:
    """An assistant that has nothing to say in one municipality; where it was asked."""
    asked: list[str] = []

    def say(sender: str, text: str, metadata: Mapping[str, str]) -> Heard:
        asked.append(metadata["municipality"])
        return Heard("" if metadata["municipality"] == silent else "Ring oss.")

    @contextmanager
    def talk(database: Path) -> Iterator[Say]:
        yield say

    monkeypatch.setattr(image_trial, "talk", talk)
    return asked


def test_every_municipality_is_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = replying(monkeypatch)
    assert image_trial.main() == 0
    assert asked == sorted(load_knowledge().municipalities)


def test_one_without_a_reply_makes_no_image(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    replying(monkeypatch, silent="umea")
    assert image_trial.main() == 1
    assert capsys.readouterr().err == "[ERROR] no reply in: umea\n"


@pytest.mark.parametrize("error", [ModelError("no model"), ModuleNotFoundError("No module named")])
def test_what_does_not_start_makes_no_image(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: Exception
) -> None:
    def talk(database: Path) -> NoReturn:
        raise error

    monkeypatch.setattr(image_trial, "talk", talk)
    assert image_trial.main() == 1
    assert str(error) in capsys.readouterr().err
