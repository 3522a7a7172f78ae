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

Floats = npt.NDArray[np.float64]

SEED: Final = 20_261_124
"""Of every shuffle, draw and bootstrap; any fixed number does."""

RESAMPLES: Final = 200
"""Enough for the 2.5 and 97.5 percentiles of an interval that is read to two digits."""

RULE_OF_30: Final = 30
RULE_OF_3: Final = 3.0

ONE_SIDE: Final = 0.025
"""What a 95 % interval leaves out at each end."""

BISECTIONS: Final = 40
"""Halvings of 0..1; far below the four digits that are given."""


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
    # By symmetry the lower end is one minus the upper end of the trials that went well.
    low = 1.0 - _rate_at_tail(trials - errors, trials) if errors else 0.0
    high = _rate_at_tail(errors, trials) if errors < trials else 1.0
    return Interval(value=errors / trials, low=round(low, 4), high=round(high, 4))


def _rate_at_tail(errors: int, trials: int) -> float:
    """Rate at which ``errors`` or fewer of ``trials`` come in 1 of 40 cases, by bisection."""
    counts = np.arange(errors + 1)
    ways = np.array(
        [
            math.lgamma(trials + 1) - math.lgamma(k + 1) - math.lgamma(trials - k + 1)
            for k in range(errors + 1)
        ]
    )
    low, high = 0.0, 1.0
    for _ in range(BISECTIONS):
        rate = (low + high) / 2
        terms = ways + counts * math.log(rate) + (trials - counts) * math.log1p(-rate)
        if float(np.exp(terms).sum()) > ONE_SIDE:
            low = rate
        else:
            high = rate
    return (low + high) / 2


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
