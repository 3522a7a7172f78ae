"""Checks a lane plan against every rule, minute by minute, without a line of what made it.

It follows every lane through its spans and the crowd through a queue of one minute's steps, first come,
first served. Staffing rules may never be broken; a promise may have to be, but not without being told.
"""

from __future__ import annotations

from collections.abc import Iterator

from ai_center.optimisers.lane_plan import LanePlan, LaneSpan
from ai_center.optimisers.lanes import LaneDay, Promise

SLACK = 1e-6


def violations(day: LaneDay, plan: LanePlan) -> list[str]:
    """Every rule that a plan breaks, in words; empty when it breaks none."""
    return [*_spans(day, plan), *_counts(day, plan), *_changes(day, plan), *_promises(day, plan)]


def _spans(day: LaneDay, plan: LanePlan) -> Iterator[str]:
    """No lane is open twice at once, none opens for less than it must unless an outage shuts it."""
    rules, end = day.rules, day.start_min + day.slots * day.slot_min
    on: dict[int, list[LaneSpan]] = {}
    for span in plan.spans:
        if not 1 <= span.lane <= rules.lanes:
            yield f"lane {span.lane} is not there"
        for other in on.get(span.lane, []):
            if span.from_min < other.to_min and other.from_min < span.to_min:
                yield f"lane {span.lane} is open twice at {span.from_min}"
        on.setdefault(span.lane, []).append(span)
        since = span.from_min
        if since == day.start_min and span.lane <= day.open_lanes:
            since -= day.open_for_min
        short = span.to_min - since < rules.open_min and span.to_min < end
        if short and not _drop(day, span.to_min):
            yield f"lane {span.lane} closes {span.to_min - since} min after it opened"


def _counts(day: LaneDay, plan: LanePlan) -> Iterator[str]:
    """In every slot as many spans as lanes are told; not fewer than the least, not more than can be."""
    for slot in range(day.slots):
        now = day.start_min + slot * day.slot_min
        there = sum(span.from_min <= now < span.to_min for span in plan.spans)
        room = _room(day, now)
        if there != plan.lanes[slot]:
            yield f"slot {slot}: {there} spans, {plan.lanes[slot]} lanes told"
        if there > room:
            yield f"slot {slot}: {there} lanes open, {room} can be used"
        if there < min(day.rules.least, room):
            yield f"slot {slot}: {there} lanes open, {day.rules.least} are the least"


def _changes(day: LaneDay, plan: LanePlan) -> Iterator[str]:
    before = day.open_lanes
    for slot, there in enumerate(plan.lanes):
        now = day.start_min + slot * day.slot_min
        allowed = day.rules.changes + (_drop(day, now) if there < before else 0)
        if abs(there - before) > allowed:
            yield f"slot {slot}: {abs(there - before)} lanes change, {allowed} may"
        before = there


def _promises(day: LaneDay, plan: LanePlan) -> Iterator[str]:
    """Who waits longer than promised is told, with the right wait."""
    told = {(late.quantile, late.minutes): late for late in plan.late}
    for promise in day.rules.promises:
        longest = _longest_wait(day, plan, promise)
        late = told.get((promise.quantile, promise.minutes))
        if longest > promise.minutes + SLACK and late is None:
            yield f"{promise.quantile}: somebody waits {longest:.1f} min, which is not told"
        if late is not None and longest <= promise.minutes - SLACK:
            yield f"{promise.quantile}: {late.people:.0f} are told as late, nobody is"


def _longest_wait(day: LaneDay, plan: LanePlan, promise: Promise) -> float:
    """The longest wait of anybody, minutes, by following the crowd minute by minute."""
    come, taken = [float(day.waiting)], [0.0]
    served = 0.0
    minutes = day.slots * day.slot_min
    flow = day.arrivals[promise.quantile]
    minute = 0
    while minute < minutes or (served < come[-1] - SLACK and minute < minutes + 10_000):
        slot = min(minute // day.slot_min, day.slots - 1)
        rate = plan.lanes[slot] * day.rules.per_hour / 60
        arrive = flow[slot] / day.slot_min if minute < minutes else 0.0
        come.append(come[-1] + arrive)
        served = min(come[-1], served + rate)
        taken.append(served)
        minute += 1
    longest, at = 0.0, 0
    for moment in range(minutes + 1):
        at = max(at, moment)
        while at < len(taken) - 1 and taken[at] < come[moment] - SLACK:
            at += 1
        if taken[at] < come[moment] - SLACK:
            return float("inf")
        step = taken[at] - taken[at - 1] if at > moment else 0.0
        part = (taken[at] - come[moment]) / step if step > 0 else 0.0
        longest = max(longest, at - max(0.0, part) - moment)
    return longest


def _room(day: LaneDay, minute: int) -> int:
    """Lanes that can be used in the slot that begins at a minute."""
    end = minute + day.slot_min
    out = sum(o.lanes for o in day.rules.outages if o.from_min < end and o.to_min > minute)
    return max(0, day.rules.lanes - out)


def _drop(day: LaneDay, minute: int) -> int:
    """By how much fewer lanes can be used from a minute on than before it."""
    before = max(day.open_lanes, _room(day, minute))
    if minute > day.start_min:
        before = _room(day, minute - day.slot_min)
    return max(0, before - _room(day, minute))
