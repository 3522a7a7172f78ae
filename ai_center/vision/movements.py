"""How things drive: along corners on the ground, starting and stopping softly.

A drive takes its time from its length: it speeds up at ``push`` metres per second squared, rolls at
``speed`` where the way is long enough, and slows down at ``brake``. Times are seconds of the film.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

Spot = tuple[float, float]
"""x and y in stand coordinates."""

Pose = tuple[float, float, float]
"""x, y in metres and heading in radians, anticlockwise from +x."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Drive:
    """One way driven without a stop.

    Attributes:
        start_s: when it sets off.
        spots: corners of the way, at least two.
        speed: metres per second.
        push: speeding up.
        brake: slowing down.
        heading: held all the way (pushed backwards, or sideways), or ``None`` to look ahead.
    """

    start_s: float
    spots: tuple[Spot, ...]
    speed: float
    push: float = 0.8
    brake: float = 0.8
    heading: float | None = None

    @property
    def length(self) -> float:
        """Of the way, metres."""
        return sum(math.dist(a, b) for a, b in zip(self.spots, self.spots[1:], strict=False))

    @property
    def top(self) -> float:
        """Highest speed that the way allows."""
        reach = math.sqrt(2 * self.length / (1 / self.push + 1 / self.brake))
        return min(self.speed, reach)

    @property
    def end_s(self) -> float:
        """When it stands again."""
        top = self.top
        ramps = top * top / 2 * (1 / self.push + 1 / self.brake)
        return self.start_s + top / self.push + top / self.brake + (self.length - ramps) / top

    def gone(self, at_s: float) -> float:
        """Metres driven by a time."""
        top, length = self.top, self.length
        since, left = at_s - self.start_s, self.end_s - at_s
        if since <= 0:
            return 0.0
        if left <= 0:
            return length
        if since < top / self.push:
            return self.push * since * since / 2
        if left < top / self.brake:
            return length - self.brake * left * left / 2
        return top * top / (2 * self.push) + top * (since - top / self.push)

    def at(self, at_s: float) -> Pose:
        """Where it is at a time; before and after, at the ends of the way."""
        rest = self.gone(at_s)
        for a, b in zip(self.spots, self.spots[1:], strict=False):
            leg = math.dist(a, b)
            if rest <= leg or b == self.spots[-1]:
                share = min(1.0, rest / leg) if leg else 1.0
                heading = self.heading
                if heading is None:
                    heading = math.atan2(b[1] - a[1], b[0] - a[0])
                return (a[0] + share * (b[0] - a[0]), a[1] + share * (b[1] - a[1]), heading)
            rest -= leg
        raise ValueError("a drive needs at least two spots")


def where(drives: Sequence[Drive], at_s: float) -> Pose:
    """Where something is that drives these ways one after the other and waits in between."""
    current = drives[0]
    for drive in drives[1:]:
        if drive.start_s <= at_s:
            current = drive
    return current.at(at_s)


def moving(drives: Sequence[Drive], at_s: float) -> bool:
    """Whether it drives at a time."""
    return any(drive.start_s < at_s < drive.end_s for drive in drives)
