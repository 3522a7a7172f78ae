"""The web routes: files of a scene with entity tags, for those who may read layers."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from spatiotemporal.airport_model import ModelStore, UnknownAirport, load_airport
from spatiotemporal.scene import SceneStore, UnknownTile, read_city, read_glb, router, write_scene

PREFIX = "/api/spatiotemporal/airports/ZSSS/scene"


@pytest.fixture(scope="module")
def scenes() -> SceneStore:
    models = ModelStore()
    return SceneStore(lambda icao: models.model(icao).airport)


@pytest.fixture
def scopes() -> list[str]:
    return []


@pytest.fixture
def client(scenes: SceneStore, scopes: list[str]) -> TestClient:
    def guard(*asked: str) -> Callable[[], Any]:
        scopes.extend(asked)
        return lambda: None

    app = FastAPI()
    app.include_router(router(scenes, guard))
    return TestClient(app)


def test_routes_ask_for_the_right_to_read_layers(client: TestClient, scopes: list[str]) -> None:
    assert client.get(f"{PREFIX}/tileset.json").status_code == 200
    assert scopes == ["spatiotemporal.layers.read"]


def test_a_tileset_names_files_that_are_there(client: TestClient) -> None:
    root = client.get(f"{PREFIX}/tileset.json").json()["root"]
    uri = root["children"][0]["content"]["uri"]
    answer = client.get(f"{PREFIX}/{uri}")
    assert answer.headers["content-type"] == "model/gltf-binary"
    assert read_glb(answer.content).table["id"]


def test_what_one_has_is_not_sent_again(client: TestClient) -> None:
    for address in (f"{PREFIX}/tileset.json", "/api/spatiotemporal/scene/models.glb"):
        first = client.get(address)
        again = client.get(address, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_bridges_and_city_model_are_served(client: TestClient) -> None:
    bridges = client.get(f"{PREFIX}/bridges.json").json()["bridges"]
    assert bridges[0]["docked"]["length_m"] > bridges[0]["retracted"]["length_m"]
    assert read_city(client.get(f"{PREFIX}/city.json").content)


def test_what_does_not_exist_is_refused(client: TestClient) -> None:
    with pytest.raises(UnknownTile):
        client.get(f"{PREFIX}/volcano.glb")
    with pytest.raises(UnknownAirport):
        client.get("/api/spatiotemporal/airports/EGLL/scene/tileset.json")


def test_a_scene_is_written_to_a_folder(tmp_path: Path) -> None:
    written = write_scene(load_airport("ZSSS"), tmp_path / "scene")
    assert {"tileset.json", "city.json", "bridges.json", "models.glb"} <= {p.name for p in written}
    assert all(path.stat().st_size for path in written)
