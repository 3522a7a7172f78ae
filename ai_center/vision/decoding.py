"""Raw output of YOLOX heads to boxes.

Cells lie row by row, the finest map first. A cell at column c and row r of stride s that says
(x, y, w, h) means a box with its middle at ((c + x) s, (r + y) s) and sides (e^w s, e^h s); its score
for a kind is presence times the kind's own. Both are probabilities already.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ai_center.vision.boxes import Boxes, Numbers, merged
from ai_center.vision.network import STRIDES

CANDIDATES: Final = 200
"""Best cells that are merged; what is beyond them is noise."""

LOG_SIDE: Final = 8.0
"""A side is at most e^8 cells: a broken output must not overflow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Detected:
    """Boxes of one picture, best first; arrays of one length."""

    boxes: Boxes
    scores: Boxes
    kinds: Numbers


def cells(width: int, height: int) -> tuple[Boxes, Boxes]:
    """Column and row of every cell, shape (n, 2), and its stride, shape (n, 1).

    Raises:
        ValueError: a side is not a multiple of the coarsest stride.
    """
    if width % STRIDES[-1] or height % STRIDES[-1]:
        raise ValueError(f"{width} x {height} is not a multiple of {STRIDES[-1]} pixels")
    places, steps = [], []
    for stride in STRIDES:
        rows, columns = np.mgrid[0 : height // stride, 0 : width // stride]
        places.append(np.column_stack([columns.ravel(), rows.ravel()]))
        steps.append(np.full((rows.size, 1), stride))
    return np.concatenate(places).astype(np.float64), np.concatenate(steps).astype(np.float64)


def decoded(
    raw: npt.NDArray[np.float32], width: int, height: int, *, least: float, overlap: float
) -> Detected:
    """Boxes of one picture.

    Args:
        raw: shape (cells, 5 + kinds): box, presence, kinds.
        width: of the network's input, pixels.
        height: of the network's input.
        least: score below which a box is dropped.
        overlap: see :func:`ai_center.vision.boxes.merged`.

    Raises:
        ValueError: there is not one row per cell.
    """
    places, strides = cells(width, height)
    if raw.ndim != 2 or len(raw) != len(places) or raw.shape[1] < 6:
        raise ValueError(f"output is {raw.shape}, expected ({len(places)}, 5 + kinds)")
    scored = raw[:, 4:5].astype(np.float64) * raw[:, 5:]
    kinds = scored.argmax(axis=1)
    scores = scored[np.arange(len(scored)), kinds]
    chosen = np.flatnonzero(scores >= least)
    chosen = chosen[np.argsort(-scores[chosen], kind="stable")][:CANDIDATES]
    picked = raw[chosen, :4].astype(np.float64)
    middles = (places[chosen] + picked[:, :2]) * strides[chosen]
    sides = np.exp(np.minimum(picked[:, 2:], LOG_SIDE)) * strides[chosen]
    boxes = np.concatenate([middles - sides / 2, middles + sides / 2], axis=1)
    stay = merged(boxes, scores[chosen], kinds[chosen], overlap=overlap)
    return Detected(
        boxes=boxes[stay], scores=scores[chosen][stay], kinds=kinds[chosen][stay].astype(np.int64)
    )
