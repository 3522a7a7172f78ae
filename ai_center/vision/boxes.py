"""Boxes in pixels: overlap, and merging of boxes that mean the same thing. Shapes (n, 4), float64."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Boxes = npt.NDArray[np.float64]
"""Left, top, right, bottom."""

Numbers = npt.NDArray[np.int64]


def areas(boxes: Boxes) -> Boxes:
    """Of every box, shape (n,); inverted boxes have none."""
    sides = np.maximum(boxes[:, 2:] - boxes[:, :2], 0)
    return np.asarray(sides[:, 0] * sides[:, 1], np.float64)


def common(one: Boxes, other: Boxes) -> Boxes:
    """Area that each box shares with each other one, shape (n, m)."""
    low = np.maximum(one[:, None, :2], other[None, :, :2])
    high = np.minimum(one[:, None, 2:], other[None, :, 2:])
    sides = np.maximum(high - low, 0)
    return np.asarray(sides[..., 0] * sides[..., 1], np.float64)


def overlaps(one: Boxes, other: Boxes) -> Boxes:
    """Intersection over union, shape (n, m); 0 where both are empty.

    >>> overlaps(np.array([[0., 0., 2., 2.]]), np.array([[1., 0., 3., 2.]])).round(3).tolist()
    [[0.333]]
    """
    shared = common(one, other)
    union = areas(one)[:, None] + areas(other)[None, :] - shared
    return np.asarray(np.where(union > 0, shared / np.maximum(union, 1e-12), 0.0), np.float64)


def merged(boxes: Boxes, scores: Boxes, kinds: Numbers, *, overlap: float) -> Numbers:
    """Greedy non-maximum suppression per kind.

    Args:
        boxes: shape (n, 4).
        scores: shape (n,).
        kinds: shape (n,); boxes of different kinds never suppress each other.
        overlap: boxes that share more than this with a better one of their kind are dropped.

    Returns:
        Numbers of the boxes that stay, best first; equal scores in the order given.
    """
    order = np.argsort(-scores, kind="stable")
    shared = overlaps(boxes[order], boxes[order]) > overlap
    same = kinds[order][:, None] == kinds[order][None, :]
    rivals = shared & same
    alive = np.ones(len(order), np.bool_)
    for place in range(len(order)):
        if alive[place]:
            alive[place + 1 :] &= ~rivals[place, place + 1 :]
    return np.asarray(order[alive], np.int64)
