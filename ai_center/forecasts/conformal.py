"""Intervals that keep their word: quantiles moved until a later slice of the training period fits.

Conformalised quantile regression (Romano, Patterson, Candès 2019), each end by itself, the misses
measured in widths of the interval so that calm rows are moved less than wild ones. The slice is later
than what the quantiles learnt from and earlier than the test.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from ai_center.datasets.table import Floats
from ai_center.forecasts.metrics import HIGH, LOW

NARROWEST = 1e-3
"""A width is never taken for less, in units of the scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """By how many widths each end is moved outwards; negative moves it in."""

    low: float
    high: float


def calibrated(low: Floats, high: Floats, truth: Floats) -> Shift:
    """The shift that lets a tenth of the slice fall below and a tenth above.

    >>> rows = np.arange(1000.0)
    >>> shift = calibrated(np.full(1000, 400.0), np.full(1000, 600.0), rows)
    >>> round(shift.low, 1), round(shift.high, 1)
    (1.5, 1.5)
    """
    width = np.maximum(high - low, NARROWEST)
    return Shift(low=_end((low - truth) / width, LOW), high=_end((truth - high) / width, 1 - HIGH))


def shifted(low: Floats, high: Floats, shift: Shift) -> tuple[Floats, Floats]:
    """Both ends, moved."""
    width = np.maximum(high - low, NARROWEST)
    return low - shift.low * width, high + shift.high * width


def _end(misses: Floats, share: float) -> float:
    """The miss that only ``share`` of the slice exceeds, with the correction for its size."""
    count = len(misses)
    rank = min(count, int(np.ceil((count + 1) * (1 - share))))
    return float(np.sort(misses)[rank - 1])
