"""What forbids a stay on a stand, and what it costs there: one sentence and one sum for both uses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ai_center.optimisers.stands import Adjacency, Stand, StandRules, fits
from ai_center.optimisers.stays import Stay


@dataclass(frozen=True, slots=True, kw_only=True)
class StayCost:
    """Passenger minutes of a stay on a stand, by what they are for."""

    access: int = 0
    bus: int = 0
    preference: int = 0
    idle: int = 0

    @property
    def total(self) -> int:
        """All of it."""
        return self.access + self.bus + self.preference + self.idle


def cost_of(stay: Stay, stand: Stand, rules: StandRules) -> StayCost:
    """What a stay costs on a stand that may be used."""
    preferred = rules.preferred.get(stay.turn.airline, frozenset())
    missed = bool(stay.borders and preferred and stand.zone not in preferred)
    return StayCost(
        access=stay.passengers * stand.access_min,
        bus=0 if stand.contact else stay.passengers * rules.bus_cost,
        preference=rules.miss_cost if missed else 0,
        idle=rules.idle_cost if stand.contact and not stay.borders else 0,
    )


def forbidden(stay: Stay, stand: Stand) -> str:
    """Why the stand itself does not take the stay; empty when it does."""
    turn = stay.turn
    if turn.fixed and turn.fixed != stand.name:
        return f"turn is fixed to {turn.fixed}"
    if not fits(turn.size, stand.size):
        return f"size {turn.size} does not fit {stand.size}"
    if stand.airlines and turn.airline not in stand.airlines:
        return f"kept for {', '.join(sorted(stand.airlines))}"
    if stand.contact and stay.borders:
        if stand.terminal and stand.terminal != turn.terminal:
            return f"serves terminal {stand.terminal}, not {turn.terminal}"
        if not stay.borders <= stand.borders:
            return f"does not serve {', '.join(sorted(stay.borders - stand.borders))}"
    for start, end in stand.closed:
        if stay.from_min < end and start < stay.to_min:
            return "closed"
    return ""


Neighbours = Mapping[str, tuple[Adjacency, ...]]
"""Adjacencies by the name of either stand."""


def neighbours_of(adjacencies: Iterable[Adjacency]) -> Neighbours:
    """Adjacencies by the name of either stand."""
    found: dict[str, list[Adjacency]] = {}
    for rule in adjacencies:
        found.setdefault(rule.stand, []).append(rule)
        found.setdefault(rule.neighbour, []).append(rule)
    return {name: tuple(rules) for name, rules in found.items()}


def excluded_at(stay: Stay, stand: str, neighbours: Neighbours) -> list[tuple[str, str]]:
    """What a stay keeps away from next door: stands, each with the least letter it keeps away."""
    found: list[tuple[str, str]] = []
    for rule in neighbours.get(stand, ()):
        if rule.stand == stand and stay.turn.size >= rule.size:
            found.append((rule.neighbour, rule.neighbour_size))
        if rule.neighbour == stand and stay.turn.size >= rule.neighbour_size:
            found.append((rule.stand, rule.size))
    return found
