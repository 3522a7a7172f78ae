"""Vector tiles, read back by GDAL's reader, which shares nothing with our writer."""

from __future__ import annotations

import math
from datetime import UTC, datetime
from pathlib import Path

import geopandas as gpd
import pyogrio
import pytest
from shapely.geometry import LineString, MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model.thematic import Content, Version, tiles

NOW = datetime(2026, 11, 27, tzinfo=UTC)
Z, X, Y = 14, 13713, 6690
"""A tile over Pudong."""


def version(shape: BaseGeometry, **told: object) -> Version:
    content = Content(feature_id="a", shape=shape, properties=told, valid_from=NOW)
    return Version(seq=41, content=content, made_by=1, recorded_at=NOW)


def middle() -> tuple[float, float]:
    west, south, east, north = tiles.box_of(Z, X, Y)
    return (west + east) / 2, (south + north) / 2


def read(data: bytes, layer: str, folder: Path) -> gpd.GeoDataFrame:
    """As a program that knows tiles only by their specification, in Web Mercator metres."""
    place = folder / str(Z) / str(X)
    place.mkdir(parents=True, exist_ok=True)
    (place / f"{Y}.pbf").write_bytes(data)
    return gpd.read_file(place / f"{Y}.pbf", layer=layer, engine="pyogrio")


def test_shapes_and_attributes_are_read_back(tmp_path: Path) -> None:
    x, y = middle()
    stand = version(
        box(x, y, x + 0.001, y + 0.0005),
        number="221", name_zh="221 机位", span_m=36.5, stands=3, lower=-7, contact=True, sizes=[1], gone=None,
    )  # fmt: skip
    data = tiles.encode({"stand": [stand]}, Z, X, Y)
    row = read(data, "stand", tmp_path).iloc[0]
    assert (row["number"], row["name_zh"], row["id"], row["sizes"]) == (
        "221",
        "221 机位",
        "a",
        "[1]",
    )
    assert (row["span_m"], row["stands"], row["lower"], bool(row["contact"])) == (36.5, 3, -7, True)
    found = gpd.GeoSeries([row.geometry], crs=3857).to_crs(4326).iloc[0]
    assert found.hausdorff_distance(stand.content.shape) < 2e-5
    assert found.area == pytest.approx(stand.content.shape.area, rel=0.02)


def test_layers_points_lines_and_holes(tmp_path: Path) -> None:
    x, y = middle()
    ring = box(x, y, x + 0.004, y + 0.004).difference(
        box(x + 0.001, y + 0.001, x + 0.002, y + 0.002)
    )
    pair = MultiPolygon([box(x, y, x + 0.001, y + 0.001), box(x + 0.003, y, x + 0.004, y + 0.001)])
    layers = {
        "apron": [version(ring), version(pair)],
        "taxi_line": [version(LineString([(x, y), (x + 0.001, y + 0.002), (x + 0.002, y)]))],
        "facility": [version(Point(x, y)), version(Point(x + 0.001, y))],
    }
    data = tiles.encode(layers, Z, X, Y)
    assert len(read(data, "facility", tmp_path)) == 2
    assert set(pyogrio.list_layers(tmp_path / str(Z) / str(X) / f"{Y}.pbf")[:, 0]) == set(layers)
    areas = read(data, "apron", tmp_path).geometry
    assert areas.is_valid.all()
    (holed,) = getattr(areas.iloc[0], "geoms", [areas.iloc[0]])
    assert len(holed.interiors) == 1
    assert len(areas.iloc[1].geoms) == 2
    (line,) = read(data, "taxi_line", tmp_path).geometry
    assert len(line.coords) == 3


def test_what_lies_outside_is_cut_away() -> None:
    x, y = middle()
    _west, _south, east, _north = tiles.box_of(Z, X, Y)
    far = version(box(east + 1, y, east + 2, y + 1))
    assert tiles.encode({"far": [far]}, Z, X, Y) == b""
    long = version(LineString([(x - 5, y), (x + 5, y)]))
    assert len(tiles.encode({"long": [long]}, Z, X, Y)) < 80


def test_a_speck_is_left_out_of_a_wide_tile() -> None:
    x, y = middle()
    assert tiles.encode({"stand": [version(box(x, y, x + 1e-5, y + 1e-5))]}, 3, 6, 3) == b""


def test_the_bytes_are_those_of_the_specification() -> None:
    """A point in the middle of the world, by hand from the protobuf schema."""
    data = tiles.encode({"p": [version(Point(0, 0))]}, 0, 0, 0)
    feature = bytes([0x08, 41, 0x12, 2, 0, 0, 0x18, 1, 0x22, 5, 0x09, 0x80, 0x20, 0x80, 0x20])
    layer = (
        b"\x0a\x01p" + b"\x12" + bytes([len(feature)]) + feature
        + b"\x1a\x02id" + b"\x22\x03\x0a\x01a" + b"\x28\x80\x20" + b"\x78\x02"
    )  # fmt: skip
    assert data == b"\x1a" + bytes([len(layer)]) + layer


@pytest.mark.parametrize("place", [(-1, 0, 0), (23, 0, 0), (3, 8, 0), (3, 0, -1)])
def test_tiles_that_do_not_exist_are_refused(place: tuple[int, int, int]) -> None:
    with pytest.raises(ValueError, match="no tile"):
        tiles.encode({}, *place)


def test_outlines_turn_clockwise_on_the_screen() -> None:
    pen = tiles._Pen()
    pen.area(Polygon([(0, 0), (10, 0), (10, 10), (0, 10)]))
    assert pen.commands == [9, 0, 0, 26, 20, 0, 0, 20, 19, 0, 15]
    assert math.isclose(tiles._turned([(0, 0), (10, 0), (10, 10), (0, 0)]), 100)
