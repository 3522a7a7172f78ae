"""The face-api.js copy of dlib's ``dlib_face_recognition_resnet_model_v1``, turned into ONNX.

Two files: a JSON manifest that lists 117 tensors in the order of their bytes, and a blob without
header or padding. A tensor with ``quantization`` takes one byte per value (``byte * scale + min``);
one without takes four (little-endian float32). Filters lie as height, width, in, out.

The network takes ``image`` (N, 3, 150, 150; RGB, ``(x - [122.782, 117.001, 104.298]) / 256``) and
gives ``embedding`` (N, 128), not of unit length, compared by Euclidean distance. A scale layer
(``y = w * (conv(x) + b) + c``) follows every convolution and is folded into it here.
"""

from __future__ import annotations

import json
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, checker, helper, numpy_helper
from onnx.onnx_ml_pb2 import ModelProto, NodeProto

from ai_center.errors import Unconvertible

Array = npt.NDArray[np.float32]

TENSORS = 117
OPSET = 13
IR_VERSION = 8
"""Old enough for every onnxruntime this project allows, and fixed so that the bytes are too."""

STAGES: tuple[tuple[str, str, int], ...] = (
    ("conv32_1", "same", 32),
    ("conv32_2", "same", 32),
    ("conv32_3", "same", 32),
    ("conv64_down", "down", 64),
    ("conv64_1", "same", 64),
    ("conv64_2", "same", 64),
    ("conv64_3", "same", 64),
    ("conv128_down", "down", 128),
    ("conv128_1", "same", 128),
    ("conv128_2", "same", 128),
    ("conv256_down", "down", 256),
    ("conv256_1", "same", 256),
    ("conv256_2", "same", 256),
    ("conv256_down_out", "down", 256),
)
"""Residual blocks in order: name, kind, channels that leave it."""

HEIGHTS: dict[str, tuple[int, int]] = {
    "conv64_down": (17, 17),
    "conv128_down": (8, 8),
    "conv256_down": (3, 4),
    "conv256_down_out": (1, 2),
}
"""Height of the map on the convolution path and on the shortcut, at 150 x 150 pixels in."""


def convert(manifest: bytes, blob: bytes) -> bytes:
    """Turn the manifest and the blob into a serialised ONNX model.

    Raises:
        Unconvertible: the number of tensors, a name or the number of bytes is not as known.
    """
    model = _Graph(read_tensors(manifest, blob)).model()
    return bytes(model.SerializeToString(deterministic=True))


def read_tensors(manifest: bytes, blob: bytes) -> dict[str, Array]:
    """Give the tensors by name, dequantised, in the layout of the file."""
    groups = json.loads(manifest)
    entries = [entry for group in groups for entry in group["weights"]]
    if len(entries) != TENSORS:
        raise Unconvertible(f"{len(entries)} tensors in the manifest, {TENSORS} expected")
    tensors: dict[str, Array] = {}
    at = 0
    for entry in entries:
        shape = tuple(int(side) for side in entry["shape"])
        count = int(np.prod(shape))
        packed = entry.get("quantization")
        size = count if packed else 4 * count
        if at + size > len(blob):
            raise Unconvertible(f"{entry['name']}: the blob ends at byte {len(blob)}")
        if packed:
            values = np.frombuffer(blob, np.uint8, count, at).astype(np.float32)
            values = values * np.float32(packed["scale"]) + np.float32(packed["min"])
        else:
            values = np.frombuffer(blob, np.dtype("<f4"), count, at).astype(np.float32)
        tensors[entry["name"]] = values.reshape(shape)
        at += size
    if at != len(blob):
        raise Unconvertible(f"{len(blob)} bytes in the blob, the manifest accounts for {at}")
    return tensors


@dataclass(frozen=True, slots=True)
class _Graph:
    """Builds the network from its tensors; nodes and constants in a fixed order."""

    tensors: dict[str, Array]

    def model(self) -> ModelProto:
        """The whole model, checked."""
        nodes: list[NodeProto] = []
        constants: dict[str, npt.NDArray[np.generic]] = {}
        nodes += self._convolution("conv32_down", "image", "stem", constants, stride=2, pad=0)
        nodes.append(helper.make_node("Relu", ["stem"], ["stem_relu"]))
        nodes.append(
            helper.make_node(
                "MaxPool", ["stem_relu"], ["stem_pool"], kernel_shape=[3, 3], strides=[2, 2]
            )
        )
        flow, channels = "stem_pool", 32
        for name, kind, wide in STAGES:
            if kind == "same":
                nodes += self._residual(name, flow, constants)
            else:
                nodes += self._down(name, flow, wide - channels, constants)
            flow, channels = f"{name}_out", wide
        nodes.append(helper.make_node("GlobalAveragePool", [flow], ["mean"]))
        nodes.append(helper.make_node("Flatten", ["mean"], ["flat"], axis=1))
        constants["fc_weights"] = self._tensor("fc")
        nodes.append(helper.make_node("MatMul", ["flat", "fc_weights"], ["embedding"]))
        return self._wrap(nodes, constants)

    def _wrap(
        self, nodes: list[NodeProto], constants: dict[str, npt.NDArray[np.generic]]
    ) -> ModelProto:
        graph = helper.make_graph(
            nodes,
            "dlib_face_recognition_resnet_v1",
            [helper.make_tensor_value_info("image", TensorProto.FLOAT, ["n", 3, 150, 150])],
            [helper.make_tensor_value_info("embedding", TensorProto.FLOAT, ["n", 128])],
            [
                numpy_helper.from_array(np.ascontiguousarray(value), name)
                for name, value in constants.items()
            ],
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=IR_VERSION,
            producer_name="airport-brain",
            producer_version="1",
        )
        checker.check_model(model)
        return model

    def _tensor(self, name: str) -> Array:
        if name not in self.tensors:
            raise Unconvertible(f"tensor {name!r} is missing")
        return self.tensors[name]

    def _convolution(
        self,
        block: str,
        source: str,
        target: str,
        constants: dict[str, npt.NDArray[np.generic]],
        *,
        stride: int,
        pad: int,
    ) -> list[NodeProto]:
        scale = self._tensor(f"{block}/scale/weights").reshape(-1)
        shift = self._tensor(f"{block}/scale/biases").reshape(-1)
        filters = self._tensor(f"{block}/conv/filters").transpose(3, 2, 0, 1)
        bias = self._tensor(f"{block}/conv/bias").reshape(-1)
        name = block.replace("/", "_")
        constants[f"{name}_w"] = filters * scale[:, None, None, None]
        constants[f"{name}_b"] = bias * scale + shift
        return [
            helper.make_node(
                "Conv",
                [source, f"{name}_w", f"{name}_b"],
                [target],
                kernel_shape=list(filters.shape[2:]),
                strides=[stride, stride],
                pads=[pad] * 4,
            )
        ]

    def _two_convolutions(
        self,
        name: str,
        source: str,
        constants: dict[str, npt.NDArray[np.generic]],
        *,
        stride: int,
        pad: int,
    ) -> list[NodeProto]:
        return [
            *self._convolution(
                f"{name}/conv1", source, f"{name}_a", constants, stride=stride, pad=pad
            ),
            helper.make_node("Relu", [f"{name}_a"], [f"{name}_ar"]),
            *self._convolution(
                f"{name}/conv2", f"{name}_ar", f"{name}_path", constants, stride=1, pad=1
            ),
        ]

    def _residual(
        self, name: str, source: str, constants: dict[str, npt.NDArray[np.generic]]
    ) -> list[NodeProto]:
        return [
            *self._two_convolutions(name, source, constants, stride=1, pad=1),
            helper.make_node("Add", [f"{name}_path", source], [f"{name}_sum"]),
            helper.make_node("Relu", [f"{name}_sum"], [f"{name}_out"]),
        ]

    def _down(
        self,
        name: str,
        source: str,
        added_channels: int,
        constants: dict[str, npt.NDArray[np.generic]],
    ) -> list[NodeProto]:
        """A block that halves the map; the shortcut is averaged and filled up with zeros."""
        nodes = self._two_convolutions(name, source, constants, stride=2, pad=0)
        short, path = f"{name}_short", f"{name}_path"
        nodes.append(
            helper.make_node("AveragePool", [source], [short], kernel_shape=[2, 2], strides=[2, 2])
        )
        if added_channels:
            nodes.append(_pad(short, f"{short}_wide", constants, channels=added_channels))
            short = f"{short}_wide"
        path_side, short_side = HEIGHTS[name]
        if path_side < short_side:
            nodes.append(_pad(path, f"{path}_full", constants, side=short_side - path_side))
            path = f"{path}_full"
        nodes.append(helper.make_node("Add", [path, short], [f"{name}_sum"]))
        nodes.append(helper.make_node("Relu", [f"{name}_sum"], [f"{name}_out"]))
        return nodes


def _pad(
    source: str,
    target: str,
    constants: dict[str, npt.NDArray[np.generic]],
    *,
    channels: int = 0,
    side: int = 0,
) -> NodeProto:
    """Zeros after the last channel, or below and to the right of the map."""
    constants[f"{target}_pads"] = np.array([0, 0, 0, 0, 0, channels, side, side], dtype=np.int64)
    return helper.make_node("Pad", [source, f"{target}_pads"], [target], mode="constant")
