"""What the detector learns from: tiles of rendered moments, and which cell has to say what.

A thing is told by the cells nearest its middle on the maps that suit its size. Things that are hardly
seen are neither asked for nor counted against whoever tells them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ai_center.vision.decoding import cells
from ai_center.vision.frames import LabelledBox
from ai_center.vision.happenings import KINDS
from ai_center.vision.network import TILE
from ai_center.vision.tiles import Tile
from ai_center.vision.turnaround import Plan

SEEN: Final = 0.22
"""Share of a thing that must be visible for it to be asked for."""

KEPT: Final = 0.45
"""Share of a box that must lie in the tile."""

LEAST_PX: Final = 4.0
SIZES: Final = {8: (0.0, 60.0), 16: (40.0, 130.0), 32: (95.0, 1e9)}
"""Longer side of the boxes that a stride tells, pixels of the tile; they overlap."""

REACH: Final = 1.5
"""Cells from the middle of a box within which a cell tells it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of the cells of one tile.

    Attributes:
        cells: numbers of the cells that tell something, shape (n,).
        kinds: what each tells, shape (n,).
        boxes: of that thing in pixels of the tile, shape (n, 4).
        ignored: numbers of the cells that may say what they like.
    """

    cells: npt.NDArray[np.int64]
    kinds: npt.NDArray[np.int64]
    boxes: npt.NDArray[np.float32]
    ignored: npt.NDArray[np.int64]


def moments(draw: random.Random, plan: Plan, count: int) -> list[float]:
    """Seconds of a film worth learning from: half anywhere, half around milestones."""
    found = [draw.uniform(5, plan.length_s - 3) for _ in range(count - count // 2)]
    found += [draw.choice(plan.happenings).at_s + draw.uniform(-35, 35) for _ in range(count // 2)]
    return [min(max(at, 1.0), plan.length_s - 1) for at in found]


def looked_at(draw: random.Random, tiles: Sequence[Tile]) -> list[Tile]:
    """The tiles of the plan, the near one a little beside its place, and one anywhere between."""
    whole, near = tiles[0], tiles[1]
    moved = _fitted(
        near.left + draw.randint(-70, 70), near.top + draw.randint(-50, 50), near, whole
    )
    share = draw.uniform(0.5, 1.0)
    between = Tile(
        left=0, top=0, width=round(whole.width * share), height=round(whole.height * share)
    )
    free = (whole.width - between.width, whole.height - between.height)
    any_place = _fitted(draw.randint(0, free[0]), draw.randint(0, free[1]), between, whole)
    return [whole, moved, any_place]


def _fitted(left: int, top: int, tile: Tile, whole: Tile) -> Tile:
    return Tile(
        left=min(max(left, 0), whole.width - tile.width),
        top=min(max(top, 0), whole.height - tile.height),
        width=tile.width,
        height=tile.height,
    )


def wanted(labels: Sequence[LabelledBox], tile: Tile) -> Wanted:
    """Say what each cell of a tile has to tell."""
    places, strides = cells(*TILE)
    middles = (places + 0.5) * strides
    owner = np.full(len(places), -1)
    smallest = np.full(len(places), np.inf)
    ignored = np.zeros(len(places), np.bool_)
    told: list[tuple[int, tuple[float, ...]]] = []
    for label in labels:
        box, kept = inside(label, tile)
        if min(box[2] - box[0], box[3] - box[1]) < LEAST_PX / 2:
            continue
        if label.visible < SEEN or kept < KEPT or min(box[2] - box[0], box[3] - box[1]) < LEAST_PX:
            ignored |= _within(middles, box)
            continue
        chosen = near(middles, strides[:, 0], box)
        area = (box[2] - box[0]) * (box[3] - box[1])
        take = chosen & (area < smallest)
        owner[take], smallest[take] = len(told), area
        told.append((KINDS.index(label.kind), box))
    tellers = np.flatnonzero(owner >= 0)
    who = owner[tellers]
    return Wanted(
        cells=tellers,
        kinds=np.array([told[k][0] for k in who], np.int64),
        boxes=np.array([told[k][1] for k in who], np.float32).reshape(-1, 4),
        ignored=np.flatnonzero(ignored & (owner < 0)),
    )


def inside(label: LabelledBox, tile: Tile) -> tuple[tuple[float, float, float, float], float]:
    """A box in pixels of a tile, cut at its border, and the share of it that is left."""
    left, top, right, bottom = label.box
    low = (max(left, tile.left), max(top, tile.top))
    high = (min(right, tile.left + tile.width), min(bottom, tile.top + tile.height))
    kept = max(0.0, high[0] - low[0]) * max(0.0, high[1] - low[1])
    share = kept / max((right - left) * (bottom - top), 1e-9)
    scale = tile.scale
    box = (
        (low[0] - tile.left) / scale,
        (low[1] - tile.top) / scale,
        (high[0] - tile.left) / scale,
        (high[1] - tile.top) / scale,
    )
    return box, share


def near(
    middles: npt.NDArray[np.float64],
    strides: npt.NDArray[np.float64],
    box: tuple[float, float, float, float],
) -> npt.NDArray[np.bool_]:
    """Cells that tell a box: near its middle, on maps that suit its size."""
    centre = np.array([(box[0] + box[2]) / 2, (box[1] + box[3]) / 2])
    longer = max(box[2] - box[0], box[3] - box[1])
    off = np.abs(middles - centre).max(axis=1)
    suits = np.zeros(len(strides), np.bool_)
    for stride, (low, high) in SIZES.items():
        suits |= (strides == stride) & (low <= longer) & (longer < high)
    close = suits & (off < REACH * strides) & (_within(middles, box) | (off < strides * 0.51))
    if not close.any():
        close[np.argmin(np.where(suits, off, np.inf))] = True
    return np.asarray(close, np.bool_)


def _within(
    middles: npt.NDArray[np.float64], box: tuple[float, float, float, float]
) -> npt.NDArray[np.bool_]:
    low, high = np.array(box[:2]), np.array(box[2:])
    return np.asarray(((middles > low) & (middles < high)).all(axis=1), np.bool_)
