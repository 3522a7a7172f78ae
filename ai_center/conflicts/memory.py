"""What is remembered of movers from picture to picture: a few speeds, and the line they were on."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

import numpy as np

from ai_center.conflicts.movers import Picture
from ai_center.conflicts.paths import Floats, Ints

KEPT_S: Final = 3.0
"""Speeds and courses are looked at over so many seconds."""
FORGOTTEN_S: Final = 30.0
"""A mover that was not seen for so long is a new one."""


@dataclass(slots=True)
class Remembered:
    """One mover."""

    line: int = -1
    seconds: list[float] = field(default_factory=list)
    speeds: list[float] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """What memory adds to a picture, one row per mover.

    Attributes:
        speed_mps: smoothed over the last seconds.
        gain_mps2: acceleration over the last seconds; 0 for a new mover.
        line: line a moment ago; -1 where unknown.
    """

    speed_mps: Floats
    gain_mps2: Floats
    line: Ints

    def rows(self, chosen: Ints) -> Motion:
        """Of some of the movers."""
        return Motion(
            speed_mps=self.speed_mps[chosen],
            gain_mps2=self.gain_mps2[chosen],
            line=self.line[chosen],
        )


class Memory:
    """Remembers movers; pictures are given in order of time."""

    def __init__(self) -> None:
        """Know nobody."""
        self._known: dict[str, Remembered] = {}

    def motion(self, picture: Picture) -> Motion:
        """Take a picture in and say how its movers move."""
        count = len(picture)
        speed, gain, line = np.empty(count), np.zeros(count), np.empty(count, np.int64)
        for row, mover in enumerate(picture.movers):
            known = self._known.setdefault(mover.name, Remembered())
            if known.seconds and picture.second - known.seconds[-1] > FORGOTTEN_S:
                known = self._known[mover.name] = Remembered()
            known.seconds.append(picture.second)
            known.speeds.append(float(picture.speed_mps[row]))
            while picture.second - known.seconds[0] > KEPT_S:
                del known.seconds[0], known.speeds[0]
            recent = known.speeds[-2:]
            speed[row] = sum(recent) / len(recent) if known.speeds[-1] > 0.3 else known.speeds[-1]
            past_s = known.seconds[-1] - known.seconds[0]
            if past_s >= 1.0:
                gain[row] = (known.speeds[-1] - known.speeds[0]) / past_s
            line[row] = known.line
        return Motion(speed_mps=speed, gain_mps2=gain, line=line)

    def on_lines(self, picture: Picture, lines: Ints) -> None:
        """Remember which line each mover is on."""
        for mover, line in zip(picture.movers, lines.tolist(), strict=True):
            if line >= 0:
                self._known[mover.name].line = line
