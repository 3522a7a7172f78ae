"""Two hundred vehicles that drive on the airport model, second by second.

Each vehicle has errands: from where it is to a stand, a facility or along taxiways, a stop there,
and on. Speeds keep to the limit of each stretch; accelerations are those of loaded apron vehicles.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from spatiotemporal.airport_model import Route, position_along

FLEETS: Mapping[str, int] = MappingProxyType(
    {
        "tug": 34, "bus": 30, "baggage": 38, "fuel": 16, "catering": 18, "cleaning": 12,
        "loader": 18, "follow-me": 6, "stairs": 10, "water": 8, "police": 4, "fire": 4, "sweeper": 2,
    }
)  # fmt: skip
"""Share of each fleet among two hundred vehicles."""

PLATE_LETTERS = "ABCDEFGHJKLMN"
"""One for each fleet, in the order of :data:`FLEETS`."""

ACCELERATION_MPS2 = 0.8
BRAKING_MPS2 = 1.0
SLOWEST_MPS = 0.4
"""A vehicle that moves at all is at least this fast, so that it arrives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vehicle:
    """A vehicle and the terminal in it; phone numbers and plates are invented."""

    phone: str
    plate: str
    fleet: str
    terminal_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Motion:
    """Where a vehicle is at one second.

    Attributes:
        driven_m: since the day began.
    """

    latitude: float
    longitude: float
    speed_mps: float
    heading_deg: float
    driven_m: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Errand:
    """A way to drive and a stop at its end.

    Attributes:
        stop_s: seconds to stay there.
        not_before_s: second of the day before which the vehicle does not go on.
    """

    route: Route
    stop_s: int
    not_before_s: int = 0


class Errands(Protocol):
    """Decides where a vehicle goes."""

    def first(self) -> Errand:
        """What the vehicle is on when the day begins."""
        ...

    def following(self, second: int) -> Sequence[Errand]:
        """What comes next, when everything before is done; empty: nothing for a while."""
        ...


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
        letter = PLATE_LETTERS[list(FLEETS).index(fleet)]
        vehicles.append(
            Vehicle(
                phone=f"139{seed % 1000:03d}{index:05d}",
                plate=f"民航{letter}{numbers[fleet]:04d}",
                fleet=fleet,
                terminal_id=f"{index:07d}",
            )
        )
    return vehicles


class Driver:
    """Moves one vehicle; seconds are given in order, from 0."""

    IDLE_S = 60
    """Wait before asking again when there is no errand."""

    def __init__(self, vehicle: Vehicle, errands: Errands, chooser: random.Random) -> None:
        self.vehicle = vehicle
        self._errands = errands
        self._queue: list[Errand] = []
        self._errand = errands.first()
        self._along_m = chooser.uniform(0, 0.9) * self._errand.route.length_m
        self._driven_m = 0.0
        self._speed_mps = 0.0
        self._second = 0
        self._waits_until_s: int | None = None

    @property
    def route(self) -> Route:
        """What the vehicle drives on, or has driven on when it stands."""
        return self._errand.route

    def advance_to(self, second: int) -> bool:
        """Go on until a second of the day; give whether the vehicle has moved since the last call."""
        before = self._driven_m
        while self._second < second:
            self._second += 1
            if self._waits_until_s is None:
                self._drive(self._errand)
            elif self._second >= self._waits_until_s:
                self._set_out()
        return self._driven_m > before

    def motion(self) -> Motion:
        """Where the vehicle is now."""
        latitude, longitude, heading = position_along(self._errand.route, self._along_m)
        return Motion(
            latitude=latitude,
            longitude=longitude,
            speed_mps=self._speed_mps,
            heading_deg=heading,
            driven_m=self._driven_m,
        )

    def _drive(self, errand: Errand) -> None:
        route = errand.route
        left = route.length_m - self._along_m
        stoppable = (2 * BRAKING_MPS2 * max(left, 0.0)) ** 0.5
        wanted = min(route.speed_mps(self._along_m), stoppable, self._speed_mps + ACCELERATION_MPS2)
        self._speed_mps = max(wanted, self._speed_mps - 2 * BRAKING_MPS2, SLOWEST_MPS)
        step = min(self._speed_mps, left)
        self._along_m += step
        self._driven_m += step
        if self._along_m >= route.length_m - 0.01:
            self._speed_mps = 0.0
            self._waits_until_s = max(self._second + errand.stop_s, errand.not_before_s)

    def _set_out(self) -> None:
        if not self._queue:
            self._queue = list(self._errands.following(self._second))
        if not self._queue:
            self._waits_until_s = self._second + self.IDLE_S
            return
        self._errand = self._queue.pop(0)
        self._along_m = 0.0
        self._waits_until_s = None
