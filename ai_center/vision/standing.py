"""Somebody who stands in a zone, and what its sightings say of when it set off."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median
from typing import Final

from ai_center.vision.detecting import Sighting
from ai_center.vision.frames import Box

BEFORE_S: Final = (8.0, 40.0)
"""Before it was last seen near: from when to when it surely stood still."""

LEAST_BEFORE: Final = 3
FOLLOWS: Final = 0.05

ASTRAY: Final = 1
"""Sightings in a row that may be off without meaning that it moved."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One of the kind, in one frame."""

    at_s: float
    one: Sighting

    @property
    def foot(self) -> tuple[float, float]:
        """Middle of the box's lower edge, pixels."""
        return self.one.foot


@dataclass(slots=True, kw_only=True)
class Standing:
    """Somebody who stands.

    Attributes:
        place: of its foot, pixels.
        box: as last seen.
        came_s: when it came.
        near_s: when it was last seen at its place.
        sure: confidence in it.
        level: score that it usually has.
        track: its sightings.
        missed_s: seconds since, in which it could have been seen.
        covered_s: seconds since, in which its place was hidden.
        unsure_s: those of them in which it may still have stood there.
    """

    place: tuple[float, float]
    box: Box
    came_s: float
    near_s: float
    sure: float
    level: float
    track: list[Seen]
    missed_s: float = 0.0
    covered_s: float = 0.0
    unsure_s: float = 0.0

    def seen(self, at_s: float, near: Sighting, *, clear: bool) -> None:
        """It was seen where it stands; its place and its usual score follow slowly."""
        self.missed_s = self.covered_s = self.unsure_s = 0.0
        self.near_s, self.box = at_s, near.box
        u, v = (p + FOLLOWS * (f - p) for p, f in zip(self.place, near.foot, strict=True))
        self.place = (u, v)
        if clear:
            self.level += FOLLOWS * (near.score - self.level)


def set_off(one: Standing, firm_px: float) -> float:
    """When somebody who is gone set off: last at where it had stood in the half minute before."""
    near = [seen for seen in one.track if seen.at_s <= one.near_s]
    before = [seen for seen in near if BEFORE_S[0] <= one.near_s - seen.at_s <= BEFORE_S[1]]
    if len(before) < LEAST_BEFORE:
        return one.near_s
    base = middle(before)
    firm = [seen.at_s for seen in near if math.dist(seen.foot, base) <= firm_px]
    return max(one.came_s, max(firm, default=one.near_s))


def surest(own: Sequence[Sighting]) -> Sighting | None:
    """The one with the best score."""
    return max(own, key=lambda one: one.score, default=None)


def nearest(own: Sequence[Sighting], place: tuple[float, float]) -> Sighting | None:
    """The one whose foot is nearest to a place in the picture."""
    return min(own, key=lambda one: math.dist(one.foot, place), default=None)


def middle(track: Sequence[Seen]) -> tuple[float, float]:
    """Median of the feet, pixels."""
    return median(one.foot[0] for one in track), median(one.foot[1] for one in track)


def standing_since(
    track: Sequence[Seen], middle: tuple[float, float], still_px: float
) -> list[Seen]:
    """The last run of the track near a place; single ones astray do not break it."""
    found: list[Seen] = []
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
