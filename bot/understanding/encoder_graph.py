"""Write the encoder's network as an ONNX graph with 8-bit weights. Only the build step uses it.

The graph is written with the fused operators of onnxruntime and quantised while it is written,
matrix by matrix. That keeps the build small and gives two things `quantize_dynamic` can't:
- Weights use 7 of the 8 bits: processors without VNNI add products of 8-bit numbers in 16 bits,
  which overflows with all eight.
- Two inputs of each layer are balanced: onnxruntime gives all activations one scale, and a single
  channel with huge values would leave little resolution to the rest. Such channels are divided
  by a power of two and their weights multiplied by it (as in SmoothQuant).
The graph takes word embeddings, not numbers of pieces: the table stays outside, memory-mapped. It
has no mask: texts that are encoded together have the same length.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt
from onnx import ModelProto, TensorProto, helper, numpy_helper

from bot.understanding.encoder_weights import FloatArray, PackedWeights

INPUT, OUTPUT = "word_embeddings", "last_hidden_state"
_FUSED = "com.microsoft"  # the domain of onnxruntime's own operators
_LARGEST_WEIGHT = 63


def balances(largest: Mapping[str, FloatArray]) -> dict[str, FloatArray]:
    """Divisors of channels: powers of two, about the root of how far they stand out.

    Powers of two are exact, and hide the last digits in which two processors may differ, so that
    every machine builds the same file.
    """
    found = {}
    for name, values in largest.items():
        outstanding = np.maximum(values / np.median(values), 1)
        found[name] = np.exp2(np.round(np.log2(outstanding) / 2)).astype(np.float32)
    return found


def quantised(matrix: FloatArray) -> tuple[npt.NDArray[np.int8], FloatArray]:
    """(inputs, outputs) -> whole numbers, and a scale for each output."""
    scales = (np.abs(matrix).max(axis=0) / _LARGEST_WEIGHT).astype(np.float32)
    scales[scales == 0] = 1
    levels = np.clip(np.round(matrix / scales), -_LARGEST_WEIGHT, _LARGEST_WEIGHT)
    return levels.astype(np.int8), scales


class GraphWriter:
    """Collects the nodes and constants of the graph."""

    def __init__(self, weights: PackedWeights, divisors: Mapping[str, FloatArray]) -> None:
        """Start an empty graph; `divisors` balance the inputs of matrices."""
        self._weights = weights
        self._divisors = divisors
        self._nodes: list[Any] = []
        self._constants: list[Any] = []

    def model(self) -> ModelProto:
        """The whole graph."""
        shape = self._weights.shape
        x = self._embeddings()
        for layer in range(shape.layers):
            x = self._layer(x, f"l{layer}.", OUTPUT if layer == shape.layers - 1 else None)
        sizes: list[str | int | None] = ["texts", "pieces", shape.hidden]
        graph = helper.make_graph(
            self._nodes,
            "encoder",
            [helper.make_tensor_value_info(INPUT, TensorProto.FLOAT, sizes)],
            [helper.make_tensor_value_info(OUTPUT, TensorProto.FLOAT, sizes)],
            self._constants,
        )
        versions = [helper.make_opsetid("", 17), helper.make_opsetid(_FUSED, 1)]
        return helper.make_model(graph, opset_imports=versions, ir_version=9)

    def _constant(self, name: str, values: npt.NDArray[Any]) -> str:
        self._constants.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def _vector(self, name: str) -> str:
        return self._constant(name, self._weights.vector(name))

    def _node(self, kind: str, inputs: list[str], output: str, **settings: Any) -> str:
        """One of onnxruntime's fused operators."""
        node = helper.make_node(kind, inputs, [output], domain=_FUSED, **settings)
        self._nodes.append(node)
        return output

    def _plain(self, kind: str, inputs: list[str], outputs: list[str], **settings: Any) -> None:
        """One of ONNX's own operators."""
        self._nodes.append(helper.make_node(kind, inputs, outputs, **settings))

    def _embeddings(self) -> str:
        """Word embeddings and positions, normalised."""
        shape = self._weights.shape
        positions = self._weights.vector("emb.pos").reshape(1, -1, shape.hidden)
        positions = positions + self._weights.vector("emb.type")[: shape.hidden]
        bounds = [
            self._constant("zero", np.array([0], np.int64)),
            "length",
            self._constant("one", np.array([1], np.int64)),
        ]
        self._plain("Shape", [INPUT], ["length"], start=1, end=2)
        table = self._constant("positions", positions)
        self._plain("Slice", [table, *bounds], ["places"])
        return self._norm([INPUT, "places"], "emb.ln", None, "x")

    def _norm(self, parts: list[str], name: str, bias: str | None, output: str) -> str:
        """Layer normalisation of a sum."""
        inputs = [*parts, self._vector(name + ".w"), self._vector(name + ".b")]
        inputs += [self._vector(bias)] if bias else []
        epsilon = self._weights.shape.epsilon
        return self._node("SkipLayerNormalization", inputs, output, epsilon=epsilon)

    def _linear(self, x: str, name: str) -> str:
        """A quantised matrix; its bias is added by the operator that follows."""
        bias = self._weights.vector(name + ".b")
        matrix = self._weights.matrix(name + ".w", len(bias)).T
        if name in self._divisors:
            divisor = self._divisors[name]
            matrix = matrix * divisor[:, None]
            factors = self._constant(name + ".balance", 1 / divisor)
            self._plain("Mul", [x, factors], [name + ".in"])
            x = name + ".in"
        levels, scales = quantised(matrix)
        inputs = [x, self._constant(name + ".q", levels), self._constant(name + ".s", scales)]
        return self._node("DynamicQuantizeMatMul", inputs, name + ".out")

    def _attention(self, x: str, layer: str) -> str:
        """Queries, keys and values by one quantised matrix, and the attention of all heads."""
        hidden = self._weights.shape.hidden
        parts = [self._weights.matrix(f"{layer}{n}.w", hidden) for n in "qkv"]
        levels, scales = quantised(np.concatenate(parts).T)
        bias = np.concatenate([self._weights.vector(f"{layer}{n}.b") for n in "qkv"])
        names = [layer + part for part in ("x.q", "x.s", "x.z")]
        self._plain("DynamicQuantizeLinear", [x], names)
        inputs = [
            names[0],
            self._constant(layer + "qkv.q", levels),
            self._constant(layer + "qkv.b", bias),
            names[1],
            self._constant(layer + "qkv.s", scales),
            "",  # no mask
            names[2],
            self._constant(layer + "qkv.z", np.zeros(3 * hidden, np.int8)),
        ]
        heads = self._weights.shape.heads
        return self._node("QAttention", inputs, layer + "mixed", num_heads=heads)

    def _layer(self, x: str, layer: str, output: str | None) -> str:
        """One transformer layer."""
        mixed = self._linear(self._attention(x, layer), layer + "ao")
        x = self._norm([x, mixed], layer + "aln", layer + "ao.b", layer + "attended")
        inner = self._linear(x, layer + "fi")
        inner = self._node("FastGelu", [inner, self._vector(layer + "fi.b")], layer + "inner")
        outer = self._linear(inner, layer + "fo")
        return self._norm([x, outer], layer + "oln", layer + "fo.b", output or layer + "x")
