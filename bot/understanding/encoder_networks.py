"""The two kinds of networks behind the sentence encoder, run by onnxruntime.

`BuiltNetwork` is what `encoder_build` made. `OperatorNetwork` is any sentence-transformers model
in ONNX form that an operator keeps in a folder. Both cut a text into numbered pieces, and turn
equally long texts into one vector each. Opening them takes a moment; making one opens it.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import numpy.typing as npt
import onnxruntime

from bot.understanding.encoder_files import (
    GRAPH,
    PIECES,
    SCORES,
    TOKENIZER,
    WORDS,
    EncoderError,
    Manifest,
)
from bot.understanding.encoder_rows import unpack_blocks
from bot.understanding.encoder_tokenizer import SpecialPieces, UnigramTokenizer

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
MAX_PIECES = 128  # about ninety Swedish words; what follows is left out
_MAX_LETTERS = 64 * MAX_PIECES  # the tokenizer need not look at more of an endless text
GRAPH_NAMES = ("model.onnx", "onnx/model.onnx")


class Network(Protocol):
    """What the sentence encoder needs of a network."""

    def numbers(self, text: str) -> list[int]:
        """The numbers of a text's pieces, at most MAX_PIECES."""
        ...

    def vectors(self, numbers: IntArray) -> FloatArray:
        """(texts, pieces) -> (texts, dimension), not normalised."""
        ...


class BuiltNetwork:
    """The graph, the packed word embeddings and the vocabulary that `encoder_build` wrote."""

    def __init__(self, folder: Path, manifest: Manifest, threads: int) -> None:
        """Open the files of a folder whose manifest was read."""
        self._prefix = manifest.prefix
        self._session = open_session(folder / GRAPH, threads)
        self._words: npt.NDArray[np.uint8] = np.load(folder / WORDS, mmap_mode="r")
        special = SpecialPieces(manifest.begin, manifest.end, manifest.unknown)
        self._tokenizer = UnigramTokenizer.from_files(folder / PIECES, folder / SCORES, special)

    def numbers(self, text: str) -> list[int]:
        """The numbers of the pieces of the prefix and the text."""
        return self._tokenizer.numbers(self._prefix + text[:_MAX_LETTERS], MAX_PIECES)

    def vectors(self, numbers: IntArray) -> FloatArray:
        """Means over the pieces."""
        texts, pieces = numbers.shape
        words = unpack_blocks(self._words[numbers.ravel()]).reshape(texts, pieces, -1)
        hidden: FloatArray = self._session.run(None, {"word_embeddings": words})[0]
        means: FloatArray = hidden.mean(axis=1)
        return means


class OperatorNetwork:
    """A sentence-transformers folder: ONNX graph, tokenizer.json, pooling and prompt if given."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Open the graph and the tokenizer; pooling and prompt are read when there."""
        # Imported here: the built encoder does without this package.
        from tokenizers import Tokenizer

        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(MAX_PIECES)
        self._session = open_session(operator_graph(folder), threads)
        self._inputs = {value.name for value in self._session.get_inputs()}
        self._by_first = bool(read_settings(folder, "1_Pooling").get("pooling_mode_cls_token"))
        prompts = read_settings(folder, "").get("prompts") or {}
        self._prefix = str(prompts.get("query", ""))

    def numbers(self, text: str) -> list[int]:
        """The numbers of the pieces of the prompt and the text."""
        # A lone surrogate can't be encoded; text from a broken client may have one.
        whole = text[:_MAX_LETTERS].encode("utf-8", "replace").decode()
        # Piece 0 stands in where a tokenizer finds nothing at all.
        return list(self._tokenizer.encode(self._prefix + whole).ids) or [0]

    def vectors(self, numbers: IntArray) -> FloatArray:
        """The vectors the graph pools itself, of the first pieces, or the means."""
        values = {
            "input_ids": numbers,
            "attention_mask": np.ones_like(numbers),
            "token_type_ids": np.zeros_like(numbers),
        }
        feed = {name: value for name, value in values.items() if name in self._inputs}
        hidden: FloatArray = self._session.run(None, feed)[0]
        if hidden.ndim == 2:
            return hidden
        pooled: FloatArray = hidden[:, 0] if self._by_first else hidden.mean(axis=1)
        return pooled


def open_session(graph: Path, threads: int) -> onnxruntime.InferenceSession:
    """Open a graph on the processor."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    # An arena would keep the memory of the largest batch ever encoded; it gains no time here.
    options.enable_cpu_mem_arena = False
    return onnxruntime.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def operator_graph(folder: Path) -> Path:
    """The ONNX graph in an operator's folder."""
    for name in GRAPH_NAMES:
        if (folder / name).is_file():
            return folder / name
    raise EncoderError(f"{folder} has none of {', '.join(GRAPH_NAMES)}")


def read_settings(folder: Path, part: str) -> dict[str, Any]:
    """A JSON file of the sentence-transformers layout, empty when there is none."""
    path = folder / part / "config.json" if part else folder / "config_sentence_transformers.json"
    if not path.is_file():
        return {}
    settings: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    return settings
