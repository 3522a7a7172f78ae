"""What one zone remembers of the last minutes, for what is only understood afterwards.

Somebody who is seen standing when a lorry drives away came before the lorry; somebody who is gone was, as
a rule, seen driving away.
"""

from __future__ import annotations

import math
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Final

from ai_center.vision.detecting import Sighting, alike, cover
from ai_center.vision.frames import Box
from ai_center.vision.zones import Zone

BACK_S: Final = 330.0
"""How far back a coming may be dated behind what hid it."""

COVERED: Final = 0.4
MARGIN_PX: Final = 4.0
"""A place was hidden while nearer things covered this share of it."""

GAP: Final = 1
"""Frames in a row that may break a hiding."""

NEARLY_S: Final = 12.0
"""From how long before a hiding a newcomer is looked for."""

WAY_S: Final = 24.0
"""How long after it set off somebody is looked for on its way out."""

AROUND_M: Final = 9.0
"""How far round its zone."""

MOVED: Final = 0.35
KNOWN_S: Final = 40.0
ALIKE: Final = 0.5
NEW_PX: Final = 12.0
"""On its way: not even so much overlap with its place, and nobody seen before within this of there."""


class Recalled:
    """The last frames, as far as they matter to one zone."""

    def __init__(self, zone: Zone) -> None:
        """Nothing has been seen yet."""
        self._zone = zone
        self._frames: deque[tuple[float, Sequence[Sighting]]] = deque()

    def keep(self, at_s: float, seen: Sequence[Sighting]) -> None:
        """Remember a frame and forget the oldest."""
        self._frames.append((at_s, seen))
        while at_s - self._frames[0][0] > BACK_S:
            self._frames.popleft()

    def came(self, box: Box, first_s: float) -> float:
        """When somebody came who stands in this box and was first seen there at this moment.

        If something nearer hid the place just before, and one of its kind was seen driving into the
        zone shortly before or while it was hidden, it has stood there since then. Where nobody was
        seen, the middle of the hiding errs least.
        """
        zone, hidden_s, gap = self._zone, first_s, 0
        for at_s, seen in reversed(self._frames):
            if at_s >= first_s:
                continue
            if cover(box, seen, margin_px=MARGIN_PX) >= COVERED:
                hidden_s, gap = at_s, 0
            elif (gap := gap + 1) > GAP:
                break
        if hidden_s == first_s:
            return first_s
        arrivals = [
            at_s
            for at_s, seen in self._frames
            if hidden_s - NEARLY_S <= at_s < first_s
            and any(
                one.kind == zone.kind and one.score >= zone.least and zone.holds(one.place)
                for one in seen
            )
        ]
        if arrivals:
            return max(arrivals)
        seen_before = self._frames[0][0] < hidden_s - 1
        return (hidden_s + first_s) / 2 if seen_before else first_s

    def way_out(self, box: Box, left_s: float, least: float) -> float | None:
        """When one of the zone's kind was first seen driving away from a place.

        Args:
            box: where it stood, pixels.
            left_s: not before this moment.
            least: score that it must have.
        """
        return min(self._moving(box, (left_s, math.inf), least, before=True), default=None)

    def way_in(self, box: Box, came_s: float, least: float) -> bool:
        """Whether one of the zone's kind was seen to drive up to a place, likewise."""
        ways = self._moving(box, (came_s - WAY_S, came_s), least, before=False)
        return next(ways, None) is not None

    def _moving(
        self, box: Box, during: tuple[float, float], least: float, *, before: bool
    ) -> Iterator[float]:
        """Moments in which one was seen near its place where none was seen before, or after."""
        for at_s, one in self._own(during):
            if one.score < least or alike(one.box, box, MOVED):
                continue
            if not self._beside(one.place):
                continue
            beside = (at_s - WAY_S, at_s - 1) if before else (at_s + 1, at_s + WAY_S)
            if all(math.dist(one.foot, other.foot) > NEW_PX for _, other in self._own(beside)):
                yield at_s

    def _beside(self, place: tuple[float, float]) -> bool:
        """Whether a place is in the zone or where one drives to it."""
        (left, right), (low, high) = self._zone.x, self._zone.y
        x, y = place
        return left - AROUND_M <= x <= right + AROUND_M and low - AROUND_M <= y <= high + AROUND_M

    def _own(self, during: tuple[float, float]) -> Iterator[tuple[float, Sighting]]:
        """Sightings of the zone's kind between two moments, the last first."""
        for at_s, seen in reversed(self._frames):
            if at_s < during[0]:
                return
            if at_s <= during[1]:
                yield from ((at_s, one) for one in seen if one.kind == self._zone.kind)

    def known(self, box: Box, first_s: float, least: float) -> float:
        """Share of the frames before a moment in which one of its kind was seen in this box."""
        before = [
            any(
                one.kind == self._zone.kind and one.score >= least and alike(one.box, box, ALIKE)
                for one in seen
            )
            for at_s, seen in self._frames
            if first_s - KNOWN_S <= at_s < first_s - 1
        ]
        return sum(before) / max(1, len(before))
