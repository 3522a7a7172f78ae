from __future__ import annotations

import cv2
import numpy as np
import pytest

from ai_center import DetectedFace, FaceObservation, PhotoRefused
from ai_center.adapters.opencv import OpenCvImaging
from ai_center.algorithms.face import FacePipeline
from tests.unit.ai_center.faces import (
    EYES,
    MODEL,
    ColourDetector,
    ShrinkingEmbedder,
    Ticks,
    draw,
    pipeline,
    png,
)


def observed(image: np.ndarray, **options: int) -> FaceObservation:
    return pipeline(**options).observe(png(image))


def apart(first: FaceObservation, second: FaceObservation) -> float:
    return float(np.abs(first.embedding - second.embedding).max())


def test_the_same_photo_gives_the_same_observation() -> None:
    first, second = observed(draw()), observed(draw())
    assert np.array_equal(first.embedding, second.embedding)
    assert first.quality == second.quality
    assert first.box == second.box


def test_a_batch_gives_what_its_photos_give_one_by_one() -> None:
    photos = [png(draw(EYES + shift)) for shift in (0, 11, 23)]
    batch = pipeline().predict([*photos, b"no photo", png(np.full((90, 90, 3), 9, np.uint8))])
    for photo, outcome in zip(photos, batch, strict=False):
        assert isinstance(outcome.value, FaceObservation)
        assert np.array_equal(outcome.value.embedding, pipeline().observe(photo).embedding)
        assert outcome.model == MODEL
    codes = [o.fault.code for o in batch[3:] if isinstance(o.fault, PhotoRefused)]
    assert codes == ["not-an-image", "no-face"]


def test_an_empty_batch_is_answered() -> None:
    assert pipeline().predict([]) == []


def test_place_and_turn_do_not_matter() -> None:
    turn = cv2.getRotationMatrix2D((60, 60), 20, 1.0)
    turned = cv2.transform(EYES[None], turn)[0].astype(np.float32)
    assert apart(observed(draw()), observed(draw(turned + 20))) < 12


def test_a_small_photo_is_enlarged_for_the_detector_and_its_points_come_back() -> None:
    plain, enlarged = observed(draw()), observed(draw(), detect_min_side=400)
    assert np.abs(plain.points - enlarged.points).max() < 1.0
    for first, second in ((0, 2), (1, 3)):
        centre = plain.box[first] + plain.box[second] / 2
        assert enlarged.box[first] + enlarged.box[second] / 2 == pytest.approx(centre, abs=1)
    assert apart(plain, enlarged) < 4


def test_a_large_photo_is_reduced_and_its_points_come_back() -> None:
    large = draw(EYES * 12, width=2400, height=1920)
    seen = observed(large)
    assert np.abs(seen.points - EYES * 12).max() < 12
    assert apart(seen, observed(draw())) < 12


def test_no_face_is_refused() -> None:
    with pytest.raises(PhotoRefused) as refused:
        observed(np.full((100, 100, 3), 128, np.uint8))
    assert refused.value.code == "no-face"


def test_every_stage_is_timed() -> None:
    stages = observed(draw()).stage_ms
    assert list(stages) == ["decode", "detect", "align", "quality", "embed"]
    assert all(value > 0 for value in stages.values())


class Crowd(ColourDetector):
    """Sees the drawn face and others around it."""

    def __init__(self, *others: DetectedFace) -> None:
        self._others = others

    def detect(self, image: np.ndarray) -> list[DetectedFace]:
        return [*self._others, *super().detect(image)]


def somebody(x: float, side: float, score: float) -> DetectedFace:
    return DetectedFace(box=(x, 20.0, side, side), points=EYES + x, score=score)


@pytest.mark.parametrize(
    ("other", "companions"),
    [
        (somebody(140, 50, 0.9), 1),
        (somebody(140, 50, 0.3), 0),
        (somebody(170, 15, 0.9), 0),
    ],
)
def test_only_a_large_and_certain_face_counts_as_a_second_person(
    other: DetectedFace, companions: int
) -> None:
    crowd = FacePipeline(
        OpenCvImaging(), Crowd(other), ShrinkingEmbedder(), timer=Ticks(), detect_min_side=1
    )
    seen = crowd.observe(png(draw(EYES + 30)))
    alone = {measure.name: measure.value for measure in seen.quality}
    assert alone["SingleFacePresent"] == companions
    assert np.abs(seen.points - (EYES + 30)).max() < 1
