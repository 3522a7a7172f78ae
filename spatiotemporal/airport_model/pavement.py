"""What is paved: taxiways with their fillets, runway shoulders, aprons, and all of it together."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

import shapely
from shapely.geometry import LineString, Polygon
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model import shapes
from spatiotemporal.airport_model.elements import Airport, Apron, Runway, Taxiway
from spatiotemporal.airport_model.frame import moved
from spatiotemporal.airport_model.turns import Turn

WAY_RADIUS_M = 60.0
"""Radius at corners inside a taxiway's own line."""

SHOULDER_M = 7.5
"""Runway shoulder on each side (Annex 14, 3.2.3: 60 m overall for 45 m, 75 m for 60 m)."""


def way_line(way: Taxiway) -> LineString:
    """A taxiway's painted centre line, its corners rounded."""
    return LineString(shapes.rounded(way.points, WAY_RADIUS_M))


def way_areas(airport: Airport, turns: Sequence[Turn]) -> dict[str, BaseGeometry]:
    """Pavement of each taxiway by id, with the fillets of the turns that belong to it."""
    fillets: dict[str, list[Turn]] = defaultdict(list)
    for turn in turns:
        if turn.kind != "lead_in":
            fillets[turn.strand].append(turn)
    taken = shapely.union_all([runway.polygon for runway in airport.runways])
    return {way.id: _area(way, fillets[way.id]).difference(taken) for way in airport.taxiways}


def _area(way: Taxiway, turns: Iterable[Turn]) -> BaseGeometry:
    half = way.paved_width_m / 2
    wedges = [Polygon([turn.corner, *turn.points]) for turn in turns]
    parts = [way_line(way), *(wedge for wedge in wedges if wedge.is_valid)]
    return shapely.union_all(shapely.buffer(parts, half, quad_segs=4))


def runway_shoulder(runway: Runway) -> BaseGeometry:
    """Shoulders beside a runway and the blast pads beyond its ends, which are as wide.

    One ring, so that it stays a valid shape when its corners are rounded.
    """
    first, second = (moved(end.pavement_end, end.heading_deg, -runway.pad_m) for end in runway.ends)
    half = runway.width_m / 2 + SHOULDER_M
    around = LineString([first, second]).buffer(half, cap_style="flat")
    return around.difference(runway.polygon)


def apron_area(airport: Airport, apron: Apron) -> BaseGeometry:
    """An apron without the buildings that stand on its outline."""
    taken = shapely.union_all([building.shape for building in airport.buildings])
    return apron.shape.difference(taken)


def whole(airport: Airport, ways: Mapping[str, BaseGeometry]) -> BaseGeometry:
    """Everything that carries aircraft, hangar floors included."""
    floors = [building.shape for building in airport.buildings if building.use == "hangar"]
    aprons = [apron_area(airport, apron) for apron in airport.aprons]
    runways = [runway.polygon for runway in airport.runways]
    return shapely.union_all([*ways.values(), *aprons, *floors, *runways, airport.paved])
