"""The local metric frame of an airport, and the way between it and WGS84.

``x`` runs to the right and ``y`` forward of an observer at the reference point who looks along the
frame's bearing (usually that of the main runway), in metres on the ground. An azimuthal
equidistant projection about the reference point is turned by the bearing; within 8 km of the
point its lengths are true to less than 1 mm per kilometre, which no survey of pavement reaches.

Headings "in the frame" are degrees clockwise from ``y``. Positions outside this package are
latitude before longitude; GeoJSON's reverse order is made here and nowhere else.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from shapely.geometry.base import BaseGeometry

Point = tuple[float, float]
"""A place in the frame: (x, y), metres."""

DECIMALS = 7
"""Degrees are written to 1e-7, about 1 cm: finer than the model, coarse enough to stay short."""


def unit(heading_deg: float) -> Point:
    """Vector of length one towards a heading in the frame.

    >>> x, y = unit(90.0)
    >>> round(x, 9), round(y, 9)
    (1.0, 0.0)
    """
    angle = math.radians(heading_deg)
    return math.sin(angle), math.cos(angle)


def moved(point: Point, heading_deg: float, distance_m: float, right_m: float = 0.0) -> Point:
    """The place ``distance_m`` ahead and ``right_m`` to the right of ``point``.

    >>> x, y = moved((0.0, 0.0), 90.0, 10.0, right_m=2.0)
    >>> round(x, 6), round(y, 6)
    (10.0, -2.0)
    """
    ahead = unit(heading_deg)
    return (
        point[0] + ahead[0] * distance_m + ahead[1] * right_m,
        point[1] + ahead[1] * distance_m - ahead[0] * right_m,
    )


def heading_deg(start: Point, end: Point) -> float:
    """Heading in the frame from one place to another, 0 up to 360.

    >>> heading_deg((0.0, 0.0), (-5.0, 0.0))
    270.0
    """
    return math.degrees(math.atan2(end[0] - start[0], end[1] - start[1])) % 360.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """Reference point and bearing of a local frame.

    Attributes:
        latitude: degrees north of the origin, WGS84.
        longitude: degrees east.
        bearing_deg: true bearing of the ``y`` axis.
    """

    latitude: float
    longitude: float
    bearing_deg: float
    _to_local: Transformer = field(init=False, repr=False, compare=False)
    _to_world: Transformer = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        plane = CRS.from_dict(
            {"proj": "aeqd", "lat_0": self.latitude, "lon_0": self.longitude, "ellps": "WGS84"}
        )
        world = CRS.from_epsg(4326)
        to_local = Transformer.from_crs(world, plane, always_xy=True)
        to_world = Transformer.from_crs(plane, world, always_xy=True)
        object.__setattr__(self, "_to_local", to_local)
        object.__setattr__(self, "_to_world", to_world)

    def lon_lat(self, xy: NDArray[np.float64]) -> NDArray[np.float64]:
        """Frame metres (n, 2) to degrees (n, 2), longitude first as GeoJSON has it."""
        turn = math.radians(self.bearing_deg)
        east = xy[:, 0] * math.cos(turn) + xy[:, 1] * math.sin(turn)
        north = xy[:, 1] * math.cos(turn) - xy[:, 0] * math.sin(turn)
        lon, lat = self._to_world.transform(east, north)
        return np.column_stack([lon, lat])

    def local(self, lon_lat: NDArray[np.float64]) -> NDArray[np.float64]:
        """Degrees (n, 2), longitude first, to frame metres (n, 2)."""
        east, north = self._to_local.transform(lon_lat[:, 0], lon_lat[:, 1])
        turn = math.radians(self.bearing_deg)
        x = east * math.cos(turn) - north * math.sin(turn)
        y = east * math.sin(turn) + north * math.cos(turn)
        return np.column_stack([x, y])

    def positions(self, points: Iterable[Point]) -> tuple[tuple[float, float], ...]:
        """Places in the frame as (latitude, longitude)."""
        degrees = self.lon_lat(np.asarray(list(points), dtype=np.float64).reshape(-1, 2))
        return tuple((float(lat), float(lon)) for lon, lat in degrees)

    def points(self, positions: Sequence[tuple[float, float]]) -> tuple[Point, ...]:
        """(latitude, longitude) as places in the frame."""
        pairs = np.asarray(positions, dtype=np.float64).reshape(-1, 2)
        return tuple((float(x), float(y)) for x, y in self.local(pairs[:, ::-1]))

    def world(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape of the frame in WGS84, longitude first, rounded to :data:`DECIMALS`."""
        turned: BaseGeometry = shapely.transform(
            shape, lambda xy: np.round(self.lon_lat(xy), DECIMALS)
        )
        return turned

    def into(self, shape: BaseGeometry) -> BaseGeometry:
        """A WGS84 shape (longitude first) in the frame."""
        turned: BaseGeometry = shapely.transform(shape, self.local)
        return turned

    def true_deg(self, heading: float) -> float:
        """True heading of a heading in the frame (meridian convergence is under 0.03 degrees)."""
        return (heading + self.bearing_deg) % 360.0
