"""Lanes of a checkpoint or a check-in hall, the people who come, and the rules of opening and closing.

Times are whole minutes since 1970 UTC. People come as a flow: so many per slot, evenly within it, by
quantile of the forecast (``"0.5"`` the median, ``"0.9"`` what is exceeded on one day in ten). A promise
takes the whole day at its quantile, which is harder than a day usually is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from math import gcd
from typing import Final

from ai_center.errors import FactsRefused


@dataclass(frozen=True, slots=True, kw_only=True)
class Promise:
    """Nobody waits longer than ``minutes`` when as many come as the quantile says."""

    quantile: str
    minutes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outage:
    """So many lanes cannot be used in a span: broken, or nobody to staff them."""

    from_min: int
    to_min: int
    lanes: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneRules:
    """What is allowed, and what things cost in minutes of one open lane.

    Attributes:
        lanes: there are.
        per_hour: people that one lane takes in an hour.
        promises: on waiting.
        least: lanes that are open at any time.
        open_min: a lane that opens stays open so long.
        changes: lanes that open or close at the start of one slot, at most.
        outages: lanes that cannot be used.
        opening_cost: of opening a lane.
        late_cost: of one person beyond a promise for one step of the grid.
        moved_cost: of one lane more or less in one slot than everybody was told.
    """

    lanes: int = 12
    per_hour: int = 150
    promises: tuple[Promise, ...] = (
        Promise(quantile="0.5", minutes=5),
        Promise(quantile="0.9", minutes=10),
    )
    least: int = 1
    open_min: int = 60
    changes: int = 3
    outages: tuple[Outage, ...] = ()
    opening_cost: int = 15
    late_cost: int = 60
    moved_cost: int = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneDay:
    """Everything the lane plan is asked about.

    Attributes:
        start_min: of the first slot.
        slot_min: length of a slot.
        arrivals: people per slot, by quantile; all as long as the day.
        rules: that hold.
        waiting: people who wait at the start already.
        open_lanes: lanes that are open at the start.
        open_for_min: how long the youngest of them is open.
    """

    start_min: int
    arrivals: Mapping[str, tuple[float, ...]]
    slot_min: int = 15
    rules: LaneRules = field(default_factory=LaneRules)
    waiting: int = 0
    open_lanes: int = 0
    open_for_min: int = 10_000

    @property
    def slots(self) -> int:
        """How many slots the day has."""
        return len(next(iter(self.arrivals.values()), ()))

    @property
    def step_min(self) -> int:
        """Minutes between two moments at which waiting is looked at: nothing bends between them."""
        return gcd(self.slot_min, *(promise.minutes for promise in self.rules.promises))

    def most(self) -> tuple[int, ...]:
        """Lanes that may be open in each slot."""
        found = []
        for slot in range(self.slots):
            start = self.start_min + slot * self.slot_min
            out = sum(
                o.lanes
                for o in self.rules.outages
                if o.from_min < start + self.slot_min and start < o.to_min
            )
            found.append(max(0, self.rules.lanes - out))
        return tuple(found)


MOST_SLOTS: Final = 300
"""Three days of quarters of an hour."""
MOST_PEOPLE: Final = 20_000
"""In one slot."""


def checked(day: LaneDay) -> None:
    """Refuse a day that contradicts itself.

    Raises:
        FactsRefused: names the field.
    """
    if not 1 <= day.slots <= MOST_SLOTS:
        raise FactsRefused("day.arrivals", f"have {day.slots} slots; 1 to {MOST_SLOTS} are taken")
    if any(len(flow) != day.slots for flow in day.arrivals.values()):
        raise FactsRefused("day.arrivals", "are not as long for every quantile")
    if any(not 0 <= n <= MOST_PEOPLE for flow in day.arrivals.values() for n in flow):
        raise FactsRefused("day.arrivals", f"hold less than nobody or more than {MOST_PEOPLE}")
    if not 5 <= day.slot_min <= 60:
        raise FactsRefused("day.slot_min", "is not from 5 to 60")
    if not 0 <= day.open_lanes <= day.rules.lanes or day.waiting < 0:
        raise FactsRefused("day.open_lanes", "are more than there are, or fewer than none wait")
    _rules_checked(day)


def _rules_checked(day: LaneDay) -> None:
    rules = day.rules
    if any(p.quantile not in day.arrivals for p in rules.promises) or not rules.promises:
        raise FactsRefused("day.rules.promises", "name a quantile that the arrivals do not have")
    if any(not 1 <= p.minutes <= 120 for p in rules.promises):
        raise FactsRefused("day.rules.promises", "are not from 1 to 120 minutes")
    if day.slot_min // day.step_min > 15 or day.step_min < 2:
        raise FactsRefused("day.rules.promises", "share a step of less than 2 min with the slots")
    if not 1 <= rules.lanes <= 200 or not 0 <= rules.least <= rules.lanes:
        raise FactsRefused("day.rules.lanes", "are not from 1 to 200, or fewer than the least")
    if not 1 <= rules.per_hour <= 2_000:
        raise FactsRefused("day.rules.per_hour", "is not from 1 to 2,000")
    if rules.changes < max(1, rules.least):
        raise FactsRefused("day.rules.changes", "are fewer than are needed to open the least")
