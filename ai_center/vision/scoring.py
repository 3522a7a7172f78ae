"""Told events against what happened: found, missed, false, and how far off in time.

An event is found when the same milestone happened within ``WITHIN_S`` of it; each happening is found at
most once, the nearest pair first. Films are independent, events of one film are not, so intervals come
from drawing whole films again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ai_center.vision.happenings import Happening, Milestone
from ai_center.vision.watching import Event

WITHIN_S: Final = 30.0
RESAMPLES: Final = 1000
SEED: Final = 20_261_127
"""Of the resampling; any fixed number does."""

UNSEEN: Final = frozenset({Milestone.CHOCKS_OFF})
"""Happens where the camera cannot see it: behind the tug."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """One row of a film's score: a pair, a missed happening or a false event.

    Attributes:
        milestone: of both.
        truth_s: when it happened; ``None`` where it did not.
        told_s: when it is said to have happened; ``None`` where it was missed.
        known_s: when it was known.
        confidence: of the event.
    """

    milestone: Milestone
    truth_s: float | None
    told_s: float | None
    known_s: float | None = None
    confidence: float | None = None

    @property
    def found(self) -> bool:
        """Whether it is a pair."""
        return self.truth_s is not None and self.told_s is not None

    @property
    def off_s(self) -> float | None:
        """Told less true, of a pair."""
        if self.truth_s is None or self.told_s is None:
            return None
        return self.told_s - self.truth_s


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """A figure with its 95 % interval; ``nan`` where there is nothing to measure."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """Figures of some films.

    Attributes:
        happened: happenings that could be seen.
        told: events.
        found: pairs.
        precision: pairs per event.
        recall: pairs per happening.
        f1: of both.
        off_s: median of the absolute time error of pairs.
        within_5_s: share of pairs at most 5 s off.
        bias_s: median of the signed error.
        delay_s: median time from the happening until it was known.
    """

    happened: int
    told: int
    found: int
    precision: Estimate
    recall: Estimate
    f1: Estimate
    off_s: Estimate
    within_5_s: Estimate
    bias_s: float
    delay_s: float


def matched(truth: Iterable[Happening], events: Sequence[Event]) -> tuple[Match, ...]:
    """Pair what was told with what happened in one film."""
    rows: list[Match] = []
    happened = [one for one in truth if one.milestone not in UNSEEN]
    pairs = sorted(
        (abs(event.at_s - one.at_s), t, e)
        for t, one in enumerate(happened)
        for e, event in enumerate(events)
        if event.milestone == one.milestone and abs(event.at_s - one.at_s) <= WITHIN_S
    )
    used_t: set[int] = set()
    used_e: set[int] = set()
    for _, t, e in pairs:
        if t not in used_t and e not in used_e:
            used_t.add(t)
            used_e.add(e)
            rows.append(_row(happened[t], events[e]))
    rows += [_row(one, None) for t, one in enumerate(happened) if t not in used_t]
    rows += [_row(None, event) for e, event in enumerate(events) if e not in used_e]
    return tuple(rows)


def _row(truth: Happening | None, event: Event | None) -> Match:
    milestone = truth.milestone if truth is not None else event.milestone if event else None
    if milestone is None:
        raise ValueError("a row needs a happening or an event")
    return Match(
        milestone=milestone,
        truth_s=truth.at_s if truth else None,
        told_s=event.at_s if event else None,
        known_s=event.told_s if event else None,
        confidence=event.confidence if event else None,
    )


def scored(films: Sequence[Sequence[Match]]) -> Score:
    """Figures of films, with intervals from drawing films again."""
    counts = np.array([_counts(film) for film in films], np.float64).reshape(-1, 3)
    drawn = _drawn(len(films))
    errors = [np.array([m.off_s for m in film if m.off_s is not None]) for film in films]
    every = np.concatenate([np.zeros(0), *errors])
    delays = [
        m.known_s - m.truth_s
        for film in films
        for m in film
        if m.truth_s is not None and m.known_s is not None
    ]
    total = counts.sum(axis=0)
    return Score(
        happened=int(total[0]),
        told=int(total[1]),
        found=int(total[2]),
        precision=_ratio(counts, drawn, lambda c: c[..., 2] / c[..., 1]),
        recall=_ratio(counts, drawn, lambda c: c[..., 2] / c[..., 0]),
        f1=_ratio(counts, drawn, lambda c: 2 * c[..., 2] / (c[..., 0] + c[..., 1])),
        off_s=_over(errors, drawn, lambda e: float(np.median(np.abs(e)))),
        within_5_s=_over(errors, drawn, lambda e: float(np.mean(np.abs(e) <= 5))),
        bias_s=float(np.median(every)) if len(every) else float("nan"),
        delay_s=float(np.median(delays)) if delays else float("nan"),
    )


def by_milestone(films: Sequence[Sequence[Match]]) -> Mapping[Milestone, Score]:
    """Figures of each milestone."""
    return {
        milestone: scored([[m for m in film if m.milestone == milestone] for film in films])
        for milestone in Milestone
        if milestone not in UNSEEN
    }


def _counts(film: Sequence[Match]) -> tuple[int, int, int]:
    return (
        sum(m.truth_s is not None for m in film),
        sum(m.told_s is not None for m in film),
        sum(m.found for m in film),
    )


def _drawn(films: int) -> npt.NDArray[np.int64]:
    """Numbers of the films in each resample, shape (resamples, films)."""
    draw = np.random.default_rng(SEED)
    return draw.integers(0, max(films, 1), (RESAMPLES, films))


def _ratio(
    counts: npt.NDArray[np.float64],
    drawn: npt.NDArray[np.int64],
    figure: Callable[[npt.NDArray[np.float64]], npt.NDArray[np.float64]],
) -> Estimate:
    with np.errstate(invalid="ignore", divide="ignore"):
        value = float(figure(counts.sum(axis=0)))
        samples = figure(counts[drawn].sum(axis=1))
    return _estimate(value, samples)


def _over(
    errors: Sequence[npt.NDArray[np.float64]],
    drawn: npt.NDArray[np.int64],
    figure: Callable[[npt.NDArray[np.float64]], float],
) -> Estimate:
    every = np.concatenate([np.zeros(0), *errors])
    if not len(every):
        return Estimate(value=float("nan"), low=float("nan"), high=float("nan"))
    samples = []
    for films in drawn:
        picked = np.concatenate([errors[film] for film in films])
        samples.append(figure(picked) if len(picked) else float("nan"))
    return _estimate(figure(every), np.array(samples))


def _estimate(value: float, samples: npt.NDArray[np.float64]) -> Estimate:
    if np.isnan(samples).all():
        return Estimate(value=value, low=float("nan"), high=float("nan"))
    low, high = np.nanpercentile(samples, [2.5, 97.5])
    return Estimate(value=value, low=float(low), high=float(high))
