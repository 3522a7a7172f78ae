"""Writes an airport to files: a GeoJSON per layer, all of them in one GeoPackage, the findings.

GeoJSON files are equal byte for byte from build to build. The GeoPackage holds the same features
for GIS programs; SQLite writes its own time into it, so it differs in its header.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import geopandas as gpd
import orjson

from spatiotemporal.airport_model import checks, generator
from spatiotemporal.airport_model.elements import Airport
from spatiotemporal.airport_model.exchange.fields import flat


def write_layers(
    airport: Airport,
    folder: Path,
    drawn: Mapping[str, generator.FeatureCollection] | None = None,
) -> list[Path]:
    """Write everything below ``folder`` (made if need be) and give the paths, in order of writing.

    Args:
        drawn: layers to write in place of those that the airport itself draws.

    Raises:
        OSError: the folder cannot be written.
    """
    folder.mkdir(parents=True, exist_ok=True)
    package = folder / f"{airport.icao}.gpkg"
    package.unlink(missing_ok=True)
    written: list[Path] = []
    for name, collection in (drawn or generator.layers(airport)).items():
        path = folder / f"{airport.icao}_{name}.geojson"
        path.write_bytes(orjson.dumps(collection))
        written.append(path)
        _into_package(collection, package, name)
    report = folder / f"{airport.icao}_findings.json"
    report.write_bytes(orjson.dumps(checks.check(airport), option=orjson.OPT_INDENT_2))
    return [*written, package, report]


def _into_package(collection: generator.FeatureCollection, package: Path, name: str) -> None:
    frame = gpd.GeoDataFrame.from_features(collection, crs="EPSG:4326")
    for column in frame.columns:
        if column != "geometry" and frame[column].dtype == object:
            frame[column] = frame[column].map(flat)
    frame.to_file(package, layer=name, driver="GPKG", promote_to_multi=True)
