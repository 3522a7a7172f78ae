"""What moves on the apron, how it is seen, and the ground that nobody else may be on.

The protected area of an aircraft is a circle about its middle that holds its wings and a margin; of a
vehicle two small circles, at its front and its rear. An aircraft is seen at its nose (where the wheel
follows the line), so the middle lies behind; a vehicle is seen at its middle.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Literal

import numpy as np

from ai_center.conflicts.paths import Floats, Ints

MoverKind = Literal["aircraft", "vehicle"]

AIRCRAFT_MARGIN_M: Final = 3.0
"""Around the wing tips."""

SPAN_M: Final[Mapping[str, float]] = MappingProxyType(
    {"A": 15.0, "B": 24.0, "C": 36.0, "D": 48.0, "E": 62.0, "F": 78.0}
)
"""Widest wings that are usual for a size letter."""

LENGTH_M: Final[Mapping[str, float]] = MappingProxyType(
    {"A": 12.0, "B": 24.0, "C": 40.0, "D": 50.0, "E": 63.0, "F": 73.0}
)

VEHICLE_ENDS_M: Final = 2.2
"""From the middle of a vehicle to the middle of each of its circles."""

VEHICLE_RADIUS_M: Final = 1.5
"""Half of its width and a margin; two that pass each other on two lanes stay clear."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """Something that moves.

    Attributes:
        name: its registration, callsign or number.
        kind: aircraft or vehicle.
        size: ICAO size letter of an aircraft.
    """

    name: str
    kind: MoverKind
    size: str = "C"

    @property
    def radius_m(self) -> float:
        """Of its protected circle or circles."""
        if self.kind == "vehicle":
            return VEHICLE_RADIUS_M
        return SPAN_M[self.size] / 2 + AIRCRAFT_MARGIN_M

    @property
    def middle_m(self) -> float:
        """How far its middle lies behind where it is seen, along its body."""
        return 0.0 if self.kind == "vehicle" else LENGTH_M[self.size] / 2

    @property
    def ends_m(self) -> float:
        """From its middle to the middle of each of its circles."""
        return VEHICLE_ENDS_M if self.kind == "vehicle" else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """What is seen at one moment; one row per mover.

    Attributes:
        second: of the day.
        movers: who, in the order of the rows.
        points: shape (movers, 2), metres, where each is seen.
        speed_mps: over the ground.
        course_deg: of the motion, clockwise from the y axis; of a standing mover that of its body.
        heading_deg: of the body; a pushed aircraft's points against its course.
    """

    second: float
    movers: Sequence[Mover]
    points: Floats
    speed_mps: Floats
    course_deg: Floats
    heading_deg: Floats

    def __len__(self) -> int:
        return len(self.movers)

    def rows(self, chosen: Ints) -> Picture:
        """Some of the movers."""
        return Picture(
            second=self.second,
            movers=tuple(self.movers[row] for row in chosen.tolist()),
            points=self.points[chosen],
            speed_mps=self.speed_mps[chosen],
            course_deg=self.course_deg[chosen],
            heading_deg=self.heading_deg[chosen],
        )


def unit(degrees: Floats) -> Floats:
    """Unit vectors of directions, shape (..., 2)."""
    radians = np.radians(degrees)
    return np.stack([np.sin(radians), np.cos(radians)], axis=-1)
