"""The folder of the built encoder: which files it has, and whether they are whole.

The build step writes the manifest and the encoder reads it; both take names and checks from here.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

FORMAT = 1  # raise it when the files change: older folders are then built anew
FOLDER_VARIABLE = "LOTSEN_ENCODER_DIR"
MANIFEST = "manifest.json"
GRAPH, WORDS = "model.int8.onnx", "words.npy"
PIECES, SCORES = "pieces.txt", "scores.npy"
TOKENIZER = "tokenizer.json"  # only sentence-transformers folders have it
FILES = (GRAPH, WORDS, PIECES, SCORES)
# The packed weights that the build knows; other weights need their own check of the layout.
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"
HOW_TO_BUILD = "run `python -m bot.understanding.encoder_build`"


class EncoderError(Exception):
    """The encoder can't be opened; the message says what to do."""


class Manifest(NamedTuple):
    """What the runtime needs to know about a built folder."""

    dimension: int
    prefix: str
    begin: int
    end: int
    unknown: int
    source_sha256: str
    files: Mapping[str, Mapping[str, Any]]

    @property
    def fingerprint(self) -> str:
        """Changes when any of the files does."""
        digests = sorted(str(file["sha256"]) for file in self.files.values())
        return hashlib.sha256("".join([self.prefix, *digests]).encode()).hexdigest()


def default_folder() -> Path:
    """The folder an operator named, or var/encoder in the project."""
    named = os.environ.get(FOLDER_VARIABLE)
    return Path(named) if named else Path(__file__).resolve().parents[2] / "var" / "encoder"


def is_operators(folder: Path) -> bool:
    """Whether a folder holds a sentence-transformers model instead of a built encoder."""
    return (folder / TOKENIZER).is_file() and not (folder / MANIFEST).is_file()


def read_manifest(folder: Path) -> Manifest:
    """The manifest of a folder whose files are all there in their right size.

    The contents are not hashed here, which would cost a third of a second at every start;
    `encoder_build --check` does that.
    """
    try:
        data = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if data.pop("format") != FORMAT:
            raise EncoderError(f"{folder} was built by another version: {HOW_TO_BUILD}")
        manifest = Manifest(**{field: data[field] for field in Manifest._fields})
        sizes = {name: int(manifest.files[name]["bytes"]) for name in FILES}
    except FileNotFoundError:
        raise EncoderError(f"there is no sentence encoder in {folder}: {HOW_TO_BUILD}") from None
    except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
        raise EncoderError(f"{folder / MANIFEST} is damaged: {HOW_TO_BUILD}") from error
    for name, size in sizes.items():
        path = folder / name
        if not path.is_file() or path.stat().st_size != size:
            raise EncoderError(f"{path} is missing or damaged: {HOW_TO_BUILD}")
    return manifest


def is_current(folder: Path) -> bool:
    """Whether a folder is whole and built from the weights this version knows."""
    try:
        return read_manifest(folder).source_sha256 == SOURCE_SHA256
    except EncoderError:
        return False


def sha256_of(path: Path) -> str:
    """The sha256 of a file, read in parts."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while part := file.read(1 << 20):
            digest.update(part)
    return digest.hexdigest()
