"""Checks a tow plan against every hard rule, without a line of what made it.

It moves every aircraft minute by minute as the plan says and compares what stands where; it counts the
tugs at every start; and it looks that every tow of the stand plan is done or told.
"""

from __future__ import annotations

from collections.abc import Iterator

from ai_center.optimisers.stand_plan import StandPlan
from ai_center.optimisers.stands import LETTERS, StandDay, Turn, is_wide
from ai_center.optimisers.tow_plan import Towed, TowPlan
from ai_center.optimisers.tows import Fleet, TowRules

There = tuple[str, int, int, Turn]
"""Stand, from, to, whose aircraft."""


def violations(
    day: StandDay, stands: StandPlan, plan: TowPlan, fleet: Fleet, rules: TowRules
) -> list[str]:
    """Every hard rule that a plan breaks, in words; empty when it breaks none."""
    return [
        *_all_told(stands, plan),
        *(text for one in plan.towed for text in _alone(day, one, rules)),
        *_tugs(plan, fleet),
        *_stands(day, stands, plan),
    ]


def _all_told(stands: StandPlan, plan: TowPlan) -> Iterator[str]:
    """Every change of stand of the stand plan is a tow that is done or told as undone."""
    wanted = {
        one.stay.name
        for one, other in zip(stands.placed, stands.placed[1:], strict=False)
        if one.stay.turn.name == other.stay.turn.name and one.stand != other.stand
    }
    done = [one.tow.name for one in plan.towed] + [one.tow.name for one in plan.undone]
    if sorted(done) != sorted(wanted):
        yield f"tows told {sorted(done)}, asked for {sorted(wanted)}"


def _alone(day: StandDay, one: Towed, rules: TowRules) -> Iterator[str]:
    turn, wide = one.tow.turn, is_wide(one.tow.turn.size)
    ready = turn.in_block_min + day.rules.arrival_min[wide]
    due = turn.off_block_min - day.rules.departure_min[wide]
    if one.start_min < ready:
        yield f"{one.tow.name}: towed before it is empty"
    if one.arrives_min > due:
        yield f"{one.tow.name}: on its stand too late to be made ready"
    if one.leaves_min - one.start_min < rules.hook_min:
        yield f"{one.tow.name}: leaves before the tug is hooked on"
    if one.free_min < one.arrives_min + rules.unhook_min + rules.back_min:
        yield f"{one.tow.name}: the tug is free before it is"
    if wide and not one.tug.startswith("wide"):
        yield f"{one.tow.name}: a narrow tug for size {turn.size}"


def _tugs(plan: TowPlan, fleet: Fleet) -> Iterator[str]:
    for kind in ("wide", "narrow"):
        mine = [one for one in plan.towed if one.tug.split()[0] == kind]
        moments = [one.start_min for one in mine]
        moments += [out.from_min for out in fleet.out if out.kind == kind]
        for moment in moments:
            busy = [one.tug for one in mine if one.start_min <= moment < one.free_min]
            if len(busy) != len(set(busy)):
                yield f"a {kind} tug does two tows at {moment}"
            if len(busy) > fleet.room(kind, moment):
                yield f"{len(busy)} {kind} tugs at {moment}, {fleet.room(kind, moment)} are there"


def _stands(day: StandDay, stands: StandPlan, plan: TowPlan) -> Iterator[str]:
    """No two aircraft on one stand, or on two that exclude each other, buffers included."""
    undone = {one.tow.turn.name for one in plan.undone}
    there = [t for t in _positions(stands, plan) if t[3].name not in undone]
    excluded = {(rule.stand, rule.neighbour): rule for rule in day.adjacencies}
    for place, one in enumerate(there):
        for other in there[place + 1 :]:
            if one[3].name == other[3].name or not _meet(day, one, other):
                continue
            if one[0] == other[0]:
                yield f"{one[3].name} and {other[3].name}: both on {one[0]}"
            for a, b in ((one, other), (other, one)):
                rule = excluded.get((a[0], b[0]))
                if (
                    rule
                    and LETTERS.index(a[3].size) >= LETTERS.index(rule.size)
                    and LETTERS.index(b[3].size) >= LETTERS.index(rule.neighbour_size)
                ):
                    yield f"{a[3].name} on {a[0]} and {b[3].name} on {b[0]}: too close"


def _positions(stands: StandPlan, plan: TowPlan) -> Iterator[There]:
    """Where every aircraft is from when to when, with the times of the tows."""
    done = {one.tow.name: one for one in plan.towed}
    came: dict[str, int] = {}
    since: dict[str, int] = {}
    for placed in stands.placed:
        turn = placed.stay.turn
        start = since.get(turn.name, came.setdefault(turn.name, turn.in_block_min))
        tow = done.get(placed.stay.name)
        if tow is not None:
            yield placed.stand, start, tow.leaves_min, turn
            since[turn.name] = tow.arrives_min
        else:
            end = turn.off_block_min if placed.stay.to_min == turn.off_block_min else None
            yield placed.stand, start, placed.stay.to_min if end is None else end, turn
            since[turn.name] = placed.stay.to_min


def _meet(day: StandDay, one: There, other: There) -> bool:
    ends = [t[2] + day.rules.buffer_of(t[3].size) for t in (one, other)]
    return max(one[1], other[1]) < min(ends)
