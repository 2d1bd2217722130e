"""The encoder's vectors of the training examples, computed once and kept with the data.

Encoding 16 000 examples takes the better part of a minute on two cores, more than all the rest
of a training, and gives slightly different numbers on different processors. Kept as a file
beside the examples, training is quick and the same data gives the same model everywhere
(docs/adr/0006). An example that is not in the file is encoded as it comes.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray

from bot.understanding.encoder import SentenceEncoder

FloatArray = NDArray[np.float32]

STORE: Final = Path(__file__).resolve().parents[1] / "data" / "vectors.npz"


class VectorStore:
    """Vectors by text, in eight bits with a scale for each, of one encoder."""

    def __init__(self, fingerprint: str, rows: dict[bytes, FloatArray]) -> None:
        self.fingerprint = fingerprint
        self._rows = rows

    @classmethod
    def load(cls, encoder: SentenceEncoder, path: Path = STORE) -> VectorStore:
        """Read the file; empty when there is none, or when another encoder wrote it."""
        if not path.exists():
            return cls(encoder.fingerprint, {})
        with np.load(path) as data:
            if str(data["fingerprint"]) != encoder.fingerprint:
                return cls(encoder.fingerprint, {})
            vectors = data["bytes"].astype(np.float32) * data["scales"][:, None]
            keys = [bytes(k) for k in data["keys"]]
        return cls(encoder.fingerprint, dict(zip(keys, vectors, strict=True)))

    def centre(self) -> FloatArray | None:
        """The mean of all vectors, by which raw ones are told apart; None of an empty store."""
        if not self._rows:
            return None
        return np.asarray(np.mean(np.stack(list(self._rows.values())), axis=0), dtype=np.float32)

    def missing(self, texts: Sequence[str]) -> list[str]:
        """The texts that the store has no vector of, in order, once each."""
        return list(dict.fromkeys(t for t in texts if _key(t) not in self._rows))

    def vectors(self, texts: Sequence[str], encoder: SentenceEncoder) -> FloatArray:
        """The vectors of texts (n x dimension); those not in the store are encoded now."""
        unknown = self.missing(texts)
        if unknown:
            encoded = encoder.encode_many(unknown)
            self._rows.update({_key(t): _rounded(v) for t, v in zip(unknown, encoded, strict=True)})
        return np.stack([self._rows[_key(t)] for t in texts])

    def save(self, texts: Sequence[str], path: Path = STORE) -> None:
        """Write the vectors of these texts, sorted, so that the same data gives the same file."""
        keys = sorted({_key(t) for t in texts})
        vectors = np.stack([self._rows[k] for k in keys])
        scales = (np.abs(vectors).max(axis=1) / 127).astype(np.float32)
        temporary = path.with_suffix(".tmp.npz")
        np.savez(
            temporary,
            fingerprint=np.array(self.fingerprint),
            keys=np.array([np.frombuffer(k, dtype=np.uint8) for k in keys]),
            bytes=np.round(vectors / scales[:, None]).astype(np.int8),
            scales=scales,
        )
        temporary.replace(path)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:12]


def _rounded(vector: FloatArray) -> FloatArray:
    """The vector as it comes back from the file, so that training never depends on the file."""
    scale = np.float32(np.abs(vector).max() / 127)
    return np.asarray(np.round(vector / scale) * scale, dtype=np.float32)
