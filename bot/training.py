"""Train the Rasa model when something it depends on has changed.

``python -m bot.training`` trains; ``--if-changed`` skips a model that is up to date;
``--validate`` runs Rasa's data validation instead. The model is written beside its final place
and moved there when complete, so a killed training leaves the old model.
"""

from __future__ import annotations

import argparse
import fcntl
import gc
import hashlib
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODELS = ROOT / "models"
MODEL_NAME = "medborgarlotsen"
MODEL = MODELS / f"{MODEL_NAME}.tar.gz"
STAMP = MODELS / f"{MODEL_NAME}.fingerprint"
UNFINISHED = ".training-"

# Rasa and TensorFlow read these when they are imported.
_QUIET = {
    "RASA_TELEMETRY_ENABLED": "false",
    "SQLALCHEMY_SILENCE_UBER_WARNING": "1",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "TQDM_DISABLE": "1",
    "PYTHONWARNINGS": "ignore",
}


def inputs(root: Path = ROOT) -> Iterator[Path]:
    """Every file that the model depends on, in a fixed order."""
    for name in ("config.yml", "domain.yml", "requirements/run.txt"):
        yield root / name
    for folder, pattern in (
        ("bot/data", "*.yml"),
        ("bot/data", "*.npz"),
        ("bot/understanding", "*.py"),
        ("bot/components", "*.py"),
        ("content", "municipality.yml"),
        ("content/common/services", "*.yml"),
    ):
        yield from sorted((root / folder).rglob(pattern))


def fingerprint(root: Path = ROOT) -> str:
    """A hash over the inputs and the sentence encoder: the same hash, the same model."""
    from bot.understanding.encoder import load_encoder

    digest = hashlib.sha256(load_encoder().fingerprint.encode())
    for path in inputs(root):
        digest.update(str(path.relative_to(root)).encode())
        digest.update(path.read_bytes())
    return digest.hexdigest()


def is_current() -> bool:
    """Whether a model is there that was trained from the present inputs."""
    return MODEL.exists() and STAMP.exists() and STAMP.read_text().strip() == fingerprint()


def train() -> Path:
    """Train from scratch and put the model in its place; return its path."""
    os.environ.update({k: v for k, v in _QUIET.items() if k not in os.environ})
    import logging

    import rasa.utils.log_utils
    from rasa.model_training import train as rasa_train

    rasa.utils.log_utils.configure_structlog(logging.WARNING)
    # Most objects live to the end: looking for garbage among them takes seconds and finds none.
    gc.disable()
    wanted = fingerprint()
    with _alone(), tempfile.TemporaryDirectory(prefix=UNFINISHED, dir=MODELS) as folder:
        result = rasa_train(
            domain=str(ROOT / "domain.yml"),
            config=str(ROOT / "config.yml"),
            training_files=[str(ROOT / "bot" / "data")],
            output=folder,
            force_training=True,
            fixed_model_name=MODEL_NAME,
        )
        if result.model is None:
            raise SystemExit("Training failed: Rasa wrote no model. Its messages stand above.")
        STAMP.unlink(missing_ok=True)
        Path(result.model).replace(MODEL)
        STAMP.write_text(wanted + "\n")
    return MODEL


@contextmanager
def _alone() -> Iterator[None]:
    """While nobody else trains here; what a training that was killed has left is taken away.

    The system lets go of the lock when its process ends, however that was.
    """
    MODELS.mkdir(exist_ok=True)
    with (MODELS / ".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        for left in MODELS.glob(f"{UNFINISHED}*"):
            shutil.rmtree(left)
        yield


def write_vectors() -> int:
    """Encode the examples that the vector store lacks and drop those that are gone."""
    from bot.components.importer import read_examples
    from bot.understanding.analyse import unshout
    from bot.understanding.encoder import load_encoder
    from bot.understanding.vectors import STORE, VectorStore

    files = sorted((ROOT / "bot" / "data" / "nlu").glob("*.yml"))
    texts = [unshout(e.get("text")) for f in files for e in read_examples(f)]
    encoder = load_encoder()
    store = VectorStore.load(encoder)
    missing = len(store.missing(texts))
    store.vectors(texts, encoder)
    store.save(texts)
    print(f"{STORE.relative_to(ROOT)}: {len(texts)} examples, {missing} encoded now")
    return 0


def validate() -> int:
    """Rasa's own validation of domain, intents and rules; 0 when it found nothing."""
    os.environ.update({k: v for k, v in _QUIET.items() if k not in os.environ})
    from rasa.shared.importers.importer import TrainingDataImporter
    from rasa.validator import Validator

    importer = TrainingDataImporter.load_from_config(
        str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [str(ROOT / "bot" / "data")]
    )
    validator = Validator.from_importer(importer)
    checks = (
        validator.verify_domain_validity,
        lambda: validator.verify_intents(ignore_warnings=False),
        lambda: validator.verify_example_repetition_in_intents(ignore_warnings=False),
        lambda: validator.verify_intents_in_stories(ignore_warnings=False),
        validator.verify_actions_in_stories_rules,
        lambda: validator.verify_story_structure(ignore_warnings=False),
    )
    # Every check runs, so that all problems are printed at once.
    found = [check() for check in checks]
    good = all(found)
    print("rasa data validate: " + ("no problem found" if good else "problems found, see above"))
    return 0 if good else 1


def main() -> int:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--if-changed", action="store_true", help="skip a model that is current")
    parser.add_argument("--validate", action="store_true", help="only validate the data")
    parser.add_argument("--vectors", action="store_true", help="bring the vector store up to date")
    args = parser.parse_args()
    if args.vectors:
        return write_vectors()
    if args.validate:
        return validate()
    if args.if_changed and is_current():
        print(f"Model is up to date: {MODEL.relative_to(ROOT)}")
        return 0
    start = time.perf_counter()
    print("Training the model …", flush=True)
    try:
        train()
    except OSError as error:
        print(f"Error: the model can't be written ({error.strerror or error}).", file=sys.stderr)
        return 1
    print(f"Trained {MODEL.relative_to(ROOT)} in {time.perf_counter() - start:.1f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
