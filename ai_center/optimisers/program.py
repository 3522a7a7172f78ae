"""A choice among yes-or-no decisions with costs, and the port of what can make it.

Kept to four kinds of row, so that any solver of 0-1 programmes can stand behind it; the only adapter
is ``adapters/cp_sat.py``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

Ending = Literal["proven", "effort", "time", "none"]
"""Why a solver stopped: optimum proven, effort spent, time over, or nothing found at all."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Capacity:
    """``sum(weight * decision) <= most``."""

    decisions: tuple[int, ...]
    weights: tuple[int, ...]
    most: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Program:
    """Minimise the sum of costs of the decisions taken.

    Attributes:
        costs: one whole number per decision.
        exactly_one: of each tuple one decision is taken.
        equal: of each pair (left, right), as many of the left as of the right are taken.
        capacities: what may not be exceeded.
        hint: decisions taken in a plan that is known; a start, no promise.
    """

    costs: tuple[int, ...]
    exactly_one: tuple[tuple[int, ...], ...] = ()
    equal: tuple[tuple[tuple[int, ...], tuple[int, ...]], ...] = ()
    capacities: tuple[Capacity, ...] = ()
    hint: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How long a search may go on.

    Attributes:
        seconds: on the wall clock; never exceeded by more than the solver's last step.
        effort: in the solver's own units, which do not depend on the machine's load: a search that
            ends by effort or by proof gives the same answer every time.
        workers: threads.
        seed: of every draw.
        gap: stop when cost and bound are this close, as a share of the cost.
    """

    seconds: float
    effort: float = 1e9
    workers: int = 2
    seed: int = 1
    gap: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a solver found.

    Attributes:
        taken: the decisions taken; empty when nothing was found.
        cost: of them.
        bound: no choice costs less (proven).
        ending: why it stopped.
        seconds: on the wall clock.
    """

    taken: frozenset[int]
    cost: int
    bound: float
    ending: Ending
    seconds: float


class Solver(Protocol):
    """Solves programmes; the adapter is ``adapters/cp_sat.py``."""

    def solve(self, program: Program, limits: Limits) -> Choice:
        """Find the cheapest choice that keeps every row, as far as the limits allow."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Relaxed:
    """A programme solved with shares of decisions instead of yes or no.

    Attributes:
        shares: of each decision, 0..1.
        reduced: what taking a decision would add to the bound; its sign is that of a cost.
        bound: no choice costs less; computed from the prices of the rows, so that it holds however
            exactly the prices were found.
    """

    shares: tuple[float, ...]
    reduced: tuple[float, ...]
    bound: float


class Relaxer(Protocol):
    """Solves relaxations; the adapter is ``adapters/highs.py``."""

    def relax(self, program: Program, *, seconds: float) -> Relaxed | None:
        """The relaxation's optimum, or ``None`` when it was not found in time."""
        ...


Seconds = Callable[[], float]
"""A clock that only goes forward; tests give their own."""


class Narrower:
    """Makes smaller programmes of one programme: some decisions open, others taken, the rest not."""

    def __init__(self, program: Program) -> None:
        """Note which rows every decision stands in."""
        self._program = program
        self._one = _rows_of(program.exactly_one)
        self._equal = _rows_of(tuple((*left, *right) for left, right in program.equal))
        self._capacity = _rows_of(tuple(row.decisions for row in program.capacities))
        if any(weight != 1 for row in program.capacities for weight in row.weights):
            raise ValueError("a capacity weighs a decision by more or less than one")

    def narrowed(
        self, free: Iterable[int], fixed: frozenset[int], hint: frozenset[int]
    ) -> tuple[Program, tuple[int, ...]]:
        """The programme of the free decisions, and the number each of its decisions had.

        Every ``exactly_one`` or ``equal`` row has all its taken decisions on one side: fixed, and then
        none of its others is free, or free. What the fixed ones use is taken off the capacities.

        >>> program = Program(costs=(1, 2, 3), exactly_one=((0, 1), (2,)))
        >>> small, numbers = Narrower(program).narrowed([0, 1], frozenset({2}), frozenset())
        >>> small.exactly_one, numbers
        (((0, 1),), (0, 1))
        """
        program = self._program
        numbers = tuple(sorted(free))
        new = {old: place for place, old in enumerate(numbers)}
        used: dict[int, int] = {}
        for decision in fixed:
            for row in self._capacity.get(decision, ()):
                used[row] = used.get(row, 0) + 1
        capacities: dict[tuple[int, ...], int] = {}
        for row in _touched(self._capacity, numbers):
            there = tuple(new[d] for d in program.capacities[row].decisions if d in new)
            most = program.capacities[row].most - used.get(row, 0)
            if len(there) > most:
                capacities[there] = min(most, capacities.get(there, most))
        small = Program(
            costs=tuple(program.costs[d] for d in numbers),
            exactly_one=tuple(
                tuple(new[d] for d in program.exactly_one[row] if d in new)
                for row in _touched(self._one, numbers)
            ),
            equal=tuple(
                (_renamed(program.equal[row][0], new), _renamed(program.equal[row][1], new))
                for row in _touched(self._equal, numbers)
            ),
            capacities=tuple(
                Capacity(decisions=there, weights=(1,) * len(there), most=most)
                for there, most in capacities.items()
            ),
            hint=frozenset(new[d] for d in hint if d in new),
        )
        return small, numbers


def _rows_of(rows: Sequence[Sequence[int]]) -> dict[int, list[int]]:
    found: dict[int, list[int]] = {}
    for place, row in enumerate(rows):
        for decision in row:
            found.setdefault(decision, []).append(place)
    return found


def _touched(rows: dict[int, list[int]], decisions: Iterable[int]) -> list[int]:
    return sorted({row for decision in decisions for row in rows.get(decision, ())})


def _renamed(decisions: Iterable[int], new: dict[int, int]) -> tuple[int, ...]:
    return tuple(new[d] for d in decisions if d in new)


def broken_rows(program: Program, taken: Sequence[int] | frozenset[int]) -> list[str]:
    """Which rows a choice breaks, in words; empty when it is allowed.

    >>> broken_rows(Program(costs=(1, 2), exactly_one=((0, 1),)), [0, 1])
    ['one of (0, 1): 2 taken']
    """
    chosen = frozenset(taken)
    wrong = [
        f"one of {row}: {count} taken"
        for row in program.exactly_one
        if (count := sum(d in chosen for d in row)) != 1
    ]
    for left, right in program.equal:
        counts = (sum(d in chosen for d in left), sum(d in chosen for d in right))
        if counts[0] != counts[1]:
            wrong.append(f"as many of {left} as of {right}: {counts[0]} and {counts[1]}")
    for row in program.capacities:
        used = sum(w for d, w in zip(row.decisions, row.weights, strict=True) if d in chosen)
        if used > row.most:
            wrong.append(f"at most {row.most} of {row.decisions}: {used}")
    return wrong
