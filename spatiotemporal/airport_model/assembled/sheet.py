"""Layers laid out in the metres of a local frame, and how values of attributes are read."""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, cast

import shapely
from shapely.geometry import LineString, Polygon, shape
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.frame import Frame, Point
from spatiotemporal.airport_model.provenance import Label, Provenance, Quality

Layers = Mapping[str, Mapping[str, object]]
"""GeoJSON feature collections in WGS84 by the project's layer names."""

QUALITIES = ("declared", "estimate", "derived")
FOOT_M = 0.3048
SAME_M = 0.01

_NUMBER = re.compile(r"^\s*(-?\d+(?:[.,]\d+)?)\s*(m|metres|ft|feet|')?\s*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One feature.

    Attributes:
        key: the last part of its id, unique in its layer.
        shape: in the frame.
    """

    key: str
    shape: BaseGeometry
    told: Mapping[str, Any]

    def text(self, *names: str) -> str:
        """The first of some attributes that has a text or a number; "" when none has."""
        for name in names:
            value = self.told.get(name)
            if isinstance(value, str) and value.strip():
                return value.strip()
            if isinstance(value, int | float) and not isinstance(value, bool):
                return f"{value:g}"
        return ""

    def metres(self, *names: str) -> float:
        """The first of some attributes that is a length; not a number when none is.

        Texts may carry their unit: ``45``, ``45 m``, ``148 ft``.
        """
        for name in names:
            found = length_m(self.told.get(name))
            if not math.isnan(found):
                return found
        return math.nan

    def flag(self, *names: str) -> bool:
        """Whether one of some attributes says yes."""
        return any(self.told.get(name) in (True, 1, "yes", "true", "1") for name in names)

    @property
    def label(self) -> Label:
        """Its names, each standing in for the other."""
        zh, en = self.text("name_zh"), self.text("name_en")
        name = self.text("designator", "number", "full_name") or self.key
        return Label(zh=zh or en or name, en=en or zh or name)

    @property
    def provenance(self) -> Provenance:
        """Where it comes from, as it says itself."""
        quality = self.told.get("quality")
        return Provenance(
            source=self.text("source") or "import",
            quality=cast(Quality, quality if quality in QUALITIES else "estimate"),
            valid_from=_day(self.told.get("valid_from")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """All layers in one frame."""

    frame: Frame
    layers: Layers

    def items(self, layer: str) -> list[Item]:
        """The features of a layer; none when there is no such layer."""
        return list(items(self.layers, layer, self.frame))


def items(layers: Layers, layer: str, frame: Frame) -> Iterable[Item]:
    """The features of a layer that have a shape, in the frame."""
    listed = layers.get(layer, {}).get("features", ())
    assert isinstance(listed, Sequence)
    for number, feature in enumerate(listed, start=1):
        found = frame.into(shapely.force_2d(shape(feature["geometry"])))
        told = feature.get("properties") or {}
        key = str(feature.get("id") or told.get("id") or number).split(".", 2)[-1]
        if not found.is_empty:
            yield Item(key=key, shape=found, told=told)


def length_m(value: object) -> float:
    """Metres of a value; not a number when it is no length.

    >>> length_m("148 ft"), length_m(45), length_m("wide")
    (45.1104, 45.0, nan)
    """
    if isinstance(value, bool):
        return math.nan
    if isinstance(value, int | float):
        return float(value) if math.isfinite(value) else math.nan
    found = _NUMBER.match(value) if isinstance(value, str) else None
    if found is None:
        return math.nan
    metres = float(found.group(1).replace(",", "."))
    return metres * FOOT_M if (found.group(2) or "").lower() in ("ft", "feet", "'") else metres


def degrees(value: object) -> tuple[float, float] | None:
    """Latitude and longitude of a GeoJSON position in an attribute; ``None`` when it is none.

    >>> degrees([121.33, 31.2]), degrees("here")
    ((31.2, 121.33), None)
    """
    if not isinstance(value, list | tuple) or len(value) < 2:
        return None
    lon, lat = value[0], value[1]
    numbers = all(isinstance(v, int | float) and not isinstance(v, bool) for v in (lon, lat))
    if not numbers or not (abs(lon) <= 180.0 and abs(lat) <= 90.0):
        return None
    return float(lat), float(lon)


def lines(shape: BaseGeometry) -> list[tuple[Point, ...]]:
    """The lines of a shape without repeated points; outlines of areas are no lines."""
    found: list[tuple[Point, ...]] = []
    for part in shapely.get_parts(shape).tolist():
        if isinstance(part, LineString):
            points: list[Point] = []
            for x, y in part.coords:
                if not points or math.dist(points[-1], (x, y)) > SAME_M:
                    points.append((x, y))
            if len(points) > 1:
                found.append(tuple(points))
    return found


def areas(shape: BaseGeometry) -> list[Polygon]:
    """The areas of a shape, slivers under 1 m2 left out."""
    parts = shapely.get_parts(shape if shape.is_valid else shapely.make_valid(shape)).tolist()
    flat = [inner for part in parts for inner in shapely.get_parts(part).tolist()]
    return [part for part in flat if isinstance(part, Polygon) and part.area >= 1.0]


def axis(shape: BaseGeometry) -> tuple[tuple[Point, Point], float]:
    """Middles of the short sides of the smallest rectangle round a shape, and its width."""
    corners = shapely.get_coordinates(shapely.oriented_envelope(shape))[:4].tolist()
    if len(corners) < 4:
        x, y = corners[0] if corners else (0.0, 0.0)
        return ((x, y), (x, y)), 0.0
    a, b, c, d = ((float(x), float(y)) for x, y in corners)
    if math.dist(a, b) < math.dist(b, c):
        a, b, c, d = b, c, d, a
    return (_between(a, d), _between(b, c)), math.dist(b, c)


def _between(one: Point, other: Point) -> Point:
    return (one[0] + other[0]) / 2, (one[1] + other[1]) / 2


def _day(value: object) -> date:
    try:
        return date.fromisoformat(str(value)[:10])
    except ValueError:
        return date(1970, 1, 1)
