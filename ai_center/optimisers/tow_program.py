"""Tows as a 0-1 programme: one decision per tow, start on the grid and kind of tug, or to leave it undone.

Tows under way at once are limited per kind; orders between tows are rows as well.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from ai_center.optimisers.program import Capacity, Program
from ai_center.optimisers.tow_task import Start, TowTask
from ai_center.optimisers.tows import Tow


class TowProgram:
    """The programme and what its decisions mean."""

    def __init__(self, task: TowTask) -> None:
        """Number the decisions of a task."""
        self._task = task
        self._means: list[tuple[Tow, Start | None]] = []
        self._of: dict[str, list[int]] = defaultdict(list)
        self._undone: dict[str, int] = {}
        for tow in task.tows:
            for start in task.starts(tow):
                for kind in tow.kinds:
                    self._of[tow.name].append(len(self._means))
                    self._means.append((tow, (start, kind)))
            self._undone[tow.name] = len(self._means)
            self._means.append((tow, None))

    def program(self) -> Program:
        """The programme."""
        task = self._task
        costs = [
            task.rules.unserved_cost if start is None else task.cost(tow, start[0])
            for tow, start in self._means
        ]
        return Program(
            costs=tuple(costs),
            exactly_one=tuple((*self._of[t.name], self._undone[t.name]) for t in task.tows),
            capacities=(*self._tug_rows(), *self._order_rows()),
        )

    def numbers_of(self, starts: Mapping[str, Start]) -> frozenset[int]:
        """Decisions that stand for these starts."""
        return frozenset(
            number
            for number, (tow, start) in enumerate(self._means)
            if starts.get(tow.name) == start
        )

    def starts_of(self, taken: frozenset[int]) -> dict[str, Start]:
        """Starts that decisions stand for."""
        chosen = (self._means[number] for number in taken)
        return {tow.name: start for tow, start in chosen if start is not None}

    def _tug_rows(self) -> Iterator[Capacity]:
        task = self._task
        for kind in ("wide", "narrow"):
            spans = [
                (number, start[0], start[0] + tow.busy_min(task.rules))
                for number, (tow, start) in enumerate(self._means)
                if start is not None and start[1] == kind
            ]
            moments = {start for _, start, _ in spans}
            moments |= {out.from_min for out in task.fleet.out if out.kind == kind}
            seen: dict[tuple[int, ...], int] = {}
            for moment in sorted(moments):
                there = tuple(number for number, start, end in spans if start <= moment < end)
                room = task.fleet.room(kind, moment)
                if len({self._means[n][0].name for n in there}) > room:
                    seen[there] = min(room, seen.get(there, room))
            for there, room in seen.items():
                yield Capacity(decisions=there, weights=(1,) * len(there), most=room)

    def _order_rows(self) -> Iterator[Capacity]:
        for rule in self._task.windows.after:
            firsts, seconds = self._of[rule.first], self._of[rule.second]
            yield self._one_of([self._undone[rule.first], *seconds])
            for start in sorted({self._start(n) for n in firsts}):
                late = [n for n in firsts if self._start(n) >= start]
                soon = [n for n in seconds if self._start(n) < start + rule.distance]
                if soon:
                    yield self._one_of([*late, *soon])

    def _start(self, number: int) -> int:
        start = self._means[number][1]
        assert start is not None
        return start[0]

    @staticmethod
    def _one_of(decisions: Sequence[int]) -> Capacity:
        return Capacity(decisions=tuple(decisions), weights=(1,) * len(decisions), most=1)
