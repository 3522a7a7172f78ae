"""The flights of a played hour at Hongqiao, made from a seed.

Airlines, destinations and aircraft are of the kind that fly there; numbers and registrations are
invented. A turnaround is an arriving and a departing leg of one aircraft on one stand; the hour has
about one movement every 80 seconds, as a busy hour on two close parallel runways has.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
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

BUS_GATES = 8
"""Gates of each terminal from which passengers ride to remote stands: A1 .. A8 and B1 .. B8."""

MOVED_SHARE = 0.1
"""Share of departures that get another stand and gate within the hour before they leave."""

GROUND_TIME = timedelta(minutes=75)
"""Aircraft that came up to this long before the day begins make its first departures."""

SHOWN_AHEAD = timedelta(minutes=60)
"""Arrivals up to this long after the end of the day are planned too, so that boards have a future."""

TURN_GAP = timedelta(minutes=15)
"""Between two aircraft on one stand."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A departure gets another stand and gate."""

    at: datetime
    stand: str
    gate: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """One arriving or departing leg at Hongqiao.

    Attributes:
        scheduled: SIBT of an arrival, SOBT of a departure, aware UTC.
        delay: by how much the actual time will differ.
        block: scheduled time between off-block and in-block.
        stand: and ``gate``: as first planned; see :meth:`place_at`.
        belt: baggage belt of an arrival.
        moved: the change of stand and gate, if there will be one.
        cancelled_at: when the cancellation is decided, if there will be one.
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
    moved: Move | None = None
    cancelled_at: datetime | None = None

    @property
    def display(self) -> str:
        """Flight number as people say it."""
        return f"{self.airline}{self.number}"

    @property
    def cancelled(self) -> bool:
        """The leg will not be flown."""
        return self.cancelled_at is not None

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

    def place_at(self, moment: datetime) -> tuple[str, str]:
        """Stand and gate as known at a moment."""
        if self.moved is not None and moment >= self.moved.at:
            return self.moved.stand, self.moved.gate
        return self.stand, self.gate


@dataclass(frozen=True, slots=True, kw_only=True)
class StandPlace:
    """What the flights need to know of a stand.

    Attributes:
        size_code: largest aircraft, ICAO code letter.
        terminal: ``T1`` or ``T2``: whose passengers use it.
        contact: passengers board over a bridge; the gate has the stand's number.
    """

    name: str
    size_code: str
    terminal: str
    contact: bool


def plan_flights(
    seed: int, start: datetime, *, hours: float, scale: float, stands: Sequence[StandPlace]
) -> list[Leg]:
    """Make the legs of ``hours`` from ``start`` and around, sorted by scheduled time.

    The same arguments give the same legs. A turnaround keeps its stand from in-block to off-block
    with 15 minutes between two aircraft; only with more traffic than there are stands are some used
    twice. One departure in a hundred is cancelled, and at least one in every plan.
    """
    chooser = random.Random(f"flights-{seed}")
    first = start - GROUND_TIME
    span = timedelta(hours=hours) + GROUND_TIME + SHOWN_AHEAD
    turnarounds = max(1, round(MOVEMENTS_PER_HOUR / 2 * scale * span / timedelta(hours=1)))
    planner = _Planner(chooser, stands)
    legs: list[Leg] = []
    for index in range(turnarounds):
        legs += planner.turnaround(first + span * ((index + chooser.random()) / turnarounds))
    legs.sort(key=lambda leg: (leg.scheduled, leg.display))
    legs = [planner.moved(leg, start) for leg in legs]
    return _with_cancellations(chooser, legs, start, start + timedelta(hours=hours))


class _Planner:
    """Gives each turnaround an aircraft, numbers and a stand."""

    def __init__(self, chooser: random.Random, stands: Sequence[StandPlace]) -> None:
        self._chooser = chooser
        self._stands = stands
        self._busy: dict[str, list[tuple[datetime, datetime]]] = {}
        self._used: set[str] = set()

    def turnaround(self, in_block: datetime) -> list[Leg]:
        """An arriving and a departing leg of one aircraft."""
        chooser = self._chooser
        airline = chooser.choices(list(AIRLINES), list(AIRLINES.values()))[0]
        aircraft = chooser.choice(FLEET[airline])
        wide = SIZE_CODE[aircraft] == "E"
        ground = timedelta(minutes=5 * chooser.randint(9, 15) + (25 if wide else 0))
        in_block = in_block.replace(second=0, microsecond=0)
        in_block -= timedelta(minutes=in_block.minute % 5)
        off_block = in_block + ground
        terminal = "T1" if airline in FIRST_TERMINAL_AIRLINES else "T2"
        place = self._stand(in_block, off_block, SIZE_CODE[aircraft], terminal)
        registration = self._unused(lambda: f"B{chooser.randint(1000, 9999)}")
        number = int(self._unused(lambda: f"{chooser.randrange(5101, 9799, 2)}"))
        came_from, goes_to = (chooser.choice(list(DESTINATIONS)) for _ in range(2))
        delay = _delay(chooser)
        arrival = Leg(
            airline=airline,
            number=str(number),
            arriving=True,
            other_airport=came_from,
            scheduled=in_block,
            delay=delay,
            block=timedelta(minutes=DESTINATIONS[came_from]),
            aircraft_type=aircraft,
            registration=registration,
            stand=place.name,
            gate="",
            terminal=terminal,
            belt=str(chooser.randint(1, 12)),
            runway="18R",
            passengers=_passengers(chooser, aircraft),
        )
        leaves_late = max(timedelta(0), delay - timedelta(minutes=10))
        departure = replace(
            arrival,
            number=str(number + 1),
            arriving=False,
            other_airport=goes_to,
            scheduled=off_block,
            delay=leaves_late + timedelta(minutes=chooser.choice([0, 0, 0, 2, 4, 7])),
            block=timedelta(minutes=DESTINATIONS[goes_to]),
            gate=self._gate(place),
            belt="",
            runway="18L",
            passengers=_passengers(chooser, aircraft),
        )
        return [arrival, departure]

    def moved(self, leg: Leg, start: datetime) -> Leg:
        """The leg, by chance with another stand and gate before it leaves."""
        if leg.arriving or self._chooser.random() >= MOVED_SHARE:
            return leg
        at = leg.actual - timedelta(minutes=self._chooser.uniform(36, 50))
        if at < start + timedelta(minutes=2):
            return leg
        size = SIZE_CODE[leg.aircraft_type]
        place = self._stand(at, leg.actual, size, leg.terminal)
        if place.name == leg.stand:
            return leg
        return replace(leg, moved=Move(at=at, stand=place.name, gate=self._gate(place)))

    def _stand(self, since: datetime, until: datetime, size: str, terminal: str) -> StandPlace:
        """A free stand of the smallest size that fits, near the terminal if there is one."""
        fitting = [s for s in self._stands if s.size_code >= size] or list(self._stands)
        near = [s for s in fitting if s.terminal == terminal] or fitting
        free = [s for s in near if self._is_free(s.name, since, until)] or [
            s for s in fitting if self._is_free(s.name, since, until)
        ]
        choice = free or near
        contact = [s for s in choice if s.contact] or choice
        smallest = min(s.size_code for s in contact)
        place = self._chooser.choice([s for s in contact if s.size_code == smallest])
        self._busy.setdefault(place.name, []).append((since, until + TURN_GAP))
        return place

    def _is_free(self, stand: str, since: datetime, until: datetime) -> bool:
        return all(
            until + TURN_GAP <= begin or end <= since for begin, end in self._busy.get(stand, ())
        )

    def _gate(self, place: StandPlace) -> str:
        if place.contact:
            return place.name
        letter = "A" if place.terminal == "T1" else "B"
        return f"{letter}{self._chooser.randint(1, BUS_GATES)}"

    def _unused(self, make: Callable[[], str]) -> str:
        while (text := make()) in self._used:
            pass
        self._used.add(text)
        return text


def _with_cancellations(
    chooser: random.Random, legs: Sequence[Leg], start: datetime, end: datetime
) -> list[Leg]:
    leaving = [i for i, leg in enumerate(legs) if not leg.arriving and leg.moved is None]
    # Decided within the day, so that it is seen.
    first, last = start + timedelta(minutes=30), end + timedelta(minutes=10)
    later = [i for i in leaving if first < legs[i].scheduled < last] or leaving
    count = max(1, round(len(leaving) / 100))
    cancelled = set(chooser.sample(later, min(count, len(later))))
    return [
        replace(leg, cancelled_at=leg.scheduled - timedelta(minutes=chooser.uniform(12, 28)))
        if index in cancelled
        else leg
        for index, leg in enumerate(legs)
    ]


def _delay(chooser: random.Random) -> timedelta:
    """Minutes late (or early): a third early or on time, a long tail as real days have."""
    return timedelta(minutes=round(chooser.gammavariate(1.1, 9) - 6))


def _passengers(chooser: random.Random, aircraft: str) -> int:
    return round(SEATS[aircraft] * chooser.uniform(0.62, 0.98))
