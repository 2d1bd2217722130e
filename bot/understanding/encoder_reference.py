"""The encoder's network in plain numpy and full precision. Only the build step uses it.

It is the yardstick that the quantised graph is checked against, and it shows how large the
activations of each channel become, from which the build takes its balance. It reads one matrix at
a time, so it needs little memory; at run time it would be far too slow.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from bot.understanding.encoder_rows import unpack_blocks
from bot.understanding.encoder_weights import FloatArray, PackedWeights

BALANCED = (".fi", ".fo")  # inputs of these matrices have single channels with huge values


class Reference:
    """Encode texts slowly and exactly, and note the largest activation of each channel."""

    def __init__(self, weights: PackedWeights) -> None:
        """Take the network from the opened weights."""
        self._weights = weights
        self.largest: dict[str, FloatArray] = {}

    def encode(self, texts: Sequence[Sequence[int]]) -> FloatArray:
        """Mean-pooled, normalised vectors of texts given as numbers of pieces."""
        weights, shape = self._weights, self._weights.shape
        words = unpack_blocks(weights.word_rows()[np.concatenate(texts)])
        at = weights.vector("emb.pos").reshape(-1, shape.hidden)
        types = weights.vector("emb.type")[: shape.hidden]
        positions = np.concatenate([at[: len(text)] for text in texts])
        ends = np.cumsum([len(text) for text in texts])[:-1]
        x = self._norm(words + positions + types, "emb.ln")
        for layer in range(shape.layers):
            x = self._layer(x, f"l{layer}.", ends)
        means = np.stack([part.mean(axis=0) for part in np.split(x, ends)])
        vectors: FloatArray = means / np.linalg.norm(means, axis=1, keepdims=True)
        return vectors

    def _layer(self, x: FloatArray, layer: str, ends: FloatArray) -> FloatArray:
        """One transformer layer over the pieces of all texts, each attending to its own text."""
        triples = (np.split(self._linear(x, layer + name), ends) for name in "qkv")
        mixed = np.concatenate([self._attend(q, k, v) for q, k, v in zip(*triples, strict=True)])
        x = self._norm(x + self._linear(mixed, layer + "ao"), layer + "aln")
        inner = gelu(self._linear(x, layer + "fi"))
        return self._norm(x + self._linear(inner, layer + "fo"), layer + "oln")

    def _attend(self, q: FloatArray, k: FloatArray, v: FloatArray) -> FloatArray:
        """Scaled dot-product attention of one text, all heads."""
        heads = self._weights.shape.heads
        q, k, v = (a.reshape(len(a), heads, -1).transpose(1, 0, 2) for a in (q, k, v))
        scores = q @ k.transpose(0, 2, 1) / np.sqrt(q.shape[-1])
        shares = np.exp(scores - scores.max(axis=-1, keepdims=True))
        shares /= shares.sum(axis=-1, keepdims=True)
        mixed: FloatArray = (shares @ v).transpose(1, 0, 2).reshape(v.shape[1], -1)
        return mixed

    def _linear(self, x: FloatArray, name: str) -> FloatArray:
        """A matrix with its bias; notes the largest inputs where the build balances them."""
        if name.endswith(BALANCED):
            self.largest[name] = np.abs(x).max(axis=0)
        bias = self._weights.vector(name + ".b")
        product: FloatArray = x @ self._weights.matrix(name + ".w", len(bias)).T + bias
        return product

    def _norm(self, x: FloatArray, name: str) -> FloatArray:
        """Layer normalisation."""
        centred = x - x.mean(axis=-1, keepdims=True)
        scale = np.sqrt(centred.var(axis=-1, keepdims=True) + self._weights.shape.epsilon)
        normed: FloatArray = centred / scale * self._weights.vector(name + ".w")
        return normed + self._weights.vector(name + ".b")


def gelu(x: FloatArray) -> FloatArray:
    """GELU by tanh, as the graph computes it; it differs from the exact one by 0.0005 at most."""
    curve: FloatArray = 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3)))
    return curve
