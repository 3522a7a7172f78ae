"""A plain descent from the simple rule: close a lane for a while wherever that helps, until it does not.

Gives the solver a start that is good already, and the plan itself an answer where a busy machine leaves
the solver no time. Every step keeps every rule of opening and closing.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Sequence

from ai_center.optimisers.lane_waiting import late_people
from ai_center.optimisers.lanes import LaneDay

Lanes = tuple[int, ...]
LENGTHS = (16, 8, 4, 2, 1)
"""Slots for which a lane is closed, or opened, in one step."""


def descended(
    day: LaneDay, start: Lanes, over: Callable[[], bool], *, fixed: int = 0, published: Lanes = ()
) -> Lanes:
    """The plan that single steps lead to.

    Args:
        day: what is asked.
        start: a plan that keeps the rules.
        over: whether time is over.
        fixed: slots at the beginning that stay.
        published: lanes that everybody was told.
    """
    best, cost = start, cost_of(day, start, published)
    helped = True
    while helped and not over():
        helped = False
        for length in LENGTHS:
            for begin in range(fixed, day.slots):
                if over():
                    return best
                for step in (-1, 1):
                    tried = _stepped(best, begin, begin + length, step)
                    if not keeps_rules(day, tried, fixed):
                        continue
                    its_cost = cost_of(day, tried, published)
                    if its_cost < cost - 1e-9:
                        best, cost, helped = tried, its_cost, True
    return best


def cost_of(day: LaneDay, lanes: Lanes, published: Lanes = ()) -> float:
    """The objective of the lane plan, minutes of one open lane."""
    rules = day.rules
    before = (day.open_lanes, *lanes)
    openings = sum(max(0, now - was) for was, now in zip(before, lanes, strict=False))
    moved = sum(abs(a - b) for a, b in zip(lanes, published, strict=False))
    return (
        sum(lanes) * day.slot_min
        + openings * rules.opening_cost
        + moved * rules.moved_cost
        + rules.late_cost * sum(late.people for late in late_people(day, lanes))
    )


def keeps_rules(day: LaneDay, lanes: Sequence[int], fixed: int = 0) -> bool:
    """Whether lanes are neither too few nor too many, change slowly, and stay open long enough.

    What an outage takes away may close early and does not count as a change.
    """
    rules, most = day.rules, day.most()
    since = deque([-day.open_for_min] * day.open_lanes)
    room = max(day.open_lanes, most[0])
    before = day.open_lanes
    for slot, now in enumerate(lanes):
        drop, room = max(0, room - most[slot]), most[slot]
        if slot >= fixed:
            if not min(rules.least, room) <= now <= room:
                return False
            if abs(now - before) > rules.changes + (drop if now < before else 0):
                return False
        at = slot * day.slot_min
        while len(since) > now:
            opened = since.popleft()
            if at - opened < rules.open_min and not drop and slot >= fixed:
                return False
        since.extend([at] * (now - len(since)))
        before = now
    return True


def _stepped(lanes: Lanes, begin: int, end: int, step: int) -> Lanes:
    return (*lanes[:begin], *(n + step for n in lanes[begin:end]), *lanes[end:])
