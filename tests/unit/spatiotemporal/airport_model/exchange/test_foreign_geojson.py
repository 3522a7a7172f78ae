"""GeoJSON, shapefiles and extracts as other programs write them, and what they leave unsaid."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import geopandas as gpd
import pytest
from pyproj import CRS, Transformer
from shapely.geometry import LineString, Point

from spatiotemporal.airport_model import UnknownGrid, UnreadableLayers, exchange, install
from tests.unit.spatiotemporal.airport_model.exchange.mapped import airfield

RUNWAY = {"aeroway": "runway", "ref": "18/36"}
ENDS = [(2.0, 48.0), (2.0, 48.02)]


def line(*points: tuple[float, ...]) -> dict[str, Any]:
    geometry = {"type": "LineString", "coordinates": list(points)}
    return {"type": "Feature", "geometry": geometry, "properties": RUNWAY}


def read(file: Path, told: object = None, crs: str = "") -> dict[str, Any]:
    if told is not None:
        file.write_text(told if isinstance(told, str) else json.dumps(told))
    return exchange.read(file, icao="LFZZ", valid_from=date(2026, 5, 1), crs=crs)[0]


def ends(layers: dict[str, Any]) -> list[list[float]]:
    (feature,) = layers["runway_line"]["features"]
    return [list(point) for point in feature["geometry"]["coordinates"]]


def test_a_feature_alone_is_read(tmp_path: Path) -> None:
    assert ends(read(tmp_path / "one.geojson", line(*ENDS))) == [list(end) for end in ENDS]


@pytest.mark.parametrize(
    "name", ["urn:ogc:def:crs:EPSG::32631", "EPSG:32631", "urn:ogc:def:crs:OGC:1.3:CRS84"]
)
def test_the_system_that_a_geojson_file_names_is_used(name: str, tmp_path: Path) -> None:
    there = Transformer.from_crs(4326, CRS.from_user_input(name), always_xy=True)
    told = {
        "type": "FeatureCollection",
        "crs": {"type": "name", "properties": {"name": name}},
        "features": [line(*(there.transform(*end) for end in ENDS))],
    }
    for point, end in zip(ends(read(tmp_path / "f.geojson", told)), ENDS, strict=True):
        assert point == pytest.approx(end, abs=1e-6)


def test_a_system_that_nobody_knows_is_named(tmp_path: Path) -> None:
    told: dict[str, Any] = {"type": "FeatureCollection", "features": [line(*ENDS)]}
    told["crs"] = {"type": "name", "properties": {"name": "urn:x:city grid"}}
    with pytest.raises(UnknownGrid, match="city grid"):
        read(tmp_path / "f.geojson", told)
    assert ends(read(tmp_path / "f.geojson", told, crs="WGS84"))[0] == [2.0, 48.0]


def test_a_town_s_grid_without_an_epsg_code_is_taken_from_the_shapefile(tmp_path: Path) -> None:
    town = CRS.from_proj4("+proj=tmerc +lat_0=48 +lon_0=2.01 +x_0=5000 +y_0=7000 +ellps=GRS80")
    there = Transformer.from_crs(4326, town, always_xy=True)
    shape = LineString([there.transform(*end) for end in ENDS])
    table = gpd.GeoDataFrame({**{k: [v] for k, v in RUNWAY.items()}}, geometry=[shape], crs=town)
    table.to_file(tmp_path / "runway_line.shp")
    for point, end in zip(ends(read(tmp_path / "runway_line.shp")), ENDS, strict=True):
        assert point == pytest.approx(end, abs=1e-6)


def test_names_of_aerodrome_mapping_tables_may_carry_their_prefix(tmp_path: Path) -> None:
    square = Point(2, 48).buffer(0.001, cap_style="square")
    table = gpd.GeoDataFrame({"idrwy": ["18.36"]}, geometry=[square], crs=4326)
    table.to_file(tmp_path / "amdb.gpkg", layer="AM_RunwayElement", driver="GPKG")
    assert list(read(tmp_path / "amdb.gpkg")) == ["runway"]


def test_what_is_no_json_says_where(tmp_path: Path) -> None:
    with pytest.raises(UnreadableLayers, match=r"no JSON: .*line 1"):
        read(tmp_path / "f.geojson", '{"type": NaN}')


def test_the_feature_that_lies_elsewhere_is_named(tmp_path: Path) -> None:
    stray = {"type": "Feature", "id": "sock", "properties": {"aeroway": "windsock"}}
    stray["geometry"] = {"type": "Point", "coordinates": [0.0, 0.0]}
    near = [line(*ENDS), line((2.01, 48.0), (2.01, 48.02))]
    told = {"type": "FeatureCollection", "features": [*near, stray]}
    layers = read(tmp_path / "f.geojson", told)
    with pytest.raises(
        UnreadableLayers, match=r"farthest is LFZZ\.windsock\.sock of layer windsock"
    ):
        install(tmp_path / "own", "LFZZ", layers, {}, alone=True)


def test_an_extract_tells_what_of_it_is_not_read(tmp_path: Path) -> None:
    file = tmp_path / "field.osm"
    data = airfield().xml().decode().replace('v="windsock"', 'v="model_aircraft"')
    far = '<node id="9001" lat="10.0" lon="10.0"><tag k="aeroway" v="gate"/></node>'
    odd = '<node id="9002" lat="10.0" lon="10.0"><tag k="aeroway" v="launchpad"/></node>'
    file.write_text(data.replace("</osm>", f"{far}{odd}</osm>"))
    _, manifest = exchange.read(file, icao="LFZZ", valid_from=date(2026, 5, 1))
    notices = manifest["notices"]
    assert isinstance(notices, list)
    told = {notice["code"]: notice["text"] for notice in notices}
    assert "launchpad 1" in told["osm-unread-kind"]
    assert "elements lie outside" in told["osm-outside"]


SEQUENCES = {
    "lines.geojsonl": "{one}\n{two}\n",
    "lines.ndjson": "{one}\r\n\r\n{two}",
    "sequence.geojsons": "\x1e{one}\n\x1e{two}\n",
    "named_otherwise.geojson": "{one}\n{two}\n",
    "broken.geojsons": "\x1e{one}\n\x1e{cut}\x1e{two}\n",
}


@pytest.mark.parametrize("name", SEQUENCES)
def test_sequences_of_texts_are_read(tmp_path: Path, name: str) -> None:
    other = line((2.01, 48.0), (2.01, 48.02)) | {"properties": {"aeroway": "taxiway", "ref": "A"}}
    whole = json.dumps(line(*ENDS), indent=1 if name == "sequence.geojsons" else None)
    file = tmp_path / name
    text = SEQUENCES[name].format(one=whole, two=json.dumps(other), cut=whole[:40])
    file.write_bytes(text.encode())
    layers, manifest = exchange.read(file, icao="LFZZ", valid_from=date(2026, 5, 1))
    assert ends(layers) == [list(end) for end in ENDS]
    assert len(layers["taxi_line"]["features"]) == 1  # type: ignore[arg-type]
    codes = [one["code"] for one in manifest["notices"]]  # type: ignore[attr-defined]
    assert codes == (["geojson-bad-record"] if name.startswith("broken") else [])


def test_a_sequence_without_a_feature_tells_what_it_holds(tmp_path: Path) -> None:
    with pytest.raises(UnreadableLayers, match="line 1: is no GeoJSON feature collection; left"):
        read(tmp_path / "a.ndjson", '{"a": 1}\n{"b": 2}\n')
