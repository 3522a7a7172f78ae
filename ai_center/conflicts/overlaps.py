"""What really came too close in a day: when the protected areas of two movers overlapped.

A vehicle that stands at a stand or a facility is parked: what drives past it there is no conflict, and
nobody forecasts one. Two that stand still are no conflict either, and two vehicles only where they follow
or face each other: at junctions of roads they have their own rules.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Final

import numpy as np
from scipy.spatial import cKDTree

from ai_center.conflicts.ground import Ground, Place
from ai_center.conflicts.paths import Floats
from ai_center.conflicts.tracks import Track, gaps

STANDS_MPS: Final = 0.5
PARKED_M: Final = 4.0
"""This near to a stand's or a facility's place on the roads, a standing vehicle is parked."""
IN_LINE: Final = 0.7
"""Cosine of the courses of two vehicles that follow or face each other."""
DEEP_M: Final = 0.3
"""Areas that only touch are no conflict."""
SEEN_PARKED_M: Final = 7.0
"""The same, where places are seen with errors."""
APART_S: Final = 10
"""Overlaps of a pair with a shorter pause between are one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """Two protected areas that overlapped.

    Attributes:
        pair: names of the two, in order.
        start_s: first second with an overlap.
        end_s: second after the last.
        planted: kind of planted conflict it belongs to, or ``unplanned``.
    """

    pair: tuple[str, str]
    start_s: int
    end_s: int
    planted: str


class Parking:
    """Where vehicles are parked."""

    def __init__(self, ground: Ground | None) -> None:
        """Take the places on the roads; without a ground nobody is parked."""
        found: list[Place] = []
        if ground is not None:
            found = [
                ground.lines[ground.starting[node][0]].points[0]
                for place, node in sorted(ground.places.items())
                if place.startswith("road ") and node in ground.starting
            ]
        self._tree = cKDTree(np.array(found or [(1e9, 1e9)], np.float64))

    def parked(self, points: Floats, speed_mps: Floats, near_m: float = PARKED_M) -> np.ndarray:
        """Which of some vehicles, shape (vehicles, 2), are parked."""
        far, _ = self._tree.query(points, distance_upper_bound=near_m)
        return np.isfinite(far) & (speed_mps < STANDS_MPS)


def overlaps(tracks: Sequence[Track], ground: Ground) -> list[Overlap]:
    """Every overlap of a day, in order of time."""
    parking = Parking(ground)
    found: list[Overlap] = []
    for one, other in _near(tracks):
        start, apart = gaps(one, other)
        if len(apart):
            together = (apart < -DEEP_M) & _counts(one, other, start, len(apart), parking)
            found.extend(_spells(one, other, start, together))
    return sorted(found, key=lambda overlap: (overlap.start_s, overlap.pair))


def pair_of(one: str, other: str) -> tuple[str, str]:
    """The names of a pair in order."""
    return (one, other) if one < other else (other, one)


def _near(tracks: Sequence[Track]) -> Iterator[tuple[Track, Track]]:
    """Pairs that are ever in the same place: their boxes overlap for some minute."""
    boxes = [_boxes(track) for track in tracks]
    for (one, mine), (other, theirs) in combinations(zip(tracks, boxes, strict=True), 2):
        if one.start_s >= other.end_s or other.start_s >= one.end_s:
            continue
        if any(
            slot in theirs
            and (mine[slot][0] <= theirs[slot][1]).all()
            and (theirs[slot][0] <= mine[slot][1]).all()
            for slot in mine
        ):
            yield one, other


def _boxes(track: Track) -> dict[int, tuple[Floats, Floats]]:
    """The box about a track in each minute, grown by its protected area."""
    grow = track.mover.radius_m + track.mover.ends_m + track.mover.middle_m
    slots = (track.start_s + np.arange(len(track.points))) // 60
    found = {}
    for slot in np.unique(slots).tolist():
        part = track.points[slots == slot]
        found[slot] = (part.min(axis=0) - grow - 20, part.max(axis=0) + grow + 20)
    return found


def _counts(one: Track, other: Track, start: int, seconds: int, parking: Parking) -> np.ndarray:
    """Seconds in which somebody of the two moves and neither is parked."""
    moves, free = np.zeros(seconds, np.bool_), np.ones(seconds, np.bool_)
    for track in (one, other):
        part = track.cut(start, start + seconds)
        moves |= part.speed_mps >= STANDS_MPS
        if track.mover.kind == "vehicle":
            free &= ~parking.parked(part.points, part.speed_mps)
    if one.mover.kind == other.mover.kind == "vehicle":
        mine, theirs = (t.cut(start, start + seconds).course_deg for t in (one, other))
        free &= np.abs(np.cos(np.radians(mine - theirs))) > IN_LINE
    return moves & free


def _spells(one: Track, other: Track, start: int, together: np.ndarray) -> Iterator[Overlap]:
    seconds = np.flatnonzero(together)
    for spell in np.split(seconds, np.flatnonzero(np.diff(seconds) > APART_S) + 1):
        if not len(spell):
            continue
        same = one.planted if one.planted == other.planted else one.planted or other.planted
        yield Overlap(
            pair=pair_of(one.mover.name, other.mover.name),
            start_s=start + int(spell[0]),
            end_s=start + int(spell[-1]) + 1,
            planted=same or "unplanned",
        )
