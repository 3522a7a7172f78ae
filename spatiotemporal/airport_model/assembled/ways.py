"""Taxiways and service roads from drawn lines, made to hang together."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import cast

import shapely
from shapely import STRtree
from shapely.geometry import LineString
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.assembled.joining import Line, joined, links, trimmed
from spatiotemporal.airport_model.assembled.sheet import Item, Sheet, axis, lines
from spatiotemporal.airport_model.elements import Road, Runway, SpeedZone, Taxiway, TaxiwayKind
from spatiotemporal.airport_model.provenance import Label, Provenance
from spatiotemporal.airport_model.size_codes import SIZE_CODES

SPEEDS_MPS = {"taxiway": 10.0, "rapid_exit": 15.0, "taxilane": 6.0}
RUNWAY_SPEED_MPS = 15.0
STAND_SPEED_MPS = 2.0
LANE_M = 5.0
"""A taxi line this near to a parked aircraft is a taxilane."""

WIDEST_TAXIWAY_M = 90.0
LEAST_SHARE = 1.5
RECTANGULAR = 0.95
"""A pavement is a piece of taxiway when it is so narrow, so long for its width, and so rectangular."""

SIMPLER_M = 0.2
"""Flattened curves are thinned to this: far below the width of any wheel's track."""

ROAD_WIDTH_M = 8.0
ZONE = SpeedZone(id="road", label=Label(zh="服务车道", en="Service road"), limit_mps=25.0 / 3.6)
KMPH_PER_MPS = 3.6
LINK = "link"
AGAINST = ("-1", "reverse")
"""Lines that are followed from their end to their beginning only."""

NO_LINES = frozenset({"lead_in", "turn_taxiway", "turn_runway", "turn_lead_in", "runway"})
"""Kinds that the stands, the curves at junctions and the runways stand for themselves."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """A line with the feature it comes from."""

    line: Line
    item: Item | None
    name: str


def guidance(sheet: Sheet) -> list[tuple[Item, Line]]:
    """Lines on which aircraft taxi: the taxi network where there is one, else what is painted.

    Where nothing is painted either, taxiways drawn as rectangles have their centre lines.
    """
    for layer in ("taxi_edge", "taxi_line"):
        found = [
            (item, line)
            for item in sheet.items(layer)
            if item.text("kind") not in NO_LINES
            for line in lines(shapely.simplify(item.shape, SIMPLER_M))
        ]
        if found:
            return found
    return [(item, line) for item in sheet.items("taxiway") if (line := _along(item.shape))]


def _along(shape: BaseGeometry) -> Line:
    """The centre line of a long rectangle; nothing for other shapes."""
    ends, width = axis(shape)
    length = math.dist(*ends)
    if width > WIDEST_TAXIWAY_M or length < LEAST_SHARE * width or length * width <= 0:
        return ()
    return ends if shape.area > RECTANGULAR * length * width else ()


def taxiways(
    drawn: Sequence[tuple[Item, Line]], runways: Sequence[Runway], rooms: Sequence[BaseGeometry],
    blocked: BaseGeometry, default: Provenance, code: str,
) -> tuple[Taxiway, ...]:  # fmt: skip
    """Taxiways that hang together and on the runways.

    Args:
        rooms: where aircraft park; lines end before them, and the stands' own lead-in lines go on.
        blocked: buildings.
        code: size letter of lines that tell none.
    """
    tree = STRtree(rooms)
    cut = [
        _Drawn(line=line, item=item, name=item.text("designator", "ref"))
        for item, whole in drawn
        if len(line := trimmed(whole, tree, rooms)) > 1
    ]
    centre = [_points(runway.line) for runway in runways]
    whole = _whole(cut, centre, blocked)
    seen: Counter[str] = Counter()
    near = [tree.query(LineString(one.line), predicate="dwithin", distance=LANE_M) for one in whole]
    return tuple(
        _taxiway(one, seen, lane=len(parked) > 0, default=default, code=code)
        for one, parked in zip(whole, near, strict=True)
    )


def _points(line: LineString) -> Line:
    return tuple((float(x), float(y)) for x, y in line.coords)


def _whole(drawn: Sequence[_Drawn], others: Sequence[Line], blocked: BaseGeometry) -> list[_Drawn]:
    """Lines drawn on, with the links between pieces."""
    met = joined([one.line for one in drawn], others)
    made = [replace(one, line=line) for one, line in zip(drawn, met, strict=True)]
    return [
        *made,
        *(_Drawn(line=link, item=None, name=LINK) for link in links(met, others, blocked)),
    ]


def _named(one: _Drawn, seen: Counter[str], prefix: str) -> tuple[str, str]:
    """A name, and an id of its own."""
    name = one.name or (f"{prefix}{one.item.key}" if one.item else LINK)
    seen[name] += 1
    return name, name if seen[name] == 1 else f"{name}.{seen[name]}"


def _with_direction(line: Line, item: Item | None) -> tuple[Line, bool]:
    """A line in the direction that it may be followed in, and whether that is the only one."""
    against = item is not None and item.text("one_way", "oneway") in AGAINST
    if against:
        return line[::-1], True
    return line, item.flag("one_way", "oneway") if item is not None else False


def _taxiway(
    one: _Drawn, seen: Counter[str], *, lane: bool, default: Provenance, code: str
) -> Taxiway:
    name, key = _named(one, seen, "T")
    kind = one.item.text("kind") if one.item else ""
    if kind not in SPEEDS_MPS or (kind == "taxiway" and lane):
        kind = "taxilane" if lane else "taxiway"
    told = one.item.text("max_code", "code").upper() if one.item else ""
    line, one_way = _with_direction(one.line, one.item)
    return Taxiway(
        id=key,
        name=name,
        kind=cast(TaxiwayKind, kind),
        points=line,
        max_code=told if told in SIZE_CODES else code,
        speed_mps=SPEEDS_MPS[kind],
        one_way=one_way,
        provenance=one.item.provenance if one.item else replace(default, quality="derived"),
    )


def roads(
    sheet: Sheet, blocked: BaseGeometry, default: Provenance
) -> tuple[tuple[Road, ...], dict[str, SpeedZone]]:
    """Service roads that hang together, and their speed zones."""
    drawn = [
        _Drawn(line=line, item=item, name=item.text("designator", "ref"))
        for item in sheet.items("service_road")
        for line in lines(shapely.simplify(item.shape, SIMPLER_M))
    ]
    seen: Counter[str] = Counter()
    zones: dict[str, SpeedZone] = {}
    made = []
    for one in _whole(drawn, (), blocked):
        zone = _zone(one.item)
        zones[zone.id] = zone
        made.append(_road(one, zone, seen, default))
    return tuple(made), zones or {ZONE.id: ZONE}


def _zone(item: Item | None) -> SpeedZone:
    """The zone of a road's own limit, where it has one."""
    if item is None:
        return ZONE
    told = item.metres("speed_limit_mps")
    if math.isnan(told):
        told = item.metres("maxspeed") / KMPH_PER_MPS
    if math.isnan(told) or not 0.5 <= told <= 40.0:
        return ZONE
    shown = round(told * KMPH_PER_MPS)
    label = Label(zh=f"限速 {shown} 千米/小时", en=f"Limit {shown} km/h")
    return SpeedZone(id=f"limit_{shown}", label=label, limit_mps=told)


def _road(one: _Drawn, zone: SpeedZone, seen: Counter[str], default: Provenance) -> Road:
    name, key = _named(one, seen, "R")
    width = one.item.metres("width_m", "width") if one.item else math.nan
    line, one_way = _with_direction(one.line, one.item)
    return Road(
        id=key,
        name=name,
        label=Label(zh=f"服务车道 {name}", en=f"Service road {name}"),
        points=line,
        zone=zone,
        width_m=width if 2.0 <= width <= 60.0 else ROAD_WIDTH_M,
        one_way=one_way,
        tunnel=one.item.flag("tunnel") if one.item else False,
        provenance=one.item.provenance if one.item else replace(default, quality="derived"),
    )
