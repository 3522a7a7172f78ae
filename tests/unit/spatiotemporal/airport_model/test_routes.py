"""Routes are continuous, keep to the lines, and say where a mover is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from spatiotemporal.airport_model import (
    AirportModel,
    ModelStore,
    Route,
    UnknownPlace,
    drive_route,
    position_along,
    push_back,
    runway_exits,
    taxi_route,
)

EARTH = Geod(ellps="WGS84")


def _apart_m(here: tuple[float, ...], there: tuple[float, ...]) -> float:
    return float(EARTH.inv(here[1], here[0], there[1], there[0])[2])


def _check(route: Route) -> None:
    for (here, there), (a, b) in zip(
        pairwise(route.positions), pairwise(route.distances_m), strict=True
    ):
        assert b > a
        assert _apart_m(here, there) == pytest.approx(b - a, abs=0.01)
    assert len(route.headings_deg) == len(route.positions) - 1
    assert route.legs[0].from_m == 0.0
    assert route.legs[-1].to_m == pytest.approx(route.length_m)
    for leg, following in pairwise(route.legs):
        assert leg.to_m == following.from_m
    stops = [waypoint.at_m for waypoint in route.waypoints]
    assert stops == sorted(stops)


@settings(deadline=None)
@given(data=st.data())
def test_taxi_routes_are_sound(data: st.DataObject, hongqiao: AirportModel) -> None:
    airport, network = hongqiao.airport, hongqiao.taxi_graph
    stand = data.draw(st.sampled_from(airport.stands))
    end = data.draw(st.sampled_from(["36L", "36R", "18L", "18R"]))
    route = taxi_route(airport, network, f"stand:{stand.number}", f"runway:{end}", code=stand.code)
    _check(route)
    assert any(hold.name.startswith("hold:") for hold in route.holds)
    assert all(route.speed_mps(at) > 0 for at in (0.0, route.length_m / 2, route.length_m))


@settings(deadline=None)
@given(data=st.data())
def test_drives_are_sound(data: st.DataObject, pudong: AirportModel) -> None:
    network = pudong.road_graph
    start, goal = data.draw(st.tuples(*[st.sampled_from(network.places())] * 2))
    if network.node(start) != network.node(goal):
        _check(drive_route(pudong.airport, network, start, goal))


def test_a_mover_goes_steadily_from_end_to_end(hongqiao: AirportModel) -> None:
    route = drive_route(hongqiao.airport, hongqiao.road_graph, "facility:fire-e", "stand:221")
    places = [position_along(route, float(metres)) for metres in range(int(route.length_m) + 1)]
    steps = [_apart_m(here, there) for here, there in pairwise(places)]
    assert max(steps) < 1.001
    assert min(steps) > 0.9
    turns = [abs((b[2] - a[2] + 180) % 360 - 180) for a, b in pairwise(places)]
    assert max(turns) < 60.0


def test_beyond_its_ends_a_mover_stands_still(hongqiao: AirportModel) -> None:
    route = drive_route(hongqiao.airport, hongqiao.road_graph, "facility:gse-w1", "stand:401")
    assert position_along(route, -5.0)[:2] == pytest.approx(route.positions[0])
    assert position_along(route, route.length_m + 5.0)[:2] == pytest.approx(route.positions[-1])


def test_pushed_back_the_nose_looks_at_the_terminal(hongqiao: AirportModel) -> None:
    stand = next(stand for stand in hongqiao.airport.stands if stand.number == "221")
    route = push_back(hongqiao.airport, hongqiao.taxi_graph, stand)
    heading = position_along(route, 1.0)[2]
    assert heading == pytest.approx(hongqiao.airport.frame.true_deg(stand.heading_deg), abs=0.01)
    onward = taxi_route(
        hongqiao.airport, hongqiao.taxi_graph, route.waypoints[-1].name, "runway:36R", code="C"
    )
    assert _apart_m(onward.positions[0], route.positions[-1]) < 0.01


def test_a_departure_from_t2_crosses_the_near_runway_past_its_holding_points(
    hongqiao: AirportModel,
) -> None:
    route = taxi_route(hongqiao.airport, hongqiao.taxi_graph, "stand:221", "runway:36R", code="C")
    runways = [hold.name.split(":")[2] for hold in route.holds]
    assert runways[:2] == ["18R/36L", "18R/36L"]
    assert runways[-1] == "18L/36R"


def test_exits_of_a_landing_come_in_order_and_lead_forward(model: AirportModel) -> None:
    for runway in model.airport.runways:
        for end in runway.ends:
            exits = runway_exits(model.airport, model.taxi_graph, end.designator)
            assert exits, end.designator
            assert [exit.at_m for exit in exits] == sorted(exit.at_m for exit in exits)
            assert any(1200 < exit.at_m < runway.length_m for exit in exits)
            assert all(exit.turn_deg <= 100 for exit in exits)


def test_a_rapid_exit_turns_off_by_thirty_degrees(hongqiao: AirportModel) -> None:
    exits = runway_exits(hongqiao.airport, hongqiao.taxi_graph, "36L")
    fast = [exit for exit in exits if exit.fast]
    assert {exit.taxiway for exit in fast} >= {"C1", "C2"}
    assert all(exit.turn_deg == pytest.approx(30.0, abs=1.0) for exit in fast)


def test_a_closed_taxiway_is_gone_round(hongqiao: AirportModel) -> None:
    airport, network = hongqiao.airport, hongqiao.taxi_graph
    usual = taxi_route(airport, network, "stand:221", "runway:36R", code="C")
    crossing = next(leg.name for leg in usual.legs if leg.name.startswith("H"))
    other = taxi_route(airport, network.closing(crossing), "stand:221", "runway:36R", code="C")
    assert crossing not in {leg.name for leg in other.legs}
    assert other.length_m > usual.length_m


def test_routes_are_the_same_in_every_build(model: AirportModel) -> None:
    again = ModelStore().model(model.airport.icao)
    end = f"runway:{model.airport.runways[-1].ends[0].designator}"
    for stand in model.airport.stands[::17]:
        first, second = (
            taxi_route(one.airport, one.taxi_graph, f"stand:{stand.number}", end, code=stand.code)
            for one in (model, again)
        )
        assert first == second


def test_there_is_no_way_from_a_place_to_itself(hongqiao: AirportModel) -> None:
    with pytest.raises(UnknownPlace):
        drive_route(hongqiao.airport, hongqiao.road_graph, "stand:221", "stand:221")


def test_an_unknown_runway_has_no_exits(hongqiao: AirportModel) -> None:
    with pytest.raises(UnknownPlace, match="09L"):
        runway_exits(hongqiao.airport, hongqiao.taxi_graph, "09L")
