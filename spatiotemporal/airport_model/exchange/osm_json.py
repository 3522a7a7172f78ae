"""The JSON of the Overpass API; ways and members may carry their geometry themselves (``out geom``)."""

from __future__ import annotations

from typing import Any

import orjson

from spatiotemporal.airport_model.exchange.osm_elements import (
    Gathering,
    OsmRelation,
    Place,
    Tags,
    degrees,
    fault,
    whole,
)


def read_json(data: bytes, to: Gathering) -> None:
    """Read a document.

    Raises:
        Malformed: it cannot be read; names field and path.
    """
    try:
        document = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        fault("not JSON", "document", f"line {error.lineno} column {error.colno}")
    listed = document.get("elements") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        fault("there is no list of elements", "elements", "path elements")
    for index, element in enumerate(listed):
        at = f"path elements[{index}]"
        if not isinstance(element, dict):
            fault("not an object", "element", at, element)
        tags = _json_tags(element.get("tags"), at)
        kind = element.get("type")
        if kind in ("node", "way", "relation"):
            number = whole(element.get("id"), "id", f"{at}.id")
            _JSON_KINDS[kind](to, number, element, tags, at)


def _json_tags(value: object, at: str) -> Tags:
    if value is None:
        return {}
    if not isinstance(value, dict):
        fault("not an object", "tags", f"{at}.tags", value)
    return {str(key): str(told) for key, told in value.items()}


def _json_node(to: Gathering, number: int, told: dict[str, Any], tags: Tags, at: str) -> None:
    to.node(number, told.get("lat"), told.get("lon"), tags, at)


def _json_way(to: Gathering, number: int, told: dict[str, Any], tags: Tags, at: str) -> None:
    refs = tuple(whole(ref, "nodes", f"{at}.nodes") for ref in _list(told, "nodes", at))
    to.ways[number] = refs, _json_places(told, at), tags, at


def _json_places(told: dict[str, Any], at: str) -> tuple[Place, ...]:
    """Geometry given with the element; ``null`` where it lies outside the extract."""
    places = []
    for place in _list(told, "geometry", at):
        if isinstance(place, dict):
            where = f"{at}.geometry"
            lat, lon = place.get("lat"), place.get("lon")
            places.append((degrees(lat, "lat", 90.0, where), degrees(lon, "lon", 180.0, where)))
    return tuple(places)


def _json_relation(to: Gathering, number: int, told: dict[str, Any], tags: Tags, at: str) -> None:
    members = []
    for index, member in enumerate(_list(told, "members", at)):
        where = f"{at}.members[{index}]"
        if not isinstance(member, dict):
            fault("not an object", "member", where, member)
        ref = whole(member.get("ref"), "ref", f"{where}.ref")
        members.append((str(member.get("type", "")), ref, str(member.get("role", ""))))
        if member.get("type") == "way" and member.get("geometry") and ref not in to.ways:
            to.ways[ref] = (), _json_places(member, where), {}, where
    relation = OsmRelation(id=number, members=tuple(members), tags=tags)
    to.relations.append((relation, at))


def _list(told: dict[str, Any], name: str, at: str) -> list[Any]:
    found = told.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        fault("not a list", name, f"{at}.{name}", found)
    return found


_JSON_KINDS = {"node": _json_node, "way": _json_way, "relation": _json_relation}
