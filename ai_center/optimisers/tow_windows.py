"""When each tow may begin: what stands on the two stands before and after, other tows among them.

A stay of the stand plan begins and ends at a given moment (in-block, off-block) or with a tow. Two stays
on one stand, or on two that exclude each other, keep their order and the buffer; that gives each tow a
first and a last start, and pairs of tows an order with a distance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ai_center.optimisers.stand_plan import Placed, StandPlan
from ai_center.optimisers.stand_rules import excluded_at, neighbours_of
from ai_center.optimisers.stands import StandDay
from ai_center.optimisers.tows import Tow, TowRules


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """Starts that the stands allow.

    Attributes:
        first: start of the tow, earliest.
        last: latest.
        opens_by: stay that makes it wait, or empty: the aircraft itself is not ready before.
        closes_by: stay that needs the source, or empty: it has to be ready to leave.
    """

    first: int
    last: int
    opens_by: str = ""
    closes_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class After:
    """``second`` begins at least ``distance`` minutes after ``first`` began (may be negative)."""

    first: str
    second: str
    distance: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """Windows by name of the tow, and the orders between tows."""

    of: Mapping[str, Window]
    after: tuple[After, ...]


def windows_of(day: StandDay, plan: StandPlan, tows: Sequence[Tow], rules: TowRules) -> Windows:
    """Work out the windows of all tows."""
    return _Maker(day, plan, tows, rules).windows()


class _Maker:
    def __init__(
        self, day: StandDay, plan: StandPlan, tows: Sequence[Tow], rules: TowRules
    ) -> None:
        self._day, self._plan, self._rules = day, plan, rules
        self._tows = tows
        self._leaving = {tow.name: tow for tow in tows}
        self._coming: dict[str, Tow] = {}
        for one, other in zip(plan.placed, plan.placed[1:], strict=False):
            if one.stay.name in self._leaving:
                self._coming[other.stay.name] = self._leaving[one.stay.name]
        self._first = {tow.name: (tow.earliest_min, "") for tow in tows}
        self._last = {
            tow.name: (tow.latest_min - rules.hook_min - tow.drive_min, "") for tow in tows
        }
        self._after: list[After] = []

    def windows(self) -> Windows:
        for before, later in self._pairs():
            self._ordered(before, later)
        self._chained()
        found = {
            tow.name: Window(
                first=self._first[tow.name][0],
                last=self._last[tow.name][0],
                opens_by=self._first[tow.name][1],
                closes_by=self._last[tow.name][1],
            )
            for tow in self._tows
        }
        return Windows(of=found, after=tuple(self._after))

    def _pairs(self) -> Iterator[tuple[Placed, Placed]]:
        """Stays that may not meet, in their order, where at least one of them moves with a tow."""
        on: dict[str, list[Placed]] = defaultdict(list)
        for placed in self._plan.placed:
            on[placed.stand].append(placed)
        neighbours = neighbours_of(self._day.adjacencies)
        for placed in self._plan.placed:
            if not self._moves(placed):
                continue
            others = [(placed.stand, "A"), *excluded_at(placed.stay, placed.stand, neighbours)]
            for stand, letter in others:
                for other in on[stand]:
                    same = other.stay.turn.name == placed.stay.turn.name
                    if same or other.stay.turn.size < letter:
                        continue
                    if other.stay.from_min >= placed.stay.to_min:
                        yield placed, other
                    elif other.stay.to_min <= placed.stay.from_min:
                        yield other, placed

    def _moves(self, placed: Placed) -> bool:
        return placed.stay.name in self._leaving or placed.stay.name in self._coming

    def _ordered(self, before: Placed, later: Placed) -> None:
        buffer = self._day.rules.buffer_of(before.stay.turn.size)
        leaving = self._leaving.get(before.stay.name)
        coming = self._coming.get(later.stay.name)
        hook = self._rules.hook_min
        if leaving and coming:
            distance = hook + buffer - hook - coming.drive_min
            self._after.append(After(first=leaving.name, second=coming.name, distance=distance))
        elif leaving:
            last = later.stay.from_min - buffer - hook
            if last < self._last[leaving.name][0]:
                self._last[leaving.name] = (last, later.stay.name)
        elif coming:
            first = before.stay.to_min + buffer - hook - coming.drive_min
            if first > self._first[coming.name][0]:
                self._first[coming.name] = (first, before.stay.name)

    def _chained(self) -> None:
        """The second tow of an aircraft begins when the first is done."""
        before: dict[str, Tow] = {}
        for tow in sorted(self._tows, key=lambda t: (t.turn.name, t.number)):
            past = before.get(tow.turn.name)
            if past is not None:
                self._after.append(
                    After(first=past.name, second=tow.name, distance=past.busy_min(self._rules))
                )
            before[tow.turn.name] = tow
