"""kill -9 in the middle of training, and a disk that is full at its end: the old model serves on.

All of this is done to a copy of the project.
"""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.training import MODEL, STAMP, UNFINISHED
from tests.faults.disk import fill, small_disk
from tests.faults.project import copy_project
from tests.faults.served import served

pytestmark = pytest.mark.faults

TRAIN = (sys.executable, "-m", "bot.training")
SAFE_SECONDS = 600.0
POINTS = {"it has begun": f"{UNFINISHED}*", "the model is written": f"{UNFINISHED}*/*.tar.gz"}
"""What is seen in the folder of models when it is time to kill."""

OLD_STAMP = "trained from something else\n"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project with a model that is out of date."""
    place = copy_project(tmp_path_factory.mktemp("copy"))
    (place / "models").mkdir()
    provide(place / "models")
    return place


def provide(models: Path) -> None:
    """A whole model, and what it was trained from."""
    shutil.copy(MODEL, models)
    (models / STAMP.name).write_text(OLD_STAMP, encoding="utf-8")


def killed_when(copy: Path, seen: str) -> None:
    """Train, and kill that when there is something of this name."""
    end = time.monotonic() + SAFE_SECONDS
    with subprocess.Popen(TRAIN, cwd=copy, stdout=subprocess.DEVNULL) as training:
        while not any((copy / "models").glob(seen)):
            assert training.poll() is None
            assert time.monotonic() < end
            time.sleep(0.005)
        training.kill()
        assert training.wait() == -signal.SIGKILL


def answers(copy: Path, folder: Path) -> bool:
    """Whether a server starts with the model that is there now, and answers."""
    with served(folder, copy, LOTSEN_MODEL=str(copy / "models" / MODEL.name)) as server:
        return server.ask(sender="anew").status_code == 200


def test_the_old_model_serves_on_and_the_next_training_works_by_itself(
    copy: Path, tmp_path: Path
) -> None:
    models = copy / "models"
    model, old = models / MODEL.name, MODEL.read_bytes()
    with served(tmp_path / "data", copy, LOTSEN_MODEL=str(model)) as server:
        before = server.ask(sender="before").json()[0]["text"]
        for number, seen in enumerate(POINTS.values()):
            killed_when(copy, seen)
            assert any(models.glob(f"{UNFINISHED}*")), "it was killed too late"
            assert model.read_bytes() == old
            assert server.ask(sender=f"after {number}").json()[0]["text"] == before
    assert (models / STAMP.name).read_text(encoding="utf-8") == OLD_STAMP
    done = subprocess.run([*TRAIN, "--if-changed"], cwd=copy, capture_output=True, check=True)
    assert b"Trained" in done.stdout
    assert {path.name for path in models.iterdir()} == {MODEL.name, STAMP.name, ".lock"}
    assert (models / STAMP.name).read_text(encoding="utf-8") != OLD_STAMP
    assert answers(copy, tmp_path / "anew")


@pytest.fixture
def full(copy: Path) -> Iterator[Path]:
    """The folder of models on a disk without room for another one."""
    with small_disk(copy / "models", MODEL.stat().st_size // 2**20 + 4) as models:
        provide(models)
        fill(models)
        yield models


def test_a_training_that_finds_no_room_leaves_the_old_model(copy: Path, full: Path) -> None:
    (full / "filler").write_bytes(b"\0" * 2**20)
    done = subprocess.run(TRAIN, cwd=copy, capture_output=True, text=True, check=False)
    assert done.returncode == 1
    assert "Error: the model can't be written" in done.stderr
    assert (full / MODEL.name).read_bytes() == MODEL.read_bytes()
    assert (full / STAMP.name).read_text(encoding="utf-8") == OLD_STAMP
    assert not list(full.glob(f"{UNFINISHED}*"))
