"""The last resort of a repair: one stay without a stand and all that are in its way, decided at once.

Chains push one after the other. Here the homeless stay and everything that stands in its time on
stands that would fit it may all be placed anew together, exactly, by the solver; everybody else stays
where it is. Each stand other than the published one costs a move, and the moves are limited.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from ai_center.optimisers.occupancy import Occupancy
from ai_center.optimisers.program import Capacity, Limits, Program, Solver
from ai_center.optimisers.stand_program import cliques
from ai_center.optimisers.stand_rules import cost_of
from ai_center.optimisers.stands import StandDay
from ai_center.optimisers.stays import Stay

EFFORT = 1.0
SECONDS = 2.0
"""For one stay."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rescue:
    """What a rescue works with.

    Attributes:
        day: with the changes.
        book: who is where now; not changed.
        was: published stand by name of stay.
        held: names of stays that must not be moved.
        moves: that may be made, those already made by the stays in the way included.
        move_cost: of each.
    """

    day: StandDay
    book: Occupancy
    was: Mapping[str, str]
    held: frozenset[str]
    moves: int
    move_cost: int


def rescued(
    stay: Stay, ways_out: Rescue, solver: Solver, seconds: float = SECONDS
) -> list[tuple[Stay, str]] | None:
    """Places for a homeless stay and those in its way, or ``None`` when there are none."""
    group = _in_the_way(stay, ways_out)
    places = [
        (member, stand) for member in group.values() for stand in _open_to(member, group, ways_out)
    ]
    program = _program(places, ways_out)
    if len(program.exactly_one) < len(group):
        return None  # one of them, the homeless stay most likely, can be nowhere
    limits = Limits(seconds=min(seconds, SECONDS), effort=EFFORT, workers=1)
    choice = solver.solve(program, limits)
    if choice.ending == "none":
        return None
    return [places[decision] for decision in sorted(choice.taken)]


def _in_the_way(stay: Stay, ways_out: Rescue) -> dict[str, Stay]:
    """The stay and all that could be moved off a stand that fits it, by name."""
    group = {stay.name: stay}
    for stand in ways_out.book.fitting(stay):
        blockers = list(ways_out.book.blockers(stay, stand.name))
        if not any(b.name in ways_out.held or b.turn.fixed for b in blockers):
            group |= {blocker.name: blocker for blocker in blockers}
    return group


def _open_to(member: Stay, group: Mapping[str, Stay], ways_out: Rescue) -> Iterator[str]:
    for stand in ways_out.book.fitting(member):
        if all(b.name in group for b in ways_out.book.blockers(member, stand.name)):
            yield stand.name


def _program(places: Sequence[tuple[Stay, str]], ways_out: Rescue) -> Program:
    stands = {stand.name: stand for stand in ways_out.day.stands}
    of_stay: dict[str, list[int]] = defaultdict(list)
    at: dict[str, list[int]] = defaultdict(list)
    costs, moved = [], []
    for decision, (stay, name) in enumerate(places):
        of_stay[stay.name].append(decision)
        at[name].append(decision)
        moves = ways_out.was.get(stay.name, name) != name
        costs.append(cost_of(stay, stands[name], ways_out.day.rules).total)
        costs[-1] += ways_out.move_cost * moves
        if moves:
            moved.append(decision)
    rows = [list(decisions) for decisions in at.values()]
    for rule in ways_out.day.adjacencies:
        here = [d for d in at[rule.stand] if places[d][0].turn.size >= rule.size]
        there = [d for d in at[rule.neighbour] if places[d][0].turn.size >= rule.neighbour_size]
        rows.append([*here, *there] if here and there else [])
    capacities = [
        Capacity(decisions=clique, weights=(1,) * len(clique), most=1)
        for row in rows
        for clique in cliques([(d, places[d][0]) for d in row])
        if len(clique) > 1
    ]
    capacities.append(
        Capacity(decisions=tuple(moved), weights=(1,) * len(moved), most=ways_out.moves)
    )
    return Program(
        costs=tuple(costs),
        exactly_one=tuple(tuple(decisions) for decisions in of_stay.values()),
        capacities=tuple(capacities),
    )
