"""OpenStreetMap elements as shapes: closed ways are areas or lines by their tags, multipolygons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import shapely
from shapely.geometry import LineString, MultiPolygon, Point, Polygon
from shapely.geometry.base import BaseGeometry

from service_bus import Notice
from spatiotemporal.airport_model.exchange.osm_elements import (
    OsmFile,
    OsmRelation,
    OsmWay,
    Place,
    Tags,
)

AREAS = frozenset(
    {"aerodrome", "apron", "terminal", "hangar", "helipad", "heliport", "grass", "tower"}
)
"""Values of ``aeroway`` whose closed ways enclose something."""

AREA_KEYS = frozenset({"building", "building:part", "natural", "landuse", "man_made"})
MULTIPOLYGONS = frozenset({"multipolygon", "boundary", "site"})
IMPLIED = frozenset({"type", "source", "created_by"})
"""Tags that say nothing of what an element is."""


def features(file: OsmFile) -> tuple[list[dict[str, Any]], tuple[Notice, ...]]:
    """Every tagged element with a shape, as GeoJSON-like features, and what was odd of them.

    Shapes are WGS84, longitude first; properties are the tags with ``id`` as ``way/123``.
    """
    notices: list[Notice] = []
    made = [_feature("node", n.id, n.tags, Point(n.place[::-1])) for n in file.nodes.values()]
    for way in file.ways.values():
        shape = _way(way)
        if shape is not None:
            made.append(_feature("way", way.id, way.tags, shape))
    for relation in file.relations:
        if relation.tags.get("type") in MULTIPOLYGONS:
            area, whole = _area(relation, file.ways)
            if not whole:
                text = f"relation {relation.id} has parts that do not close; left out"
                at = f"relation {relation.id}"
                notices.append(Notice(code="osm-open-ring", field="member", position=at, text=text))
            if area is not None:
                made.append(_feature("relation", relation.id, relation.tags, area))
    return [one for one in made if one is not None], tuple(notices)


def _feature(kind: str, number: int, tags: Tags, shape: BaseGeometry) -> dict[str, Any] | None:
    told = {key: value for key, value in tags.items() if key not in IMPLIED}
    if not told:
        return None
    return {"geometry": shape, "properties": {**told, "id": f"{kind}/{number}"}}


def _points(places: Iterable[Place]) -> list[Place]:
    return [(lon, lat) for lat, lon in places]


def _way(way: OsmWay) -> BaseGeometry | None:
    if not way.tags or len(way.places) < 2:
        return None
    points = _points(way.places)
    if way.closed and len(points) > 3 and is_area(way.tags):
        return Polygon(points)
    return LineString(points)


def is_area(tags: Tags) -> bool:
    """Whether a closed way with these tags encloses something.

    >>> is_area({"aeroway": "apron"}), is_area({"aeroway": "taxiway"})
    (True, False)
    """
    if "area" in tags:
        return tags["area"] == "yes"
    if "aeroway" in tags:
        return tags["aeroway"] in AREAS
    return not AREA_KEYS.isdisjoint(tags)


def _area(relation: OsmRelation, ways: Mapping[int, OsmWay]) -> tuple[MultiPolygon | None, bool]:
    """The area of a multipolygon, and whether all of its parts closed."""
    outer, whole_out = _rings(relation, ways, inner=False)
    inner, whole_in = _rings(relation, ways, inner=True)
    if not outer:
        return None, whole_out and whole_in
    area = shapely.union_all(outer)
    if inner:
        area = area.difference(shapely.union_all(inner))
    parts = [part for part in shapely.get_parts(area).tolist() if isinstance(part, Polygon)]
    return (MultiPolygon(parts) if parts else None), whole_out and whole_in


def _rings(
    relation: OsmRelation, ways: Mapping[int, OsmWay], *, inner: bool
) -> tuple[list[Polygon], bool]:
    lines = [
        LineString(_points(ways[number].places))
        for kind, number, role in relation.members
        if kind == "way"
        and number in ways
        and (role == "inner") is inner
        and len(ways[number].places) > 1
    ]
    if not lines:
        return [], True
    rings, cuts, dangles, invalid = shapely.polygonize_full(lines)
    found = [part for part in shapely.get_parts(rings).tolist() if isinstance(part, Polygon)]
    return found, all(one.is_empty for one in (cuts, dangles, invalid))
