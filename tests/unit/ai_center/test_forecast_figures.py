"""Metrics, intervals and comparisons against values worked out by hand."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ai_center.forecasts.comparison import compared
from ai_center.forecasts.conformal import Shift, calibrated, shifted
from ai_center.forecasts.metrics import Answers, blocks_of, measured, ratio

DAY = 1440.0


def days(count: int, per_day: int) -> np.ndarray:
    return np.repeat(np.arange(count) * DAY, per_day)


def test_metrics_are_those_worked_out_by_hand() -> None:
    truth = np.array([10.0, 20.0, 30.0, 40.0])
    said = np.array([12.0, 19.0, 30.0, 45.0])
    answers = Answers(middle=said, low=said - 3, high=said + 3)
    found = measured(answers, truth, np.array([0, 0, 1, 1]))
    assert found["mae"].value == pytest.approx(2.0)
    assert found["rmse"].value == pytest.approx(np.sqrt(30 / 4))
    assert found["bias"].value == pytest.approx(1.5)
    assert found["wape"].value == pytest.approx(8 / 100)
    assert found["coverage"].value == pytest.approx(0.75)
    assert found["below"].value == pytest.approx(0.25)
    assert found["width"].value == pytest.approx(6.0)
    assert found["pinball_low"].value == pytest.approx((0.1 * 1 + 0.1 * 4 + 0.1 * 3 + 0.9 * 2) / 4)


def test_a_long_test_is_cut_into_longer_blocks() -> None:
    assert len(np.unique(blocks_of(days(61, 2)))) == 61
    assert len(np.unique(blocks_of(days(366, 2)))) == 53
    assert (np.diff(np.flatnonzero(np.diff(blocks_of(days(366, 1))))) == 7).all()


def test_an_interval_of_a_mean_is_as_wide_as_theory_says() -> None:
    draw = np.random.default_rng(1)
    values = np.repeat(draw.normal(5, 2, 400), 3)
    found = ratio(values, np.ones(1200), blocks_of(days(400, 3)))
    width = found.high - found.low
    assert found.low < 5.2
    assert width == pytest.approx(2 * 1.96 * 2 / np.sqrt(400), rel=0.35)


def test_equal_seeds_give_equal_intervals() -> None:
    values = np.random.default_rng(2).normal(size=300)
    once, again = (ratio(values, np.ones(300), blocks_of(days(60, 5))) for _ in range(2))
    assert once == again


@pytest.mark.parametrize("widths", [0.5, 3.0])
def test_calibrated_intervals_hold_a_tenth_on_each_side(widths: float) -> None:
    draw = np.random.default_rng(3)
    scale = draw.uniform(1, 5, 20_000)
    truth = scale * draw.normal(size=20_000)
    low, high = -widths * scale, widths * scale
    half = np.arange(20_000) < 10_000
    shift = calibrated(low[half], high[half], truth[half])
    bottom, top = shifted(low[~half], high[~half], shift)
    below, above = (truth[~half] < bottom).mean(), (truth[~half] > top).mean()
    assert below == pytest.approx(0.1, abs=0.012)
    assert above == pytest.approx(0.1, abs=0.012)


@given(st.floats(-1, 1), st.floats(-1, 1))
def test_a_shift_moves_each_end_by_widths(low: float, high: float) -> None:
    bottom, top = shifted(np.array([2.0]), np.array([6.0]), Shift(low=low, high=high))
    assert bottom[0] == pytest.approx(2 - 4 * low)
    assert top[0] == pytest.approx(6 + 4 * high)


def test_a_real_difference_is_told_from_chance() -> None:
    draw = np.random.default_rng(4)
    asked = days(60, 50)
    truth = draw.normal(20, 5, 3000)
    noise = np.repeat(draw.normal(0, 1, 60), 50)
    good, bad = truth + draw.normal(0, 2, 3000), truth + draw.normal(0, 2.4, 3000)
    found = compared(asked, truth, good, bad)
    assert found.verdict == "first"
    assert compared(asked, truth, bad, good).verdict == "second"
    assert found.difference.low > 0
    luck = compared(asked, truth, truth + 2 + noise, truth + 2 - noise)
    assert luck.verdict == "undecided"
    assert luck.chance > 0.05


def test_chances_are_compared_by_squares() -> None:
    truth = (np.random.default_rng(5).random(2000) < 0.3).astype(np.float64)
    honest, bold = np.full(2000, 0.3), np.zeros(2000)
    asked = days(100, 20)
    assert compared(asked, truth, honest, bold).verdict == "second"
    assert compared(asked, truth, honest, bold, squared=True).verdict == "first"
