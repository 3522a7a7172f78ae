"""What can happen to a stand day after it was planned, and the day that comes of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ai_center.errors import FactsRefused
from ai_center.optimisers.stands import Letter, Span, StandDay, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Retimed:
    """A turn comes or leaves at other times."""

    turn: str
    in_block_min: int
    off_block_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Resized:
    """A turn is flown by an aircraft of another size."""

    turn: str
    size: Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Cancelled:
    """A turn does not take place."""

    turn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """A turn that nobody expected."""

    turn: Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Closed:
    """A stand cannot be used for a while."""

    stand: str
    span: Span


Change = Retimed | Resized | Cancelled | Added | Closed


def changed(day: StandDay, changes: Iterable[Change]) -> StandDay:
    """The day after all changes.

    Raises:
        FactsRefused: a change names a turn or a stand that is not there, or times out of order.
    """
    turns = {turn.name: turn for turn in day.turns}
    stands = {stand.name: stand for stand in day.stands}
    for change in changes:
        if isinstance(change, Closed):
            stand = stands.get(change.stand)
            if stand is None:
                raise FactsRefused("changes", f"close a stand {change.stand!r} that is not there")
            stands[stand.name] = replace(stand, closed=(*stand.closed, change.span))
        elif isinstance(change, Added):
            if change.turn.name in turns:
                raise FactsRefused("changes", f"add turn {change.turn.name!r} a second time")
            turns[change.turn.name] = change.turn
        elif change.turn not in turns:
            raise FactsRefused("changes", f"name a turn {change.turn!r} that is not there")
        elif isinstance(change, Cancelled):
            del turns[change.turn]
        else:
            turns[change.turn] = _altered(turns[change.turn], change)
    return replace(day, turns=tuple(turns.values()), stands=tuple(stands.values()))


def _altered(turn: Turn, change: Retimed | Resized) -> Turn:
    if isinstance(change, Resized):
        return replace(turn, size=change.size)
    if change.in_block_min >= change.off_block_min:
        raise FactsRefused("changes", f"turn {turn.name!r} leaves before it comes")
    return replace(turn, in_block_min=change.in_block_min, off_block_min=change.off_block_min)
