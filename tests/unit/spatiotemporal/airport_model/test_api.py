"""The web routes: list, manifest, layers with entity tags."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from spatiotemporal.airport_model import ModelStore, UnknownAirport, UnknownLayer, router

PREFIX = "/api/spatiotemporal/airports"


@pytest.fixture
def scopes() -> list[str]:
    return []


@pytest.fixture
def client(model_store: ModelStore, scopes: list[str]) -> TestClient:
    def guard(*asked: str) -> Callable[[], Any]:
        scopes.extend(asked)
        return lambda: None

    app = FastAPI()
    app.include_router(router(model_store, guard))
    return TestClient(app)


def test_routes_ask_for_the_right_to_read_layers(client: TestClient, scopes: list[str]) -> None:
    assert client.get(PREFIX).status_code == 200
    assert scopes == ["spatiotemporal.layers.read"]


def test_the_list_names_both_airports(client: TestClient) -> None:
    airports = client.get(PREFIX).json()
    assert [(a["icao"], a["iata"]) for a in airports] == [("ZSPD", "PVG"), ("ZSSS", "SHA")]
    west, south, east, north = airports[1]["bounds"]
    assert west < airports[1]["longitude"] < east
    assert south < airports[1]["latitude"] < north


def test_the_manifest_lists_layers_and_warns_in_both_languages(client: TestClient) -> None:
    manifest = client.get(f"{PREFIX}/zsss").json()
    stand = next(layer for layer in manifest["layers"] if layer["name"] == "stand")
    assert stand == stand | {"title_zh": "机位", "title_en": "Stands", "count": 169}
    assert manifest["notice_zh"]
    assert manifest["notice_en"]


def test_a_layer_is_geojson_and_is_not_sent_twice(client: TestClient) -> None:
    first = client.get(f"{PREFIX}/ZSSS/layers/runway")
    assert first.headers["content-type"] == "application/geo+json"
    assert len(first.json()["features"]) == 2
    again = client.get(
        f"{PREFIX}/ZSSS/layers/runway", headers={"If-None-Match": first.headers["etag"]}
    )
    assert (again.status_code, again.content) == (304, b"")


def test_what_does_not_exist_is_refused(client: TestClient) -> None:
    with pytest.raises(UnknownAirport):
        client.get(f"{PREFIX}/EGLL")
    with pytest.raises(UnknownLayer):
        client.get(f"{PREFIX}/ZSSS/layers/volcano")
