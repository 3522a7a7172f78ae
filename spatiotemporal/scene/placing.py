"""From the frame of an airport to the Earth: ECEF places and the east-north-up axes of a tile.

Heights of the model are metres above the airport's ground. The ground lies at the airport's
elevation above mean sea level plus the geoid's height there, because ECEF counts from the
ellipsoid. Near Shanghai the geoid is some 10 m above it, elsewhere up to 110 m above or below; one
figure for the whole airport shifts everything alike and neither sinks nor lifts one thing against
another.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.frame import Point

SEMI_MAJOR_M = 6_378_137.0
FLATTENING = 1 / 298.257223563
ECCENTRICITY_2 = FLATTENING * (2 - FLATTENING)

Matrix = NDArray[np.float64]


def ecef(lon_lat: NDArray[np.float64], height_m: NDArray[np.float64] | float) -> Matrix:
    """Degrees (n, 2), longitude first, and ellipsoidal heights to metres (n, 3) of EPSG:4978.

    >>> [round(float(v)) for v in ecef(np.array([[90.0, 0.0]]), 0.0)[0]]
    [0, 6378137, 0]
    """
    lon, lat = np.radians(lon_lat[:, 0]), np.radians(lon_lat[:, 1])
    normal = SEMI_MAJOR_M / np.sqrt(1 - ECCENTRICITY_2 * np.sin(lat) ** 2)
    return np.column_stack(
        [
            (normal + height_m) * np.cos(lat) * np.cos(lon),
            (normal + height_m) * np.cos(lat) * np.sin(lon),
            (normal * (1 - ECCENTRICITY_2) + height_m) * np.sin(lat),
        ]
    )


def east_north_up(longitude: float, latitude: float, height_m: float) -> Matrix:
    """The 4 x 4 matrix that takes east, north, up of a place to ECEF (columns are the axes)."""
    lon, lat = math.radians(longitude), math.radians(latitude)
    east = (-math.sin(lon), math.cos(lon), 0.0)
    north = (-math.sin(lat) * math.cos(lon), -math.sin(lat) * math.sin(lon), math.cos(lat))
    up = (math.cos(lat) * math.cos(lon), math.cos(lat) * math.sin(lon), math.sin(lat))
    made = np.eye(4)
    made[:3, 0], made[:3, 1], made[:3, 2] = east, north, up
    made[:3, 3] = ecef(np.array([[longitude, latitude]]), height_m)[0]
    return made


@dataclass(frozen=True, slots=True, kw_only=True)
class Anchor:
    """The origin of a tile: a place on the airport's ground, with its axes.

    Attributes:
        at: in the airport's frame.
        to_ecef: 4 x 4.
    """

    airport: Airport
    at: Point
    longitude: float
    latitude: float
    to_ecef: Matrix

    def local(self, points: NDArray[np.float64]) -> Matrix:
        """Frame points (n, 3) as metres east, north and up of the anchor, the Earth's curve included."""
        height = ground_height_m(self.airport) + points[:, 2]
        places = ecef(self.airport.frame.lon_lat(points[:, :2]), height)
        found: Matrix = (places - self.to_ecef[:3, 3]) @ self.to_ecef[:3, :3]
        return found


def ground_height_m(airport: Airport) -> float:
    """Ellipsoidal height of the airport's ground."""
    return airport.elevation_m + airport.geoid_m


def anchor(airport: Airport, at: Point) -> Anchor:
    """An anchor at a place of the frame."""
    ((latitude, longitude),) = airport.frame.positions([at])
    matrix = east_north_up(longitude, latitude, ground_height_m(airport))
    return Anchor(airport=airport, at=at, longitude=longitude, latitude=latitude, to_ecef=matrix)
