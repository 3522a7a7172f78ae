"""Conflicts that are planted in a generated day: somebody overlooks somebody, and nobody reacts.

Kinds: ``crossing`` (a vehicle crosses a taxiway or lead-in line before an aircraft), ``head-on`` (two
vehicles in a piece with one lane), ``push-back`` (an aircraft is pushed into one that passes) and
``following`` (a vehicle or an aircraft runs up behind another). Each is tried at many offsets in time
until the two protected areas overlap; planted movers leave the day a few seconds later.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from scipy.spatial import cKDTree

from ai_center.conflicts.aircraft_trips import Trip, TripPlanner, clear, standing
from ai_center.conflicts.ground import Ground, turn_deg
from ai_center.conflicts.movers import Mover
from ai_center.conflicts.paths import STEP_M, Way, courses, sampled
from ai_center.conflicts.tracks import Track, along, chained, driven, gaps
from ai_center.conflicts.vehicle_traffic import Vehicle, habits_of

RUN_UP_M: Final = 260.0
"""A planted vehicle drives at least so far before the conflict, so that it is seen coming."""

ON_THE_LINE_M: Final = 4.0
SLOW_BEHIND: Final = (0.35, 0.55)
TRIES: Final = 60
WARNING_S: Final = 12
"""Both are in the picture at least so long before they overlap."""
LINGERS_S: Final = 4
"""Planted movers are there for so long after they met."""
SLACK_S: Final = 12
"""Other vehicles may hold a planted one up for about so long."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plants:
    """What was planted: aircraft beside those of the day, and vehicles to be driven with the others."""

    aircraft: tuple[Track, ...]
    vehicles: tuple[Vehicle, ...]


class Planter:
    """Plants conflicts in a day."""

    def __init__(
        self, ground: Ground, draw: random.Random, planner: TripPlanner, seconds: int
    ) -> None:
        """Plant in a day of so many seconds."""
        self._ground = ground
        self._draw = draw
        self._planner = planner
        self._seconds = seconds
        self._before: dict[str, list[int]] = {}
        for number, line in enumerate(ground.lines):
            self._before.setdefault(line.end, []).append(number)
        self._roads = [
            n for n, line in enumerate(ground.lines) if _drivable(line.kind, line.network)
        ]
        rows = [sampled(ground, (number,)).points for number in self._roads]
        self._road_of = np.repeat(self._roads, [len(r) for r in rows])
        self._road_points = np.concatenate(rows)
        self._tree = cKDTree(self._road_points)

    def planted(self, trips: Sequence[Trip], counts: Mapping[str, int]) -> Plants:
        """Plant so many of each kind, as far as places are found."""
        self._trips = list(trips)
        self._aircraft: list[Track] = []
        self._vehicles: list[Vehicle] = []
        self._over: list[tuple[Track, int, int]] = []
        kinds: Mapping[str, Callable[[str], bool]] = {
            "crossing": self._crossing,
            "head-on": self._head_on,
            "push-back": self._push_back,
            "following": self._following,
        }
        for kind, count in counts.items():
            done = 0
            for attempt in range(TRIES * count):
                if done == count:
                    break
                done += kinds[kind](f"{kind[:2].upper()}{attempt:03d}")
        return Plants(aircraft=tuple(self._aircraft), vehicles=tuple(self._vehicles))

    def _crossing(self, name: str) -> bool:
        places = self._crossed()
        if not places:
            return False
        track, second, place = self._draw.choice(places)
        way = self._way_through(int(self._road_of[place]))
        if way is None:
            return False
        vehicle = self._vehicle(name, way, "crossing", {track.mover.name})
        there = int(np.square(way.points - self._road_points[place]).sum(axis=1).argmin())
        needs = int(
            (driven(way, factor=vehicle.factor, speed_mps=vehicle.speed_mps) < there * STEP_M).sum()
        )
        start = track.start_s + second - needs + self._draw.randint(-4, 4)
        return self._kept(replace_start(vehicle, start), track)

    def _crossed(self) -> list[tuple[Track, int, int]]:
        """Aircraft, second of its track and row of a road, wherever one is over the other."""
        if not self._over:
            for trip in self._trips:
                middles = trip.track.circles()[0]
                found = self._tree.query(middles, distance_upper_bound=ON_THE_LINE_M)
                far, near = np.asarray(found[0]), np.asarray(found[1])
                rows = np.flatnonzero(np.isfinite(far) & (trip.track.speed_mps > 1.0))
                self._over += [(trip.track, row, int(near[row])) for row in rows.tolist()]
        return self._over

    def _head_on(self, name: str) -> bool:
        narrow = [n for n in self._roads if self._ground.lines[n].lanes == 1]
        number = self._draw.choice(narrow)
        line = self._ground.lines[number]
        back = next(n for n in narrow if self._ground.lines[n].piece == line.piece and n != number)
        there, return_way = self._way_through(number), self._way_through(back)
        if there is None or return_way is None:
            return False
        names = (f"{name}a", f"{name}b")
        one = self._vehicle(names[0], there, "head-on", {names[1], "*narrow"})
        other = self._vehicle(names[1], return_way, "head-on", {names[0], "*narrow"})
        meets = self._draw.randint(60, self._seconds - 30)
        starts = [meets - self._until(v, n) for v, n in ((one, number), (other, back))]
        one, other = replace_start(one, starts[0]), replace_start(other, starts[1])
        return self._kept(one, self._free_drive(other), beside=other)

    def _push_back(self, name: str) -> bool:
        trip = self._draw.choice(self._trips)
        nodes = {self._ground.lines[n].start: n for n in trip.lines}
        stands = [
            (place, node)
            for place, node in sorted(self._ground.places.items())
            if place.startswith("taxi stand:") and place != trip.stand
        ]
        self._draw.shuffle(stands)
        for place, _ in stands:
            size = self._planner.size(place)
            lead_in = self._lead_in(place)
            if lead_in and self._ground.lines[lead_in[-1]].end in nodes:
                mover = Mover(name=name, kind="aircraft", size=size)
                pushed = self._pushed(mover, lead_in)
                return self._try_aircraft(pushed, trip, "push-back")
        return False

    def _following(self, name: str) -> bool:
        return (
            self._aircraft_behind(name)
            if self._draw.random() < 0.35
            else self._vehicle_behind(name)
        )

    def _aircraft_behind(self, name: str) -> bool:
        slow = [trip for trip in self._trips if trip.halts and trip.arriving]
        if not slow:
            return False
        trip = self._draw.choice(slow)
        mover = Mover(name=name, kind="aircraft", size=trip.track.mover.size)
        way = sampled(self._ground, trip.lines, stops=True)
        gone = driven(way, factor=1.1, speed_mps=6.0, gain_mps2=0.4, brake_mps2=0.5)
        return self._try_aircraft(along(mover, way, gone, start_s=0), trip, "following")

    def _vehicle_behind(self, name: str) -> bool:
        way = self._way_through(self._draw.choice(self._roads))
        if way is None:
            return False
        ahead = self._vehicle(f"{name}a", way, "following", {f"{name}b"})
        ahead.factor = self._draw.uniform(*SLOW_BEHIND)
        behind = self._vehicle(f"{name}b", way, "following", {f"{name}a"})
        start = self._draw.randint(10, max(11, self._seconds - 150))
        ahead = replace_start(ahead, start)
        behind = replace_start(behind, start + self._draw.randint(14, 40))
        return self._kept(behind, self._free_drive(ahead), beside=ahead)

    def _try_aircraft(self, track: Track, trip: Trip, kind: str) -> bool:
        """Add an aircraft at the first offset at which it meets another after a fair warning."""
        track = replace(track, planted=kind)
        first = trip.track.start_s - len(track.points)
        offsets = list(range(max(1, first), min(trip.track.end_s, self._seconds - 60), 4))
        self._draw.shuffle(offsets)
        for offset in offsets:
            moved = replace(track, start_s=offset)
            meets = _meets(moved, trip.track)
            if meets is None or not self._seen_coming(moved, trip.track, meets, kind):
                continue
            others = [t.track for t in self._trips if t is not trip] + self._aircraft
            moved = moved.cut(moved.start_s, meets + LINGERS_S)
            if all(clear(moved, other, margin_m=5.0) for other in others):
                self._aircraft.append(moved)
                return True
        return False

    def _seen_coming(self, track: Track, other: Track, meets: int, kind: str) -> bool:
        speeds = track.speed_mps[meets - track.start_s], other.speed_mps[meets - other.start_s]
        if kind == "push-back" and not (speeds[0] > 0.5 and speeds[1] > 2.0):
            return False
        return meets - max(track.start_s, other.start_s) >= WARNING_S and meets < self._seconds

    def _kept(self, vehicle: Vehicle, other: Track, *, beside: Vehicle | None = None) -> bool:
        """Keep a planted vehicle if, driving freely, it meets the other after a fair warning."""
        mine = self._free_drive(vehicle)
        if min(mine.start_s, other.start_s) < 0:
            return False
        meets = _meets(mine, other)
        if meets is None or meets - max(mine.start_s, other.start_s) < WARNING_S:
            return False
        if meets > self._seconds - 5:
            return False
        vehicle.ends_s = meets + LINGERS_S + SLACK_S
        self._vehicles.append(vehicle)
        if beside is not None:
            beside.ends_s = vehicle.ends_s
            self._vehicles.append(beside)
        return True

    def _free_drive(self, vehicle: Vehicle) -> Track:
        gone = driven(vehicle.way, factor=vehicle.factor, speed_mps=vehicle.speed_mps)
        return along(vehicle.mover, vehicle.way, gone, start_s=vehicle.start_s)

    def _until(self, vehicle: Vehicle, line: int) -> int:
        """Seconds until a vehicle is in the middle of a line."""
        rows = np.flatnonzero(vehicle.way.line_at == line)
        middle = STEP_M * float(rows.mean())
        gone = driven(vehicle.way, factor=vehicle.factor, speed_mps=vehicle.speed_mps)
        return int((gone < middle).sum())

    def _vehicle(self, name: str, way: Way, kind: str, overlooks: set[str]) -> Vehicle:
        factor, brake = habits_of(self._draw)
        return Vehicle(
            mover=Mover(name=name, kind="vehicle"),
            factor=min(1.1, factor + 0.1),
            brake_mps2=brake,
            place="",
            way=way,
            course=courses(way.points),
            speed_mps=0.7 * float(way.speed_mps[0]),
            overlooks=frozenset(overlooks),
            planted=kind,
        )

    def _way_through(self, line: int) -> Way | None:
        """A way that leads through a line, with a run-up; straight on more often than not."""
        lines, length = [line], 0.0
        while length < RUN_UP_M:
            before = list(self._before.get(self._ground.lines[lines[0]].start, ()))
            before = [
                n for n in before if lines[0] in self._ground.following[n] and n in self._roads
            ]
            if not before:
                return None
            lines.insert(0, self._straightest([(n, lines[0]) for n in before])[0])
            length += self._ground.lines[lines[0]].length_m
        length = 0.0
        while length < RUN_UP_M:
            after = [n for n in self._ground.following[lines[-1]] if n in self._roads]
            if not after:
                break
            lines.append(self._straightest([(lines[-1], n) for n in after])[1])
            length += self._ground.lines[lines[-1]].length_m
        return sampled(self._ground, lines)

    def _straightest(self, pairs: Sequence[tuple[int, int]]) -> tuple[int, int]:
        lines = self._ground.lines
        weights = [1.0 / (10.0 + turn_deg(lines[a], lines[b])) for a, b in pairs]
        return self._draw.choices(list(pairs), weights)[0]

    def _lead_in(self, place: str) -> tuple[int, ...]:
        """The lines that lead from a stand to its taxilane."""
        found: list[int] = []
        node = self._ground.places[place]
        while True:
            onward = [
                n
                for n in self._ground.starting.get(node, ())
                if self._ground.lines[n].kind == "lead_in"
            ]
            onward = [n for n in onward if not found or n in self._ground.following[found[-1]]]
            if not onward:
                return tuple(found)
            found.append(onward[0])
            node = self._ground.lines[onward[0]].end

    def _pushed(self, mover: Mover, lead_in: tuple[int, ...]) -> Track:
        way = sampled(self._ground, lead_in, stops=True)
        gone = driven(way, factor=1.3 / float(way.speed_mps.max()), gain_mps2=0.2)
        pushed = along(mover, way, gone, start_s=0, tail_first=True)
        return chained([pushed, standing(pushed, 60)])


def replace_start(vehicle: Vehicle, start_s: int) -> Vehicle:
    """The vehicle, entering the day at another second."""
    vehicle.start_s = start_s
    return vehicle


def _meets(one: Track, other: Track) -> int | None:
    """First second at which two protected areas overlap."""
    start, apart = gaps(one, other)
    found = np.flatnonzero(apart < -0.5)
    return start + int(found[0]) if len(found) else None


def _drivable(kind: str, network: str) -> bool:
    return network == "road" and kind != "connector"
