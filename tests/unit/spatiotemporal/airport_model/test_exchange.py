"""Layers out and in again: file kinds, coordinate systems by name, others' names, differences."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import geopandas as gpd
import pyogrio
import pytest
from pyproj import Geod
from shapely.geometry import shape

from spatiotemporal.airport_model import (
    AirportModel,
    UnknownFileKind,
    UnknownGrid,
    UnreadableLayers,
    exchange,
)
from spatiotemporal.airport_model.exchange import fields, layer_names
from tests.unit.spatiotemporal.airport_model.apt_dat.sample import SAMPLE

SINCE = date(2026, 5, 1)
EARTH = Geod(ellps="WGS84")
Layers = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def layers(hongqiao: AirportModel) -> Layers:
    wanted = ("runway", "threshold", "stand", "hold_line", "apron")
    return {name: json.loads(hongqiao.layer(name).data) for name in wanted}


def back(path: Path, **options: str) -> Layers:
    return exchange.read(path, icao="ZSSS", valid_from=SINCE, **options)[0]  # type: ignore[arg-type]


SYSTEMS = ["WGS84", "CGCS2000", "GCJ-02", "local:ZSSS", "EPSG:32651", "EPSG:4549"]


@pytest.mark.parametrize("kind", ["geojson", "gpkg", "shp"])
@pytest.mark.parametrize("crs", SYSTEMS)
def test_layers_come_back_as_they_went_out(
    kind: str, crs: str, layers: Layers, tmp_path: Path
) -> None:
    written = exchange.write(layers, tmp_path, icao="zsss", kind=kind, crs=crs)
    assert all(path.is_file() for path in written)
    found = exchange.compare(layers, back(tmp_path))
    assert [(c.layer, c.id, c.kind, c.moved_m) for c in found.changes if c.moved_m > 0.05] == []
    assert found.counts == {name: (len(c["features"]),) * 2 for name, c in layers.items()}
    assert {c.kind for c in found.changes} <= {"changed"}


def test_a_geopackage_keeps_every_attribute(layers: Layers, tmp_path: Path) -> None:
    exchange.write(layers, tmp_path, icao="ZSSS", kind="gpkg")
    assert exchange.compare(layers, back(tmp_path)).changes == ()


def test_files_carry_amdb_names_and_the_system_they_are_in(layers: Layers, tmp_path: Path) -> None:
    (path,) = exchange.write(layers, tmp_path, icao="ZSSS", crs="CGCS2000")
    assert set(pyogrio.list_layers(path)[:, 0]) == {
        "RunwayElement", "RunwayThreshold", "ParkingStandArea", "TaxiwayHoldingPosition",
        "ApronElement",
    }  # fmt: skip
    assert gpd.read_file(path, layer="RunwayElement").crs.to_epsg() == 4490


def test_gcj_02_is_shifted_and_told(layers: Layers, tmp_path: Path) -> None:
    exchange.write(layers, tmp_path, icao="ZSSS", kind="geojson", crs="GCJ-02")
    document = json.loads((tmp_path / "ZSSS_RunwayThreshold.geojson").read_text())
    assert document["coordinate_system"] == "GCJ-02"
    here, there = (
        c["features"][0]["geometry"]["coordinates"] for c in (layers["threshold"], document)
    )
    assert EARTH.inv(*here, *there)[2] == pytest.approx(484.0, abs=3.0)


def test_a_wrong_tag_is_overruled_by_name(layers: Layers, tmp_path: Path) -> None:
    exchange.write(layers, tmp_path, icao="ZSSS", kind="geojson", crs="GCJ-02")
    for file in tmp_path.iterdir():
        document = json.loads(file.read_text())
        del document["coordinate_system"]
        file.write_text(json.dumps(document))
    shifted = exchange.compare(layers, back(tmp_path))
    assert min(c.moved_m for c in shifted.changes) > 400.0
    assert exchange.compare(layers, back(tmp_path, crs="gcj02")).changes == ()


def test_local_metres_are_those_of_the_description(
    hongqiao: AirportModel, layers: Layers, tmp_path: Path
) -> None:
    exchange.write(layers, tmp_path, icao="ZSSS", kind="geojson", crs="local:zsss")
    document = json.loads((tmp_path / "ZSSS_ParkingStandArea.geojson").read_text())
    stand = hongqiao.airport.stands[0]
    drawn = shape(document["features"][0]["geometry"])
    assert drawn.hausdorff_distance(stand.polygon) < 0.02


def test_an_operators_file_needs_nothing_but_shapes(tmp_path: Path) -> None:
    table = gpd.GeoDataFrame(
        {"number": ["7", "7"]},
        geometry=gpd.points_from_xy([121.33, 121.34], [31.2, 31.2]),
        crs="EPSG:4326",
    )
    table.to_file(tmp_path / "own.gpkg", layer="ParkingStandLocation", driver="GPKG")
    features = back(tmp_path / "own.gpkg", source="操作员")["stand_location"]["features"]
    assert [f["id"] for f in features] == ["ZSSS.stand_location.7", "ZSSS.stand_location.7~2"]
    told = features[0]["properties"]
    assert (told["name_zh"], told["source"], told["quality"]) == ("7", "操作员", "estimate")
    assert told["valid_from"] == "2026-05-01"


def test_openstreetmap_tags_find_their_layers(tmp_path: Path) -> None:
    line = {"type": "LineString", "coordinates": [[121.3, 31.2], [121.31, 31.2]]}
    point = {"type": "Point", "coordinates": [121.3, 31.2]}
    collection = {
        "type": "FeatureCollection",
        "features": [
            {"type": "Feature", "id": "way/1", "geometry": line,
             "properties": {"aeroway": "taxiway", "ref": "A"}},
            {"type": "Feature", "id": "node/2", "geometry": point,
             "properties": {"aeroway": "parking_position", "ref": "221"}},
            {"type": "Feature", "geometry": line, "properties": {"highway": "service"}},
        ],
    }  # fmt: skip
    (tmp_path / "osm.geojson").write_text(json.dumps(collection))
    found = back(tmp_path / "osm.geojson")
    assert set(found) == {"taxi_line", "stand_location", "service_road"}
    assert found["taxi_line"]["features"][0]["properties"]["designator"] == "A"


def test_the_counts_of_an_apt_dat_come_through_the_same_door(tmp_path: Path) -> None:
    file = tmp_path / "apt.dat"
    file.write_text(SAMPLE)
    found, manifest = exchange.read(file, icao="ZZTS", valid_from=SINCE)
    assert len(found["runway"]["features"]) == 2  # type: ignore[arg-type]
    assert manifest["name"] == "Test Field"


def test_what_cannot_be_read_says_why(tmp_path: Path) -> None:
    with pytest.raises(UnreadableLayers, match="no file ending"):
        back(tmp_path)
    with pytest.raises(UnreadableLayers, match="there is no such file"):
        back(tmp_path / "none.geojson")
    (tmp_path / "a.geojson").write_text("[]")
    with pytest.raises(UnreadableLayers, match="no GeoJSON"):
        back(tmp_path / "a.geojson")
    (tmp_path / "a.geojson").write_text('{"features": [{"geometry": {"type": "Blob"}}]}')
    with pytest.raises(UnreadableLayers, match="feature 1"):
        back(tmp_path / "a.geojson")
    (tmp_path / "b.gpkg").write_text("no package")
    with pytest.raises(UnreadableLayers):
        back(tmp_path / "b.gpkg")


def test_unknown_names_are_refused(layers: Layers, tmp_path: Path) -> None:
    with pytest.raises(UnknownGrid, match="known are"):
        exchange.write(layers, tmp_path, icao="ZSSS", crs="BD-09")
    with pytest.raises(UnknownGrid):
        exchange.grid("EPSG:1")
    with pytest.raises(UnknownFileKind, match="gpkg"):
        exchange.write(layers, tmp_path, icao="ZSSS", kind="dwg")


def test_amdb_names_are_one_to_one() -> None:
    assert len(set(layer_names.AMDB.values())) == len(layer_names.AMDB)
    assert [n for n in layer_names.AMDB if exchange.project_name(exchange.amdb_name(n)) != n] == []
    assert exchange.project_name(exchange.amdb_name("noise_area")) == "noise_area"


def test_short_field_names_stay_apart() -> None:
    names = ["bearing_true_deg", "taxiway_name_one", "taxiway_name_two", "designator"]
    short = fields.short_names(names)
    assert len(set(short.values())) == 4
    assert max(len(name) for name in short.values()) <= 10


def _moved(collection: dict[str, Any], **told: object) -> dict[str, Any]:
    changed = json.loads(json.dumps(collection))
    changed["features"][0]["properties"].update(told)
    del changed["features"][1]
    for ring in changed["features"][2]["geometry"]["coordinates"]:
        for place in ring:
            place[1] += 1e-4
    return changed  # type: ignore[no-any-return]


def test_a_difference_names_what_came_went_moved_and_changed(layers: Layers) -> None:
    other = {**layers, "stand": _moved(layers["stand"], code="F")}
    found = exchange.compare(layers, other)
    by_kind = {change.kind: change for change in found.changes}
    assert len(found.changes) == len(by_kind) == 3
    assert by_kind["changed"].attributes == ("code",)
    assert by_kind["removed"].id == layers["stand"]["features"][1]["id"]
    assert by_kind["moved"].moved_m == pytest.approx(11.1, abs=0.1)
    row = next(row for row in found.table() if row["layer"] == "stand")
    assert (row["first"], row["second"], row["removed"], row["moved"]) == (169, 168, 1, 1)
    backwards = exchange.compare(other, layers)
    assert sorted(c.kind for c in backwards.changes) == ["added", "changed", "moved"]


def test_sides_with_ids_of_their_own_pair_up_by_place(layers: Layers) -> None:
    other = json.loads(json.dumps(layers["stand"]))
    for number, feature in enumerate(other["features"]):
        feature["id"] = f"other.{number}"
    found = exchange.compare({"stand": layers["stand"]}, {"stand": other})
    assert found.changes == ()


def test_the_picture_is_svg_that_names_its_elements(layers: Layers) -> None:
    other = {**layers, "stand": _moved(layers["stand"], code="F")}
    text = exchange.diff_picture(exchange.compare(layers, other), title="ours <> theirs")
    root = ElementTree.fromstring(text)
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    titles = [t.text or "" for t in root.iter("{http://www.w3.org/2000/svg}title")]
    assert any(t.startswith("moved: stand ZSSS.stand.") for t in titles)
    assert "only in the first: 1" in "".join(root.itertext())
