"""Trains the detector with PyTorch on one thread; the same seed gives the same file on one machine.

A training that was stopped goes on after the last whole epoch: weights, running means and the
optimiser's state are kept, the tiles are rendered anew.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]

from ai_center.vision.adapters.lesson_pool import Lesson, Told, pool, varied
from ai_center.vision.adapters.onnx_writer import written
from ai_center.vision.adapters.torch_loss import loss, target
from ai_center.vision.adapters.torch_network import TorchNetwork
from ai_center.vision.learning import Recipe

Tensor = Any


def train(recipe: Recipe, *, seed: int, work: Path, threads: int, progress: Told) -> bytes:
    """Train and give the ONNX file.

    Args:
        recipe: every number of the training.
        seed: of weights, order and variation.
        work: folder where a stopped training goes on from.
        threads: computing threads.
        progress: told what is being done.
    """
    torch.set_num_threads(threads)
    torch.manual_seed(seed)
    lessons = pool(recipe, seed, progress)
    network = TorchNetwork(seed)
    school = _School(network, recipe, steps=recipe.epochs * (len(lessons) // recipe.batch))
    kept = work / "state.pt"
    first = school.resumed(kept) if kept.is_file() else 0
    for epoch in range(first, recipe.until):
        cost = school.epoch(lessons, epoch, seed)
        work.mkdir(parents=True, exist_ok=True)
        school.keep(kept, epoch + 1)
        progress(f"training, loss {cost:.3f}", epoch + 1, recipe.until)
    network.settle(school.mean, plain(lessons[: recipe.settles], recipe.batch))
    kept.unlink(missing_ok=True)
    return written(network.layers, network.folded(school.mean))


def plain(lessons: Sequence[Lesson], size: int) -> Iterator[Tensor]:
    """Tiles as they are, in batches."""
    for start in range(0, len(lessons) - size + 1, size):
        planes = [
            one.picture().transpose(2, 0, 1).astype(np.float32)
            for one in lessons[start : start + size]
        ]
        yield torch.from_numpy(np.stack(planes))


class _School:
    """Optimiser and running mean of the weights."""

    def __init__(self, network: TorchNetwork, recipe: Recipe, *, steps: int) -> None:
        self._network = network
        self._recipe = recipe
        self._steps = max(1, steps)
        self._step = 0
        grouped = [value for value in network.values.values() if value.ndim > 1]
        single = [value for value in network.values.values() if value.ndim == 1]
        groups = [{"params": grouped, "weight_decay": recipe.decay}]
        groups.append({"params": single, "weight_decay": 0.0})
        self._optimiser = torch.optim.AdamW(groups, lr=recipe.rate)
        self.mean = {name: value.detach().clone() for name, value in network.values.items()}

    def epoch(self, lessons: Sequence[Lesson], epoch: int, seed: int) -> float:
        """Every tile once, in an order of the epoch's own; gives the mean cost."""
        order = list(range(len(lessons)))
        random.Random(f"order {seed} {epoch}").shuffle(order)
        draw = np.random.default_rng([seed, epoch])
        size = self._recipe.batch
        starts = range(0, len(order) - size + 1, size)
        costs = [self._learn([lessons[k] for k in order[s : s + size]], draw) for s in starts]
        return float(np.mean(costs)) if costs else math.nan

    def _learn(self, batch: Sequence[Lesson], draw: np.random.Generator) -> float:
        pictures = torch.from_numpy(np.stack([varied(draw, one.picture()) for one in batch]))
        for group in self._optimiser.param_groups:
            group["lr"] = self._recipe.rate * self._share()
        pictures = pictures.contiguous(memory_format=torch.channels_last)
        raw = self._network.carried_out(pictures, learning=True)
        cost = loss(raw, target([one.wanted for one in batch]))
        self._optimiser.zero_grad()
        cost.backward()
        torch.nn.utils.clip_grad_norm_(list(self._network.parameters()), 20.0)
        self._optimiser.step()
        self._step += 1
        keeps = min(self._recipe.keeps, (1 + self._step) / (10 + self._step))
        with torch.no_grad():
            for name, value in self._network.values.items():
                self.mean[name].mul_(keeps).add_(value, alpha=1 - keeps)
        return float(cost.detach())

    def _share(self) -> float:
        """Share of the highest rate: up in a line, down in a cosine."""
        warm = max(1.0, self._recipe.warm * self._steps)
        if self._step < warm:
            return (self._step + 1) / warm
        rest = (self._step - warm) / max(1.0, self._steps - warm)
        return 0.02 + 0.98 * (1 + math.cos(math.pi * min(1.0, rest))) / 2

    def keep(self, path: Path, epoch: int) -> None:
        """Write the state after an epoch."""
        state = {
            "epoch": epoch,
            "step": self._step,
            "values": {k: v.detach() for k, v in self._network.values.items()},
            "running": self._network.running,
            "mean": self.mean,
            "optimiser": self._optimiser.state_dict(),
        }
        torch.save(state, path.with_suffix(".part"))
        path.with_suffix(".part").replace(path)

    def resumed(self, path: Path) -> int:
        """Go on from a state of our own; gives the number of whole epochs."""
        state: Mapping[str, Any] = torch.load(path, weights_only=True)
        with torch.no_grad():
            for name, value in state["values"].items():
                self._network.values[name].copy_(value)
        self._network.running.update(state["running"])
        self.mean.update(state["mean"])
        self._optimiser.load_state_dict(state["optimiser"])
        self._step = int(state["step"])
        return int(state["epoch"])
