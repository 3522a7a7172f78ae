"""Vehicles of a generated day, driven second by second on the roads.

Every vehicle goes from stand to stand with calls at facilities. Its driver keeps to the limits, keeps
a distance, lets whoever is already on its way go first, waits before a piece with one lane while
somebody comes the other way, and stops before the ground that an aircraft will be on within the next
seconds. How gently each brakes is drawn. Drivers of planted conflicts overlook one of these.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

import numpy as np
from scipy.spatial import cKDTree

from ai_center.conflicts.ground import Ground
from ai_center.conflicts.movers import Mover
from ai_center.conflicts.paths import STEP_M, Floats, Way, courses, quickest, sampled, spot
from ai_center.conflicts.tracks import Track

LOOKS_M: Final = 70.0
"""As far ahead as a driver looks along the own way."""
NEAR_M: Final = 260.0
"""An aircraft farther away is not looked at."""
LOOKS_S: Final = 18
"""As far ahead as a driver foresees an aircraft."""
STOPS_SHORT_M: Final = 9.0
"""Left between a stopped vehicle and the ground of an aircraft."""
IN_THE_WAY_M: Final = 3.3
"""Another vehicle this near to the own way blocks it."""
FOLLOWS_M: Final = 9.0
"""Kept to the middle of the vehicle ahead, standing."""
GIVES_WAY_M: Final = 3.0
"""Left beside that to whoever has the right of way."""
FORESEES_S: Final = (1.0, 2.0, 3.0, 4.0, 5.5, 7.0)
"""When a driver foresees where others will be."""
MERGING_ROWS: Final = 14
"""Of the own way, looked at for those who have the right of way."""
BESIDE_M: Final = 1.5
COMMITTED_M: Final = 8.0
BEFORE_NARROW_M: Final = 16.0
GIVES_UP_S: Final = 150
"""A vehicle that cannot go on for so long is taken out of the day."""
STOP_S: Final = (40, 260)
FACILITY_SHARE: Final = 0.25


@dataclass(slots=True, kw_only=True)
class Vehicle:
    """A vehicle on its way, or standing until a time.

    Attributes:
        factor: of the limits that its driver drives.
        brake_mps2: at which its driver slows down for what is seen ahead.
        overlooks: names of movers it does not look out for; ``*narrow`` for the rule of one lane.
    """

    mover: Mover
    factor: float
    brake_mps2: float
    place: str
    way: Way
    course: Floats
    gone_m: float = 0.0
    speed_mps: float = 0.0
    until_s: int = 0
    blocked_s: int = 0
    parked: bool = False
    start_s: int = 0
    ends_s: int = 10**9
    overlooks: frozenset[str] = frozenset()
    planted: str = ""
    over: bool = False
    rows: list[tuple[float, float, float, float]] = field(default_factory=list)

    @property
    def row(self) -> int:
        """Of the way that it is at."""
        return min(int(self.gone_m / STEP_M + 0.5), len(self.way.points) - 1)

    def point(self, ahead_m: float = 0.0) -> Floats:
        """Where it is, or will be so much farther."""
        return spot(self.way.points, self.gone_m + ahead_m)

    def track(self) -> Track:
        """Its track, when it is done."""
        rows = np.array(self.rows, np.float64).reshape(-1, 4)
        return Track(
            mover=self.mover,
            start_s=self.start_s,
            points=rows[:, :2],
            speed_mps=rows[:, 2],
            course_deg=rows[:, 3],
            heading_deg=rows[:, 3],
            planted=self.planted,
        )


class VehicleTraffic:
    """Drives vehicles among the tracks of aircraft."""

    def __init__(self, ground: Ground, draw: random.Random, aircraft: Sequence[Track]) -> None:
        """Drive on the roads of a ground."""
        self._ground = ground
        self._draw = draw
        self._aircraft = _Foreseen(aircraft)
        self._ways: dict[tuple[str, str], Way | None] = {}
        self._narrow: dict[frozenset[str], set[tuple[str, str]]] = {}

    def driven(
        self, vehicles: Sequence[Vehicle], goals: Sequence[str], seconds: int
    ) -> list[Track]:
        """Drive for so many seconds and give every vehicle's track."""
        self._goals = list(goals)
        for second in range(seconds):
            there = [v for v in vehicles if v.start_s <= second < v.ends_s and not v.over]
            self._set_out([v for v in there if v.until_s <= second], second)
            moving = [v for v in there if not v.parked and not v.over]
            self._move(moving, there, second)
            for vehicle in there:
                x, y = vehicle.point()
                course = float(vehicle.course[vehicle.row])
                vehicle.rows.append((float(x), float(y), vehicle.speed_mps, course))
        return [vehicle.track() for vehicle in vehicles if len(vehicle.rows) > 1]

    def way(self, start: str, goal: str) -> Way | None:
        """The quickest drive between two places, sampled; remembered."""
        if (start, goal) not in self._ways:
            nodes = (self._ground.places[place] for place in (start, goal))
            lines = quickest(self._ground, *nodes)
            self._ways[start, goal] = sampled(self._ground, lines, stops=True) if lines else None
        return self._ways[start, goal]

    def _set_out(self, moving: Iterable[Vehicle], second: int) -> None:
        for vehicle in moving:
            if vehicle.gone_m < vehicle.way.length_m - 0.3:
                continue
            vehicle.speed_mps = 0.0
            if vehicle.planted:
                vehicle.over = True
                continue
            if not vehicle.parked:
                vehicle.until_s = second + self._draw.randint(*STOP_S)
                vehicle.parked = True
                continue
            self._next(vehicle, second)

    def _next(self, vehicle: Vehicle, second: int) -> None:
        goal = self._draw.choice(self._goals)
        way = None if goal == vehicle.place else self.way(vehicle.place, goal)
        if way is None:
            vehicle.until_s = second + 20
            return
        vehicle.place, vehicle.way, vehicle.gone_m = goal, way, 0.0
        vehicle.course = courses(way.points)
        vehicle.blocked_s = 0
        vehicle.parked = False

    def _move(self, moving: Sequence[Vehicle], there: Sequence[Vehicle], second: int) -> None:
        if not moving:
            return
        blockers = _Blockers(there)
        for vehicle in moving:
            limit = vehicle.factor * float(spot(vehicle.way.speed_mps, vehicle.gone_m))
            room = min(
                blockers.room_m(vehicle),
                self._aircraft.room_m(vehicle, second),
                self._narrow_room_m(vehicle),
            )
            wanted = min(limit, (2 * vehicle.brake_mps2 * max(room, 0.0)) ** 0.5)
            speed = max(min(wanted, vehicle.speed_mps + 0.8), vehicle.speed_mps - 3.0, 0.0)
            if room < 0.3:
                speed = min(speed, max(0.0, vehicle.speed_mps - 3.0))
            elif speed < 0.3:
                speed = min(0.3, room)
            vehicle.speed_mps = min(speed, vehicle.way.length_m - vehicle.gone_m)
            vehicle.gone_m += vehicle.speed_mps
            vehicle.blocked_s = vehicle.blocked_s + 1 if vehicle.speed_mps < 0.2 else 0
            if vehicle.blocked_s > GIVES_UP_S:
                vehicle.over = True
            self._enter(vehicle)

    def _narrow_room_m(self, vehicle: Vehicle) -> float:
        """Room before a piece with one lane that somebody comes through from the other end."""
        if "*narrow" in vehicle.overlooks:
            return LOOKS_M
        ahead = vehicle.way.line_at[vehicle.row : vehicle.row + int(LOOKS_M / STEP_M)]
        for step in np.flatnonzero(np.diff(ahead, prepend=-1)):
            line = self._ground.lines[int(ahead[step])]
            if line.lanes > 1 or line.kind == "connector" or step == 0:
                continue
            others = self._narrow.get(line.piece, set())
            if any(start != line.start for _, start in others):
                return float(STEP_M * step - BEFORE_NARROW_M)
        return LOOKS_M

    def _enter(self, vehicle: Vehicle) -> None:
        """Note who is in, or about to enter, a piece with one lane."""
        near = vehicle.way.line_at[vehicle.row : vehicle.row + int(BEFORE_NARROW_M / STEP_M)]
        lines = {int(number) for number in near}
        pieces = {
            self._ground.lines[n].piece: self._ground.lines[n].start
            for n in lines
            if self._ground.lines[n].lanes == 1 and self._ground.lines[n].kind != "connector"
        }
        for piece, inside in self._narrow.items():
            if piece not in pieces:
                inside.difference_update({e for e in inside if e[0] == vehicle.mover.name})
        for piece, start in pieces.items():
            self._narrow.setdefault(piece, set()).add((vehicle.mover.name, start))


class _Blockers:
    """Vehicles in one another's way at one second."""

    def __init__(self, there: Sequence[Vehicle]) -> None:
        self._there = [vehicle for vehicle in there if not vehicle.parked]
        points = [vehicle.point() for vehicle in self._there]
        soon = [
            vehicle.point(vehicle.speed_mps * ahead_s)
            for ahead_s in FORESEES_S
            for vehicle in self._there
        ]
        self._now = cKDTree(np.array(points).reshape(-1, 2))
        self._soon = cKDTree(np.array(soon).reshape(-1, 2))
        self._number = {vehicle.mover.name: n for n, vehicle in enumerate(self._there)}
        self._turning = [_turns(vehicle) for vehicle in self._there]

    def room_m(self, vehicle: Vehicle) -> float:
        """Free metres on a vehicle's way, as far as it looks."""
        own = self._number[vehicle.mover.name]
        reach = min(LOOKS_M, 22.0 + vehicle.speed_mps**2 / (2 * vehicle.brake_mps2))
        rows = vehicle.way.points[vehicle.row + 1 : vehicle.row + 1 + int(reach / STEP_M)]
        if not len(rows):
            return LOOKS_M
        room = LOOKS_M
        for step, near in enumerate(_near(self._now, rows)):
            if any(self._blocks(vehicle, own, number, step) for number in near if number != own):
                room = STEP_M * (step + 1) - FOLLOWS_M
                break
        return min(room, self._merging_m(vehicle, own, rows[:MERGING_ROWS]))

    def _merging_m(self, vehicle: Vehicle, own: int, rows: Floats) -> float:
        """Room before the place where somebody with the right of way will be soon."""
        for step, near in enumerate(_near(self._soon, rows)):
            if step * STEP_M < COMMITTED_M:
                continue  # whoever is as far as this drives on
            for place in near:
                number = place % len(self._there)
                other = self._there[number]
                if number == own or other.mover.name in vehicle.overlooks:
                    continue
                if 30 < _apart_deg(vehicle, other, step + 1) < 150 and self._first(number, own):
                    return float(STEP_M * step - FOLLOWS_M - GIVES_WAY_M)
        return LOOKS_M

    def _first(self, number: int, own: int) -> bool:
        """Whether a vehicle goes before another: straight before turning, then in order."""
        if self._there[number].speed_mps < 0.5:
            return False
        if self._turning[number] != self._turning[own]:
            return self._turning[own]
        return number < own

    def _blocks(self, vehicle: Vehicle, own: int, number: int, step: int) -> bool:
        other = self._there[number]
        if other.mover.name in vehicle.overlooks:
            return False
        turn = _apart_deg(vehicle, other)
        ahead_m = _ahead_m(vehicle, other)
        if turn < 60 and ahead_m < BESIDE_M:
            return ahead_m > -BESIDE_M and own > number  # beside each other: the first goes on
        if turn > 60 and other.speed_mps < 0.2 and vehicle.speed_mps < 0.2:
            return own > number  # each may stand in the other's way: the first goes on
        return True


def _ahead_m(vehicle: Vehicle, other: Vehicle) -> float:
    """How far another is ahead, along a vehicle's course."""
    course = np.radians(vehicle.course[vehicle.row])
    gap = other.point() - vehicle.point()
    return float(gap[0] * np.sin(course) + gap[1] * np.cos(course))


def _near(tree: cKDTree, rows: Floats) -> list[list[int]]:
    """Numbers of what is in the way of each row."""
    found: list[list[int]] = list(np.asarray(tree.query_ball_point(rows, IN_THE_WAY_M), object))
    return found


def _turns(vehicle: Vehicle) -> bool:
    """Whether a vehicle is about to turn."""
    row = vehicle.row
    ahead = vehicle.course[row : row + MERGING_ROWS]
    gap = np.abs(np.mod(ahead - vehicle.course[row] + 180.0, 360.0) - 180.0)
    return bool(gap.max() > 40)


def _apart_deg(one: Vehicle, other: Vehicle, rows_on: int = 0) -> float:
    """Angle between two courses, that of the first some rows on along its way."""
    row = min(one.row + rows_on, len(one.course) - 1)
    gap = float(one.course[row] - other.course[other.row])
    return abs((gap + 180.0) % 360.0 - 180.0)


class _Foreseen:
    """Where aircraft will be within the next seconds."""

    def __init__(self, tracks: Sequence[Track]) -> None:
        self._tracks = tracks
        self._middles = [track.circles()[0] for track in tracks]

    def room_m(self, vehicle: Vehicle, second: int) -> float:
        """Free metres on a vehicle's way before the ground of an aircraft."""
        room = LOOKS_M
        here = vehicle.point()
        for track, middles in zip(self._tracks, self._middles, strict=True):
            if not track.start_s <= second < track.end_s or track.mover.name in vehicle.overlooks:
                continue
            now = second - track.start_s
            if np.abs(middles[now] - here).max() > NEAR_M:
                continue
            room = min(room, self._room_m(vehicle, track, middles[now : now + LOOKS_S]))
        return room

    @staticmethod
    def _room_m(vehicle: Vehicle, track: Track, middles: Floats) -> float:
        rows = vehicle.way.points[vehicle.row : vehicle.row + int(LOOKS_M / STEP_M)]
        apart = rows[:, None] - middles[None]
        keep = track.mover.radius_m + vehicle.mover.radius_m + vehicle.mover.ends_m
        inside = (np.square(apart).sum(axis=2) < keep**2).any(axis=1)
        if not inside.any() or inside[0]:
            return LOOKS_M  # whoever is already there clears the ground
        return float(STEP_M * int(inside.argmax()) - STOPS_SHORT_M)


def habits_of(draw: random.Random) -> tuple[float, float]:
    """How a driver drives: share of the limits, and how gently the driver brakes, m/s2."""
    return draw.uniform(0.75, 1.1), min(0.9, max(0.4, draw.gauss(0.6, 0.1)))
