"""How long a way takes, as a distribution: speeds differ from driver to driver and day to day.

The time on an edge is its free time multiplied by a factor of its kind, with a mean and a spread;
part of the spread is common to the whole way (a slow driver is slow everywhere), the rest is the
edge's own. Every holding point on the way adds a wait. Mean and variance of the sum are exact under
that model; its quantiles are those of a lognormal with the same mean and variance, which keeps times
positive and their long tail to the right. Spreads can be learnt from observed passages.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import pairwise
from statistics import NormalDist, fmean, pstdev

from spatiotemporal.airport_model.network import Edge, Way

LEAST_SAMPLES = 20
"""Fewer passages than this say too little about a kind's spread."""

COMMON_SHARE = 0.6
"""Correlation of factors along one way, until tracks tell better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Factor:
    """Real time over free time on a kind of line."""

    mean: float
    deviation: float


# Before anything was observed: limits are rarely reached on taxilanes and at stands.
DEFAULT_FACTORS: Mapping[str, Factor] = {
    "taxiway": Factor(mean=1.10, deviation=0.30),
    "rapid_exit": Factor(mean=1.10, deviation=0.20),
    "taxilane": Factor(mean=1.20, deviation=0.40),
    "lead_in": Factor(mean=1.30, deviation=0.50),
    "runway": Factor(mean=1.05, deviation=0.15),
}
OTHER = Factor(mean=1.15, deviation=0.35)


@dataclass(frozen=True, slots=True, kw_only=True)
class TravelTime:
    """Seconds.

    Attributes:
        free_s: at the lines' own speeds, without a wait.
    """

    free_s: float
    mean_s: float
    deviation_s: float

    def quantile(self, share: float) -> float:
        """Seconds that ``share`` of all passages take at most.

        >>> time = TravelTime(free_s=90.0, mean_s=100.0, deviation_s=30.0)
        >>> [round(time.quantile(q)) for q in (0.1, 0.5, 0.9)]
        [66, 96, 139]
        """
        if self.mean_s <= 0 or self.deviation_s <= 0:
            return self.mean_s
        spread = math.log1p((self.deviation_s / self.mean_s) ** 2)
        middle = math.log(self.mean_s) - spread / 2
        return math.exp(middle + math.sqrt(spread) * NormalDist().inv_cdf(share))


@dataclass(frozen=True, slots=True, kw_only=True)
class Model:
    """Factors by kind of line, and the wait at a holding point before a runway.

    Attributes:
        hold_s: mean wait; waits are taken as exponential.
    """

    factors: Mapping[str, Factor] = field(default_factory=lambda: DEFAULT_FACTORS)
    hold_s: float = 25.0
    common_share: float = COMMON_SHARE

    def time(self, way: Way) -> TravelTime:
        """How long a way takes."""
        deviations, mean, free = [], 0.0, 0.0
        for edge in way.edges:
            seconds = edge.length_m / edge.speed_mps
            factor = self.factors.get(edge.kind, OTHER)
            free += seconds
            mean += seconds * factor.mean
            deviations.append(seconds * factor.deviation)
        holds = _waits(way)
        own = sum(deviation**2 for deviation in deviations)
        common = sum(deviations) ** 2
        variance = self.common_share * common + (1 - self.common_share) * own
        return TravelTime(
            free_s=free,
            mean_s=mean + holds * self.hold_s,
            deviation_s=math.sqrt(variance + holds * self.hold_s**2),
        )

    def learnt(self, passages: Iterable[tuple[Edge, float]]) -> Model:
        """The model with the factors of observed passages.

        Args:
            passages: edges and the seconds that somebody took for each.
        """
        ratios: dict[str, list[float]] = defaultdict(list)
        for edge, seconds in passages:
            ratios[edge.kind].append(seconds * edge.speed_mps / edge.length_m)
        found = {
            kind: Factor(mean=fmean(values), deviation=pstdev(values))
            for kind, values in ratios.items()
            if len(values) >= LEAST_SAMPLES
        }
        return replace(self, factors={**self.factors, **found})


def _waits(way: Way) -> int:
    """Holding points at which one waits: those after which a runway comes next.

    Coming off a runway one passes the line without a stop.
    """
    events: list[str] = []
    for edge in way.edges:
        if edge.kind == "runway" or edge.end.startswith(("runway:", "threshold:")):
            events.append("runway")
        elif edge.end.startswith("hold:"):
            events.append("hold")
    return sum(pair == ("hold", "runway") for pair in pairwise(events))
