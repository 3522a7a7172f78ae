"""CityJSON 2.0 (OGC 20-072r5) of an airport's buildings in LoD2.

A building is a Building with one Solid, or with BuildingParts when it has a hall and piers. A solid
is its footprint, upright walls and a roof that rises inwards; every face is planar (roofs in
triangles), every edge belongs to two faces. Faces are named GroundSurface, WallSurface and
RoofSurface. Places are in the airport's UTM zone (EPSG:32651 for Shanghai), heights metres above
mean sea level.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

import numpy as np
import orjson
import shapely
from pyproj import Transformer
from shapely.geometry import Polygon

from spatiotemporal.airport_model.elements import Airport, Building
from spatiotemporal.scene.footprints import hall_and_piers, offset
from spatiotemporal.scene.surfaces import Points, flat_triangles, polygons
from spatiotemporal.scene.terminals import PIER_SHARE

FORMAT: Final = "cityjson"
REFERENCE: Final = "https://www.opengis.net/def/crs/EPSG/0/"
SCALE_M: Final = 0.001
SEMANTICS: Final = ("GroundSurface", "WallSurface", "RoofSurface")
USAGE: Final = {
    "terminal": "airport terminal",
    "hangar": "aircraft hangar",
    "cargo": "cargo terminal",
    "service": "airport service",
    "tank": "storage tank",
    "tower": "control tower",
    "transport": "transport interchange",
    "parking": "car park",
}

Ring = list[int]
Face = tuple[list[Ring], int]
Json = dict[str, object]


@dataclass(slots=True)
class _Vertices:
    """Corners of all solids, each once; metres of the frame and above the ground."""

    rows: dict[tuple[float, float, float], int] = field(default_factory=dict)

    def at(self, x: float, y: float, z: float) -> int:
        return self.rows.setdefault((round(x, 3), round(y, 3), round(z, 3)), len(self.rows))


def city_model(airport: Airport) -> bytes:
    """The CityJSON file of an airport."""
    vertices = _Vertices()
    objects: Json = {}
    for building in airport.buildings:
        objects.update(_objects(airport, building, vertices))
    places = _projected(airport, np.array(list(vertices.rows), dtype=np.float64).reshape(-1, 3))
    if not len(places):  # an airport without buildings still has a place
        places = _projected(airport, np.zeros((1, 3)))
    origin = np.floor(places.min(axis=0))
    whole = np.round((places - origin) / SCALE_M).astype(np.int64)
    return orjson.dumps(
        {
            "type": "CityJSON",
            "version": "2.0",
            "transform": {"scale": [SCALE_M] * 3, "translate": origin.tolist()},
            "metadata": {
                "identifier": f"{airport.icao}.buildings.{airport.version}",
                "title": f"{airport.label.en} {airport.label.zh}",
                "referenceSystem": f"{REFERENCE}{utm_zone(airport)}",
                "geographicalExtent": [*places.min(axis=0).tolist(), *places.max(axis=0).tolist()],
            },
            "CityObjects": objects,
            "vertices": whole.tolist() if vertices.rows else [],
        }
    )


def utm_zone(airport: Airport) -> int:
    """EPSG code of the UTM zone that an airport's reference point lies in."""
    zone = min(int((airport.frame.longitude + 180.0) // 6.0) + 1, 60)
    return (32600 if airport.frame.latitude >= 0 else 32700) + zone


def _projected(airport: Airport, rows: Points) -> Points:
    degrees = airport.frame.lon_lat(rows[:, :2])
    to_utm = Transformer.from_crs(4326, utm_zone(airport), always_xy=True)
    east, north = to_utm.transform(degrees[:, 0], degrees[:, 1])
    return np.column_stack([east, north, rows[:, 2] + airport.elevation_m])


def _objects(
    airport: Airport, building: Building, vertices: _Vertices
) -> Iterator[tuple[str, Json]]:
    name = f"{airport.icao}.building.{building.id}"
    bodies = list(_bodies(building))
    made: Json = {"type": "Building", "attributes": _attributes(building)}
    if len(bodies) == 1:
        made["geometry"] = [_solid(bodies[0], vertices)]
        yield name, made
        return
    parts = [f"{name}.{number}" for number in range(1, len(bodies) + 1)]
    yield name, {**made, "children": parts}
    for part, body in zip(parts, bodies, strict=True):
        yield (
            part,
            {
                "type": "BuildingPart",
                "parents": [name],
                "attributes": {"measuredHeight": round(body.ridge_m, 2)},
                "geometry": [_solid(body, vertices)],
            },
        )


def _attributes(building: Building) -> Json:
    return {
        "name_zh": building.label.zh,
        "name_en": building.label.en,
        "usage": USAGE.get(building.use, building.use),
        "storeysAboveGround": building.storeys,
        "measuredHeight": building.height_m,
        "source": building.provenance.source,
        "quality": building.provenance.quality,
    }


@dataclass(frozen=True, slots=True, kw_only=True)
class _Body:
    """One solid: an outline, the height of its eaves, and the ridge that its roof rises to."""

    outline: Polygon
    eaves_m: float
    ridge_m: float


def _bodies(building: Building) -> Iterator[_Body]:
    full = building.height_m
    if building.use != "terminal":
        pitched = building.use == "hangar"
        for part in polygons(building.shape):
            yield _Body(outline=part, eaves_m=full * 0.78 if pitched else full, ridge_m=full)
        return
    hall, piers = hall_and_piers(building.shape)
    low = full * (PIER_SHARE if hall else 0.85)
    for part in hall:
        yield _Body(outline=part, eaves_m=full * 0.85, ridge_m=full)
    for part in piers:
        yield _Body(outline=part, eaves_m=low, ridge_m=low + full * 0.1)


def _solid(body: _Body, vertices: _Vertices) -> Json:
    faces = [_ground(body, vertices), *_walls(body, vertices), *_roof(body, vertices)]
    return {
        "type": "Solid",
        "lod": "2.2",
        "boundaries": [[rings for rings, _ in faces]],
        "semantics": {
            "surfaces": [{"type": kind} for kind in SEMANTICS],
            "values": [[meaning for _, meaning in faces]],
        },
    }


def _ground(body: _Body, vertices: _Vertices) -> Face:
    """The footprint, seen from below."""
    rings = [body.outline.exterior, *body.outline.interiors]
    return [[vertices.at(x, y, 0.0) for x, y in list(ring.coords)[:0:-1]] for ring in rings], 0


def _walls(body: _Body, vertices: _Vertices) -> Iterator[Face]:
    for ring in (body.outline.exterior, *body.outline.interiors):
        corners = list(ring.coords)
        for (ax, ay), (bx, by) in itertools.pairwise(corners):
            low = [vertices.at(ax, ay, 0.0), vertices.at(bx, by, 0.0)]
            high = [vertices.at(bx, by, body.eaves_m), vertices.at(ax, ay, body.eaves_m)]
            yield [[*low, *high]], 1


def _roof(body: _Body, vertices: _Vertices) -> Iterator[Face]:
    """A flat roof as one face, a rising one in triangles round its flat top."""
    top = _ridge(body)
    if top is None:
        rings = [body.outline.exterior, *body.outline.interiors]
        yield (
            [
                [vertices.at(x, y, body.eaves_m) for x, y in list(ring.coords)[:-1]]
                for ring in rings
            ],
            2,
        )
        return
    raised = {tuple(place) for place in shapely.get_coordinates(top).tolist()}
    corners, triangles = flat_triangles(body.outline.difference(top))
    rows = [
        vertices.at(x, y, body.ridge_m if (x, y) in raised else body.eaves_m)
        for x, y in corners.tolist()
    ]
    for triangle in triangles.tolist():
        yield [[rows[corner] for corner in triangle]], 2
    corners, triangles = flat_triangles(top)
    rows = [vertices.at(x, y, body.ridge_m) for x, y in corners.tolist()]
    for triangle in triangles.tolist():
        yield [[rows[corner] for corner in triangle]], 2


def _ridge(body: _Body) -> Polygon | None:
    """The flat top of a rising roof: the outline moved inwards, when that leaves one area."""
    if body.ridge_m - body.eaves_m < 0.5:
        return None
    for inwards in (16.0, 9.0, 5.0):
        parts = polygons(shapely.set_precision(offset(body.outline, -inwards), 0.001), 30.0)
        if len(parts) == 1 and body.outline.contains_properly(parts[0]):
            return parts[0]
    return None
