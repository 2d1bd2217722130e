"""Make the encoder's files from the packed weights: the slow part of `encoder_build`.

It writes into a temporary folder beside the wanted one and renames it when everything is there
and checked, so that a killed build leaves nothing half done under the name.
"""

from __future__ import annotations

import json
import shutil
import tempfile
import time
from pathlib import Path

import numpy as np

from bot.understanding.encoder import SentenceEncoder
from bot.understanding.encoder_files import (
    FILES,
    FORMAT,
    GRAPH,
    MANIFEST,
    PIECES,
    SCORES,
    SOURCE_SHA256,
    WORDS,
    EncoderError,
    is_current,
    sha256_of,
)
from bot.understanding.encoder_graph import GraphWriter, balances
from bot.understanding.encoder_reference import Reference
from bot.understanding.encoder_tokenizer import SpecialPieces, UnigramTokenizer
from bot.understanding.encoder_weights import (
    FILE_NAME,
    PACKAGE,
    FloatArray,
    PackedWeights,
    find_weights,
)

PREFIX = "query: "  # multilingual-e5 was trained with it
LEAST_COSINE = 0.995  # to the same network in full precision
_LEFTOVER_AFTER = 3600.0  # seconds; a killed build leaves its temporary folder behind
# Ordinary sentences of the languages met here; they show how large activations become.
SENTENCES = (
    "vad kostar det att anlita en hantverkare",
    "min granne hör dåligt och vill gå på konsert, vem kan följa med honom?",
    "När öppnar simhallen på lördag?",
    "JAG FÖRSTÅR INTE BLANKETTEN",
    "hej",
    "how do I apply for a parking permit",
    "mistä saan neuvoja asumiseen",
    "كيف أتصل بالبلدية",
    "Vi har väntat i sex veckor på besked om bygglovet och undrar vem som handlägger det nu?",
    "tack så mycket för hjälpen!",
)


def make(folder: Path, source: Path | None = None) -> float:
    """Build the encoder into a folder; return its cosine to full precision."""
    weights = PackedWeights(source or find_weights())
    folder = folder.resolve()
    folder.parent.mkdir(parents=True, exist_ok=True)
    _remove_leftovers(folder)
    work = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
    try:
        expected = _write_files(weights, work)
        _write_manifest(weights, work)
        cosine = _least_cosine(work, expected)
        work.chmod(0o755)  # mkdtemp gives the owner alone access; the service may be another user.
        _put_in_place(work, folder)
    finally:
        shutil.rmtree(work, ignore_errors=True)
    return cosine


def _write_files(weights: PackedWeights, work: Path) -> FloatArray:
    """Write all but the manifest; return the sentences' vectors in full precision."""
    vocabulary = weights.vocabulary
    special = SpecialPieces(vocabulary.begin, vocabulary.end, vocabulary.unknown)
    tokenizer = UnigramTokenizer(vocabulary.pieces, vocabulary.scores.tolist(), special)
    texts = [tokenizer.numbers(PREFIX + sentence, 64) for sentence in SENTENCES]
    reference = Reference(weights)
    expected = reference.encode(texts)
    graph = GraphWriter(weights, balances(reference.largest)).model()
    (work / GRAPH).write_bytes(graph.SerializeToString(deterministic=True))
    (work / PIECES).write_text("\n".join(vocabulary.pieces), encoding="utf-8", newline="\n")
    np.save(work / SCORES, vocabulary.scores)
    np.save(work / WORDS, weights.word_rows())
    return expected


def _least_cosine(work: Path, expected: FloatArray) -> float:
    """How near the encoder in the finished folder is to its network in full precision."""
    least = float((SentenceEncoder(work).encode(SENTENCES) * expected).sum(axis=1).min())
    if least < LEAST_COSINE:
        raise EncoderError(f"the quantised encoder strays from its network: cosine {least:.4f}")
    return least


def _write_manifest(weights: PackedWeights, work: Path) -> None:
    """Describe the folder. It bears no date, so that equal builds are equal."""
    vocabulary = weights.vocabulary
    manifest = {
        "format": FORMAT,
        "model": "multilingual-e5-small",
        "licence": "MIT",
        "source": f"{FILE_NAME} of the package {PACKAGE}",
        "source_sha256": SOURCE_SHA256,
        "dimension": weights.shape.hidden,
        "prefix": PREFIX,
        "begin": vocabulary.begin,
        "end": vocabulary.end,
        "unknown": vocabulary.unknown,
        "files": {
            name: {"bytes": (work / name).stat().st_size, "sha256": sha256_of(work / name)}
            for name in FILES
        },
    }
    text = json.dumps(manifest, indent=2) + "\n"
    (work / MANIFEST).write_text(text, encoding="utf-8", newline="\n")


def _put_in_place(work: Path, folder: Path) -> None:
    """Move the finished folder to its name, and an outdated one out of the way first."""
    if folder.exists():
        if not (folder / MANIFEST).exists() and any(folder.iterdir()):
            raise EncoderError(f"{folder} holds something else: name another folder")
        old = Path(tempfile.mkdtemp(prefix=f".{folder.name}-", dir=folder.parent))
        folder.rename(old / folder.name)
        shutil.rmtree(old, ignore_errors=True)
    try:
        work.rename(folder)
    except OSError:
        if not is_current(folder):  # Another build that ran at the same time may have been first.
            raise


def _remove_leftovers(folder: Path) -> None:
    """Remove temporary folders of builds that were killed; younger ones may be at work."""
    for path in folder.parent.glob(f".{folder.name}-*"):
        if path.is_dir() and time.time() - path.stat().st_mtime > _LEFTOVER_AFTER:
            shutil.rmtree(path, ignore_errors=True)
