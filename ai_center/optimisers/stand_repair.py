"""Re-plans a stand day after changes with few moves: what can stay, stays.

The published plan is written into a book with the new times. What the changes make impossible is
homeless; each homeless stay, the hardest first, takes the cheapest repair: a free stand, or the stand
of one or two that can move on to free ones, or a chain of two such steps. What finds no chain is
rescued by the solver, where there is one (``stand_rescue.py``). A move costs ``MOVE_COST`` beside the
objective, and all moves together stay within the allowance: two for every change, or one for every stay
that is homeless where these are more, as when a stand closes for a day. An aircraft that is on its stand
already stays there; what finds no repair is unplaced and told so.

The bound of the old plan does not hold for the new day; the answer has none.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ai_center.optimisers.occupancy import Occupancy
from ai_center.optimisers.program import Seconds, Solver
from ai_center.optimisers.stand_changes import Change, changed
from ai_center.optimisers.stand_plan import StandPlan, plan_of
from ai_center.optimisers.stand_rescue import Rescue, rescued
from ai_center.optimisers.stand_rules import cost_of, forbidden
from ai_center.optimisers.stands import Stand, StandDay, Turn
from ai_center.optimisers.stays import Stay, ways_of

MOVES_PER_CHANGE = 2
MOVE_COST = 2_000
"""Passenger minutes that telling everybody about another stand is worth."""
LONGEST_CHAIN = 3
RESCUE_UNTIL_S = 4.0
"""No rescue goes on after so many seconds of a repair."""
MOST_PUSHED = 2
"""Stays that one may push off their stands: a wide aircraft takes the place of two narrow ones."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """A stay on another stand than was published, or (``to`` empty) on none any more."""

    stay: str
    was: str
    to: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Repair:
    """A plan after changes.

    Attributes:
        day: with the changes.
        plan: the new plan.
        moves: what differs from the published one.
        allowance: moves that were allowed.
        seconds: it took.
    """

    day: StandDay
    plan: StandPlan
    moves: tuple[Move, ...]
    allowance: int
    seconds: float


Chain = list[tuple[Stay, str]]
"""Stays with their new stands, the last one first: in this order each finds its stand free."""


class _Repairer:
    """Keeps the book, what was published, and the allowance."""

    def __init__(self, day: StandDay, published: StandPlan, now_min: int) -> None:
        self.book = Occupancy(day)
        self._day = day
        self._stands = {stand.name: stand for stand in day.stands}
        self._was = published.stand_of()
        self._there = {p.stay.name for p in published.placed if p.stay.from_min <= now_min}
        self.left = 0
        self.because: dict[str, str] = {}

    def settle(self, published: StandPlan) -> list[Stay]:
        """Write what can stay where it was; gives what cannot, the hardest first."""
        stays = [stay for turn in self._day.turns for stay in _kept_way(turn, published, self._day)]
        homeless = []
        same = {p.stay.name: p.stay for p in published.placed}
        touched = {s.name for s in stays if s != same.get(s.name)}
        for stay in sorted(stays, key=lambda s: (*self._rank(s, touched), s.from_min, s.name)):
            reason = self._refusal(stay)
            if reason:
                self.because[stay.name] = reason
                homeless.append(stay)
            else:
                self.book.put(stay, self._was[stay.name])
        return sorted(homeless, key=lambda s: (len(self.book.fitting(s)), s.from_min, s.name))

    def _rank(self, stay: Stay, touched: set[str]) -> tuple[bool, bool]:
        return stay.name not in self._there, stay.name in touched

    def _refusal(self, stay: Stay) -> str:
        was = self._was.get(stay.name)
        if was is None:
            return "new"
        refused = forbidden(stay, self._stands[was])
        if refused:
            return f"{was}: {refused}"
        blocker = next(self.book.blockers(stay, was), None)
        return f"{was}: {blocker.turn.name} is there" if blocker else ""

    def repair(self, stay: Stay) -> bool:
        """Find a homeless stay a stand; ``False`` when the allowance or the airport is full."""
        best: tuple[int, int, Chain] | None = None
        for depth in range(1, LONGEST_CHAIN + 1):
            for chain in self._chains(stay, depth, frozenset({stay.name})):
                worth = self._worth(chain)
                if self._moves(chain) <= self.left and (best is None or worth < best[0]):
                    best = (worth, len(chain), chain)
            if best is not None and depth >= 2:
                break
        if best is None:
            return False
        self.left -= self._moves(best[2])
        for moved, _ in best[2][:-1]:
            self.book.remove(moved)
            self.because.setdefault(moved.name, f"makes room for {stay.turn.name}")
        for moved, stand in best[2]:
            self.book.put(moved, stand)
        return True

    def rescue(self, stay: Stay, solver: Solver, seconds: float) -> bool:
        """Place a homeless stay and those in its way anew, all at once."""
        before = {s.name: stand for s, stand in self.book.places()}
        made = {name for name, stand in before.items() if self._was.get(name, stand) != stand}
        ways_out = Rescue(
            day=self._day,
            book=self.book,
            was=self._was,
            held=frozenset(self._there),
            moves=self.left,
            move_cost=MOVE_COST,
        )
        found = rescued(stay, ways_out, solver, seconds)
        if found is None:
            return False
        for member, _ in found:
            if self.book.stand_of(member) is not None:
                self.book.remove(member)
                self.because.setdefault(member.name, f"makes room for {stay.turn.name}")
        for member, stand in found:
            self.book.put(member, stand)
        now = {s.name for s, stand in self.book.places() if self._was.get(s.name, stand) != stand}
        self.left -= len(now) - len(made)
        return True

    def _chains(self, stay: Stay, depth: int, used: frozenset[str]) -> Iterator[Chain]:
        for stand in self.book.fitting(stay):
            blockers = list(self.book.blockers(stay, stand.name))
            if not blockers:
                yield [(stay, stand.name)]
            elif depth > 1 and len(blockers) <= MOST_PUSHED and self._movable(blockers, used):
                yield from self._pushed(stay, stand, blockers, depth, used)

    def _pushed(
        self, stay: Stay, stand: Stand, blockers: list[Stay], depth: int, used: frozenset[str]
    ) -> Iterator[Chain]:
        """The chain in which those in the way go first, each to where that is cheapest."""
        self.book.put(stay, stand.name)
        were = [(blocker, self.book.remove(blocker)) for blocker in blockers]
        used |= {blocker.name for blocker in blockers}
        first: Chain = []
        for blocker in blockers:
            chains = self._chains(blocker, depth - 1, used)
            onward = min(chains, key=self._worth, default=None)
            if onward is None:
                first = []
                break
            were += [(moved, self.book.remove(moved)) for moved, _ in onward[:-1]]
            for moved, place in onward:
                self.book.put(moved, place)
            used |= {moved.name for moved, _ in onward}
            first += onward
        for moved in {moved.name: moved for moved, _ in were}.values():
            if self.book.stand_of(moved) is not None:
                self.book.remove(moved)
        self.book.remove(stay)
        for moved, place in were:
            self.book.put(moved, place)
        if first:
            yield [*first, (stay, stand.name)]

    def _movable(self, stays: list[Stay], used: frozenset[str]) -> bool:
        return not any(
            stay.name in used or stay.name in self._there or stay.turn.fixed for stay in stays
        )

    def _moves(self, chain: Chain) -> int:
        return sum(self._was.get(stay.name, stand) != stand for stay, stand in chain)

    def _worth(self, chain: Chain) -> int:
        """What a chain adds to the objective, moves included."""
        rules = self._day.rules
        added = MOVE_COST * self._moves(chain)
        for stay, stand in chain:
            added += cost_of(stay, self._stands[stand], rules).total
            now = self.book.stand_of(stay)
            if now is not None and now != stand:
                added -= cost_of(stay, self._stands[now], rules).total
        return added


def repaired(
    day: StandDay,
    published: StandPlan,
    changes: Sequence[Change],
    *,
    now_min: int,
    clock: Seconds,
    solver: Solver | None = None,
    moves_per_change: int = MOVES_PER_CHANGE,
) -> Repair:
    """Re-plan after changes.

    Args:
        day: as it was planned.
        published: its plan.
        changes: what happened.
        now_min: stays that have begun are not moved; minutes since 1970.
        clock: tells how long it took.
        solver: for what chains cannot repair.
        moves_per_change: the allowance; 0 lets nothing move.

    Raises:
        FactsRefused: see :func:`changed`.
    """
    started = clock()
    after = changed(day, changes)
    repairer = _Repairer(after, published, now_min)
    lost = repairer.settle(published)
    allowance = max(moves_per_change * len(changes), len(lost) if moves_per_change else 0)
    repairer.left = allowance
    for _ in range(2):  # what found nothing may find it when the others have moved
        lost = [stay for stay in lost if not repairer.repair(stay)]
    if solver is not None:
        lost = [
            stay
            for stay in lost
            if clock() - started > RESCUE_UNTIL_S
            or not repairer.rescue(stay, solver, RESCUE_UNTIL_S + started - clock())
        ]
    homeless = {stay.turn.name for stay in lost}
    places = [(s, stand) for s, stand in repairer.book.places() if s.turn.name not in homeless]
    plan = plan_of(after, places, ending="effort", seconds=clock() - started)
    return Repair(
        day=after,
        plan=plan,
        moves=tuple(_moves(published, plan, after, repairer.because)),
        allowance=allowance,
        seconds=clock() - started,
    )


def _kept_way(turn: Turn, published: StandPlan, day: StandDay) -> tuple[Stay, ...]:
    """The stays of a turn as they were published, with the times of now."""
    parts = {p.stay.part for p in published.placed if p.stay.turn.name == turn.name}
    ways = ways_of(turn, day.rules)
    for way in ways:
        if {stay.part for stay in way.stays} == parts:
            return way.stays
    return ways[0].stays


def _moves(
    published: StandPlan, plan: StandPlan, day: StandDay, because: dict[str, str]
) -> Iterator[Move]:
    was, now = published.stand_of(), plan.stand_of()
    alive = {turn.name for turn in day.turns}
    for placed in published.placed:
        name = placed.stay.name
        if placed.stay.turn.name in alive and now.get(name, "") != was[name]:
            yield Move(
                stay=name,
                was=was[name],
                to=now.get(name, ""),
                because=because.get(name, "its turn is spent in other parts"),
            )
