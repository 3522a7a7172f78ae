"""Coordinate systems by name: WGS84, CGCS2000, GCJ-02, EPSG codes and airports' local grids.

CGCS2000 and WGS84 agree to decimetres and PROJ itself knows no other transformation between them
than none, so coordinates pass unchanged while files are tagged with what they are. GCJ-02 is a shift
and no system that a library knows: files in it are tagged with an engineering system of that name.
A local grid is the frame of an airport's description.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import CRS, Transformer
from pyproj.exceptions import CRSError
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.description import load_airport
from spatiotemporal.airport_model.errors import UnknownGrid
from spatiotemporal.airport_model.frame import DECIMALS
from spatiotemporal.sources.gcj02 import to_gcj02, to_wgs84

Coordinates = NDArray[np.float64]
"""Shape (n, 2): longitude and latitude in degrees, or x and y in metres."""

Turn = Callable[[Coordinates], Coordinates]

KNOWN = "WGS84, CGCS2000, GCJ-02, local:ICAO, EPSG:number"
_METRE_DECIMALS = 3
_SHOWN = 80


@dataclass(frozen=True, slots=True, kw_only=True)
class Grid:
    """A coordinate system, its two directions, and its tag in files."""

    name: str
    crs: CRS
    from_wgs84: Turn
    to_wgs84: Turn
    decimals: int = DECIMALS

    def out(self, shape: BaseGeometry) -> BaseGeometry:
        """A WGS84 shape in this system."""
        turned: BaseGeometry = shapely.transform(
            shape, lambda xy: np.round(self.from_wgs84(xy), self.decimals)
        )
        return turned

    def into(self, shape: BaseGeometry) -> BaseGeometry:
        """A shape of this system in WGS84."""
        turned: BaseGeometry = shapely.transform(
            shapely.force_2d(shape), lambda xy: np.round(self.to_wgs84(xy), DECIMALS)
        )
        return turned


def grid(name: str) -> Grid:
    """A coordinate system by its name, in any case.

    Raises:
        UnknownGrid: no such name.
        UnknownAirport: a local grid of an airport that is not described.
    """
    plain = re.sub(r"[\s_-]", "", name).upper()
    if plain in ("WGS84", "EPSG:4326"):
        return Grid(name="WGS84", crs=CRS.from_epsg(4326), from_wgs84=_same, to_wgs84=_same)
    if plain in ("CGCS2000", "EPSG:4490"):
        return Grid(name="CGCS2000", crs=CRS.from_epsg(4490), from_wgs84=_same, to_wgs84=_same)
    if plain == "GCJ02":
        forward, back = _each(to_gcj02), _each(to_wgs84)
        return Grid(name="GCJ-02", crs=_tag("GCJ-02"), from_wgs84=forward, to_wgs84=back)
    if plain.startswith("LOCAL:"):
        return _local(plain.removeprefix("LOCAL:"))
    if plain.startswith("EPSG:"):
        return _epsg(plain)
    raise UnknownGrid(name, KNOWN)


def grid_of(crs: object) -> Grid | None:
    """The system that a file is tagged with; ``None`` when it says nothing usable.

    Grids without an EPSG code, as towns have them, are taken as their text describes them.

    Raises:
        UnknownGrid: a text that no library understands.
    """
    if crs is None:
        return None
    try:
        read = CRS.from_user_input(crs)
    except CRSError as error:
        raise UnknownGrid(str(crs)[:_SHOWN], KNOWN) from error
    found = re.match(r"^(GCJ-02|local:[A-Z0-9]+)$", read.name or "")
    if found:
        return grid(found.group(1))
    code = read.to_epsg()
    if code:
        return grid(f"EPSG:{code}")
    return _of(read.name, read) if read.is_geographic or read.is_projected else None


def _same(xy: Coordinates) -> Coordinates:
    return xy


def _each(shift: Callable[[float, float], tuple[float, float]]) -> Turn:
    def turn(xy: Coordinates) -> Coordinates:
        moved = [shift(lat, lon) for lon, lat in xy]
        return np.asarray([(lon, lat) for lat, lon in moved], dtype=np.float64).reshape(-1, 2)

    return turn


def _local(icao: str) -> Grid:
    frame = load_airport(icao).frame
    name = f"local:{icao}"
    return Grid(
        name=name,
        crs=_tag(name),
        from_wgs84=frame.local,
        to_wgs84=frame.lon_lat,
        decimals=_METRE_DECIMALS,
    )


def _epsg(name: str) -> Grid:
    try:
        crs = CRS.from_user_input(name)
    except CRSError as error:
        raise UnknownGrid(name, KNOWN) from error
    return _of(name, crs)


def _of(name: str, crs: CRS) -> Grid:
    there = Transformer.from_crs(4326, crs, always_xy=True)
    back = Transformer.from_crs(crs, 4326, always_xy=True)

    def turn(way: Transformer) -> Turn:
        return lambda xy: np.column_stack(way.transform(xy[:, 0], xy[:, 1]))

    decimals = DECIMALS if crs.is_geographic else _METRE_DECIMALS
    return Grid(name=name, crs=crs, from_wgs84=turn(there), to_wgs84=turn(back), decimals=decimals)


def _tag(name: str) -> CRS:
    """A system that libraries write into files without understanding it."""
    return CRS.from_wkt(
        f'ENGCRS["{name}",EDATUM["{name}"],CS[Cartesian,2],'
        'AXIS["x",east,ORDER[1]],AXIS["y",north,ORDER[2]],LENGTHUNIT["metre",1]]'
    )
