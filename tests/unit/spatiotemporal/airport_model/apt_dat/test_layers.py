"""apt.dat airports as layers: shapes, names, and the counts of two real files where they are."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import pytest
import shapely
from pyproj import Geod
from shapely.geometry import shape

from spatiotemporal.airport_model import apt_dat
from spatiotemporal.airport_model.apt_dat import curves
from spatiotemporal.airport_model.apt_dat.message import Chain, Node
from spatiotemporal.airport_model.frame import Frame
from tests.unit.spatiotemporal.airport_model.apt_dat.sample import OLD, SINCE, sample

EARTH = Geod(ellps="WGS84")
Layers = dict[str, list[dict[str, Any]]]


def drawn(airport: apt_dat.AptAirport) -> Layers:
    made: Any = apt_dat.layers(airport, valid_from=SINCE)
    return {name: collection["features"] for name, collection in made.items()}


@pytest.fixture(scope="module")
def layers() -> Layers:
    return drawn(sample())


def facts(features: list[dict[str, Any]], *names: str) -> list[tuple[Any, ...]]:
    return [tuple(f["properties"][name] for name in names) for f in features]


def test_every_row_that_has_a_place_is_in_a_layer(layers: Layers) -> None:
    assert {name: len(features) for name, features in layers.items()} == {
        "boundary": 1, "runway_shoulder": 1, "apron": 1, "runway": 2, "helipad": 1,
        "threshold": 4, "stand": 1, "stand_location": 2, "taxi_line": 1, "hold_line": 1,
        "marking": 1, "road_marking": 1, "service_road": 1, "light_line": 2, "taxi_edge": 2,
        "taxi_node": 3, "sign": 1, "airfield_light": 2, "windsock": 1, "viewpoint": 1,
        "jet_bridge": 2, "facility": 3,
    }  # fmt: skip


def test_features_say_what_they_are_and_where_from(layers: Layers) -> None:
    ids = [f["id"] for features in layers.values() for f in features]
    assert len(ids) == len(set(ids))
    for name, features in layers.items():
        for feature in features:
            told = feature["properties"]
            assert feature["id"].startswith(f"ZZTS.{name}.")
            assert told["source"] == "X-Plane apt.dat 1200, XTST"
            assert (told["quality"], told["valid_from"]) == ("estimate", "2026-01-01")
            assert shape(feature["geometry"]).is_valid


def test_a_runway_is_measured_from_its_ends(layers: Layers) -> None:
    runway = layers["runway"][0]["properties"]
    assert runway["designator"] == "09/27"
    assert runway["length_m"] == pytest.approx(1929.7, abs=0.5)
    assert runway["bearing_true_deg"] == pytest.approx(90.0, abs=0.01)
    first = layers["threshold"][0]
    assert (first["properties"]["designator"], first["properties"]["displaced_m"]) == ("09", 100.0)
    lon, lat = first["geometry"]["coordinates"]
    assert EARTH.inv(120.0, 30.0, lon, lat)[2] == pytest.approx(100.0, abs=0.1)


def test_a_hole_is_left_open(layers: Layers) -> None:
    (apron,) = layers["apron"]
    assert len(apron["geometry"]["coordinates"]) == 2
    assert apron["properties"]["stands"] == 2


def test_stands_have_number_apron_and_size(layers: Layers) -> None:
    assert facts(layers["stand"], "number", "apron", "code") == [("101", "Apron 1", "E")]
    assert facts(layers["stand_location"], "number", "code") == [("101", "E"), ("", "")]


def test_lines_are_cut_where_the_paint_changes(layers: Layers) -> None:
    assert facts(layers["taxi_line"], "kind", "paint") == [("centre_line", 51)]
    assert facts(layers["hold_line"], "kind", "runway") == [("runway_hold", "09/27")]
    assert len(layers["hold_line"][0]["geometry"]["coordinates"]) > 5


def test_the_manifest_keeps_what_no_layer_shows() -> None:
    manifest = apt_dat.manifest(sample())
    assert manifest["frequencies"][1] == {"service": "tower", "khz": 118100, "name": "Tower"}  # type: ignore[index]
    assert manifest["elevation_m"] == 9.1
    assert manifest["notice_zh"]


def test_an_old_airport_is_drawn_too() -> None:
    (airport,) = apt_dat.parse(OLD.encode())
    layers = drawn(airport)
    assert facts(layers["runway"], "length_m") == [(3048.0,)]
    assert [len(layers[n]) for n in ("taxiway", "helipad", "stand_location")] == [1, 1, 1]


def test_an_airport_without_a_place_is_refused() -> None:
    (airport,) = apt_dat.parse(b"I\n1100 x\n1 0 0 0 ZNIL Nowhere\n99\n")
    with pytest.raises(ValueError, match="no runway"):
        apt_dat.layers(airport, valid_from=SINCE)


def test_a_curved_ring_is_as_large_as_a_circle() -> None:
    """Four nodes with controls of 0.5523 of the radius draw a circle within a promille."""
    frame = Frame(latitude=31.0, longitude=121.0, bearing_deg=0.0)
    radius, handle = 100.0, 55.23
    corners = [((0, radius), (handle, radius)), ((radius, 0), (radius, -handle)),
               ((0, -radius), (-handle, -radius)), ((-radius, 0), (-radius, handle))]  # fmt: skip
    nodes = []
    for at, control in corners:
        place, towards = frame.positions([at, control])
        nodes.append(Node(place=place, control=towards))
    ring = curves.ring(Chain(nodes=tuple(nodes), closed=True, line=1), frame)
    area = shapely.Polygon(ring).area
    assert area == pytest.approx(math.pi * radius**2, rel=2e-3)
    assert len(ring) < 120


# -- the two real files: numbers published with them ------------------------------------------------

APRONS = {
    "ZSSS": {
        "Terminal 2": "C27 D8 E11", "Apron 2": "C11 D2 E6", "Remote Apron 2": "C5",
        "Remote Apron 4": "C7 D6", "Remote Apron 6": "C4 D5", "Terminal 1": "D9 E4",
        "Apron G": "B12 C27 E3", "Apron I": "D4", "Apron J": "B3 D4", "Cargo Apron": "C8",
        "MAINT": "C3",
    },
    "ZSPD": {
        "Apron 1 Terminal 1": "C8 D10 E13", "Apron 7 Terminal 2": "D24 E16 F2",
        "Satellite Apron Satellite Terminal": "C44 E41 F5", "Apron 2 Remote": "C3 E8",
        "Apron 3 Cargo": "E27 F15", "Apron 3 GA": "B20",
        "Apron 4 Maintenance": "C10 D2 E6 F12", "Apron 5 Remote": "C25 E8 F6",
        "Apron 5 Remote Stand/De-Ice": "C1 F2", "Apron 6 Cargo": "C6 D1 F9",
        "Apron 8 Remote": "C2 D5 E8 F1",
    },
}  # fmt: skip

FIGURES = {
    "ZSSS": {"runways": 2, "stands": 169, "boundary_km2": 8.6, "pavement_km2": 3.7,
             "taxi_km": 86, "edge_km": 65, "centre_km": 25, "holds": 37, "ils": 0},
    "ZSPD": {"runways": 5, "stands": 357, "boundary_km2": 27.4, "pavement_km2": 10.9,
             "taxi_km": 231, "edge_km": 325, "centre_km": 71, "holds": 73, "ils": 13},
}  # fmt: skip


@pytest.fixture(scope="module", params=["ZSSS", "ZSPD"])
def real(request: pytest.FixtureRequest, reference_data: Path) -> tuple[str, Layers]:
    file = reference_data / "geo" / request.param / f"{request.param}_apt.dat"
    if not file.is_file():
        pytest.skip(f"no layout at {file}")
    (airport,) = apt_dat.parse(file.read_bytes(), mode="strict")
    return request.param, drawn(airport)


def _kilometres(features: list[dict[str, Any]], *kinds: str) -> float:
    shapes = [shape(f["geometry"]) for f in features if f["properties"]["kind"] in kinds]
    return sum(EARTH.geometry_length(line) for line in shapes) / 1000.0


def _area_km2(features: list[dict[str, Any]]) -> float:
    whole = shapely.union_all([shape(f["geometry"]) for f in features])
    return abs(float(EARTH.geometry_area_perimeter(shapely.normalize(whole))[0])) / 1e6


def test_a_real_layout_has_the_lengths_areas_and_counts_told_of_it(
    real: tuple[str, Layers],
) -> None:
    icao, layers = real
    kinds = Counter(f["properties"]["kind"] for f in layers["hold_line"])
    pavement = [*layers["apron"], *layers["taxiway"]]
    assert {
        "runways": len(layers["runway"]),
        "stands": len(layers["stand"]),
        "boundary_km2": round(_area_km2(layers["boundary"]), 1),
        "pavement_km2": round(_area_km2(pavement), 1),
        "taxi_km": round(_kilometres(layers["taxi_line"], "centre_line")),
        "edge_km": round(_kilometres(layers["road_marking"], "road_edge")),
        "centre_km": round(_kilometres(layers["road_marking"], "road_centre")),
        "holds": kinds["runway_hold"],
        "ils": kinds["ils_hold"],
    } == pytest.approx(FIGURES[icao], rel=0.03)


TOTALS = {
    "ZSSS": ({"C": 92, "D": 38, "E": 24, "B": 15}, {"gate": 151, "tie_down": 18}),
    "ZSPD": (
        {"E": 129, "C": 107, "F": 57, "D": 44, "B": 20},
        {"gate": 290, "tie_down": 53, "hangar": 14},
    ),
}


def test_a_real_layout_has_the_letters_and_kinds_told_of_it(real: tuple[str, Layers]) -> None:
    icao, layers = real
    told = [feature["properties"] for feature in layers["stand"]]
    assert Counter(one["code"] for one in told) == TOTALS[icao][0]
    assert Counter(one["kind"] for one in told) == TOTALS[icao][1]


def test_a_real_layout_has_the_stands_told_of_it(real: tuple[str, Layers]) -> None:
    icao, layers = real
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for feature in layers["stand"]:
        told = feature["properties"]
        found[told["apron"]][told["code"]] += 1
    told = {a: " ".join(f"{c}{n}" for c, n in sorted(found[a].items())) for a in APRONS[icao]}
    assert told == APRONS[icao]
