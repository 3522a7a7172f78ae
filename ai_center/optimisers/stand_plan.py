"""What stand allocation answers: who stands where, what it costs, what is left over."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from ai_center.optimisers.stand_rules import StayCost, cost_of
from ai_center.optimisers.stands import Stand, StandDay
from ai_center.optimisers.stays import Stay

Ending = Literal["gap", "effort", "time", "greedy"]
"""Why a search stopped: as close to the bound as was asked, effort spent, time over, or no search."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Placed:
    """A stay on a stand."""

    stay: Stay
    stand: str
    cost: StayCost


@dataclass(frozen=True, slots=True, kw_only=True)
class StandFigures:
    """What a plan amounts to.

    Attributes:
        cost: all passenger minutes, tows, misses and unplaced turns together: the objective.
        contact_share: of the passengers, those who use a bridge; 0..1.
        access_minutes: walking and riding.
        missed: stays outside the zones the airline prefers.
        tows: moves of aircraft on the ground.
        unplaced: turns without a stand.
    """

    cost: int
    contact_share: float
    access_minutes: int
    missed: int
    tows: int
    unplaced: int


@dataclass(frozen=True, slots=True, kw_only=True)
class StandPlan:
    """A whole answer.

    Attributes:
        placed: every stay, in the order of the turns.
        unplaced: names of the turns that found no stand.
        figures: what it amounts to.
        bound: no plan costs less (proven); 0 where nothing was proven.
        ending: why the search stopped.
        seconds: it took.
    """

    placed: tuple[Placed, ...]
    unplaced: tuple[str, ...]
    figures: StandFigures
    bound: float = 0.0
    ending: Ending = "greedy"
    seconds: float = 0.0

    @property
    def gap(self) -> float:
        """How far the plan can be from the best one, as a share of its cost."""
        return max(0.0, 1 - self.bound / self.figures.cost) if self.figures.cost else 0.0

    def stand_of(self) -> dict[str, str]:
        """Stand by the name of the stay."""
        return {placed.stay.name: placed.stand for placed in self.placed}


def plan_of(
    day: StandDay,
    places: Iterable[tuple[Stay, str]],
    *,
    bound: float = 0.0,
    ending: Ending = "greedy",
    seconds: float = 0.0,
) -> StandPlan:
    """Make a plan of stays and the names of their stands."""
    stands = {stand.name: stand for stand in day.stands}
    order = {turn.name: place for place, turn in enumerate(day.turns)}
    placed = sorted(
        (
            Placed(stay=stay, stand=name, cost=cost_of(stay, stands[name], day.rules))
            for stay, name in places
        ),
        key=lambda p: (order[p.stay.turn.name], p.stay.from_min),
    )
    there = {p.stay.turn.name for p in placed}
    unplaced = tuple(turn.name for turn in day.turns if turn.name not in there)
    return StandPlan(
        placed=tuple(placed),
        unplaced=unplaced,
        figures=figures_of(day, placed, unplaced, stands),
        bound=bound,
        ending=ending,
        seconds=seconds,
    )


def figures_of(
    day: StandDay,
    placed: Iterable[Placed],
    unplaced: tuple[str, ...],
    stands: Mapping[str, Stand],
) -> StandFigures:
    """Add up what a plan amounts to."""
    stays = list(placed)
    tows = len(stays) - len({p.stay.turn.name for p in stays})
    passengers = sum(p.stay.passengers for p in stays)
    at_bridges = sum(p.stay.passengers for p in stays if stands[p.stand].contact)
    rules = day.rules
    return StandFigures(
        cost=sum(p.cost.total for p in stays)
        + tows * rules.tow_cost
        + len(unplaced) * rules.unplaced_cost,
        contact_share=at_bridges / passengers if passengers else 0.0,
        access_minutes=sum(p.cost.access for p in stays),
        missed=sum(p.cost.preference > 0 for p in stays),
        tows=tows,
        unplaced=len(unplaced),
    )
