"""Pieces of road with one lane, and how far away the next one is."""

from __future__ import annotations

from typing import Final

import numpy as np

from ai_center.conflicts.ground import Ground
from ai_center.conflicts.matching import Matched
from ai_center.conflicts.paths import Floats

NEAR_M: Final = 150.0
"""A piece farther ahead is not looked for."""


class Narrow:
    """Knows where the ground has one lane."""

    def __init__(self, ground: Ground) -> None:
        """Look at the roads."""
        self._length = np.array([line.length_m for line in ground.lines])
        self._inside = np.array(
            [line.network == "road" and line.lanes == 1 for line in ground.lines], np.bool_
        )
        self._beyond = self._nearest(ground)

    def ahead_m(self, matched: Matched) -> Floats:
        """Metres from each mover to the entrance of a piece; see ``OnTheGround.narrow_m``."""
        line = np.maximum(matched.line, 0)
        ahead = self._length[line] - matched.along_m + self._beyond[line]
        ahead = np.where(self._inside[line], -1.0, ahead)
        return np.where((matched.line >= 0) & (ahead < NEAR_M), ahead, np.nan)

    def _nearest(self, ground: Ground) -> Floats:
        """Metres from the end of each line to the nearest entrance on what follows."""
        found = np.full(len(ground.lines), np.inf)
        for _ in range(8):  # lines of 20 m and more: farther than anybody looks
            before = found.copy()
            for number, following in enumerate(ground.following):
                for after in following:
                    far = 0.0 if self._inside[after] else self._length[after] + before[after]
                    found[number] = min(found[number], far)
            if (found == before).all():
                break
        return found
