"""OpenStreetMap's ``aeroway`` tags (and roads, buildings, water) as the project's layers.

Takes elements of OpenStreetMap itself and the GeoJSON that its exporters write: tags are properties,
or lie in ``tags``. Tags: https://wiki.openstreetmap.org/wiki/Key:aeroway.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from shapely.geometry.base import BaseGeometry

_AREAS = {
    "aerodrome": "boundary", "heliport": "boundary", "runway": "runway", "taxiway": "taxiway",
    "taxilane": "taxiway", "apron": "apron", "terminal": "building", "hangar": "building",
    "tower": "building", "helipad": "helipad", "parking_position": "stand", "grass": "grass",
    "jet_bridge": "jet_bridge",
}  # fmt: skip
_LINES = {
    "runway": "runway_line", "taxiway": "taxi_line", "taxilane": "taxi_line",
    "holding_position": "hold_line", "parking_position": "stand_line", "jet_bridge": "jet_bridge",
}  # fmt: skip
_POINTS = {
    "holding_position": "hold_position", "parking_position": "stand_location",
    "gate": "gate", "windsock": "windsock", "navigationaid": "airfield_light",
    "helipad": "helipad_location", "jet_bridge": "jet_bridge",
}  # fmt: skip
_BY_DIMENSION = (_POINTS, _LINES, _AREAS)
_ROADS = frozenset({"service", "unclassified", "track"})

USES: Mapping[str, str] = MappingProxyType(
    {
        "terminal": "terminal", "hangar": "hangar", "tower": "tower", "control_tower": "tower",
        "warehouse": "cargo", "cargo": "cargo", "parking": "parking", "garage": "parking",
        "garages": "parking", "train_station": "transport", "transportation": "transport",
        "storage_tank": "tank", "silo": "tank",
    }
)  # fmt: skip
"""Use of a building by ``aeroway``, ``building`` or ``man_made``."""

KINDS: Mapping[str, str] = MappingProxyType({"taxiway": "taxiway", "taxilane": "taxilane"})

_COMPASS = {
    name: index * 22.5
    for index, name in enumerate(
        (
            "N", "NNE", "NE", "ENE", "E", "ESE", "SE", "SSE", "S", "SSW", "SW", "WSW", "W", "WNW",
            "NW", "NNW",
        )
    )
}  # fmt: skip
_MPH = re.compile(r"^\s*(\d+(?:\.\d+)?)\s*(mph|kn|knots)?\s*$", re.IGNORECASE)
_MPS = {"": 1 / 3.6, "mph": 0.44704, "kn": 0.514444, "knots": 0.514444}


def tags(told: Mapping[str, object]) -> Mapping[str, object]:
    """The tags of a feature."""
    inner = told.get("tags")
    return inner if isinstance(inner, dict) else told


def layer(told: Mapping[str, object], shape: BaseGeometry) -> str:
    """Layer of a tagged feature; "" when it has no tag of an airfield.

    >>> from shapely.geometry import Point
    >>> layer({"aeroway": "parking_position", "ref": "221"}, Point(121, 31))
    'stand_location'
    """
    found = tags(told)
    dimension = {"Point": 0, "LineString": 1, "MultiLineString": 1}.get(shape.geom_type, 2)
    if found.get("aeroway") in _BY_DIMENSION[dimension]:
        return _BY_DIMENSION[dimension][str(found["aeroway"])]
    if dimension == 1:
        return "service_road" if found.get("highway") in _ROADS else ""
    return _area_layer(found) if dimension == 2 else ""


def _area_layer(found: Mapping[str, object]) -> str:
    if "building" in found and found["building"] != "no":
        return "building"
    if found.get("man_made") in ("tower", "storage_tank", "silo"):
        return "building"
    if found.get("natural") == "water":
        return "water"
    return "grass" if found.get("landuse") == "grass" else ""


def properties(told: Mapping[str, object], layer: str = "") -> dict[str, object]:
    """A tagged feature's properties by the project's names; the tags stay beside them."""
    found = tags(told)
    ref = str(found.get("ref") or found.get("local_ref") or "")
    name = str(found.get("name") or ref)
    made: dict[str, object] = {**found}
    if ref or name:
        made |= {"designator": ref or name, "number": ref or name}
    made["name_zh"] = found.get("name:zh") or found.get("name:zh-Hans") or name
    made["name_en"] = found.get("name:en") or name
    made |= _facts(found, layer)
    own = told.get("id") or told.get("@id")
    if own:
        made["id"] = str(own)
    return made


def _facts(found: Mapping[str, object], layer: str) -> dict[str, object]:
    """What the project's layers call by other names."""
    made: dict[str, object] = {}
    if layer == "building" or (not layer and "building" in found and "surface" not in found):
        words = (found.get(key) for key in ("aeroway", "building", "man_made", "tower:type"))
        uses = [USES[str(word)] for word in words if str(word) in USES]
        made["use"] = uses[0] if uses else "service"
    kind = KINDS.get(str(found.get("aeroway")))
    if kind and layer in ("taxi_line", "taxiway", ""):
        made["kind"] = kind
    if layer in ("stand_location", "stand_line", "stand"):
        made["kind"] = "gate"
    direction = bearing(found.get("direction"))
    if direction is not None:
        made["direction"] = direction
    speed = speed_mps(found.get("maxspeed"))
    if speed is not None and layer == "service_road":
        made["speed_limit_mps"] = round(speed, 3)
    return made


def bearing(value: object) -> float | None:
    """Degrees of a ``direction`` tag: a number or a point of the compass.

    >>> bearing("NW"), bearing("270"), bearing("clockwise")
    (315.0, 270.0, None)
    """
    text = str(value or "").strip().upper()
    if text in _COMPASS:
        return _COMPASS[text]
    found = re.match(r"^\d{1,3}(\.\d+)?$", text)
    return float(text) % 360.0 if found else None


def speed_mps(value: object) -> float | None:
    """Metres a second of a ``maxspeed`` tag, which is in km/h unless it says otherwise.

    >>> speed_mps("25"), speed_mps("walk")
    (6.944444444444445, None)
    """
    found = _MPH.match(str(value or ""))
    return float(found.group(1)) * _MPS[(found.group(2) or "").lower()] if found else None


def identity(told: Mapping[str, object]) -> dict[str, object]:
    """What an aerodrome's tags say of the airport: names, codes, elevation in metres."""
    found = tags(told)
    made: dict[str, object] = {
        "name": found.get("name"),
        "name_zh": found.get("name:zh"),
        "name_en": found.get("name:en"),
        "iata": found.get("iata"),
    }
    elevation = str(found.get("ele") or "").removesuffix(" m")
    if re.match(r"^-?\d{1,4}(\.\d+)?$", elevation):
        made["elevation_m"] = float(elevation)
    return {key: value for key, value in made.items() if value}
