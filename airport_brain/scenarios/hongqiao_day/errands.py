"""What the vehicles of the day have to do: rounds by road, push-backs, escorts on taxiways.

A round leads from stand to stand of one side of the airport, with a call at the fleet's own
facilities now and then. Tugs of the departing flights are at the stand in time, push the aircraft
back to the taxilane at its actual off-block time and return. Follow-me cars lead along taxiways.
"""

from __future__ import annotations

import math
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from types import MappingProxyType

from airport_brain.scenarios.hongqiao_day.vehicles import Errand
from spatiotemporal.airport_model import (
    Airport,
    Leg,
    Network,
    Route,
    Stand,
    Waypoint,
    drive_route,
    push_back,
    road_graph,
    taxi_graph,
    taxi_route,
)

SIDES: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "T2": frozenset({"T2", "A2", "RA2", "RA4", "RA6"}),
        "T1": frozenset({"T1", "I", "J"}),
        "CARGO": frozenset({"CARGO"}),
    }
)
"""Aprons that one crew serves."""

SIDE_WEIGHTS: Mapping[str, int] = MappingProxyType({"T2": 70, "T1": 22, "CARGO": 8})

FACILITIES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "baggage": ("baggage-",), "fuel": ("fuel-",), "catering": ("catering-",),
        "fire": ("fire-",), "loader": ("cargo-", "gse-"), "police": ("gate-",), "bus": ("gate-",),
    }
)  # fmt: skip
"""Beginnings of the names of a fleet's own facilities; the others have the equipment parks."""

EQUIPMENT_PARKS = ("gse-",)
FACILITY_SHARE = 0.25
STOP_S = (35, 260)
"""Shortest and longest stop at the end of a round's leg."""

WALK_MPS = 1.5
"""Speed of the last metres to an aircraft's nose."""
UNCOUPLING_S = (40, 80)
THERE_BEFORE_S = 240
"""A tug sets out this long, and the drive, before its aircraft leaves."""
MINUTES_OF_A_PUSH = 12
MIN_PUSH_M = 1.0

METRES_PER_DEGREE = 111_194.93


@dataclass(frozen=True, slots=True, kw_only=True)
class Push:
    """An aircraft to push back: from which stand, at which second of the day."""

    second: int
    stand: str


class Ground:
    """The airport with its two graphs, and ways through them, remembered."""

    def __init__(self, airport: Airport) -> None:
        self.airport = airport
        self.roads: Network = road_graph(airport)
        self.taxiways: Network = taxi_graph(airport)
        self.stands: Mapping[str, Stand] = {stand.number: stand for stand in airport.stands}
        # Rounds repeat themselves; a way costs milliseconds to find.
        self.drive = lru_cache(maxsize=8192)(self._drive)
        self.taxi = lru_cache(maxsize=1024)(self._taxi)

    def _drive(self, start: str, goal: str) -> Route | None:
        try:
            return drive_route(self.airport, self.roads, start, goal)
        except LookupError:
            return None

    def _taxi(self, start: str, goal: str) -> Route | None:
        """A way along taxiways that uses no runway; ``None`` when there is none."""
        try:
            route = taxi_route(self.airport, self.taxiways, start, goal)
        except LookupError:
            return None
        return None if any(leg.kind == "runway" for leg in route.legs) else route

    def service_point(self, place: str) -> tuple[float, float]:
        """Latitude and longitude of a place of the roads."""
        point = self.roads.points[self.roads.node(place)]
        return self.airport.frame.positions([point])[0]

    def stands_of(self, side: str) -> list[str]:
        """Places of the stands that a side has, for aircraft in service."""
        return [
            f"stand:{stand.number}"
            for stand in self.airport.stands
            if stand.apron in SIDES[side] and stand.kind == "gate"
        ]

    def facilities_of(self, fleet: str) -> list[str]:
        """Places of a fleet's own facilities."""
        beginnings = FACILITIES.get(fleet, EQUIPMENT_PARKS)
        return [
            place
            for place in self.roads.places()
            if place.startswith("facility:")
            and place.removeprefix("facility:").startswith(beginnings)
        ]


class Rounds:
    """From stand to stand, with calls at facilities."""

    def __init__(self, ground: Ground, fleet: str, side: str, chooser: random.Random) -> None:
        self._ground = ground
        self._chooser = chooser
        self._stands = ground.stands_of(side)
        # The nearest two facilities: crews do not cross the airport for a tank of water.
        self._facilities = _nearest(ground, self._stands[0], ground.facilities_of(fleet))
        self.place = chooser.choice(self._stands)

    def first(self) -> Errand:
        """See the protocol."""
        return self._next()

    def following(self, second: int) -> Sequence[Errand]:
        """See the protocol."""
        return (self._next(),)

    def _next(self) -> Errand:
        while True:
            goal = self._goal()
            route = None if goal == self.place else self._ground.drive(self.place, goal)
            if route is not None:
                self.place = goal
                return Errand(route=route, stop_s=self._chooser.randint(*STOP_S))

    def _goal(self) -> str:
        if self._facilities and self._chooser.random() < FACILITY_SHARE:
            return self._chooser.choice(self._facilities)
        return self._chooser.choice(self._stands)


class PushBacks(Rounds):
    """Rounds of a tug between the push-backs it has been given."""

    def __init__(
        self, ground: Ground, side: str, pushes: Sequence[Push], chooser: random.Random
    ) -> None:
        super().__init__(ground, "tug", side, chooser)
        self._pushes = list(pushes)

    def following(self, second: int) -> Sequence[Errand]:
        """See the protocol."""
        if not self._pushes:
            return (self._next(),)
        push = self._pushes[0]
        way = self._ground.drive(self.place, f"stand:{push.stand}")
        needs_s = THERE_BEFORE_S + (way.length_m / 5.0 if way else 0.0)
        if push.second - second > needs_s + STOP_S[1]:
            return (self._next(),)
        self._pushes.pop(0)
        if way is None and self.place != f"stand:{push.stand}":
            return (self._next(),)
        return self._push(push, way)

    def _push(self, push: Push, way: Route | None) -> list[Errand]:
        ground, stand = self._ground, self._ground.stands[push.stand]
        self.place = f"stand:{push.stand}"
        errands = [] if way is None else [Errand(route=way, stop_s=5)]
        meets = ground.service_point(self.place)
        out = replace(push_back(ground.airport, ground.taxiways, stand), tail_first=False)
        nose, lane = out.positions[0], out.positions[-1]
        if to_nose := line_route((meets, nose), WALK_MPS):
            errands.append(Errand(route=to_nose, stop_s=10, not_before_s=push.second))
        errands.append(Errand(route=out, stop_s=self._chooser.randint(*UNCOUPLING_S)))
        back = line_route((lane, *reversed(out.positions[:-1]), meets), 4.0)
        if back is not None:
            errands.append(Errand(route=back, stop_s=self._chooser.randint(*STOP_S)))
        return errands


class Escorts:
    """A follow-me car: along taxiways between holding points and stands."""

    def __init__(self, ground: Ground, side: str, chooser: random.Random) -> None:
        self._ground = ground
        self._chooser = chooser
        self._stands = ground.stands_of(side)
        self._holds = [place for place in ground.taxiways.places() if place.startswith("hold:")]
        self.place = chooser.choice(self._stands)

    def first(self) -> Errand:
        """See the protocol."""
        while not (way := self._way()):
            self.place = self._chooser.choice(self._stands)
        return way[0]

    def following(self, second: int) -> Sequence[Errand]:
        """See the protocol."""
        return self._way()

    def _way(self) -> Sequence[Errand]:
        """To a holding point, or from there to a stand."""
        goals = self._stands if self.place.startswith("hold:") else self._holds
        for goal in self._chooser.sample(goals, k=len(goals)):
            route = self._ground.taxi(self.place, goal)
            if route is not None:
                self.place = goal
                return (Errand(route=route, stop_s=self._chooser.randint(20, 120)),)
        return ()


def share_pushes(pushes: Sequence[Push], tugs: int) -> list[list[Push]]:
    """Deal push-backs to tugs, in the order of time, each to the one that has been free longest."""
    free_at = [0] * tugs
    dealt: list[list[Push]] = [[] for _ in range(tugs)]
    for push in sorted(pushes, key=lambda push: (push.second, push.stand)):
        tug = min(range(tugs), key=lambda index: free_at[index])
        dealt[tug].append(push)
        free_at[tug] = push.second + MINUTES_OF_A_PUSH * 60
    return dealt


def line_route(
    positions: Sequence[tuple[float, float]], speed_mps: float, name: str = "apron"
) -> Route | None:
    """A route along (latitude, longitude) vertices; ``None`` when they are all one place."""
    kept = [positions[0]]
    distances, headings = [0.0], []
    for there in positions[1:]:
        here = kept[-1]
        north = (there[0] - here[0]) * METRES_PER_DEGREE
        east = (there[1] - here[1]) * METRES_PER_DEGREE * math.cos(math.radians(here[0]))
        length = math.hypot(north, east)
        if length >= MIN_PUSH_M:
            kept.append(there)
            distances.append(distances[-1] + length)
            headings.append(math.degrees(math.atan2(east, north)) % 360.0)
    if not headings:
        return None
    end = distances[-1]
    return Route(
        positions=tuple(kept),
        distances_m=tuple(distances),
        headings_deg=tuple(headings),
        legs=(Leg(name=name, kind="apron", from_m=0.0, to_m=end, speed_mps=speed_mps),),
        waypoints=(Waypoint(name="from", at_m=0.0), Waypoint(name="to", at_m=end)),
    )


def _nearest(ground: Ground, place: str, facilities: Sequence[str]) -> list[str]:
    here = ground.roads.points[ground.roads.node(place)]
    by_distance = sorted(
        facilities, key=lambda f: (math.dist(here, ground.roads.points[ground.roads.node(f)]), f)
    )
    return by_distance[:2]
