"""What a training or an evaluation found: everything a card shows, as plain values."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

from ai_center.datasets.table import Floats, Mask, Texts
from ai_center.forecasts.comparison import Comparison
from ai_center.forecasts.metrics import Answers, Estimate, blocks_of, measured

SMALLEST_GROUP = 200
"""Rows; a smaller group says too little to be listed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """One group of rows: how many, each forecast's loss by its name, how many came inside."""

    label: str
    rows: int
    loss: Mapping[str, Estimate]
    coverage: Estimate | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """A forecast and the others on one period.

    Attributes:
        rows: that were measured.
        since: first minute asked, minutes since 1970 UTC.
        until: last minute asked.
        metrics: by forecast, then by name of the metric (see ``metrics.measured``).
        groups: lines by name of the grouping.
    """

    rows: int
    since: float
    until: float
    metrics: Mapping[str, Mapping[str, Estimate]]
    groups: Mapping[str, tuple[GroupLine, ...]] = field(
        default_factory=lambda: MappingProxyType({})
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """What a training or an evaluation came to.

    Attributes:
        name: of the forecast.
        version: of the training.
        unit: of the errors.
        headline: metric of the gate.
        loss: metric by which forecasts are compared.
        measurement: figures.
        against: the comparison with every other forecast, by its name.
        card: path of the card, where one was written.
        sha256: of the model.
        notes: what of the data it had not met before, see ``strangers.py``.
    """

    name: str
    version: str
    unit: str
    headline: str
    loss: str
    measurement: Measurement
    against: Mapping[str, Comparison]
    card: str
    sha256: str
    notes: tuple[str, ...] = ()


def measure(
    answers: Mapping[str, Answers],
    truth: Floats,
    asked_min: Floats,
    groups: Mapping[str, Texts],
    *,
    own: str,
    loss: str = "mae",
) -> Measurement:
    """Measure several forecasts on the same rows.

    Args:
        answers: by name of the forecast.
        truth: what came.
        asked_min: when each row was asked.
        groups: labels of the rows.
        own: the forecast whose interval is looked at by group.
        loss: metric that is shown by group.
    """
    blocks = blocks_of(asked_min)
    metrics = {name: measured(answer, truth, blocks) for name, answer in answers.items()}
    lines = {
        name: _lines(answers, truth, asked_min, labels, own=own, loss=loss)
        for name, labels in groups.items()
    }
    return Measurement(
        rows=len(truth),
        since=float(asked_min.min()),
        until=float(asked_min.max()),
        metrics=metrics,
        groups=lines,
    )


def _lines(
    answers: Mapping[str, Answers],
    truth: Floats,
    asked_min: Floats,
    labels: Texts,
    *,
    own: str,
    loss: str,
) -> tuple[GroupLine, ...]:
    """A line per group that is large enough, in order of the label."""
    lines = []
    for label in sorted(set(labels.tolist())):
        rows = labels == label
        if rows.sum() < SMALLEST_GROUP:
            continue
        blocks = blocks_of(asked_min[rows])
        found = {
            name: measured(_part(answer, rows), truth[rows], blocks)
            for name, answer in answers.items()
        }
        lines.append(
            GroupLine(
                label=label,
                rows=int(rows.sum()),
                loss={name: metrics[loss] for name, metrics in found.items()},
                coverage=found[own].get("coverage"),
            )
        )
    return tuple(lines)


def _part(answer: Answers, rows: Mask) -> Answers:
    if answer.low is None or answer.high is None:
        return Answers(middle=answer.middle[rows])
    return Answers(middle=answer.middle[rows], low=answer.low[rows], high=answer.high[rows])
