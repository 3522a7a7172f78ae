"""The words of the live picture: fixes, movers and what is known of them. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from spatiotemporal.errors import ImpossibleFix

VEHICLE = "vehicle"

FASTEST_MPS = 1_000.0
"""Above every aircraft in service; a faster fix is a fault of its source."""

FLEETS = frozenset(
    {
        "tug", "bus", "baggage", "fuel", "catering", "cleaning", "loader", "follow-me", "stairs",
        "water", "police", "fire", "sweeper",
    }
)  # fmt: skip
"""Fleets the map has a picture for; any other vehicle is of the fleet ``other``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fix:
    """A mover was somewhere at a moment.

    Attributes:
        mover_id: ``kind:identity``, e.g. ``vehicle:013900100001``.
        latitude: degrees, WGS84.
        speed_mps: over ground; ``None`` unknown.
        heading_deg: from true north; ``None`` unknown.
        fix_time: when it was there, by its own clock.
        received: when the platform took the report.
        source: feed, e.g. ``/spatiotemporal/jt808``.
        alarm: alarm bits of the source.
        message_id: of the original.

    Raises:
        ImpossibleFix: latitude, longitude, speed or heading is out of range or no number.
    """

    mover_id: str
    latitude: float
    longitude: float
    altitude_m: float | None
    speed_mps: float | None
    heading_deg: float | None
    fix_time: datetime
    received: datetime
    source: str
    alarm: int
    message_id: str

    def __post_init__(self) -> None:
        # Written as "not inside", so that NaN fails too.
        if not -90.0 <= self.latitude <= 90.0:
            raise ImpossibleFix(self.mover_id, "latitude", self.latitude, -90, 90)
        if not -180.0 <= self.longitude <= 180.0:
            raise ImpossibleFix(self.mover_id, "longitude", self.longitude, -180, 180)
        speed, heading = self.speed_mps, self.heading_deg
        if speed is not None and not 0.0 <= speed <= FASTEST_MPS:
            raise ImpossibleFix(self.mover_id, "speed_mps", speed, 0, FASTEST_MPS)
        if heading is not None and not 0.0 <= heading <= 360.0:
            raise ImpossibleFix(self.mover_id, "heading_deg", heading, 0, 360)


@dataclass(frozen=True, slots=True, kw_only=True)
class Registered:
    """A terminal told who it is."""

    mover_id: str
    label: str
    fleet: str
    terminal_id: str
    maker: str
    model: str
    registered: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MoverState:
    """A mover as the live picture shows it.

    Attributes:
        fixes: distinct reports taken into account so far, late ones included.
        late: reports that were older than the position shown when they came.
    """

    mover_id: str
    index: int
    kind: str
    fleet: str
    label: str
    latitude: float
    longitude: float
    speed_mps: float | None
    heading_deg: float | None
    fix_time: datetime
    received: datetime
    source: str
    message_id: str
    fixes: int
    late: int


def fleet_of(model: str) -> str:
    """Fleet of a vehicle from the model its terminal was registered with.

    >>> fleet_of("TUG"), fleet_of("SK-200")
    ('tug', 'other')
    """
    name = model.strip().lower()
    return name if name in FLEETS else "other"
