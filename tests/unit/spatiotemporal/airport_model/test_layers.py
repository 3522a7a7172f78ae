"""Layers: complete features, sound geometry, the same bytes each time."""

from __future__ import annotations

import json
from pathlib import Path

import geopandas as gpd
import pytest
from shapely.geometry import box, shape

from spatiotemporal.airport_model import (
    LAYERS,
    AirportModel,
    ModelStore,
    UnknownLayer,
    write_layers,
)

ALWAYS = {"id", "name_zh", "name_en", "source", "quality", "valid_from"}


def test_every_feature_says_what_it_is_and_where_it_is_from(model: AirportModel) -> None:
    seen: set[str] = set()
    for name, found in model.layers.items():
        features = json.loads(found.data)["features"]
        assert len(features) == found.count > 0, name
        for feature in features:
            assert feature["properties"].keys() >= ALWAYS
            assert all(feature["properties"][key] for key in ALWAYS)
            assert feature["id"] == feature["properties"]["id"]
            seen.add(feature["id"])
    assert len(seen) == sum(found.count for found in model.layers.values())


def test_every_shape_is_valid_and_inside_the_bounds(model: AirportModel) -> None:
    bounds = box(*model.bounds).buffer(0.001)
    for layer in LAYERS:
        for feature in json.loads(model.layer(layer.name).data)["features"]:
            drawn = shape(feature["geometry"])
            assert drawn.is_valid, feature["id"]
            assert not drawn.is_empty, feature["id"]
            assert bounds.covers(drawn), feature["id"]
            assert drawn.geom_type.removeprefix("Multi") == layer.geometry.removeprefix("Multi")


def test_two_builds_are_equal_byte_for_byte(model: AirportModel) -> None:
    again = ModelStore().model(model.airport.icao)
    assert [found.etag for found in again.layers.values()] == [
        found.etag for found in model.layers.values()
    ]
    assert all(again.layer(name).data == found.data for name, found in model.layers.items())


def test_an_unknown_layer_is_refused_with_the_known_ones(model: AirportModel) -> None:
    with pytest.raises(UnknownLayer, match="boundary, grass"):
        model.layer("volcano")


def test_everything_is_written_to_files_that_gis_programs_read(
    hongqiao: AirportModel, tmp_path: Path
) -> None:
    written = write_layers(hongqiao.airport, tmp_path)
    assert (tmp_path / "ZSSS_stand.geojson").read_bytes() == hongqiao.layer("stand").data
    assert json.loads((tmp_path / "ZSSS_findings.json").read_bytes()) == []
    assert set(written) == set(tmp_path.iterdir())
    stands = gpd.read_file(tmp_path / "ZSSS.gpkg", layer="stand")
    assert len(stands) == 169
    assert stands.crs.to_epsg() == 4326
