"""Turns as stays: whole, or in parts between which the aircraft is towed.

A turn has one or more ways to spend its time (:class:`Way`); each is a chain of stays without a gap.
A short turn has one way, one stay. A long one may also unload, wait elsewhere, and load: in two parts
(one tow) or three (two tows).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from ai_center.optimisers.stands import Border, StandDay, StandRules, Turn, is_wide


@dataclass(frozen=True, slots=True, kw_only=True)
class Stay:
    """One aircraft on one stand.

    Attributes:
        turn: whose.
        part: ``whole``, or which part of the turn.
        from_min: on the stand.
        to_min: off the stand.
        free_min: from when the stand may be used again: ``to_min`` and the buffer.
        passengers: who board or leave here.
        borders: whom a bridge must lead to; empty where nobody boards or leaves.
    """

    turn: Turn
    part: str
    from_min: int
    to_min: int
    free_min: int
    passengers: int
    borders: frozenset[Border]

    @property
    def name(self) -> str:
        """Of the stay, unique in a day."""
        return f"{self.turn.name}/{self.part}"

    def meets(self, other: Stay) -> bool:
        """Whether both, buffers included, are there at one time."""
        return self.from_min < other.free_min and other.from_min < self.free_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """One way to spend a turn."""

    stays: tuple[Stay, ...]

    @property
    def tows(self) -> int:
        """Moves between its stays."""
        return len(self.stays) - 1


def ways_of(turn: Turn, rules: StandRules) -> tuple[Way, ...]:
    """Every way a turn can be spent, the whole one first."""
    start, end = turn.in_block_min, turn.off_block_min
    whole = Way(stays=(_stay(turn, rules, "whole", start, end),))
    if turn.fixed or end - start < rules.tow_from_min:
        return (whole,)
    wide = is_wide(turn.size)
    first = start + rules.arrival_min[wide] + rules.tow_flex_min
    last = end - rules.departure_min[wide] - rules.tow_flex_min
    if not start < first < last < end:
        return (whole,)
    return (
        whole,
        Way(
            stays=(
                _stay(turn, rules, "arrival", start, first),
                _stay(turn, rules, "rest-departure", first, end),
            )
        ),
        Way(
            stays=(
                _stay(turn, rules, "arrival-rest", start, last),
                _stay(turn, rules, "departure", last, end),
            )
        ),
        Way(
            stays=(
                _stay(turn, rules, "arrival", start, first),
                _stay(turn, rules, "rest", first, last),
                _stay(turn, rules, "departure", last, end),
            )
        ),
    )


def all_ways(day: StandDay) -> Iterator[tuple[Way, ...]]:
    """The ways of every turn of a day, in its order."""
    return (ways_of(turn, day.rules) for turn in day.turns)


def _stay(turn: Turn, rules: StandRules, part: str, start: int, end: int) -> Stay:
    arrives = part in ("whole", "arrival", "arrival-rest")
    departs = part in ("whole", "departure", "rest-departure")
    borders = ({turn.arrives} if arrives else set()) | ({turn.departs} if departs else set())
    return Stay(
        turn=turn,
        part=part,
        from_min=start,
        to_min=end,
        free_min=end + rules.buffer_of(turn.size),
        passengers=arrives * turn.passengers_in + departs * turn.passengers_out,
        borders=frozenset(borders),
    )
