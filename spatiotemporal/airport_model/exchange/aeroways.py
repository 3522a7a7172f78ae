"""OpenStreetMap's ``aeroway`` tags (and roads and buildings) as the project's layers.

Takes the GeoJSON that exporters of OpenStreetMap write: tags are properties, or lie in ``tags``.
"""

from __future__ import annotations

from collections.abc import Mapping

from shapely.geometry.base import BaseGeometry

_AREAS = {
    "aerodrome": "boundary", "runway": "runway", "taxiway": "taxiway", "apron": "apron",
    "terminal": "building", "hangar": "building", "helipad": "helipad",
    "parking_position": "stand",
}  # fmt: skip
_LINES = {
    "runway": "runway_line", "taxiway": "taxi_line", "taxilane": "taxi_line",
    "holding_position": "hold_line", "parking_position": "stand_line", "jet_bridge": "jet_bridge",
}  # fmt: skip
_POINTS = {
    "holding_position": "hold_position", "parking_position": "stand_location",
    "gate": "gate", "windsock": "windsock", "navigationaid": "airfield_light",
    "helipad": "helipad_location",
}  # fmt: skip
_BY_DIMENSION = (_POINTS, _LINES, _AREAS)


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
    if "aeroway" in found:
        return _BY_DIMENSION[dimension].get(str(found["aeroway"]), "")
    if found.get("highway") == "service" and dimension == 1:
        return "service_road"
    return "building" if "building" in found and dimension == 2 else ""


def properties(told: Mapping[str, object]) -> dict[str, object]:
    """A tagged feature's properties by the project's names; the tags stay beside them."""
    found = tags(told)
    ref = str(found.get("ref") or found.get("name") or "")
    made: dict[str, object] = {**found}
    if ref:
        made |= {"designator": ref, "number": ref}
    made["name_zh"] = found.get("name:zh") or found.get("name") or ref
    made["name_en"] = found.get("name:en") or found.get("name") or ref
    if "surface" not in made and "building" in found:
        made["use"] = "terminal" if found.get("aeroway") == "terminal" else "service"
    own = told.get("id") or told.get("@id")
    if own:
        made["id"] = str(own)
    return made
