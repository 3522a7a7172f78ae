"""Tow plan: when each aircraft is towed and with which kind of tug; cheapest, proven where time allows.

One decision per tow, start on the grid and kind of tug, or to leave it undone. Tows under way at once are
limited per kind, orders between tows are rows as well. A tow that is not done takes with it those that
need its stand, and is told; hard rules are never broken for it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from ai_center.optimisers.program import Capacity, Limits, Program, Seconds, Solver
from ai_center.optimisers.stand_plan import StandPlan
from ai_center.optimisers.stands import StandDay
from ai_center.optimisers.tow_windows import Windows, windows_of
from ai_center.optimisers.tows import Fleet, Tow, TowRules, TugKind, tows_of

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


Start = tuple[int, TugKind]
"""A choice for one tow."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TowTask:
    """A day with its tows and everything they depend on."""

    day: StandDay
    plan: StandPlan
    fleet: Fleet
    rules: TowRules
    tows: tuple[Tow, ...]
    windows: Windows
    published: Mapping[str, int]

    def starts(self, tow: Tow) -> range:
        """Starts that the stands allow, on the grid."""
        window, grid = self.windows.of[tow.name], self.rules.grid_min
        return range(-(-window.first // grid) * grid, window.last + 1, grid)

    def cost(self, tow: Tow, start: int) -> int:
        """What a start costs: idle minutes at either end, and moving what was published."""
        rules = self.rules
        before = tow.leaves(start, rules) - (tow.earliest_min + rules.hook_min)
        after = tow.latest_min - tow.arrives(start, rules)
        found = self._rate(tow.source) * max(0, before) + self._rate(tow.target) * max(0, after)
        return found + rules.moved_cost * self.moves(tow, start)

    def moves(self, tow: Tow, start: int) -> bool:
        """Whether a start differs from what everybody was told."""
        told = self.published.get(tow.name)
        return told is not None and abs(told - start) > self.rules.moved_after_min

    def _rate(self, name: str) -> int:
        stand = next(stand for stand in self.day.stands if stand.name == name)
        return self.rules.bridge_cost if stand.contact else self.rules.remote_cost


def task_of(
    day: StandDay,
    plan: StandPlan,
    fleet: Fleet,
    rules: TowRules,
    published: Mapping[str, int] | None = None,
) -> TowTask:
    """Gather what the tows of a stand plan depend on."""
    tows = tows_of(day, plan, rules)
    return TowTask(
        day=day,
        plan=plan,
        fleet=fleet,
        rules=rules,
        tows=tows,
        windows=windows_of(day, plan, tows, rules),
        published=published or {},
    )


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
    made = _Maker(task)
    program = made.program()
    simple = first_come(task)
    hint = made.numbers_of(simple)
    hinted = Program(
        costs=program.costs,
        exactly_one=program.exactly_one,
        capacities=program.capacities,
        hint=hint,
    )
    limits = Limits(seconds=seconds, effort=EFFORT, workers=1, seed=seed)
    choice = solver.solve(hinted, limits)
    took = clock() - started
    if choice.ending == "none":
        return told(task, simple, "rule", 0.0, took)
    return told(task, made.starts_of(choice.taken), choice.ending, choice.bound, took)


def towed_simply(task: TowTask) -> TowPlan:
    """One after the other: each tow at the best moment that those before it have left."""
    return told(task, first_come(task), "rule", 0.0, 0.0)


def first_come(task: TowTask) -> dict[str, Start]:
    """The cheapest start of each, in the order of the tows; who finds none is left out.

    So is what follows from one that is left out.
    """
    found: dict[str, Start] = {}
    busy: list[tuple[TugKind, int, int]] = []
    for tow in sorted(task.tows, key=lambda t: (t.earliest_min, t.name)):
        length = tow.busy_min(task.rules)
        best_first = sorted((task.cost(tow, s), s) for s in task.starts(tow))
        for start, kind in ((s, k) for _, s in best_first for k in tow.kinds):
            if _orders_kept(task, tow, start, found) and _tug_free(
                task.fleet, busy, kind, start, start + length
            ):
                found[tow.name] = start, kind
                busy.append((kind, start, start + length))
                break
    return _consistent(task, found)


def _consistent(task: TowTask, found: dict[str, Start]) -> dict[str, Start]:
    """Without the tows that need one to have been done which is not."""
    while True:
        lost = {a.second for a in task.windows.after if a.first not in found} & found.keys()
        if not lost:
            return found
        found = {name: start for name, start in found.items() if name not in lost}


def _orders_kept(task: TowTask, tow: Tow, start: int, found: Mapping[str, Start]) -> bool:
    for rule in task.windows.after:
        if rule.second == tow.name and rule.first in found:
            if start < found[rule.first][0] + rule.distance:
                return False
        elif (
            rule.first == tow.name
            and rule.second in found
            and found[rule.second][0] < start + rule.distance
        ):
            return False
    return True


def _tug_free(
    fleet: Fleet, busy: Sequence[tuple[TugKind, int, int]], kind: TugKind, start: int, end: int
) -> bool:
    there = [(s, e) for k, s, e in busy if k == kind and s < end and start < e]
    moments = [start, *(s for s, _ in there if s > start)]
    moments += [o.from_min for o in fleet.out if o.kind == kind and start < o.from_min < end]
    return all(
        sum(s <= moment < e for s, e in there) < fleet.room(kind, moment) for moment in moments
    )


class _Maker:
    """The programme and what its decisions mean."""

    def __init__(self, task: TowTask) -> None:
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
            because=_because(task, tow, starts),
        )
        for tow in task.tows
        if tow.name in starts
    ]
    undone = tuple(
        Undone(tow=tow, because=_why_not(task, tow, starts), blocks=_blocked(task, tow))
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


def _because(task: TowTask, tow: Tow, starts: Mapping[str, Start]) -> str:
    """Why a tow does not begin where it would cost least."""
    start, _ = starts[tow.name]
    cheaper = [s for s in task.starts(tow) if task.cost(tow, s) < task.cost(tow, start)]
    if cheaper:
        best = min(cheaper, key=lambda s: (task.cost(tow, s), s))
        return f"{_hindered(task, tow, best, starts)} at {_ago(best - start)}"
    window = task.windows.of[tow.name]
    if start <= window.first + task.rules.grid_min and window.opens_by:
        return f"as soon as {window.opens_by} has left {tow.target}"
    if start + task.rules.grid_min > window.last and window.closes_by:
        return f"as late as it may: {window.closes_by} needs {tow.source} then"
    if start < tow.earliest_min + task.rules.grid_min:
        return "at once: it is empty and the next stand is free"
    if start + task.rules.grid_min > window.last:
        return "as late as it may and still be made ready in time"
    return "where idle minutes at both ends cost least"


def _hindered(task: TowTask, tow: Tow, start: int, starts: Mapping[str, Start]) -> str:
    others = {name: chosen for name, chosen in starts.items() if name != tow.name}
    for rule in task.windows.after:
        if rule.second == tow.name and rule.first in others:
            if start < others[rule.first][0] + rule.distance:
                return f"{rule.first} is still in the way"
        elif (
            rule.first == tow.name
            and rule.second in others
            and others[rule.second][0] < start + rule.distance
        ):
            return f"{rule.second} needs its stand"
    end = start + tow.busy_min(task.rules)
    by_name = {t.name: t for t in task.tows}
    busy = sorted(
        name
        for name, (s, kind) in others.items()
        if kind in tow.kinds and s < end and start < s + by_name[name].busy_min(task.rules)
    )
    return f"tugs are with {', '.join(busy)}" if busy else "another tow would lose more"


def _ago(minutes: int) -> str:
    return f"{abs(minutes)} min {'later' if minutes > 0 else 'earlier'}"


def _why_not(task: TowTask, tow: Tow, starts: Mapping[str, Start]) -> str:
    window = task.windows.of[tow.name]
    if not task.starts(tow):
        other = window.closes_by or window.opens_by
        return f"no start is left by its stands{f' ({other})' if other else ''}"
    missing = [a.first for a in task.windows.after if a.second == tow.name]
    missing = [name for name in missing if name not in starts]
    if missing:
        return f"{missing[0]} is not done, and holds its stand"
    return "no tug is free in its time"


def _blocked(task: TowTask, tow: Tow) -> tuple[str, ...]:
    """Stays that come to the source while the aircraft would still be there."""
    end = tow.turn.off_block_min + task.day.rules.buffer_of(tow.turn.size)
    return tuple(
        p.stay.name
        for p in task.plan.placed
        if p.stand == tow.source
        and p.stay.turn.name != tow.turn.name
        and tow.earliest_min < p.stay.from_min < end
    )
