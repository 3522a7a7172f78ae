"""Measured values with their intervals, and the draws that intervals come from.

Intervals are 95 %, percentile bootstrap over whatever was drawn independently: days, cases.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

RESAMPLES = 1000
SEED = 20_261_127
"""Of the bootstrap; any fixed number does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A measured value with its 95 % interval."""

    value: float
    low: float
    high: float


def draws(blocks: int) -> npt.NDArray[np.float64]:
    """How often each block is drawn in each resample, shape (resamples, blocks)."""
    random = np.random.default_rng(SEED)
    picked = random.integers(0, blocks, (RESAMPLES, blocks))
    counted = np.zeros((RESAMPLES, blocks))
    np.add.at(counted, (np.arange(RESAMPLES)[:, None], picked), 1.0)
    return counted
