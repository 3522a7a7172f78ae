"""Vehicles move as vehicles do: no jumps, no speed above the limit, where they have business."""

from __future__ import annotations

import math
from collections import Counter
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from airport_brain.scenarios.hongqiao_day.day import Day, Plan, plan_day
from airport_brain.scenarios.hongqiao_day.errands import Push, line_route, share_pushes
from airport_brain.scenarios.hongqiao_day.vehicles import FLEETS, Motion, plan_vehicles

START = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
SECONDS = 1500
FASTEST_MPS = 16.0
JUMP_M = 20.0
"""Where one errand's way ends and the next begins may lie some metres apart."""


@pytest.fixture(scope="module")
def plan() -> Plan:
    return plan_day(Day(seed=5, speed=1.0, scale=1.0, hours=1.0, start=START), cast=0)


@pytest.fixture(scope="module")
def tracks(plan: Plan) -> dict[str, list[Motion]]:
    tracks: dict[str, list[Motion]] = {driver.vehicle.phone: [] for driver in plan.drivers}
    for second in range(1, SECONDS):
        for driver in plan.drivers:
            driver.advance_to(second)
            tracks[driver.vehicle.phone].append(driver.motion())
    return tracks


def metres(here: Motion, there: Motion) -> float:
    north = (there.latitude - here.latitude) * 111_195
    east = (there.longitude - here.longitude) * 111_195 * math.cos(math.radians(31.2))
    return math.hypot(north, east)


def test_fleets_are_shared_out_as_planned() -> None:
    vehicles = plan_vehicles(1, 200)
    assert Counter(vehicle.fleet for vehicle in vehicles) == Counter(FLEETS)
    assert len({vehicle.plate for vehicle in vehicles}) == 200
    assert len({vehicle.phone for vehicle in vehicles}) == 200
    assert all(len(vehicle.phone) == 11 for vehicle in vehicles)


def test_nothing_jumps_or_races(tracks: dict[str, list[Motion]]) -> None:
    for phone, track in tracks.items():
        for here, there in pairwise(track):
            assert metres(here, there) <= JUMP_M, f"{phone} jumps"
            assert there.speed_mps <= FASTEST_MPS, f"{phone} races"
            assert 0.0 <= there.heading_deg <= 360.0


def test_most_vehicles_have_somewhere_to_go(tracks: dict[str, list[Motion]]) -> None:
    driven = [track[-1].driven_m for track in tracks.values()]
    assert sum(one > 300 for one in driven) > 0.9 * len(driven)


def test_vehicles_are_inside_the_airport(tracks: dict[str, list[Motion]]) -> None:
    for track in tracks.values():
        for motion in track[::60]:
            assert 31.16 < motion.latitude < 31.23
            assert 121.31 < motion.longitude < 121.37


def test_some_drive_on_taxiways_and_some_push_aircraft_back(plan: Plan) -> None:
    kinds: Counter[str] = Counter()
    again = plan_day(Day(seed=5, speed=1.0, scale=1.0, hours=1.0, start=START), cast=0)
    for driver in again.drivers:
        for second in range(0, 3600, 10):
            driver.advance_to(second)
            kinds.update({f"{driver.vehicle.fleet} {leg.kind}" for leg in driver.route.legs})
    assert kinds["follow-me taxiway"] + kinds["follow-me taxilane"] > 0
    assert kinds["tug lead_in"] > 0


def test_pushes_are_dealt_without_overlap() -> None:
    pushes = [Push(second=60 * minute, stand=f"{minute}") for minute in range(0, 60, 2)]
    dealt = share_pushes(pushes, 9)
    assert sorted(push.second for tug in dealt for push in tug) == [p.second for p in pushes]
    for tug in dealt:
        assert all(b.second - a.second >= 720 for a, b in pairwise(tug))


def test_a_line_of_one_place_is_no_route() -> None:
    assert line_route(((31.2, 121.3), (31.2, 121.3)), 2.0) is None
    route = line_route(((31.2, 121.3), (31.201, 121.3)), 2.0)
    assert route is not None
    assert route.length_m == pytest.approx(111.2, abs=0.1)
    assert route.headings_deg == (0.0,)
