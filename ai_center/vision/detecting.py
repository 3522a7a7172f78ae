"""What a detector gives to the zones: things with a foot in the picture and a place on the ground."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

import numpy as np

from ai_center.vision.boxes import Boxes, common, overlaps
from ai_center.vision.decoding import Detected
from ai_center.vision.frames import Box, Picture
from ai_center.vision.geometry import Camera
from ai_center.vision.happenings import KINDS, Kind

ONE_THING: Final = 0.5
"""Vehicles whose boxes overlap more than this are one; its kind is the better score's."""

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
    """Numbers of vehicles that are better taken for another kind."""
    vehicle = np.array([KINDS[int(kind)] in VEHICLES for kind in found.kinds], np.bool_)
    same = overlaps(found.boxes, found.boxes) > ONE_THING
    better = found.scores[None, :] > found.scores[:, None]
    rival = same & better & vehicle[:, None] & vehicle[None, :]
    return set(np.flatnonzero(rival.any(axis=1)).tolist())


def hidden(box: Box, seen: Sequence[Sighting], *, share: float, margin_px: float) -> bool:
    """Whether a place in the picture is covered by things that stand nearer to the camera.

    Aircraft do not count: most of an aircraft's box is air.

    Args:
        box: of the place.
        seen: everything in the frame.
        share: of the box that one of them must cover.
        margin_px: nearer means a lower edge at least this far below the box's.
    """
    nearer = [
        one.box for one in seen if one.kind != Kind.AIRCRAFT and one.box[3] > box[3] + margin_px
    ]
    if not nearer:
        return False
    place: Boxes = np.array([box], np.float64)
    covered = common(place, np.array(nearer, np.float64))[0]
    size = max((box[2] - box[0]) * (box[3] - box[1]), 1e-9)
    return bool(covered.max() >= share * size)
