"""Figures of cases, and whether a difference is real."""

from __future__ import annotations

import numpy as np
import pytest

from ai_center.trials.measures import Measure, Words
from ai_center.trials.run import sheet_of
from ai_center.trials.sheet import Sheet, paired, sign_chance

LOSS = Measure(name="loss", words=Words(en="loss", zh="损失"), unit="min")
SHARE = Measure(name="missed", words=Words(en="missed", zh="错过"), unit="%", per="all")


def sheet(**columns: list[float]) -> Sheet:
    count = len(next(iter(columns.values())))
    return Sheet(
        cases=tuple(f"c{n}" for n in range(count)),
        values={"own": {name: np.array(column) for name, column in columns.items()}},
    )


def test_a_share_is_a_sum_over_a_sum() -> None:
    found = sheet(missed=[1.0, 0.0, 3.0], all=[10.0, 10.0, 20.0]).estimate("own", SHARE)
    assert found.value == pytest.approx(0.1)
    assert found.low <= found.value <= found.high


def test_a_difference_by_chance_is_not_told_as_real() -> None:
    draw = np.random.default_rng(5)
    first, noise = draw.normal(10, 3, 60), draw.normal(0, 1, 60)
    one, other = sheet(loss=first.tolist()), sheet(loss=(first + noise).tolist())
    found = paired(one, other, LOSS, ("own", "own"))
    assert found is not None
    assert found.verdict == "undecided"
    better = paired(one, sheet(loss=(first + noise + 1.0).tolist()), LOSS, ("own", "own"))
    assert better is not None
    assert better.verdict == "first"
    worse = paired(sheet(loss=(first + noise + 1.0).tolist()), one, LOSS, ("own", "own"))
    assert worse is not None
    assert worse.verdict == "second"
    assert worse.difference.value == pytest.approx(-better.difference.value)


def test_only_cases_of_both_count_in_any_order() -> None:
    one = sheet(loss=[1.0, 2.0, 3.0])
    other = Sheet(cases=("c2", "x", "c0"), values={"own": {"loss": np.array([30.0, 99.0, 10.0])}})
    found = paired(one, other, LOSS, ("own", "own"))
    assert found is not None
    assert (found.cases, found.first, found.second) == (2, 2.0, 20.0)
    apart = Sheet(cases=("y",), values={"own": {"loss": np.array([1.0])}})
    assert paired(one, apart, LOSS, ("own", "own")) is None


def test_signs() -> None:
    assert sign_chance(0, 0) == 1.0
    assert sign_chance(10, 0) == pytest.approx(2 / 1024)
    assert sign_chance(0, 10) == sign_chance(10, 0)


def test_what_not_every_case_has_is_left_out() -> None:
    made = sheet_of({"a": {"own": {"x": 1.0, "y": 2.0}}, "b": {"own": {"x": 3.0}, "other": {}}})
    assert list(made.values) == ["own"]
    assert list(made.values["own"]) == ["x"]


def test_a_share_of_none_or_all_has_the_interval_of_its_number() -> None:
    share = Measure(name="hit", words=Words(en="hit", zh="命中"), unit="%", per="n", counted=True)
    none = sheet(hit=[0.0, 0.0, 0.0], n=[1.0, 1.0, 1.0]).estimate("own", share)
    assert (none.value, none.low) == (0.0, 0.0)
    assert none.high == pytest.approx(0.7076, abs=1e-4)  # exact two-sided bound of 0 of 3
    every = sheet(hit=[4.0, 6.0], n=[4.0, 6.0]).estimate("own", share)
    assert (every.value, every.high) == (1.0, 1.0)
    assert every.low == pytest.approx(1 - none_of(10))
    some = sheet(hit=[0.0, 3.0], n=[4.0, 6.0]).estimate("own", share)
    assert (some.low, some.high) == (0.0, 0.5)


def none_of(count: int) -> float:
    """Share below which none of so many is likelier than one in forty."""
    return 1.0 - float(0.025 ** (1 / count))
