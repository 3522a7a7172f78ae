"""Holding points: one across every taxiway that enters a runway, where it leaves the strip."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import shapely
from shapely.geometry import LineString, Point

from spatiotemporal.airport_model import frame
from spatiotemporal.airport_model.elements import HoldLine, Runway, Taxiway

HALF_STEP_M = 1.0
"""Distance used to read a line's direction on either side of a holding point."""


def place(runways: Sequence[Runway], taxiways: Sequence[Taxiway]) -> tuple[HoldLine, ...]:
    """Find the holding points of all runways, in the order of the taxiways."""
    lines = [LineString(way.points) for way in taxiways]
    entering = [_entering(lines, runway) for runway in runways]
    found: list[HoldLine] = []
    for index, way in enumerate(taxiways):
        for runway, ways in zip(runways, entering, strict=True):
            if index in ways:
                found.extend(_across(way, lines[index], runway))
    return tuple(found)


def _entering(lines: Sequence[LineString], runway: Runway) -> set[int]:
    """Lines that lead onto a runway, themselves or by others that they meet inside its strip."""
    strip = runway.strip
    near = [index for index, line in enumerate(lines) if line.intersects(strip)]
    inside = {index: lines[index].intersection(strip) for index in near}
    found = {index for index in near if lines[index].distance(runway.line) < HALF_STEP_M}
    queue = list(found)
    while queue:
        met = inside[queue.pop()]
        for index in near:
            if index not in found and inside[index].distance(met) < HALF_STEP_M:
                found.add(index)
                queue.append(index)
    return found


def _across(way: Taxiway, line: LineString, runway: Runway) -> Iterator[HoldLine]:
    crossings = line.intersection(runway.strip.boundary)
    places = sorted(
        line.project(part) for part in shapely.get_parts(crossings) if isinstance(part, Point)
    )
    for index, distance in enumerate(places, start=1):
        before = line.interpolate(max(0.0, distance - HALF_STEP_M))
        after = line.interpolate(min(line.length, distance + HALF_STEP_M))
        heading = frame.heading_deg((before.x, before.y), (after.x, after.y))
        if runway.line.distance(before) < runway.line.distance(after):
            heading = (heading + 180.0) % 360.0
        point = line.interpolate(distance)
        yield HoldLine(
            id=f"{way.id}:{runway.name}:{index}",
            runway=runway.name,
            taxiway=way.id,
            point=(point.x, point.y),
            distance_m=distance,
            heading_deg=heading,
            width_m=way.paved_width_m,
        )
