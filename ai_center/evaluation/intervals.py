"""Measured values with their intervals, and how small a rate a set can show.

Rule of 30 (Doddington): a rate is known within about a third, with nine chances in ten, once 30
errors were seen. Rule of 3: when none was seen in n independent trials, the rate is below 3/n with
19 chances in 20. Both count independent trials; comparisons that share people are not, so what the
rules say of pairs is the best case.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt
from scipy.special import betaincinv

Floats = npt.NDArray[np.float64]

SEED: Final = 20_261_124
"""Of every shuffle, draw and bootstrap; any fixed number does."""

RESAMPLES: Final = 200
"""Enough for the 2.5 and 97.5 percentiles of an interval that is read to two digits."""

RULE_OF_30: Final = 30
RULE_OF_3: Final = 3.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A measured value with its 95 % interval."""

    value: float
    low: float
    high: float


def span(interval: Interval) -> str:
    """An interval as text."""
    return f"{interval.value:.4f}  [{interval.low:.4f}, {interval.high:.4f}]"


def share(errors: int, trials: int) -> Interval:
    """A share of independent trials with its exact interval (Clopper and Pearson).

    >>> share(0, 100).high  # the rule of 3 says 0.03; two-sided it is a little more
    0.0362
    >>> share(0, 0)
    Interval(value=nan, low=0.0, high=1.0)
    """
    if trials == 0:
        return Interval(value=math.nan, low=0.0, high=1.0)
    low = float(betaincinv(errors, trials - errors + 1, 0.025)) if errors else 0.0
    high = float(betaincinv(errors + 1, trials - errors, 0.975)) if errors < trials else 1.0
    return Interval(value=errors / trials, low=round(low, 4), high=round(high, 4))


def spans(values: Floats, samples: Floats) -> list[Interval]:
    """Percentile intervals: one value per column of the resampled ``samples``."""
    if np.isnan(samples).all(axis=0).any():
        samples = np.where(np.isnan(samples).all(axis=0), values, samples)
    low, high = np.nanpercentile(samples, [2.5, 97.5], axis=0)
    return [
        Interval(value=float(v), low=float(lo), high=float(hi))
        for v, lo, hi in zip(values, low, high, strict=True)
    ]


def resampled(random: np.random.Generator, people: int) -> Floats:
    """How often each person is drawn when as many are drawn as there are."""
    drawn = random.integers(0, people, people)
    return np.bincount(drawn, minlength=people).astype(np.float64)
