"""GeoJSON (RFC 7946, and the edition of 2008 with its ``crs``), also as a sequence of texts.

A feature alone is a collection of one. Features with tags of OpenStreetMap go to the layers of these,
others to the layer that the file's name says. Sequences are RFC 8142 or one text a line.

Notices: ``geojson-bad-record``: a text of a sequence that is no feature or collection; left out.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import orjson
import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from service_bus import Notice
from spatiotemporal.airport_model.errors import UnreadableLayers
from spatiotemporal.airport_model.exchange import aeroways, json_records
from spatiotemporal.airport_model.exchange.grids import Grid, grid, grid_of

Feature = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class GeoJson:
    """What a file holds: features in WGS84 by layer, and what was left out."""

    layers: dict[str, list[Feature]] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)


def read(file: Path, data: bytes, *, crs: str, own: str) -> GeoJson:
    """Read a file.

    Args:
        crs: name of its coordinate system; "" when the file says it, or it is WGS84.
        own: layer of features that do not say theirs.

    Raises:
        UnreadableLayers: no GeoJSON, or a feature whose geometry cannot be read.
        UnknownGrid: no such coordinate system.
    """
    made = GeoJson()
    sequence = json_records.recognise(data) > 0.5
    document = _joined(file, data, made.notices) if sequence else _document(file, data)
    system = grid(crs) if crs else _told_grid(document)
    for number, one in enumerate(document["features"], start=1):
        geometry = _shape(file, number, one)
        if geometry is None:
            continue
        told = dict(one["properties"]) if isinstance(one.get("properties"), dict) else {}
        if "id" not in told and one.get("id") is not None:
            told["id"] = one["id"]
        layer = aeroways.layer(told, geometry) or own
        if layer != own:
            told = aeroways.properties(told, layer)
        made.layers.setdefault(layer, []).append(
            {"geometry": system.into(geometry), "properties": told}
        )
    return made


def _joined(file: Path, data: bytes, notices: list[Notice]) -> dict[str, Any]:
    """A sequence as one collection."""
    listed: list[Any] = []
    for record in json_records.read(data):
        try:
            listed += _collection(file, record.document)["features"]
        except UnreadableLayers as error:
            text, place = f"{error.reason}; left out", f"line {record.line}"
            notices.append(
                Notice(code="geojson-bad-record", field="record", position=place, text=text)
            )
    return {"features": listed}


def _document(file: Path, data: bytes) -> dict[str, Any]:
    try:
        document = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except ValueError as error:
        raise UnreadableLayers(str(file), f"is no JSON: {error}") from error
    return _collection(file, document)


def _collection(file: Path, document: object) -> dict[str, Any]:
    """A feature collection; a feature alone is one."""
    if isinstance(document, dict) and document.get("type") == "Feature":
        return {**document, "features": [document]}
    if not isinstance(document, dict) or "features" not in document:
        raise UnreadableLayers(str(file), "is no GeoJSON feature collection")
    if not isinstance(document["features"], list):
        raise UnreadableLayers(str(file), "its features are no list")
    return document


def _told_grid(document: Mapping[str, Any]) -> Grid:
    """The system of a GeoJSON file: our own member, the ``crs`` of the edition of 2008, or WGS84."""
    if "coordinate_system" in document:
        return grid(str(document["coordinate_system"]))
    member = document.get("crs")
    told = member.get("properties") if isinstance(member, dict) else None
    name = told.get("name") if isinstance(told, dict) else None
    return (grid_of(name) if isinstance(name, str) else None) or grid("WGS84")


def _shape(file: Path, number: int, one: object) -> BaseGeometry | None:
    try:
        assert isinstance(one, dict)
        if one.get("geometry") is None:
            return None
        found: BaseGeometry = shape(one["geometry"])
    except (AssertionError, shapely.errors.ShapelyError, KeyError, TypeError, ValueError,
            AttributeError, IndexError) as error:  # fmt: skip
        reason = f"feature {number} has no geometry that can be read"
        raise UnreadableLayers(str(file), reason) from error
    return None if found.is_empty else found
