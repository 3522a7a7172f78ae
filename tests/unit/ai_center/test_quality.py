from __future__ import annotations

import cv2
import numpy as np
import pytest

from ai_center import QualityMeasure
from ai_center.alignment import DLIB_150
from ai_center.face_statistics import colour_distance, illumination_uniformity, sharpness
from ai_center.quality import (
    SCALES,
    measure_colour,
    measure_image,
    measure_place,
    pitch_deg,
    roll_deg,
    yaw_deg,
)
from tests.unit.ai_center.faces import EYES

BOX = (30.0, 30.0, 60.0, 70.0)


def texture(blur: float = 1.5) -> np.ndarray:
    """Noise, blurred, with the contrast of a face."""
    noise = np.random.default_rng(1).normal(size=(150, 150)).astype(np.float32)
    soft = np.asarray(cv2.GaussianBlur(noise, (0, 0), blur))
    return np.clip(128 + 45 * soft / soft.std(), 0, 255).astype(np.uint8)


def by_name(measures: list[QualityMeasure]) -> dict[str, QualityMeasure]:
    return {measure.name: measure for measure in measures}


def place(**changes: object) -> dict[str, QualityMeasure]:
    known: dict[str, object] = {"width": 200, "height": 160, "further_faces": 0, **changes}
    box = known.pop("box", BOX)
    points = known.pop("points", EYES)
    return by_name(measure_place(box, points, **known))  # type: ignore[arg-type]


def test_blur_lowers_sharpness() -> None:
    sharp, blurred = texture(), texture(blur=8)
    assert sharpness(blurred) < sharpness(sharp) / 10
    assert by_name(measure_image(sharp))["Sharpness"].ok
    assert not by_name(measure_image(blurred))["Sharpness"].ok


def test_a_flat_picture_has_no_sharpness_and_no_range() -> None:
    flat = by_name(measure_image(np.full((150, 150), 90, np.uint8)))
    assert flat["Sharpness"].score == 0
    assert flat["DynamicRange"].score == 0


def test_contrast_alone_does_not_change_sharpness() -> None:
    sharp = texture().astype(np.float32)
    weak = ((sharp - 128) * 0.5 + 128).astype(np.uint8)
    assert sharpness(weak) == pytest.approx(sharpness(sharp.astype(np.uint8)), rel=0.1)


def test_exposure_is_told_apart() -> None:
    dark = by_name(measure_image((texture() * 0.1).astype(np.uint8)))
    assert not dark["UnderExposurePrevention"].ok
    assert dark["OverExposurePrevention"].ok
    burnt = by_name(measure_image(np.clip(texture().astype(int) + 150, 0, 255).astype(np.uint8)))
    assert not burnt["OverExposurePrevention"].ok
    assert burnt["UnderExposurePrevention"].ok


def test_a_good_place_is_ok_throughout() -> None:
    assert all(measure.ok for measure in place().values())


def test_a_face_over_the_edge_is_cut_off_on_that_side() -> None:
    measures = place(box=(-20.0, 30.0, 60.0, 70.0))
    assert not measures["LeftwardCropOfTheFaceImage"].ok
    assert measures["RightwardCropOfTheFaceImage"].ok


def test_a_small_face_says_so() -> None:
    measures = place(width=2000, height=1600, points=EYES / 4, box=(10.0, 10.0, 15.0, 18.0))
    assert not measures["InterEyeDistance"].ok
    assert not measures["HeadSize"].ok


def test_a_second_person_is_named() -> None:
    assert not place(further_faces=1)["SingleFacePresent"].ok


@pytest.mark.parametrize("degrees", [-30.0, 0.0, 20.0])
def test_roll_is_the_angle_of_the_eyes(degrees: float) -> None:
    angle = np.radians(degrees)
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    assert roll_deg((EYES @ turn.T).astype(np.float32)) == pytest.approx(degrees, abs=0.01)


def test_yaw_follows_the_nose_whatever_the_roll() -> None:
    aside = EYES.copy()
    aside[2, 0] += 12
    turn = np.array([[0.0, -1.0], [1.0, 0.0]])
    assert yaw_deg(EYES) == pytest.approx(0, abs=0.1)
    assert yaw_deg(aside) == pytest.approx(30, abs=0.5)
    assert yaw_deg((aside @ turn.T).astype(np.float32)) == pytest.approx(yaw_deg(aside), abs=0.1)
    assert not place(points=np.array([*EYES[:2], [95, 62], *EYES[3:]], np.float32))[
        "HeadPoseYaw"
    ].ok


def test_scores_stay_on_their_scale() -> None:
    for name, scale in SCALES.items():
        ends = (scale.needed,) if isinstance(scale.needed, float) else scale.needed
        for value in (-1e6, 0.0, *ends, 1e6):
            assert 0 <= scale.measure(name, value).score <= 100
        assert all(scale.measure(name, end).ok for end in ends)


def test_what_is_as_good_as_it_needs_to_be_scores_full() -> None:
    for name, scale in SCALES.items():
        full = scale.full if hasattr(scale, "full") else scale.rise
        assert scale.measure(name, full).score == 100


def test_light_from_one_side_parts_the_halves() -> None:
    even = texture()
    light = np.linspace(0.05, 1.6, 150)
    one_side = np.clip(even * light, 0, 255).astype(np.uint8)
    assert illumination_uniformity(even) > 0.8
    assert illumination_uniformity(one_side) < 0.5
    split = np.full((150, 150), 20, np.uint8)
    split[:, 75:] = 220
    assert illumination_uniformity(split) == 0.0
    assert not by_name(measure_image(split))["IlluminationUniformity"].ok


def test_luminance_is_best_in_the_middle() -> None:
    measures = by_name(measure_image(texture()))
    assert measures["LuminanceMean"].value == pytest.approx(128 / 255, abs=0.02)
    assert measures["LuminanceMean"].score == 100
    assert measures["LuminanceVariance"].value == pytest.approx((45 / 255) ** 2, rel=0.1)
    for level in (5, 252):
        pale = by_name(measure_image(np.full((150, 150), level, np.uint8)))
        assert pale["LuminanceMean"].score < 15
        assert not pale["LuminanceMean"].ok
        assert not pale["LuminanceVariance"].ok


@pytest.mark.parametrize("skin", [(130, 160, 215), (60, 85, 140), (35, 50, 80)])
def test_skin_of_every_complexion_is_natural(skin: tuple[int, int, int]) -> None:
    (measure,) = measure_colour(np.full((150, 150, 3), skin, np.uint8))
    assert measure.value < 3
    assert measure.ok


def test_a_grey_picture_is_fit_and_a_coloured_lamp_is_not() -> None:
    grey = np.full((150, 150, 3), 120, np.uint8)
    assert colour_distance(grey) == pytest.approx(np.hypot(5, 5), abs=0.1)
    assert measure_colour(grey)[0].ok
    (blue,) = measure_colour(np.full((150, 150, 3), (255, 40, 20), np.uint8))
    assert not blue.ok
    assert blue.score == 0


def test_a_nod_moves_the_nose() -> None:
    assert abs(pitch_deg(DLIB_150)) < 1
    up, down = DLIB_150.copy(), DLIB_150.copy()
    up[2, 1] -= 15
    down[2, 1] += 15
    assert pitch_deg(up) > 20
    assert pitch_deg(down) < -20
    turned = DLIB_150 @ np.array([[0, -1], [1, 0]], np.float32).T
    assert pitch_deg(turned) == pytest.approx(pitch_deg(DLIB_150), abs=0.01)
    assert pitch_deg(np.zeros((5, 2), np.float32)) == 90.0
