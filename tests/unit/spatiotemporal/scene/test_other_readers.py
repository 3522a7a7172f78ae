"""Scenes in the hands of readers that are not ours: trimesh, cjio, and GDAL for tiles of the map.

The walk through the tileset is written anew here from the format's document, so that a mistake which
our writer and our reader share does not pass.
"""

from __future__ import annotations

import io
import math
import subprocess
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
import orjson
import pyogrio
import pytest
import shapely
import trimesh
from numpy.typing import NDArray
from pyproj import Transformer
from scipy.spatial import cKDTree
from shapely.geometry import shape

from spatiotemporal.adapters.memory_layers import MemoryLayers
from spatiotemporal.airport_model import Airport, generator
from spatiotemporal.airport_model.frame import moved
from spatiotemporal.airport_model.thematic import LayerService, tiles
from spatiotemporal.scene import city_model, models_glb

TO_ECEF = Transformer.from_crs(4979, 4978, always_xy=True)
UPRIGHT = np.array([[1.0, 0, 0, 0], [0, 0, -1, 0], [0, 1, 0, 0], [0, 0, 0, 1]])
"""glTF's y axis points up, 3D Tiles' z axis: a viewer turns contents by a quarter about x."""

Matrix = NDArray[np.float64]


def walk(tile: Mapping[str, Any], above: Matrix) -> Iterator[tuple[str, Matrix]]:
    """Contents of a tileset with their way to ECEF (matrices are written column by column)."""
    own = np.reshape(tile.get("transform", np.eye(4).ravel()), (4, 4), order="F")
    here = above @ own
    if "content" in tile:
        yield tile["content"]["uri"], here
    for child in tile.get("children", []):
        yield from walk(child, here)


def loaded(data: bytes) -> trimesh.Scene:
    return trimesh.load_scene(io.BytesIO(data), file_type="glb")


@pytest.fixture
def in_ecef(files: dict[str, bytes]) -> dict[str, NDArray[np.float64]]:
    """Points of every content, as trimesh reads them, in ECEF."""
    root = orjson.loads(files["tileset.json"])["root"]
    found = {}
    for uri, matrix in walk(root, np.eye(4)):
        points = loaded(files[uri]).to_geometry().vertices
        found[uri] = trimesh.transform_points(points, matrix @ UPRIGHT)
    assert set(found) | {"tileset.json"} == set(files)
    return found


def ecef(airport: Airport, points: list[tuple[float, float]], height_m: float) -> Matrix:
    ground = airport.elevation_m + airport.geoid_m + height_m
    placed = [TO_ECEF.transform(lon, lat, ground) for lat, lon in airport.frame.positions(points)]
    return np.asarray(placed)


def test_every_stand_lies_where_proj_puts_it(
    airport: Airport, in_ecef: dict[str, NDArray[np.float64]]
) -> None:
    """The bar that is painted where the nose wheel stops, at its right corner ahead."""
    painted = np.concatenate([p for uri, p in in_ecef.items() if uri.startswith("paint")])
    corners = [moved(stand.nose, stand.heading_deg, 0.2, 2.0) for stand in airport.stands]
    gaps, _ = cKDTree(painted).query(ecef(airport, corners, -0.03))
    assert gaps.max() < 0.5
    assert float(np.median(gaps)) < 0.01


def test_the_highest_points_are_the_buildings(
    airport: Airport, in_ecef: dict[str, NDArray[np.float64]]
) -> None:
    built = np.concatenate([p for uri, p in in_ecef.items() if uri.startswith("far")])
    ((lat, lon),) = airport.frame.positions([(0.0, 0.0)])
    up = np.array(
        [math.cos(math.radians(lat)) * math.cos(math.radians(lon)),
         math.cos(math.radians(lat)) * math.sin(math.radians(lon)), math.sin(math.radians(lat))]
    )  # fmt: skip
    heights = (built - ecef(airport, [(0.0, 0.0)], 0.0)[0]) @ up
    tallest = max(building.height_m for building in airport.buildings)
    assert tallest - 3.0 < heights.max() < tallest * 1.1 + 0.5  # a tower carries a mast
    assert heights.min() > -6.0  # the Earth falls away by 4 m over 7 km


def test_models_of_aircraft_have_their_sizes() -> None:
    scene = loaded(models_glb())
    names = {str(name) for name in scene.graph.nodes_geometry}
    assert len(names) > 26
    assert scene.triangles.shape[0] > 1_000


BY_CJIO = """
import sys
from cjio import cityjson
with open(sys.argv[1], encoding="utf-8") as file:
    city = cityjson.reader(file)
print(city.get_version(), city.get_epsg(), city.number_city_objects_level1())
before = len(city.j["vertices"])
orphans = city.remove_orphan_vertices()
city.remove_duplicate_vertices()
print(orphans, before - len(city.j["vertices"]))
city.decompress()
for corner in city.j["vertices"]:
    print(*map(repr, corner))
"""
"""Runs in a process of its own: importing cjio rounds the floats that everybody writes as JSON."""


def test_cjio_reads_the_city_model(airport: Airport, tmp_path: Path) -> None:
    path = tmp_path / "city.json"
    path.write_bytes(city_model(airport))
    told = subprocess.run(
        [sys.executable, "-c", BY_CJIO, str(path)], capture_output=True, text=True, check=True
    ).stdout.splitlines()
    assert told[0] == f"2.0 32651 {len(airport.buildings)}"
    assert told[1] == "0 0"
    vertices = np.array([[float(word) for word in line.split()] for line in told[2:]])
    objects = orjson.loads(path.read_bytes())["CityObjects"]
    corners = vertices[sorted(_ground(objects))]
    to_utm = Transformer.from_crs(4326, 32651, always_xy=True)
    expected = []
    for building in airport.buildings:
        x, y = shapely.get_coordinates(building.shape)[0].tolist()
        ((lat, lon),) = airport.frame.positions([(x, y)])
        expected.append((*to_utm.transform(lon, lat), airport.elevation_m))
    gaps, _ = cKDTree(corners).query(np.array(expected))
    assert gaps.max() < 0.05


def _ground(objects: Mapping[str, Any]) -> set[int]:
    """Numbers of the corners of all faces that are called GroundSurface."""
    found = set()
    for one in objects.values():
        for geometry in one.get("geometry", []):
            kinds = [surface["type"] for surface in geometry["semantics"]["surfaces"]]
            (shell,), (values,) = geometry["boundaries"], geometry["semantics"]["values"]
            for face, value in zip(shell, values, strict=True):
                if kinds[value] == "GroundSurface":
                    found |= {corner for ring in face for corner in ring}
    return found


def test_gdal_reads_the_tiles_of_the_map(airport: Airport, tmp_path: Path) -> None:
    now = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
    drawn = generator.layers(airport)
    wanted = {name: drawn[name] for name in ("runway", "stand", "hold_line", "threshold")}
    service = LayerService(MemoryLayers(), lambda: now, lambda icao: wanted)
    service.begin(airport.icao)
    place = _tile(airport.frame.longitude, airport.frame.latitude, 12)
    box = tiles.box_of(*place)
    found = {name: service.features(airport.icao, name, now, box=box) for name in wanted}
    folder = tmp_path / f"{place[0]}" / f"{place[1]}"
    folder.mkdir(parents=True)
    path = folder / f"{place[2]}.mvt"
    path.write_bytes(tiles.encode(found, *place))
    assert set(pyogrio.list_layers(path)[:, 0]) == {name for name in wanted if found[name]}
    table = pyogrio.read_dataframe(path, layer="runway").to_crs(4326)
    assert sorted(table["designator"]) == sorted(
        v.content.properties["designator"] for v in found["runway"]
    )
    drawn_runways = {
        f["properties"]["designator"]: shape(f["geometry"]) for f in _list(drawn, "runway")
    }
    for designator, geometry in zip(table["designator"], table.geometry, strict=True):
        inside = drawn_runways[designator].buffer(5e-5)
        assert inside.covers(geometry), designator


def _list(drawn: Mapping[str, Any], layer: str) -> list[dict[str, Any]]:
    listed = drawn[layer]["features"]
    assert isinstance(listed, list)
    return listed


def _tile(lon: float, lat: float, z: int) -> tuple[int, int, int]:
    y = (1 - math.asinh(math.tan(math.radians(lat))) / math.pi) / 2
    return z, int((lon / 360 + 0.5) * 2**z), int(y * 2**z)
