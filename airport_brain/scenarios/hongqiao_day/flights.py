"""The flights of a played hour at Hongqiao, made from a seed.

Airlines, destinations and aircraft are of the kind that fly there; numbers and registrations are
invented. A turnaround is an arriving and a departing leg of one aircraft on one stand; the hour has
about one movement every 80 seconds, as a busy hour on two close parallel runways has.
"""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import MappingProxyType

MOVEMENTS_PER_HOUR = 46

AIRLINES: Mapping[str, int] = MappingProxyType(
    {"MU": 34, "FM": 16, "HO": 11, "9C": 10, "CA": 9, "CZ": 8, "HU": 4, "ZH": 3, "3U": 3, "MF": 2}
)
"""Carrier and its share of the movements, in hundredths."""

DESTINATIONS: Mapping[str, int] = MappingProxyType(
    {
        "PEK": 120, "PKX": 125, "CAN": 135, "SZX": 140, "CTU": 180, "TFU": 182, "XIY": 145,
        "CKG": 160, "KMG": 185, "WUH": 95, "CSX": 110, "TAO": 85, "DLC": 100, "XMN": 95, "HRB": 175,
        "SYX": 190, "KWE": 160, "NNG": 165, "TSN": 105, "SHE": 130, "HKG": 140, "HND": 160,
    }
)  # fmt: skip
"""Airport and block time to it in minutes (estimates)."""

FLEET: Mapping[str, Sequence[str]] = MappingProxyType(
    {
        "MU": ("320", "321", "333", "789"), "FM": ("738", "73H", "789"), "HO": ("320", "321", "789"),
        "9C": ("320", "321"), "CA": ("321", "333", "789"), "CZ": ("321", "333", "789"), "HU": ("738", "333"),
        "ZH": ("320", "738"), "3U": ("321", "333"), "MF": ("738", "789"),
    }
)  # fmt: skip

SIZE_CODE: Mapping[str, str] = MappingProxyType(
    {"320": "C", "321": "C", "738": "C", "73H": "C", "333": "E", "789": "E"}
)
"""ICAO aerodrome reference code letter by IATA aircraft type."""

SEATS: Mapping[str, int] = MappingProxyType(
    {"320": 158, "321": 182, "738": 164, "73H": 170, "333": 300, "789": 288}
)

FIRST_TERMINAL_AIRLINES = frozenset({"9C", "HO"})
"""Carriers that the played day puts at Terminal 1; the others use Terminal 2."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One arriving or departing leg at Hongqiao.

    Attributes:
        scheduled: SIBT of an arrival, SOBT of a departure, aware UTC.
        delay: minutes by which the actual time will differ.
        block: scheduled time between off-block and in-block.
    """

    airline: str
    number: str
    arriving: bool
    other_airport: str
    scheduled: datetime
    delay: timedelta
    block: timedelta
    aircraft_type: str
    registration: str
    stand: str
    gate: str
    terminal: str
    belt: str
    runway: str
    passengers: int
    cancelled: bool = False

    @property
    def display(self) -> str:
        """Flight number as people say it."""
        return f"{self.airline}{self.number}"

    @property
    def departure_airport(self) -> str:
        """Where the leg begins."""
        return self.other_airport if self.arriving else "SHA"

    @property
    def arrival_airport(self) -> str:
        """Where the leg ends."""
        return "SHA" if self.arriving else self.other_airport

    @property
    def origin_date(self) -> datetime:
        """Moment whose UTC date names the leg: its scheduled off-block at the first airport."""
        return self.scheduled - self.block if self.arriving else self.scheduled

    @property
    def actual(self) -> datetime:
        """Actual in-block or off-block time."""
        return self.scheduled + self.delay


@dataclass(frozen=True, slots=True, kw_only=True)
class StandPlace:
    """What the flights need to know of a stand."""

    name: str
    size_code: str
    terminal: str


def plan_flights(
    seed: int, start: datetime, *, hours: float, scale: float, stands: Sequence[StandPlace]
) -> list[Leg]:
    """Make the legs of ``hours`` from ``start``, sorted by scheduled time.

    The same arguments give the same legs. Stands are never double-booked: a turnaround keeps its
    stand from in-block to off-block with 15 minutes between two aircraft.
    """
    chooser = random.Random(f"flights-{seed}")
    count = max(2, round(MOVEMENTS_PER_HOUR * hours * scale))
    busy: dict[str, datetime] = {}
    used: set[str] = set()
    legs: list[Leg] = []
    for index in range(count // 2):
        at = start + timedelta(minutes=60 * hours * (index + chooser.random()) / (count // 2))
        legs += _turnaround(chooser, at, stands, busy, used)
    return sorted(legs, key=lambda leg: (leg.scheduled, leg.display))


def _turnaround(
    chooser: random.Random,
    in_block: datetime,
    stands: Sequence[StandPlace],
    busy: dict[str, datetime],
    used: set[str],
) -> list[Leg]:
    airline = chooser.choices(list(AIRLINES), list(AIRLINES.values()))[0]
    aircraft = chooser.choice(FLEET[airline])
    ground = timedelta(minutes=chooser.randint(45, 75) + (25 if SIZE_CODE[aircraft] == "E" else 0))
    in_block = in_block.replace(second=0, microsecond=0) - timedelta(minutes=in_block.minute % 5)
    # An aircraft already on the ground when the hour begins makes the first departures.
    if chooser.random() < 0.45:
        in_block -= ground
    terminal = "T1" if airline in FIRST_TERMINAL_AIRLINES else "T2"
    stand = _stand(chooser, in_block, SIZE_CODE[aircraft], terminal, stands, busy)
    off_block = in_block + ground
    busy[stand.name] = off_block + timedelta(minutes=15)
    registration = _unused(chooser, used, lambda: f"B{chooser.randint(1000, 9999)}")
    number = int(_unused(chooser, used, lambda: f"{chooser.randrange(5101, 9799, 2)}"))
    delay = _delay(chooser)
    shared = {
        "airline": airline,
        "aircraft_type": aircraft,
        "registration": registration,
        "stand": stand.name,
        "gate": stand.name if stand.name.isdigit() and stand.terminal else "",
        "terminal": terminal,
        "runway": "",
    }
    arrival_from, departure_to = (chooser.choice(list(DESTINATIONS)) for _ in range(2))
    arrival = Leg(
        **{**shared, "runway": "18R", "gate": ""},
        number=str(number),
        arriving=True,
        other_airport=arrival_from,
        scheduled=in_block,
        delay=delay,
        block=timedelta(minutes=DESTINATIONS[arrival_from]),
        belt=str(chooser.randint(1, 12)),
        passengers=_passengers(chooser, aircraft),
    )
    departure = Leg(
        **{**shared, "runway": "18L"},
        number=str(number + 1),
        arriving=False,
        other_airport=departure_to,
        scheduled=off_block,
        delay=max(timedelta(0), delay - timedelta(minutes=10))
        + timedelta(minutes=chooser.choice([0, 0, 0, 2, 4, 7])),
        block=timedelta(minutes=DESTINATIONS[departure_to]),
        belt="",
        passengers=_passengers(chooser, aircraft),
        cancelled=chooser.random() < 0.01,
    )
    return [arrival, departure]


def _stand(
    chooser: random.Random,
    at: datetime,
    size_code: str,
    terminal: str,
    stands: Sequence[StandPlace],
    busy: dict[str, datetime],
) -> StandPlace:
    free = [
        s for s in stands if s.size_code >= size_code and busy.get(s.name, at) <= at
    ] or list(stands)
    fitting = [s for s in free if s.terminal == terminal and s.size_code <= "E"] or free
    smallest = min(s.size_code for s in fitting)
    return chooser.choice([s for s in fitting if s.size_code == smallest])


def _unused(chooser: random.Random, used: set[str], make: object) -> str:
    assert callable(make)
    while (text := str(make())) in used:
        pass
    used.add(text)
    return text


def _delay(chooser: random.Random) -> timedelta:
    """Minutes late (or early): a third early or on time, a long tail as real days have."""
    return timedelta(minutes=round(chooser.gammavariate(1.1, 9) - 6))


def _passengers(chooser: random.Random, aircraft: str) -> int:
    return round(SEATS[aircraft] * chooser.uniform(0.62, 0.98))
