"""Are two faces one person? From distance to decision (1:1 only).

The distance is the model's own. What people see is a score from 0 to 1 that rises as the distance
falls: ``1 / (1 + exp((distance - midpoint) / width))`` with the calibration's midpoint and width,
so that scores of two models are roughly alike and never decide anything. The decision is taken on
the distance, against the operating point of the calibration.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Literal, Protocol

import numpy as np

from ai_center.domain import Calibration, Metric, ModelIdentity, Vector
from ai_center.errors import ModelMismatch

Band = Literal["very_strong", "strong", "moderate", "none"]
"""How rare such a distance is between two people: at most 1 in 10,000, 1,000, 100, or more."""

BANDS: tuple[tuple[float, Band], ...] = (
    (1e-4, "very_strong"),
    (1e-3, "strong"),
    (1e-2, "moderate"),
)


class Embedded(Protocol):
    """A face that can be compared: an observation or a stored template."""

    @property
    def embedding(self) -> Vector:
        """Shape (dimension,), float32."""
        ...

    @property
    def model(self) -> ModelIdentity:
        """The recogniser it came from."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A 1:1 decision with its why.

    Attributes:
        score: 0..1 for people, higher is more alike.
        threshold: the score at and above which it is a match.
        distance: native distance.
        distance_threshold: largest distance that matches.
        fmr: false match rate of that threshold, as calibrated.
        band: how rare such a distance is between two people; this is what events may carry.
        matched: the decision.
    """

    score: float
    threshold: float
    distance: float
    distance_threshold: float
    fmr: float
    band: Band
    matched: bool


def compare(
    a: Embedded, b: Embedded, calibration: Calibration, *, fmr: float | None = None
) -> Match:
    """Decide whether two faces are one person.

    Args:
        a: observation or template.
        b: observation or template of the same model.
        calibration: of that model.
        fmr: largest false match rate the caller accepts; ``None`` takes the calibration's own.

    Raises:
        ModelMismatch: the two, or the calibration, belong to different weights.
        Uncalibrated: the calibration knows no threshold that strict.
    """
    for side in (a, b):
        if side.model.sha256 != calibration.model_sha256:
            raise ModelMismatch(side.model.sha256, calibration.model_sha256)
    point = calibration.at(fmr)
    distance = distance_between(a.embedding, b.embedding, calibration.metric)
    return Match(
        score=score_of(distance, calibration),
        threshold=score_of(point.threshold, calibration),
        distance=distance,
        distance_threshold=point.threshold,
        fmr=point.fmr,
        band=band_of(distance, calibration),
        matched=distance <= point.threshold,
    )


def distance_between(a: Vector, b: Vector, metric: Metric) -> float:
    """Native distance of two embeddings; lower is closer."""
    first, second = a.astype(np.float64), b.astype(np.float64)
    if metric == "euclidean":
        return float(np.linalg.norm(first - second))
    norms = float(np.linalg.norm(first) * np.linalg.norm(second))
    return 1.0 - float(first @ second) / norms if norms else 1.0


def score_of(distance: float, calibration: Calibration) -> float:
    """The score people see, 0..1."""
    steps = (distance - calibration.score_midpoint) / calibration.score_width
    return round(1.0 / (1.0 + math.exp(min(60.0, steps))), 6)


def band_of(distance: float, calibration: Calibration) -> Band:
    """The rarest band whose measured threshold this distance keeps."""
    for rate, band in BANDS:
        if any(p.fmr <= rate * (1 + 1e-9) and distance <= p.threshold for p in calibration.points):
            return band
    return "none"
