"""Features of an import made complete: sound shapes, ids, names, source, quality, a beginning."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from datetime import date
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.errors import UnreadableLayers
from spatiotemporal.airport_model.exchange.amdb_attributes import project_attributes

Feature = dict[str, Any]

LONGEST_KEY = 60
_SPACES = re.compile(r"[\s\x00-\x1f\x7f]+")
_DIMENSION = {
    "Point": 0, "MultiPoint": 0, "LineString": 1, "MultiLineString": 1, "LinearRing": 1,
    "Polygon": 2, "MultiPolygon": 2,
}  # fmt: skip


def finished(
    features: list[Feature], layer: str, icao: str, source: str, since: date
) -> dict[str, object]:
    """A collection whose features all have id, names, source, quality and a beginning.

    Raises:
        UnreadableLayers: a shape that does not lie in degrees.
    """
    seen: set[str] = set()
    made: list[Feature] = []
    for number, one in enumerate(features, start=1):
        shape = sound(one["geometry"])
        if shape is None:
            continue
        west, south, east, north = shape.bounds
        if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
            reason = f"feature {number} does not lie in degrees; name its system with --crs"
            raise UnreadableLayers(f"layer {layer}", reason)
        told = project_attributes(one["properties"], layer)
        key = _id(told, layer, icao, number, seen)
        seen.add(key)
        made.append(
            {
                "type": "Feature",
                "id": key,
                "geometry": mapping(shape),
                "properties": {**_defaults(told, source, since), **told, "id": key},
            }
        )
    return {"type": "FeatureCollection", "name": f"{icao} {layer}", "features": made}


def sound(shape: BaseGeometry) -> BaseGeometry | None:
    """A flat and valid shape of one kind; ``None`` when nothing is left of it."""
    flat = shapely.force_2d(shape)
    if flat.is_empty or not all(map(math.isfinite, flat.bounds)):
        return None
    if flat.geom_type not in _DIMENSION:  # a collection: its parts of the highest dimension
        parts = shapely.get_parts(flat).tolist()
        return _of_kind(flat, max((_DIMENSION.get(p.geom_type, 0) for p in parts), default=0))
    if flat.is_valid:
        return flat
    return _of_kind(shapely.make_valid(flat), _DIMENSION[flat.geom_type])


def _of_kind(shape: BaseGeometry, dimension: int) -> BaseGeometry | None:
    parts = shapely.get_parts(shape).tolist()
    inner = [one for part in parts for one in shapely.get_parts(part).tolist()]
    kept = [one for one in inner if _DIMENSION.get(one.geom_type) == dimension]
    if not kept:
        return None
    merged: BaseGeometry = kept[0] if len(kept) == 1 else shapely.union_all(kept)
    return None if merged.is_empty else merged


def _id(told: Mapping[str, object], layer: str, icao: str, number: int, seen: set[str]) -> str:
    own = told.get("id") or told.get("designator") or told.get("number") or number
    key = str(own)
    if not key.startswith(f"{icao}.{layer}."):
        key = f"{icao}.{layer}.{_SPACES.sub('_', key.strip())[:LONGEST_KEY] or number}"
    while key in seen:
        key = f"{key}~{number}"
    return key


def _defaults(told: Mapping[str, object], source: str, since: date) -> Mapping[str, object]:
    name = str(told.get("name") or told.get("designator") or told.get("number") or "")
    return {
        "name_zh": name,
        "name_en": name,
        "source": source,
        "quality": "estimate",
        "valid_from": since.isoformat(),
    }
