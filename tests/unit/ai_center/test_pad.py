"""Attacks and live people are counted per species, with what three photos are worth."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ai_center import Liveness, PhotoRefused, as_json, html, render_pad
from ai_center.evaluation import BadPairs, PadReport, evaluate_pad
from tests.unit.ai_center.faces import MODEL


def judge(data: bytes) -> Liveness:
    """Reads the score off the photo."""
    if data == b"nobody":
        raise PhotoRefused("no-face", "nobody")
    return Liveness(
        score=float(data),
        threshold=0.5,
        band="live",
        reason="looks-live",
        surroundings=1.0,
        models=(MODEL,),
    )


def write(folder: Path, scores: dict[str, list[str]]) -> Path:
    rows = ["file,species"]
    for species, each in scores.items():
        for place, score in enumerate(each):
            name = f"{species.replace(' ', '_')}_{place}.jpg"
            (folder / name).write_text(score)
            rows.append(f"{name},{species}")
    (folder / "pad.csv").write_text("\n".join(rows))
    return folder


@pytest.fixture
def report(tmp_path: Path) -> PadReport:
    scores = {
        "bona fide": ["0.9"] * 18 + ["0.4", "nobody"],
        "print": ["0.1"] * 9 + ["0.6"],
        "screen": ["0.2", "0.7", "0.8", "0.3"],
        "mask": ["nobody"],
    }
    return evaluate_pad(write(tmp_path, scores), judge, liveness="drawn")


def test_each_species_has_its_own_rate(report: PadReport) -> None:
    assert [species.name for species in report.attacks] == ["mask", "print", "screen"]
    mask, printed, screen = report.attacks
    assert printed.error.value == pytest.approx(0.1)
    assert screen.error.value == pytest.approx(0.5)
    assert screen.error.low < 0.1 < 0.9 < screen.error.high
    assert (mask.presentations, mask.silent) == (1, 1)
    assert report.bona_fide.error.value == pytest.approx(1 / 19)
    assert report.bona_fide.silent == 1


def test_the_worst_species_counts(report: PadReport) -> None:
    assert report.worst is not None
    assert report.worst.name == "screen"
    assert "worst species: screen" in render_pad(report)


def test_a_stricter_threshold_trades_one_error_for_the_other(report: PadReport) -> None:
    worst = [trade.apcer for trade in report.trades]
    refused = [trade.bpcer for trade in report.trades]
    assert worst == sorted(worst, reverse=True)
    assert refused == sorted(refused)


def test_no_claim_is_made(report: PadReport) -> None:
    assert "No presentation attack detection is claimed" in render_pad(report)
    assert "No presentation attack detection is claimed" in html(None, report)
    assert json.loads(json.dumps(as_json(report)))["bona_fide"]["presentations"] == 20


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        (None, "is not there"),
        ("name,kind\na,b", "columns file,species"),
        ("file,species\nnone.jpg,print", r"none\.jpg"),
        ("file,species\n../pad.csv,print", "not in the folder"),
    ],
)
def test_a_folder_that_is_no_set_says_why(tmp_path: Path, text: str | None, reason: str) -> None:
    if text is not None:
        (tmp_path / "pad.csv").write_text(text)
    with pytest.raises(BadPairs, match=reason):
        evaluate_pad(tmp_path, judge, liveness="drawn")


def test_a_folder_without_faces_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BadPairs, match="none of 2 photos"):
        evaluate_pad(write(tmp_path, {"print": ["nobody"] * 2}), judge, liveness="drawn")
