"""An airport as apt.dat tells it: the file's own words and units, nothing drawn yet.

Positions are (latitude, longitude), WGS84. Lengths are in the unit that the name says.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from service_bus import Notice
from spatiotemporal.airport_model.apt_dat.rows import Row

Place = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A corner of a ring or line.

    Attributes:
        control: where the curve that leaves the node heads for; it arrives from the mirrored side.
        paint: line painted from here to the next node, 0 for none.
        light: lights along it, 0 for none.
    """

    place: Place
    control: Place | None = None
    paint: int = 0
    light: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Chain:
    """Nodes in a row; ``closed`` chains come back to their first node."""

    nodes: tuple[Node, ...]
    closed: bool
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """Rows 110 (pavement), 120 (painted line) and 130 (boundary) with their nodes.

    Attributes:
        code: the row code.
        surface: of pavement, else 0.
        chains: of pavement, the outline first and then its holes.
    """

    code: int
    name: str
    surface: int
    chains: tuple[Chain, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayEnd:
    """One direction of a runway; ``place`` is the middle of the end of its pavement."""

    number: str
    place: Place
    displaced_m: float = 0.0
    blastpad_m: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Runway:
    """A runway on land (100, 10) or water (101).

    Attributes:
        shoulder: surface code, 0 for none.
        shoulder_m: width of each shoulder where the file gives it (edition 1200), else 0.
    """

    kind: str
    width_m: float
    surface: int
    ends: tuple[RunwayEnd, RunwayEnd]
    shoulder: int = 0
    shoulder_m: float = 0.0
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rectangle:
    """A helipad (102), or a taxiway of edition 810 (10): a rectangle about its middle."""

    kind: str
    number: str
    place: Place
    heading_deg: float
    length_m: float
    width_m: float
    surface: int
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A place where aircraft start: row 1300 with its 1301, or the older row 15.

    Attributes:
        kind: gate, hangar, tie_down or misc.
        size: ICAO letter; "" where the file does not say.
        aircraft: heavy, jets, turboprops, props, helos, fighters, or all.
    """

    name: str
    place: Place
    heading_deg: float
    kind: str = "misc"
    aircraft: tuple[str, ...] = ()
    size: str = ""
    operation: str = ""
    airlines: tuple[str, ...] = ()
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxiNode:
    """Row 1201."""

    id: int
    place: Place
    usage: str
    name: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class TaxiEdge:
    """Row 1202 (aircraft) or 1206 (ground vehicles).

    Attributes:
        kind: ``runway``, ``taxiway`` or ``taxiway_A`` to ``taxiway_F``; ``road`` for 1206.
        shape: inner points (rows 1203, 1205), in driving order.
        zones: rows 1204: phase and runways that the edge belongs to.
    """

    start: int
    end: int
    one_way: bool
    kind: str
    name: str
    shape: tuple[Place, ...] = ()
    zones: tuple[tuple[str, tuple[str, ...]], ...] = ()
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """Row 1000 with the rules (1001-1004) and runway uses (1100, 1110, 1101) under it."""

    name: str
    rules: tuple[Row, ...]
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Frequency:
    """Rows 50-56 (hundredths of MHz) and 1050-1056 (kHz), both as kHz."""

    service: str
    khz: int
    name: str
    line: int


@dataclass(frozen=True, slots=True, kw_only=True)
class AptAirport:
    """One airport of a file.

    Attributes:
        kind: ``airport``, ``seaplane_base`` or ``heliport``.
        id: the file's identifier, usually the ICAO code.
        edition: version of the file, e.g. 1100.
        metadata: rows 1302.
        objects: rows 14, 18-21, 1400-1402, 1500, 1501, as they stand.
        unknown: rows that no table has.
        original: the airport's part of the file.
    """

    kind: str
    id: str
    name: str
    elevation_ft: float
    edition: int
    metadata: Mapping[str, str]
    runways: tuple[Runway, ...]
    rectangles: tuple[Rectangle, ...]
    pavements: tuple[Drawn, ...]
    lines: tuple[Drawn, ...]
    boundaries: tuple[Drawn, ...]
    stands: tuple[Stand, ...]
    taxi_nodes: tuple[TaxiNode, ...]
    taxi_edges: tuple[TaxiEdge, ...]
    flows: tuple[Flow, ...]
    frequencies: tuple[Frequency, ...]
    objects: tuple[Row, ...]
    unknown: tuple[Row, ...]
    original: bytes
    notices: tuple[Notice, ...]

    @property
    def icao(self) -> str:
        """ICAO code: from the metadata where they have it, else the identifier."""
        return self.metadata.get("icao_code", "") or self.id
