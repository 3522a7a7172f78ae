"""Departures of a peak and the rules of the runway, as pre-departure sequencing knows them.

Times are whole seconds since 1970 UTC. TOBT: target off-block time; EXOT: estimated taxi-out time; CTOT:
calculated take-off time of flow management; TSAT: target start-up approval time; TTOT: target take-off
time. Wake letters are those of ICAO Doc 4444: L light, M medium, H heavy, J super.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Final, Literal

from ai_center.errors import FactsRefused

Wake = Literal["L", "M", "H", "J"]
Span = tuple[int, int]

WAKE_S: Final[Mapping[str, int]] = MappingProxyType(
    {
        "JJ": 90,
        "JH": 120,
        "JM": 180,
        "JL": 180,
        "HH": 90,
        "HM": 120,
        "HL": 120,
        "ML": 120,
    }
)
"""Seconds by letters of leader and follower; starting values, to be replaced by those of the local manual."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Departure:
    """A flight that wants to leave.

    Attributes:
        name: of the flight.
        runway: it takes off from.
        wake: its wake category.
        route: group of departure routes (SID) that need distance from each other.
        alley: where it pushes back to; aircraft of one alley never push at once.
        tobt_s: ready to push.
        taxi_s: from push to the runway (EXOT).
        ctot_s: take-off time of flow management, if any.
        weight: what a second of its delay counts.
        frozen_s: take-off that may not be changed any more, with ``frozen_tsat_s``.
        frozen_tsat_s: its start-up approval.
    """

    name: str
    runway: str
    wake: Wake
    route: str
    alley: str
    tobt_s: int
    taxi_s: int
    ctot_s: int | None = None
    weight: int = 1
    frozen_s: int | None = None
    frozen_tsat_s: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunwayRules:
    """What holds between take-offs and between push-backs.

    Attributes:
        wake_s: seconds by wake of leader and follower; pairs that are missing need none.
        least_s: between any two take-offs of a runway.
        route_s: between two of one route.
        alley_s: between two push-backs of one alley.
        rates: (from, to, take-offs an hour) by runway: then the interval is at least 3600 / rate.
        blocked: spans without take-offs by runway: arrivals, closures.
        ctot_before_s: the CTOT window opens so long before.
        ctot_after_s: and closes so long after.
        places: flights without CTOT lose at most so many places against first come, first served.
        frozen_s: start-ups approved for the next so many seconds stay as they are.
        change_after_s: a TSAT that moves by more than this is a change to all parties.
        change_cost: seconds of delay that such a change is worth.
    """

    wake_s: Mapping[str, int] = field(default_factory=lambda: dict(WAKE_S))
    least_s: int = 60
    route_s: int = 120
    alley_s: int = 120
    rates: Mapping[str, tuple[tuple[int, int, int], ...]] = field(default_factory=dict)
    blocked: Mapping[str, tuple[Span, ...]] = field(default_factory=dict)
    ctot_before_s: int = 300
    ctot_after_s: int = 600
    places: int = 6
    frozen_s: int = 900
    change_after_s: int = 300
    change_cost: int = 600

    def interval_s(self, leader: Departure, follower: Departure) -> int:
        """Between two take-offs of one runway, whoever is between them."""
        gap = max(self.least_s, self.wake_s.get(leader.wake + follower.wake, 0))
        return max(gap, self.route_s) if leader.route == follower.route else gap


MOST_DEPARTURES: Final = 400
"""Of one question: a large airport's morning and noon."""


def checked(departures: Sequence[Departure], rules: RunwayRules) -> None:
    """Refuse departures that contradict themselves.

    Raises:
        FactsRefused: too many, a name twice, a negative taxi time, a rate of nothing.
    """
    if len(departures) > MOST_DEPARTURES:
        raise FactsRefused("departures", f"are {len(departures)}, more than {MOST_DEPARTURES}")
    if len({d.name for d in departures}) != len(departures):
        raise FactsRefused("departures", "hold a name twice")
    if any(d.taxi_s < 0 or d.weight < 0 for d in departures):
        raise FactsRefused("departures", "hold a negative taxi time or weight")
    if any(rate <= 0 for rates in rules.rates.values() for _, _, rate in rates):
        raise FactsRefused("rules.rates", "hold a rate of no take-off")
    if any(start >= end for spans in rules.blocked.values() for start, end in spans):
        raise FactsRefused("rules.blocked", "hold a span that ends before it begins")


def earliest_s(departure: Departure, rules: RunwayRules) -> int:
    """When it could take off, were it alone: the zero of its delay."""
    ready = departure.tobt_s + departure.taxi_s
    if departure.ctot_s is None:
        return ready
    return max(ready, departure.ctot_s - rules.ctot_before_s)


def misses(departure: Departure, take_off_s: int, rules: RunwayRules) -> bool:
    """Whether a take-off is outside the CTOT window."""
    if departure.ctot_s is None:
        return False
    window = departure.ctot_s - rules.ctot_before_s, departure.ctot_s + rules.ctot_after_s
    return not window[0] <= take_off_s <= window[1]
