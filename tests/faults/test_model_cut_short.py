"""A model file that was cut short, emptied or is none: told before anything is served."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.services.assistant import ModelError, RasaAssistant
from api.settings import Settings
from tests.faults.served import started

pytestmark = pytest.mark.faults

WHOLE = Settings().model
REPAIR = "run `make train`"


@pytest.mark.parametrize(
    "kept",
    [0.0, 0.01, 0.5, 0.99],
    ids=["nothing", "its beginning", "half of it", "all but its end"],
)
def test_a_model_cut_short_is_told_with_what_to_do(tmp_path: Path, kept: float) -> None:
    file = tmp_path / "model.tar.gz"
    whole = WHOLE.read_bytes()
    file.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(ModelError) as told:
        RasaAssistant.load(Settings(model=file, data_dir=tmp_path))
    assert str(file) in str(told.value)
    assert REPAIR in str(told.value)


@pytest.mark.parametrize("kind", ["a text", "a folder", "no archive of Rasa's"])
def test_what_is_no_model_is_told_too(tmp_path: Path, kind: str) -> None:
    file = tmp_path / "model.tar.gz"
    if kind == "a folder":
        file.mkdir()
    else:
        file.write_bytes(b"hej" * 1000 if kind == "a text" else bytes(10240))
    with pytest.raises(ModelError, match=REPAIR):
        RasaAssistant.load(Settings(model=file, data_dir=tmp_path))


def test_the_server_ends_with_one_line_and_no_stack(tmp_path: Path) -> None:
    file = tmp_path / "model.tar.gz"
    whole = WHOLE.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])
    done = started(tmp_path / "data", LOTSEN_MODEL=str(file))
    assert done.returncode == 4
    errors = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1 and REPAIR in errors[0]
    assert "Traceback" not in done.stderr + done.stdout
