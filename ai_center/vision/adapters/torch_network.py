"""The detector's network carried out by PyTorch, for training alone; needs the extra ``train``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

import numpy as np
import numpy.typing as npt
import torch  # type: ignore[import-not-found, unused-ignore]  # not installed where nothing is trained
from torch.nn import functional  # type: ignore[import-not-found, unused-ignore]

from ai_center.vision.happenings import KINDS
from ai_center.vision.network import STRIDES, Layer, architecture, shapes

Tensor = Any
"""A torch.Tensor; the library is not there when types are checked."""

MOMENTUM: Final = 0.03
EPSILON: Final = 1e-3
RARE: Final = 0.01
"""Probability that an untrained output says."""

PIXEL: Final = 255.0


class TorchNetwork:
    """Weights and normalisations, and how they are carried out."""

    def __init__(self, seed: int) -> None:
        """Draw weights."""
        self.layers: tuple[Layer, ...] = architecture(len(KINDS))
        self._bare = {layer.weights for layer in self.layers if layer.does in ("plain", "out")}
        draw = torch.Generator().manual_seed(seed)
        self.values: dict[str, Tensor] = {}
        self.running: dict[str, Tensor] = {}
        for name, (outs, ins, kernel, _) in shapes(self.layers).items():
            spread = (2.0 / (ins * kernel * kernel)) ** 0.5
            weights = torch.randn((outs, ins, kernel, kernel), generator=draw) * spread
            if name in self._bare:
                self.values[f"{name}.bias"] = _first_bias(name, outs)
                weights = weights * (0.1 if name.endswith("_out") else 1.0)
            else:
                self._normalise(name, outs)
            self.values[name] = weights
        for value in self.values.values():
            value.requires_grad_(True)

    def _normalise(self, name: str, outs: int) -> None:
        self.values[f"{name}.scale"] = torch.ones(outs)
        self.values[f"{name}.shift"] = torch.zeros(outs)
        self.running[f"{name}.mean"] = torch.zeros(outs)
        self.running[f"{name}.var"] = torch.ones(outs)

    def parameters(self) -> Iterable[Tensor]:
        """Everything that is learnt."""
        return self.values.values()

    def carried_out(
        self,
        pictures: Tensor,
        *,
        learning: bool,
        values: Mapping[str, Tensor] | None = None,
        momentum: float = MOMENTUM,
    ) -> Tensor:
        """Raw outputs of every cell, shape (n, cells, 5 + kinds), before any sigmoid.

        Args:
            pictures: shape (n, 3, height, width), 0..255.
            learning: normalise by the batch, and remember its statistics.
            values: other weights than the current ones.
            momentum: share of the batch in the statistics that are remembered.
        """
        known = self.values if values is None else values
        results = {"picture": pictures / PIXEL}
        for layer in self.layers:
            results[layer.name] = self._step(
                layer, results, known, momentum=momentum if learning else None
            )
        rows = []
        for stride in STRIDES:
            both = torch.cat([results[f"box_{stride}"], results[f"kind_{stride}"]], dim=1)
            rows.append(both.flatten(2).transpose(1, 2))
        return torch.cat(rows, dim=1)

    def _step(
        self,
        layer: Layer,
        results: Mapping[str, Tensor],
        values: Mapping[str, Tensor],
        *,
        momentum: float | None,
    ) -> Tensor:
        taken = [results[name] for name in layer.takes]
        if layer.does == "add":
            return taken[0] + taken[1]
        if layer.does == "join":
            return torch.cat(taken, dim=1)
        if layer.does == "up":
            return functional.interpolate(taken[0], scale_factor=2, mode="nearest")
        if layer.does == "pool":
            return functional.max_pool2d(taken[0], 5, stride=1, padding=2)
        name = layer.weights
        bias = values.get(f"{name}.bias")
        found = functional.conv2d(
            taken[0], values[name], bias, stride=layer.stride, padding=layer.kernel // 2
        )
        if layer.does == "out":
            return found
        if layer.does == "plain":
            return functional.relu(found)
        normal = functional.batch_norm(
            found,
            self.running[f"{name}.mean"],
            self.running[f"{name}.var"],
            values[f"{name}.scale"],
            values[f"{name}.shift"],
            training=momentum is not None,
            momentum=momentum or 0.0,
            eps=EPSILON,
        )
        return functional.relu(normal)

    def settle(self, values: Mapping[str, Tensor], batches: Iterable[Tensor]) -> None:
        """Give these weights statistics of their own: the mean over some batches as they are."""
        with torch.no_grad():
            for number, pictures in enumerate(batches):
                self.carried_out(pictures, learning=True, values=values, momentum=1 / (number + 1))

    def folded(self, values: Mapping[str, Tensor]) -> dict[str, npt.NDArray[np.float32]]:
        """Weights and biases with every normalisation and the scale of pixels worked in."""
        found = {}
        for name in shapes(self.layers):
            weights = values[name].detach().double()
            if name in self._bare:
                bias = values[f"{name}.bias"].detach().double()
            else:
                spread = (self.running[f"{name}.var"].double() + EPSILON).sqrt()
                gain = values[f"{name}.scale"].detach().double() / spread
                weights = weights * gain[:, None, None, None]
                mean = self.running[f"{name}.mean"].double()
                bias = values[f"{name}.shift"].detach().double() - mean * gain
            if name == "stem":
                weights = weights / PIXEL
            found[name] = weights.numpy().astype(np.float32)
            found[f"{name}.bias"] = bias.numpy().astype(np.float32)
        return found


def _first_bias(name: str, outs: int) -> Tensor:
    bias = torch.zeros(outs)
    if not name.endswith("_out"):
        return bias
    rare = float(np.log(RARE / (1 - RARE)))
    if name.startswith("kind"):
        bias[:] = -1.0
    else:
        bias[4] = rare
        bias[2:4] = 1.0
    return bias
