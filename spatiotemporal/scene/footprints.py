"""What a footprint tells of a building: its wide hall and its narrow piers, its long side."""

from __future__ import annotations

import math
from dataclasses import dataclass

import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model import frame
from spatiotemporal.airport_model.frame import Point
from spatiotemporal.scene.surfaces import polygons

HALL_HALF_M = 38.0
"""Parts of a terminal twice as wide as this are its hall; narrower ones are piers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Oblong:
    """The smallest upright rectangle round a footprint, turned as it lies.

    Attributes:
        heading_deg: of its long side.
    """

    centre: Point
    heading_deg: float
    length_m: float
    width_m: float


def offset(shape: BaseGeometry, metres: float) -> BaseGeometry:
    """A shape grown (or shrunk) by a distance, corners kept sharp."""
    return shape.buffer(metres, join_style="mitre", mitre_limit=2.0)


def hall_and_piers(shape: BaseGeometry) -> tuple[list[Polygon], list[Polygon]]:
    """The wide parts of a terminal and the rest; a terminal without wide parts is all pier."""
    hall = offset(offset(shape, -HALL_HALF_M), HALL_HALF_M).intersection(shape)
    hall = shapely.simplify(hall, 0.5)
    piers = offset(offset(shape.difference(hall), -2.0), 2.0).intersection(shape)
    return polygons(hall, 200.0), polygons(piers.difference(hall), 60.0)


def oblong(shape: BaseGeometry) -> Oblong:
    """The rectangle of a footprint."""
    corners = shapely.get_coordinates(shapely.oriented_envelope(shape)).tolist()
    (ax, ay), (bx, by), (cx, cy) = corners[:3]
    first, second = math.dist((ax, ay), (bx, by)), math.dist((bx, by), (cx, cy))
    along = frame.heading_deg((ax, ay), (bx, by))
    if second > first:
        along, first, second = (along + 90.0) % 360.0, second, first
    return Oblong(
        centre=((ax + cx) / 2, (ay + cy) / 2),
        heading_deg=along % 180.0,
        length_m=first,
        width_m=second,
    )
