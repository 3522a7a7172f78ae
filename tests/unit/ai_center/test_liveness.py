"""Where the nets look, what their numbers come to, and how the pipeline carries it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_center import Liveness, ModelIdentity, PhotoRefused
from ai_center.adapters.opencv import OpenCvImaging
from ai_center.algorithms.face import FacePipeline
from ai_center.algorithms.face_finder import FaceFinder
from ai_center.algorithms.liveness import LivenessAlgorithm, LivenessCheck, crop_box, verdict
from tests.unit.ai_center.faces import ColourDetector, ShrinkingEmbedder, Ticks, draw, png


class BrightNet:
    """Takes bright crops for live: the mean of the crop over 255."""

    side = 80

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.model = ModelIdentity(name=f"bright-{scale:g}", version="1", sha256="ef" * 32)

    def probabilities(self, crops: Sequence[npt.NDArray[np.uint8]]) -> npt.NDArray[np.float32]:
        live = np.array([crop.mean() / 255 for crop in crops], np.float32)
        assert all(crop.shape == (80, 80, 3) for crop in crops)
        return np.stack([(1 - live) / 2, live, (1 - live) / 2], axis=1)


def check(threshold: float = 0.4) -> LivenessCheck:
    return LivenessCheck(OpenCvImaging(), [BrightNet(1.2), BrightNet(1.5)], threshold=threshold)


def test_a_crop_at_the_edge_is_moved_inside_and_keeps_its_size() -> None:
    (left, top, right, bottom), share = crop_box((0, 0, 40, 60), 2.0, width=300, height=300)
    assert (left, top, right, bottom) == (0, 0, 81, 121)
    assert share == 1.0
    (left, top, right, bottom), _ = crop_box((260, 240, 40, 60), 2.0, width=300, height=300)
    assert (right, bottom) == (300, 300)
    assert (right - left, bottom - top) == (81, 121)


def test_the_scale_is_limited_by_the_narrower_side() -> None:
    (left, top, right, bottom), share = crop_box((90, 100, 100, 100), 4.0, width=301, height=500)
    assert share == pytest.approx(0.75)
    assert (left, right) == (0, 301)
    assert bottom - top == 301


@given(
    x=st.floats(-50, 700),
    y=st.floats(-50, 500),
    wide=st.floats(8, 300),
    high=st.floats(8, 300),
    scale=st.sampled_from([1.0, 2.7, 4.0]),
)
def test_a_crop_lies_in_the_photo_and_holds_pixels(
    x: float, y: float, wide: float, high: float, scale: float
) -> None:
    (left, top, right, bottom), share = crop_box((x, y, wide, high), scale, width=640, height=480)
    assert 0 <= left < right <= 640
    assert 0 <= top < bottom <= 480
    assert 0 < share <= 1


@pytest.mark.parametrize(
    ("live", "surroundings", "expected"),
    [
        ((0.99, 0.95), 1.0, ("live", "looks-live")),
        ((0.80, 0.75), 1.0, ("unsure", "leans-live")),
        ((0.99, 0.20), 1.0, ("unsure", "nets-disagree")),
        ((0.99, 0.99), 0.3, ("unsure", "little-surroundings")),
        ((0.10, 0.45), 1.0, ("suspected", "recapture-suspected")),
        ((0.10, 0.45), 0.3, ("suspected", "recapture-suspected")),
    ],
)
def test_a_band_has_its_reason(
    live: tuple[float, float], surroundings: float, expected: tuple[str, str]
) -> None:
    assert verdict(live, threshold=0.5, surroundings=surroundings) == expected


def test_the_pipeline_carries_what_the_check_says_and_how_long_it_took() -> None:
    parts = (OpenCvImaging(), ColourDetector(), ShrinkingEmbedder())
    plain = FacePipeline(*parts, timer=Ticks(), detect_min_side=1)
    watched = FacePipeline(*parts, timer=Ticks(), detect_min_side=1, liveness=check())
    seen = watched.observe(png(draw()))
    assert plain.observe(png(draw())).liveness is None
    assert isinstance(seen.liveness, Liveness)
    assert 0.4 < seen.liveness.score < 0.6
    assert [model.name for model in seen.liveness.models] == ["bright-1.2", "bright-1.5"]
    assert list(seen.stage_ms) == ["decode", "detect", "align", "quality", "liveness", "embed"]
    assert np.array_equal(seen.embedding, plain.observe(png(draw())).embedding)


def test_the_algorithm_answers_each_photo_in_its_place() -> None:
    imaging = OpenCvImaging()
    algorithm = LivenessAlgorithm(imaging, FaceFinder(imaging, ColourDetector()), check())
    empty = np.full((160, 200, 3), 128, np.uint8)
    live, refused = algorithm.predict([png(draw()), png(empty)])
    assert isinstance(live.value, Liveness)
    assert live.value.band == "unsure"
    assert isinstance(refused.fault, PhotoRefused)
    assert refused.fault.code == "no-face"
