"""The things an airport is described with, in the metres of its local frame.

Headings are degrees clockwise from the frame's ``y`` axis unless the name says ``true``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from shapely.geometry import LineString, MultiPolygon, Polygon
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.frame import Frame, Point, moved
from spatiotemporal.airport_model.provenance import Label, Provenance
from spatiotemporal.airport_model.size_codes import SIZE_CODES
from spatiotemporal.airport_model.stands import Stand

TaxiwayKind = Literal["taxiway", "rapid_exit", "taxilane"]


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayEnd:
    """One of a runway's two directions.

    Attributes:
        designator: painted number, e.g. ``36R``.
        pavement_end: where the runway's own pavement begins.
        threshold: where landing may begin (behind the displacement).
        heading_deg: direction of landing in the frame.
        displaced_m: distance between the two.
    """

    designator: str
    pavement_end: Point
    threshold: Point
    heading_deg: float
    displaced_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Runway:
    """A strip of pavement with two designators.

    Attributes:
        name: both designators, ``18R/36L``.
        centre: middle of the pavement.
        heading_deg: direction of the first designator in the frame.
        hold_distance_m: holding points stand this far from the centre line (Annex 14 table 3-2).
    """

    name: str
    centre: Point
    heading_deg: float
    bearing_true_deg: float
    length_m: float
    width_m: float
    displaced_m: tuple[float, float]
    surface: str
    hold_distance_m: float
    pad_m: float
    provenance: Provenance

    @property
    def ends(self) -> tuple[RunwayEnd, RunwayEnd]:
        """The two directions, in the order of the name."""
        first, second = self.name.split("/")
        return (
            self._end(first, self.heading_deg, self.displaced_m[0]),
            self._end(second, (self.heading_deg + 180.0) % 360.0, self.displaced_m[1]),
        )

    def _end(self, designator: str, heading: float, displaced: float) -> RunwayEnd:
        start = moved(self.centre, heading, -self.length_m / 2)
        return RunwayEnd(
            designator=designator,
            pavement_end=start,
            threshold=moved(start, heading, displaced),
            heading_deg=heading,
            displaced_m=displaced,
        )

    @property
    def line(self) -> LineString:
        """The centre line."""
        return LineString([end.pavement_end for end in self.ends])

    @property
    def polygon(self) -> Polygon:
        """The runway's pavement, without shoulders."""
        return self.line.buffer(self.width_m / 2, cap_style="flat")

    @property
    def strip(self) -> Polygon:
        """The ground inside the holding points: nobody waits here."""
        first, second = self.ends
        ahead = LineString(
            [
                moved(first.pavement_end, first.heading_deg, -60.0),
                moved(second.pavement_end, second.heading_deg, -60.0),
            ]
        )
        return ahead.buffer(self.hold_distance_m, cap_style="flat")


@dataclass(frozen=True, slots=True, kw_only=True)
class Taxiway:
    """A named line that aircraft follow; a name may have several lines.

    Attributes:
        id: stable within the airport; the name, with a number when the name has several lines.
        max_code: largest size letter.
        one_way: only in the order of ``points``; rapid exits are, off the runway.
    """

    id: str
    name: str
    kind: TaxiwayKind
    points: tuple[Point, ...]
    max_code: str
    speed_mps: float
    one_way: bool
    provenance: Provenance

    @property
    def paved_width_m(self) -> float:
        """Width with shoulders."""
        return SIZE_CODES[self.max_code].paved_width_m


@dataclass(frozen=True, slots=True, kw_only=True)
class Apron:
    """Pavement where aircraft park.

    Attributes:
        declared: stands per size letter that the description promises.
    """

    id: str
    label: Label
    shape: BaseGeometry
    declared: Mapping[str, int]
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Building:
    """A box with storeys.

    Attributes:
        use: terminal, hangar, cargo, service, tank, tower, transport or parking.
    """

    id: str
    label: Label
    use: str
    shape: BaseGeometry
    storeys: int
    height_m: float
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedZone:
    """A class of service road with one speed limit."""

    id: str
    label: Label
    limit_mps: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Road:
    """A service road; ``tunnel`` roads pass under runways and buildings."""

    id: str
    name: str
    label: Label
    points: tuple[Point, ...]
    zone: SpeedZone
    width_m: float
    one_way: bool
    tunnel: bool
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class Facility:
    """A named place on the service roads: where vehicles live, load or wait."""

    id: str
    label: Label
    use: str
    point: Point
    provenance: Provenance


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldLine:
    """Where aircraft wait before they enter a runway.

    Attributes:
        taxiway: id of the taxiway that it lies across.
        distance_m: along that taxiway, from its first point.
        heading_deg: direction of an aircraft that is about to enter.
    """

    id: str
    runway: str
    taxiway: str
    point: Point
    distance_m: float
    heading_deg: float
    width_m: float

    @property
    def line(self) -> LineString:
        """The painted line, across the taxiway."""
        half = self.width_m / 2
        return LineString(
            [moved(self.point, self.heading_deg, 0.0, side) for side in (-half, half)]
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Airport:
    """An airport, complete: what was authored and the stands and holding points made of it.

    Attributes:
        elevation_m: of the ground above mean sea level.
        geoid_m: height of mean sea level above the WGS84 ellipsoid there, to some metres.
        paved: taxiway pavement that was drawn as areas, beside what the lines pave.
    """

    icao: str
    iata: str
    label: Label
    frame: Frame
    elevation_m: float
    time_zone: str
    version: str
    notice: Label
    provenance: Provenance
    boundary: Polygon
    grass: MultiPolygon
    runways: tuple[Runway, ...]
    taxiways: tuple[Taxiway, ...]
    aprons: tuple[Apron, ...]
    stands: tuple[Stand, ...]
    hold_lines: tuple[HoldLine, ...]
    buildings: tuple[Building, ...]
    roads: tuple[Road, ...]
    facilities: tuple[Facility, ...]
    zones: Mapping[str, SpeedZone]
    runway_speed_mps: float
    stand_speed_mps: float
    geoid_m: float = 0.0
    paved: BaseGeometry = field(default_factory=MultiPolygon)

    @property
    def name_zh(self) -> str:
        """Chinese name."""
        return self.label.zh

    @property
    def name_en(self) -> str:
        """English name."""
        return self.label.en
