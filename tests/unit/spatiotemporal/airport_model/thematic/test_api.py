"""The routes of thematic layers: rights, tags, edits, answers to wrong ones."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from airport_brain import problems
from service_bus import Principal
from spatiotemporal import SpatiotemporalError
from spatiotemporal.airport_model.thematic import LayerService, router
from tests.unit.spatiotemporal.airport_model.thematic.conftest import Clock

BASE = "/api/spatiotemporal/layers/zsss"
AREA = {
    "type": "Polygon",
    "coordinates": [
        [[121.3325, 31.198], [121.333, 31.198], [121.333, 31.1985], [121.3325, 31.198]]
    ],
}
FEATURE = {
    "id": "ZSSS.stand.999", "geometry": AREA, "properties": {"number": "999", "code": "C"},
    "reason": "new stand",
}  # fmt: skip
ONE = f"{BASE}/stand/features/ZSSS.stand.999"


@pytest.fixture
def scopes() -> list[str]:
    return []


@pytest.fixture
def client(service: LayerService, scopes: list[str]) -> TestClient:
    def guard(*asked: str) -> Callable[[], Any]:
        scopes.extend(asked)
        return lambda: Principal(name="li", scopes=frozenset(asked), kind="user")

    app = FastAPI()
    app.include_router(router(service, guard))
    problems.install(app, (SpatiotemporalError,))
    return TestClient(app)


def test_reading_and_editing_are_two_rights(client: TestClient, scopes: list[str]) -> None:
    assert scopes == ["spatiotemporal.layers.read", "spatiotemporal.layers.edit"]


def test_the_list_counts_layers(client: TestClient) -> None:
    found = {row["layer"]: row["features"] for row in client.get(BASE).json()}
    assert found["stand"] == 169


def test_a_layer_is_sent_once_until_it_changes(client: TestClient, clock: Clock) -> None:
    first = client.get(f"{BASE}/stand")
    assert (first.status_code, len(first.json()["features"])) == (200, 169)
    known = {"If-None-Match": first.headers["etag"]}
    again = client.get(f"{BASE}/stand", headers=known)
    assert (again.status_code, again.content) == (304, b"")
    assert client.post(f"{BASE}/stand/features", json=FEATURE).status_code == 201
    assert len(client.get(f"{BASE}/stand", headers=known).json()["features"]) == 170


def test_a_layer_is_told_as_of_a_moment_and_as_known_at_one(
    client: TestClient, clock: Clock
) -> None:
    before = clock.now.isoformat()
    clock.turn(hours=1)
    client.post(f"{BASE}/stand/features", json={**FEATURE, "valid_from": before})
    at = {"at": before}
    assert len(client.get(f"{BASE}/stand", params=at).json()["features"]) == 170
    known = {**at, "known_at": before}
    assert len(client.get(f"{BASE}/stand", params=known).json()["features"]) == 169
    boxed = {"box": "121.3325,31.198,121.3331,31.1986"}
    assert len(client.get(f"{BASE}/stand", params=boxed).json()["features"]) == 1


def test_a_feature_lives_through_its_routes(client: TestClient, clock: Clock) -> None:
    made = client.post(f"{BASE}/stand/features", json=FEATURE).json()
    assert (made["edit"]["who"], made["edit"]["reason"]) == ("li", "new stand")
    shown = client.get(ONE)
    assert shown.headers["etag"] == f'"{made["version"]}"'
    clock.turn(minutes=5)
    body = {"properties": {"code": "D"}, "reason": "larger"}
    seen = {"If-Match": shown.headers["etag"]}
    changed = client.patch(ONE, json=body, headers=seen)
    assert changed.status_code == 200
    assert client.get(ONE).json()["feature"]["properties"]["code"] == "D"
    clock.turn(minutes=5)
    stale = client.patch(ONE, json=body, headers=seen)
    assert stale.status_code == 412
    gone = client.delete(ONE, params={"reason": "demolished"})
    assert gone.status_code == 200
    assert client.get(ONE).status_code == 404
    undone = client.post(
        f"{BASE}/edits/{gone.json()['edit']['number']}/undo", json={"reason": "no, it stands"}
    )
    assert undone.status_code == 201
    assert client.get(ONE).status_code == 200
    history = client.get(f"{ONE}/history").json()
    assert [v["feature"]["properties"]["code"] for v in history] == ["C", "C", "D", "D", "D"]


def test_the_audit_shows_before_and_after(client: TestClient, clock: Clock) -> None:
    client.post(f"{BASE}/stand/features", json=FEATURE)
    clock.turn(minutes=1)
    number = client.patch(ONE, json={"properties": {"code": "E"}, "reason": "larger"}).json()
    edits = client.get(f"{BASE}/edits", params={"feature": "ZSSS.stand.999"}).json()
    assert [e["action"] for e in edits] == ["change", "create"]
    shown = client.get(f"{BASE}/edits/{number['edit']['number']}").json()
    codes = [
        [v["feature"]["properties"]["code"] for v in shown[side]] for side in ("before", "after")
    ]
    assert codes == [["C"], ["C", "E"]]


def test_a_restriction_is_in_force_for_its_window(client: TestClient) -> None:
    body = {
        "kind": "closed_stand", "targets": ["221"], "reason": "works",
        "start": "2026-11-27T18:00:00+08:00", "end": "2026-11-27T20:00:00+08:00",
    }  # fmt: skip
    assert client.post(f"{BASE}/restrictions", json=body).status_code == 201
    assert client.get(f"{BASE}/restrictions").json() == []
    (found,) = client.get(f"{BASE}/restrictions", params={"start": "2026-11-27T11:00:00Z"}).json()
    assert (found["kind"], found["targets"], found["start"]) == (
        "closed_stand",
        ["221"],
        "2026-11-27T10:00:00Z",
    )


def test_tiles_are_sent_once_until_a_layer_changes(client: TestClient) -> None:
    url, only = f"{BASE}/tiles/13/6856/3348.mvt", {"layer": ["stand", "runway"]}
    first = client.get(url, params=only)
    assert first.headers["content-type"] == "application/vnd.mapbox-vector-tile"
    assert len(first.content) > 500
    known = {"If-None-Match": first.headers["etag"]}
    assert client.get(url, params=only, headers=known).status_code == 304
    client.post(f"{BASE}/stand/features", json=FEATURE)
    assert client.get(url, params=only, headers=known).status_code == 200


WRONG = [
    ("post", "/stand/features", {**FEATURE, "geometry": {"type": "Blob"}}, 422),
    ("post", "/stand/features", {**FEATURE, "properties": {}}, 422),
    ("post", "/stand/features", {**FEATURE, "valid_from": "2026-11-27T08:00:00"}, 422),
    ("post", "/stand/features", {**FEATURE, "reason": ""}, 422),
    ("post", "/volcano/features", FEATURE, 404),
    ("patch", "/stand/features/ZSSS.stand.none", {"reason": "why not"}, 404),
    ("post", "/edits/12345/undo", {"reason": "why not"}, 404),
    ("get", "/volcano", None, 404),
    ("get", "/stand?box=1,2,3", None, 422),
    ("get", "/stand?box=121.34,31.19,121.33,31.2", None, 422),
    ("get", "/stand?box=nan,31.19,121.33,31.2", None, 422),
    ("get", "/stand?box=121.33,31.19,121.34,95", None, 422),
    ("get", "/stand?at=2026-11-27", None, 422),
    ("get", "/tiles/3/9/9.mvt", None, 422),
]


@pytest.mark.parametrize(("method", "path", "body", "status"), WRONG)
def test_wrong_requests_are_told_what_is_wrong(
    client: TestClient, method: str, path: str, body: object, status: int
) -> None:
    answer = client.request(method, f"{BASE}{path}", json=body)
    assert answer.status_code == status, answer.text
    assert answer.json()["detail"]


def test_a_runway_whose_id_has_a_slash_is_read_changed_and_told_of(client: TestClient) -> None:
    runway = f"{BASE}/runway/features/ZSSS.runway.18L%2F36R"
    found = client.get(runway)
    assert found.status_code == 200, found.text
    assert found.json()["feature"]["properties"]["designator"] == "18L/36R"
    changed = client.patch(
        runway,
        json={"properties": {"surface": "grooved"}, "reason": "after works"},
        headers={"if-match": found.headers["etag"]},
    )
    assert changed.status_code == 200, changed.text
    history = client.get(f"{runway}/history")
    assert history.status_code == 200, history.text
    assert history.json()[-1]["feature"]["properties"]["surface"] == "grooved"
