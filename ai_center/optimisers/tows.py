"""Tows of aircraft between stands, the tugs that do them, and the rules, as the tow plan knows them.

Times are whole minutes since 1970 UTC. A tow begins at ``start``: the tug hooks on, the aircraft leaves its
stand ``hook_min`` later, is on the next one after the drive, and the tug is free again once it has
unhooked and come back. What the stand plan calls the moment between two stays is only the middle of the
window in which this may happen.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final, Literal

from ai_center.errors import FactsRefused
from ai_center.optimisers.stand_plan import StandPlan
from ai_center.optimisers.stands import StandDay, StandRules, Turn, is_wide

TugKind = Literal["wide", "narrow"]
"""A tug for wide aircraft (code D and up) tows any; one for narrow aircraft only those up to C."""

MOST_TOWS: Final = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class TugsOut:
    """So many tugs of a kind cannot be used in a span."""

    kind: TugKind
    count: int
    from_min: int
    to_min: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Fleet:
    """How many tugs of each kind there are, and which are out."""

    wide: int = 2
    narrow: int = 3
    out: tuple[TugsOut, ...] = ()

    def room(self, kind: TugKind, minute: int) -> int:
        """Tugs of a kind that can be used at a minute."""
        there = self.wide if kind == "wide" else self.narrow
        gone = (o.count for o in self.out if o.kind == kind and o.from_min <= minute < o.to_min)
        return max(0, there - sum(gone))


@dataclass(frozen=True, slots=True, kw_only=True)
class TowRules:
    """How long things take, and what they cost in minutes of an idle aircraft at a bridge.

    Attributes:
        hook_min: from the start until the aircraft moves.
        drive_min: between two zones, in either order, ``"A|B"``; the pairs missing take ``drive_other_min``.
        drive_other_min: see above.
        unhook_min: from on the stand until the tug is free.
        back_min: until the tug can be at the next aircraft.
        grid_min: starts lie on whole multiples of it.
        bridge_cost: of a minute that an aircraft stays at a bridge although it could leave, or is there
            before it needs to be.
        remote_cost: the same on a stand without a bridge.
        unserved_cost: of a tow that finds no time or tug.
        moved_cost: of a start that moves by more than ``moved_after_min`` from what was published.
        moved_after_min: see above.
    """

    hook_min: int = 5
    drive_min: Mapping[str, int] = field(default_factory=dict)
    drive_other_min: int = 10
    unhook_min: int = 5
    back_min: int = 10
    grid_min: int = 5
    bridge_cost: int = 2
    remote_cost: int = 1
    unserved_cost: int = 20_000
    moved_cost: int = 60
    moved_after_min: int = 10

    def drive_of(self, one: str, other: str) -> int:
        """Minutes between two zones."""
        for pair in (f"{one}|{other}", f"{other}|{one}"):
            if pair in self.drive_min:
                return self.drive_min[pair]
        return self.drive_other_min


@dataclass(frozen=True, slots=True, kw_only=True)
class Tow:
    """One aircraft that is towed from one stand to another.

    Attributes:
        name: turn and the stay it leaves, unique in a day.
        turn: whose aircraft.
        number: place in the turn, from 0.
        source: stand it leaves.
        target: stand it goes to.
        earliest_min: it may not begin before: passengers and freight are off.
        latest_min: it must be on the target by then: it is made ready to leave.
        drive_min: from stand to stand.
    """

    name: str
    turn: Turn
    number: int
    source: str
    target: str
    earliest_min: int
    latest_min: int
    drive_min: int

    @property
    def kinds(self) -> tuple[TugKind, ...]:
        """Tugs that can do it."""
        return ("wide",) if is_wide(self.turn.size) else ("narrow", "wide")

    def leaves(self, start: int, rules: TowRules) -> int:
        """When the source is empty."""
        return start + rules.hook_min

    def arrives(self, start: int, rules: TowRules) -> int:
        """When it is on the target."""
        return start + rules.hook_min + self.drive_min

    def busy_min(self, rules: TowRules) -> int:
        """How long it takes a tug."""
        return rules.hook_min + self.drive_min + rules.unhook_min + rules.back_min


def tows_of(day: StandDay, plan: StandPlan, rules: TowRules) -> tuple[Tow, ...]:
    """Every tow of a stand plan, in the order of the moments the plan gives them."""
    zones = {stand.name: stand.zone for stand in day.stands}
    found: list[tuple[int, Tow]] = []
    parts: dict[str, int] = {}
    for one, other in zip(plan.placed, plan.placed[1:], strict=False):
        turn = one.stay.turn
        if turn.name != other.stay.turn.name:
            continue
        number = parts[turn.name] = parts.get(turn.name, -1) + 1
        earliest, latest = window_of(turn, day.rules)
        tow = Tow(
            name=one.stay.name,
            turn=turn,
            number=number,
            source=one.stand,
            target=other.stand,
            earliest_min=earliest,
            latest_min=latest,
            drive_min=rules.drive_of(zones[one.stand], zones[other.stand]),
        )
        if one.stand != other.stand:
            found.append((one.stay.to_min, tow))
    return tuple(tow for _, tow in sorted(found, key=lambda pair: (pair[0], pair[1].name)))


def window_of(turn: Turn, rules: StandRules) -> tuple[int, int]:
    """From when a turn may be towed, and until when it must be where it departs from."""
    wide = is_wide(turn.size)
    return (
        turn.in_block_min + rules.arrival_min[wide],
        turn.off_block_min - rules.departure_min[wide],
    )


def checked(tows: Sequence[Tow], fleet: Fleet, rules: TowRules) -> None:
    """Refuse what contradicts itself.

    Raises:
        FactsRefused: names the field.
    """
    if len(tows) > MOST_TOWS:
        raise FactsRefused("day", f"asks for {len(tows)} tows, more than {MOST_TOWS}")
    if not 0 <= fleet.wide <= 100 or not 0 <= fleet.narrow <= 100:
        raise FactsRefused("fleet", "is not from 0 to 100 tugs of each kind")
    if any(out.from_min >= out.to_min or out.count < 0 for out in fleet.out):
        raise FactsRefused("fleet.out", "ends before it begins, or counts fewer than none")
    minutes = (rules.hook_min, rules.unhook_min, rules.back_min, rules.drive_other_min)
    if any(not 0 <= m <= 120 for m in (*minutes, *rules.drive_min.values())):
        raise FactsRefused("rules", "hold minutes that are not from 0 to 120")
    if not 1 <= rules.grid_min <= 30:
        raise FactsRefused("rules.grid_min", "is not from 1 to 30")
