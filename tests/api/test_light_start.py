"""A served model without networks imports no TensorFlow; one that has them still finds all."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
MODEL = ROOT / "models" / "medborgarlotsen.tar.gz"


def run(code: str) -> str:
    """What a process of its own prints in the end: here Rasa may be imported already."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", code],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()[-1]


@pytest.mark.skipif(not MODEL.exists(), reason="no trained model: run `make train`")
def test_our_model_is_loaded_without_tensorflow() -> None:
    code = (
        "import sys\n"
        "from api.services.assistant import RasaAssistant\n"
        "from api.settings import Settings\n"
        "from pathlib import Path\n"
        "import tempfile\n"
        "folder = Path(tempfile.mkdtemp())\n"
        "RasaAssistant.load(Settings(data_dir=folder))\n"
        "print('tensorflow' in sys.modules)\n"
    )
    assert run(code) == "False"


def test_a_component_with_a_network_finds_all_it_needs() -> None:
    code = (
        "from api.services.light_start import put_off_training_helpers\n"
        "put_off_training_helpers()\n"
        "import rasa.core.agent, sys\n"
        "before = 'tensorflow' in sys.modules\n"
        "from rasa.nlu.classifiers.diet_classifier import DIETClassifier\n"
        "from rasa.utils import train_utils\n"
        "print(before, 'tensorflow' in sys.modules, callable(train_utils.rank_and_mask))\n"
    )
    assert run(code) == "False True True"


def test_only_the_training_graph_is_left_out() -> None:
    code = (
        "from api.services.light_start import read_no_training_graph\n"
        "from rasa.engine.storage.storage import ModelMetadata\n"
        "seen = []\n"
        "ModelMetadata.from_dict = staticmethod(seen.append)\n"
        "read_no_training_graph()\n"
        "read_no_training_graph()\n"
        "given = {'train_schema': {'nodes': {'a': 1}}, 'predict_schema': {'nodes': {'b': 2}}}\n"
        "ModelMetadata.from_dict(given)\n"
        "print(seen == [{**given, 'train_schema': {'nodes': {}}}], given['train_schema'])\n"
    )
    assert run(code) == "True {'nodes': {'a': 1}}"
