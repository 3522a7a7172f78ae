"""What in some facts a forecast has not met before: new labels, gaps in time, columns that come or go.

None of it stops a forecast. A new carrier, airport or checkpoint has no past, so what is asked of its past
is unknown, as it was for others in training, and the forecast goes by the rest; hours that are missing are
unknown. But whoever reads the figures should know, so it is said.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

import numpy as np

from ai_center.datasets.declaration import Dataset
from ai_center.datasets.table import Floats, Table, moment_of

MOST_LABELS: Final = 500
"""A column with more distinct texts names single things (flights, tails), which are always new."""
SHOWN: Final = 5
GAP_MIN: Final = 36 * 60.0
"""A longer time without a row is told."""
PAST_MIN: Final = 35 * 1440.0
"""Gaps this long before the period matter, because the last weeks are looked at."""


def strangers(
    dataset: Dataset, facts: Table, since_min: float, until_min: float
) -> tuple[str, ...]:
    """Say what is new in a period, one sentence each.

    Args:
        dataset: that the facts are of.
        facts: with their past.
        since_min: start of the period, minutes since 1970.
        until_min: its end.
    """
    at = facts.numbers(dataset.time)
    return (
        *_columns(dataset, facts),
        *_past(at, since_min),
        *_labels(facts, at, since_min, until_min),
        *_gaps(dataset, facts, at, (since_min, until_min)),
    )


def _columns(dataset: Dataset, facts: Table) -> Iterator[str]:
    declared = {name for name, _ in dataset.columns}
    for name in facts.columns:
        if name not in declared:
            yield f"{name!r} is not among the declared columns: it has no past, and counts from here on"
    for name in declared & set(facts.columns):
        column = facts.columns[name]
        if column.dtype.kind != "U" and not np.isfinite(column.astype(np.float64)).any():
            yield f"{name!r} has no value at all"


def _past(at: Floats, since_min: float) -> Iterator[str]:
    days = (since_min - float(np.nanmin(at))) / 1440
    if days < PAST_MIN / 1440:
        yield f"{max(days, 0):.0f} days of past before the period: of more, nothing is known"


def _labels(facts: Table, at: Floats, since_min: float, until_min: float) -> Iterator[str]:
    past, now = at < since_min, (at >= since_min) & (at < until_min)
    if not past.any():
        return
    for name, column in facts.columns.items():
        if column.dtype.kind != "U":
            continue
        known = set(column[past].tolist())
        if len(known) > MOST_LABELS:
            continue
        new = [text for text in sorted(set(column[now].tolist())) if text and text not in known]
        if new:
            rows = int(np.isin(column[now], new).sum())
            more = f" and {len(new) - SHOWN} more" if len(new) > SHOWN else ""
            yield f"{name} not met before: {', '.join(new[:SHOWN])}{more} ({rows} rows)"


def _gaps(dataset: Dataset, facts: Table, at: Floats, period: tuple[float, float]) -> Iterator[str]:
    """Times without a row, or where every step has one, without any value."""
    there = np.isfinite(at)
    if dataset.step_min is not None:
        values = [
            np.isfinite(facts.numbers(name))
            for name, column in facts.columns.items()
            if name != dataset.time and column.dtype.kind != "U" and not name.endswith(" open")
        ]
        there &= np.any(values, axis=0)
    since, until = period[0] - PAST_MIN, min(period[1], float(np.nanmax(at)))
    told = np.sort(at[there & (at >= since) & (at <= until)])
    for before in np.flatnonzero(np.diff(told) > GAP_MIN).tolist():
        start, end = (
            moment_of(float(told[n])).strftime("%Y-%m-%d %H:%M") for n in (before, before + 1)
        )
        yield f"nothing between {start} and {end}"
