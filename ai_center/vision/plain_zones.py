"""What the dwell machine is held against: a zone is taken when anything of its kind is in it.

No stop is looked for, nothing hidden is reckoned with, no aircraft need stand there: the first of three
frames in a row with a thing in the zone is its coming, the last one before ``GONE_S`` without is its going.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from ai_center.vision.detecting import Sighting
from ai_center.vision.watching import Event
from ai_center.vision.zones import AIRCRAFT, SERVICES, Zone

LEAST: Final = 0.4
ROW: Final = 3
GONE_S: Final = 16.0


class PlainZones:
    """Presence by zone and nothing more."""

    def __init__(self) -> None:
        """Watch an empty stand."""
        self._zones = [_Presence(zone) for zone in (AIRCRAFT, *SERVICES)]

    def look(self, at_s: float, seen: Sequence[Sighting]) -> list[Event]:
        """Take one frame; gives the events that it makes known."""
        return [event for zone in self._zones for event in zone.look(at_s, seen)]


class _Presence:
    def __init__(self, zone: Zone) -> None:
        self._zone = zone
        self._row: list[float] = []
        self._last_s: float | None = None

    def look(self, at_s: float, seen: Sequence[Sighting]) -> list[Event]:
        zone = self._zone
        inside = any(
            one.kind == zone.kind and one.score >= LEAST and zone.holds(one.place) for one in seen
        )
        if self._last_s is None:
            self._row = [*self._row, at_s] if inside else []
            if len(self._row) < ROW:
                return []
            first, self._row, self._last_s = self._row[0], [], at_s
            return self._told(zone, "comes", first, at_s)
        if inside:
            self._last_s = at_s
            return []
        if at_s - self._last_s < GONE_S:
            return []
        last, self._last_s = self._last_s, None
        return self._told(zone, "goes", last, at_s)

    def _told(self, zone: Zone, way: str, moment_s: float, at_s: float) -> list[Event]:
        milestone = zone.comes if way == "comes" else zone.goes
        if milestone is None:
            return []
        return [
            Event(milestone=milestone, at_s=moment_s, told_s=at_s, confidence=LEAST, zone=zone.name)
        ]
