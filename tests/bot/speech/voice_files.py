"""A Piper voice that a test makes: small, but loaded and run by the real Piper."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

RATE = 16_000
SAMPLES_A_SOUND = 800
"""For each phoneme id, at the ordinary pace."""


def write_voice(folder: Path, name: str = "sv_SE-ton-low", speaks: str = "sv") -> Path:
    """A voice that hums: as long as what it is told to say, and longer when it is to be slow."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"{name}.onnx"
    onnx.save(_graph(), str(file))
    Path(f"{file}.json").write_text(json.dumps(_about(speaks)), encoding="utf-8")
    return file


def _graph() -> onnx.ModelProto:
    """sin(440 Hz) over input_lengths x samples x length_scale."""
    one = numpy_helper.from_array(np.array([1], np.int64), "one")
    constants = [
        one,
        numpy_helper.from_array(np.array(float(SAMPLES_A_SOUND), np.float32), "samples"),
        numpy_helper.from_array(np.array(0, np.int64), "zero"),
        numpy_helper.from_array(np.array(1, np.int64), "step"),
        numpy_helper.from_array(np.array(2 * np.pi * 440 / RATE, np.float32), "turn"),
        numpy_helper.from_array(np.array([1, 1, 1, -1], np.int64), "shape"),
    ]
    nodes = [
        helper.make_node("Gather", ["scales", "one"], ["pace_1"]),
        helper.make_node("Squeeze", ["pace_1"], ["pace"]),
        helper.make_node("Squeeze", ["input_lengths"], ["count"]),
        helper.make_node("Cast", ["count"], ["count_f"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["count_f", "samples"], ["ordinary"]),
        helper.make_node("Mul", ["ordinary", "pace"], ["long_f"]),
        helper.make_node("Cast", ["long_f"], ["long"], to=TensorProto.INT64),
        helper.make_node("Range", ["zero", "long", "step"], ["at"]),
        helper.make_node("Cast", ["at"], ["at_f"], to=TensorProto.FLOAT),
        helper.make_node("Mul", ["at_f", "turn"], ["angle"]),
        helper.make_node("Sin", ["angle"], ["tone"]),
        helper.make_node("Reshape", ["tone", "shape"], ["output"]),
    ]
    number, real = TensorProto.INT64, TensorProto.FLOAT
    graph = helper.make_graph(
        nodes,
        "hum",
        [
            helper.make_tensor_value_info("input", number, [1, "sounds"]),
            helper.make_tensor_value_info("input_lengths", number, [1]),
            helper.make_tensor_value_info("scales", real, [3]),
        ],
        [helper.make_tensor_value_info("output", real, [1, 1, 1, "samples_made"])],
        constants,
    )
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)


def _about(speaks: str) -> dict[str, Any]:
    """Each letter and sign that Swedish or English is said with has a number, as in real voices."""
    signs = "_^$ abcdefghijklmnopqrstuvwxyzåäöøɑɐɒɔəɛɜɡɪʃʂʈɖɧɵʉʊʌʏŋθðʒɹɾʔˈˌː.,!?:;-\u0303\u0329"
    return {
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": speaks},
        "num_symbols": len(signs),
        "num_speakers": 1,
        "phoneme_id_map": {sign: [number] for number, sign in enumerate(signs)},
        "inference": {"noise_scale": 0.667, "length_scale": 1, "noise_w": 0.8},
    }
