"""Galleries: how often a stranger is taken for somebody, and somebody not found."""

from __future__ import annotations

from pathlib import Path

import pytest

from ai_center import html, render
from ai_center.evaluation import BadPairs, Report, evaluate
from ai_center.evaluation.groups import read_groups
from ai_center.evaluation.identification import required_fmr
from ai_center.evaluation.intervals import share
from ai_center.evaluation.throughput import BatchTime, measure_batches, verdict
from tests.unit.ai_center.faces import ShrinkingEmbedder, Ticks
from tests.unit.ai_center.photo_sets import observer, write_set


@pytest.fixture(scope="module")
def noisy(tmp_path_factory: pytest.TempPathFactory) -> Report:
    folder = write_set(tmp_path_factory.mktemp("faces") / "set", people=150)
    return evaluate(folder, observer(1.0), pack="drawn", metric="cosine")


def test_galleries_are_drawn_as_large_as_the_set_allows(noisy: Report) -> None:
    assert {row.gallery for row in noisy.galleries} == {100}
    assert [row.fpir for row in noisy.galleries] == [0.1, 0.01]
    assert noisy.galleries[0].mated <= noisy.photos
    assert noisy.galleries[0].nonmated > 100


def test_a_stricter_rate_finds_fewer(noisy: Report) -> None:
    loose, strict = noisy.galleries
    assert strict.threshold < loose.threshold
    assert strict.fnir.value > loose.fnir.value >= loose.rank_miss.value
    assert strict.fnir.low <= strict.fnir.value <= strict.fnir.high


def test_independent_comparisons_predict_what_is_measured(noisy: Report) -> None:
    """The made-up people are independent, so the formula of the gallery must hold for them."""
    for row in noisy.galleries:
        assert row.predicted_fpir == pytest.approx(row.fpir, rel=0.5)


def test_people_who_differ_are_always_found(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", people=150)
    found = evaluate(folder, observer(0.05), pack="drawn", metric="cosine")
    assert all(row.fnir.value == 0.0 for row in found.galleries)
    assert all(row.rank_miss.value == 0.0 for row in found.galleries)


def test_a_set_too_small_gives_no_threshold_and_says_so(noisy: Report) -> None:
    known = {row.gallery: row.threshold for row in noisy.thresholds}
    assert known[1] is not None
    assert known[42_000] is None
    assert "set too small" in render(noisy)
    assert "set too small" in html(noisy)
    assert noisy.smallest_fmr == pytest.approx(3 / noisy.impostor_pairs)


@pytest.mark.parametrize(
    ("gallery", "fmr"), [(1, 3e-3), (180, 1.67e-5), (420, 7.15e-6), (200_000, 1.5e-8)]
)
def test_a_larger_gallery_needs_a_rarer_confusion(gallery: int, fmr: float) -> None:
    assert required_fmr(gallery) == pytest.approx(fmr, rel=0.01)
    assert 1 - (1 - required_fmr(gallery)) ** gallery == pytest.approx(0.003, rel=1e-3)


def test_the_exact_interval_agrees_with_the_rule_of_three() -> None:
    none = share(0, 300)
    assert none.value == none.low == 0.0
    assert none.high == pytest.approx(3.69 / 300, abs=1e-3)  # 2.5 % on one side
    half = share(15, 30)
    assert (half.low, half.high) == (pytest.approx(0.313, abs=1e-3), pytest.approx(0.687, abs=1e-3))


def test_a_group_that_is_seen_worse_shows(tmp_path: Path) -> None:
    folder = write_set(tmp_path / "set", people=120)
    rows = [f"P_{n:03d},{'odd' if n % 2 else 'even'},{'' if n % 3 else 'x'}" for n in range(120)]
    (folder / "groups.csv").write_text("\n".join(["person,parity,third", *rows]))
    seen = observer(0.8, blurred=lambda person: 0.8 * (person % 2))
    found = evaluate(folder, seen, pack="drawn", metric="cosine")
    groups = {(group.label, group.value): group for group in found.groups}
    assert list(groups) == [("parity", "even"), ("parity", "odd"), ("third", "x")]
    even, odd = groups["parity", "even"], groups["parity", "odd"]
    assert even.people == odd.people == 60
    assert even.genuine_pairs == 60 * 3
    assert odd.fnmr.value > even.fnmr.value + 0.2
    assert odd.fnmr.low > even.fnmr.high
    assert groups["third", "x"].people == 40
    assert "parity=odd" in render(found)
    assert "parity: odd" in html(found)


def test_without_labels_nothing_is_said_of_groups(noisy: Report) -> None:
    assert noisy.groups == ()
    assert "no groups.csv" in render(noisy)


def test_labels_without_a_person_are_refused(tmp_path: Path) -> None:
    (tmp_path / "groups.csv").write_text("name,age\nP_001,old")
    with pytest.raises(BadPairs, match="column person"):
        read_groups(tmp_path)


def test_batches_are_timed_and_judged() -> None:
    times = measure_batches(ShrinkingEmbedder(), Ticks(), batches=(1, 4, 16))
    assert [time.batch for time in times] == [1, 4, 16]
    assert times[0].gain == 1.0
    slow = BatchTime(batch=32, ms_per_face=9.0, gain=1.1)
    fast = BatchTime(batch=32, ms_per_face=2.0, gain=3.0)
    assert "gains little" in verdict([slow])
    assert "batches pay" in verdict([fast])
