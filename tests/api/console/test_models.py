"""The second model: loaded when it is asked for, one at a time, and let go."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

import pytest

from api.console.models import SecondModel, listed
from api.errors import ApiError
from api.services.assistant import Assistant, ModelError
from api.settings import Settings
from tests.api.helpers import Canned


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """An installation with three models; ``nu`` serves."""
    for age, name in enumerate(("nu", "forra", "trasig")):
        path = tmp_path / f"{name}.tar.gz"
        path.write_bytes(b"x" * (age + 1))
        os.utime(path, (1_700_000_000 - age, 1_700_000_000 - age))
    (tmp_path / "nu.fingerprint").write_text("not a model")
    return Settings(model=tmp_path / "nu.tar.gz")


class Loads:
    """Remembers which files were loaded."""

    def __init__(self) -> None:
        self.names: list[str] = []

    def __call__(self, settings: Settings) -> Assistant:
        self.names.append(settings.model.name)
        if "trasig" in settings.model.name:
            raise ModelError("it can't be loaded")
        return Canned()


def test_models_are_told_newest_first(settings: Settings) -> None:
    found = listed(settings)
    assert [(m.name, m.size, m.is_serving) for m in found] == [
        ("nu", 1, True),
        ("forra", 2, False),
        ("trasig", 3, False),
    ]
    assert found[0].trained.isoformat() == "2023-11-14T22:13:20+00:00"


async def test_a_model_is_loaded_once_and_again_when_its_file_is_another(
    settings: Settings,
) -> None:
    loads = Loads()
    second = SecondModel(settings, lambda: None, loads)
    async with second.use("forra") as first:
        assert second.name == "forra"
    async with second.use("forra") as again:
        assert again is first
    assert (loads.names, second.name) == (["forra.tar.gz"], "forra")
    os.utime(settings.model.parent / "forra.tar.gz", (1, 1))
    async with second.use("forra") as newer:
        assert newer is not first
    async with second.use("nu"):
        assert second.name == "nu"


async def test_what_cannot_be_used_is_refused_and_leaves_no_model(settings: Settings) -> None:
    second = SecondModel(settings, lambda: None, Loads())
    async with second.use("forra"):
        pass
    for name, code in (
        ("trasig", "broken_model"),
        ("finns-inte", "unknown_model"),
        ("../forra", "unknown_model"),
    ):
        with pytest.raises(ApiError, match=code):
            async with second.use(name):
                pass
    assert second.name is None


async def test_it_goes_when_nobody_uses_it(settings: Settings) -> None:
    second = SecondModel(settings, lambda: None, Loads(), idle_seconds=0)
    async with second.use("forra"):
        await _turns_of_the_loop()
        assert second.name == "forra"
    await _turns_of_the_loop()
    assert second.name is None


async def test_who_comes_meanwhile_waits_and_keeps_it(settings: Settings) -> None:
    loads = Loads()
    second, gone = SecondModel(settings, lambda: None, loads), asyncio.Event()

    async def use() -> None:
        async with second.use("forra"):
            await gone.wait()

    both = [asyncio.create_task(use()) for _ in range(2)]
    gone.set()
    await asyncio.gather(*both)
    assert loads.names == ["forra.tar.gz"]


async def _turns_of_the_loop() -> None:
    for _ in range(3):
        await asyncio.sleep(0)
