from __future__ import annotations

import re

import pytest

from ai_center import ModelIdentity, UnknownModel
from ai_center.alignment import TEMPLATES
from ai_center.model_manifest import load_shelf

SHELF = load_shelf()


@pytest.mark.parametrize("name", sorted(SHELF.models))
def test_every_model_is_pinned_licensed_and_obtainable(name: str) -> None:
    model = SHELF.model(name)
    assert re.fullmatch("[0-9a-f]{64}", model.sha256)
    assert model.licence
    assert model.licence_note
    assert model.bytes > 1000
    assert model.sources[0].kind == "file"
    for source in model.sources[1:]:
        assert re.fullmatch("[0-9a-f]{64}", source.sha256)
        assert source.kind != "url" or source.place.startswith("https://")
        assert source.kind not in ("pypi", "npm") or re.search(r"(==|@)\d", source.place)


@pytest.mark.parametrize("name", sorted(SHELF.packs))
def test_a_pack_joins_a_detector_and_a_recogniser(name: str) -> None:
    detector, recogniser = SHELF.of_pack(name)
    assert detector.task == "face-detection"
    assert recogniser.task == "face-recognition"
    assert recogniser.pixels is not None
    assert recogniser.pixels.side == int(recogniser.pixels.template.rpartition("-")[2])
    assert recogniser.pixels.template in TEMPLATES
    assert recogniser.metric in ("euclidean", "cosine")


def test_the_default_pack_comes_from_registries_and_is_calibrated() -> None:
    detector, recogniser = SHELF.of_pack("default")
    assert {"pypi"} <= {source.kind for source in detector.sources}
    assert {"npm"} <= {source.kind for source in recogniser.sources}
    calibration = recogniser.calibration
    assert calibration is not None
    assert calibration.model_sha256 == recogniser.sha256
    assert calibration.metric == recogniser.metric
    assert [point.fmr for point in calibration.points] == [1e-4, 1e-3, 1e-2]
    thresholds = [point.threshold for point in calibration.points]
    assert thresholds == sorted(thresholds)
    assert calibration.at().fmr == 1e-3
    assert recogniser.identity == ModelIdentity(
        name="dlib-resnet-v1", version=recogniser.version, sha256=recogniser.sha256
    )


def test_unknown_names_are_answered_with_the_known_ones() -> None:
    with pytest.raises(UnknownModel, match="dlib-resnet-v1"):
        SHELF.model("buffalo_l")
    with pytest.raises(UnknownModel, match="default"):
        SHELF.pack("buffalo_l")
