from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import numpy as np
import pytest

from ai_center import as_json, calibration_of, html, render
from ai_center.evaluation import (
    BadPairs,
    Report,
    all_distances,
    best_threshold,
    evaluate,
    read_pairs,
    threshold_at,
)
from ai_center.model_manifest import calibration_toml, parse_calibration
from tests.unit.ai_center.photo_sets import observer, write_set


def report(folder: Path, spread: float, **options: str) -> Report:
    return evaluate(write_set(folder), observer(spread, **options), pack="drawn", metric="cosine")


def test_people_who_look_alike_to_nobody_are_told_apart(tmp_path: Path) -> None:
    found = report(tmp_path / "set", 0.05)
    assert found.accuracy > 0.99
    assert found.eer.value == 0.0
    assert found.rates[0].tar.value == 1.0
    assert (found.photos, found.people, found.pairs) == (270, 90, 270)
    assert found.genuine_pairs == 90 * 3
    assert found.impostor_pairs == 270 * 269 // 2 - 270
    assert [rate.fmr for rate in found.rates] == [1e-2, 1e-3]


def test_noise_shows_in_every_figure(tmp_path: Path) -> None:
    found = report(tmp_path / "set", 1.2)
    assert 0.7 < found.accuracy < 0.99
    assert 0.02 < found.eer.value < 0.3
    assert found.eer.low <= found.eer.value <= found.eer.high
    for rate in found.rates:
        assert rate.tar.low <= rate.tar.value <= rate.tar.high
    assert found.rates[0].tar.value > found.rates[1].tar.value


def test_the_same_set_gives_the_same_report(tmp_path: Path) -> None:
    assert report(tmp_path / "one", 0.8).rates == report(tmp_path / "two", 0.8).rates


def test_a_photo_without_a_face_matches_nobody_and_is_counted(tmp_path: Path) -> None:
    found = report(tmp_path / "set", 0.05, blind="7 1")
    assert found.failures == ("P_007_0001.jpg",)
    assert found.accuracy < 1.0
    assert found.genuine_pairs == 90 * 3 - 2
    assert "269 of 270" in render(found)


def test_report_and_calibration_can_be_written_and_read(tmp_path: Path) -> None:
    found = report(tmp_path / "set", 0.9)
    assert json.loads(json.dumps(as_json(found)))["model"]["name"] == "drawn"
    assert "1:1 only" in render(found)
    assert "<svg" in html(found)
    calibration = calibration_of(found, measured=date(2026, 11, 24), note='a "set"')
    import tomllib

    assert parse_calibration(tomllib.loads(calibration_toml(calibration))) == calibration
    assert calibration.at().fmr == 1e-3
    assert calibration.at().threshold <= found.rates[1].threshold


def test_too_few_pairs_calibrate_nothing(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", people=20)
    found = evaluate(folder, observer(0.9), pack="drawn", metric="cosine")
    with pytest.raises(BadPairs, match="impostor pairs"):
        calibration_of(found, measured=date(2026, 11, 24))


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "is not there"),
        ("x,y\n1,2", "columns"),
        ("a,b,same\nnobody.jpg,nobody.jpg,1", "nobody.jpg"),
        ("a,b,same\n../pairs.csv,../pairs.csv,1", "pairs.csv"),
    ],
)
def test_a_folder_that_is_no_set_says_why(tmp_path: Path, text: str | None, reason: str) -> None:
    (tmp_path / "images").mkdir()
    if text is not None:
        (tmp_path / "pairs.csv").write_text(text)
    with pytest.raises(BadPairs, match=reason):
        read_pairs(tmp_path)


def test_the_best_threshold_tells_most_pairs_right() -> None:
    distances = np.array([0.1, 0.2, 0.3, 0.4, 0.5])
    assert best_threshold(distances, np.array([True, True, False, True, False])) == 0.2


def test_a_threshold_lets_no_more_through_than_said() -> None:
    impostor = np.arange(1000) / 1000
    assert (impostor <= threshold_at(impostor, 0.01)).mean() == 0.01


def test_distances_agree_with_their_definition() -> None:
    vectors = np.random.default_rng(0).normal(size=(5, 8))
    euclid = all_distances(vectors, "euclidean")
    assert euclid[1, 3] == pytest.approx(np.linalg.norm(vectors[1] - vectors[3]))
    cosine = all_distances(vectors, "cosine")
    assert cosine[2, 2] == pytest.approx(0, abs=1e-12)
