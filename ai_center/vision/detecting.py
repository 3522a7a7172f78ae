"""What a detector gives to the zones: things with a foot in the picture and a place on the ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from ai_center.vision.boxes import areas, common, overlaps
from ai_center.vision.decoding import Detected
from ai_center.vision.frames import Box, Picture
from ai_center.vision.geometry import Camera
from ai_center.vision.happenings import KINDS, Kind

ONE_THING: Final = 0.5
"""Vehicles whose boxes overlap more than this are one; its kind is the better score's."""

PIECE: Final = 0.5
FAR_LESS: Final = 0.7
"""Of two of a kind that share half of the smaller one, the one with less than this share of the other's
score is no second thing."""

_MIDDLES: Final = (np.arange(12) + 0.5) / 12
"""Where a box is tried for what covers it, in shares of its sides."""

VEHICLES: Final = frozenset(KINDS) - {Kind.AIRCRAFT, Kind.BRIDGE_HEAD, Kind.CHOCKS}


class Detector(Protocol):
    """Finds things in the picture of one stand camera."""

    def found(self, picture: Picture) -> Detected:
        """Boxes in pixels of the picture, best first."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """Something seen in one frame.

    Attributes:
        kind: what it is.
        score: of the detector, 0..1.
        box: in pixels.
        place: x and y on the ground under the middle of the box's lower edge, metres.
    """

    kind: Kind
    score: float
    box: Box
    place: tuple[float, float]

    @property
    def foot(self) -> tuple[float, float]:
        """Middle of the box's lower edge, pixels."""
        return (self.box[0] + self.box[2]) / 2, self.box[3]


def sightings(found: Detected, camera: Camera) -> tuple[Sighting, ...]:
    """Put what was found on the ground; what has its foot above the horizon is left out.

    Where one vehicle is taken for two kinds, the better score decides.
    """
    boxes = found.boxes
    feet = np.column_stack([(boxes[:, 0] + boxes[:, 2]) / 2, boxes[:, 3]])
    places = camera.ground(feet)
    seen = [
        Sighting(
            kind=KINDS[int(kind)],
            score=float(score),
            box=(float(box[0]), float(box[1]), float(box[2]), float(box[3])),
            place=(float(place[0]), float(place[1])),
        )
        for box, score, kind, place in zip(boxes, found.scores, found.kinds, places, strict=True)
    ]
    doubtful = _doubtful(found)
    return tuple(
        one
        for number, one in enumerate(seen)
        if number not in doubtful and np.isfinite(one.place).all()
    )


def _doubtful(found: Detected) -> set[int]:
    """Numbers of what is better taken for something else, or for a part of something else."""
    kinds = np.array([KINDS[int(kind)] for kind in found.kinds])
    vehicle = np.isin(kinds, list(VEHICLES))
    same = overlaps(found.boxes, found.boxes) > ONE_THING
    better = found.scores[None, :] > found.scores[:, None]
    rival = same & better & vehicle[:, None] & vehicle[None, :]
    # Pieces and surroundings of a thing look a little like it.
    smaller = np.minimum(areas(found.boxes)[:, None], areas(found.boxes)[None, :])
    inside = common(found.boxes, found.boxes) > PIECE * np.maximum(smaller, 1e-9)
    much = found.scores[None, :] * FAR_LESS > found.scores[:, None]
    rival |= inside & much & (kinds[:, None] == kinds[None, :])
    # A stand has one bridge.
    bridge = kinds == Kind.BRIDGE_HEAD
    rival |= bridge[:, None] & bridge[None, :] & better
    return set(np.flatnonzero(rival.any(axis=1)).tolist())


def cover(box: Box, seen: Sequence[Sighting], *, margin_px: float) -> float:
    """Share of a place in the picture that things nearer to the camera cover together, 0..1.

    Aircraft do not count: most of an aircraft's box is air.

    Args:
        box: of the place.
        seen: everything in the frame.
        margin_px: nearer means a lower edge at least this far below the box's.
    """
    nearer = [
        one.box for one in seen if one.kind != Kind.AIRCRAFT and one.box[3] > box[3] + margin_px
    ]
    if not nearer:
        return 0.0
    x = box[0] + (box[2] - box[0]) * _MIDDLES
    y = box[1] + (box[3] - box[1]) * _MIDDLES
    left, top, right, bottom = np.array(nearer, np.float64).T[:, :, None]
    across, down = (left <= x) & (x < right), (top <= y) & (y < bottom)
    return float((across[:, :, None] & down[:, None, :]).any(axis=0).mean())


def alike(one: Box, other: Box, least: float) -> bool:
    """Whether two boxes share so much that they may be of the same thing.

    Args:
        one: pixels.
        other: pixels.
        least: intersection over union.
    """
    wide = min(one[2], other[2]) - max(one[0], other[0])
    high = min(one[3], other[3]) - max(one[1], other[1])
    if wide <= 0 or high <= 0:
        return False
    both = sum((box[2] - box[0]) * (box[3] - box[1]) for box in (one, other))
    return wide * high >= least * (both - wide * high)
