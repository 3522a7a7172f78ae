"""Writes the detector as ONNX, without PyTorch: the same layers, weights as 16-bit floats.

Input ``pictures``: float32, shape (n, 3, height, width), blue, green, red, 0..255. Output ``cells``:
float32, shape (n, cells, 5 + kinds), presence and kinds as probabilities. Weights are stored in half the
bytes and made 32-bit when the file is opened; the arithmetic is 32-bit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import onnx
from onnx import TensorProto, helper, numpy_helper

from ai_center.vision.network import STRIDES, TILE, Layer

OPSET: Final = 17
IR: Final = 9


def written(layers: Sequence[Layer], weights: Mapping[str, npt.NDArray[np.float32]]) -> bytes:
    """The file; the same weights give the same bytes."""
    nodes: list[Any] = []
    stored = []
    for name, value in weights.items():
        stored.append(numpy_helper.from_array(value.astype(np.float16), f"{name}.half"))
        nodes.append(
            helper.make_node("Cast", [f"{name}.half"], [f"{name}.full"], to=TensorProto.FLOAT)
        )
    stored.append(numpy_helper.from_array(np.array([1, 1, 2, 2], np.float32), "twice"))
    for layer in layers:
        nodes += _step(layer)
    last = next(layer for layer in reversed(layers) if layer.name.startswith("kind_"))
    nodes += _rows(stored, 5 + last.channels)
    shape: list[str | int | None] = ["n", 3, TILE[1], TILE[0]]
    entry = helper.make_tensor_value_info("pictures", TensorProto.FLOAT, shape)
    answer = helper.make_tensor_value_info("cells", TensorProto.FLOAT, ["n", None, None])
    graph = helper.make_graph(nodes, "turnaround_vision", [entry], [answer], stored)
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", OPSET)])
    model.ir_version = IR
    model.producer_name = "airport-brain"
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString(deterministic=True))


def _step(layer: Layer) -> list[Any]:
    takes = ["pictures" if name == "picture" else name for name in layer.takes]
    if layer.does == "add":
        return [helper.make_node("Add", takes, [layer.name])]
    if layer.does == "join":
        return [helper.make_node("Concat", takes, [layer.name], axis=1)]
    if layer.does == "up":
        return [
            helper.make_node(
                "Resize",
                [takes[0], "", "twice"],
                [layer.name],
                mode="nearest",
                nearest_mode="floor",
                coordinate_transformation_mode="asymmetric",
            )
        ]
    if layer.does == "pool":
        return [
            helper.make_node(
                "MaxPool", takes, [layer.name], kernel_shape=[5, 5], pads=[2] * 4, strides=[1, 1]
            )
        ]
    pad = layer.kernel // 2
    result = layer.name if layer.does == "out" else f"{layer.name}.sum"
    node = helper.make_node(
        "Conv",
        [takes[0], f"{layer.weights}.full", f"{layer.weights}.bias.full"],
        [result],
        kernel_shape=[layer.kernel] * 2,
        pads=[pad] * 4,
        strides=[layer.stride] * 2,
    )
    if layer.does == "out":
        return [node]
    return [node, helper.make_node("Relu", [result], [layer.name])]


def _rows(stored: list[Any], width: int) -> list[Any]:
    """Cells of all maps in rows, finest first, with probabilities from the fifth column on."""
    stored.append(numpy_helper.from_array(np.array([0, width, -1], np.int64), "rows"))
    stored.append(numpy_helper.from_array(np.array([4, width - 4], np.int64), "parts"))
    nodes = []
    for stride in STRIDES:
        both = f"both_{stride}.map"
        nodes.append(
            helper.make_node("Concat", [f"box_{stride}", f"kind_{stride}"], [both], axis=1)
        )
        nodes.append(helper.make_node("Reshape", [both, "rows"], [f"rows_{stride}"]))
    every = [f"rows_{stride}" for stride in STRIDES]
    nodes.append(helper.make_node("Concat", every, ["columns"], axis=2))
    nodes.append(helper.make_node("Transpose", ["columns"], ["raw"], perm=[0, 2, 1]))
    nodes.append(helper.make_node("Split", ["raw", "parts"], ["place", "odds"], axis=2))
    nodes.append(helper.make_node("Sigmoid", ["odds"], ["chances"]))
    nodes.append(helper.make_node("Concat", ["place", "chances"], ["cells"], axis=2))
    return nodes
