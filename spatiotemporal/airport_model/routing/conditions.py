"""What holds on a network during some time: what is closed, how fast it is driven.

A :class:`Timetable` is a row of conditions, each from a moment until the next one begins.
"""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from shapely import STRtree
from shapely.geometry import LineString

from spatiotemporal.airport_model.frame import Frame
from spatiotemporal.airport_model.network import Edge
from spatiotemporal.airport_model.thematic.restrictions import Closures


@dataclass(frozen=True, slots=True, kw_only=True)
class SpeedChange:
    """Slower (or faster) driving for some time: low visibility, ice, a busy hour.

    Attributes:
        factor: of the line's own speed.
        kinds: kinds of lines it holds for; all when empty.
    """

    start: datetime
    end: datetime | None
    factor: float
    kinds: frozenset[str] = frozenset()

    def holds_at(self, moment: datetime) -> bool:
        """Whether it holds at a moment."""
        return self.start <= moment and (self.end is None or moment < self.end)


@dataclass(frozen=True)
class Conditions:
    """Closed edges and speeds, by index of the edge.

    Attributes:
        closed: shape (edges,), bool.
        speed_mps: shape (edges,), float64.
    """

    closed: NDArray[np.bool_]
    speed_mps: NDArray[np.float64]

    @cached_property
    def key(self) -> bytes:
        """Equal for equal conditions."""
        hasher = hashlib.blake2b(digest_size=16)
        hasher.update(self.closed.tobytes())
        hasher.update(self.speed_mps.tobytes())
        return hasher.digest()


class Surveyor:
    """Says what restrictions and speed changes mean for the edges of a network."""

    def __init__(self, edges: Sequence[Edge], frame: Frame) -> None:
        self._edges, self._frame = edges, frame
        self._lines = STRtree([LineString(edge.points) for edge in edges])
        self._speed = np.asarray([edge.speed_mps for edge in edges], dtype=np.float64)
        self._kinds = np.asarray([edge.kind for edge in edges])
        self._names: dict[str, list[int]] = {}
        for index, edge in enumerate(edges):
            for name in {edge.name, edge.strand}:
                self._names.setdefault(name, []).append(index)

    @property
    def free(self) -> Conditions:
        """Nothing is closed, everything at its own speed."""
        return Conditions(np.zeros(len(self._edges), dtype=np.bool_), self._speed)

    def knows(self, name: str) -> bool:
        """Whether a line has this name or id."""
        return name in self._names

    def conditions(
        self, closures: Closures | None = None, changes: Sequence[SpeedChange] = ()
    ) -> Conditions:
        """What closures and changes that hold at the same time mean together.

        Names that this network does not have close nothing: a taxiway is no road.
        """
        closed = np.zeros(len(self._edges), dtype=np.bool_)
        speed = self._speed.copy()
        for change in changes:
            chosen = np.isin(self._kinds, list(change.kinds)) if change.kinds else slice(None)
            speed[chosen] *= change.factor
        if closures is not None:
            for name in self._closed_names(closures):
                closed[self._names.get(name, [])] = True
            for area in closures.areas:
                closed[self._lines.query(self._frame.into(area), predicate="intersects")] = True
            for area, limit in closures.limits:
                inside = self._lines.query(self._frame.into(area), predicate="intersects")
                speed[inside] = np.minimum(speed[inside], limit)
        return Conditions(closed, speed)

    @staticmethod
    def _closed_names(closures: Closures) -> list[str]:
        stands = [
            name.format(number) for number in closures.stands for name in ("lead-in {}", "stand:{}")
        ]
        return [*closures.lines, *stands]


@dataclass(frozen=True, slots=True, kw_only=True)
class Timetable:
    """Conditions one after another.

    Attributes:
        begins: beginning of each, ascending; the first also holds before its beginning.
        conditions: as many.
    """

    begins: tuple[datetime, ...]
    conditions: tuple[Conditions, ...]

    def at(self, moment: datetime) -> tuple[Conditions, datetime | None]:
        """What holds at a moment, and until when; ``None`` for ever."""
        index = max(bisect_right(self.begins, moment) - 1, 0)
        after = index + 1
        return self.conditions[index], self.begins[after] if after < len(self.begins) else None


def timetable(
    surveyor: Surveyor,
    start: datetime,
    moments: Sequence[datetime],
    closures_at: Callable[[datetime], Closures],
    changes: Sequence[SpeedChange] = (),
) -> Timetable:
    """Put a timetable together.

    Args:
        start: from when on.
        moments: at which closures begin or end.
        closures_at: what is closed at a moment.
    """
    turns = {start, *(m for m in moments if m > start)}
    for change in changes:
        turns |= {m for m in (change.start, change.end) if m is not None and m > start}
    begins = tuple(sorted(turns))
    return Timetable(
        begins=begins,
        conditions=tuple(
            surveyor.conditions(closures_at(m), [c for c in changes if c.holds_at(m)])
            for m in begins
        ),
    )
