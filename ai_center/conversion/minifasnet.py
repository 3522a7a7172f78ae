"""MiniFASNet (V2 and V1SE), a small net that tells a face from a picture of one, turned into ONNX.

Read from the published state dicts (``torch_file``); one description serves both, since the widths
follow from the shapes of the tensors and the squeeze-excite modules from their names.

    crop (N, 3, 80, 80)  blue, green, red, 0..255, no mean, no scale
    conv1          3 x 3, 32, stride 2                                    40 x 40
    conv2_dw       3 x 3 depthwise                                        40 x 40
    conv_23        bottleneck, stride 2, no shortcut, 64                  20 x 20
    conv_3.model   four residual bottlenecks
    conv_34        bottleneck, stride 2, no shortcut, 128                 10 x 10
    conv_4.model   six residual bottlenecks
    conv_45        bottleneck, stride 2, no shortcut, 128                 5 x 5
    conv_5.model   two residual bottlenecks
    conv_6_sep     1 x 1, 512
    conv_6_dw      5 x 5 depthwise, no padding, no activation             1 x 1
    linear, bn, prob                                                      logits (N, 3)

A unit is a convolution without bias, batch norm, and a PReLU with a slope per channel. A bottleneck
is a 1 x 1 unit, a depthwise 3 x 3 unit and a 1 x 1 convolution with batch norm and no activation.
In V1SE the last bottleneck of each of the three rows weighs its channels (mean, ``fc1``, ReLU,
``fc2``, sigmoid) before the shortcut is added. Batch norms are folded into what stands before
them, in double precision. Outputs: ``logits`` and their softmax, ``probabilities``; class 1 is a
live face, classes 0 and 2 are pictures of one.
"""

from __future__ import annotations

from typing import Any, Final

import numpy as np
import numpy.typing as npt
from onnx import TensorProto, checker, helper, numpy_helper, shape_inference
from onnx.onnx_ml_pb2 import ModelProto, NodeProto
from onnx.onnx_ml_pb2 import TensorProto as Constant

from ai_center.conversion import torch_file
from ai_center.conversion.torch_file import Tensors
from ai_center.errors import Unconvertible

Floats = npt.NDArray[np.float64]

OPSET: Final = 13
IR_VERSION: Final = 8
"""Old enough for every onnxruntime this project allows, and fixed so that the bytes are too."""

PREFIX: Final = "module."
EPSILON: Final = 1e-5
SIDE: Final = 80
CLASSES: Final = 3

ROWS: Final[tuple[tuple[str, str, int], ...]] = (
    ("conv_23", "conv_3", 4),
    ("conv_34", "conv_4", 6),
    ("conv_45", "conv_5", 2),
)
"""Per row: the bottleneck that halves the map, the residual ones after it, and how many."""


def convert(state: bytes) -> bytes:
    """Turn a published ``.pth`` file into a serialised ONNX model.

    Raises:
        Unconvertible: no state dict, a tensor is missing, left over, or of another shape.
    """
    return bytes(build(torch_file.read(state)).SerializeToString(deterministic=True))


def build(tensors: Tensors) -> ModelProto:
    """Make the model of the tensors of a state dict; checked.

    Raises:
        Unconvertible: see :func:`convert`.
    """
    net = _Net(tensors)
    flow = net.unit("conv1", "crop", stride=2, padding=1)
    flow = net.unit("conv2_dw", flow, padding=1)
    for halving, row, count in ROWS:
        flow = net.bottleneck(halving, flow, stride=2)
        for place in range(count):
            flow = net.residual(f"{row}.model.{place}", flow)
    flow = net.unit("conv_6_sep", flow)
    flow = net.convolution("conv_6_dw", flow)
    net.head(flow)
    return net.model()


class _Net:
    """Nodes and constants in the order they are added; each tensor is taken once."""

    def __init__(self, tensors: Tensors) -> None:
        self._left = {
            name.removeprefix(PREFIX): value
            for name, value in tensors.items()
            if not name.endswith("num_batches_tracked")
        }
        self._channels = {"crop": 3}
        self._nodes: list[NodeProto] = []
        self._constants: list[Constant] = []

    def unit(self, name: str, source: str, *, stride: int = 1, padding: int = 0) -> str:
        """Convolution, batch norm, PReLU."""
        flow = self.convolution(name, source, stride=stride, padding=padding)
        slope = self._constant(f"{name}.slope", self._take(f"{name}.prelu.weight")[:, None, None])
        return self._node("PRelu", [flow, slope], f"{name}.out")

    def convolution(self, name: str, source: str, *, stride: int = 1, padding: int = 0) -> str:
        """Convolution and batch norm."""
        return self._convolution(
            name, f"{name}.conv.weight", f"{name}.bn", source, stride=stride, padding=padding
        )

    def bottleneck(self, name: str, source: str, *, stride: int = 1) -> str:
        """Widen, look around per channel, narrow."""
        flow = self.unit(f"{name}.conv", source)
        flow = self.unit(f"{name}.conv_dw", flow, stride=stride, padding=1)
        return self.convolution(f"{name}.project", flow)

    def residual(self, name: str, source: str) -> str:
        """A bottleneck, its channels weighed where the net does so, added to what came in."""
        flow = self.bottleneck(name, source)
        if f"{name}.se_module.fc1.weight" in self._left:
            flow = self._weighed(f"{name}.se_module", flow)
        return self._node("Add", [flow, source], f"{name}.sum")

    def head(self, source: str) -> None:
        """Two matrices, the first with its batch norm, and the softmax."""
        weights = self._take("linear.weight")
        factor, shift = self._norm("bn")
        if weights.ndim != 2 or len(weights) != len(factor):
            raise Unconvertible(f"tensor 'linear.weight' has the shape {weights.shape}")
        flow = self._node("Flatten", [source], "flat", axis=1)
        first = self._constant("linear.w", weights * factor[:, None])
        second = self._constant("prob.w", self._take("prob.weight"))
        bias = self._constant("linear.b", shift)
        flow = self._node("Gemm", [flow, first, bias], "features", transB=1)
        flow = self._node("Gemm", [flow, second], "logits", transB=1)
        self._node("Softmax", [flow], "probabilities", axis=1)

    def model(self) -> ModelProto:
        """The whole model, checked.

        Raises:
            Unconvertible: tensors are left, or shapes do not fit together.
        """
        if self._left:
            raise Unconvertible(f"tensor {next(iter(self._left))!r} has no place in the net")
        graph = helper.make_graph(
            self._nodes,
            "minifasnet",
            [helper.make_tensor_value_info("crop", TensorProto.FLOAT, ["n", 3, SIDE, SIDE])],
            [
                helper.make_tensor_value_info(name, TensorProto.FLOAT, ["n", CLASSES])
                for name in ("probabilities", "logits")
            ],
            self._constants,
        )
        model = helper.make_model(
            graph,
            opset_imports=[helper.make_opsetid("", OPSET)],
            ir_version=IR_VERSION,
            producer_name="airport-brain",
            producer_version="1",
        )
        try:
            checker.check_model(model, full_check=True)
        except (checker.ValidationError, shape_inference.InferenceError) as error:
            raise Unconvertible("the tensors' shapes do not fit together") from error
        return model

    def _convolution(
        self, name: str, weights: str, norm: str, source: str, *, stride: int, padding: int
    ) -> str:
        filters = self._take(weights)
        factor, shift = self._norm(norm)
        depthwise = filters.ndim == 4 and filters.shape[1] == 1
        if filters.ndim != 4 or len(filters) != len(factor):
            raise Unconvertible(f"tensor {weights!r} has the shape {filters.shape}")
        if self._channels[source] != (len(filters) if depthwise else filters.shape[1]):
            raise Unconvertible(f"tensor {weights!r} has the shape {filters.shape}")
        kernel = self._constant(f"{name}.w", filters * factor[:, None, None, None])
        bias = self._constant(f"{name}.b", shift)
        self._channels[f"{name}.map"] = len(filters)
        return self._node(
            "Conv",
            [source, kernel, bias],
            f"{name}.map",
            kernel_shape=list(filters.shape[2:]),
            strides=[stride, stride],
            pads=[padding] * 4,
            group=len(filters) if depthwise else 1,
        )

    def _weighed(self, name: str, source: str) -> str:
        flow = self._node("GlobalAveragePool", [source], f"{name}.mean")
        for place, activation in ((1, "Relu"), (2, "Sigmoid")):
            weights, norm = f"{name}.fc{place}.weight", f"{name}.bn{place}"
            flow = self._convolution(f"{name}.{place}", weights, norm, flow, stride=1, padding=0)
            flow = self._node(activation, [flow], f"{name}.{place}.out")
        return self._node("Mul", [source, flow], f"{name}.weighed")

    def _norm(self, name: str) -> tuple[Floats, Floats]:
        """A batch norm as factor and shift per channel."""
        weight, bias, mean, variance = (
            self._take(f"{name}.{part}")
            for part in ("weight", "bias", "running_mean", "running_var")
        )
        factor = weight / np.sqrt(variance + EPSILON)
        return factor, bias - mean * factor

    def _take(self, name: str) -> Floats:
        if name not in self._left:
            raise Unconvertible(f"tensor {name!r} is missing")
        return self._left.pop(name).astype(np.float64)

    def _constant(self, name: str, value: Floats) -> str:
        plain = np.ascontiguousarray(value.astype(np.float32))
        self._constants.append(numpy_helper.from_array(plain, name))
        return name

    def _node(self, kind: str, sources: list[str], target: str, **attributes: Any) -> str:
        self._nodes.append(helper.make_node(kind, sources, [target], **attributes))
        self._channels.setdefault(target, self._channels[sources[0]])
        return target
