"""The tileset: sound by the format's rules, in the right place on the Earth, the same every time."""

from __future__ import annotations

import time

import numpy as np
import orjson
import pytest
from pyproj import Transformer

from spatiotemporal.airport_model import Airport
from spatiotemporal.scene import BrokenModel, build_tiles, read_tileset
from spatiotemporal.scene.placing import ecef
from spatiotemporal.scene.tileset_reading import Tile

TO_ECEF = Transformer.from_crs(4979, 4978, always_xy=True)


def test_every_rule_holds(airport: Airport, tiles: list[Tile]) -> None:
    layers = {tile.layer for tile in tiles}
    assert layers == {"airport", "ground", "paint", "far", "near", "bridges"}
    named = {name for tile in tiles if tile.model for name in tile.model.table["id"]}
    assert {f"{airport.icao}.building.{b.id}" for b in airport.buildings} <= named
    assert {f"{airport.icao}.runway.{r.name}" for r in airport.runways} <= named


def test_corners_lie_where_proj_puts_them(airport: Airport, tiles: list[Tile]) -> None:
    """A corner of every building, through the tiles' transforms, against PROJ's own ECEF."""
    ground = airport.elevation_m + airport.geoid_m
    places = {tile.uri: tile.ecef() for tile in tiles if tile.layer == "far"}
    cloud = np.concatenate(list(places.values()))
    for building in airport.buildings:
        x, y = building.shape.exterior.coords[0] if building.use != "tank" else (None, None)
        if x is None:
            continue
        ((latitude, longitude),) = airport.frame.positions([(x, y)])
        expected = np.array(TO_ECEF.transform(longitude, latitude, ground))
        assert np.sqrt(((cloud - expected) ** 2).sum(axis=1)).min() < 0.01, building.id


def test_our_ecef_is_projs() -> None:
    places = np.array([[121.33, 31.19], [-70.2, -45.0], [0.0, 90.0]])
    expected = np.column_stack(TO_ECEF.transform(places[:, 0], places[:, 1], np.full(3, 12.5)))
    assert np.abs(ecef(places, 12.5) - expected).max() < 1e-6


def test_up_is_away_from_the_earth(tiles: list[Tile]) -> None:
    for tile in tiles:
        up, at = tile.to_ecef[:3, 2], tile.to_ecef[:3, 3]
        assert up @ at / np.linalg.norm(at) > 0.999
        axes = tile.to_ecef[:3, :3]
        assert np.allclose(axes.T @ axes, np.eye(3), atol=1e-9)


def test_ground_is_flat_and_buildings_stand_on_it(airport: Airport, tiles: list[Tile]) -> None:
    for tile in tiles:
        if tile.layer == "near" and tile.model:
            assert -0.15 < tile.model.points[:, 2].min() < 0.3
            assert tile.model.points[:, 2].max() < 95.0  # a control tower with its mast


def test_extras_give_the_origin_in_degrees(files: dict[str, bytes], tiles: list[Tile]) -> None:
    document = orjson.loads(files["tileset.json"])
    by_uri = {tile.uri: tile for tile in tiles}
    checked = 0
    for child in document["root"]["children"]:
        for leaf in child.get("children", ()):
            longitude, latitude = leaf["extras"]["origin"]
            expected = by_uri[leaf["content"]["uri"]].to_ecef[:3, 3]
            place = np.array(TO_ECEF.transform(longitude, latitude, 0.0))
            assert np.linalg.norm(place - expected) < 30.0  # the height of the ground
            checked += 1
    assert checked > 10


def test_bytes_are_the_same_every_time(airport: Airport, files: dict[str, bytes]) -> None:
    start = time.process_time()
    again = build_tiles(airport)
    assert time.process_time() - start < 10.0
    assert again == files


def test_a_docked_bridge_reaches_further(airport: Airport, files: dict[str, bytes]) -> None:
    number = next(stand.number for stand in airport.stands if stand.contact)
    docked = build_tiles(airport, frozenset({number}))
    differ = {name for name in files if docked[name] != files[name]}
    assert "tileset.json" in differ
    assert {name.split("_")[0] for name in differ} == {"tileset.json", "bridges"}
    read_tileset(docked)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        (lambda d: d["asset"].update(version="1.0"), "asset.version"),
        (lambda d: d["root"].pop("boundingVolume"), "root"),
        (lambda d: d["root"]["children"][0].update(geometricError=9e9), "root.children[0]"),
        (lambda d: d["root"]["boundingVolume"]["box"].__setitem__(3, 10.0), "root.children[0]"),
        (lambda d: d["root"]["children"][0]["content"].update(uri="x.glb"), "content.uri"),
        (lambda d: d["root"]["children"][0]["boundingVolume"]["box"].pop(), "boundingVolume.box"),
    ],
)
def test_broken_tilesets_are_refused_with_a_place(
    files: dict[str, bytes], change: object, place: str
) -> None:
    document = orjson.loads(files["tileset.json"])
    change(document)  # type: ignore[operator]
    broken = {**files, "tileset.json": orjson.dumps(document)}
    with pytest.raises(BrokenModel) as caught:
        read_tileset(broken)
    assert place in caught.value.place
