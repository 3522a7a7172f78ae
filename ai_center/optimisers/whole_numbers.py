"""A choice of whole numbers with linear costs and rows, and the port of what can make it.

For plans that count (lanes open in a quarter of an hour), where ``program.py`` is for plans that pick.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from ai_center.optimisers.program import Ending


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """``least <= sum(factor * number) <= most``.

    Attributes:
        numbers: which.
        factors: of each.
        least: or ``None``.
        most: or ``None``.
    """

    numbers: tuple[int, ...]
    factors: tuple[int, ...]
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeProgram:
    """Minimise the sum of costs times numbers.

    Attributes:
        costs: one per number.
        least: of each number.
        most: of each number.
        rows: that hold.
        hint: values of a plan that is known; a start, no promise. Empty: none.
    """

    costs: tuple[int, ...]
    least: tuple[int, ...]
    most: tuple[int, ...]
    rows: tuple[Row, ...]
    hint: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeChoice:
    """What a solver found.

    Attributes:
        values: of the numbers; empty when nothing was found.
        cost: of them.
        bound: no choice costs less (proven).
        ending: why it stopped.
        seconds: on the wall clock.
    """

    values: tuple[int, ...]
    cost: int
    bound: float
    ending: Ending
    seconds: float


class WholeSolver(Protocol):
    """Solves such programmes; the adapter is ``adapters/cp_sat.py``."""

    def solve_whole(
        self, program: WholeProgram, *, seconds: float, effort: float, seed: int
    ) -> WholeChoice:
        """Find the cheapest choice that keeps every row, as far as time and effort allow."""
        ...
