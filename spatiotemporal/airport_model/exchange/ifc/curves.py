"""Curves of IFC as corners: lines, arcs of circles and ellipses, and what is put together of them."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from itertools import pairwise

import numpy as np

from spatiotemporal.airport_model.exchange.ifc.geometry import (
    Broken,
    Points,
    corners,
    moved,
    number,
    numbers,
    refs,
    rows,
)
from spatiotemporal.airport_model.exchange.ifc.model import DEEPEST, Model
from spatiotemporal.airport_model.exchange.ifc.step import Arc, Instance, Ref, Value

STEP_RAD = math.radians(15.0)
"""Arcs have a corner this often: 1 % off the radius."""

SAME = 1e-9
NOTHING: Points = np.empty((0, 3))


def curve(model: Model, reference: Value, depth: int = 0) -> Points:
    """Corners (n, 3) along a curve, in the model's unit; empty when its kind is not read.

    Raises:
        Broken: an attribute is not what the kind asks for.
    """
    told = model.get(reference)
    model.spend()
    if depth > DEEPEST:
        raise Broken("curves nest too deep")
    if told.kind == "IFCCOMPOSITECURVE":
        return _composite(model, told, depth)
    draw = _CURVES.get(told.kind)
    if draw is None:
        model.not_drawn[told.kind] += 1
        return NOTHING
    return draw(model, told)


def _polyline(model: Model, told: Instance) -> Points:
    return np.array([model.point(one) for one in refs(told.value(0))]).reshape(-1, 3)


def _indexed(model: Model, told: Instance) -> Points:
    """Points by number; without segments they are joined in their order."""
    listed = corners(model.get(told.value(0), "IFCCARTESIANPOINTLIST").value(0))
    if told.value(1) is None:
        return listed
    made: list[Points] = []
    for segment in rows(told.value(1)):
        wanted = [int(n) - 1 for n in numbers(segment)]
        if len(wanted) < 2 or min(wanted) < 0 or max(wanted) >= len(listed):
            raise Broken("a segment that points at no corner")
        points = listed[wanted]
        made.append(_through(points) if isinstance(segment, Arc) and len(wanted) == 3 else points)
    return _joined(made)


def _through(points: Points) -> Points:
    """An arc that begins, passes and ends at three points."""
    a, b, c = points
    u, v = b - a, c - a
    normal = np.cross(u, v)
    size = float(normal @ normal)
    if size < SAME * float(u @ u) * float(v @ v) or size == 0.0:
        return points  # on one line
    middle = a + (np.cross(normal, u) * (v @ v) + np.cross(v, normal) * (u @ u)) / (2 * size)
    radius = a - middle
    side = np.cross(normal / math.sqrt(size), radius)
    turn = math.atan2(float((c - middle) @ side), float((c - middle) @ radius)) % (2 * math.pi)
    angles = _steps(0.0, turn)[:, None]
    arc: Points = middle + np.cos(angles) * radius + np.sin(angles) * side
    return arc


def _composite(model: Model, told: Instance, depth: int) -> Points:
    made = []
    for segment in refs(told.value(0)):
        part = model.get(segment, "IFCCOMPOSITECURVESEGMENT", "IFCREPARAMETRISEDCOMPOSITE")
        points = curve(model, part.value(2), depth + 1)
        made.append(points if part.value(1) != "F" else points[::-1])
    return _joined(made)


def _joined(parts: list[Points]) -> Points:
    """Parts one behind the other, corners in which they meet once."""
    points = [point for part in parts for point in part]
    kept = points[:1] + [b for a, b in pairwise(points) if not np.allclose(a, b)]
    return np.array(kept).reshape(-1, 3)


def _conic(model: Model, told: Instance) -> tuple[Points, float, float]:
    """Placement and the two half axes of a circle or an ellipse."""
    first = number(told.value(1))
    second = number(told.value(2)) if told.kind == "IFCELLIPSE" else first
    return model.raw_axes(told.value(0)), first, second


def _whole(model: Model, told: Instance) -> Points:
    matrix, first, second = _conic(model, told)
    return moved(_ellipse(first, second, _steps(0.0, 2 * math.pi)[:-1]), matrix)


def _ellipse(first: float, second: float, angles: Points) -> Points:
    x, y = np.cos(angles) * first, np.sin(angles) * second
    return np.column_stack([x, y, np.zeros(len(angles))])


def _steps(start: float, end: float) -> Points:
    """Angles from one to the other, both among them."""
    return np.linspace(start, end, max(2, math.ceil(abs(end - start) / STEP_RAD) + 1))


def _trimmed(model: Model, told: Instance) -> Points:
    basis = model.get(told.value(0))
    if basis.kind in ("IFCCIRCLE", "IFCELLIPSE"):
        matrix, first, second = _conic(model, basis)
        start, end = (
            _angle(model, told.value(n), matrix, first, second, by_point=told.value(4) != "PARAMETER")
            for n in (1, 2)
        )  # fmt: skip
        return moved(_ellipse(first, second, _turned(start, end, told.value(3) != "F")), matrix)
    if basis.kind == "IFCLINE":
        return np.array([_on_line(model, told.value(n), basis) for n in (1, 2)])
    model.not_drawn[basis.kind] += 1
    return NOTHING


def _turned(start: float, end: float, ahead: bool) -> Points:
    """Angles of an arc, counter-clockwise or the other way."""
    turn = (end - start if ahead else start - end) % (2 * math.pi)
    return _steps(start, start + (turn or 2 * math.pi) * (1 if ahead else -1))


def _angle(
    model: Model, trim: Value, matrix: Points, first: float, second: float, *, by_point: bool
) -> float:
    told = [one for one in rows(trim) if isinstance(one, float) and not isinstance(one, Ref)]
    points = refs(trim)
    if told and not (by_point and points):
        return told[0] * model.angle_rad
    if not points or first <= 0 or second <= 0:
        raise Broken("an arc without ends")
    x, y, _ = np.linalg.inv(matrix[:3, :3]) @ (model.point(points[0]) - matrix[:3, 3])
    return math.atan2(y / second, x / first)


def _on_line(model: Model, trim: Value, line: Instance) -> Points:
    if points := refs(trim):
        return model.point(points[0])
    along = model.get(line.value(1), "IFCVECTOR")
    step = model.direction(along.value(0)) * number(along.value(1))
    return model.point(line.value(0)) + step * number(rows(trim)[0])


def edge(model: Model, reference: Value, start: Points, end: Points) -> Points:
    """An edge's corners between two of its points; straight where its kind is not read."""
    told = model.get(reference)
    if told.kind not in ("IFCCIRCLE", "IFCELLIPSE"):
        return np.array([start, end])
    matrix, first, second = _conic(model, told)
    if first <= 0 or second <= 0:
        raise Broken("a circle without a radius")
    turned = (np.array([start, end]) - matrix[:3, 3]) @ np.linalg.inv(matrix[:3, :3]).T
    angles = np.arctan2(turned[:, 1] / second, turned[:, 0] / first)
    return moved(_ellipse(first, second, _turned(angles[0], angles[1], True)), matrix)


_CURVES: Mapping[str, Callable[[Model, Instance], Points]] = {
    "IFCPOLYLINE": _polyline,
    "IFCINDEXEDPOLYCURVE": _indexed,
    "IFCTRIMMEDCURVE": _trimmed,
    "IFCCIRCLE": _whole,
    "IFCELLIPSE": _whole,
}
