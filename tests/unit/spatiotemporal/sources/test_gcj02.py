"""The shifted datum, against figures that were measured elsewhere."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pyproj import Geod

from spatiotemporal.sources.gcj02 import to_gcj02, to_wgs84


@pytest.mark.parametrize(
    ("latitude", "longitude", "metres", "azimuth"),
    [(31.198, 121.336, 484.1, 116.2), (31.143, 121.805, 471.3, 119.8)],
)
def test_the_shift_at_both_airports(
    latitude: float, longitude: float, metres: float, azimuth: float
) -> None:
    shifted = to_gcj02(latitude, longitude)
    found, _, distance = Geod(ellps="WGS84").inv(longitude, latitude, shifted[1], shifted[0])
    assert (distance, found) == (pytest.approx(metres, abs=0.1), pytest.approx(azimuth, abs=0.1))


@settings(deadline=None)
@given(st.floats(20, 45), st.floats(80, 125))
def test_the_way_back_is_exact_to_a_millimetre(latitude: float, longitude: float) -> None:
    back = to_wgs84(*to_gcj02(latitude, longitude))
    assert back == pytest.approx((latitude, longitude), abs=1e-8)


def test_nothing_is_shifted_abroad() -> None:
    assert to_gcj02(51.15, -0.19) == to_wgs84(51.15, -0.19) == (51.15, -0.19)
