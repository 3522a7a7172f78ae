"""What a sequence is held against: first come, first served, and capacity blocks.

The block allocator is the simplest logic in use: TTOT = TOBT + EXOT (or the CTOT) goes into a block of
its runway; a full block moves the flight to the next. Its promise knows nothing of wake or routes, so
it is then flown: nobody before the time promised, and with every rule kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ai_center.optimisers.departures import Departure, RunwayRules, earliest_s
from ai_center.optimisers.take_offs import TakeOff, timed

BLOCK_S = 600
BLOCK_RATE = 40
"""Take-offs an hour that blocks are made for where the rules name no rate."""


def first_come(departures: Sequence[Departure], rules: RunwayRules) -> list[Departure]:
    """In the order in which they could be at the runway; the frozen ones first."""
    return sorted(
        departures,
        key=lambda d: (d.frozen_s is None, d.frozen_s or earliest_s(d, rules), d.name),
    )


def blocks(departures: Sequence[Departure], rules: RunwayRules) -> dict[str, int]:
    """Take-off times that the block allocator promises, by name."""
    used: Counter[tuple[str, int]] = Counter()
    promised: dict[str, int] = {}
    for departure in sorted(departures, key=lambda d: (d.tobt_s, d.name)):
        time = departure.tobt_s + departure.taxi_s
        if departure.ctot_s is not None:
            time = max(time, departure.ctot_s)
        while used[departure.runway, time // BLOCK_S] >= _room(departure.runway, time, rules):
            time = (time // BLOCK_S + 1) * BLOCK_S
        used[departure.runway, time // BLOCK_S] += 1
        promised[departure.name] = time
    return promised


def _room(runway: str, time: int, rules: RunwayRules) -> int:
    rate = BLOCK_RATE
    for start, end, told in rules.rates.get(runway, ()):
        if start <= time < end:
            rate = told
    return max(1, rate * BLOCK_S // 3600)


def flown_blocks(departures: Sequence[Departure], rules: RunwayRules) -> tuple[TakeOff, ...]:
    """The promise of the block allocator, flown by the rules."""
    promised = blocks(departures, rules)
    order = sorted(departures, key=lambda d: (promised[d.name], d.tobt_s, d.name))
    return timed(order, rules, promised)
