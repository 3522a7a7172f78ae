"""How long each stage of a photo takes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True, slots=True, kw_only=True)
class StageTime:
    """Milliseconds of one stage per photo."""

    median: float
    p95: float


def stage_times(seen: Sequence[Mapping[str, float]]) -> dict[str, StageTime]:
    """Median and 95th percentile per stage, in the order of the stages."""
    names = list(seen[0])
    times = np.array([[one[name] for name in names] for one in seen])
    median, p95 = np.percentile(times, [50, 95], axis=0)
    return {
        name: StageTime(median=round(float(m), 2), p95=round(float(p), 2))
        for name, m, p in zip(names, median, p95, strict=True)
    }
