"""Who appears in a film: a shape with its colours and its ways."""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Final, Literal

from ai_center.vision.happenings import Kind
from ai_center.vision.meshes import Colour
from ai_center.vision.movements import Drive, Pose, where
from ai_center.vision.vehicles import Look

Shape = Literal[
    "aircraft",
    "bridge",
    "fuel_truck",
    "belt_loader",
    "catering_truck",
    "tug",
    "ground_power",
    "baggage_train",
    "bus",
    "lorry",
    "person",
    "chocks",
    "cone",
]

PAINTS: Final[tuple[Colour, ...]] = (
    (235, 235, 235),
    (225, 225, 220),
    (60, 190, 230),
    (40, 160, 220),
    (60, 60, 200),
    (170, 90, 40),
    (90, 140, 60),
    (120, 120, 120),
    (70, 70, 75),
)
"""White, yellow, orange, red, blue, green, greys: what ground vehicles are painted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Something that is drawn.

    Attributes:
        kind: its label, or ``None`` for what the detector shall not see.
        shape: what is drawn.
        drives: its ways in order; it stands at their ends.
        look: colours.
        from_s: appears.
        to_s: is gone.
        raised: from when to when its body is up, or ``None``.
        size: trailers of a train.
    """

    kind: Kind | None
    shape: Shape
    drives: tuple[Drive, ...]
    look: Look
    from_s: float = float("-inf")
    to_s: float = float("inf")
    raised: tuple[float, float] | None = None
    size: int = 0

    def there(self, at_s: float) -> bool:
        """Whether it is on the scene."""
        return self.from_s <= at_s < self.to_s

    def pose(self, at_s: float) -> Pose:
        """Where it is."""
        return where(self.drives, at_s)

    def up(self, at_s: float) -> bool:
        """Whether its body is raised."""
        return self.raised is not None and self.raised[0] <= at_s < self.raised[1]


def painted_look(draw: random.Random) -> Look:
    """Colours of one vehicle."""
    main, second = draw.choice(PAINTS), draw.choice(PAINTS)
    return Look(main=_near(draw, main), second=_near(draw, second))


def standing(x: float, y: float, heading: float = 0.0) -> tuple[Drive, ...]:
    """The way of something that never moves."""
    return (Drive(start_s=0.0, spots=((x, y), (x + 1e-3, y)), speed=1.0, heading=heading),)


def _near(draw: random.Random, colour: Colour) -> Colour:
    b, g, r = (min(250.0, max(15.0, c + draw.uniform(-22, 22))) for c in colour)
    return (b, g, r)
