"""Aircraft, vehicles and bridges have the sizes of what they show."""

from __future__ import annotations

import math

import numpy as np
import pytest
import shapely
from shapely.geometry import LineString, Point

from spatiotemporal.airport_model import Airport
from spatiotemporal.scene import bridges as gates
from spatiotemporal.scene import glyphs, known_type, models_glb, read_glb
from spatiotemporal.scene.aircraft import aircraft, plan
from spatiotemporal.scene.aircraft_types import BY_CODE, SAME_SHAPE, TYPES, AircraftType
from spatiotemporal.scene.surfaces import volume_m3
from spatiotemporal.scene.vehicles import BUILDERS, vehicle

FLEETS = (
    "follow-me tug bus stairs baggage loader fuel water catering cleaning sweeper police fire other"
)


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.designator)
def test_an_aircraft_has_its_types_measures(kind: AircraftType) -> None:
    points = np.concatenate([patch.surface.points for patch in aircraft(kind)])
    low, high = points.min(axis=0), points.max(axis=0)
    assert high[0] - low[0] == pytest.approx(kind.span_m, rel=0.02)
    # A swept fin may reach beyond the body.
    assert high[1] == pytest.approx(kind.length_m / 2, rel=0.01)
    assert kind.length_m * 0.98 < high[1] - low[1] < kind.length_m * 1.1
    assert high[2] == pytest.approx(kind.height_m, rel=0.06)
    assert low[2] == pytest.approx(0.0, abs=0.01)


@pytest.mark.parametrize("kind", TYPES.values(), ids=lambda kind: kind.designator)
def test_a_plan_is_as_large_as_its_aircraft_and_small_to_draw(kind: AircraftType) -> None:
    patches = plan(kind)
    points = np.concatenate([patch.surface.points for patch in patches])
    assert np.ptp(points[:, 0]) == pytest.approx(kind.span_m, rel=0.02)
    assert points[:, 1].max() == pytest.approx(kind.length_m / 2, rel=0.01)
    assert sum(len(patch.surface.triangles) for patch in patches) < 40
    for patch in patches:
        a, b, c = (patch.surface.points[patch.surface.triangles[:, at]] for at in range(3))
        assert (np.cross(b - a, c - a)[:, 2] > 0).all(), patch.material


def test_every_solid_of_an_aircraft_faces_outwards() -> None:
    for kind in TYPES.values():
        for patch in aircraft(kind):
            assert volume_m3(patch.surface) > 0, (kind.designator, patch.material)


def test_names_of_feeds_find_a_model() -> None:
    assert set(SAME_SHAPE.values()) | set(BY_CODE.values()) <= set(TYPES)
    assert known_type("32N").designator == "A320"
    assert known_type("b38m").designator == "B738"
    assert known_type("", "F").designator == "B748"


@pytest.mark.parametrize("fleet", FLEETS.split())
def test_every_fleet_has_a_vehicle_on_the_ground(fleet: str) -> None:
    assert fleet in BUILDERS
    points = np.concatenate([patch.surface.points for patch in vehicle(fleet)])
    assert points[:, 2].min() == pytest.approx(0.0, abs=0.01)
    assert 1.5 < np.ptp(points[:, 0]) < 4.6
    assert 4.5 < np.ptp(points[:, 1]) < 15.0
    for patch in vehicle(fleet):
        assert volume_m3(patch.surface) > 0


def test_the_file_of_models_is_sound_and_names_them_all() -> None:
    model = read_glb(models_glb())
    nodes = {part.node for part in model.primitives}
    assert {f"aircraft.{name}" for name in TYPES} <= nodes
    assert {f"vehicle.{name}" for name in BUILDERS} <= nodes
    assert {"bridge.tunnel", "bridge.cab", "bridge.legs"} <= nodes
    assert model.extras["names"]["same"]["77W"] == "B77W"
    assert model.extras["aircraft.A320"]["length_m"] == 37.6


def test_every_contact_stand_has_a_bridge_to_its_door(airport: Airport) -> None:
    bridges = gates.gate_bridges(airport)
    stands = {stand.number: stand for stand in airport.stands}
    assert {bridge.stand for bridge in bridges} == {s.number for s in airport.stands if s.contact}
    fronts = shapely.union_all([b.shape for b in airport.buildings if b.use == "terminal"])
    for bridge in bridges:
        stand = stands[bridge.stand]
        assert fronts.distance(Point(bridge.front)) < 0.1
        assert not fronts.contains(Point(bridge.rotunda))
        tip = _tip(bridge, docked=True)
        axis = LineString([stand.nose, _behind(stand.nose, stand.heading_deg, stand.length_m)])
        assert 1.0 < axis.distance(Point(tip)) < 5.0, bridge.id
        away = axis.distance(Point(_tip(bridge, docked=False)))
        assert away > axis.distance(Point(tip)) + 3.0, bridge.id


def _tip(bridge: gates.GateBridge, *, docked: bool) -> tuple[float, float]:
    pose = bridge.pose(docked)
    turn = math.radians(pose.heading_deg)
    x, y = bridge.rotunda
    return x + math.sin(turn) * pose.length_m, y + math.cos(turn) * pose.length_m


def _behind(nose: tuple[float, float], heading: float, metres: float) -> tuple[float, float]:
    turn = math.radians(heading)
    return nose[0] - math.sin(turn) * metres, nose[1] - math.cos(turn) * metres


def test_letters_are_covered_by_rectangles_once() -> None:
    for letter in glyphs.KNOWN:
        cells = [
            (x, y)
            for x0, y0, x1, y1 in glyphs.rectangles(letter)
            for x in range(x0, x1)
            for y in range(y0, y1)
        ]
        assert len(cells) == len(set(cells)) > 0
        assert all(0 <= x < 5 and 0 <= y < 7 for x, y in cells)
    assert glyphs.rectangles("一") == ()
