"""Two hundred vehicles that drive on the service roads of the airport model, second by second.

Each vehicle has errands: from where it is to a stand or a facility, a stop there, and on. Speeds
keep to the limit of each stretch of road; accelerations are those of loaded apron vehicles.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from spatiotemporal.airport_model import Route, position_along

FLEETS: Mapping[str, int] = MappingProxyType(
    {
        "tug": 34, "bus": 30, "baggage": 38, "fuel": 16, "catering": 18, "cleaning": 12,
        "loader": 18, "follow-me": 6, "stairs": 10, "water": 8, "police": 4, "fire": 4, "sweeper": 2,
    }
)  # fmt: skip
"""Share of each fleet among two hundred vehicles."""

ACCELERATION_MPS2 = 0.8
BRAKING_MPS2 = 1.0
STOP_S = (35, 260)
"""Shortest and longest stop at the end of an errand, in seconds."""

OFF_ROUTE_START = 0.5
"""Share of vehicles that are on the road when the day begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A vehicle and the terminal in it; phone numbers and plates are invented."""

    phone: str
    plate: str
    fleet: str
    terminal_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """Where a vehicle is at one second."""

    latitude: float
    longitude: float
    speed_mps: float
    heading_deg: float


def plan_vehicles(seed: int, count: int) -> list[Vehicle]:
    """Make ``count`` vehicles; the same seed gives the same ones."""
    chooser = random.Random(f"vehicles-{seed}")
    vehicles: list[Vehicle] = []
    numbers: dict[str, int] = dict.fromkeys(FLEETS, 0)
    fleets = [fleet for fleet, share in FLEETS.items() for _ in range(share)]
    chooser.shuffle(fleets)
    for index in range(count):
        fleet = fleets[index % len(fleets)]
        numbers[fleet] += 1
        vehicles.append(
            Vehicle(
                phone=f"1390{seed % 1000:03d}{index:05d}",
                plate=f"民航{'ABCDEFGHJKLM'[list(FLEETS).index(fleet) % 12]}{numbers[fleet]:04d}",
                fleet=fleet,
                terminal_id=f"{index:07d}",
            )
        )
    return vehicles


@dataclass(slots=True)
class Driver:
    """Moves one vehicle; call :meth:`second` once for every second of the day, in order.

    Attributes:
        places: names of nodes that errands may lead to.
        route: gives the way between two places (``LookupError`` when there is none).
    """

    vehicle: Vehicle
    places: Sequence[str]
    route: Callable[[str, str], Route]
    chooser: random.Random
    place: str = ""
    _route: Route | None = None
    _along_m: float = 0.0
    _speed_mps: float = 0.0
    _waiting_s: int = 0
    _last: Motion | None = field(default=None)

    def __post_init__(self) -> None:
        self.place = self.place or self.chooser.choice(self.places)
        self._set_out()
        if self._route is not None and self.chooser.random() < OFF_ROUTE_START:
            self._along_m = self.chooser.uniform(0, self._route.length_m * 0.9)

    def second(self) -> Motion:
        """Go on for one second."""
        if self._waiting_s > 0:
            self._waiting_s -= 1
            if self._waiting_s == 0:
                self._set_out()
        elif self._route is not None:
            self._drive(self._route)
        return self._motion()

    def _drive(self, route: Route) -> None:
        left = route.length_m - self._along_m
        limit = route.speed_mps(self._along_m)
        stoppable = (2 * BRAKING_MPS2 * max(left, 0.0)) ** 0.5
        wanted = min(limit, stoppable, self._speed_mps + ACCELERATION_MPS2)
        self._speed_mps = max(wanted, self._speed_mps - 2 * BRAKING_MPS2, 0.4)
        self._along_m += self._speed_mps
        if self._along_m >= route.length_m:
            self._along_m = route.length_m
            self._speed_mps = 0.0
            self._waiting_s = self.chooser.randint(*STOP_S)

    def _set_out(self) -> None:
        for _ in range(8):
            goal = self.chooser.choice(self.places)
            if goal == self.place:
                continue
            try:
                self._route = self.route(self.place, goal)
            except LookupError:
                continue
            self.place = goal
            self._along_m = 0.0
            return
        self._waiting_s = self.chooser.randint(*STOP_S)

    def _motion(self) -> Motion:
        if self._route is None:
            raise LookupError(f"vehicle {self.vehicle.phone} has no way from {self.place}")
        latitude, longitude, heading = position_along(self._route, self._along_m)
        return Motion(
            latitude=latitude,
            longitude=longitude,
            speed_mps=self._speed_mps,
            heading_deg=heading,
        )
