"""Which way movers turn: the straighter way is likelier, and few that pass a stand drive into it.

The chance of a way falls with how sharply it turns off. It is the same for everybody: where a flight is
going, or whom a vehicle serves, is not looked at.
"""

from __future__ import annotations

import math
from heapq import heappop, heappush
from typing import Final

from ai_center.conflicts.ground import Ground, turn_deg

STRAIGHTNESS_DEG: Final = 40.0
INTO_A_STAND: Final = 0.08
EXPANSIONS: Final = 120


class Turns:
    """Chances of the ways on from each line."""

    def __init__(self, ground: Ground) -> None:
        """Look at the junctions of a ground."""
        self._ground = ground
        self._known: dict[int, tuple[tuple[int, float], ...]] = {}

    def onward(self, line: int) -> tuple[tuple[int, float], ...]:
        """What follows a line and its chance; together they are 1, or there is nothing."""
        if line not in self._known:
            self._known[line] = self._shares(line)
        return self._known[line]

    def alternatives(
        self, line: int, reach_m: float, most: int
    ) -> list[tuple[tuple[int, ...], float]]:
        """The likeliest routes from the start of a line to a distance beyond its end.

        Returns:
            Lines of each route and its chance, likeliest first; the chances are made to sum to 1.
        """
        queue: list[tuple[float, tuple[int, ...], float]] = [(-1.0, (line,), 0.0)]
        found: list[tuple[tuple[int, ...], float]] = []
        for _ in range(EXPANSIONS):
            if not queue or len(found) == most:
                break
            chance, lines, length = heappop(queue)
            onward = self.onward(lines[-1])
            if length >= reach_m or not onward:
                found.append((lines, -chance))
                continue
            for after, share in onward:
                longer = length + self._ground.lines[after].length_m
                heappush(queue, (chance * share, (*lines, after), longer))
        if not found:  # too many junctions to follow any route to its end
            found = [(lines, -chance) for chance, lines, _ in queue[:most]]
        total = sum(chance for _, chance in found)
        return [(lines, chance / total) for lines, chance in found]

    def _shares(self, line: int) -> tuple[tuple[int, float], ...]:
        weights = {after: self._weight(line, after) for after in self._ground.following[line]}
        total = sum(weights.values())
        return tuple((after, weight / total) for after, weight in weights.items())

    def _weight(self, line: int, after: int) -> float:
        come, go = self._ground.lines[line], self._ground.lines[after]
        aside = go.kind in ("connector", "lead_in") and come.kind != go.kind
        return math.exp(-turn_deg(come, go) / STRAIGHTNESS_DEG) * (INTO_A_STAND if aside else 1.0)
