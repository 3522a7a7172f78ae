"""1:1 verification: are two photos one person?

Two views, because the listed pairs are few:

- accuracy over the listed pairs: ten folds of one shuffle with a fixed seed; the threshold of each
  fold is the best of the other nine; ± is the standard error of the folds;
- error rates over *all* pairs of the photos: EER, and the share of genuine pairs accepted (TAR)
  where a stated share of impostor pairs is (FMR). These pairs are not independent, so intervals
  come from resampling people, not pairs (percentile bootstrap).

A photo in which no face is found matches nobody in the first view and is left out of the second;
it is counted apart. By the rule of 30 an FMR is only given where 30 impostor pairs fall under it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

from ai_center.evaluation.intervals import (
    RESAMPLES,
    RULE_OF_30,
    SEED,
    Floats,
    Interval,
    resampled,
    spans,
)
from ai_center.evaluation.photo_set import Listed, PhotoSet

FOLDS: Final = 10
FMRS: Final = (1e-2, 1e-3, 1e-4)

GROUP_FMR: Final = 1e-3
"""Whole-set false match rate of the threshold that groups are compared at."""

CURVE: Final = tuple(float(f"{m * 10.0**-e:.4g}") for e in range(5, 0, -1) for m in (1, 2, 5))
"""False match rates of the plotted curve."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Share of genuine pairs accepted at a false match rate, and the distance it happens at."""

    fmr: float
    threshold: float
    tar: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class Verification:
    """What the two views found; ``curve`` holds (FMR, share of genuine pairs refused)."""

    accuracy: float
    accuracy_error: float
    eer: Interval
    rates: tuple[Rate, ...]
    curve: tuple[tuple[float, float], ...]


@dataclass(frozen=True, slots=True)
class Pairs:
    """All pairs of the observed photos, ascending: distances and who is in them."""

    genuine: Floats
    genuine_person: npt.NDArray[np.int64]
    impostor: Floats
    impostor_people: npt.NDArray[np.int64]


def verify(photos: PhotoSet, pairs: Pairs) -> Verification:
    """Measure both views."""
    accuracy, error = fold_accuracy(_listed_distances(photos), photos.listed)
    eer, rates = _rates(pairs, photos.count)
    return Verification(
        accuracy=accuracy,
        accuracy_error=error,
        eer=eer,
        rates=rates,
        curve=tuple(
            (fmr, refused_at(pairs, threshold_at(pairs.impostor, fmr)))
            for fmr in CURVE
            if fmr * len(pairs.impostor) >= RULE_OF_30
        ),
    )


def refused_at(pairs: Pairs, threshold: float) -> float:
    """Share of genuine pairs farther apart than ``threshold`` (FNMR)."""
    inside = int(np.searchsorted(pairs.genuine, threshold, side="right"))
    return 1.0 - inside / len(pairs.genuine)


def fold_accuracy(distances: Floats, listed: Listed) -> tuple[float, float]:
    """Mean accuracy of ten folds and its standard error."""
    same = np.array([truth for _, _, truth in listed])
    order = np.random.default_rng(SEED).permutation(len(listed))
    scores: list[float] = []
    for fold in np.array_split(order, FOLDS):
        rest = np.setdiff1d(order, fold)
        threshold = best_threshold(distances[rest], same[rest])
        scores.append(float(((distances[fold] <= threshold) == same[fold]).mean()))
    return float(np.mean(scores)), float(np.std(scores, ddof=1) / np.sqrt(FOLDS))


def best_threshold(distances: Floats, same: npt.NDArray[np.bool_]) -> float:
    """The distance that tells most pairs right."""
    order = np.argsort(distances, kind="stable")
    right = np.cumsum(np.where(same[order], 1, -1))
    return float(distances[order][int(np.argmax(right))])


def _listed_distances(photos: PhotoSet) -> Floats:
    place = {name: index for index, name in enumerate(photos.kept)}
    return np.array(
        [
            photos.distances[place[a], place[b]] if a in place and b in place else np.inf
            for a, b, _ in photos.listed
        ]
    )


def all_pairs(photos: PhotoSet) -> Pairs:
    """Every pair of two kept photos."""
    person = photos.person
    first, second = np.triu_indices(len(person), 1)
    apart = photos.distances[first, second]
    same = person[first] == person[second]
    genuine_order = np.argsort(apart[same], kind="stable")
    impostor_order = np.argsort(apart[~same], kind="stable")
    impostors = np.stack([person[first][~same], person[second][~same]])
    return Pairs(
        genuine=apart[same][genuine_order],
        genuine_person=person[first][same][genuine_order],
        impostor=apart[~same][impostor_order],
        impostor_people=impostors[:, impostor_order],
    )


def _rates(pairs: Pairs, people: int) -> tuple[Interval, tuple[Rate, ...]]:
    """EER and TARs with intervals."""
    fmrs = [fmr for fmr in FMRS if fmr * len(pairs.impostor) >= RULE_OF_30]
    value = np.array(_measure(pairs, fmrs, np.ones(people)))
    random = np.random.default_rng(SEED)
    samples = np.array([_measure(pairs, fmrs, resampled(random, people)) for _ in range(RESAMPLES)])
    eer, *tars = spans(value, samples)
    rates = tuple(
        Rate(fmr=fmr, threshold=threshold_at(pairs.impostor, fmr), tar=tar)
        for fmr, tar in zip(fmrs, tars, strict=True)
    )
    return eer, rates


def threshold_at(impostor: Floats, fmr: float) -> float:
    """Largest distance that lets at most this share of the (ascending) impostor pairs through."""
    return float(impostor[max(0, int(fmr * len(impostor)) - 1)])


def _measure(pairs: Pairs, fmrs: Sequence[float], weight: Floats) -> list[float]:
    """EER and TAR per FMR when every person counts ``weight`` times."""
    genuine = np.cumsum(weight[pairs.genuine_person])
    impostor = np.cumsum(weight[pairs.impostor_people[0]] * weight[pairs.impostor_people[1]])
    accepted = genuine / genuine[-1]
    below = np.searchsorted(pairs.impostor, pairs.genuine, side="right")
    false = np.where(below > 0, impostor[below - 1], 0.0) / impostor[-1]
    crossing = int(np.argmin(np.abs(false - (1 - accepted))))
    found = [float((false[crossing] + 1 - accepted[crossing]) / 2)]
    for fmr in fmrs:
        allowed = np.searchsorted(impostor, fmr * impostor[-1], side="right")
        threshold = pairs.impostor[max(0, allowed - 1)]
        inside = np.searchsorted(pairs.genuine, threshold, side="right")
        found.append(float(accepted[inside - 1]) if inside else 0.0)
    return found
