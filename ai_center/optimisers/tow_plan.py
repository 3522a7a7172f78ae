"""Tow plan: when each aircraft is towed and with which kind of tug; cheapest, proven where time allows.

A tow that is not done takes with it those that need its stand, and is told; hard rules are never broken
for it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Literal

from ai_center.optimisers.program import Limits, Seconds, Solver
from ai_center.optimisers.tow_first_come import first_come
from ai_center.optimisers.tow_program import TowProgram
from ai_center.optimisers.tow_reasons import because, blocked, why_not
from ai_center.optimisers.tow_task import Start, TowTask
from ai_center.optimisers.tows import Tow, TugKind

Ending = Literal["proven", "effort", "time", "rule"]
EFFORT = 20.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Towed:
    """A tow that is done.

    Attributes:
        tow: which.
        start_min: the tug hooks on.
        leaves_min: the source is empty.
        arrives_min: it is on the target.
        free_min: the tug may begin the next.
        tug: kind and number, e.g. ``wide 1``.
        because: why not at a better moment.
    """

    tow: Tow
    start_min: int
    leaves_min: int
    arrives_min: int
    free_min: int
    tug: str
    because: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Undone:
    """A tow that finds no time or tug: why, and the stays that its aircraft is then in the way of."""

    tow: Tow
    because: str
    blocks: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TowPlan:
    """An answer.

    Attributes:
        towed: in the order of their starts.
        undone: what could not be done.
        idle_bridge_min: minutes that aircraft stand at bridges although they could be elsewhere.
        moved: starts that differ from what was published.
        cost: the objective, see :class:`TowRules`.
        bound: no plan costs less (proven); 0 where nothing was proven.
        ending: why the search stopped.
        seconds: it took.
    """

    towed: tuple[Towed, ...]
    undone: tuple[Undone, ...]
    idle_bridge_min: int
    moved: int
    cost: int
    bound: float
    ending: Ending
    seconds: float

    @property
    def gap(self) -> float:
        """How far the plan can be from the best one, as a share of its cost."""
        return max(0.0, 1 - self.bound / self.cost) if self.cost else 0.0


def towed(
    task: TowTask, solver: Solver, clock: Seconds, *, seconds: float = 10.0, seed: int = 1
) -> TowPlan:
    """Plan the tows of a day.

    Args:
        task: see :func:`task_of`.
        solver: of 0-1 programmes.
        clock: for the time it took.
        seconds: time limit.
        seed: of the solver.
    """
    started = clock()
    made = TowProgram(task)
    simple = first_come(task)
    hinted = replace(made.program(), hint=made.numbers_of(simple))
    limits = Limits(seconds=seconds, effort=EFFORT, workers=1, seed=seed)
    choice = solver.solve(hinted, limits)
    took = clock() - started
    if choice.ending == "none":
        return told(task, simple, "rule", 0.0, took)
    return told(task, made.starts_of(choice.taken), choice.ending, choice.bound, took)


def towed_simply(task: TowTask) -> TowPlan:
    """One after the other: each tow at the best moment that those before it have left."""
    return told(task, first_come(task), "rule", 0.0, 0.0)


def told(
    task: TowTask, starts: Mapping[str, Start], ending: Ending, bound: float, seconds: float
) -> TowPlan:
    """Everything there is to say of starts."""
    rules = task.rules
    tugs = _named(task, starts)
    done = [
        Towed(
            tow=tow,
            start_min=starts[tow.name][0],
            leaves_min=tow.leaves(starts[tow.name][0], rules),
            arrives_min=tow.arrives(starts[tow.name][0], rules),
            free_min=starts[tow.name][0] + tow.busy_min(rules),
            tug=tugs[tow.name],
            because=because(task, tow, starts),
        )
        for tow in task.tows
        if tow.name in starts
    ]
    undone = tuple(
        Undone(tow=tow, because=why_not(task, tow, starts), blocks=blocked(task, tow))
        for tow in task.tows
        if tow.name not in starts
    )
    contact = {stand.name for stand in task.day.stands if stand.contact}
    idle = sum(
        (one.leaves_min - one.tow.earliest_min - rules.hook_min) * (one.tow.source in contact)
        + (one.tow.latest_min - one.arrives_min) * (one.tow.target in contact)
        for one in done
    )
    cost = sum(task.cost(one.tow, one.start_min) for one in done)
    cost += rules.unserved_cost * len(undone)
    return TowPlan(
        towed=tuple(sorted(done, key=lambda one: (one.start_min, one.tow.name))),
        undone=undone,
        idle_bridge_min=idle,
        moved=sum(task.moves(one.tow, one.start_min) for one in done),
        cost=cost,
        bound=min(bound, cost),
        ending=ending,
        seconds=seconds,
    )


def _named(task: TowTask, starts: Mapping[str, Start]) -> dict[str, str]:
    """A number for each tug: the lowest that is free; counts per kind make that always possible."""
    free_at: dict[TugKind, list[int]] = {"wide": [], "narrow": []}
    found: dict[str, str] = {}
    for tow in sorted(
        (t for t in task.tows if t.name in starts), key=lambda t: (starts[t.name][0], t.name)
    ):
        start, kind = starts[tow.name]
        ends = free_at[kind]
        number = next((n for n, end in enumerate(ends) if end <= start), len(ends))
        if number == len(ends):
            ends.append(0)
        ends[number] = start + tow.busy_min(task.rules)
        found[tow.name] = f"{kind} {number + 1}"
    return found
