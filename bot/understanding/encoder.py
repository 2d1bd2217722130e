"""Turn sentences into vectors whose angles say how near their meanings are.

`load_encoder()` gives the encoder of var/encoder, or of the folder LOTSEN_ENCODER_DIR names. It
works across languages: a Finnish question lies near the Swedish one of the same meaning. Loading
checks the folder; the network is opened when the first text comes. Nothing is downloaded.
"""

from __future__ import annotations

import hashlib
import os
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Protocol

import numpy as np

from bot.understanding.encoder_files import (
    FOLDER_VARIABLE,
    HOW_TO_BUILD,
    TOKENIZER,
    EncoderError,
    Manifest,
    default_folder,
    is_operators,
    read_manifest,
    sha256_of,
)
from bot.understanding.encoder_networks import (
    BuiltNetwork,
    FloatArray,
    Network,
    OperatorNetwork,
    operator_graph,
)

__all__ = ["Encoder", "EncoderError", "SentenceEncoder", "load_encoder", "shared_encoder"]

_BATCH_PIECES = 224  # pieces encoded at once: their activations fit the processor's cache
_TINY = 1e-12


class Encoder(Protocol):
    """Anything that turns texts into vectors of length one."""

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        ...

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """One row for each text, (n, dimension)."""
        ...


class SentenceEncoder:
    """The encoder of a folder. Safe to use from several threads."""

    def __init__(self, folder: Path, threads: int = 1) -> None:
        """Check the folder; `threads` are those that work on a single sentence."""
        self.folder = folder
        self._threads = threads
        self._lock = threading.Lock()
        self._network: Network | None = None
        self._dimension: int | None = None
        self._manifest: Manifest | None = None
        if is_operators(folder):
            operator_graph(folder)
        else:
            self._manifest = read_manifest(folder)
            self._dimension = self._manifest.dimension

    @property
    def dimension(self) -> int:
        """How many numbers a vector has."""
        if self._dimension is None:
            self._dimension = int(self.encode([""]).shape[1])
        return self._dimension

    @property
    def fingerprint(self) -> str:
        """Changes when the encoder does; Rasa's training cache needs it."""
        if self._manifest:
            return self._manifest.fingerprint
        digests = [sha256_of(operator_graph(self.folder)), sha256_of(self.folder / TOKENIZER)]
        return hashlib.sha256("".join(digests).encode()).hexdigest()

    def open(self) -> None:
        """Open the network now rather than with the first text."""
        self._opened()

    def encode(self, texts: Sequence[str]) -> FloatArray:
        """Vectors of a few texts, one after the other on the calling thread.

        A text has the same vector whatever stands beside it, to the last bit.
        """
        return self._encoded(texts, batch_pieces=1, workers=1)

    def encode_many(self, texts: Sequence[str], workers: int | None = None) -> FloatArray:
        """Vectors of many texts, in batches on all processors (or so many workers).

        Twice as fast a text as `encode`. Texts of a batch share the scale of their activations,
        so a vector differs a little from that of `encode`: their cosine is above 0.998.
        """
        return self._encoded(texts, _BATCH_PIECES, workers or (os.cpu_count() or 1))

    def _encoded(self, texts: Sequence[str], batch_pieces: int, workers: int) -> FloatArray:
        """Encode in batches of equally long texts, so that nothing needs padding or a mask."""
        network = self._opened()
        numbers = [network.numbers(text) for text in texts]
        batches = list(_batches(numbers, batch_pieces))

        def vectors(batch: list[int]) -> FloatArray:
            return network.vectors(np.array([numbers[row] for row in batch], dtype=np.int64))

        if workers > 1 and len(batches) > 1:
            with ThreadPoolExecutor(workers) as pool:
                parts = list(pool.map(vectors, batches))
        else:
            parts = [vectors(batch) for batch in batches]
        if not parts:
            return np.zeros((0, self.dimension), dtype=np.float32)
        found = np.empty((len(texts), parts[0].shape[1]), dtype=np.float32)
        for batch, part in zip(batches, parts, strict=True):
            found[batch] = part
        found /= np.maximum(np.linalg.norm(found, axis=1, keepdims=True), _TINY)
        return found

    def _opened(self) -> Network:
        """The network, opened by the first thread that asks."""
        with self._lock:
            if self._network is None:
                try:
                    self._network = self._open()
                except EncoderError:
                    raise
                except Exception as error:  # onnxruntime and tokenizers raise many kinds
                    raise EncoderError(
                        f"the sentence encoder in {self.folder} can't be opened ({error}): "
                        f"{HOW_TO_BUILD}, or check the folder that {FOLDER_VARIABLE} names"
                    ) from error
            return self._network

    def _open(self) -> Network:
        if self._manifest:
            return BuiltNetwork(self.folder, self._manifest, self._threads)
        return OperatorNetwork(self.folder, self._threads)


def load_encoder(folder: Path | None = None, threads: int = 1) -> SentenceEncoder:
    """The encoder of a folder, of the one LOTSEN_ENCODER_DIR names, or of var/encoder."""
    return SentenceEncoder(folder or default_folder(), threads)


@cache
def shared_encoder() -> SentenceEncoder:
    """The process's one encoder: opened twice it would take 100 MB twice."""
    return load_encoder()


def _batches(numbers: Sequence[Sequence[int]], batch_pieces: int) -> Iterator[list[int]]:
    """Rows of equally long texts, at most so many pieces (but one text) at a time."""
    rows = sorted(range(len(numbers)), key=lambda row: -len(numbers[row]))
    for length, group in groupby(rows, key=lambda row: len(numbers[row])):
        same = list(group)
        size = max(1, batch_pieces // length)
        yield from (same[start : start + size] for start in range(0, len(same), size))
