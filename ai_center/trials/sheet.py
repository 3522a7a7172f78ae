"""What was measured, case by case; figures with intervals; whether one version is really better.

Intervals are 95 %, percentile bootstrap over cases; of a counted share that is none or all, exact.
Two versions are compared on the cases both did, pair by pair. From ``ENOUGH`` cases on the bootstrap of the
difference decides; with fewer its intervals are too narrow, and the exact sign test does: three days alone
prove nothing.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from ai_center.datasets.table import Floats
from ai_center.estimates import Estimate, draws
from ai_center.trials.measures import Measure

ENOUGH = 20
SIGNIFICANT = 0.05
TAIL = 0.025

Verdict = Literal["first", "second", "undecided"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Values by subject and measure, one per case.

    Attributes:
        cases: names, in the order of the values.
        values: by subject, then by measure; shape (cases,).
    """

    cases: tuple[str, ...]
    values: Mapping[str, Mapping[str, Floats]]

    def estimate(self, subject: str, measure: Measure) -> Estimate:
        """A figure of a subject with its interval."""
        over, under = self._parts(subject, measure)
        found = _estimate(over, under)
        return _widened(found, under) if measure.counted else found

    def total(self, subject: str, measure: str) -> float:
        """Sum over all cases."""
        return float(self.values[subject][measure].sum())

    def has(self, subject: str, measure: Measure) -> bool:
        """Whether the subject was measured so."""
        found = self.values.get(subject, {})
        return measure.name in found and (not measure.per or measure.per in found)

    def _parts(self, subject: str, measure: Measure) -> tuple[Floats, Floats]:
        over = self.values[subject][measure.name]
        under = self.values[subject][measure.per] if measure.per else np.ones(len(over))
        return over, under

    def picked(self, subject: str, measure: Measure, cases: tuple[str, ...]) -> tuple[Floats, ...]:
        """What is divided by what, for some of the cases in their order."""
        place = {name: number for number, name in enumerate(self.cases)}
        rows = [place[name] for name in cases]
        return tuple(part[rows] for part in self._parts(subject, measure))


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """Two versions on the same cases.

    Attributes:
        cases: that both did.
        first: figure of the first.
        second: of the second.
        difference: second less first with its interval; above 0 the first is better.
        chance: share of resamples, doubled, in which the difference has the other sign.
        wins: cases in which the first was better.
        losses: cases in which the second was.
        sign_chance: of such wins and losses (or more one-sided) were both as good; exact, two-sided.
        verdict: which is better, or ``undecided`` where chance explains it.
    """

    cases: int
    first: float
    second: float
    difference: Estimate
    chance: float
    wins: int
    losses: int
    sign_chance: float
    verdict: Verdict


def paired(one: Sheet, other: Sheet, measure: Measure, subjects: tuple[str, str]) -> Paired | None:
    """Compare two subjects by a measure of which less is better; ``None`` without common cases."""
    theirs = set(other.cases)
    cases = tuple(name for name in one.cases if name in theirs)
    if not cases:
        return None
    first = one.picked(subjects[0], measure, cases)
    second = other.picked(subjects[1], measure, cases)
    values = _ratio(*first), _ratio(*second)
    drawn = draws(len(cases))
    samples = _ratios(drawn, *second) - _ratios(drawn, *first)
    gap = values[1] - values[0]
    against = float((samples <= 0).mean()) if gap > 0 else float((samples >= 0).mean())
    chance = min(1.0, 2 * max(against, 1 / len(samples)))
    each = np.divide(second[0], np.maximum(second[1], 1e-12)) - np.divide(
        first[0], np.maximum(first[1], 1e-12)
    )
    wins, losses = int((each > 0).sum()), int((each < 0).sum())
    signs = sign_chance(wins, losses)
    low, high = np.percentile(samples, [2.5, 97.5])
    decides = chance if len(cases) >= ENOUGH else signs
    real = decides < SIGNIFICANT and gap != 0
    return Paired(
        cases=len(cases),
        first=values[0],
        second=values[1],
        difference=Estimate(value=gap, low=float(low), high=float(high)),
        chance=chance,
        wins=wins,
        losses=losses,
        sign_chance=signs,
        verdict="undecided" if not real else "first" if gap > 0 else "second",
    )


def sign_chance(wins: int, losses: int) -> float:
    """How likely so one-sided a count is were both as good: exact binomial, two-sided.

    >>> sign_chance(3, 0), sign_chance(6, 0), sign_chance(5, 5)
    (0.25, 0.03125, 1.0)
    """
    total, most = wins + losses, max(wins, losses)
    if not total:
        return 1.0
    tail = sum(math.comb(total, k) for k in range(most, total + 1))
    return min(1.0, float(2 * tail / 2**total))


def _estimate(over: Floats, under: Floats) -> Estimate:
    samples = _ratios(draws(len(over)), over, under)
    low, high = np.percentile(samples, [2.5, 97.5])
    return Estimate(value=_ratio(over, under), low=float(low), high=float(high))


def _widened(found: Estimate, under: Floats) -> Estimate:
    """A share that was never, or always, so: resampling tells nothing, its number does (Clopper-Pearson)."""
    if found.low != found.high or found.value not in (0.0, 1.0):
        return found
    reach = 1.0 - TAIL ** (1.0 / max(float(under.sum()), 1.0))
    low, high = (0.0, reach) if found.value == 0.0 else (1.0 - reach, 1.0)
    return Estimate(value=found.value, low=low, high=high)


def _ratio(over: Floats, under: Floats) -> float:
    return float(over.sum() / max(float(under.sum()), 1e-12))


def _ratios(drawn: Floats, over: Floats, under: Floats) -> Floats:
    return np.asarray((drawn @ over) / np.maximum(drawn @ under, 1e-12), np.float64)
