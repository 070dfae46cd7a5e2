"""A Piper voice made from scratch: a tone, a tenth of a second long for each phoneme at a length scale of 1."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import numpy as np
import onnx
from onnx import TensorProto, helper, numpy_helper

if TYPE_CHECKING:
    from pathlib import Path

RATE = 22_050
SAMPLES_PER_PHONEME = 2_205
_HERTZ = 440.0


def write_tone_voice(folder: Path, name: str = "tone", language: str = "en_US") -> Path:
    """The path of a new NAME.onnx with its NAME.onnx.json beside it, whose phonemes are the text's characters."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.onnx"
    onnx.save(_model(), path)
    symbols = "_^$ " + "".join(map(chr, range(0x21, 0x7F)))
    config = {
        "audio": {"sample_rate": RATE},
        "espeak": {"voice": "en-us"},
        "language": {"code": language},
        "phoneme_type": "text",
        "num_symbols": len(symbols),
        "num_speakers": 1,
        "inference": {"noise_scale": 0.0, "length_scale": 1.0, "noise_w": 0.0},
        "phoneme_id_map": {symbol: [index] for index, symbol in enumerate(dict.fromkeys(symbols))},
    }
    path.with_name(f"{path.name}.json").write_text(json.dumps(config))
    return path


def _model() -> onnx.ModelProto:
    """`input` (phoneme ids), `input_lengths`, `scales` (noise, length, width) to `output`, as Piper's voices have them."""

    def constant(name: str, value: object, kind: type) -> onnx.TensorProto:
        return numpy_helper.from_array(np.array(value, dtype=kind), name)

    nodes = [
        helper.make_node("Cast", ["input_lengths"], ["phonemes"], to=TensorProto.FLOAT),
        helper.make_node("Gather", ["scales", "one"], ["length_scale"]),
        helper.make_node("Mul", ["phonemes", "length_scale"], ["scaled"]),
        helper.make_node("Mul", ["scaled", "samples_each"], ["length"]),
        helper.make_node("Squeeze", ["length"], ["end"]),
        helper.make_node("Range", ["start", "end", "step"], ["time"]),
        helper.make_node("Mul", ["time", "radians"], ["angle"]),
        helper.make_node("Sin", ["angle"], ["tone"]),
        helper.make_node("Unsqueeze", ["tone", "axes"], ["output"]),
    ]
    constants = [
        constant("one", [1], np.int64),
        constant("samples_each", [SAMPLES_PER_PHONEME], np.float32),
        constant("start", 0.0, np.float32),
        constant("step", 1.0, np.float32),
        constant("radians", 2 * np.pi * _HERTZ / RATE, np.float32),
        constant("axes", [0, 1], np.int64),
    ]
    inputs = [
        helper.make_tensor_value_info("input", TensorProto.INT64, [1, "phonemes_count"]),
        helper.make_tensor_value_info("input_lengths", TensorProto.INT64, [1]),
        helper.make_tensor_value_info("scales", TensorProto.FLOAT, [3]),
    ]
    outputs = [helper.make_tensor_value_info("output", TensorProto.FLOAT, [1, 1, "samples_count"])]
    graph = helper.make_graph(nodes, "tone", inputs, outputs, constants)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], ir_version=8)
