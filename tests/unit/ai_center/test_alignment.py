from __future__ import annotations

import numpy as np
import pytest

from ai_center.alignment import (
    ARCFACE_112,
    DLIB_150,
    TEMPLATES,
    Points,
    apply,
    nearest_face,
    scale_of,
    similarity,
)

MIRROR = np.array([1, 0, 2, 4, 3])


def turned(points: Points, degrees: float, scale: float) -> Points:
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    return (points @ turn.T * scale + [31, 17]).astype(np.float32)


@pytest.mark.parametrize("template", [ARCFACE_112, DLIB_150])
@pytest.mark.parametrize(("degrees", "scale"), [(0, 1), (25, 2.3), (-70, 0.4), (180, 5)])
def test_a_turned_face_comes_back_to_its_template(
    template: Points, degrees: float, scale: float
) -> None:
    matrix = similarity(turned(template, degrees, scale), template)
    moved = apply(matrix, turned(template, degrees, scale))
    assert np.abs(moved - template).max() < 0.01
    assert scale_of(matrix) == pytest.approx(1 / scale, rel=1e-4)


def test_the_transform_never_reflects() -> None:
    flipped = ARCFACE_112 * np.array([-1, 1], np.float32)
    matrix = similarity(flipped, ARCFACE_112)
    assert np.linalg.det(matrix[:, :2]) > 0
    assert np.abs(apply(matrix, flipped) - ARCFACE_112).max() > 10


@pytest.mark.parametrize("name", sorted(TEMPLATES))
def test_points_in_the_wrong_order_do_not_fit(name: str) -> None:
    template = TEMPLATES[name]
    matrix = similarity(template[MIRROR], template)
    assert np.abs(apply(matrix, template[MIRROR]) - template).max() > 10


def test_the_templates_hold_the_points_in_their_order() -> None:
    for template in TEMPLATES.values():
        right_eye, left_eye, nose, mouth_right, mouth_left = template
        assert right_eye[0] < nose[0] < left_eye[0]
        assert mouth_right[0] < nose[0] < mouth_left[0]
        assert max(right_eye[1], left_eye[1]) < nose[1] < min(mouth_right[1], mouth_left[1])


def test_the_largest_central_face_is_meant() -> None:
    boxes = np.array([[0, 0, 60, 60], [90, 90, 50, 50], [95, 100, 10, 10]], np.float32)
    assert nearest_face(boxes, width=230, height=230) == 1


def test_a_much_larger_face_wins_off_centre() -> None:
    boxes = np.array([[20, 20, 90, 90], [90, 90, 20, 20]], np.float32)
    assert nearest_face(boxes, width=200, height=200) == 0
