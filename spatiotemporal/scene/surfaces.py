"""Triangles in three dimensions, and the solids that everything here is made of.

A surface is points (n, 3) float64 and triangles (m, 3) int64 of their rows. Metres; ``z`` is up;
triangles run counter-clockwise when looked at from outside.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

Points = NDArray[np.float64]
Triangles = NDArray[np.int64]


class Surface(NamedTuple):
    """Points and the triangles between them."""

    points: Points
    triangles: Triangles

    def moved(
        self, x: float, y: float, z: float = 0.0, *, heading_deg: float = 0.0, scale: float = 1.0
    ) -> Surface:
        """The same, with its own ``y`` axis turned clockwise to ``heading_deg`` and carried to a place."""
        turn = math.radians(heading_deg)
        sin, cos = math.sin(turn), math.cos(turn)
        across, ahead, up = (self.points * scale).T
        return Surface(
            np.column_stack(
                [x + across * cos + ahead * sin, y - across * sin + ahead * cos, z + up]
            ),
            self.triangles,
        )

    def mirrored(self) -> Surface:
        """The same with left and right exchanged."""
        return Surface(self.points * np.array([-1.0, 1.0, 1.0]), self.triangles[:, ::-1])


EMPTY = Surface(np.empty((0, 3)), np.empty((0, 3), dtype=np.int64))


def joined(surfaces: Sequence[Surface]) -> Surface:
    """Several surfaces as one."""
    kept = [surface for surface in surfaces if len(surface.triangles)]
    if not kept:
        return EMPTY
    starts = np.cumsum([0, *(len(surface.points) for surface in kept[:-1])])
    return Surface(
        np.concatenate([surface.points for surface in kept]),
        np.concatenate(
            [surface.triangles + start for surface, start in zip(kept, starts, strict=True)]
        ),
    )


def polygons(shape: BaseGeometry, least_m2: float = 0.01) -> list[Polygon]:
    """The areas of a shape, outlines counter-clockwise and holes clockwise."""
    parts = shapely.get_parts(shape).tolist()
    found = [part for part in parts if isinstance(part, Polygon) and part.area >= least_m2]
    return [shapely.geometry.polygon.orient(part, 1.0) for part in found]


def flat_triangles(shape: BaseGeometry) -> tuple[Points, Triangles]:
    """Corners (n, 2) of a flat shape and triangles that cover it, counter-clockwise from above.

    The triangulation is constrained to the outline and has no corners but the shape's own.
    """
    made = shapely.constrained_delaunay_triangles(polygons(shape))
    parts = shapely.get_parts(made)
    if len(parts) == 0:
        return np.empty((0, 2)), np.empty((0, 3), dtype=np.int64)
    corners = shapely.get_coordinates(parts).reshape(-1, 4, 2)[:, :3]
    one, two = corners[:, 1] - corners[:, 0], corners[:, 2] - corners[:, 0]
    area = one[:, 0] * two[:, 1] - one[:, 1] * two[:, 0]
    corners = np.where((area < 0)[:, None, None], corners[:, ::-1], corners)[np.abs(area) > 1e-9]
    points, rows = np.unique(corners.reshape(-1, 2), axis=0, return_inverse=True)
    return points, rows.reshape(-1, 3).astype(np.int64)


def cap(shape: BaseGeometry, z: float) -> Surface:
    """A flat shape at a height, seen from above."""
    corners, triangles = flat_triangles(shape)
    return Surface(np.column_stack([corners, np.full(len(corners), z)]), triangles)


def sides(shape: BaseGeometry) -> list[tuple[tuple[float, float], tuple[float, float]]]:
    """The sides of a shape's outlines, with the shape at their left."""
    found = []
    for part in polygons(shape):
        corners = [(float(x), float(y)) for x, y in shapely.get_coordinates(part.exterior).tolist()]
        found += list(itertools.pairwise(corners))
    return found


def floor(shape: BaseGeometry, z: float) -> Surface:
    """A flat shape at a height, seen from below."""
    points, triangles = cap(shape, z)
    return Surface(points, triangles[:, ::-1])


def walls(shape: BaseGeometry, low: float, high: float) -> Surface:
    """Upright walls round every outline and hole of a shape."""
    made: list[Surface] = []
    for part in polygons(shape):
        for ring in (part.exterior, *part.interiors):
            corners = np.asarray(ring.coords)[:, :2]
            made.append(_band(corners, low, high))
    return joined(made)


def _band(corners: Points, low: float, high: float) -> Surface:
    count = len(corners) - 1
    at = np.arange(count)
    bottom = np.column_stack([corners, np.full(count + 1, low)])
    top = np.column_stack([corners, np.full(count + 1, high)])
    up = count + 1
    lower = np.column_stack([at, at + 1, at + 1 + up])
    upper = np.column_stack([at, at + 1 + up, at + up])
    return Surface(np.concatenate([bottom, top]), np.concatenate([lower, upper]))


def slope(outer: BaseGeometry, inner: BaseGeometry, low: float, high: float) -> Surface:
    """A roof's surface between an outline at ``low`` and a smaller outline inside it at ``high``."""
    corners, triangles = flat_triangles(shapely.difference(outer, inner))
    top = {tuple(place) for place in shapely.get_coordinates(inner).tolist()}
    z = np.array([high if tuple(place) in top else low for place in corners.tolist()])
    return Surface(np.column_stack([corners, z.reshape(-1)]), triangles)


def prism(shape: BaseGeometry, low: float, high: float, *, closed: bool = False) -> Surface:
    """Walls with a flat top, and with a bottom when ``closed``."""
    parts = [walls(shape, low, high), cap(shape, high)]
    return joined([*parts, floor(shape, low)] if closed else parts)


def plate(x: tuple[float, float], y: tuple[float, float], z: float = 0.0) -> Surface:
    """A rectangle on the ground, seen from above."""
    (x0, x1), (y0, y1) = x, y
    points = np.array([[x0, y0, z], [x1, y0, z], [x1, y1, z], [x0, y1, z]])
    return Surface(points, np.array([[0, 1, 2], [0, 2, 3]], dtype=np.int64))


def box(
    x: tuple[float, float], y: tuple[float, float], z: tuple[float, float], *, taper: float = 1.0
) -> Surface:
    """A closed box; its top may be narrower in both directions by ``taper``."""
    (x0, x1), (y0, y1), (z0, z1) = x, y, z
    cx, cy = (x0 + x1) / 2, (y0 + y1) / 2
    low = np.array([[x0, y0, z0], [x1, y0, z0], [x1, y1, z0], [x0, y1, z0]])
    high = low.copy()
    high[:, 0] = cx + (low[:, 0] - cx) * taper
    high[:, 1] = cy + (low[:, 1] - cy) * taper
    high[:, 2] = z1
    return hull(low, high)


def hull(low: Points, high: Points) -> Surface:
    """A closed solid between two outlines of four corners, counter-clockwise from above."""
    faces = [
        *((0, 2, 1), (0, 3, 2), (4, 5, 6), (4, 6, 7)),
        *((0, 1, 5), (0, 5, 4), (1, 2, 6), (1, 6, 5)),
        *((2, 3, 7), (2, 7, 6), (3, 0, 4), (3, 4, 7)),
    ]
    return Surface(np.concatenate([low, high]), np.array(faces, dtype=np.int64))


def loft(rings: Sequence[Points], *, capped: bool = True) -> Surface:
    """A skin over rings of equally many points, each counter-clockwise as seen from the last ring.

    Ends are closed with a fan, which a ring shrunk to a point needs no less.
    """
    size = len(rings[0])
    points = np.concatenate(list(rings))
    at = np.arange(size)
    after = (at + 1) % size
    made = []
    for level in range(len(rings) - 1):
        low, high = level * size, (level + 1) * size
        made += [
            np.column_stack([low + at, low + after, high + after]),
            np.column_stack([low + at, high + after, high + at]),
        ]
    if capped:
        fan = np.arange(1, size - 1)
        last = (len(rings) - 1) * size
        made += [
            np.column_stack([np.zeros_like(fan), fan + 1, fan]),
            np.column_stack([np.full_like(fan, last), last + fan, last + fan + 1]),
        ]
    return Surface(points, np.concatenate(made))


def circle(radius: float, sides: int) -> Points:
    """Corners (sides, 2) of a regular outline, counter-clockwise, with a flat side below."""
    angles = np.pi * (2 * np.arange(sides) + 1) / sides - np.pi / 2
    return np.column_stack([np.cos(angles), np.sin(angles)]) * radius


def upright_cylinder(
    radius: float | tuple[float, float], low: float, high: float, sides: int = 12
) -> Surface:
    """A closed cylinder or cone frustum with an upright axis at the origin."""
    first, last = radius if isinstance(radius, tuple) else (radius, radius)
    rings = [
        np.column_stack([circle(r, sides), np.full(sides, z)])
        for r, z in ((first, low), (last, high))
    ]
    return loft(rings)


def lying_tube(
    stations: Sequence[tuple[float, float, float]], sides: int, x: float = 0.0
) -> Surface:
    """A closed body of revolution along ``y``: (y, radius, z of the axis) per ring, y rising.

    Rings are counter-clockwise as seen from the front (greatest ``y``).
    """
    rings = []
    for y, radius, z in stations:
        outline = circle(radius, sides)
        rings.append(np.column_stack([x - outline[:, 0], np.full(sides, y), z + outline[:, 1]]))
    return loft(rings)


def volume_m3(surface: Surface) -> float:
    """Signed volume: positive when a closed surface's triangles face outwards.

    >>> volume_m3(box((0, 2), (0, 3), (0, 4)))
    24.0
    """
    a, b, c = (surface.points[surface.triangles[:, corner]] for corner in range(3))
    return float(np.einsum("ij,ij->i", a, np.cross(b, c)).sum() / 6.0)
