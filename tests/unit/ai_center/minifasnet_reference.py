"""MiniFASNet computed plainly in double precision: nothing folded, every step as it is described.

Also makes state dicts of random tensors, so that no weights are needed to test a converter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float64]
Tensors = Mapping[str, npt.NDArray[Any]]

V2 = {"conv_3": (13, 13, 13, 13), "conv_4": (231, 52, 26, 77, 26, 26), "conv_5": (26, 26)}
V1SE = {"conv_3": (13, 26, 13, 52), "conv_4": (154, 52, 26, 52, 26, 26), "conv_5": (26, 26)}
WIDE = {"conv_3": 64, "conv_4": 128, "conv_5": 128}
HALVING = {"conv_23": (32, 103, 64), "conv_34": (64, 231, 128), "conv_45": (128, 308, 128)}


class Net:
    """The net of a state dict."""

    def __init__(self, tensors: Tensors) -> None:
        self.tensors = {
            name.removeprefix("module."): value.astype(np.float64)
            for name, value in tensors.items()
        }

    def logits(self, crops: Floats) -> Floats:
        """Shape (n, 3) from crops of shape (n, 3, 80, 80)."""
        flow = self.unit("conv1", crops, stride=2, padding=1)
        flow = self.unit("conv2_dw", flow, padding=1)
        for halving, row in zip(HALVING, WIDE, strict=True):
            flow = self.bottleneck(halving, flow, stride=2)
            for place in range(len(V2[row])):
                name = f"{row}.model.{place}"
                change = self.bottleneck(name, flow)
                if f"{name}.se_module.fc1.weight" in self.tensors:
                    change = self.weighed(f"{name}.se_module", change)
                flow = flow + change
        flow = self.unit("conv_6_sep", flow)
        flow = self.normed("conv_6_dw.bn", self.convolved("conv_6_dw.conv", flow))
        flow = flow.reshape(len(flow), -1) @ self.tensors["linear.weight"].T
        return self.normed("bn", flow) @ self.tensors["prob.weight"].T

    def unit(self, name: str, x: Floats, *, stride: int = 1, padding: int = 0) -> Floats:
        x = self.convolved(f"{name}.conv", x, stride=stride, padding=padding)
        x = self.normed(f"{name}.bn", x)
        slope = self.tensors[f"{name}.prelu.weight"][:, None, None]
        return np.where(x < 0, slope * x, x)

    def bottleneck(self, name: str, x: Floats, *, stride: int = 1) -> Floats:
        x = self.unit(f"{name}.conv", x)
        x = self.unit(f"{name}.conv_dw", x, stride=stride, padding=1)
        return self.normed(f"{name}.project.bn", self.convolved(f"{name}.project.conv", x))

    def weighed(self, name: str, x: Floats) -> Floats:
        mean = x.mean(axis=(2, 3), keepdims=True)
        inner = np.maximum(0, self.normed(f"{name}.bn1", self.convolved(f"{name}.fc1", mean)))
        outer = self.normed(f"{name}.bn2", self.convolved(f"{name}.fc2", inner))
        return x / (1 + np.exp(-outer))

    def normed(self, name: str, x: Floats) -> Floats:
        shape = (1, -1) + (1,) * (x.ndim - 2)
        weight, bias, mean, variance = (
            self.tensors[f"{name}.{part}"].reshape(shape)
            for part in ("weight", "bias", "running_mean", "running_var")
        )
        return (x - mean) / np.sqrt(variance + 1e-5) * weight + bias

    def convolved(self, name: str, x: Floats, *, stride: int = 1, padding: int = 0) -> Floats:
        kernel = self.tensors[f"{name}.weight"]
        x = np.pad(x, ((0, 0), (0, 0), (padding, padding), (padding, padding)))
        windows = np.lib.stride_tricks.sliding_window_view(x, kernel.shape[2:], axis=(2, 3))
        windows = windows[:, :, ::stride, ::stride]
        if kernel.shape[1] == 1 and len(kernel) > 1:
            return np.einsum("nchwij,cij->nchw", windows, kernel[:, 0], optimize=True)
        return np.einsum("nchwij,ocij->nohw", windows, kernel, optimize=True)


def softmax(logits: Floats) -> Floats:
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    return powers / powers.sum(axis=1, keepdims=True)


def random_state(*, squeeze: bool, seed: int = 7) -> dict[str, npt.NDArray[Any]]:
    """Tensors of the names and shapes of the published files, with values that stay in range."""
    random = np.random.default_rng(seed)
    state: dict[str, npt.NDArray[Any]] = {}

    def norm(name: str, wide: int) -> None:
        state[f"{name}.weight"] = random.uniform(0.6, 1.2, wide)
        state[f"{name}.bias"] = random.normal(0, 0.1, wide)
        state[f"{name}.running_mean"] = random.normal(0, 0.1, wide)
        state[f"{name}.running_var"] = random.uniform(0.5, 1.5, wide)
        state[f"{name}.num_batches_tracked"] = np.array(123)

    def conv(name: str, outward: int, inward: int, side: int) -> None:
        spread = 1 / np.sqrt(inward * side * side)
        state[f"{name}.weight"] = random.normal(0, spread, (outward, inward, side, side))

    def unit(name: str, outward: int, inward: int, side: int, *, slope: bool = True) -> None:
        conv(f"{name}.conv", outward, inward, side)
        norm(f"{name}.bn", outward)
        if slope:
            state[f"{name}.prelu.weight"] = random.uniform(0, 0.4, outward)

    def bottleneck(name: str, inward: int, hidden: int, outward: int) -> None:
        unit(f"{name}.conv", hidden, inward, 1)
        unit(f"{name}.conv_dw", hidden, 1, 3)
        unit(f"{name}.project", outward, hidden, 1, slope=False)

    unit("conv1", 32, 3, 3)
    state["conv1.conv.weight"] /= 100  # pixels reach 255
    unit("conv2_dw", 32, 1, 3)
    for (halving, shape), (row, wide) in zip(HALVING.items(), WIDE.items(), strict=True):
        bottleneck(halving, *shape)
        hidden = (V1SE if squeeze else V2)[row]
        for place, width in enumerate(hidden):
            bottleneck(f"{row}.model.{place}", wide, width, wide)
        if squeeze:
            inner = f"{row}.model.{len(hidden) - 1}.se_module"
            conv(f"{inner}.fc1", wide // 4, wide, 1)
            norm(f"{inner}.bn1", wide // 4)
            conv(f"{inner}.fc2", wide, wide // 4, 1)
            norm(f"{inner}.bn2", wide)
    unit("conv_6_sep", 512, 128, 1)
    unit("conv_6_dw", 512, 1, 5, slope=False)
    state["linear.weight"] = random.normal(0, 1 / np.sqrt(512), (128, 512))
    norm("bn", 128)
    state["prob.weight"] = random.normal(0, 1 / np.sqrt(128), (3, 128))
    return {
        f"module.{name}": value.astype(np.int64 if name.endswith("tracked") else np.float32)
        for name, value in state.items()
    }
