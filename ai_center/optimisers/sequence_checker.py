"""Checks a sequence against every hard rule, pair by pair, without a line of what made it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from ai_center.optimisers.departures import Departure, RunwayRules
from ai_center.optimisers.take_offs import TakeOff


def violations(
    departures: Sequence[Departure], take_offs: Sequence[TakeOff], rules: RunwayRules
) -> list[str]:
    """Every hard rule that a sequence breaks, in words.

    A CTOT may have to be missed; that is no violation, but not telling it (``keeps_ctot``) is one.
    """
    wrong = []
    if sorted(d.name for d in departures) != sorted(t.departure.name for t in take_offs):
        wrong.append("not every departure has exactly one take-off")
    for one in take_offs:
        wrong += _alone(one, rules)
    ordered = sorted(take_offs, key=lambda t: t.ttot_s)
    for first, second in combinations(ordered, 2):
        wrong += _together(first, second, rules)
    wrong += _rates(ordered, rules)
    return wrong


def _alone(one: TakeOff, rules: RunwayRules) -> Iterator[str]:
    d = one.departure
    if one.tsat_s < d.tobt_s:
        yield f"{d.name}: start-up before TOBT"
    if one.ttot_s < one.tsat_s + d.taxi_s:
        yield f"{d.name}: take-off before it can be at the runway"
    if d.frozen_s not in (None, one.ttot_s):
        yield f"{d.name}: frozen, yet moved"
    for start, end in rules.blocked.get(d.runway, ()):
        if d.frozen_s is None and start <= one.ttot_s < end:
            yield f"{d.name}: take-off while {d.runway} is blocked"
    inside = d.ctot_s is None or (
        -rules.ctot_before_s <= one.ttot_s - d.ctot_s <= rules.ctot_after_s
    )
    if inside != one.keeps_ctot:
        yield f"{d.name}: says {one.keeps_ctot} of its CTOT, which is {inside}"


def _together(first: TakeOff, second: TakeOff, rules: RunwayRules) -> Iterator[str]:
    a, b = first.departure, second.departure
    if a.frozen_s is not None and b.frozen_s is not None:
        return
    gap = second.ttot_s - first.ttot_s
    if a.runway == b.runway:
        needed = max(rules.least_s, rules.wake_s.get(a.wake + b.wake, 0))
        if a.route == b.route:
            needed = max(needed, rules.route_s)
        if gap < needed:
            yield f"{b.name} {gap} s after {a.name}, which needs {needed} s"
    if a.alley == b.alley and abs(first.tsat_s - second.tsat_s) < rules.alley_s:
        yield f"{a.name} and {b.name} push back at once in {a.alley}"


def _rates(ordered: Sequence[TakeOff], rules: RunwayRules) -> Iterator[str]:
    last: dict[str, int] = {}
    for one in ordered:
        runway = one.departure.runway
        for start, end, rate in rules.rates.get(runway, ()):
            inside = start <= one.ttot_s < end and one.departure.frozen_s is None
            if inside and runway in last and (one.ttot_s - last[runway]) * rate < 3600:
                yield f"{one.departure.name}: faster than {rate} take-offs an hour"
        last[runway] = one.ttot_s
