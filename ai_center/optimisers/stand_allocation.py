"""Stand allocation: relax, round, then improve window by window until proven, or time is over.

The relaxation gives the bound. Rounding gives a first plan. Then windows of some hours are freed, one
after the other, and decided anew exactly while everything outside stays; a window that has nothing to
give is not looked at again until a neighbour changed. The plan is never worse than the greedy one.
"""

from __future__ import annotations

from dataclasses import dataclass

from ai_center.optimisers.program import Limits, Narrower, Relaxed
from ai_center.optimisers.rounding import Tools, promising, rounded
from ai_center.optimisers.stand_greedy import greedy
from ai_center.optimisers.stand_plan import Ending, StandPlan, plan_of
from ai_center.optimisers.stand_program import Builder, StandProgram, named
from ai_center.optimisers.stands import StandDay

SECONDS = 60.0
MARGIN_S = 1.0
"""Kept back for naming the stands and writing the plan."""
WINDOWS = ((180, 4.0), (300, 12.0), (480, 30.0))
"""Widths of windows, minutes, with the effort each is worth."""
RELAXED_PER_S = 10_000
"""Decisions relaxed in a second: with less time than that the relaxation is not begun, because it
cannot be stopped at any moment."""
WORTH = 0.0005
"""Share of the cost that a window must save before its neighbours are looked at again."""
NEAR = 1_000.0
"""Reduced cost up to which a decision is looked at in a window; passenger minutes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effort:
    """How hard to try.

    Attributes:
        seconds: on the wall clock, for everything.
        gap: good enough: stop when the plan is this close to the bound.
        seed: of the solver.
    """

    seconds: float = SECONDS
    gap: float = 0.01
    seed: int = 1


def allocate(day: StandDay, tools: Tools, effort: Effort | None = None) -> StandPlan:
    """Plan a day."""
    effort = effort or Effort()
    started = tools.clock()
    until = started + effort.seconds
    baseline = greedy(day)
    if not day.turns:
        return _told(day, baseline, 0.0, "gap", tools.clock() - started)
    made = Builder(day).build()
    left = until - tools.clock() - MARGIN_S
    worth_while = left >= len(made.program.costs) / RELAXED_PER_S
    relaxed = tools.relaxer.relax(made.program, seconds=0.7 * left) if worth_while else None
    if relaxed is None:
        return _told(day, baseline, 0.0, "time", tools.clock() - started)
    taken = rounded(made.program, relaxed, made.turns)
    taken, ending = _improved(made, relaxed, taken, tools, effort, until)
    plan = plan_of(
        day,
        named(made.places[d] for d in sorted(taken) if d < len(made.places)),
        bound=relaxed.bound,
        ending=ending,
        seconds=tools.clock() - started,
    )
    if baseline.figures.cost <= plan.figures.cost:
        return _told(day, baseline, relaxed.bound, ending, plan.seconds)
    return plan


def _told(
    day: StandDay, plan: StandPlan, bound: float, ending: Ending, seconds: float
) -> StandPlan:
    return plan_of(
        day,
        [(p.stay, p.stand) for p in plan.placed],
        bound=bound,
        ending=ending,
        seconds=seconds,
    )


def _improved(
    made: StandProgram,
    relaxed: Relaxed,
    taken: frozenset[int],
    tools: Tools,
    effort: Effort,
    until: float,
) -> tuple[frozenset[int], Ending]:
    """Go through the windows, those that lose most against the bound first, then through wider ones."""
    search = _Search(made, relaxed, tools, effort)
    for width, work in WINDOWS:
        tired: set[int] = set()
        while (begin := search.worst(taken, width, tired)) is not None:
            if search.close_enough(taken):
                return taken, "gap"
            left = until - tools.clock()
            if left < MARGIN_S:
                return taken, "time"
            better = search.window(taken, (begin, begin + width), work, left - MARGIN_S / 2)
            if search.gained(taken, better):
                tired = {b for b in tired if abs(b - begin) >= width}
            tired.add(begin)
            taken = better
    return taken, "effort"


class _Search:
    """Decides windows of a day anew."""

    def __init__(self, made: StandProgram, relaxed: Relaxed, tools: Tools, effort: Effort) -> None:
        self._made, self._relaxed = made, relaxed
        self._tools, self._effort = tools, effort
        self._narrower = Narrower(made.program)
        self._near = frozenset(promising(made.program, relaxed, NEAR))
        self._first = min(made.start.values(), default=0)
        self._last = max(made.start.values(), default=0)

    def close_enough(self, taken: frozenset[int]) -> bool:
        """Whether the plan is as close to the bound as was asked."""
        cost = self._cost(taken)
        return cost - self._relaxed.bound <= self._effort.gap * cost

    def gained(self, taken: frozenset[int], better: frozenset[int]) -> bool:
        """Whether a step was large enough to look at its neighbours again."""
        return self._cost(taken) - self._cost(better) > WORTH * self._cost(better)

    def worst(self, taken: frozenset[int], width: int, tired: set[int]) -> int | None:
        """Where the window begins that loses most; ``None`` when all are tired."""
        step = width // 2
        loss: dict[int, float] = {}
        for decision in taken:
            place = (self._made.start[decision] - self._first) // step
            lost = max(0.0, self._relaxed.reduced[decision])
            for begin in (place, place - 1):
                at = self._first + begin * step
                loss[at] = loss.get(at, 0.0) + lost
        open_ones = [begin for begin in loss if begin not in tired]
        return max(open_ones, key=lambda begin: (loss[begin], -begin), default=None)

    def window(
        self, taken: frozenset[int], span: tuple[int, int], work: float, left: float
    ) -> frozenset[int]:
        """Decide the turns that begin in a span anew; what is taken when that is no better."""
        made = self._made
        inside = {d for d, start in made.start.items() if span[0] <= start < span[1]}
        free = [d for d in inside if d in self._near or d in taken or d >= made.ways.start]
        fixed = taken - inside
        small, numbers = self._narrower.narrowed(free, fixed, taken)
        limits = Limits(seconds=left, effort=work, workers=1, seed=self._effort.seed)
        choice = self._tools.solver.solve(small, limits)
        if choice.ending == "none" or choice.cost >= self._cost(taken & inside):
            return taken
        return fixed | {numbers[d] for d in choice.taken}

    def _cost(self, taken: frozenset[int]) -> int:
        return sum(self._made.program.costs[d] for d in taken)
