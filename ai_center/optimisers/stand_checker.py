"""Checks a stand plan against every hard rule, without a line of the code that made it.

It reads the day and the plan alone: it compares every two stays on one stand and across every
adjacency, and follows every aircraft through its whole turn.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from ai_center.optimisers.stand_plan import Placed, StandPlan
from ai_center.optimisers.stands import LETTERS, Stand, StandDay, Turn


def conflicts(day: StandDay, plan: StandPlan) -> list[str]:
    """Every hard rule that the plan breaks, in words; empty when it breaks none."""
    stands = {stand.name: stand for stand in day.stands}
    unknown = [f"{p.stay.name}: no stand {p.stand}" for p in plan.placed if p.stand not in stands]
    if unknown:
        return unknown
    on: dict[str, list[Placed]] = defaultdict(list)
    for placed in plan.placed:
        on[placed.stand].append(placed)
    return [
        *_turns(day, plan),
        *(text for p in plan.placed for text in _place(p, stands[p.stand])),
        *_sharing(day, on),
        *_adjacent(day, on),
    ]


def _turns(day: StandDay, plan: StandPlan) -> Iterator[str]:
    """Every turn is placed from in-block to off-block without a gap, or is told as unplaced."""
    parts: dict[str, list[Placed]] = defaultdict(list)
    for placed in plan.placed:
        parts[placed.stay.turn.name].append(placed)
    for turn in day.turns:
        mine = sorted(parts.pop(turn.name, []), key=lambda p: p.stay.from_min)
        if not mine:
            if turn.name not in plan.unplaced:
                yield f"{turn.name}: forgotten"
            continue
        if turn.name in plan.unplaced:
            yield f"{turn.name}: placed and told as unplaced"
        yield from _followed(turn, mine)
    yield from (f"{name}: not of this day" for name in parts)


def _followed(turn: Turn, parts: list[Placed]) -> Iterator[str]:
    times = [parts[0].stay.from_min, *(p.stay.to_min for p in parts)]
    starts = [p.stay.from_min for p in parts] + [turn.off_block_min]
    if starts != times or starts[0] != turn.in_block_min:
        yield f"{turn.name}: on stands {times}, not from in-block to off-block"
    if len(parts) > 1 and turn.fixed:
        yield f"{turn.name}: fixed, yet towed"
    if any(p.stay.turn != turn for p in parts):
        yield f"{turn.name}: planned as another turn than it is"


def _place(placed: Placed, stand: Stand) -> Iterator[str]:
    """What the stand itself forbids."""
    stay, turn = placed.stay, placed.stay.turn
    if LETTERS.index(turn.size) > LETTERS.index(stand.size):
        yield f"{stay.name}: size {turn.size} on {stand.name} ({stand.size})"
    if turn.fixed not in ("", stand.name):
        yield f"{stay.name}: fixed to {turn.fixed}, not {stand.name}"
    if stand.airlines and turn.airline not in stand.airlines:
        yield f"{stay.name}: {stand.name} is not for {turn.airline}"
    for start, end in stand.closed:
        if max(start, stay.from_min) < min(end, stay.to_min):
            yield f"{stay.name}: {stand.name} is closed"
    arriving, departing = stay.from_min == turn.in_block_min, stay.to_min == turn.off_block_min
    if stand.contact and (arriving or departing):
        if stand.terminal not in ("", turn.terminal):
            yield f"{stay.name}: terminal {turn.terminal} at {stand.name} ({stand.terminal})"
        if arriving and turn.arrives not in stand.borders:
            yield f"{stay.name}: {turn.arrives} arrival at {stand.name}"
        if departing and turn.departs not in stand.borders:
            yield f"{stay.name}: {turn.departs} departure at {stand.name}"


def _span(day: StandDay, placed: Placed) -> tuple[int, int]:
    return placed.stay.from_min, placed.stay.to_min + day.rules.buffer_of(placed.stay.turn.size)


def _overlap(day: StandDay, one: Placed, other: Placed) -> bool:
    (start, end), (begin, finish) = _span(day, one), _span(day, other)
    return max(start, begin) < min(end, finish)


def _sharing(day: StandDay, on: dict[str, list[Placed]]) -> Iterator[str]:
    for name, stays in on.items():
        for place, one in enumerate(stays):
            for other in stays[place + 1 :]:
                if _overlap(day, one, other):
                    yield f"{one.stay.name} and {other.stay.name}: both on {name}"


def _adjacent(day: StandDay, on: dict[str, list[Placed]]) -> Iterator[str]:
    for rule in day.adjacencies:
        for one in on.get(rule.stand, ()):
            for other in on.get(rule.neighbour, ()):
                large = one.stay.turn.size >= rule.size
                if (
                    large
                    and other.stay.turn.size >= rule.neighbour_size
                    and _overlap(day, one, other)
                ):
                    yield (
                        f"{one.stay.name} on {rule.stand} and {other.stay.name} on "
                        f"{rule.neighbour}: too close"
                    )
