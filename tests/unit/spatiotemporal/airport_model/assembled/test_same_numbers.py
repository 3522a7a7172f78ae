"""Two runways with the same numbers stay two runways."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from shapely.geometry import shape

from spatiotemporal.airport_model import AirportModel, ModelStore, check, exchange, install
from spatiotemporal.airport_model.routing import RouteService
from tests.unit.spatiotemporal.airport_model.assembled import airfields
from tests.unit.spatiotemporal.airport_model.exchange import mapped


def installed(path: Path) -> AirportModel:
    layers, manifest = exchange.read(path, icao="XNEW", valid_from=date(2026, 5, 1))
    install(path.parent / "airports", "XNEW", layers, manifest)
    return ModelStore(own=path.parent / "airports").model("XNEW")


def grass(text: str) -> str:
    """A runway row with surface 3."""
    return text.replace("100 30.00 1", "100 30.00 3", 1)


@pytest.fixture
def field(tmp_path: Path) -> AirportModel:
    """A paved runway, a longer grass strip 80 m west of it, a water lane 400 m east; all 18/36."""
    rows = [
        airfields.runway("18", "36", (0.0, 500.0), (0.0, -500.0), 30.0),
        grass(airfields.runway("18", "36", (-80.0, 600.0), (-80.0, -600.0), 30.0)),
        f"101 60 0 18 {airfields.at((400.0, 450.0))[0]} 36 {airfields.at((400.0, -450.0))[0]}",
        *airfields.line("A", [(0.0, 0.0), (150.0, 0.0), (150.0, 100.0)]),
        *airfields.line("B", [(-80.0, 300.0), (0.0, 300.0)]),
        f"1300 {airfields.at((150.0, 120.0))[0]} 0.00 tie_down props Ramp 1",
        "1301 A general_aviation",
    ]
    path = tmp_path / "apt.dat"
    path.write_text(airfields.file(1100, rows))
    return installed(path)


def test_each_runway_keeps_its_place_and_length(field: AirportModel) -> None:
    runways = {runway.name: runway for runway in field.airport.runways}
    lengths = {name: round(one.length_m) for name, one in runways.items()}
    assert lengths == {"18/36": 1000, "18G/36G": 1200, "18W/36W": 900}
    paved, grown = runways["18/36"], runways["18G/36G"]
    assert paved.line.distance(grown.line) == pytest.approx(80.0, abs=0.1)
    assert (paved.surface, grown.surface) == ("asphalt", "grass")
    assert {one.displaced_m for one in runways.values()} == {(60.0, 0.0), (0.0, 0.0)}
    assert check(field.airport, only="designator") == []


def test_layers_agree_with_the_airport(field: AirportModel) -> None:
    runways = field.drawn["runway"]["features"]
    assert isinstance(runways, list)
    said = {
        (f["properties"]["designator"], f["properties"].get("designator_of_source"))
        for f in runways
    }
    assert said == {("18/36", None), ("18G/36G", "18/36"), ("18W/36W", "18/36")}
    thresholds = field.drawn["threshold"]["features"]
    assert isinstance(thresholds, list)
    ends = {f["properties"]["designator"]: shape(f["geometry"]) for f in thresholds}
    assert sorted(ends) == ["18", "18G", "18W", "36", "36G", "36W"]
    assert ends["18G"].x < ends["18"].x < ends["18W"].x
    assert all(f["properties"]["designator"] in f["properties"]["runway"] for f in thresholds)


def test_ways_lead_to_the_runway_that_is_meant(field: AirportModel) -> None:
    routes = RouteService(lambda icao: field, lambda icao, start, end: [])
    now = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
    lengths = [
        routes.route("XNEW", "taxi", "stand:1", f"runway:{end}", now).route.length_m
        for end in ("36", "36G")
    ]
    assert lengths[0] < lengths[1]


def test_pieces_of_one_runway_stay_together_and_lines_beside_it_do_not(tmp_path: Path) -> None:
    drawing = mapped.Drawing()
    for points in ([(0, -600), (0, -100)], [(0, -100), (2, 400)], [(2, 400), (2, 600)]):
        drawing.way(points, aeroway="runway", ref="18/36", surface="asphalt", width="30")
    drawing.way([(-60, -300), (-60, 300)], aeroway="runway", ref="18/36", surface="grass")
    drawing.way([(-95, -250), (-95, 250)], aeroway="runway", ref="18/36", surface="grass")
    drawing.way([(0, 0), (100, 0)], aeroway="taxiway", ref="A")
    path = tmp_path / "field.osm"
    path.write_bytes(drawing.xml())
    lengths = {one.name: round(one.length_m) for one in installed(path).airport.runways}
    assert lengths == {"18/36": 1200, "18G/36G": 600, "18S/36S": 500}
