"""How good a face pack is on a folder of pairs.

The folder holds ``pairs.csv`` (columns ``a,b,same``; file names and 1 or 0) and ``images/``. A file
belongs to the person whose name stands before its last underscore (``Angela_Bassett_0001.jpg``).

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

import csv
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from ai_center.domain import (
    Calibration,
    FaceObservation,
    Metric,
    ModelIdentity,
    OperatingPoint,
)
from ai_center.errors import AiError, PhotoRefused

Floats = npt.NDArray[np.float64]

SEED = 20_261_124
"""Of the shuffle and the bootstrap; any fixed number does."""

FOLDS = 10
RESAMPLES = 200
"""Enough for the 2.5 and 97.5 percentiles of an interval that is read to two digits."""

FMRS = (1e-2, 1e-3, 1e-4)
RULE_OF_30 = 30

DEFAULT_FMR = 1e-3
"""One impostor in a thousand: what border-gate guidance asks of 1:1 checks with a document in
hand. Stricter points follow where the set is large enough to measure them."""


class BadPairs(AiError, ValueError):
    """A folder that is no evaluation set; the message says what is missing."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A measured value with its 95 % interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Share of genuine pairs accepted at a false match rate, and the distance it happens at."""

    fmr: float
    threshold: float
    tar: Interval


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTime:
    """Milliseconds of one stage per photo."""

    median: float
    p95: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """What an evaluation found; see the module for the two views."""

    pack: str
    model: ModelIdentity
    detector: ModelIdentity
    metric: Metric
    data: str
    photos: int
    people: int
    failures: tuple[str, ...]
    pairs: int
    accuracy: float
    accuracy_error: float
    genuine_pairs: int
    impostor_pairs: int
    eer: Interval
    rates: tuple[Rate, ...]
    stage_ms: Mapping[str, StageTime]


@dataclass(frozen=True, slots=True)
class _Pairs:
    """All pairs of the observed photos: distances and who is in them."""

    genuine: Floats
    genuine_person: npt.NDArray[np.int64]
    impostor: Floats
    impostor_people: npt.NDArray[np.int64]


def evaluate(
    folder: Path,
    observe: Callable[[bytes], FaceObservation],
    *,
    pack: str,
    metric: Metric,
    progress: Callable[[int, int], None] = lambda done, total: None,
) -> Report:
    """Observe every photo of a folder of pairs and measure.

    Args:
        folder: see the module.
        observe: the pack's pipeline.
        pack: its name, for the report.
        metric: how its embeddings are compared.
        progress: told photos done and in all.

    Raises:
        BadPairs: the folder is not as described, or no photo holds a face.
    """
    listed = read_pairs(folder)
    names = sorted({name for a, b, _ in listed for name in (a, b)})
    seen: dict[str, FaceObservation] = {}
    failures: list[str] = []
    for index, name in enumerate(names, 1):
        try:
            seen[name] = observe((folder / "images" / name).read_bytes())
        except PhotoRefused:
            failures.append(name)
        progress(index, len(names))
    if len(seen) < 2:
        raise BadPairs(f"{folder}: a face was found in {len(seen)} of {len(names)} photos")
    kept = sorted(seen)
    vectors = np.stack([seen[name].embedding for name in kept]).astype(np.float64)
    distances = all_distances(vectors, metric)
    accuracy, error = fold_accuracy(_listed_distances(listed, kept, distances), listed)
    people = [person_of(name) for name in kept]
    pairs = _all_pairs(distances, people)
    some = next(iter(seen.values()))
    return Report(
        pack=pack,
        model=some.model,
        detector=some.detector,
        metric=metric,
        data=folder.name,
        photos=len(names),
        people=len({person_of(name) for name in names}),
        failures=tuple(failures),
        pairs=len(listed),
        accuracy=accuracy,
        accuracy_error=error,
        genuine_pairs=len(pairs.genuine),
        impostor_pairs=len(pairs.impostor),
        **_rates(pairs, len(set(people))),
        stage_ms=_stage_times(list(seen.values())),
    )


def read_pairs(folder: Path) -> list[tuple[str, str, bool]]:
    """Read ``pairs.csv``.

    Raises:
        BadPairs: no such file, a column is missing, or a photo is.
    """
    path = folder / "pairs.csv"
    if not path.is_file():
        raise BadPairs(f"{path} is not there")
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    if not rows or not {"a", "b", "same"} <= rows[0].keys():
        raise BadPairs(f"{path} needs the columns a,b,same")
    pairs = [(row["a"], row["b"], row["same"] == "1") for row in rows]
    for name in {name for a, b, _ in pairs for name in (a, b)}:
        inside = Path(name).name == name
        if not inside or not (folder / "images" / name).is_file():
            raise BadPairs(f"{path}: photo {name!r} is not in images/")
    return pairs


def person_of(name: str) -> str:
    """The person a file name stands for.

    >>> person_of("Angela_Bassett_0005.jpg")
    'Angela_Bassett'
    """
    return Path(name).stem.rpartition("_")[0]


def all_distances(vectors: Floats, metric: Metric) -> Floats:
    """Native distances of every vector to every other, shape (n, n)."""
    if metric == "cosine":
        unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True)
        cosine: Floats = 1.0 - unit @ unit.T
        return cosine
    squares = np.square(vectors).sum(axis=1)
    euclid: Floats = squares[:, None] + squares[None] - 2 * vectors @ vectors.T
    return np.sqrt(np.maximum(euclid, 0.0))


def fold_accuracy(
    distances: Floats, listed: Sequence[tuple[str, str, bool]]
) -> tuple[float, float]:
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


def _listed_distances(
    listed: Sequence[tuple[str, str, bool]], kept: Sequence[str], distances: Floats
) -> Floats:
    place = {name: index for index, name in enumerate(kept)}
    return np.array(
        [
            distances[place[a], place[b]] if a in place and b in place else np.inf
            for a, b, _ in listed
        ]
    )


def _all_pairs(distances: Floats, people: Sequence[str]) -> _Pairs:
    _, person = np.unique(people, return_inverse=True)
    first, second = np.triu_indices(len(people), 1)
    apart = distances[first, second]
    same = person[first] == person[second]
    genuine_order = np.argsort(apart[same], kind="stable")
    impostor_order = np.argsort(apart[~same], kind="stable")
    impostors = np.stack([person[first][~same], person[second][~same]])
    return _Pairs(
        genuine=apart[same][genuine_order],
        genuine_person=person[first][same][genuine_order],
        impostor=apart[~same][impostor_order],
        impostor_people=impostors[:, impostor_order],
    )


def _rates(pairs: _Pairs, people: int) -> dict[str, Any]:
    """EER and TARs with intervals."""
    fmrs = [fmr for fmr in FMRS if fmr * len(pairs.impostor) >= RULE_OF_30]
    value = _measure(pairs, fmrs, np.ones(people))
    random = np.random.default_rng(SEED)
    samples = np.array(
        [_measure(pairs, fmrs, _resampled(random, people)) for _ in range(RESAMPLES)]
    )
    low, high = np.nanpercentile(samples, [2.5, 97.5], axis=0)
    spans = [
        Interval(value=float(v), low=float(lo), high=float(hi))
        for v, lo, hi in zip(value, low, high, strict=True)
    ]
    rates = tuple(
        Rate(fmr=fmr, threshold=threshold_at(pairs.impostor, fmr), tar=span)
        for fmr, span in zip(fmrs, spans[1:], strict=True)
    )
    return {"eer": spans[0], "rates": rates}


def _resampled(random: np.random.Generator, people: int) -> Floats:
    """How often each person is drawn when as many are drawn as there are."""
    drawn = random.integers(0, people, people)
    return np.bincount(drawn, minlength=people).astype(np.float64)


def threshold_at(impostor: Floats, fmr: float) -> float:
    """Largest distance that lets at most this share of the (ascending) impostor pairs through."""
    return float(impostor[max(0, int(fmr * len(impostor)) - 1)])


def _measure(pairs: _Pairs, fmrs: Sequence[float], weight: Floats) -> list[float]:
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


def _stage_times(seen: Sequence[FaceObservation]) -> dict[str, StageTime]:
    names = list(seen[0].stage_ms)
    times = np.array([[one.stage_ms[name] for name in names] for one in seen])
    median, p95 = np.percentile(times, [50, 95], axis=0)
    return {
        name: StageTime(median=round(float(m), 2), p95=round(float(p), 2))
        for name, m, p in zip(names, median, p95, strict=True)
    }


def calibration_of(report: Report, *, measured: date, note: str = "") -> Calibration:
    """Make the calibration that a report supports.

    The score that people see is 0.5 at an FMR of 1e-2 and 0.73 at 1e-3, for every model.

    Raises:
        BadPairs: too few impostor pairs for an FMR of 1e-3.
    """
    points = tuple(
        OperatingPoint(
            fmr=r.fmr,
            threshold=math.floor(r.threshold * 1e5) / 1e5,  # never looser than measured
            tar=round(r.tar.value, 4),
        )
        for r in reversed(report.rates)
    )
    by_fmr = {point.fmr: point.threshold for point in points}
    if DEFAULT_FMR not in by_fmr:
        raise BadPairs(
            f"{report.impostor_pairs} impostor pairs; an FMR of {DEFAULT_FMR:g} needs "
            f"{RULE_OF_30 / DEFAULT_FMR:.0f}"
        )
    return Calibration(
        model=report.model.name,
        model_sha256=report.model.sha256,
        metric=report.metric,
        points=points,
        default_fmr=DEFAULT_FMR,
        score_midpoint=by_fmr[1e-2],
        score_width=round(by_fmr[1e-2] - by_fmr[DEFAULT_FMR], 5),
        data=report.data,
        genuine_pairs=report.genuine_pairs,
        impostor_pairs=report.impostor_pairs,
        measured=measured,
        note=note,
    )


def as_json(report: Report) -> dict[str, Any]:
    """The report as plain values, for ``--json``."""
    return asdict(report)


def render(report: Report) -> str:
    """The report as a page of text."""
    found = report.photos - len(report.failures)
    lines = [
        f"Face pack {report.pack}: {report.model.name} {report.model.version} "
        f"(sha256 {report.model.sha256[:12]}), detector {report.detector.name}",
        f"Set {report.data}: {report.photos} photos of {report.people} people, "
        f"{report.pairs} listed pairs",
        "",
        f"faces found        {found} of {report.photos}"
        + (f"; none in: {', '.join(report.failures[:5])}" if report.failures else ""),
        f"accuracy           {report.accuracy:.4f} ± {report.accuracy_error:.4f}  "
        f"({FOLDS} shuffled folds, standard error)",
        f"equal error rate   {_span(report.eer)}",
        f"all pairs          {report.genuine_pairs} genuine, {report.impostor_pairs} impostor "
        "(not independent; intervals by person)",
        "",
        f"{'FMR':>8}  {'threshold':>9}  TAR (95 % interval)",
    ]
    lines += [f"{r.fmr:>8g}  {r.threshold:>9.4f}  {_span(r.tar)}" for r in report.rates]
    lines += ["", f"{'stage':>8}  {'median ms':>9}  {'p95 ms':>7}"]
    lines += [f"{n:>8}  {t.median:>9.2f}  {t.p95:>7.2f}" for n, t in report.stage_ms.items()]
    lines += ["", "1:1 only. Says nothing of 1:N search, presentation attacks or your own cameras."]
    return "\n".join(lines)


def _span(interval: Interval) -> str:
    return f"{interval.value:.4f}  [{interval.low:.4f}, {interval.high:.4f}]"
