"""Reads layers that others wrote: GeoJSON, GeoPackage, shapefiles, OpenStreetMap, apt.dat.

An operator's own files replace ours without a change of code: layers are known by AMDB name or by
ours, coordinate systems by their tag or by the name that the caller gives, and what a file does not
say (ids, source, quality) is filled in and marked.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pyogrio
import pyogrio.errors
import shapely
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model import apt_dat
from spatiotemporal.airport_model.errors import UnreadableLayers
from spatiotemporal.airport_model.exchange import aeroways, fields
from spatiotemporal.airport_model.exchange.grids import Grid, grid, grid_of
from spatiotemporal.airport_model.exchange.layer_names import project_name

Feature = dict[str, Any]
Collections = dict[str, dict[str, object]]

SUFFIXES = (".dat", ".geojson", ".json", ".gpkg", ".shp")


def read(
    path: Path, *, icao: str, valid_from: date, crs: str = "", source: str = ""
) -> tuple[Collections, dict[str, object]]:
    """Layers and manifest of a file, or of all files of a folder.

    Args:
        path: one file, or a folder of them.
        icao: the airport; picks it out of an apt.dat and begins the ids.
        valid_from: for features that do not say since when they hold.
        crs: name of the coordinate system where files are not tagged, or tagged wrongly.
        source: what to name as source; the file's name by default.

    Raises:
        UnreadableLayers: nothing there, not readable, or a system that is not told.
        Malformed: an apt.dat with a fault.
        UnknownGrid: no such coordinate system.
    """
    files = _files(path)
    if files[0].suffix.lower() == ".dat":
        return _apt_dat(files[0], icao, valid_from)
    gathered: dict[str, list[Feature]] = {}
    for file in files:
        for layer, features in _layers(file, icao.upper(), crs):
            gathered.setdefault(layer, []).extend(features)
    named = {
        layer: _finished(features, layer, icao.upper(), source or path.name, valid_from)
        for layer, features in gathered.items()
        if features
    }
    if not named:
        raise UnreadableLayers(str(path), "there is no feature in it")
    manifest: dict[str, object] = {"icao": icao.upper(), "source": source or path.name}
    return named, manifest


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(f for f in path.iterdir() if f.suffix.lower() in SUFFIXES)
        # Reports of a build lie beside its layers.
        found = [f for f in found if not f.stem.endswith(("_findings", "manifest"))]
        packages = [f for f in found if f.suffix.lower() == ".gpkg"]
        found = packages or found
    else:
        found = [path] if path.is_file() and path.suffix.lower() in SUFFIXES else []
    if not found:
        raise UnreadableLayers(str(path), f"no file ending in {', '.join(SUFFIXES)}")
    return found


def _apt_dat(file: Path, icao: str, since: date) -> tuple[Collections, dict[str, object]]:
    (airport, *_) = apt_dat.parse(file.read_bytes(), only=icao)
    layers = apt_dat.layers(airport, valid_from=since, icao=icao)
    return layers, apt_dat.manifest(airport, icao=icao)


def _layers(file: Path, icao: str, crs: str) -> Iterable[tuple[str, list[Feature]]]:
    if file.suffix.lower() in (".geojson", ".json"):
        yield from _geojson(file, icao, crs)
        return
    try:
        names = [str(name) for name in pyogrio.list_layers(file)[:, 0]]
        for name in names:
            frame = pyogrio.read_dataframe(file, layer=name)
            system = grid(crs) if crs else grid_of(frame.crs)
            if system is None:
                reason = f"layer {name} does not tell its coordinate system; name it with --crs"
                raise UnreadableLayers(str(file), reason)
            yield _layer_of(name, icao), list(_rows(frame, system))
    except pyogrio.errors.DataSourceError as error:
        raise UnreadableLayers(str(file), str(error)) from error


def _layer_of(name: str, icao: str) -> str:
    return project_name(re.sub(rf"^{icao}[_.-]", "", name, flags=re.IGNORECASE))


def _rows(frame: object, system: Grid) -> Iterable[Feature]:
    for row in frame.to_dict("records"):  # type: ignore[attr-defined]
        geometry = row.pop("geometry")
        if geometry is not None and not geometry.is_empty:
            told = {fields.long_name(key): fields.unflat(value) for key, value in row.items()}
            yield {"geometry": system.into(geometry), "properties": told}


def _geojson(file: Path, icao: str, crs: str) -> Iterable[tuple[str, list[Feature]]]:
    try:
        document = orjson.loads(file.read_bytes())
        listed = document["features"]
        tag = str(document.get("coordinate_system", "WGS84"))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise UnreadableLayers(str(file), "is no GeoJSON feature collection") from error
    system = grid(crs or tag)
    own = _layer_of(file.stem, icao)
    gathered: dict[str, list[Feature]] = {}
    for number, one in enumerate(listed, start=1):
        geometry = _shape(file, number, one)
        if geometry is None:
            continue
        told = dict(one.get("properties") or {})
        if "id" not in told and one.get("id") is not None:
            told["id"] = one["id"]
        layer = aeroways.layer(told, geometry) or own
        if layer != own:
            told = aeroways.properties(told)
        gathered.setdefault(layer, []).append(
            {"geometry": system.into(geometry), "properties": told}
        )
    yield from gathered.items()


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


def _finished(
    features: list[Feature], layer: str, icao: str, source: str, since: date
) -> dict[str, object]:
    """A collection whose features all have id, names, source, quality and a beginning."""
    seen: set[str] = set()
    made: list[Feature] = []
    for number, one in enumerate(features, start=1):
        told = one["properties"]
        key = _id(told, layer, icao, number, seen)
        seen.add(key)
        made.append(
            {
                "type": "Feature",
                "id": key,
                "geometry": mapping(one["geometry"]),
                "properties": {**_defaults(told, source, since), **told, "id": key},
            }
        )
    return {"type": "FeatureCollection", "name": f"{icao} {layer}", "features": made}


def _id(told: Mapping[str, object], layer: str, icao: str, number: int, seen: set[str]) -> str:
    own = told.get("id") or told.get("designator") or told.get("number") or number
    key = str(own) if str(own).startswith(f"{icao}.") else f"{icao}.{layer}.{own}"
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
