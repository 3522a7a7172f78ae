"""Areas that are swept to bodies, as outlines in their plane; holes in them are not read."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping

import numpy as np

from spatiotemporal.airport_model.exchange.ifc.curves import curve
from spatiotemporal.airport_model.exchange.ifc.geometry import (
    Broken,
    Points,
    moved,
    numbers,
    refs,
)
from spatiotemporal.airport_model.exchange.ifc.model import DEEPEST, Model
from spatiotemporal.airport_model.exchange.ifc.step import Value

CORNERS = 24
"""Of a circle."""


def outlines(model: Model, reference: Value, depth: int = 0) -> list[Points]:
    """Outlines (n, 3) of an area, in the model's unit; none when its kind is not read.

    Raises:
        Broken: an attribute is not what the kind asks for.
    """
    area = model.get(reference)
    model.spend()
    if depth > DEEPEST:
        raise Broken("profiles nest too deep")
    if area.kind in ("IFCARBITRARYCLOSEDPROFILEDEF", "IFCARBITRARYPROFILEDEFWITHVOIDS"):
        return [curve(model, area.value(2))]
    if area.kind == "IFCCOMPOSITEPROFILEDEF":
        return [o for one in refs(area.value(2)) for o in outlines(model, one, depth + 1)]
    if area.kind in ("IFCDERIVEDPROFILEDEF", "IFCMIRROREDPROFILEDEF"):
        turn = np.diag([-1.0, 1.0, 1.0, 1.0])
        if area.kind == "IFCDERIVEDPROFILEDEF":
            turn = model.operator(area.value(3))
        return [moved(one, turn) for one in outlines(model, area.value(2), depth + 1)]
    draw = _PROFILES.get(area.kind)
    if draw is None:
        model.not_drawn[area.kind] += 1
        return []
    return [moved(draw(numbers(tuple(area.values[3:]))), model.raw_axes(area.value(2)))]


def rectangle(sides: list[float]) -> Points:
    """A rectangle about the origin, of width and depth."""
    if len(sides) < 2:
        raise Broken("a rectangle without two sides")
    x, y = sides[0] / 2, sides[1] / 2
    return np.array([[-x, -y, 0.0], [x, -y, 0.0], [x, y, 0.0], [-x, y, 0.0]])


def _upright(sides: list[float]) -> Points:
    """Profiles of steel that tell their depth first; an angle without a width is as wide as deep."""
    return rectangle([sides[1] if len(sides) > 2 else sides[0], *sides[:1]])


def circle(radii: list[float]) -> Points:
    """A circle about the origin, or an ellipse where there are two radii."""
    if not radii:
        raise Broken("a circle without a radius")
    turns = np.linspace(0.0, 2 * math.pi, CORNERS, endpoint=False)
    first, second = radii[0], radii[-1]
    return np.column_stack([np.cos(turns) * first, np.sin(turns) * second, np.zeros(CORNERS)])


def _trapezium(sides: list[float]) -> Points:
    if len(sides) < 4:
        raise Broken("a trapezium without its sides")
    bottom, top, high, shift = sides[:4]
    left, low = -bottom / 2, -high / 2
    x = left + shift
    return np.array([[left, low, 0.0], [-left, low, 0], [x + top, -low, 0], [x, -low, 0]])


_PROFILES: Mapping[str, Callable[[list[float]], Points]] = {
    "IFCRECTANGLEPROFILEDEF": rectangle,
    "IFCROUNDEDRECTANGLEPROFILEDEF": rectangle,
    "IFCRECTANGLEHOLLOWPROFILEDEF": rectangle,
    "IFCISHAPEPROFILEDEF": rectangle,
    "IFCTSHAPEPROFILEDEF": _upright,
    "IFCLSHAPEPROFILEDEF": _upright,
    "IFCUSHAPEPROFILEDEF": _upright,
    "IFCCSHAPEPROFILEDEF": _upright,
    "IFCTRAPEZIUMPROFILEDEF": _trapezium,
    "IFCCIRCLEPROFILEDEF": lambda radii: circle(radii[:1]),
    "IFCCIRCLEHOLLOWPROFILEDEF": lambda radii: circle(radii[:1]),
    "IFCELLIPSEPROFILEDEF": lambda radii: circle(radii[:2]),
}
