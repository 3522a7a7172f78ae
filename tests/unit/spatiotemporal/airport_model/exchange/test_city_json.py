"""CityJSON in: our own file comes back, others' geometries are read, wrong ones name their place."""

from __future__ import annotations

import random
from datetime import date
from pathlib import Path
from typing import Any

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from shapely.geometry import shape

from service_bus import Malformed, TooLarge
from spatiotemporal.airport_model import AirportModel, UnreadableLayers, exchange
from spatiotemporal.airport_model.exchange import city_json
from spatiotemporal.scene import city_model

SINCE = date(2026, 5, 1)


@pytest.fixture(scope="module")
def ours(hongqiao: AirportModel) -> bytes:
    return city_model(hongqiao.airport)


def cube(**changes: Any) -> dict[str, Any]:
    """A box of 20 x 10 x 8 m, on a grid in the east of Asia."""
    corners = [
        [x, y, z] for z in (0, 8000) for x, y in ((0, 0), (20000, 0), (20000, 10000), (0, 10000))
    ]
    faces = [[[3, 2, 1, 0]], [[4, 5, 6, 7]], [[0, 1, 5, 4]], [[1, 2, 6, 5]], [[2, 3, 7, 6]],
             [[3, 0, 4, 7]]]  # fmt: skip
    geometry = {"type": "Solid", "lod": "1", "boundaries": [faces]}
    told = {
        "type": "CityJSON", "version": "2.0",
        "transform": {"scale": [0.001] * 3, "translate": [340000.0, 3450000.0, 5.0]},
        "metadata": {"referenceSystem": "https://www.opengis.net/def/crs/EPSG/0/32651"},
        "CityObjects": {
            "hall": {"type": "Building", "geometry": [geometry],
                     "attributes": {"usage": "aircraft hangar", "storeysAboveGround": 1}},
            "tree": {"type": "SolitaryVegetationObject"},
        },
        "vertices": corners,
    }  # fmt: skip
    return told | changes


def test_our_own_city_model_comes_back(ours: bytes, hongqiao: AirportModel, tmp_path: Path) -> None:
    (tmp_path / "city.json").write_bytes(ours)
    layers, _ = exchange.read(tmp_path / "city.json", icao="ZSSS", valid_from=SINCE)
    found: Any = layers["building"]["features"]
    drawn = {f["id"]: f for f in found}
    assert len(drawn) == len(hongqiao.airport.buildings)
    for building in hongqiao.airport.buildings:
        feature = drawn[f"ZSSS.building.{building.id}"]
        footprint = hongqiao.airport.frame.into(shape(feature["geometry"]))
        assert footprint.symmetric_difference(building.shape).area < 0.02 * building.shape.area
        assert feature["properties"]["height_m"] == pytest.approx(building.height_m, abs=2.5)
        assert feature["properties"]["name_zh"] == building.label.zh
        if building.use not in ("service", "cargo"):
            assert feature["properties"]["use"] == building.use


def test_a_plain_solid_is_a_building(tmp_path: Path) -> None:
    (tmp_path / "box.json").write_bytes(orjson.dumps(cube()))
    layers, _ = exchange.read(tmp_path / "box.json", icao="ZZNE", valid_from=SINCE)
    (feature,) = layers["building"]["features"]  # type: ignore[misc]
    told = feature["properties"]  # type: ignore[index]
    assert (told["use"], told["height_m"], told["storeys"]) == ("hangar", 8.0, 1)
    assert city_json.parse(orjson.dumps(cube())).buildings[0].footprint.area == 200.0


@pytest.mark.parametrize("kind", ["MultiSurface", "CompositeSurface", "Solid", "MultiSolid"])
def test_every_kind_of_surface_is_unwrapped(kind: str) -> None:
    document = cube()
    geometry = document["CityObjects"]["hall"]["geometry"][0]
    (shell,) = geometry["boundaries"]
    geometry["type"] = kind
    geometry["boundaries"] = {"Solid": [shell], "MultiSolid": [[shell]]}.get(kind, shell)
    (building,) = city_json.parse(orjson.dumps(document)).buildings
    assert (building.footprint.area, building.top - building.ground) == (200.0, 8.0)


def test_a_building_without_ground_is_noted() -> None:
    document = cube()
    document["CityObjects"]["hall"]["geometry"] = []
    found = city_json.parse(orjson.dumps(document))
    assert [n.code for n in found.notices] == ["cityjson-no-area"]


def test_without_a_reference_system_one_has_to_be_named(tmp_path: Path) -> None:
    (tmp_path / "box.json").write_bytes(orjson.dumps(cube(metadata={})))
    with pytest.raises(UnreadableLayers, match="--crs"):
        exchange.read(tmp_path / "box.json", icao="ZZNE", valid_from=SINCE)
    layers, _ = exchange.read(
        tmp_path / "box.json", icao="ZZNE", valid_from=SINCE, crs="EPSG:32651"
    )
    assert layers["building"]["features"]


def _bad_ring() -> dict[str, Any]:
    document = cube()
    document["CityObjects"]["hall"]["geometry"][0]["boundaries"][0][0][0][0] = 99
    return document


def _flat() -> dict[str, Any]:
    document = cube()
    document["CityObjects"]["hall"]["geometry"][0]["boundaries"] = [1, 2]
    return document


@pytest.mark.parametrize(
    ("document", "field"),
    [
        ({"type": "CityGML"}, "type"),
        (cube(version="3.0"), "version"),
        (cube(CityObjects=[]), "CityObjects"),
        (cube(CityObjects={"hall": 1}), "CityObject"),
        (cube(vertices=[[1, 2]]), "vertices or transform"),
        (cube(transform={"scale": [1]}), "vertices or transform"),
        (_bad_ring(), "boundaries"),
        (_flat(), "boundaries"),
    ],
)
def test_what_cannot_be_read_names_field_and_path(document: dict[str, Any], field: str) -> None:
    with pytest.raises(Malformed) as caught:
        city_json.parse(orjson.dumps(document))
    assert caught.value.field == field
    assert caught.value.position.startswith("path ")


def test_what_is_no_json_and_what_is_too_large_is_refused() -> None:
    with pytest.raises(Malformed, match="not JSON"):
        city_json.parse(b"{")
    with pytest.raises(TooLarge):
        city_json.parse(orjson.dumps(cube()), max_bytes=10)
    assert city_json.recognise(orjson.dumps(cube())) > 0.5
    assert city_json.recognise(b"{}") == 0.0


@settings(max_examples=30)
@given(st.integers(0, 10_000))
def test_damaged_files_are_read_or_refused_with_a_place(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(20):
        data = bytearray(orjson.dumps(cube()))
        for _ in range(dice.randint(1, 3)):
            at = dice.randrange(len(data))
            if dice.random() < 0.5:
                data[at] = dice.choice(b'0123456789[]{},":-.n')
            else:
                del data[at : at + dice.randint(1, 20)]
        assert _placed(bytes(data))


def _placed(data: bytes) -> bool:
    try:
        city_json.parse(data)
    except Malformed as fault:
        return bool(fault.field) and fault.position.startswith(("path ", "line "))
    return True


def sequence() -> list[dict[str, Any]]:
    """Two buildings, each in a text with corners of its own."""
    whole = cube()
    objects = whole["CityObjects"]
    head = whole | {"CityObjects": {}, "vertices": []}
    made = [head]
    for number, name in enumerate(("hall", "shed")):
        corners = [[x + number * 50000, y, z] for x, y, z in whole["vertices"]]
        made.append(
            {"type": "CityJSONFeature", "id": name, "CityObjects": {name: objects["hall"]},
             "vertices": corners}
        )  # fmt: skip
    return made


def test_a_sequence_is_read_as_one_file(tmp_path: Path) -> None:
    texts = sequence()
    city = city_json.parse(b"\n".join(map(orjson.dumps, texts)))
    assert [one.id for one in city.buildings] == ["hall", "shed"]
    assert city.crs == "EPSG:32651"
    west = [one.footprint.bounds[0] for one in city.buildings]
    assert west == [340_000.0, 340_050.0]
    file = tmp_path / "hall.city.jsonl"
    file.write_bytes(b"\n".join(map(orjson.dumps, texts)) + b"\n")
    layers, _ = exchange.read(file, icao="ZSSS", valid_from=SINCE)
    assert len(layers["building"]["features"]) == 2  # type: ignore[arg-type]


def test_a_wrong_text_of_a_sequence_is_named() -> None:
    texts = sequence()
    texts[2]["type"] = "CityJSON"
    with pytest.raises(Malformed, match="is no CityJSONFeature") as caught:
        city_json.parse(b"\n".join(map(orjson.dumps, texts)))
    assert (caught.value.field, caught.value.position) == ("type", "line 3")


def test_members_may_stand_in_any_order(tmp_path: Path) -> None:
    corners = cube()["vertices"] + [[n, n, n] for n in range(2000)]
    data = orjson.dumps(cube(vertices=corners, metadata=cube()["metadata"] | {"title": "x" * 4000}),
                        option=orjson.OPT_SORT_KEYS)  # fmt: skip
    assert b'"CityJSON"' not in data[:2000] + data[-2000:]
    file = tmp_path / "sorted.json"
    file.write_bytes(data)
    layers, _ = exchange.read(file, icao="ZSSS", valid_from=SINCE)
    assert len(layers["building"]["features"]) == 1  # type: ignore[arg-type]
