"""Aircraft of a generated day: from the runway to a stand, or pushed back and out to the runway.

Trips are planned one after the other, each late enough to keep clear of those before it, as ground
control does; aircraft on stands and on runways are not in the picture.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np

from ai_center.conflicts.ground import Ground
from ai_center.conflicts.movers import Mover
from ai_center.conflicts.paths import Way, quickest, sampled
from ai_center.conflicts.tracks import Track, along, chained, driven, gaps

CLEAR_M: Final = 15.0
"""Ground control keeps protected areas this far apart."""

TRIES: Final = 20
DELAY_S: Final = 25
PUSH_MPS: Final = 1.3
UNCOUPLING_S: Final = (40, 90)
GIVES_WAY: Final = 0.25
"""Share of trips with a stop on the way, for somebody who is not in the picture."""

SIZES: Final = (("C", 0.8), ("E", 0.2))


@dataclass(frozen=True, slots=True, kw_only=True)
class Trip:
    """An aircraft's trip: its track, and the way it taxies."""

    track: Track
    lines: tuple[int, ...]
    halts: tuple[tuple[float, int], ...]
    arriving: bool
    stand: str


class TripPlanner:
    """Plans trips on a ground."""

    def __init__(self, ground: Ground, draw: random.Random, stands: Sequence[str]) -> None:
        """Plan with the stands (places of the taxiways) that flights use."""
        self._ground = ground
        self._draw = draw
        self._stands = list(stands)
        self._holds = sorted(place for place in ground.places if place.startswith("taxi hold:"))
        self._shut: dict[str, frozenset[int]] = {}
        self._ways: dict[tuple[str, str, str], tuple[int, ...]] = {}

    def planned(self, count: int, seconds: int) -> list[Trip]:
        """About so many trips within a time, clear of one another."""
        made: list[Trip] = []
        busy: set[str] = set()
        for number in range(count):
            free = [stand for stand in self._stands if stand not in busy]
            if not free:
                break
            stand = self._draw.choice(free)
            start = round(seconds * (number + self._draw.random()) / count)
            trip = self._clear(made, stand, f"B{1000 + number}", start)
            if trip is not None:
                made.append(trip)
                busy.add(stand)
        return made

    def _clear(self, others: Sequence[Trip], stand: str, name: str, start_s: int) -> Trip | None:
        trip = self._trip(stand, name)
        for attempt in range(TRIES if trip else 0):
            moved = shifted(trip, start_s + attempt * DELAY_S)  # type: ignore[arg-type]
            if all(clear(moved.track, other.track) for other in others):
                return moved
        return None

    def _trip(self, stand: str, name: str) -> Trip | None:
        arriving = self._draw.random() < 0.5
        size = self.size(stand)
        mover = Mover(name=name, kind="aircraft", size=size)
        lines = self._lines(stand, size, arriving=arriving)
        if not lines:
            return None
        factor = self._draw.uniform(0.8, 1.1)
        way = sampled(self._ground, lines if arriving else lines[self.lead_in(lines) :], stops=True)
        halts = tuple(self._halts(way))
        gone = driven(
            way, factor=factor, speed_mps=6.0 * arriving, gain_mps2=0.4, brake_mps2=0.5, halts=halts
        )
        track = along(mover, way, gone, start_s=0)
        if not arriving:
            track = chained([*self.push(mover, lines), track])
        return Trip(track=track, lines=lines, halts=halts, arriving=arriving, stand=stand)

    def push(self, mover: Mover, lines: tuple[int, ...]) -> list[Track]:
        """Backwards out of a stand, and the time until the tug is gone."""
        way = sampled(self._ground, lines[: self.lead_in(lines)], stops=True)
        gone = driven(way, factor=PUSH_MPS / float(way.speed_mps.max()), gain_mps2=0.2)
        pushed = along(mover, way, gone, start_s=0, tail_first=True)
        return [pushed, standing(pushed, self._draw.randint(*UNCOUPLING_S))]

    def lead_in(self, lines: Sequence[int]) -> int:
        """How many lines of a departure lead out of the stand."""
        kinds = [self._ground.lines[line].kind for line in lines]
        return next((n for n, kind in enumerate(kinds) if kind != "lead_in"), len(kinds))

    def size(self, stand: str) -> str:
        """A size letter that fits a stand."""
        node = self._ground.places[stand]
        code = next((line.code for line in self._ground.lines if line.start == node), "C")
        wide = code >= "E" and self._draw.random() < SIZES[1][1] * 2
        return "E" if wide else min(code, "C")

    def _lines(self, stand: str, size: str, *, arriving: bool) -> tuple[int, ...]:
        for hold in self._draw.sample(self._holds, k=min(6, len(self._holds))):
            ends = (hold, stand) if arriving else (stand, hold)
            lines = self.way(*ends, size)
            if lines and self.lead_in(lines) < len(lines):
                return lines
        return ()

    def way(self, start: str, goal: str, size: str) -> tuple[int, ...]:
        """The quickest way between two places without a runway; remembered."""
        key = (start, goal, size)
        if key not in self._ways:
            if size not in self._shut:
                self._shut[size] = frozenset(
                    number
                    for number, line in enumerate(self._ground.lines)
                    if line.network == "road" or line.kind == "runway" or line.code < size
                )
            nodes = (self._ground.places[place] for place in (start, goal))
            self._ways[key] = quickest(self._ground, *nodes, shut=self._shut[size])
        return self._ways[key]

    def _halts(self, way: Way) -> Iterator[tuple[float, int]]:
        if self._draw.random() < GIVES_WAY and way.length_m > 300:
            yield self._draw.uniform(120, way.length_m - 120), self._draw.randint(15, 60)


def standing(track: Track, seconds: int) -> Track:
    """Where a track ends, for some seconds."""
    return Track(
        mover=track.mover,
        start_s=track.end_s,
        points=np.repeat(track.points[-1:], seconds, axis=0),
        speed_mps=np.zeros(seconds),
        course_deg=np.repeat(track.heading_deg[-1:], seconds),
        heading_deg=np.repeat(track.heading_deg[-1:], seconds),
    )


def shifted(trip: Trip, start_s: int) -> Trip:
    """The same trip at another time."""
    return replace(trip, track=replace(trip.track, start_s=start_s))


def clear(one: Track, other: Track, margin_m: float = CLEAR_M) -> bool:
    """Whether two tracks never come closer than the margin."""
    _, apart = gaps(one, other)
    return not len(apart) or float(apart.min()) > margin_m
