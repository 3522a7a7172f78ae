"""Rules about distances by code letter: between runways, taxiways, taxilanes, holds and objects."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

import shapely
from shapely import STRtree
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model import clearances, pavement
from spatiotemporal.airport_model.elements import Airport, Runway, RunwayEnd, Taxiway
from spatiotemporal.airport_model.findings import Finding, Rule, finding
from spatiotemporal.airport_model.frame import Point, heading_deg, moved
from spatiotemporal.airport_model.size_codes import SIZE_CODES

ROUNDING_M = 0.05
PARALLEL_DEG = 8.0
"""Lines that differ by less run side by side; others cross or join."""

LEAST_RUN_M = 120.0
"""Shorter pieces are corners and links, on which nobody passes anybody."""


BEYOND_M = clearances.STRIP_BEYOND_M + clearances.RESA_M


def _pieces(ways: Iterable[Taxiway]) -> list[tuple[Taxiway, LineString]]:
    """Straight pieces that are long enough to pass somebody on."""
    return [
        (way, LineString(ends))
        for way in ways
        for ends in pairwise(way.points)
        if LineString(ends).length >= LEAST_RUN_M
    ]


def _side_by_side(one: LineString, other: LineString) -> float | None:
    """Distance of two parallel pieces that run beside each other for a while."""
    turn = abs(_heading(one) - _heading(other)) % 180.0
    if min(turn, 180.0 - turn) > PARALLEL_DEG:
        return None
    along = sorted(one.project(shapely.Point(end)) for end in other.coords)
    if along[1] - along[0] < LEAST_RUN_M:
        return None
    middle = one.interpolate(sum(along) / 2)
    return float(middle.distance(other))


def _heading(line: LineString) -> float:
    (x0, y0), (x1, y1) = line.coords[0], line.coords[-1]
    return heading_deg((x0, y0), (x1, y1))


def _runway_taxiway(airport: Airport) -> Iterable[Finding]:
    for runway in airport.runways:
        for way, piece in _pieces(airport.taxiways):
            gap = _side_by_side(runway.line, piece)
            needed = clearances.TO_RUNWAY_M[way.max_code]
            if gap is not None and ROUNDING_M < gap < needed - ROUNDING_M:
                message = f"{gap:.1f} m from runway {runway.name}, {needed} m needed for code {way.max_code}"
                yield finding("runway-taxiway", way.id, message, _middle(piece))


def _taxiway_taxiway(airport: Airport) -> Iterable[Finding]:
    for lane, table in ((False, clearances.TO_TAXIWAY_M), (True, clearances.LANE_TO_LANE_M)):
        ways = [way for way in airport.taxiways if (way.kind == "taxilane") is lane]
        rule = "taxilane-taxilane" if lane else "taxiway-taxiway"
        yield from _apart(rule, _pieces(ways), table)


def _apart(
    rule: str, pieces: Sequence[tuple[Taxiway, LineString]], table: Mapping[str, float]
) -> Iterable[Finding]:
    lines = [line for _, line in pieces]
    if not lines:
        return
    most = max(table.values())
    near = STRtree(lines).query(lines, predicate="dwithin", distance=most)
    for a, b in sorted((int(a), int(b)) for a, b in near.T if a < b):
        (one, first), (other, second) = pieces[a], pieces[b]
        gap = _side_by_side(first, second)
        # Two sizes side by side need half of what each would need beside its like.
        needed = (table[one.max_code] + table[other.max_code]) / 2
        if one.id != other.id and gap is not None and ROUNDING_M < gap < needed - ROUNDING_M:
            codes = f"codes {one.max_code} and {other.max_code}"
            message = f"{gap:.1f} m from {other.id}, {needed:g} m needed for {codes}"
            yield finding(rule, one.id, message, _middle(first))


def to_object_m(way: Taxiway) -> float:
    """What a line's wing tips need free to either side, from its middle."""
    if way.kind == "taxilane":
        return SIZE_CODES[way.max_code].lane_clearance_m
    return clearances.TAXIWAY_TO_OBJECT_M[way.max_code]


def _taxiway_object(airport: Airport) -> Iterable[Finding]:
    """Buildings keep clear of wing tips; into a hangar one is towed."""
    solid = [building for building in airport.buildings if building.use != "hangar"]
    areas = STRtree([building.shape for building in solid])
    for way in airport.taxiways:
        needed = to_object_m(way)
        line = pavement.way_line(way)
        for index in areas.query(line, predicate="dwithin", distance=needed - ROUNDING_M):
            gap = solid[index].shape.distance(line)
            message = (
                f"{gap:.1f} m from {solid[index].id}, {needed} m needed for code {way.max_code}"
            )
            yield finding("taxiway-object", way.id, message, _middle(line))


def _holds(airport: Airport) -> Iterable[Finding]:
    """Holding positions stand outside what an approach needs free."""
    runways = {runway.name: runway for runway in airport.runways}
    codes = {way.id: way.max_code for way in airport.taxiways}
    for hold in airport.hold_lines:
        code = codes[hold.taxiway]
        needed = clearances.HOLD_F_M if code == "F" else clearances.HOLD_M
        gap = runways[hold.runway].line.distance(shapely.Point(hold.point))
        if gap < needed - ROUNDING_M:
            message = f"{gap:.1f} m from the centre line, {needed} m needed for code {code}"
            yield finding("hold-distance", f"hold {hold.id}", message, hold.point)


def strip(runway: Runway) -> LineString:
    """Centre line of the strip: the runway and 60 m beyond either end."""
    first, second = runway.ends
    return LineString(
        [
            moved(end.pavement_end, end.heading_deg, -clearances.STRIP_BEYOND_M)
            for end in (first, second)
        ]
    )


def end_safety_area(runway: Runway, end: RunwayEnd) -> Polygon:
    """Ground behind a runway's end, strip included, twice as wide as the runway."""
    outer = moved(end.pavement_end, end.heading_deg, -BEYOND_M)
    return LineString([end.pavement_end, outer]).buffer(runway.width_m, cap_style="flat")


def _strip_free(airport: Airport) -> Iterable[Finding]:
    """No building and no parked aircraft within a runway's strip."""
    things: dict[str, BaseGeometry] = {b.id: b.shape for b in airport.buildings}
    things |= {f"stand {stand.number}": stand.polygon for stand in airport.stands}
    for runway in airport.runways:
        area = strip(runway).buffer(clearances.STRIP_HALF_M, cap_style="flat")
        for name, shape in things.items():
            if area.intersects(shape):
                place = shape.representative_point()
                message = f"stands in the strip of runway {runway.name}"
                yield finding("strip-free", name, message, (place.x, place.y))


def _ends(airport: Airport) -> Iterable[Finding]:
    """Strip and end safety area lie on the airport's own ground."""
    for runway in airport.runways:
        for end in runway.ends:
            if not airport.boundary.covers(end_safety_area(runway, end)):
                message = f"less than {BEYOND_M:g} m of own ground behind the runway's end"
                yield finding("end-safety", end.designator, message, end.pavement_end)


def _end_free(airport: Airport) -> Iterable[Finding]:
    """No building and no parked aircraft within the end safety areas."""
    things: dict[str, BaseGeometry] = {b.id: b.shape for b in airport.buildings}
    things |= {f"stand {stand.number}": stand.polygon for stand in airport.stands}
    for runway in airport.runways:
        for end in runway.ends:
            area = end_safety_area(runway, end)
            for name, shape in things.items():
                if shape.intersects(area):
                    message = f"lies in the end safety area of runway {end.designator}"
                    yield finding("end-safety", name, message)


def _middle(line: LineString) -> Point:
    middle = line.interpolate(0.5, normalized=True)
    return middle.x, middle.y


RULES: tuple[Rule, ...] = (
    (("runway-taxiway",), _runway_taxiway),
    (("taxiway-taxiway", "taxilane-taxilane"), _taxiway_taxiway),
    (("taxiway-object",), _taxiway_object),
    (("hold-distance",), _holds),
    (("strip-free",), _strip_free),
    (("end-safety",), _ends),
    (("end-safety",), _end_free),
)
