"""The vectors of questions and examples. They block, for seconds when much is new."""

from __future__ import annotations

import hashlib
import threading
from collections import OrderedDict, defaultdict
from collections.abc import Sequence
from functools import cached_property
from typing import Final

import numpy as np
from starlette.datastructures import State

from api.review.grouping import FloatArray, centred
from bot.understanding.analyse import prepare
from bot.understanding.encoder import SentenceEncoder, shared_encoder
from bot.understanding.swedish import vocabulary
from bot.understanding.vectors import VectorStore

_MOST: Final = 4000
"""Vectors kept: those of several municipalities' questions, in 6 MB."""


class Meanings:
    """What sentences mean, remembered by a hash of each: no text is kept."""

    def __init__(self, encoder: SentenceEncoder | None = None) -> None:
        self._given = encoder
        self._lock = threading.Lock()
        self._known: OrderedDict[bytes, FloatArray] = OrderedDict()

    def of(self, texts: Sequence[str]) -> FloatArray:
        """Centred vectors of what people wrote, without the names of places (n x dimension)."""
        with self._lock:
            self._learn(texts)
            found = [self._known[_key(text)] for text in texts]
            while len(self._known) > max(_MOST, len(texts)):
                self._known.popitem(last=False)
        return centred(np.stack(found), self._centre)

    def of_examples(self, texts: Sequence[str]) -> FloatArray:
        """The same of training examples, which have vectors already."""
        store = VectorStore.load(self._encoder)
        return centred(store.vectors(texts, self._encoder), self._centre)

    def _learn(self, texts: Sequence[str]) -> None:
        new: dict[str, list[bytes]] = defaultdict(list)
        for text in texts:
            key = _key(text)
            if key in self._known:
                self._known.move_to_end(key)
            else:
                new[prepare(text, vocabulary())].append(key)
        # On one processor: citizens are being answered on the others.
        vectors = self._encoder.encode_many(list(new), workers=1)
        for keys, vector in zip(new.values(), vectors, strict=True):
            self._known.update(dict.fromkeys(keys, vector))

    @cached_property
    def _encoder(self) -> SentenceEncoder:
        return self._given or shared_encoder()

    @cached_property
    def _centre(self) -> FloatArray | None:
        return VectorStore.load(self._encoder).centre()


def meanings_of(state: State) -> Meanings:
    """Those of the process."""
    if not hasattr(state, "review_meanings"):
        state.review_meanings = Meanings()
    found: Meanings = state.review_meanings
    return found


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()[:16]
