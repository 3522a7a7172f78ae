"""Which face of a photo is meant, and how it is turned upright for a recogniser.

Five points in the order every detector here gives them: the subject's right eye (left in the
image), the other eye, nose tip, mouth corner (image left), mouth corner (image right). Coordinates
are pixels, x to the right, y down.

A recogniser was trained on faces whose points lie in fixed places, its template. The transform that
brings a face there is the similarity (rotation, one scale, shift, no reflection) with the least
squared error over the five points. For points p and template t as complex numbers around their
means, that similarity is the one complex factor ``sum(conj(p) t) / sum(|p|^2)``.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

import numpy as np
import numpy.typing as npt

Points = npt.NDArray[np.float32]
"""Shape (5, 2), float32, pixels."""

ARCFACE_112: Points = np.array(
    [
        [38.2946, 51.6963],
        [73.5318, 51.5014],
        [56.0252, 71.7366],
        [41.5493, 92.3655],
        [70.7299, 92.2041],
    ],
    dtype=np.float32,
)
"""Template of the ArcFace family on 112 x 112 pixels."""

DLIB_150: Points = np.array(
    [[46.57, 43.54], [100.93, 44.24], [73.74, 76.32], [48.24, 99.78], [96.49, 101.0]],
    dtype=np.float32,
)
"""Template of dlib's network on 150 x 150 pixels: median place of YuNet's points on chips that
dlib's own predictor cuts with a padding of 0.25."""

TEMPLATES: Mapping[str, Points] = MappingProxyType(
    {"arcface-112": ARCFACE_112, "dlib-150": DLIB_150}
)

CENTRE_WEIGHT = 0.5
"""How much a face loses for standing off centre: area in pixels minus this times its squared
distance from the centre. A face one width off centre keeps half its weight; passers-by at the edge
lose against the one at the gate."""


def similarity(points: Points, template: Points) -> npt.NDArray[np.float64]:
    """Give the 2 x 3 matrix that brings ``points`` to ``template`` with the least squared error.

    >>> quarter_turn = np.array([[0, -1], [1, 0]])
    >>> turned = ARCFACE_112 @ quarter_turn.T * 2 + 7
    >>> matrix = similarity(turned, ARCFACE_112)
    >>> bool(np.allclose(apply(matrix, turned), ARCFACE_112, atol=0.01))
    True
    """
    source = np.asarray(points, np.float64) @ np.array([1, 1j])
    target = np.asarray(template, np.float64) @ np.array([1, 1j])
    source_mean, target_mean = source.mean(), target.mean()
    spread = source - source_mean
    factor = np.vdot(spread, target - target_mean) / np.vdot(spread, spread).real
    shift = target_mean - factor * source_mean
    return np.array(
        [[factor.real, -factor.imag, shift.real], [factor.imag, factor.real, shift.imag]]
    )


def apply(matrix: npt.NDArray[np.float64], points: Points) -> npt.NDArray[np.float64]:
    """Move points by a 2 x 3 matrix."""
    moved: npt.NDArray[np.float64] = np.asarray(points, np.float64) @ matrix[:, :2].T + matrix[:, 2]
    return moved


def scale_of(matrix: npt.NDArray[np.float64]) -> float:
    """Pixels of the template per pixel of the photo."""
    return float(np.hypot(matrix[0, 0], matrix[1, 0]))


def nearest_face(boxes: npt.NDArray[np.float32], *, width: int, height: int) -> int:
    """Index of the largest face near the centre.

    Args:
        boxes: shape (n, 4), columns x, y, width, height in pixels; n at least 1.
        width: of the photo, pixels.
        height: of the photo, pixels.
    """
    centres = boxes[:, :2] + boxes[:, 2:] / 2
    off = np.square(centres - np.array([width / 2, height / 2])).sum(axis=1)
    return int(np.argmax(boxes[:, 2] * boxes[:, 3] - CENTRE_WEIGHT * off))
