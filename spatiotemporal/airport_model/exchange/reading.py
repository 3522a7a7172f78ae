"""Reads layers that others wrote: GeoJSON, GeoPackage, shapefiles, OpenStreetMap, apt.dat, CityJSON, IFC.

An operator's own files replace ours without a change of code: layers are known by AMDB name or by
ours, coordinate systems by their tag or by the name that the caller gives, and what a file does not
say (ids, source, quality) is filled in and marked.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from types import MappingProxyType
from typing import Any

import pyogrio
import pyogrio.errors

from service_bus import Notice
from spatiotemporal.airport_model import apt_dat
from spatiotemporal.airport_model.errors import UnreadableLayers
from spatiotemporal.airport_model.exchange import (
    city_json,
    fields,
    geojson,
    ifc,
    osm,
    osm_airport,
)
from spatiotemporal.airport_model.exchange.finishing import finished
from spatiotemporal.airport_model.exchange.grids import Grid, grid, grid_of
from spatiotemporal.airport_model.exchange.layer_names import project_name

Feature = dict[str, Any]
Collections = dict[str, dict[str, object]]

_LOSSES = frozenset({"apt-bad-row", "apt-no-extent", "apt-far-away", "apt-after-end"})
"""Notices that may tell why nothing of an airport is left."""

MOST_LOSSES = 3
_CODE = re.compile(r"^[A-Za-z0-9]{3,7}$")


@dataclass(slots=True)
class _Gathered:
    """What was read so far."""

    icao: str
    crs: str
    layers: dict[str, list[Feature]] = field(default_factory=dict)
    manifest: dict[str, object] = field(default_factory=dict)
    notices: list[Notice] = field(default_factory=list)

    def add(self, layers: Iterable[tuple[str, list[Feature]]]) -> None:
        """Put features under their layers; roads that are drawn as areas have one of their own."""
        for layer, features in layers:
            for feature in features:
                drawn = feature["geometry"].geom_type.endswith("Polygon")
                name = "road_area" if layer == "service_road" and drawn else layer
                self.layers.setdefault(name, []).append(feature)


def read(
    path: Path, *, icao: str, valid_from: date, crs: str = "", source: str = "", pick: str = ""
) -> tuple[Collections, dict[str, object]]:
    """Layers and manifest of a file, or of all files of a folder.

    Args:
        path: one file, or a folder of them.
        icao: the airport; picks it out of an apt.dat and begins the ids.
        pick: what an apt.dat calls the airport, where that is something else.
        valid_from: for features that do not say since when they hold.
        crs: name of the coordinate system where files are not tagged, or tagged wrongly.
        source: what to name as source; the file's name by default.

    Raises:
        UnreadableLayers: nothing there, not readable, or a system that is not told.
        Malformed: a file with a fault; names field and place.
        UnknownGrid: no such coordinate system.
    """
    if not _CODE.match(icao):
        raise UnreadableLayers(str(path), f"airport code {icao!r} is not 3 to 7 letters and digits")
    files = _files(path)
    if files[0].suffix.lower() == ".dat":
        return _apt_dat(files[0], icao, valid_from, pick)
    gathered = _Gathered(icao=icao.upper(), crs=crs)
    for file in files:
        _READERS[file.suffix.lower()](file, gathered)
    named = {
        layer: finished(features, layer, icao.upper(), source or path.name, valid_from)
        for layer, features in gathered.layers.items()
    }
    named = {layer: collection for layer, collection in named.items() if collection["features"]}
    if not named:
        told = [f"; {n.position}: {n.text}" for n in gathered.notices[:MOST_LOSSES]]
        raise UnreadableLayers(str(path), "".join(["there is no feature in it", *told]))
    manifest = {
        "icao": icao.upper(),
        "source": source or path.name,
        **gathered.manifest,
        "notices": [_told(notice) for notice in gathered.notices],
    }
    return named, manifest


def _told(notice: Notice) -> dict[str, str]:
    return {
        "code": notice.code, "field": notice.field, "position": notice.position,
        "text": notice.text,
    }  # fmt: skip


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
        known = f"no file ending in {', '.join(SUFFIXES)}"
        raise UnreadableLayers(str(path), known if path.exists() else "there is no such file")
    return found


def _apt_dat(
    file: Path, icao: str, since: date, pick: str
) -> tuple[Collections, dict[str, object]]:
    (airport,) = apt_dat.parse(file.read_bytes(), only=pick or icao)
    try:
        layers = apt_dat.layers(airport, valid_from=since, icao=icao)
    except ValueError as error:
        lost = [f"; {n.position}: {n.text}" for n in airport.notices if n.code in _LOSSES]
        reason = str(error) + "".join(lost[:MOST_LOSSES])
        raise UnreadableLayers(str(file), reason) from error
    return layers, apt_dat.manifest(airport, icao=icao)


def _tables(file: Path, to: _Gathered) -> None:
    """GeoPackage and shapefile: every layer with a name and a coordinate system."""
    try:
        names = [str(name) for name in pyogrio.list_layers(file)[:, 0]]
        for name in names:
            frame = pyogrio.read_dataframe(file, layer=name)
            if "geometry" not in frame:  # a table without shapes
                continue
            system = grid(to.crs) if to.crs else grid_of(frame.crs)
            if system is None:
                reason = f"layer {name} does not tell its coordinate system; name it with --crs"
                raise UnreadableLayers(str(file), reason)
            to.add([(_layer_of(name, to.icao), list(_rows(frame, system)))])
    except pyogrio.errors.DataSourceError as error:
        raise UnreadableLayers(str(file), str(error)) from error


def _layer_of(name: str, icao: str) -> str:
    return project_name(re.sub(rf"^(?:{icao}[_.-])?(?:am_)?", "", name, flags=re.IGNORECASE))


def _rows(frame: object, system: Grid) -> Iterable[Feature]:
    for row in frame.to_dict("records"):  # type: ignore[attr-defined]
        geometry = row.pop("geometry")
        if geometry is not None and not geometry.is_empty:
            told = {fields.long_name(key): fields.unflat(value) for key, value in row.items()}
            yield {"geometry": system.into(geometry), "properties": told}


def _json(file: Path, to: _Gathered) -> None:
    """GeoJSON, CityJSON, sequences of them, or an answer of the Overpass API, told by members."""
    data = file.read_bytes()
    if osm.recognise(data) > 0.5:
        _osm(file, to)
    elif city_json.recognise(data) > 0.5:
        city = city_json.parse(data)
        system = _system(file, to.crs or city.crs)
        to.add([("building", city_json.features(city, system))])
        to.notices += city.notices
    else:
        read = geojson.read(file, data, crs=to.crs, own=_layer_of(file.stem, to.icao))
        to.add(read.layers.items())
        to.notices += read.notices


def _osm(file: Path, to: _Gathered) -> None:
    layers, identity, notices = osm_airport.airport(osm.parse(file.read_bytes()), to.icao)
    to.add(layers.items())
    to.manifest |= identity
    to.notices += notices


def _ifc(file: Path, to: _Gathered) -> None:
    model = ifc.parse(file.read_bytes())
    to.add([("building", ifc.features(model, _system(file, to.crs) if to.crs else None))])
    to.notices += model.notices


def _system(file: Path, name: str) -> Grid:
    if not name:
        reason = "it does not tell its coordinate system; name it with --crs"
        raise UnreadableLayers(str(file), reason)
    return grid(name)


_READERS: Mapping[str, Callable[[Path, _Gathered], None]] = MappingProxyType(
    {
        ".geojson": _json,
        ".json": _json,
        ".geojsonl": _json,
        ".geojsons": _json,
        ".ndjson": _json,
        ".jsonl": _json,
        ".osm": _osm,
        ".xml": _osm,
        ".gpkg": _tables,
        ".shp": _tables,
        ".ifc": _ifc,
    }
)
SUFFIXES = (".dat", *_READERS)
