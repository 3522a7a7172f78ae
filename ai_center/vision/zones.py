"""Zones of a stand: on which ground which thing makes which milestone.

Ground positions are where the lower edge of a thing's box meets the ground, which is its near edge, not
its middle. The rectangles are those of the rendered stand and fit any narrow-body with its nose wheel on
the stop; a real stand's are measured on its own plan.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from ai_center.vision.happenings import Kind, Milestone


@dataclass(frozen=True, slots=True, kw_only=True)
class Zone:
    """One place.

    Attributes:
        name: of the place.
        kind: what is waited for.
        x: from, to, metres.
        y: from, to, metres.
        still_px: a newcomer that stays within this many pixels stands.
        away_px: who stands may seem to stray by this much; its box shifts when others hide parts of it.
        settle_s: it is believed in after standing for this long.
        leave_s: who was seen driving away is given up after not being seen for this long.
        lost_s: and who was not, after this long.
        least: score that somebody new must have on average; half of it is enough to be seen.
        comes: milestone of the first that comes to the group, or ``None``.
        goes: milestone of the last that leaves it, or ``None``.
        group: zones of one group count together.
    """

    name: str
    kind: Kind
    x: tuple[float, float]
    y: tuple[float, float]
    still_px: float
    comes: Milestone | None
    goes: Milestone | None
    group: str
    settle_s: float = 16.0
    leave_s: float = 45.0
    lost_s: float = 110.0
    least: float = 0.45
    away_px: float = 30.0

    def holds(self, place: tuple[float, float]) -> bool:
        """Whether a ground position lies in it."""
        return self.x[0] <= place[0] <= self.x[1] and self.y[0] <= place[1] <= self.y[1]


AIRCRAFT: Final = Zone(
    name="stop",
    kind=Kind.AIRCRAFT,
    x=(-4.0, 7.0),
    y=(-3.0, 11.0),
    still_px=14.0,
    settle_s=10.0,
    leave_s=16.0,
    lost_s=16.0,
    least=0.8,
    comes=Milestone.ON_BLOCK,
    goes=Milestone.OFF_BLOCK,
    group="aircraft",
)

SERVICES: Final = (
    Zone(
        name="nose wheel",
        kind=Kind.CHOCKS,
        x=(-2.5, 1.0),
        y=(-1.5, 2.0),
        still_px=8.0,
        settle_s=10.0,
        least=0.8,
        comes=Milestone.CHOCKS_ON,
        goes=None,
        group="chocks",
    ),
    Zone(
        name="passenger door",
        kind=Kind.BRIDGE_HEAD,
        x=(-4.0, 2.5),
        y=(-6.3, -1.5),
        still_px=8.0,
        least=0.7,
        comes=Milestone.BRIDGE_DOCKED,
        goes=Milestone.BRIDGE_UNDOCKED,
        group="bridge",
    ),
    Zone(
        name="nose, starboard",
        kind=Kind.GROUND_POWER,
        x=(-10.0, -2.5),
        y=(1.0, 9.0),
        still_px=10.0,
        least=0.5,
        comes=Milestone.GROUND_POWER_IN,
        goes=Milestone.GROUND_POWER_OUT,
        group="ground power",
    ),
    Zone(
        name="nose",
        kind=Kind.TUG,
        x=(-11.0, -3.5),
        y=(-2.5, 3.8),
        still_px=10.0,
        least=0.5,
        comes=Milestone.TUG_IN,
        goes=None,
        group="tug",
    ),
    Zone(
        name="starboard wing",
        kind=Kind.FUEL_TRUCK,
        x=(4.0, 21.0),
        y=(5.5, 15.0),
        still_px=10.0,
        comes=Milestone.FUEL_IN,
        goes=Milestone.FUEL_OUT,
        group="fuel",
    ),
    *(
        Zone(
            name=f"{where} hold",
            kind=Kind.BELT_LOADER,
            x=x,
            y=(4.0, 10.0),
            still_px=10.0,
            comes=Milestone.LOADER_IN,
            goes=Milestone.LOADER_OUT,
            group="loaders",
        )
        for where, x in (("forward", (-2.5, 8.0)), ("aft", (14.0, 29.0)))
    ),
    *(
        Zone(
            name=f"{where} door, starboard",
            kind=Kind.CATERING_TRUCK,
            x=x,
            y=(4.0, 10.5),
            still_px=10.0,
            comes=Milestone.CATERING_IN,
            goes=Milestone.CATERING_OUT,
            group="catering",
        )
        for where, x in (("forward", (-6.5, 5.0)), ("aft", (19.0, 33.0)))
    ),
)
