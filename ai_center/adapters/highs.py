"""Solves relaxations of programmes with HiGHS, as scipy brings it (MIT).

Rows that follow each other in time differ by the few stays that came and went. They are written as
such differences, with the room left over as a variable: the same polytope with a tenth of the
numbers, which HiGHS solves about ten times as fast.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, cast

import numpy as np
from scipy.optimize import linprog
from scipy.sparse import csc_matrix

from ai_center.optimisers.program import Capacity, Program, Relaxed


class Highs:
    """See the module's own words."""

    def relax(self, program: Program, *, seconds: float) -> Relaxed | None:
        """The relaxation's optimum, or ``None`` when it was not found in time."""
        rows = _Rows(len(program.costs))
        rows.capacities(program.capacities)
        for choice in program.exactly_one:
            rows.add([(d, 1) for d in choice], 1)
        for left, right in program.equal:
            rows.add([*((d, 1) for d in left), *((d, -1) for d in right)], 0)
        matrix = rows.matrix()
        costs = np.zeros(matrix.shape[1])
        costs[: len(program.costs)] = program.costs
        most = np.concatenate([np.ones(len(program.costs)), np.asarray(rows.rooms, float)])
        solve = cast(Callable[..., Any], linprog)  # its stubs know no sparse arrays
        found = solve(
            costs,
            A_eq=matrix,
            b_eq=rows.sides,
            bounds=np.column_stack([np.zeros(len(most)), most]),
            method="highs-ipm",
            options={"time_limit": max(0.1, seconds)},
        )
        if found.status != 0:
            return None
        prices = np.asarray(found.eqlin.marginals, float)
        reduced = costs - matrix.T @ prices
        bound = float(np.asarray(rows.sides) @ prices + np.minimum(reduced, 0) @ most)
        decisions = len(program.costs)
        return Relaxed(
            shares=tuple(np.clip(found.x[:decisions], 0, 1).tolist()),
            reduced=tuple(reduced[:decisions].tolist()),
            bound=bound,
        )


class _Rows:
    """Collects a sparse matrix row by row."""

    def __init__(self, decisions: int) -> None:
        self._decisions = decisions
        self._at: tuple[list[int], list[int], list[float]] = ([], [], [])
        self.sides: list[float] = []
        self.rooms: list[int] = []

    def add(self, entries: Iterable[tuple[int, float]], side: float) -> None:
        """One equation."""
        for column, value in entries:
            self._at[0].append(len(self.sides))
            self._at[1].append(column)
            self._at[2].append(value)
        self.sides.append(side)

    def capacities(self, capacities: Iterable[Capacity]) -> None:
        """Each as a difference to the one before it where they share decisions."""
        before: dict[int, int] = {}
        most = -1
        for row in capacities:
            here = dict(zip(row.decisions, row.weights, strict=True))
            room = self._decisions + len(self.rooms)
            follows = row.most == most and not here.keys().isdisjoint(before)
            if follows:
                changed = {d: here.get(d, 0) - before.get(d, 0) for d in (*before, *here)}
                entries = [(d, weight) for d, weight in changed.items() if weight]
                self.add([*entries, (room, 1), (room - 1, -1)], 0)
            else:
                self.add([*here.items(), (room, 1)], row.most)
            self.rooms.append(row.most)
            before, most = here, row.most

    def matrix(self) -> csc_matrix:
        """All rows, shape (rows, decisions + rooms)."""
        shape = (len(self.sides), self._decisions + len(self.rooms))
        return csc_matrix((self._at[2], (self._at[0], self._at[1])), shape=shape)
