"""Shapes as a text file writes them, and the two things done to lines: rounding and facing.

A shape is the union of any of ``outline`` (corner points; ``outlines`` for several), ``boxes``
(``[x0, y0, x1, y1]``), ``bars`` (``[x0, y0, x1, y1, width]``: a straight piece with a width) and
``circles`` (``[x, y, radius]``), less the boxes in ``without``. All metres of the local frame.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

from spatiotemporal.airport_model import frame
from spatiotemporal.airport_model.toml_table import TomlTable

ARC_STEP_DEG = 9.0
"""Rounded corners turn this much per point: 0.1 m off the true arc at a radius of 45 m."""


def read_shape(table: TomlTable) -> BaseGeometry:
    """Take the shape keys out of ``table``.

    Raises:
        DescriptionFault: no shape key, or a shape without area.
    """
    parts: list[BaseGeometry] = []
    if "outline" in table:
        parts.append(_outline(table))
    for index, corners in enumerate(table.items("outlines", ())):
        inner = TomlTable(
            {"outline": corners}, file=table.file, path=f"{table.path}.outlines[{index}]"
        )
        parts.append(_outline(inner))
    parts += [_box(values) for values in _rows(table, "boxes", 4)]
    for x0, y0, x1, y1, width in _rows(table, "bars", 5):
        parts.append(LineString([(x0, y0), (x1, y1)]).buffer(width / 2, cap_style="flat"))
    for x, y, radius in _rows(table, "circles", 3):
        parts.append(Point(x, y).buffer(radius, quad_segs=8))
    if not parts:
        raise table.fault("outline", "missing; expected outline, boxes, bars or circles")
    shape = shapely.union_all(parts)
    for values in _rows(table, "without", 4):
        shape = shape.difference(_box(values))
    if not shape.is_valid or shape.area < 1.0:
        raise table.fault("outline", "is not a simple shape with an area")
    return shape


def _outline(table: TomlTable) -> Polygon:
    shape = Polygon(table.points("outline", least=3))
    if not shape.is_valid:
        raise table.fault("outline", f"is no simple shape: {explain_validity(shape)}")
    return shape


def _box(sides: Sequence[float]) -> Polygon:
    west, south, east, north = sides
    return box(west, south, east, north)


def _rows(table: TomlTable, key: str, count: int) -> list[tuple[float, ...]]:
    rows: list[tuple[float, ...]] = []
    for index, value in enumerate(table.items(key, ())):
        inner = TomlTable({key: value}, file=table.file, path=f"{table.path}.{key}[{index}]")
        rows.append(inner.numbers(key, count))
    return rows


def polygons(shape: BaseGeometry) -> MultiPolygon:
    """The areas of a shape, without stray lines and slivers under 1 m2."""
    parts = shapely.get_parts(shape).tolist()
    found = [part for part in parts if isinstance(part, Polygon) and part.area >= 1.0]
    return MultiPolygon(found)


def turn_deg(before: frame.Point, corner: frame.Point, after: frame.Point) -> float:
    """Change of heading at a corner, -180 (left) to 180 (right).

    >>> turn_deg((0, 0), (0, 10), (10, 10))
    90.0
    """
    change = frame.heading_deg(corner, after) - frame.heading_deg(before, corner)
    return (change + 180.0) % 360.0 - 180.0


def arc(
    before: frame.Point, corner: frame.Point, after: frame.Point, tangent_m: float
) -> tuple[frame.Point, ...]:
    """Points of the circle that leaves one leg ``tangent_m`` before a corner and joins the other.

    >>> first, *_, last = arc((0, 0), (0, 10), (10, 10), 5.0)
    >>> [round(v, 6) for v in (*first, *last)]
    [0.0, 5.0, 5.0, 10.0]
    """
    turn = turn_deg(before, corner, after)
    come = frame.heading_deg(before, corner)
    start = frame.moved(corner, come, -tangent_m)
    if abs(turn) < 1.0 or abs(turn) > 170.0:
        return (corner,)
    steps = max(2, math.ceil(abs(turn) / ARC_STEP_DEG))
    radius = tangent_m / math.tan(math.radians(abs(turn)) / 2)
    chord = 2 * radius * math.sin(math.radians(abs(turn)) / steps / 2)
    points, heading = [start], come + turn / steps / 2
    for _ in range(steps):
        points.append(frame.moved(points[-1], heading, chord))
        heading += turn / steps
    return tuple(points)


def tangent_m(turn: float, radius_m: float, room_m: float) -> float:
    """Length of leg that a corner of this turn uses up, at most ``room_m``."""
    return min(room_m, radius_m * math.tan(math.radians(min(abs(turn), 170.0)) / 2))


def rounded(points: Sequence[frame.Point], radius_m: float) -> tuple[frame.Point, ...]:
    """A polyline with its corners rounded as far as its legs allow."""
    if len(points) < 3:
        return tuple(points)
    out: list[frame.Point] = [points[0]]
    for before, corner, after in zip(points, points[1:], points[2:], strict=False):
        room = 0.49 * min(math.dist(before, corner), math.dist(corner, after))
        turn = turn_deg(before, corner, after)
        out.extend(arc(before, corner, after, tangent_m(turn, radius_m, room)))
    out.append(points[-1])
    return tuple(out)
