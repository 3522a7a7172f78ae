"""From shares to yes or no: each turn takes what the relaxation finds best, as far as there is room.

Greedy by *reduced* cost: the prices of the relaxation tell what a place is worth to others, so a turn
leaves the bridge to one that needs it more. Turns the relaxation is sure of come first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from ai_center.optimisers.program import Program, Relaxed, Relaxer, Seconds, Solver
from ai_center.optimisers.whole_numbers import WholeSolver

Option = tuple[tuple[int, ...], tuple[tuple[int, ...], ...]]
"""One way: the decisions it always takes, and then one of each of these."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tools:
    """Who solves, who relaxes, who solves whole numbers, and who tells the time."""

    solver: Solver
    relaxer: Relaxer
    whole: WholeSolver
    clock: Seconds


def promising(program: Program, relaxed: Relaxed, within: float) -> list[int]:
    """Decisions that a good choice can contain: those whose reduced cost is small."""
    return [
        d
        for d in range(len(program.costs))
        if relaxed.shares[d] > 1e-6 or relaxed.reduced[d] <= within
    ]


def rounded(
    program: Program, relaxed: Relaxed, turns: Sequence[Sequence[Option]]
) -> frozenset[int]:
    """A choice close to the relaxation that keeps every row.

    Args:
        program: what is chosen in.
        relaxed: its relaxation.
        turns: per turn its options; the last one needs no room.
    """
    rooms = _Rooms(program)
    taken: set[int] = set()
    for options in sorted(turns, key=lambda options: -_surest(relaxed, options)):
        best: tuple[float, list[int]] | None = None
        for option in options:
            found = _cheapest(option, relaxed, rooms)
            if found and (best is None or found[0] < best[0] - 1e-9):
                best = found
        assert best is not None, "the last option of a turn needs no room"
        taken.update(best[1])
        rooms.take(best[1])
    return frozenset(taken)


def _surest(relaxed: Relaxed, options: Sequence[Option]) -> float:
    return max(
        (relaxed.shares[d] for _, parts in options for part in parts for d in part), default=0.0
    )


def _cheapest(option: Option, relaxed: Relaxed, rooms: _Rooms) -> tuple[float, list[int]] | None:
    """The cheapest way to take an option, by reduced cost less what the relaxation took."""
    always, parts = option
    if not all(rooms.has(d) for d in always):
        return None
    worth = sum(relaxed.reduced[d] - relaxed.shares[d] for d in always)
    chosen = list(always)
    for part in parts:
        free = [d for d in part if rooms.has(d)]
        if not free:
            return None
        best = min(free, key=lambda d: (relaxed.reduced[d] - relaxed.shares[d], d))
        worth += relaxed.reduced[best] - relaxed.shares[best]
        chosen.append(best)
    return worth, chosen


class _Rooms:
    """How much room every row has left."""

    def __init__(self, program: Program) -> None:
        self._left = [row.most for row in program.capacities]
        self._rows: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for place, row in enumerate(program.capacities):
            for decision, weight in zip(row.decisions, row.weights, strict=True):
                self._rows[decision].append((place, weight))

    def has(self, decision: int) -> bool:
        """Whether a decision can be taken."""
        return all(self._left[place] >= weight for place, weight in self._rows.get(decision, ()))

    def take(self, decisions: Sequence[int]) -> None:
        """Use the room of decisions."""
        for decision in decisions:
            for place, weight in self._rows.get(decision, ()):
                self._left[place] -= weight
