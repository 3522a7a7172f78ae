from __future__ import annotations

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod
from shapely.geometry import Point

from spatiotemporal.airport_model.frame import Frame, heading_deg, moved

HONGQIAO = Frame(latitude=31.198207, longitude=121.332466, bearing_deg=357.345)
METRES = st.floats(min_value=-8000, max_value=8000)


@settings(deadline=None)
@given(x=METRES, y=METRES)
def test_a_place_comes_back_from_wgs84_within_a_millimetre(x: float, y: float) -> None:
    (back,) = HONGQIAO.points(HONGQIAO.positions([(x, y)]))
    assert math.dist(back, (x, y)) < 1e-3


@settings(deadline=None)
@given(x=METRES, y=METRES)
def test_a_distance_in_the_frame_is_the_distance_on_the_ellipsoid(x: float, y: float) -> None:
    ((latitude, longitude),) = HONGQIAO.positions([(x, y)])
    origin = HONGQIAO.longitude, HONGQIAO.latitude
    _, _, ground_m = Geod(ellps="WGS84").inv(*origin, longitude, latitude)
    assert ground_m == pytest.approx(math.hypot(x, y), abs=0.001)


def test_the_y_axis_points_along_the_bearing() -> None:
    ((latitude, longitude),) = HONGQIAO.positions([(0.0, 1000.0)])
    origin = HONGQIAO.longitude, HONGQIAO.latitude
    bearing, _, _ = Geod(ellps="WGS84").inv(*origin, longitude, latitude)
    assert bearing % 360.0 == pytest.approx(357.345, abs=1e-6)


def test_geojson_has_longitude_first() -> None:
    world = HONGQIAO.world(Point(0.0, 0.0))
    assert (world.x, world.y) == (121.332466, 31.198207)


@settings(deadline=None)
@given(heading=st.floats(min_value=0, max_value=359.9), metres=st.floats(1, 5000))
def test_moving_along_a_heading_goes_that_way(heading: float, metres: float) -> None:
    there = moved((10.0, -20.0), heading, metres)
    turn = heading_deg((10.0, -20.0), there) - heading
    assert (turn + 180.0) % 360.0 - 180.0 == pytest.approx(0.0, abs=1e-6)
