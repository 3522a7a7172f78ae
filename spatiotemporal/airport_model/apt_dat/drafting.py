"""What all layers of an import share: the frame, the form of a feature, unique ids."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Final

import numpy as np
import shapely
from shapely.geometry import Polygon, mapping
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model import shapes
from spatiotemporal.airport_model.apt_dat.message import AptAirport, Place
from spatiotemporal.airport_model.frame import Frame, Point

Feature = dict[str, object]

QUALITY: Final = "estimate"
"""Simulator layouts are drawn over pictures by volunteers."""


class Draft:
    """An airport on its way into layers."""

    def __init__(self, airport: AptAirport, icao: str, valid_from: date) -> None:
        self.airport, self.icao = airport, icao
        self.frame = frame_of(airport)
        self.source = f"X-Plane apt.dat {airport.edition or 'of no edition'}, {airport.id}"
        self._since = valid_from.isoformat()
        self._seen: Counter[str] = Counter()

    def feature(
        self, layer: str, key: str, shape: BaseGeometry, names: tuple[str, str], **facts: object
    ) -> Feature:
        """One feature; ``shape`` is in the frame, ``names`` are Chinese and English."""
        base = f"{self.icao}.{layer}.{key}"
        self._seen[base] += 1
        made = base if self._seen[base] == 1 else f"{base}~{self._seen[base]}"
        world = self.frame.world(shape)
        if not world.is_valid:  # corners that met when they were rounded to a centimetre
            world = shapely.make_valid(world)
        return {
            "type": "Feature",
            "id": made,
            "geometry": mapping(world),
            "properties": {
                "id": made,
                "name_zh": names[0],
                "name_en": names[1],
                **facts,
                "source": self.source,
                "quality": QUALITY,
                "valid_from": self._since,
            },
        }

    def point(self, place: Place) -> Point:
        """A place in the frame."""
        return self.frame.points([place])[0]

    def degrees(self, point: Point) -> list[float]:
        """A point of the frame as GeoJSON writes it."""
        ((lat, lon),) = self.frame.positions([point])
        return [round(lon, 7), round(lat, 7)]


def frame_of(airport: AptAirport) -> Frame:
    """A frame about the middle of the airport, its ``y`` to true north.

    Raises:
        ValueError: the airport has no position at all.
    """
    places = _places(airport)
    if not places:
        raise ValueError(f"airport {airport.id} has no runway, stand, node or shape to place it by")
    lat, lon = np.asarray(places).mean(axis=0)
    return Frame(latitude=float(lat), longitude=float(lon), bearing_deg=0.0)


def _places(airport: AptAirport) -> Sequence[Place]:
    runways = [end.place for runway in airport.runways for end in runway.ends]
    drawn = [*airport.boundaries, *airport.pavements, *airport.lines]
    nodes = [chain.nodes[0].place for one in drawn for chain in one.chains]
    stands = [stand.place for stand in airport.stands]
    rest = [one.place for one in airport.rectangles]
    rest += [one.place for one in airport.taxi_nodes]
    return runways or nodes or stands or rest


def area(rings: Sequence[Sequence[Point]]) -> tuple[BaseGeometry, bool]:
    """An outline with holes as valid areas, and whether it had to be repaired."""
    usable = [ring for ring in rings if len(ring) > 2]
    if not usable:
        return Polygon(), False
    drawn = Polygon(usable[0], usable[1:])
    if drawn.is_valid:
        return drawn, False
    found = shapes.polygons(shapely.make_valid(drawn))
    return (found.geoms[0] if len(found.geoms) == 1 else found), True
