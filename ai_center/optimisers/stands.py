"""Stands, turns and the rules between them, as stand allocation knows them.

Times are whole minutes since 1970 UTC, as in forecasts. Costs are passenger minutes: what one
passenger loses in one minute; everything else is stated in that measure, so that weights can be argued
about. Size letters are those of ICAO Annex 14, table 1-1 (code letter by wing span).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, Literal

from ai_center.errors import FactsRefused

Letter = Literal["A", "B", "C", "D", "E", "F"]
Border = Literal["domestic", "international"]
Span = tuple[int, int]
"""From (inside) to (outside), minutes."""

LETTERS: Final = "ABCDEF"
BOTH: Final[frozenset[Border]] = frozenset({"domestic", "international"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """Where an aircraft parks.

    Attributes:
        name: as published.
        zone: pier or apron; preferences name it.
        size: largest code letter that fits.
        contact: with a bridge; else passengers go by bus.
        terminal: whose passengers a contact stand serves; empty for a stand that serves all.
        borders: whom a contact stand can lead to; both for a swing stand. Buses lead anywhere.
        access_min: walking to the centre of the terminal, or riding and waiting for a bus; minutes.
        airlines: who alone may use it; empty: everybody.
        closed: spans in which nobody may be there.
    """

    name: str
    zone: str
    size: Letter
    contact: bool
    terminal: str = ""
    borders: frozenset[Border] = BOTH
    access_min: int = 0
    airlines: frozenset[str] = frozenset()
    closed: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adjacency:
    """From ``size`` up on ``stand`` nobody from ``neighbour_size`` up may be on ``neighbour``."""

    stand: str
    size: Letter
    neighbour: str
    neighbour_size: Letter


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One aircraft between in-block and off-block.

    Attributes:
        name: of the turn.
        airline: its code.
        terminal: of its passengers.
        size: code letter of the aircraft.
        arrives: border of the arriving leg.
        departs: border of the departing leg.
        in_block_min: when it comes.
        off_block_min: when it leaves.
        passengers_in: who arrive.
        passengers_out: who depart.
        fixed: stand that may not be chosen anew, or empty.
    """

    name: str
    airline: str
    terminal: str
    size: Letter
    arrives: Border
    departs: Border
    in_block_min: int
    off_block_min: int
    passengers_in: int
    passengers_out: int
    fixed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class StandRules:
    """What is allowed beyond size and place, and what things cost.

    Attributes:
        buffer_min: a stand stays empty so long after an aircraft, by its letter; the letters missing
            take ``buffer_other_min``.
        buffer_other_min: see above.
        tow_from_min: an aircraft that stays so long may be towed away and back.
        arrival_min: it stays where it arrived at least so long, by wide (D and up) or not.
        departure_min: it is where it departs from so long before, likewise.
        bus_cost: passenger minutes per passenger at a stand without a bridge, beside the access.
        miss_cost: of a turn outside the zones its airline prefers.
        tow_cost: of one tow.
        idle_cost: of an aircraft that only waits, and does so at a bridge.
        unplaced_cost: of an aircraft for which no stand is left.
        preferred: zones by airline.
        tugs: aircraft under tow at once, at most; ``None``: as many as one likes. The tow plan says when
            each really moves and with which tug.
        tugs_wide: the same of wide aircraft alone, which not every tug can move.
        tug_busy_min: a tow takes a tug for so long, here; the tow plan knows the way of each.
        tow_flex_min: room that is left for a tow to begin earlier or later, at either end.
    """

    buffer_min: Mapping[str, int] = field(
        default_factory=lambda: {"A": 10, "B": 10, "C": 10, "D": 15, "E": 15, "F": 20}
    )
    buffer_other_min: int = 10
    tow_from_min: int = 240
    arrival_min: tuple[int, int] = (40, 60)
    departure_min: tuple[int, int] = (60, 90)
    bus_cost: int = 12
    miss_cost: int = 300
    tow_cost: int = 1_200
    idle_cost: int = 120
    unplaced_cost: int = 50_000
    preferred: Mapping[str, frozenset[str]] = field(default_factory=dict)
    tugs: int | None = None
    tugs_wide: int | None = None
    tug_busy_min: int = 30
    tow_flex_min: int = 0

    def buffer_of(self, size: Letter) -> int:
        """Minutes a stand stays empty after an aircraft of this size."""
        return self.buffer_min.get(size, self.buffer_other_min)


@dataclass(frozen=True, slots=True, kw_only=True)
class StandDay:
    """Everything stand allocation is asked about."""

    stands: tuple[Stand, ...]
    adjacencies: tuple[Adjacency, ...]
    turns: tuple[Turn, ...]
    rules: StandRules = field(default_factory=StandRules)


MOST_TURNS: Final = 5_000
MOST_STANDS: Final = 1_000


def checked(day: StandDay) -> None:
    """Refuse a day that contradicts itself.

    Raises:
        FactsRefused: too much of something, a name twice, a name that is not there, times out of order.
    """
    if len(day.turns) > MOST_TURNS or len(day.stands) > MOST_STANDS:
        raise FactsRefused("day", f"has more than {MOST_TURNS} turns or {MOST_STANDS} stands")
    names = {stand.name for stand in day.stands}
    if len(names) != len(day.stands):
        raise FactsRefused("day.stands", "hold a name twice")
    if len({turn.name for turn in day.turns}) != len(day.turns):
        raise FactsRefused("day.turns", "hold a name twice")
    if any(turn.in_block_min >= turn.off_block_min for turn in day.turns):
        raise FactsRefused("day.turns", "hold one that leaves before it comes")
    if any(turn.fixed and turn.fixed not in names for turn in day.turns):
        raise FactsRefused("day.turns", "hold one fixed to a stand that is not there")
    if any(not {rule.stand, rule.neighbour} <= names for rule in day.adjacencies):
        raise FactsRefused("day.adjacencies", "name a stand that is not there")


def fits(size: Letter, within: Letter) -> bool:
    """Whether an aircraft of one letter fits where another is the largest.

    >>> fits("C", "E"), fits("E", "C")
    (True, False)
    """
    return LETTERS.index(size) <= LETTERS.index(within)


def is_wide(size: Letter) -> bool:
    """Code D and up: span of 36 m and more."""
    return size >= "D"
