"""Generated days on an apron: aircraft and vehicles on the graphs of an airport, conflicts planted.

Not measured anywhere. Aircraft come and go at about 46 movements an hour with ground control keeping
them apart; vehicles drive by the rules (see ``aircraft_trips`` and ``vehicle_traffic``). Six pieces of
road have one lane for the day, as works leave them. What is seen of a mover differs from where it is:
an error that wanders (1.5 m for aircraft, 1.2 m for vehicles), 0.2 m/s and 2 degrees of noise, and
one report in a hundred missing. The same seed gives the same day.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final

import numpy as np

from ai_center.conflicts.aircraft_trips import TripPlanner
from ai_center.conflicts.ground import Ground, joined, narrowed
from ai_center.conflicts.movers import Mover, Picture
from ai_center.conflicts.overlaps import Overlap, overlaps
from ai_center.conflicts.paths import Floats, courses
from ai_center.conflicts.planted import Planter
from ai_center.conflicts.tracks import Track
from ai_center.conflicts.vehicle_traffic import Vehicle, VehicleTraffic, habits_of

PER_HOUR: Final[Mapping[str, int]] = MappingProxyType(
    {"crossing": 9, "head-on": 5, "push-back": 6, "following": 8}
)
"""Planted conflicts an hour, by kind."""

MOVEMENTS_PER_HOUR: Final = 46
VEHICLES: Final = 140
SECONDS: Final = 1_800
NARROW_PIECES: Final = 6
NARROW_M: Final = (50.0, 121.0)
CONNECTOR_M: Final = 8.0
"""Vehicles go to stands whose connector is at least so long, clear of the road."""

WANDERS: Final = 0.9
"""Share of a position's error that is still there a second later."""
ERROR_M: Final[Mapping[str, float]] = MappingProxyType({"aircraft": 1.5, "vehicle": 1.2})
SPEED_ERROR_MPS: Final = 0.2
COURSE_ERROR_DEG: Final = 2.0
MISSING: Final = 0.01


@dataclass(frozen=True, slots=True, kw_only=True)
class Apron:
    """How busy a day is.

    Attributes:
        seconds: its length.
        movements: of aircraft, an hour.
        vehicles: on the roads.
        planted: conflicts an hour, by kind.
    """

    seconds: int = SECONDS
    movements: int = MOVEMENTS_PER_HOUR
    vehicles: int = VEHICLES
    planted: Mapping[str, int] = field(default_factory=lambda: PER_HOUR)


@dataclass(frozen=True, slots=True, kw_only=True)
class ApronDay:
    """A generated day: what was, and what was seen of it.

    Attributes:
        ground: with the pieces of one lane.
        tracks: of all movers; a vehicle has one, an aircraft one per trip.
        seen: shape (seconds, 4) per track: place, speed, course as seen; unknown where missing.
        conflicts: overlaps of protected areas, in order of time.
        seconds: its length.
    """

    ground: Ground
    tracks: tuple[Track, ...]
    seen: tuple[Floats, ...]
    conflicts: tuple[Overlap, ...]
    seconds: int

    def picture(self, second: int) -> Picture:
        """What is seen at a second."""
        rows = []
        for track, seen in zip(self.tracks, self.seen, strict=True):
            at = second - track.start_s
            if 0 <= at < len(seen) and np.isfinite(seen[at, 0]):
                turned = track.heading_deg[at] - track.course_deg[at]
                rows.append((track.mover, seen[at], float(seen[at, 3] + turned) % 360.0))
        values = np.array([row[1] for row in rows], np.float64).reshape(-1, 4)
        return Picture(
            second=float(second),
            movers=tuple(row[0] for row in rows),
            points=values[:, :2],
            speed_mps=np.maximum(values[:, 2], 0.0),
            course_deg=np.mod(values[:, 3], 360.0),
            heading_deg=np.array([row[2] for row in rows], np.float64),
        )

    def until(self, second: int) -> ApronDay:
        """The same day while nothing after a second has happened yet."""
        kept = [n for n, track in enumerate(self.tracks) if track.start_s < second]
        return ApronDay(
            ground=self.ground,
            tracks=tuple(self.tracks[n].cut(0, second) for n in kept),
            seen=tuple(self.seen[n][: second - self.tracks[n].start_s] for n in kept),
            conflicts=tuple(c for c in self.conflicts if c.start_s < second),
            seconds=second,
        )


def generate(ground: Ground, *, seed: int, apron: Apron | None = None) -> ApronDay:
    """Make a day on a ground; the same seed gives the same one."""
    wanted = apron or Apron()
    draw = random.Random(f"apron-{seed}")
    day = joined(narrowed(ground, _works(ground, draw)))
    stands = sorted(place for place in day.places if place.startswith("taxi stand:"))
    flights = set(draw.sample(stands, k=len(stands) // 2))
    planner = TripPlanner(day, draw, sorted(flights))
    trips = planner.planned(round(wanted.movements * wanted.seconds / 3600), wanted.seconds)
    planter = Planter(day, draw, planner, wanted.seconds)
    counts = {k: max(1, round(n * wanted.seconds / 3600)) for k, n in wanted.planted.items() if n}
    plants = planter.planted(trips, counts)
    aircraft = [*(trip.track for trip in trips), *plants.aircraft]
    aircraft = [part for t in aircraft if len((part := t.cut(0, wanted.seconds)).points) > 1]
    traffic = VehicleTraffic(day, draw, aircraft)
    goals = _goals(day, flights)
    vehicles = _vehicles(traffic, draw, goals, wanted.vehicles)
    driven = traffic.driven([*vehicles, *plants.vehicles], goals, wanted.seconds)
    tracks = (*aircraft, *driven)
    return ApronDay(
        ground=day,
        tracks=tracks,
        seen=tuple(_seen(track, seed, number) for number, track in enumerate(tracks)),
        conflicts=tuple(overlaps(tracks, day)),
        seconds=wanted.seconds,
    )


def _works(ground: Ground, draw: random.Random) -> list[frozenset[str]]:
    """Pieces of road that have one lane on the day."""
    pieces = {
        line.piece: sorted(line.piece)
        for line in ground.lines
        if line.network == "road"
        and line.kind not in ("connector", "perimeter")
        and NARROW_M[0] <= line.length_m <= NARROW_M[1]
    }
    found = sorted(pieces, key=lambda piece: pieces[piece])
    return draw.sample(found, k=min(NARROW_PIECES, len(found)))


def _goals(ground: Ground, flights: set[str]) -> list[str]:
    """Where vehicles go: stands at which an aircraft stays all day, and facilities."""
    ends: dict[str, float] = {}
    for line in ground.lines:
        if line.kind == "connector":
            ends[line.end] = line.length_m
    goals = [
        place
        for place, node in sorted(ground.places.items())
        if place.startswith("road stand:")
        and place.replace("road", "taxi", 1) not in flights
        and ends.get(node, 0.0) >= CONNECTOR_M
    ]
    return goals + [place for place in sorted(ground.places) if place.startswith("road facility:")]


def _vehicles(
    traffic: VehicleTraffic, draw: random.Random, goals: Sequence[str], count: int
) -> list[Vehicle]:
    made: list[Vehicle] = []
    for number in range(count):
        way = None
        while way is None:
            start, goal = draw.sample(goals, k=2)
            way = traffic.way(start, goal)
        factor, brake = habits_of(draw)
        made.append(
            Vehicle(
                mover=Mover(name=f"V{number:03d}", kind="vehicle"),
                factor=factor,
                brake_mps2=brake,
                place=goal,
                way=way,
                course=courses(way.points),
                gone_m=draw.uniform(0.0, 0.9) * way.length_m,
            )
        )
    return made


def _seen(track: Track, seed: int, number: int) -> Floats:
    """What is seen of a track: drawn row by row, so that the past does not depend on the future."""
    draw = np.random.default_rng([seed, number])
    noise = draw.normal(size=(len(track.points), 4))
    missing = np.random.default_rng([seed, number, 1]).random(len(track.points)) < MISSING
    error = np.zeros(2)
    fresh = ERROR_M[track.mover.kind] * np.sqrt(1 - WANDERS**2)
    seen = np.empty((len(track.points), 4))
    moving = track.speed_mps > 0.2
    for row in range(len(seen)):
        error = WANDERS * error + fresh * noise[row, :2]
        seen[row, :2] = track.points[row] + error
    seen[:, 2] = track.speed_mps + SPEED_ERROR_MPS * noise[:, 2] * moving
    seen[:, 3] = track.course_deg + COURSE_ERROR_DEG * noise[:, 3] * moving
    seen[missing] = np.nan
    return seen
