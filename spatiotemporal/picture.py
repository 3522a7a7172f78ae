"""The live picture: the last position of every mover, in columns.

Columns of numpy arrays answer "everything inside this polygon" for thousands of movers in well
under a millisecond. A report that is not newer than the position shown never moves a mover back; it
is counted. Only a position from a clock that runs a day ahead gives way to an older one. The picture
is changed by one consumer and read by many, so every method takes the lock for the moment it needs.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from threading import Lock
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from service_bus import TopicPartition
from spatiotemporal.domain import Fix, MoverState, Registered
from spatiotemporal.errors import UnknownMover

FIRST_CAPACITY = 1_024
METRES_PER_DEGREE = 111_194.93
"""Of latitude, on a sphere of 6,371 km: good to 0.3 % over an airfield."""

CLOCK_FAULT_MS = 86_400_000.0
"""A fix this far ahead of its own arrival came from a wrong clock and gives way to any sane one."""

_COLUMNS: Mapping[str, type] = {
    "latitude": np.float64,
    "longitude": np.float64,
    "fix_ms": np.float64,
    "received_ms": np.float64,
    "speed_mps": np.float32,
    "heading_deg": np.float32,
    "fixes": np.int64,
    "late": np.int64,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Columns:
    """Changed movers in column form, for the socket frame. Arrays have shape (n,).

    Attributes:
        index: uint32, number of the mover in this process.
        fix_ms: float64, Unix milliseconds.
    """

    index: NDArray[np.uint32]
    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    fix_ms: NDArray[np.float64]
    speed_mps: NDArray[np.float32]
    heading_deg: NDArray[np.float32]

    def where(self, wanted: NDArray[np.bool_]) -> Columns:
        """The rows that are wanted; ``wanted`` has shape (n,)."""
        return Columns(
            index=self.index[wanted],
            longitude=self.longitude[wanted],
            latitude=self.latitude[wanted],
            fix_ms=self.fix_ms[wanted],
            speed_mps=self.speed_mps[wanted],
            heading_deg=self.heading_deg[wanted],
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Snapshot:
    """Everything needed to go on after a restart: movers and the offsets they stand for."""

    movers: Sequence[MoverState]
    next_offsets: Mapping[TopicPartition, int]


class Picture:
    """Where every mover is."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._index: dict[str, int] = {}
        self._ids: list[str] = []
        self._fleet: list[str] = []
        self._label: list[str] = []
        self._source: list[str] = []
        self._message: list[str] = []
        self._named = 0
        self._columns: dict[str, NDArray[Any]] = {
            name: np.zeros(FIRST_CAPACITY, kind) for name, kind in _COLUMNS.items()
        }
        self._changed = np.zeros(FIRST_CAPACITY, np.bool_)
        self._unsaved: set[int] = set()
        self._next_offsets: dict[TopicPartition, int] = {}

    def __len__(self) -> int:
        return len(self._ids)

    def start_from(self, snapshot: Snapshot) -> None:
        """Load what an earlier run has saved."""
        with self._lock:
            for state in snapshot.movers:
                at = self._place(state.mover_id)
                self._fleet[at], self._label[at] = state.fleet, state.label
                self._source[at], self._message[at] = state.source, state.message_id
                self._put(at, state)
                self._columns["fixes"][at] = state.fixes
                self._columns["late"][at] = state.late
            self._next_offsets.update(snapshot.next_offsets)

    def fresh(self, place: TopicPartition, offset: int) -> bool:
        """Whether a record is not in the picture yet; if so it counts as taken from now on."""
        with self._lock:
            if offset < self._next_offsets.get(place, 0):
                return False
            self._next_offsets[place] = offset + 1
            return True

    def report(self, fixes: Iterable[Fix]) -> None:
        """Take fixes into account."""
        with self._lock:
            columns = self._columns
            for fix in fixes:
                at = self._place(fix.mover_id)
                columns = self._columns
                columns["fixes"][at] += 1
                self._unsaved.add(at)
                if _ms(fix.fix_time) <= columns["fix_ms"][at] and not self._clock_fault(at):
                    columns["late"][at] += 1
                    continue
                self._put(at, fix)
                self._source[at], self._message[at] = fix.source, fix.message_id

    def _clock_fault(self, at: int) -> bool:
        ahead = self._columns["fix_ms"][at] - self._columns["received_ms"][at]
        return bool(ahead > CLOCK_FAULT_MS)

    def register(self, event: Registered) -> None:
        """Learn what a mover is called."""
        with self._lock:
            at = self._place(event.mover_id)
            self._fleet[at], self._label[at] = event.fleet, event.label
            self._unsaved.add(at)
            self._named += 1

    def _put(self, at: int, state: Fix | MoverState) -> None:
        columns = self._columns
        columns["latitude"][at] = state.latitude
        columns["longitude"][at] = state.longitude
        columns["fix_ms"][at] = _ms(state.fix_time)
        columns["received_ms"][at] = _ms(state.received)
        columns["speed_mps"][at] = math.nan if state.speed_mps is None else state.speed_mps
        columns["heading_deg"][at] = math.nan if state.heading_deg is None else state.heading_deg
        self._changed[at] = columns["fix_ms"][at] > 0

    def _place(self, mover_id: str) -> int:
        at = self._index.get(mover_id)
        if at is not None:
            return at
        at = self._index[mover_id] = len(self._ids)
        self._ids.append(mover_id)
        self._fleet.append("other")
        self._label.append(mover_id.partition(":")[2])
        self._source.append("")
        self._message.append("")
        if at >= len(self._changed):
            for name, column in self._columns.items():
                self._columns[name] = np.concatenate([column, np.zeros_like(column)])
            self._changed = np.concatenate([self._changed, np.zeros_like(self._changed)])
        return at

    def unsaved(self) -> Snapshot:
        """What changed since the last call, with the offsets that the whole picture stands for."""
        with self._lock:
            # Movers without a position too: their names must survive.
            movers = [self._state(at) for at in sorted(self._unsaved)]
            self._unsaved.clear()
            return Snapshot(movers=movers, next_offsets=dict(self._next_offsets))

    def changed(self) -> Columns:
        """Movers that moved since the last call (for one reader, the ticker)."""
        with self._lock:
            at = np.flatnonzero(self._changed[: len(self._ids)])
            self._changed[:] = False
            return self._cut(at)

    def everything(self) -> Columns:
        """All movers that have a position."""
        with self._lock:
            return self._cut(np.flatnonzero(self._columns["fix_ms"][: len(self._ids)] > 0))

    def some(self, at: NDArray[np.intp]) -> Columns:
        """The movers of these numbers, each with its newest position."""
        with self._lock:
            return self._cut(at)

    def _cut(self, at: NDArray[np.intp]) -> Columns:
        columns = self._columns
        return Columns(
            index=at.astype(np.uint32),
            longitude=columns["longitude"][at],
            latitude=columns["latitude"][at],
            fix_ms=columns["fix_ms"][at],
            speed_mps=columns["speed_mps"][at],
            heading_deg=columns["heading_deg"][at],
        )

    def names(self, since: int = 0) -> tuple[list[tuple[int, str, str, str]], int]:
        """(index, id, fleet, label) of all movers, and a mark that changes when any name does.

        With the last mark as ``since`` the list is empty when nothing changed.
        """
        with self._lock:
            mark = len(self._ids) + self._named
            if since == mark:
                return [], mark
            rows = zip(self._ids, self._fleet, self._label, strict=True)
            return [(at, *row) for at, row in enumerate(rows)], mark

    def total_fixes(self) -> int:
        """Distinct fixes taken into account since the beginning."""
        with self._lock:
            return int(self._columns["fixes"][: len(self._ids)].sum())

    def mover(self, mover_id: str) -> MoverState:
        """One mover.

        Raises:
            UnknownMover: nothing was heard of it.
        """
        with self._lock:
            at = self._index.get(mover_id)
            if at is None or not self._seen(at):
                raise UnknownMover(mover_id)
            return self._state(at)

    def latest(self, inside: BaseGeometry | None = None) -> list[MoverState]:
        """All movers, or those strictly inside a WGS84 polygon (x is longitude)."""
        with self._lock:
            at = np.flatnonzero(self._columns["fix_ms"][: len(self._ids)] > 0)
            if inside is not None:
                shapely.prepare(inside)
                x, y = self._columns["longitude"][at], self._columns["latitude"][at]
                at = at[shapely.contains_xy(inside, x, y)]
            return [self._state(int(one)) for one in at]

    def near(
        self, latitude: float, longitude: float, *, count: int = 10, radius_m: float = math.inf
    ) -> list[tuple[MoverState, float]]:
        """The nearest movers with their distance in metres, nearest first."""
        with self._lock:
            at = np.flatnonzero(self._columns["fix_ms"][: len(self._ids)] > 0)
            north = (self._columns["latitude"][at] - latitude) * METRES_PER_DEGREE
            east = (self._columns["longitude"][at] - longitude) * METRES_PER_DEGREE
            east = east * math.cos(math.radians(latitude))
            distance = np.hypot(north, east)
            order = np.argsort(distance, kind="stable")
            order = order[distance[order] <= radius_m][:count]
            return [(self._state(int(at[one])), float(distance[one])) for one in order]

    def _seen(self, at: int) -> bool:
        return bool(self._columns["fix_ms"][at] > 0)

    def _state(self, at: int) -> MoverState:
        columns = self._columns
        speed, heading = float(columns["speed_mps"][at]), float(columns["heading_deg"][at])
        return MoverState(
            mover_id=self._ids[at],
            index=at,
            kind=self._ids[at].partition(":")[0],
            fleet=self._fleet[at],
            label=self._label[at],
            latitude=float(columns["latitude"][at]),
            longitude=float(columns["longitude"][at]),
            speed_mps=None if math.isnan(speed) else speed,
            heading_deg=None if math.isnan(heading) else heading,
            fix_time=_moment(columns["fix_ms"][at]),
            received=_moment(columns["received_ms"][at]),
            source=self._source[at],
            message_id=self._message[at],
            fixes=int(columns["fixes"][at]),
            late=int(columns["late"][at]),
        )


def _ms(moment: datetime) -> float:
    return moment.timestamp() * 1000


def _moment(ms: float) -> datetime:
    return datetime.fromtimestamp(float(ms) / 1000, UTC)
