"""Airports that nobody described: from others' files to layers, tiles, routes, checks and scenes."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import orjson
import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from shapely.geometry import shape

from spatiotemporal.adapters.memory_layers import MemoryLayers
from spatiotemporal.airport_model import (
    AirportModel,
    ModelStore,
    NoRoute,
    UnreadableLayers,
    check,
    exchange,
    install,
    push_back,
    router,
)
from spatiotemporal.airport_model.check_report import report
from spatiotemporal.airport_model.routing import RouteService
from spatiotemporal.airport_model.thematic import Author, LayerService, tiles
from spatiotemporal.scene import build_tiles, city_model, read_city, read_tileset
from tests.unit.spatiotemporal.airport_model.assembled import airfields

SINCE = date(2026, 5, 1)
NOW = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
STYLES = sorted(airfields.STYLES)


def installed(text: str, folder: Path, icao: str = "ZZNE", **told: object) -> ModelStore:
    source = folder / "apt.dat"
    source.write_text(text)
    layers, manifest = exchange.read(source, icao=icao, valid_from=SINCE)
    install(folder / "airports", icao, layers, {**manifest, **told})
    return ModelStore(own=folder / "airports")


@pytest.fixture(params=STYLES)
def model(request: pytest.FixtureRequest, tmp_path: Path) -> AirportModel:
    text = airfields.STYLES[request.param]()
    icao = "ZZNE" if "ZZNE" in text else "XNEW"
    return installed(text, tmp_path, icao).model(icao)


def network(tmp_path: Path) -> AirportModel:
    told = {"name_zh": "新机场", "time_zone": "Australia/Sydney"}
    return installed(airfields.network_1200(), tmp_path, **told).model("ZZNE")


def test_an_imported_airport_is_listed_beside_the_described_ones(tmp_path: Path) -> None:
    store = installed(airfields.network_1200(), tmp_path, name_zh="新机场")
    assert store.airports() == ("ZSPD", "ZSSS", "ZZNE")
    airport = store.model("zzne").airport
    assert (airport.name_zh, airport.name_en, airport.elevation_m) == ("新机场", "New Field", 39.0)
    assert [runway.name for runway in airport.runways] == ["17/35"]
    assert airport.runways[0].length_m == pytest.approx(2200.0, abs=0.5)
    assert airport.runways[0].displaced_m == (60.0, 0.0)
    assert airport.runways[0].bearing_true_deg == pytest.approx(180.0, abs=0.01)
    assert {s.number: s.code for s in airport.stands} == dict(zip("123456", "CCDCCC", strict=True))
    assert [s.contact for s in airport.stands if s.number == "3"] == [True]
    assert {way.name for way in airport.taxiways} >= {"A", "A1", "A2", "A3", "B", "L"}
    assert [b.use for b in airport.buildings] == ["terminal"]


@pytest.mark.parametrize("style", ["network-1200", "painted-1000", "rectangles-810"])
def test_every_stand_has_a_way_from_and_to_the_runway(style: str, tmp_path: Path) -> None:
    text = airfields.STYLES[style]()
    icao = "ZZNE" if style == "network-1200" else "XNEW"
    store = installed(text, tmp_path, icao)
    airport = store.model(icao).airport
    service = RouteService(store.model, lambda *_: [])
    end = airport.runways[0].ends[0].designator
    for stand in airport.stands:
        there = service.route(icao, "taxi", f"runway:{end}", f"stand:{stand.number}", NOW)
        back = service.route(icao, "taxi", f"stand:{stand.number}", f"runway:{end}", NOW)
        assert 100.0 < there.route.length_m < 4_000.0
        assert back.route.holds or there.route.holds
    assert airport.hold_lines


def test_letters_and_directions_of_the_network_hold(tmp_path: Path) -> None:
    model = network(tmp_path)
    with pytest.raises(NoRoute):
        model.taxi_graph.way("runway:17", "stand:1", code="D")  # L is for code C
    ways = {way.name: way for way in model.airport.taxiways}
    assert (ways["A2"].one_way, ways["A"].one_way, ways["L"].max_code) == (True, False, "C")


def test_one_way_lines_without_a_way_back_are_taken_both_ways(tmp_path: Path) -> None:
    text = airfields.network_1200().replace(
        "1202 4 6 twoway taxiway_D B", "1202 4 6 oneway taxiway_D B"
    )
    model = installed(text.replace("1206 20 21 twoway", "1206 20 21 oneway"), tmp_path).model(
        "ZZNE"
    )
    ways = {way.name: way for way in model.airport.taxiways}
    assert (ways["B"].one_way, ways["B"].provenance.quality) == (False, "derived")
    assert (ways["A2"].one_way, ways["A2"].provenance.quality) == (True, "estimate")
    assert [road.one_way for road in model.airport.roads] == [False]
    assert model.taxi_graph.way("stand:1", "runway:17", code="C").edges
    # What the file says stays as it is in its layer.
    listed = model.drawn["taxi_edge"]["features"]
    assert isinstance(listed, list)
    assert {f["properties"]["designator"]: f["properties"]["one_way"] for f in listed}["B"] is True


def test_everything_that_is_made_of_an_airport_is_made_of_an_imported_one(
    model: AirportModel,
) -> None:
    airport = model.airport
    findings = check(airport)
    assert report(airport, findings).startswith("<!doctype html>")
    files = build_tiles(airport)
    assert read_tileset(files)
    read_city(city_model(airport))
    for stand in airport.stands:
        if airport.taxiways:
            assert push_back(airport, model.taxi_graph, stand).length_m > 1.0


def test_layers_have_what_maps_ask_for(model: AirportModel) -> None:
    drawn = {name: layer["features"] for name, layer in model.drawn.items()}
    assert set(drawn) >= {"boundary"}
    ids = [feature["id"] for features in drawn.values() for feature in features]  # type: ignore[attr-defined]
    assert len(ids) == len(set(ids))
    for feature in drawn.get("threshold", []):  # type: ignore[attr-defined]
        told = feature["properties"]
        assert len(told["pavement_end"]) == 2
        assert told["runway"] in [f["properties"]["designator"] for f in drawn["runway"]]  # type: ignore[attr-defined]
        assert 0 <= told["bearing_true_deg"] < 360
        assert told["displaced_m"] >= 0
    for feature in drawn.get("stand", []):  # type: ignore[attr-defined]
        told = feature["properties"]
        assert feature["geometry"]["type"] == "Polygon"
        assert told["number"]
        assert told["code"] in "ABCDEF"
        assert len(told["nose"]) == 2
    assert len(drawn.get("stand", [])) == len(model.airport.stands)  # type: ignore[arg-type]
    assert len(drawn.get("threshold", [])) == 2 * len(model.airport.runways)  # type: ignore[arg-type]
    fence = model.airport.frame.world(model.airport.boundary).buffer(1e-4)
    for runway in drawn.get("runway", []):  # type: ignore[attr-defined]
        assert fence.covers(shape(runway["geometry"]))


def test_layers_of_an_import_are_published_and_tiled(model: AirportModel) -> None:
    icao = model.airport.icao
    service = LayerService(
        MemoryLayers(), lambda: NOW, lambda _: model.drawn, lambda _: model.own_digests
    )
    service.begin(icao)
    counts = service.store.counts(icao, NOW)
    assert counts == {name: layer.count for name, layer in model.layers.items()}
    before = len(service.store.edits(icao, limit=1000))
    service.begin(icao)
    assert len(service.store.edits(icao, limit=1000)) == before
    found = {name: service.features(icao, name, NOW) for name in counts}
    assert tiles.encode(found, 0, 0, 0)


@pytest.fixture
def client(tmp_path: Path) -> TestClient:
    def guard(*asked: str) -> Callable[[], Any]:
        return lambda: None

    app = FastAPI()
    app.include_router(router(installed(airfields.painted_1000(), tmp_path, "XNEW"), guard))
    return TestClient(app)


def test_the_web_routes_serve_an_import(client: TestClient) -> None:
    prefix = "/api/spatiotemporal/airports"
    assert [a["icao"] for a in client.get(prefix).json()] == ["XNEW", "ZSPD", "ZSSS"]
    manifest = client.get(f"{prefix}/xnew").json()
    assert (manifest["stands"], manifest["time_zone"]) == (6, "UTC")
    assert "不得用于导航" in manifest["notice_zh"]
    assert manifest["bounds"][0] < manifest["longitude"] < manifest["bounds"][2]
    for layer in manifest["layers"]:
        answer = client.get(f"{prefix}/XNEW/layers/{layer['name']}")
        assert len(answer.json()["features"]) == layer["count"]
        assert answer.headers["etag"] == layer["etag"]


def test_a_new_import_is_served_at_once(tmp_path: Path) -> None:
    store = installed(airfields.strip(), tmp_path, "XNEW")
    service = RouteService(store.model, lambda *_: [])
    layers = LayerService(
        MemoryLayers(), lambda: NOW, lambda icao: store.model(icao).drawn, store.own_digests
    )
    layers.begin("XNEW")
    assert (store.model("XNEW").airport.stands, layers.store.counts("XNEW", NOW)["runway"]) == (
        (),
        1,
    )
    assert service.router("XNEW", "taxi").edges
    installed(airfields.painted_1000(), tmp_path, "XNEW")
    layers.begin("XNEW")
    assert len(store.model("XNEW").airport.stands) == 6
    assert layers.store.counts("XNEW", NOW)["runway"] == 2
    assert service.route("XNEW", "taxi", "stand:1", "runway:17L", NOW).route.length_m > 100


def test_the_same_file_gives_the_same_airport(tmp_path: Path) -> None:
    one, other = (network(tmp_path), network(tmp_path))
    assert one.airport == other.airport
    assert {n: b.etag for n, b in one.layers.items()} == {
        n: b.etag for n, b in other.layers.items()
    }


def test_data_that_stand_alone_put_a_description_aside(tmp_path: Path) -> None:
    file = tmp_path / "apt.dat"
    file.write_text(airfields.painted_1000().replace("XNEW", "ZSSS"))
    layers, manifest = exchange.read(file, icao="ZSSS", valid_from=SINCE)
    store = ModelStore(own=tmp_path / "airports")
    assert len(store.model("ZSSS").airport.stands) == 169
    install(tmp_path / "airports", "ZSSS", layers, manifest, alone=True)
    assert (len(store.model("ZSSS").airport.stands), store.model("ZSSS").alone) == (6, True)
    airport = store.model("ZSSS").airport
    assert (airport.name_zh, airport.iata) == ("上海虹桥国际机场", "SHA")  # the file does not know
    assert (airport.time_zone, airport.elevation_m) == ("Asia/Shanghai", 39.0)  # the file knows
    install(tmp_path / "airports", "ZSSS", {"windsock": layers["stand_location"]}, {}, alone=False)
    assert store.model("ZSSS").layer("windsock").count == 6
    assert len(store.model("ZSSS").airport.stands) == 6


def test_a_broken_folder_does_not_hide_the_other_airports(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    store = installed(airfields.strip(), tmp_path, "XNEW")
    home = tmp_path / "airports" / "XBAD"
    home.mkdir()
    (home / "runway.geojson").write_bytes(b'{"features": [{"geometry": null}]}')
    assert [m.airport.icao for m in store.readable()] == ["XNEW", "ZSPD", "ZSSS"]
    assert "XBAD" in caplog.text
    with pytest.raises(UnreadableLayers, match="feature 1"):
        store.model("XBAD")


@pytest.mark.parametrize(
    ("told", "word"),
    [({"time_zone": "Mars/Base"}, "time zone"), ({"elevation_m": "high"}, "elevation_m")],
)
def test_what_cannot_be_an_airport_is_refused_before_it_is_written(
    told: dict[str, object], word: str, tmp_path: Path
) -> None:
    with pytest.raises(UnreadableLayers, match=word):
        installed(airfields.strip(), tmp_path, "XNEW", **told)
    assert not (tmp_path / "airports").exists()


def test_layers_without_an_airfield_are_no_airport(tmp_path: Path) -> None:
    point = {"type": "Point", "coordinates": [151.0, -33.0]}
    far = {"type": "Point", "coordinates": [10.0, 50.0]}
    feature = {"type": "Feature", "id": "a", "properties": {}, "geometry": point}
    sock = {"type": "FeatureCollection", "features": [feature]}
    with pytest.raises(UnreadableLayers, match="no airport"):
        install(tmp_path, "XNEW", {"windsock": sock}, {})
    both = {**sock, "features": [feature, {**feature, "id": "b", "geometry": far}] * 2}
    with pytest.raises(UnreadableLayers, match="km"):
        install(tmp_path, "XNEW", {"stand_location": both}, {})


def test_codes_cannot_lead_out_of_the_folder(tmp_path: Path) -> None:
    file = tmp_path / "apt.dat"
    file.write_text(airfields.strip())
    with pytest.raises(UnreadableLayers, match="letters and digits"):
        exchange.read(file, icao="../../etc", valid_from=SINCE)


def test_a_line_of_an_import_can_be_closed(tmp_path: Path) -> None:
    store = installed(airfields.network_1200(), tmp_path)
    layers = LayerService(
        MemoryLayers(), lambda: NOW, lambda icao: store.model(icao).drawn, store.own_digests
    )
    layers.begin("ZZNE")
    service = RouteService(store.model, layers.in_force)
    assert service.cut_off("ZZNE", "taxi", NOW) == ()
    facts = {"kind": "closed_taxiway", "targets": ["B"]}
    layers.restrict("ZZNE", facts, NOW, None, Author(who="li", reason="works on B"))
    assert {one.stand for one in service.cut_off("ZZNE", "taxi", NOW)} == set("12456")


def test_layers_of_other_names_are_served_too(tmp_path: Path) -> None:
    store = installed(airfields.strip(), tmp_path, "XNEW")
    own = orjson.loads(store.model("XNEW").layer("runway").data)
    install(tmp_path / "airports", "XNEW", {"noise_area": own}, {})
    service = LayerService(
        MemoryLayers(), lambda: NOW, lambda icao: store.model(icao).drawn, store.own_digests
    )
    service.begin("XNEW")
    assert len(service.features("XNEW", "noise_area", NOW)) == 1
