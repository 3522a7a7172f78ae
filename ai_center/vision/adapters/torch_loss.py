"""What a batch of outputs costs: boxes by overlap, presence and kind by cross entropy."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import torch  # type: ignore[import-not-found, unused-ignore]
from torch.nn import functional  # type: ignore[import-not-found, unused-ignore]

from ai_center.vision.decoding import cells
from ai_center.vision.happenings import KINDS
from ai_center.vision.lessons import Wanted
from ai_center.vision.network import TILE

Tensor = Any

BOX_WEIGHT: Final = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What a batch shall say: rows are (picture, cell) pairs."""

    pictures: Tensor
    cells: Tensor
    kinds: Tensor
    boxes: Tensor
    counted: Tensor
    present: Tensor


def target(wanted: Sequence[Wanted]) -> Target:
    """Put what is wanted of single tiles together."""
    count = len(cells(*TILE)[0])
    counted = torch.ones((len(wanted), count))
    present = torch.zeros((len(wanted), count))
    for number, one in enumerate(wanted):
        counted[number, torch.from_numpy(one.ignored)] = 0.0
        present[number, torch.from_numpy(one.cells)] = 1.0
    return Target(
        pictures=torch.from_numpy(
            np.repeat(np.arange(len(wanted)), [len(one.cells) for one in wanted])
        ),
        cells=torch.from_numpy(np.concatenate([one.cells for one in wanted])),
        kinds=torch.from_numpy(np.concatenate([one.kinds for one in wanted])),
        boxes=torch.from_numpy(np.concatenate([one.boxes for one in wanted])),
        counted=counted,
        present=present,
    )


def loss(raw: Tensor, aim: Target) -> Tensor:
    """Mean cost per cell that has to tell something."""
    places, strides = (torch.from_numpy(part).float() for part in cells(*TILE))
    told = max(1, len(aim.cells))
    presence = functional.binary_cross_entropy_with_logits(
        raw[..., 4], aim.present, reduction="none"
    )
    cost = (presence * aim.counted).sum() / told
    if not len(aim.cells):
        return cost
    own = raw[aim.pictures, aim.cells]
    middle = (places[aim.cells] + own[:, :2]) * strides[aim.cells]
    half = own[:, 2:4].clamp(max=8.0).exp() * strides[aim.cells] / 2
    boxes = torch.cat([middle - half, middle + half], dim=1)
    overlap, spread = _overlaps(boxes, aim.boxes)
    cost = cost + BOX_WEIGHT * (1 - spread).sum() / told
    kinds = functional.one_hot(aim.kinds, len(KINDS)).float() * overlap.detach().clamp(0)[:, None]
    kind = functional.binary_cross_entropy_with_logits(own[:, 5:], kinds, reduction="sum")
    return cost + kind / told


def _overlaps(one: Tensor, other: Tensor) -> tuple[Tensor, Tensor]:
    """Intersection over union of pairs, and the same less the empty share of their hull."""
    low, high = torch.maximum(one[:, :2], other[:, :2]), torch.minimum(one[:, 2:], other[:, 2:])
    shared = (high - low).clamp(min=0).prod(dim=1)
    union = (
        (one[:, 2:] - one[:, :2]).prod(dim=1) + (other[:, 2:] - other[:, :2]).prod(dim=1) - shared
    )
    hull = (torch.maximum(one[:, 2:], other[:, 2:]) - torch.minimum(one[:, :2], other[:, :2])).prod(
        dim=1
    )
    overlap = shared / union.clamp(min=1e-6)
    return overlap, overlap - (hull - union) / hull.clamp(min=1e-6)
