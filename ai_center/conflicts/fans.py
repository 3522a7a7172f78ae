"""What may follow from each line: its likeliest routes, sampled, side by side in one array.

Made when a line is first needed and kept, because turns and limits do not change within a day.
"""

from __future__ import annotations

from typing import Final

import numpy as np

from ai_center.conflicts.ground import Ground
from ai_center.conflicts.movers import unit
from ai_center.conflicts.paths import STEP_M, Floats, Ints, courses, sampled
from ai_center.conflicts.turns import Turns

ROUTES: Final = 6
"""At most, from one line."""
MOST_M: Final = 480.0
FASTER: Final = 1.15
"""Over the limit; a route is as long as this and the horizon ask for."""


class Fans:
    """Routes from lines.

    Attributes:
        points: shape (fans, routes, rows, 2), float32, a row every two metres.
        ahead: unit vectors of the motion, the same shape.
        speed_mps: limit, shape (fans, routes, rows).
        ends: last row of each route that means something, shape (fans, routes).
        chances: running sums of the chances of the routes, shape (fans, routes).
    """

    def __init__(self, ground: Ground, turns: Turns, horizon_s: float) -> None:
        """Make no fan yet."""
        self._ground = ground
        self._turns = turns
        self._horizon_s = horizon_s
        self._place = np.full(len(ground.lines), -1, np.int64)
        longest = max(line.length_m for line in ground.lines)
        self.rows = int((MOST_M + longest) / STEP_M) + 1
        self._made = 0
        self.ends = np.zeros((0, ROUTES), np.int64)
        self.chances = np.ones((0, ROUTES))
        self._grow(64)

    def of(self, lines: Ints) -> Ints:
        """Numbers of the fans of some lines."""
        for line in np.unique(lines[self._place[lines] < 0]).tolist():
            self._make(line)
        return self._place[lines]

    def _grow(self, count: int) -> None:
        shapes: dict[str, tuple[int, ...]] = {
            "points": (count, ROUTES, self.rows, 2),
            "ahead": (count, ROUTES, self.rows, 2),
            "speed_mps": (count, ROUTES, self.rows),
        }
        larger = {name: np.zeros(shape, np.float32) for name, shape in shapes.items()}
        ends = np.zeros((count, ROUTES), np.int64)
        chances = np.ones((count, ROUTES))
        if self._made:
            for name, values in larger.items():
                values[: self._made] = getattr(self, name)
            ends[: self._made], chances[: self._made] = self.ends, self.chances
        self.points, self.ahead = larger["points"], larger["ahead"]
        self.speed_mps, self.ends, self.chances = larger["speed_mps"], ends, chances

    def _make(self, line: int) -> None:
        if self._made == len(self.ends):
            self._grow(2 * self._made)
        place, self._made = self._made, self._made + 1
        self._place[line] = place
        reach = min(MOST_M, FASTER * self._horizon_s * self._fastest(line))
        gone = 0.0
        for route, (lines, chance) in enumerate(self._turns.alternatives(line, reach, ROUTES)):
            way = sampled(self._ground, lines, stops=not self._ground.following[lines[-1]])
            rows = min(len(way.points), self.rows)
            self._fill(self.points[place, route], way.points[:rows])
            self._fill(self.ahead[place, route], unit(courses(way.points))[:rows])
            self._fill(self.speed_mps[place, route], way.speed_mps[:rows])
            self.ends[place, route] = rows - 1
            gone += chance
            self.chances[place, route:] = gone
        self.chances[place, -1] = 1.0

    def _fastest(self, line: int) -> float:
        """Limit of the line, or of what follows where that is faster."""
        onward = [self._ground.lines[n].speed_mps for n in self._ground.following[line]]
        return max([self._ground.lines[line].speed_mps, *onward])

    @staticmethod
    def _fill(rows: np.ndarray, values: Floats) -> None:
        rows[: len(values)] = values
        rows[len(values) :] = values[-1]
