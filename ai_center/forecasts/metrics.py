"""Errors of forecasts with their intervals.

Everything measured is a ratio of sums over rows, so a set of rows is kept as its sums per block of
days and resampled by block: the rows of a day share its weather and are not independent. A block is
as many whole days as leave at least ``BLOCKS`` blocks. Intervals are 95 %, percentile bootstrap.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from ai_center.datasets.table import Floats, Ints
from ai_center.estimates import Estimate as Estimate
from ai_center.estimates import draws as draws

DAY_MIN = 1440.0
BLOCKS = 50

LOW, HIGH = 0.1, 0.9
"""Ends of the interval that every forecast gives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """What a forecast said; ``low`` and ``high`` are missing where it gives no interval."""

    middle: Floats
    low: Floats | None = None
    high: Floats | None = None


def blocks_of(asked_min: Floats) -> Ints:
    """Number of the block of days that each row belongs to."""
    day = np.floor_divide(asked_min - asked_min.min(), DAY_MIN).astype(np.int64)
    length = max(1, (int(day.max()) + 1) // BLOCKS)
    _, places = np.unique(day // length, return_inverse=True)
    return np.asarray(places, np.int64)


def ratio(over: Floats, under: Floats, blocks: Ints, *, root: bool = False) -> Estimate:
    """A ratio of sums with its interval; ``root`` takes the square root of it."""
    tops = np.bincount(blocks, weights=over)
    bottoms = np.bincount(blocks, weights=under)
    drawn = draws(len(tops))
    samples = (drawn @ tops) / np.maximum(drawn @ bottoms, 1e-12)
    value = tops.sum() / max(bottoms.sum(), 1e-12)
    low, high = np.percentile(samples, [2.5, 97.5])
    found = np.array([value, low, high])
    found = np.sqrt(found) if root else found
    return Estimate(value=float(found[0]), low=float(found[1]), high=float(found[2]))


def measured(answers: Answers, truth: Floats, blocks: Ints) -> Mapping[str, Estimate]:
    """Every metric of a forecast on some rows.

    ``mae``, ``rmse`` and ``bias`` are in the unit of the truth; ``wape`` is the sum of absolute errors
    over the sum of what came; ``brier`` is the mean square, of a chance the Brier score; ``coverage``
    is the share of rows inside the interval, ``width`` its mean width, ``pinball_low`` and
    ``pinball_high`` the losses of its ends.
    """
    ones = np.ones(len(truth))
    error = answers.middle - truth
    found = {
        "mae": ratio(np.abs(error), ones, blocks),
        "rmse": ratio(np.square(error), ones, blocks, root=True),
        "bias": ratio(error, ones, blocks),
        "brier": ratio(np.square(error), ones, blocks),
        "wape": ratio(np.abs(error), np.abs(truth), blocks),
    }
    if answers.low is not None and answers.high is not None:
        inside = (truth >= answers.low) & (truth <= answers.high)
        found |= {
            "coverage": ratio(inside.astype(np.float64), ones, blocks),
            "width": ratio(answers.high - answers.low, ones, blocks),
            "below": ratio((truth < answers.low).astype(np.float64), ones, blocks),
            "above": ratio((truth > answers.high).astype(np.float64), ones, blocks),
            "pinball_low": ratio(pinball(answers.low, truth, LOW), ones, blocks),
            "pinball_high": ratio(pinball(answers.high, truth, HIGH), ones, blocks),
        }
    return found


def pinball(said: Floats, truth: Floats, level: float) -> Floats:
    """Loss of a quantile: least, on average, where a share ``level`` of the truth lies below.

    >>> pinball(np.array([1.0]), np.array([3.0]), 0.9).tolist()
    [1.8]
    """
    over = truth - said
    return np.asarray(np.maximum(level * over, (level - 1) * over), np.float64)
