from __future__ import annotations

from dataclasses import replace
from datetime import date
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_center import (
    Calibration,
    FaceTemplate,
    ModelIdentity,
    ModelMismatch,
    OperatingPoint,
    Uncalibrated,
    compare,
)
from ai_center.matching import band_of, distance_between, score_of
from tests.unit.ai_center.faces import MODEL

CALIBRATION = Calibration(
    model="drawn",
    model_sha256=MODEL.sha256,
    metric="euclidean",
    points=(
        OperatingPoint(fmr=1e-4, threshold=0.4, tar=0.6),
        OperatingPoint(fmr=1e-3, threshold=0.5, tar=0.8),
        OperatingPoint(fmr=1e-2, threshold=0.6, tar=0.95),
    ),
    default_fmr=1e-3,
    score_midpoint=0.6,
    score_width=0.1,
    data="drawn",
    genuine_pairs=10,
    impostor_pairs=10,
    measured=date(2026, 11, 24),
)


def template(*values: float, model: ModelIdentity = MODEL) -> FaceTemplate:
    return FaceTemplate(embedding=np.array(values, np.float32), model=model)


def at_distance(distance: float) -> tuple[FaceTemplate, FaceTemplate]:
    return template(0, 0), template(distance, 0)


@pytest.mark.parametrize(
    ("distance", "matched", "band"),
    [
        (0.0, True, "very_strong"),
        (0.45, True, "strong"),
        (0.4999, True, "strong"),
        (0.55, False, "moderate"),
        (0.7, False, "none"),
    ],
)
def test_the_decision_follows_the_calibrated_threshold(
    distance: float, matched: bool, band: str
) -> None:
    match = compare(*at_distance(distance), CALIBRATION)
    assert match.matched is matched
    assert match.band == band
    assert match.fmr == 1e-3
    assert (match.score >= match.threshold) is matched


def test_the_threshold_itself_still_matches() -> None:
    match = compare(*at_distance(0.5), CALIBRATION)
    assert match.matched
    assert match.score == match.threshold


def test_a_stricter_caller_gets_a_stricter_threshold() -> None:
    pair = at_distance(0.45)
    assert compare(*pair, CALIBRATION).matched
    assert not compare(*pair, CALIBRATION, fmr=1e-4).matched
    assert compare(*pair, CALIBRATION, fmr=5e-3).distance_threshold == 0.5


def test_a_rate_nobody_measured_is_refused() -> None:
    with pytest.raises(Uncalibrated):
        compare(*at_distance(0.1), CALIBRATION, fmr=1e-6)


def test_templates_of_two_models_never_compare() -> None:
    other = replace(MODEL, sha256="00" * 32)
    with pytest.raises(ModelMismatch):
        compare(template(1), template(1, model=other), CALIBRATION)
    with pytest.raises(ModelMismatch):
        compare(template(1, model=other), template(1, model=other), CALIBRATION)


def test_the_order_of_the_two_does_not_matter() -> None:
    one, other = template(0.1, 0.2, 0.3), template(0.3, 0.1, 0.2)
    assert compare(one, other, CALIBRATION) == compare(other, one, CALIBRATION)


def test_cosine_ignores_length_and_euclid_does_not() -> None:
    one, longer = np.array([3.0, 4.0], np.float32), np.array([6.0, 8.0], np.float32)
    assert distance_between(one, longer, "cosine") == pytest.approx(0, abs=1e-12)
    assert distance_between(one, longer, "euclidean") == pytest.approx(5)
    assert distance_between(one, np.zeros(2, np.float32), "cosine") == 1


@given(st.lists(st.floats(0, 10), min_size=2, max_size=20))
def test_the_score_falls_as_the_distance_grows(distances: list[float]) -> None:
    scores = [score_of(distance, CALIBRATION) for distance in sorted(distances)]
    assert all(first >= second for first, second in pairwise(scores))
    assert all(0 <= score <= 1 for score in scores)


def test_bands_follow_the_measured_points_only() -> None:
    few = replace(CALIBRATION, points=CALIBRATION.points[2:])
    assert band_of(0.1, few) == "moderate"


def test_a_template_survives_its_bytes() -> None:
    one = template(0.25, -1.5, 3e-7)
    again = FaceTemplate.from_bytes(one.to_bytes(), MODEL)
    assert np.array_equal(one.embedding, again.embedding)
    assert len(one.to_bytes()) == 12
