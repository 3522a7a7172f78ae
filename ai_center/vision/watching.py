"""One stand watched frame by frame: milestones with time and confidence.

When an aircraft comes to rest, what its own parts look like is learnt (see ``bare.py``).
Milestones of the handling are told only while an aircraft stands: who waited there before it came is in
position once it stands, and who is still there when it leaves has left. Zones of one group count
together: the first to come and the last to go make the milestone. Within a group coming and going take
turns, so no milestone is told twice without its opposite.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from ai_center.vision.bare import Bare, Frame
from ai_center.vision.detecting import Sighting
from ai_center.vision.dwelling import Change, Dwelling
from ai_center.vision.happenings import Milestone
from ai_center.vision.zones import AIRCRAFT, SERVICES, Zone

BEFORE_S: Final = 10.0
"""Who stood there so long before the aircraft stopped is no part of it."""

REMEMBERED_S: Final = 60.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A milestone as the camera tells it.

    Attributes:
        milestone: what happened.
        at_s: when, seconds of the film or of any clock that the frames bear.
        told_s: when it was known; later by the time that the zone waits.
        confidence: 0..1.
        zone: where it was seen.
    """

    milestone: Milestone
    at_s: float
    told_s: float
    confidence: float
    zone: str


class StandWatch:
    """Turns sightings into events; one per stand and camera."""

    def __init__(self, aircraft: Zone = AIRCRAFT, services: Sequence[Zone] = SERVICES) -> None:
        """Watch an empty stand."""
        self._aircraft = Dwelling(aircraft)
        self._services = [Dwelling(zone) for zone in services]
        self._last_s = float("-inf")
        self._on_s = float("-inf")
        self._moments: dict[str, float] = {}
        self._frames: deque[Frame] = deque()
        self._bare: Bare | None = None

    def look(self, at_s: float, seen: Sequence[Sighting]) -> list[Event]:
        """Take one frame; gives the events that it makes known, in order of their moments.

        A frame that is not later than the last one changes nothing.
        """
        if at_s <= self._last_s:
            return []
        self._last_s = at_s
        self._frames.append((at_s, seen))
        while at_s - self._frames[0][0] > REMEMBERED_S:
            self._frames.popleft()
        change = self._aircraft.look(at_s, seen)
        if change is not None and change.way == "goes":
            changes = [*self._left(change), change]
            self._bare = None
        else:
            whole = seen if self._bare is None else self._bare.without(seen)
            changes = self._serviced(at_s, whole)
            if change is not None:
                self._bare = self._come(change.at_s)
                changes = [change, *self._waiting(change)]
            elif not self._aircraft.there:
                changes = []
        ordered = [self._in_order(change) for change in sorted(changes, key=_moment)]
        events = [event for one in ordered if (event := _event(one)) is not None]
        return sorted(events, key=lambda event: event.at_s)

    def _in_order(self, change: Change) -> Change:
        """No moment of a group lies before its last one, though two zones of it may tell so."""
        group = change.zone.group
        at_s = max(change.at_s, self._moments.get(group, change.at_s))
        self._moments[group] = at_s
        return replace(change, at_s=at_s)

    def _serviced(self, at_s: float, seen: Sequence[Sighting]) -> list[Change]:
        """Changes that are the first coming to their group, or the last going from it."""
        found = []
        for dwelling in self._services:
            alone = not self._others(dwelling)
            change = dwelling.look(at_s, seen)
            if change is not None and alone:
                found.append(replace(change, at_s=max(change.at_s, self._on_s)))
        return found

    def _come(self, on_s: float) -> Bare | None:
        """An aircraft has come to rest: learn its parts, and forget who came with it.

        Nothing is known of its parts when the first frame already shows it.
        """
        self._on_s = on_s
        before = [frame for frame in self._frames if frame[0] < on_s - BEFORE_S]
        if not before:
            return None
        for dwelling in self._services:
            if not dwelling.there_since(on_s - BEFORE_S):
                dwelling.reset()
        return Bare(before, [frame for frame in self._frames if frame[0] >= on_s - 1])

    def _waiting(self, change: Change) -> list[Change]:
        """Who stood there before the aircraft: one of each group."""
        groups = {d.zone.group: d for d in self._services if d.there}
        return [
            replace(change, zone=dwelling.zone, confidence=dwelling.sureness)
            for dwelling in groups.values()
        ]

    def _left(self, change: Change) -> list[Change]:
        """Everybody leaves with the aircraft; the last of each group is told."""
        found: dict[str, Change] = {}
        for dwelling in self._services:
            closing = dwelling.closed(change.at_s, change.told_s)
            if closing is not None:
                kept = found.get(dwelling.zone.group, closing)
                found[dwelling.zone.group] = max(kept, closing, key=lambda one: one.at_s)
            dwelling.reset()
        return list(found.values())

    def _others(self, dwelling: Dwelling) -> bool:
        """Whether somebody stands in another zone of the group."""
        group = dwelling.zone.group
        return any(
            other.there
            for other in self._services
            if other is not dwelling and other.zone.group == group
        )


def _moment(change: Change) -> float:
    return change.at_s


def _event(change: Change) -> Event | None:
    milestone = change.zone.comes if change.way == "comes" else change.zone.goes
    if milestone is None:
        return None
    return Event(
        milestone=milestone,
        at_s=change.at_s,
        told_s=change.told_s,
        confidence=min(1.0, max(0.0, change.confidence)),
        zone=change.zone.name,
    )
