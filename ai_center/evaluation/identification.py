"""1:N identification: whose face is this, among those enrolled, if anybody's?

After the manner of NISTIR 8381 (paperless travel): a gallery of N people is enrolled with one photo
each; the other photos of these people are mated searches, the photos of everybody else are
non-mated searches. A search returns the closest enrolled face if it is close enough.

- FPIR: share of non-mated searches that return somebody;
- FNIR: share of mated searches that do not return the right person, be it that somebody else is
  closer or that nobody is close enough.

Galleries are drawn many times from the set with a fixed seed and searches are pooled; intervals come
from resampling the people who search. The threshold is the one at which FPIR reaches its target.

A larger gallery needs a stricter threshold: were comparisons independent, ``FPIR = 1 - (1 - FMR)^N``,
so ``FMR = 1 - (1 - FPIR)^(1/N)``. :func:`required` says what that asks of the set, and where the set
holds too few impostor pairs for 30 errors it gives no threshold: none can be certified from it.
"""

from __future__ import annotations

from collections.abc import Iterator
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
from ai_center.evaluation.photo_set import PhotoSet
from ai_center.evaluation.verification import Pairs, refused_at, threshold_at

GALLERIES: Final = (100, 180, 300, 420)
"""Sizes tried where the set has people enough: 180 is a narrow-body flight, 420 a wide-body one."""

DRAWS: Final = 20
"""Galleries drawn per size; the figures move by less than their intervals from ten on."""

OUTSIDERS: Final = 0.25
"""Share of the people who must stay outside a gallery to search in vain."""

FPIRS: Final = (0.1, 0.01)

TARGET_FPIR: Final = 0.003
"""What NISTIR 8381 holds thresholds to: one stranger in 333 is taken for somebody."""

SIZES: Final[tuple[tuple[int, str], ...]] = (
    (1, "1:1 with the document"),
    (180, "narrow-body flight"),
    (420, "wide-body flight"),
    (5_000, "an hour of a checkpoint"),
    (42_000, "half a day of security"),
    (200_000, "a day of both airports"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identified:
    """A gallery size at one false positive rate.

    Attributes:
        gallery: people enrolled.
        fpir: target.
        threshold: distance at which the target is met.
        fnir: share of mated searches that fail there.
        rank_miss: share of mated searches whose closest enrolled face is another person's, at any
            distance.
        mated: distinct photos that were searched for by people enrolled.
        nonmated: distinct photos that were searched for by people not enrolled.
        predicted_fpir: what independent comparisons would give at that threshold.
        counted: whether 30 distinct photos at least are false positives (rule of 30).
    """

    gallery: int
    fpir: float
    threshold: float
    fnir: Interval
    rank_miss: Interval
    mated: int
    nonmated: int
    predicted_fpir: float
    counted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Required:
    """What a gallery size asks of 1:1 comparison at :data:`TARGET_FPIR`.

    Attributes:
        gallery: people enrolled.
        use: where galleries of that size occur.
        fmr: false match rate the threshold must keep.
        impostor_pairs: needed to see 30 errors there.
        threshold: largest distance that keeps it; ``None``: the set is too small to say.
        tar: share of genuine pairs accepted there; ``None`` likewise.
    """

    gallery: int
    use: str
    fmr: float
    impostor_pairs: int
    threshold: float | None
    tar: float | None


@dataclass(frozen=True, slots=True)
class _Searches:
    """Pooled searches, each with who searched; ascending by distance to the closest enrolled."""

    nonmated: Floats
    nonmated_person: npt.NDArray[np.int64]
    mated: Floats
    mated_person: npt.NDArray[np.int64]
    right: npt.NDArray[np.bool_]


def identify(photos: PhotoSet, pairs: Pairs) -> tuple[Identified, ...]:
    """Draw galleries of every size that the set allows, and search them."""
    people = photos.count
    sizes = [size for size in GALLERIES if size <= (1 - OUTSIDERS) * people]
    return tuple(row for size in sizes for row in _of_size(photos, pairs, size))


def required_fmr(gallery: int, fpir: float = TARGET_FPIR) -> float:
    """False match rate of one comparison that keeps a gallery to a false positive rate.

    >>> f"{required_fmr(180):.1e}", f"{required_fmr(42_000):.1e}"
    ('1.7e-05', '7.2e-08')
    """
    return float(-np.expm1(np.log1p(-fpir) / gallery))


def required(pairs: Pairs) -> tuple[Required, ...]:
    """What each gallery size asks, and whether this set can answer."""
    rows = []
    for gallery, use in SIZES:
        fmr = required_fmr(gallery)
        enough = fmr * len(pairs.impostor) >= RULE_OF_30
        threshold = threshold_at(pairs.impostor, fmr) if enough else None
        rows.append(
            Required(
                gallery=gallery,
                use=use,
                fmr=fmr,
                impostor_pairs=round(RULE_OF_30 / fmr),
                threshold=threshold,
                tar=None if threshold is None else 1.0 - refused_at(pairs, threshold),
            )
        )
    return tuple(rows)


def _of_size(photos: PhotoSet, pairs: Pairs, size: int) -> Iterator[Identified]:
    searches, mated, nonmated = _search(photos, size)
    if not len(searches.mated):
        return
    random = np.random.default_rng(SEED)
    weights = [np.ones(photos.count)]
    weights += [resampled(random, photos.count) for _ in range(RESAMPLES)]
    measured = np.array([_measure(searches, weight) for weight in weights])
    rank_miss, *fnirs = spans(measured[0], measured[1:])
    for fpir, fnir in zip(FPIRS, fnirs, strict=True):
        threshold = _threshold(searches, np.ones(photos.count), fpir)
        fmr = np.searchsorted(pairs.impostor, threshold, side="right") / len(pairs.impostor)
        yield Identified(
            gallery=size,
            fpir=fpir,
            threshold=threshold,
            fnir=fnir,
            rank_miss=rank_miss,
            mated=mated,
            nonmated=nonmated,
            predicted_fpir=float(1 - (1 - fmr) ** size),
            counted=fpir * nonmated >= RULE_OF_30,
        )


def _search(photos: PhotoSet, size: int) -> tuple[_Searches, int, int]:
    """Pool the searches of every drawn gallery; also how many photos searched each way."""
    random = np.random.default_rng(SEED + size)
    person = photos.person
    near, who, right, enrolled = [], [], [], []
    seen = np.zeros((2, len(person)), bool)
    for _ in range(DRAWS):
        order = random.permutation(len(person))
        # The first photo of each person in a shuffled order is the one that would be enrolled.
        first = order[np.unique(person[order], return_index=True)[1]]
        gallery = first[random.permutation(len(first))[:size]]
        probes = np.setdiff1d(np.arange(len(person)), gallery)
        apart = photos.distances[np.ix_(probes, gallery)]
        closest = apart.argmin(axis=1)
        inside = np.isin(person[probes], person[gallery])
        near.append(apart[np.arange(len(probes)), closest])
        who.append(person[probes])
        right.append(person[gallery][closest] == person[probes])
        enrolled.append(inside)
        seen[0, probes[inside]] = seen[1, probes[~inside]] = True
    distance, inside = np.concatenate(near), np.concatenate(enrolled)
    order = np.argsort(distance, kind="stable")
    distance, inside = distance[order], inside[order]
    searcher = np.concatenate(who)[order]
    searches = _Searches(
        nonmated=distance[~inside],
        nonmated_person=searcher[~inside],
        mated=distance[inside],
        mated_person=searcher[inside],
        right=np.concatenate(right)[order][inside],
    )
    return searches, int(seen[0].sum()), int(seen[1].sum())


def _measure(searches: _Searches, weight: Floats) -> list[float]:
    """Rank miss, then FNIR per target, when every person counts ``weight`` times."""
    mated = weight[searches.mated_person]
    total = mated.sum()
    if not total:
        return [np.nan] * (1 + len(FPIRS))
    found = [1 - float(mated[searches.right].sum() / total)]
    for fpir in FPIRS:
        hit = searches.right & (searches.mated <= _threshold(searches, weight, fpir))
        found.append(1 - float(mated[hit].sum() / total))
    return found


def _threshold(searches: _Searches, weight: Floats, fpir: float) -> float:
    """Largest distance at which at most this share of the non-mated searches returns somebody."""
    returned = np.cumsum(weight[searches.nonmated_person])
    allowed = int(np.searchsorted(returned, fpir * returned[-1], side="right"))
    return float(searches.nonmated[max(0, allowed - 1)])
