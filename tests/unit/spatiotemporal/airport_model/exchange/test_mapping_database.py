"""An aerodrome mapping database by the names of its standard: classes, attributes, numbers of lists."""

from __future__ import annotations

from datetime import date
from typing import Any

import geopandas as gpd
import pytest
from shapely.affinity import translate
from shapely.geometry import LineString, Point, box
from shapely.geometry.base import BaseGeometry

from spatiotemporal.airport_model import Airport, ModelStore, exchange, install

CLASSES: dict[str, list[tuple[BaseGeometry, dict[str, Any]]]] = {
    "AM_RunwayElement": [(box(-22.5, -1250, 22.5, 1100), {"idrwy": "18L.36R", "width": 45.0})],
    "AM_RunwayDisplacedArea": [
        (box(-22.5, 1100, 22.5, 1250), {"idrwy": "18L.36R", "idthr": "18L", "width": 45.0})
    ],
    "AM_RunwayThreshold": [
        (Point(0, 1100), {"idthr": "18L", "idrwy": "18L.36R", "brngtrue": 180.0}),
        (Point(0, -1250), {"idthr": "36R", "idrwy": "18L.36R", "brngtrue": 0.0}),
    ],
    "AM_PaintedCenterline": [(LineString([(0, -1250), (0, 1250)]), {"idrwy": "18L.36R"})],
    "AM_RunwayExitLine": [(LineString([(0, 0), (180, 0)]), {"idlin": "A1", "idrwy": "18L.36R"})],
    "AM_TaxiwayGuidanceLine": [
        (LineString([(180, -1250), (180, 1250)]), {"idlin": "A", "wingspan": 65.0, "direc": 0}),
        (LineString([(0, -1200), (180, -1200)]), {"idlin": "A2", "wingspan": 36.0, "direc": 1}),
        (LineString([(0, 1200), (180, 1200)]), {"idlin": "A3", "wingspan": 36.0, "direc": 2}),
        (LineString([(180, 200), (300, 200)]), {"idlin": "B", "wingspan": 35.8}),
    ],
    "AM_StandGuidanceLine": [(LineString([(300, 200), (365, 200)]), {"idstd": "101"})],
    "AM_ParkingStandLocation": [(Point(360, 200), {"idstd": "101", "idapron": "APRON 1"})],
    "AM_ApronElement": [(box(200, 100, 420, 400), {"idapron": "APRON 1"})],
    "AM_ServiceRoad": [(box(380, 0, 388, 600), {"feattype": 1})],
    "AM_VerticalPolygonalStructure": [
        (box(400, 150, 480, 350), {"plysttyp": 1, "ident": "TERMINAL 1", "height": 22.5}),
        (box(560, 150, 570, 160), {"plysttyp": 3, "ident": "TWR", "height": 55.0}),
    ],
    "AM_Hotspot": [(box(80, -20, 120, 20), {"idhot": "HS1"})],
}


@pytest.fixture(scope="module", params=["folder of shapefiles", "package"])
def read(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    home = tmp_path_factory.mktemp("amdb")
    for name, rows in CLASSES.items():
        table = gpd.GeoDataFrame(
            [told for _, told in rows],
            geometry=[translate(shape, 500_000.0, 4_649_776.0) for shape, _ in rows],
            crs="EPSG:32633",
        )
        if request.param == "package":
            table.to_file(home / "airport.gpkg", layer=name, driver="GPKG")
        else:
            table.to_file(home / f"{name}.shp")
    return exchange.read(home, icao="LAAA", valid_from=date(2026, 5, 1))


@pytest.fixture(scope="module")
def airport(read: Any, tmp_path_factory: pytest.TempPathFactory) -> Airport:
    home = tmp_path_factory.mktemp("own")
    install(home, "LAAA", *read)
    return ModelStore(own=home).model("LAAA").airport


def test_classes_come_into_our_layers(read: Any) -> None:
    counts = {name: len(one["features"]) for name, one in read[0].items()}
    assert counts == {
        "runway": 2, "runway_line": 1, "threshold": 2, "taxi_line": 5, "stand_line": 1,
        "stand_location": 1, "apron": 1, "road_area": 1, "building": 2, "hotspot": 1,
    }  # fmt: skip
    said = {f["properties"]["designator"] for f in read[0]["runway"]["features"]}
    assert said == {"18L.36R"}
    (stand,) = read[0]["stand_location"]["features"]
    assert stand["id"] == "LAAA.stand_location.101"
    assert read[0]["hotspot"]["features"][0]["properties"]["designator"] == "HS1"


def test_a_displaced_area_belongs_to_its_runway(airport: Airport) -> None:
    (runway,) = airport.runways
    assert runway.name == "18L/36R"
    assert runway.length_m == pytest.approx(2501.0, abs=0.5)  # metres of the grid are longer
    assert runway.displaced_m == pytest.approx((150.0, 0.0), abs=0.5)
    assert runway.width_m == 45.0


def test_lines_take_the_wing_span_and_the_direction_that_they_tell(airport: Airport) -> None:
    ways = {way.id: way for way in airport.taxiways}
    told = {name: (ways[name].max_code, ways[name].one_way) for name in ("A", "A2", "A3", "B")}
    assert told == {"A": ("E", False), "A2": ("C", True), "A3": ("C", True), "B": ("C", False)}
    runway = airport.runways[0].line
    to_runway = {name: runway.distance(Point(ways[name].points[-1])) < 1.0 for name in ("A2", "A3")}
    assert to_runway == {"A2": False, "A3": True}
    assert "A1" in ways


def test_structures_are_what_they_say(airport: Airport) -> None:
    told = {one.label.en: (one.use, one.height_m) for one in airport.buildings}
    assert told == {"TERMINAL 1": ("terminal", 22.5), "TWR": ("tower", 55.0)}
