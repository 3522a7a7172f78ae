"""Which line a mover is on, and how far along it: nearest lane, fitting course, the line before.

Both lanes of a road are apart by their direction. A mover too far from every line, or across all of
them, is on none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np
from scipy.spatial import cKDTree

from ai_center.conflicts.ground import Ground, NetworkKind
from ai_center.conflicts.movers import Picture, unit
from ai_center.conflicts.paths import STEP_M, Floats, Ints, courses, sampled

NEAREST: Final = 12
"""Rows of lines that are looked at."""
FAR_M: Final[dict[NetworkKind, float]] = {"taxi": 25.0, "road": 14.0}
AWAY_M: Final = 2.5
ACROSS_DEG: Final = 30.0
ELSEWHERE: Final = 5.0
"""Worth of being on a line that does not follow the one before; one is a standard deviation squared."""
WORST: Final = 24.0
CREEPS_MPS: Final = 0.7
"""Below this a course says little."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Matched:
    """Where movers are on the ground, one row each.

    Attributes:
        line: number of the line; -1 for none.
        along_m: from the start of the line.
    """

    line: Ints
    along_m: Floats


class Matcher:
    """Finds lines."""

    def __init__(self, ground: Ground) -> None:
        """Sample every line of the ground."""
        self._trees: dict[NetworkKind, _Rows] = {
            network: _Rows(ground, network)
            for network in ("taxi", "road")
            if any(line.network == network for line in ground.lines)
        }
        count = len(ground.lines)
        self._count = count
        pairs = {line * count + line for line in range(count)}
        for line, after in enumerate(ground.following):
            pairs.update(line * count + n for n in after)
            pairs.update(line * count + m for n in after for m in ground.following[n])
        self._onward = np.array(sorted(pairs), np.int64)

    def matched(self, picture: Picture, before: Ints) -> Matched:
        """Match what is seen.

        Args:
            picture: of this moment.
            before: line of each mover a moment ago; -1 where unknown.
        """
        line = np.full(len(picture), -1, np.int64)
        along = np.zeros(len(picture))
        aircraft = np.array([m.kind == "aircraft" for m in picture.movers], np.bool_)
        for network, rows in (("taxi", aircraft), ("road", ~aircraft)):
            places = np.flatnonzero(rows)
            if len(places) and network in self._trees:
                found = self._nearest(self._trees[network], picture, places, before[places])
                line[places], along[places] = found
        return Matched(line=line, along_m=along)

    def _nearest(
        self, rows: _Rows, picture: Picture, places: Ints, before: Ints
    ) -> tuple[Ints, Floats]:
        points = picture.points[places]
        far, near = rows.tree.query(points, k=NEAREST, distance_upper_bound=rows.far_m)
        there = np.isfinite(far)
        near = np.where(there, near, 0)
        course = unit(picture.course_deg[places])[:, None]
        ahead = rows.ahead[near]
        offset = points[:, None] - rows.points[near]
        along = (offset * ahead).sum(axis=2)
        aside = offset[..., 0] * ahead[..., 1] - offset[..., 1] * ahead[..., 0]
        turn = np.degrees(np.arccos(np.clip((course * ahead).sum(axis=2), -1.0, 1.0)))
        trust = np.clip(picture.speed_mps[places] / CREEPS_MPS, 0.1, 1.0)[:, None]
        lines = rows.line[near]
        cost = np.square(aside / AWAY_M) + np.square(trust * turn / ACROSS_DEG)
        cost += np.square(np.maximum(np.abs(along) - STEP_M, 0.0))
        cost += ELSEWHERE * (~self._follows(before[:, None], lines) & (before >= 0)[:, None])
        cost = np.where(there, cost, np.inf)
        best = cost.argmin(axis=1)
        at = np.arange(len(places))
        good = cost[at, best] < WORST
        chosen = near[at, best]
        metres = rows.along_m[chosen] + np.clip(along[at, best], -STEP_M, STEP_M)
        return np.where(good, rows.line[chosen], -1), np.maximum(metres, 0.0)

    def _follows(self, before: Ints, lines: Ints) -> np.ndarray:
        key = np.maximum(before, 0) * self._count + lines
        place = np.minimum(np.searchsorted(self._onward, key), len(self._onward) - 1)
        return np.asarray(self._onward[place] == key, np.bool_)


class _Rows:
    """All lines of a network, a row every two metres."""

    def __init__(self, ground: Ground, network: NetworkKind) -> None:
        points, ahead, along, owners = [], [], [], []
        for number, line in enumerate(ground.lines):
            if line.network == network:
                way = sampled(ground, (number,))
                points.append(way.points)
                ahead.append(unit(courses(way.points)))
                along.append(STEP_M * np.arange(len(way.points)))
                owners.append(np.full(len(way.points), number))
        self.points = np.concatenate(points)
        self.ahead = np.concatenate(ahead)
        self.along_m = np.concatenate(along)
        self.line = np.concatenate(owners)
        self.tree = cKDTree(self.points)
        self.far_m = FAR_M[network]
