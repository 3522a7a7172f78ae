"""Whether something stands in one zone: comes, is believed in, is hidden, leaves.

    away ──seen standing for settle_s──► there ──not seen there for leave_s──► away

The moment of coming is the first at which it stood where it then stayed; the moment of leaving is the
last at which it was still there. While something nearer hides the place, nobody is taken to have left.
Frames must come in order of time; one that is not later than the last is not looked at again, so a frame
that is given twice changes nothing.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final, Literal

from ai_center.vision.detecting import Sighting, hidden
from ai_center.vision.frames import Box
from ai_center.vision.zones import Zone

CLEAR: Final = 0.8
"""A newcomer's sightings have at least this share of the score that it must have on average."""

SHARE: Final = 0.7
"""Of the frames since it stands in which a newcomer must be seen."""

HIDES: Final = 0.5
"""Share of a place that something nearer must cover to hide it."""

MARGIN_PX: Final = 4.0
PATIENCE_S: Final = 8.0
"""A newcomer not seen for this long is forgotten."""

FIRM: Final = 0.6
"""Moments are taken from sightings within this many ``still_px``."""

BEFORE_S: Final = (8.0, 40.0)
"""Before it was last seen near: from when to when it surely stood still."""

LEAST_BEFORE: Final = 3
FOLLOWS: Final = 0.05
TRACK: Final = 60
"""Sightings of a newcomer that are remembered."""

ASTRAY: Final = 1
"""Sightings in a row that may be off without meaning that it moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Somebody came or left.

    Attributes:
        zone: where.
        way: ``comes`` or ``goes``.
        at_s: the moment itself.
        told_s: when it was known.
        confidence: 0..1, from the scores and how steadily it was seen.
    """

    zone: Zone
    way: Literal["comes", "goes"]
    at_s: float
    told_s: float
    confidence: float


class Dwelling:
    """The machine of one zone."""

    def __init__(self, zone: Zone) -> None:
        """Nobody is there."""
        self.zone = zone
        self._last_s = -math.inf
        self._track: list[_Seen] = []
        self._looked: list[float] = []
        self._standing: _Standing | None = None

    @property
    def there(self) -> bool:
        """Whether somebody stands in it."""
        return self._standing is not None

    def reset(self) -> None:
        """Nobody is there any more, and nothing is told."""
        self._track, self._looked, self._standing = [], [], None

    def look(self, at_s: float, seen: Sequence[Sighting]) -> Change | None:
        """Take one frame; gives a change when one becomes known.

        Args:
            at_s: of the frame.
            seen: everything in it.
        """
        if at_s <= self._last_s:
            return None
        step, self._last_s = at_s - self._last_s, at_s
        zone = self.zone
        own = [
            one
            for one in seen
            if one.kind == zone.kind and one.score >= zone.least / 2 and zone.holds(one.place)
        ]
        if self._standing is None:
            return self._arrive(at_s, own)
        return self._stay(self._standing, at_s, own, seen, step)

    @property
    def sureness(self) -> float:
        """Confidence in whoever stands in it, 0..1; 0 when nobody does."""
        return 0.0 if self._standing is None else self._standing.sure

    def closed(self, left_s: float, told_s: float) -> Change | None:
        """Whoever still stands there leaves now, with half the confidence.

        Args:
            left_s: at the latest.
            told_s: when this is known.
        """
        one = self._standing
        if one is None:
            return None
        return self._gone(one, max(one.came_s, min(one.near_s, left_s)), told_s, 0.5)

    def _arrive(self, at_s: float, own: Sequence[Sighting]) -> Change | None:
        zone = self.zone
        self._looked = [t for t in self._looked if at_s - t <= 4 * zone.settle_s] + [at_s]
        clear = [one for one in own if one.score >= CLEAR * zone.least]
        near = _nearest(clear, self._track[-1].foot) if self._track else _surest(clear)
        if near is None:
            if self._track and at_s - self._track[-1].at_s > PATIENCE_S:
                self._track = []
            return None
        self._track = [*self._track[-TRACK:], _Seen(at_s=at_s, one=near)]
        middle = _middle([one for one in self._track if at_s - one.at_s <= zone.settle_s])
        stood = _standing_since(self._track, middle, zone.still_px)
        if not stood or at_s - stood[0].at_s < zone.settle_s:
            return None
        share = len(stood) / sum(t >= stood[0].at_s for t in self._looked)
        score = sum(one.one.score for one in stood) / len(stood)
        if share < SHARE or score < zone.least:
            return None
        close = [one for one in stood if math.dist(one.foot, middle) <= FIRM * zone.still_px]
        sure = score * min(1.0, share)
        first = (close or stood)[0].at_s
        self._standing = _Standing(
            place=middle, box=near.box, came_s=first, near_s=at_s, sure=sure, track=self._track
        )
        self._track, self._looked = [], []
        return Change(zone=zone, way="comes", at_s=first, told_s=at_s, confidence=sure)

    def _stay(
        self,
        one: _Standing,
        at_s: float,
        own: Sequence[Sighting],
        seen: Sequence[Sighting],
        step: float,
    ) -> Change | None:
        zone = self.zone
        near = _nearest(own, one.place)
        if near is not None:
            one.track = [*one.track[-TRACK:], _Seen(at_s=at_s, one=near)]
        if near is not None and math.dist(near.foot, one.place) <= zone.away_px:
            one.seen(at_s, near)
            return None
        if near is None and hidden(one.box, seen, share=HIDES, margin_px=MARGIN_PX):
            one.covered_s += step
            return None
        # Only frames in which it could have been seen speak for its having left.
        one.missed_s += step
        if one.missed_s < zone.leave_s:
            return None
        # Behind something nearer it may have left at any time: the middle errs least.
        left = _set_off(one, FIRM * zone.still_px) + one.covered_s / 2
        return self._gone(one, left, at_s, 1.0 if one.covered_s == 0 else 0.6)

    def _gone(self, one: _Standing, left_s: float, at_s: float, doubt: float) -> Change:
        self.reset()
        return Change(
            zone=self.zone, way="goes", at_s=left_s, told_s=at_s, confidence=one.sure * doubt
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seen:
    at_s: float
    one: Sighting

    @property
    def foot(self) -> tuple[float, float]:
        return self.one.foot


@dataclass(slots=True, kw_only=True)
class _Standing:
    """Somebody who stands: where, and since when what is wrong."""

    place: tuple[float, float]
    box: Box
    came_s: float
    near_s: float
    sure: float
    track: list[_Seen]
    missed_s: float = 0.0
    covered_s: float = 0.0

    def seen(self, at_s: float, near: Sighting) -> None:
        """It was seen where it stands; its place follows slowly."""
        self.missed_s = self.covered_s = 0.0
        self.near_s, self.box = at_s, near.box
        u, v = (p + FOLLOWS * (f - p) for p, f in zip(self.place, near.foot, strict=True))
        self.place = (u, v)


def _set_off(one: _Standing, firm_px: float) -> float:
    """When somebody who is gone set off: last at where it had stood in the half minute before."""
    near = [seen for seen in one.track if seen.at_s <= one.near_s]
    before = [seen for seen in near if BEFORE_S[0] <= one.near_s - seen.at_s <= BEFORE_S[1]]
    if len(before) < LEAST_BEFORE:
        return one.near_s
    base = _middle(before)
    firm = [seen.at_s for seen in near if math.dist(seen.foot, base) <= firm_px]
    return max(one.came_s, max(firm, default=one.near_s))


def _surest(own: Sequence[Sighting]) -> Sighting | None:
    return max(own, key=lambda one: one.score, default=None)


def _nearest(own: Sequence[Sighting], place: tuple[float, float]) -> Sighting | None:
    return min(own, key=lambda one: math.dist(one.foot, place), default=None)


def _middle(track: Sequence[_Seen]) -> tuple[float, float]:
    return median(one.foot[0] for one in track), median(one.foot[1] for one in track)


def _standing_since(
    track: Sequence[_Seen], middle: tuple[float, float], still_px: float
) -> list[_Seen]:
    """The last run of the track near a place; single ones astray do not break it."""
    found: list[_Seen] = []
    astray = 0
    for one in reversed(track):
        if math.dist(one.foot, middle) <= still_px:
            found.append(one)
            astray = 0
        else:
            astray += 1
            if astray > ASTRAY:
                break
    return found[::-1]
