"""Lanes to open: the fewest minutes of open lanes that keep the promises on waiting.

With C(t) for what the open lanes could take until t and A(t) for who has come, the one who comes at t
waits at most W exactly if the queue then is no longer than C(t + W) - C(t). The queue follows
Q(t + step) >= Q(t) + arrivals - capacity, so all of it is linear in the number of open lanes, and nothing
bends between the moments of the grid. A promise that cannot be kept costs dearly and is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from ai_center.optimisers.lane_descent import Lanes, cost_of, descended, keeps_rules
from ai_center.optimisers.lane_model import LaneModel, model_of
from ai_center.optimisers.lane_waiting import Late, late_people, worst_waits
from ai_center.optimisers.lanes import LaneDay
from ai_center.optimisers.program import Seconds
from ai_center.optimisers.whole_numbers import WholeSolver

Ending = Literal["proven", "effort", "time", "rule"]
"""Optimum proven, effort or time over, or planned by the simple rule and what a descent makes of it."""

DESCENT_SHARE = 0.3
"""Of the time, for the descent that the solver starts from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LaneSpan:
    """One lane open from a moment to another."""

    lane: int
    from_min: int
    to_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LanePlan:
    """An answer.

    Attributes:
        lanes: open in each slot.
        spans: when each lane is open; the lane that opened first closes first.
        lane_minutes: of all of them.
        openings: lanes that are opened during the day.
        waits_min: longest wait of those who come in each slot, by promise, in their order.
        late: who waits longer than promised, at worst.
        moved: lanes and slots that differ from what was published.
        cost: the objective, minutes of one open lane.
        bound: no plan costs less (proven); 0 where nothing was proven.
        ending: why the search stopped.
        seconds: it took.
        reasons: why so many, slot by slot.
    """

    lanes: tuple[int, ...]
    spans: tuple[LaneSpan, ...]
    lane_minutes: int
    openings: int
    waits_min: tuple[tuple[float, ...], ...]
    late: tuple[Late, ...]
    moved: int
    cost: float
    bound: float
    ending: Ending
    seconds: float
    reasons: tuple[str, ...]

    @property
    def gap(self) -> float:
        """How far the plan can be from the best one, as a share of its cost."""
        return max(0.0, 1 - self.bound / self.cost) if self.cost else 0.0


def planned(
    day: LaneDay,
    solver: WholeSolver,
    clock: Seconds,
    *,
    seconds: float = 10.0,
    seed: int = 1,
    published: Sequence[int] = (),
    now_min: int | None = None,
) -> LanePlan:
    """Plan a day, or plan it anew.

    Args:
        day: what is asked.
        solver: of whole numbers.
        clock: for the time it took.
        seconds: time limit.
        seed: of the solver.
        published: lanes in each slot that everybody was told; differing from it costs.
        now_min: slots that have begun stay as they were published.
    """
    started = clock()
    share = started + DESCENT_SHARE * seconds
    known = tuple(published)
    fixed = _begun(day, known, now_min)
    start = descended(
        day,
        by_rule(day, known[:fixed]),
        lambda: clock() > share,
        fixed=fixed,
        published=known,
    )
    model = model_of(day, known, now_min, start=start)
    left = max(0.1, seconds - (clock() - started))
    choice = solver.solve_whole(model.program, seconds=left, effort=4.0 * seconds, seed=seed)
    if choice.ending == "none":
        return told(day, start, model, "rule", clock() - started)
    bound = choice.bound / model.scale
    lanes = tuple(choice.values[number] for number in model.lanes)
    if keeps_rules(day, start, fixed) and cost_of(day, start, known) < cost_of(day, lanes, known):
        lanes = start
    return told(day, lanes, model, choice.ending, clock() - started, bound=bound)


def _begun(day: LaneDay, published: Lanes, now_min: int | None) -> int:
    """Slots that have begun and stay as they were published."""
    if now_min is None or not published:
        return 0
    return min(day.slots, max(0, (now_min - day.start_min) // day.slot_min + 1))


def planned_simply(day: LaneDay, published: Sequence[int] = ()) -> LanePlan:
    """The simple rule: blocks as long as a lane must stay open, each staffed for its fullest slot."""
    return told(day, by_rule(day), model_of(day, published, None, start=()), "rule", 0.0)


def by_rule(day: LaneDay, begun: Lanes = ()) -> Lanes:
    """Lanes by the simple rule after those that have begun; every rule of opening and closing is kept.

    Blocks are as long as a lane must stay open; a block takes what its fullest slot needs without any
    queue at the strictest quantile, and earlier and later blocks are raised until nobody opens or
    closes more lanes at once than is allowed.
    """
    rules, most = day.rules, day.most()
    length = max(1, -(-rules.open_min // day.slot_min))
    strictest = max(rules.promises, key=lambda p: float(p.quantile)).quantile
    per_slot = rules.per_hour * day.slot_min / 60
    need = [-(-n // per_slot) for n in day.arrivals[strictest]]
    blocks = [int(max(rules.least, *need[at : at + length])) for at in range(0, day.slots, length)]
    for at in range(len(blocks) - 2, -1, -1):
        blocks[at] = max(blocks[at], blocks[at + 1] - rules.changes)
    found: list[int] = list(begun)
    before = found[-1] if found else day.open_lanes
    for slot in range(len(found), day.slots):
        wanted = blocks[slot // length]
        low, high = _reach(day, found, before, most, slot, length)
        before = min(most[slot], max(low, min(high, wanted)))
        found.append(before)
    return tuple(found)


def _reach(
    day: LaneDay, found: list[int], before: int, most: tuple[int, ...], slot: int, length: int
) -> tuple[int, int]:
    """Fewest and most lanes that the rules allow in a slot after those before it."""
    rules = day.rules
    opened = sum(
        max(0, found[k] - (found[k - 1] if k else day.open_lanes))
        for k in range(max(0, slot - length + 1), slot)
    )
    if slot * day.slot_min + day.open_for_min < rules.open_min:
        opened += day.open_lanes
    low = max(before - rules.changes, min(opened, before), min(rules.least, most[slot]))
    return low, before + rules.changes


def told(
    day: LaneDay,
    lanes: tuple[int, ...],
    model: LaneModel,
    ending: Ending,
    seconds: float,
    *,
    bound: float = 0.0,
) -> LanePlan:
    """Everything there is to say of lanes in slots."""
    late = late_people(day, lanes)
    before = (day.open_lanes, *lanes)
    openings = sum(max(0, now - was) for was, now in zip(before, lanes, strict=False))
    moved = sum(abs(a - b) for a, b in zip(lanes, model.published, strict=False))
    cost = cost_of(day, lanes, model.published)
    waits = worst_waits(day, lanes)
    return LanePlan(
        lanes=lanes,
        spans=tuple(spans_of(day, lanes)),
        lane_minutes=sum(lanes) * day.slot_min,
        openings=openings,
        waits_min=waits,
        late=late,
        moved=moved,
        cost=cost,
        bound=min(bound, cost),
        ending=ending,
        seconds=seconds,
        reasons=tuple(_reason(day, lanes, waits, slot) for slot in range(day.slots)),
    )


def spans_of(day: LaneDay, lanes: Sequence[int]) -> list[LaneSpan]:
    """Which lane is open when: the lane that opened first closes first, the lowest number opens."""
    free = list(range(day.rules.lanes, 0, -1))
    running = [(free.pop(), day.start_min) for _ in range(day.open_lanes)]
    found = []
    for slot, wanted in enumerate(lanes):
        now = day.start_min + slot * day.slot_min
        while len(running) > wanted:
            lane, since = running.pop(0)
            if now > since:
                found.append(LaneSpan(lane=lane, from_min=since, to_min=now))
            free.append(lane)
            free.sort(reverse=True)
        while len(running) < wanted:
            running.append((free.pop(), now))
    end = day.start_min + day.slots * day.slot_min
    found += [LaneSpan(lane=lane, from_min=since, to_min=end) for lane, since in running]
    return sorted(found, key=lambda span: (span.from_min, span.lane))


def _reason(
    day: LaneDay, lanes: tuple[int, ...], waits: tuple[tuple[float, ...], ...], slot: int
) -> str:
    """Why not one lane fewer in this slot, everything else as it is."""
    rules = day.rules
    if lanes[slot] <= min(rules.least, day.most()[slot]):
        return f"the least that is open: {lanes[slot]}"
    fewer = (*lanes[:slot], lanes[slot] - 1, *lanes[slot + 1 :])
    for place, (promise, now) in enumerate(zip(rules.promises, waits, strict=True)):
        then = worst_waits(day, fewer)[place]
        late = [
            s for s in range(day.slots) if then[s] > promise.minutes + 1e-6 and now[s] < then[s]
        ]
        if late:
            worst = max(late, key=lambda s: then[s])
            return (
                f"with one fewer those of slot {worst} would wait {then[worst]:.0f} min at quantile "
                f"{promise.quantile}, {promise.minutes} are promised"
            )
    was = lanes[slot - 1] if slot else day.open_lanes
    if lanes[slot] <= was:
        return f"stays open: a lane is open for at least {rules.open_min} min, or is needed again"
    return f"opened now: at most {rules.changes} lanes change at once, and more are needed later"
