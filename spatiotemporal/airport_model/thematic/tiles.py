"""Vector tiles of layers: Mapbox Vector Tile 2.1, written with the few protobuf parts that it needs.

A tile is a square of Web Mercator cut into 4,096 units, ``y`` down; its layers hold features with a
number, tags and geometry as commands with zigzag deltas. Shapes are cut a little outside the square
so that strokes do not end at its edge, and simplified to half a unit, which nobody can see.
"""

from __future__ import annotations

import itertools
import math
import struct
from collections.abc import Iterable, Mapping, Sequence

import numpy as np
import orjson
import shapely
from numpy.typing import NDArray
from shapely.geometry import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.thematic.versions import Box, Version

EXTENT = 4096
BUFFER = 64
"""Units beyond the square; the widest stroke of the console is far thinner."""

SIMPLER = 0.5
MOST_ZOOM = 22
MEDIA_TYPE = "application/vnd.mapbox-vector-tile"

MOST_LATITUDE = 85.0511287798
_MOVE, _LINE, _CLOSE = 1, 2, 7

Layers = Mapping[str, Sequence[Version]]


def box_of(z: int, x: int, y: int) -> Box:
    """Extent of a tile with its buffer, degrees.

    >>> [round(v, 3) for v in box_of(1, 1, 0)]
    [-2.812, -2.811, 182.812, 85.288]
    """
    edge = BUFFER / EXTENT
    west, east = ((x + add) / 2**z * 360.0 - 180.0 for add in (-edge, 1 + edge))
    north, south = (_latitude((y + add) / 2**z) for add in (-edge, 1 + edge))
    return west, south, east, north


def _latitude(share: float) -> float:
    return math.degrees(math.atan(math.sinh(math.pi * (1 - 2 * share))))


def encode(layers: Layers, z: int, x: int, y: int) -> bytes:
    """A tile of layers, in their order; layers without anything in it are left out.

    Raises:
        ValueError: no such tile.
    """
    if not (0 <= z <= MOST_ZOOM and 0 <= x < 2**z and 0 <= y < 2**z):
        raise ValueError(f"no tile {z}/{x}/{y}: zoom is 0 to {MOST_ZOOM}, x and y below 2**zoom")
    made = bytearray()
    for name, versions in layers.items():
        body = _layer(name, versions, z, x, y)
        if body:
            made += _bytes(3, body)
    return bytes(made)


def _layer(name: str, versions: Sequence[Version], z: int, x: int, y: int) -> bytes:
    tags, features = _Tags(), bytearray()
    shapes = _in_tile([version.content.shape for version in versions], z, x, y)
    for version, shape in zip(versions, shapes, strict=True):
        kind, commands = _geometry(shape)
        if commands:
            told = {**version.content.properties, "id": version.content.feature_id}
            features += _bytes(2, _feature(version.seq, tags.of(told), kind, commands))
    if not features:
        return b""
    keys = b"".join(_bytes(3, key.encode()) for key in tags.keys)
    values = b"".join(_bytes(4, value) for value in tags.values)
    head = _bytes(1, name.encode())
    return head + bytes(features) + keys + values + _number(5, EXTENT) + _number(15, 2)


def _in_tile(shapes: Sequence[BaseGeometry], z: int, x: int, y: int) -> list[BaseGeometry]:
    """Shapes in units of the tile, simplified and cut."""

    def units(degrees: NDArray[np.float64]) -> NDArray[np.float64]:
        latitude = np.radians(np.clip(degrees[:, 1], -MOST_LATITUDE, MOST_LATITUDE))
        east = (degrees[:, 0] / 360.0 + 0.5) * 2**z - x
        north = (1 - np.arcsinh(np.tan(latitude)) / math.pi) / 2 * 2**z - y
        return np.column_stack([east, north]) * EXTENT

    if not shapes:
        return []
    turned = shapely.transform(np.asarray(shapes, dtype=object), units)
    simple = shapely.simplify(turned, SIMPLER, preserve_topology=True)
    low, high = -BUFFER, EXTENT + BUFFER
    cut: list[BaseGeometry] = shapely.clip_by_rect(simple, low, low, high, high).tolist()
    return cut


def _geometry(shape: BaseGeometry) -> tuple[int, list[int]]:
    """Type number and commands; no commands when nothing is left of the shape."""
    parts = shapely.get_parts(shape).tolist()
    areas = [part for part in parts if isinstance(part, Polygon)]
    lines = [part for part in parts if isinstance(part, LineString)]
    points = [part for part in parts if isinstance(part, Point) and not part.is_empty]
    pen = _Pen()
    if areas:
        for area in areas:
            pen.area(area)
        return 3, pen.commands
    if lines:
        for line in lines:
            pen.line(_whole(line.coords))
        return 2, pen.commands
    if points:
        pen.dots([place for point in points for place in _whole(point.coords)])
    return 1, pen.commands


def _whole(coords: Iterable[Sequence[float]]) -> list[tuple[int, int]]:
    """Places rounded to units, neighbours that became one left out."""
    made: list[tuple[int, int]] = []
    for x, y, *_ in coords:
        place = round(x), round(y)
        if not made or place != made[-1]:
            made.append(place)
    return made


class _Pen:
    """Writes commands; every place is told as the way from the one before."""

    def __init__(self) -> None:
        self.commands: list[int] = []
        self._at = (0, 0)

    def dots(self, places: Sequence[tuple[int, int]]) -> None:
        self.commands.append(_MOVE | len(places) << 3)
        self._go(places)

    def line(self, places: Sequence[tuple[int, int]]) -> None:
        if len(places) < 2:
            return
        self.commands.append(_MOVE | 1 << 3)
        self._go(places[:1])
        self.commands.append(_LINE | (len(places) - 1) << 3)
        self._go(places[1:])

    def area(self, area: Polygon) -> None:
        outline = _whole(area.exterior.coords)
        if _turned(outline) == 0:
            return
        self._ring(outline, clockwise=True)
        for hole in area.interiors:
            self._ring(_whole(hole.coords), clockwise=False)

    def _ring(self, places: list[tuple[int, int]], *, clockwise: bool) -> None:
        area = _turned(places)
        if area == 0:
            return
        if (area > 0) is not clockwise:  # y is down, so a positive area turns clockwise
            places = places[::-1]
        self.line(places[:-1])
        self.commands.append(_CLOSE | 1 << 3)

    def _go(self, places: Sequence[tuple[int, int]]) -> None:
        for x, y in places:
            self.commands += (_zigzag(x - self._at[0]), _zigzag(y - self._at[1]))
            self._at = x, y


def _turned(ring: Sequence[tuple[int, int]]) -> int:
    """Twice the signed area of a closed ring; 0 for fewer than three corners."""
    if len(ring) < 4:
        return 0
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in itertools.pairwise(ring))


class _Tags:
    """Keys and values of a layer, each kept once."""

    def __init__(self) -> None:
        self.keys: dict[str, int] = {}
        self.values: dict[bytes, int] = {}

    def of(self, told: Mapping[str, object]) -> list[int]:
        tags: list[int] = []
        for key, value in told.items():
            if value is not None:
                tags.append(self.keys.setdefault(key, len(self.keys)))
                tags.append(self.values.setdefault(_value(value), len(self.values)))
        return tags


def _value(value: object) -> bytes:
    match value:
        case bool():
            return _number(7, int(value))
        case int():
            return _number(6, _zigzag(value))
        case float():
            return _varint(3 << 3 | 1) + struct.pack("<d", value)
        case str():
            return _bytes(1, value.encode())
    return _bytes(1, orjson.dumps(value))


def _feature(number: int, tags: Sequence[int], kind: int, commands: Sequence[int]) -> bytes:
    return b"".join(
        (
            _number(1, number),
            _bytes(2, b"".join(map(_varint, tags))),
            _number(3, kind),
            _bytes(4, b"".join(map(_varint, commands))),
        )
    )


def _zigzag(value: int) -> int:
    return value << 1 if value >= 0 else (-value << 1) - 1


def _varint(value: int) -> bytes:
    if value < 128:
        return bytes((value,))
    made = bytearray()
    while value > 127:
        made.append(value & 127 | 128)
        value >>= 7
    made.append(value)
    return bytes(made)


def _number(field: int, value: int) -> bytes:
    return _varint(field << 3) + _varint(value)


def _bytes(field: int, body: bytes) -> bytes:
    return _varint(field << 3 | 2) + _varint(len(body)) + body
