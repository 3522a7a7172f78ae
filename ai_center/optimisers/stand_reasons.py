"""Why a turn stands where it does: what it costs, the next best, and what forbids the others."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from ai_center.errors import FactsRefused
from ai_center.optimisers.occupancy import Occupancy
from ai_center.optimisers.stand_plan import Placed, StandPlan
from ai_center.optimisers.stand_rules import StayCost, cost_of, forbidden
from ai_center.optimisers.stands import Stand, StandDay
from ai_center.optimisers.stays import Stay


@dataclass(frozen=True, slots=True, kw_only=True)
class Alternative:
    """Another stand: what it would add, and who is in the way (nobody: it is free)."""

    stand: str
    adds: int
    taken_by: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """Why one stay is where it is.

    Attributes:
        stay: its name.
        stand: where.
        cost: what it costs there, passenger minutes.
        next_best: the cheapest free stand with everything else left as it is.
        cheaper: stands that would cost less and are taken, the cheapest first.
        refused: stands by what forbids them.
    """

    stay: str
    stand: str
    cost: StayCost
    next_best: Alternative | None
    cheaper: tuple[Alternative, ...]
    refused: dict[str, tuple[str, ...]]


def reasons(day: StandDay, plan: StandPlan, turn: str) -> tuple[Reason, ...]:
    """Why a turn stands where it does, one reason per stay; none when it is unplaced.

    Raises:
        FactsRefused: there is no such turn.
    """
    if all(known.name != turn for known in day.turns):
        raise FactsRefused("turn", f"{turn!r} is not of this day")
    book = Occupancy(day)
    for placed in plan.placed:
        book.put(placed.stay, placed.stand)
    return tuple(_reason(day, book, p) for p in plan.placed if p.stay.turn.name == turn)


def _reason(day: StandDay, book: Occupancy, placed: Placed) -> Reason:
    stay = placed.stay
    refused: dict[str, list[str]] = defaultdict(list)
    others = []
    for stand in day.stands:
        why = forbidden(stay, stand)
        if why:
            refused[why].append(stand.name)
        elif stand.name != placed.stand:
            others.append(_alternative(day, book, stay, stand, placed.cost.total))
    others.sort(key=lambda other: (other.adds, other.stand))
    return Reason(
        stay=stay.name,
        stand=placed.stand,
        cost=placed.cost,
        next_best=next((other for other in others if not other.taken_by), None),
        cheaper=tuple(other for other in others if other.taken_by and other.adds < 0),
        refused={why: tuple(names) for why, names in refused.items()},
    )


def _alternative(day: StandDay, book: Occupancy, stay: Stay, stand: Stand, now: int) -> Alternative:
    blockers = [other for other in book.blockers(stay, stand.name) if other.name != stay.name]
    return Alternative(
        stand=stand.name,
        adds=cost_of(stay, stand, day.rules).total - now,
        taken_by=tuple(other.turn.name for other in blockers),
    )
