"""Writes layers for other programs: GeoJSON, GeoPackage or shapefiles, in any known system."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from types import MappingProxyType

import geopandas as gpd
import orjson
from shapely.geometry import mapping, shape

from spatiotemporal.airport_model.errors import UnknownFileKind
from spatiotemporal.airport_model.exchange import fields
from spatiotemporal.airport_model.exchange.grids import Grid, grid
from spatiotemporal.airport_model.exchange.layer_names import amdb_name

Layers = Mapping[str, Mapping[str, object]]
"""GeoJSON feature collections in WGS84 by the project's layer names."""


def write(
    layers: Layers, folder: Path, *, icao: str, kind: str = "gpkg", crs: str = "WGS84"
) -> list[Path]:
    """Write layers under AMDB names below ``folder`` (made if need be).

    Args:
        kind: ``geojson`` (a file per layer), ``gpkg`` (one file) or ``shp`` (a set per layer).
        crs: name of the coordinate system, see :mod:`spatiotemporal.airport_model.exchange.grids`.

    Raises:
        UnknownGrid, UnknownAirport: no such system.
        UnknownFileKind: no such kind.
        OSError: the folder cannot be written.
    """
    if kind not in _WRITERS:
        raise UnknownFileKind(kind, tuple(_WRITERS))
    system = grid(crs)
    folder.mkdir(parents=True, exist_ok=True)
    return _WRITERS[kind](layers, folder, icao.upper(), system)


def _features(collection: Mapping[str, object], system: Grid) -> list[dict[str, object]]:
    listed = collection["features"]
    assert isinstance(listed, list)
    if system.name == "WGS84":
        return listed
    return [{**one, "geometry": mapping(system.out(shape(one["geometry"])))} for one in listed]


def _geojson(layers: Layers, folder: Path, icao: str, system: Grid) -> list[Path]:
    written = []
    for layer, collection in layers.items():
        path = folder / f"{icao}_{amdb_name(layer)}.geojson"
        # RFC 7946 is WGS84 only; a file in another system says so in a member of its own.
        tag = {} if system.name == "WGS84" else {"coordinate_system": system.name}
        told = {**collection, **tag, "features": _features(collection, system)}
        path.write_bytes(orjson.dumps(told))
        written.append(path)
    return written


def _gpkg(layers: Layers, folder: Path, icao: str, system: Grid) -> list[Path]:
    path = folder / f"{icao}.gpkg"
    path.unlink(missing_ok=True)
    for layer, collection in layers.items():
        table = _table(_features(collection, system), system)
        table.to_file(path, layer=amdb_name(layer), driver="GPKG", promote_to_multi=True)
    return [path]


def _shp(layers: Layers, folder: Path, icao: str, system: Grid) -> list[Path]:
    written = []
    for layer, collection in layers.items():
        path = folder / f"{icao}_{amdb_name(layer)}.shp"
        table = _table(_features(collection, system), system)
        columns = [name for name in table.columns if name != "geometry"]
        table = table.rename(columns=fields.short_names(columns))
        table.to_file(path, driver="ESRI Shapefile", encoding="utf-8")
        written.append(path)
    return written


def _table(features: list[dict[str, object]], system: Grid) -> gpd.GeoDataFrame:
    table = gpd.GeoDataFrame.from_features(features, crs=system.crs)
    for column in table.columns:
        if column != "geometry" and table[column].dtype == object:
            table[column] = table[column].map(fields.flat)
    return table


_WRITERS: Mapping[str, Callable[[Layers, Path, str, Grid], list[Path]]] = MappingProxyType(
    {"geojson": _geojson, "gpkg": _gpkg, "shp": _shp}
)
