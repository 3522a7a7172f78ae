"""Which of two forecasts is better, and whether the difference is real: a paired bootstrap by days."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from ai_center.datasets.table import Floats
from ai_center.forecasts.metrics import Estimate, blocks_of, draws

Verdict = Literal["first", "second", "undecided"]

SIGNIFICANT = 0.05


@dataclass(frozen=True, slots=True, kw_only=True)
class Comparison:
    """Two forecasts of the same rows.

    Attributes:
        rows: that both answered.
        first: mean loss of the first: absolute error, of a chance squared error.
        second: of the second.
        difference: second less first, with its 95 % interval; above 0 the first is better.
        chance: share of resamples, doubled, in which the difference has the other sign.
        verdict: which is better, or ``undecided`` where chance explains it.
    """

    rows: int
    first: float
    second: float
    difference: Estimate
    chance: float
    verdict: Verdict


def compared(
    asked_min: Floats, truth: Floats, first: Floats, second: Floats, *, squared: bool = False
) -> Comparison:
    """Compare two forecasts on the same rows by their absolute errors, or by the squares of them."""
    blocks = blocks_of(asked_min)
    errors = np.abs(first - truth), np.abs(second - truth)
    if squared:
        errors = np.square(errors[0]), np.square(errors[1])
    gap = np.bincount(blocks, weights=errors[1] - errors[0])
    size = np.bincount(blocks).astype(np.float64)
    drawn = draws(len(gap))
    samples = (drawn @ gap) / np.maximum(drawn @ size, 1.0)
    value = float(gap.sum() / size.sum())
    low, high = np.percentile(samples, [2.5, 97.5])
    against = float((samples <= 0).mean()) if value > 0 else float((samples >= 0).mean())
    chance = min(1.0, 2 * max(against, 1 / len(samples)))
    verdict: Verdict = "undecided"
    if chance < SIGNIFICANT and value != 0:
        verdict = "first" if value > 0 else "second"
    return Comparison(
        rows=len(truth),
        first=float(errors[0].mean()),
        second=float(errors[1].mean()),
        difference=Estimate(value=value, low=float(low), high=float(high)),
        chance=chance,
        verdict=verdict,
    )
