"""Who is on which stand when: the book that heuristics write plans into."""

from __future__ import annotations

from collections.abc import Iterator

from ai_center.optimisers.stand_rules import Neighbours, excluded_at, forbidden, neighbours_of
from ai_center.optimisers.stands import Stand, StandDay
from ai_center.optimisers.stays import Stay


class Occupancy:
    """Stays by stand, with the questions that a placement asks."""

    def __init__(self, day: StandDay) -> None:
        """Start empty."""
        self._stands = {stand.name: stand for stand in day.stands}
        self._neighbours: Neighbours = neighbours_of(day.adjacencies)
        self._stays: dict[str, list[Stay]] = {stand.name: [] for stand in day.stands}
        self._place: dict[str, str] = {}
        self._fitting: dict[str, tuple[Stand, ...]] = {}

    def put(self, stay: Stay, stand: str) -> None:
        """Write a stay into the book; the rules are the caller's business."""
        self._stays[stand].append(stay)
        self._place[stay.name] = stand

    def remove(self, stay: Stay) -> str:
        """Strike a stay out; says where it was."""
        stand = self._place.pop(stay.name)
        self._stays[stand] = [other for other in self._stays[stand] if other.name != stay.name]
        return stand

    def stand_of(self, stay: Stay) -> str | None:
        """Where a stay is, if it is anywhere."""
        return self._place.get(stay.name)

    def fitting(self, stay: Stay) -> tuple[Stand, ...]:
        """Stands that take the stay when they are free."""
        if stay.name not in self._fitting:
            self._fitting[stay.name] = tuple(
                stand for stand in self._stands.values() if not forbidden(stay, stand)
            )
        return self._fitting[stay.name]

    def blockers(self, stay: Stay, stand: str) -> Iterator[Stay]:
        """Stays that are in the way of a stay on a stand, each once: there, or next door."""
        for other in self._stays[stand]:
            if other.meets(stay) and other.name != stay.name:
                yield other
        seen: set[str] = set()
        for name, letter in excluded_at(stay, stand, self._neighbours):
            for other in self._stays[name]:
                if other.turn.size >= letter and other.meets(stay) and other.name not in seen:
                    seen.add(other.name)
                    yield other

    def is_free(self, stay: Stay, stand: str) -> bool:
        """Whether nothing is in the way."""
        return next(self.blockers(stay, stand), None) is None

    def places(self) -> Iterator[tuple[Stay, str]]:
        """Everything in the book."""
        for stand, stays in self._stays.items():
            for stay in stays:
                yield stay, stand
