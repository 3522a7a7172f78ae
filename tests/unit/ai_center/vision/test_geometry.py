"""The stand camera: pixels and ground belong together."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_center.vision.geometry import Camera

CAMERA = Camera(
    position=(-25.0, 6.0, 14.0),
    yaw_rad=-0.15,
    pitch_rad=0.33,
    roll_rad=0.02,
    focal_px=450.0,
    width=640,
    height=384,
)


def test_axes_are_a_right_handed_turn() -> None:
    axes = CAMERA.axes()
    assert axes @ axes.T == pytest.approx(np.eye(3), abs=1e-12)
    assert np.cross(axes[0], axes[1]) == pytest.approx(axes[2], abs=1e-12)


def test_what_lies_ahead_is_in_the_middle_and_port_side_is_on_the_right() -> None:
    level = Camera(
        position=(-20.0, 0.0, 10.0),
        yaw_rad=0.0,
        pitch_rad=0.0,
        roll_rad=0.0,
        focal_px=400.0,
        width=640,
        height=384,
    )
    ahead, port, low = level.project(np.array([[0.0, 0, 10], [0, -5, 10], [0, 0, 0]]))
    assert ahead.tolist() == [320.0, 192.0]
    assert port.tolist() == [420.0, 192.0]
    assert low.tolist() == [320.0, 392.0]


@given(x=st.floats(-12, 90), y=st.floats(-30, 30))
def test_ground_and_pixels_are_inverse(x: float, y: float) -> None:
    pixel = CAMERA.project(np.array([[x, y, 0.0]]))
    assert CAMERA.ground(pixel)[0] == pytest.approx((x, y), abs=1e-6)


def test_no_ground_is_seen_above_the_horizon() -> None:
    horizon = 192 - 450 * math.tan(0.33)
    assert np.isnan(CAMERA.ground(np.array([[320.0, horizon - 20]]))).all()
    assert np.isfinite(CAMERA.ground(np.array([[320.0, horizon + 20]]))).all()
