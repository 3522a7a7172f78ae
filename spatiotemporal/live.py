"""What browsers get twice a second: a frame of who moved, encoded once for all maps that show the same.

A frame is ``ABM1``, uint32 n, float64 server time (Unix ms), then columns of n values: float64
longitude, latitude, fix time (Unix ms); uint32 index; float32 speed (m/s), heading (degrees); all
little-endian, NaN for unknown. A text message names the movers before their first position. A map may
say what it shows (:mod:`spatiotemporal.viewers`) and is then spared most of the rest.
"""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass, field
from typing import Any

import orjson

from service_bus import Clock, Malformed
from spatiotemporal.picture import Columns, Picture
from spatiotemporal.viewers import EVERYTHING, OUTSIDE_TICKS, View, Viewer

MAGIC = b"ABM1"
TICK_S = 0.5
"""Most movers report once a second: looked at as seldom, now and then one would have reported twice."""
HEARTBEAT_TICKS = 10


def encode_frame(columns: Columns, now_ms: float) -> bytes:
    """Bytes of one frame."""
    return b"".join(
        (
            struct.pack("<4sId", MAGIC, len(columns.index), now_ms),
            columns.longitude.astype("<f8").tobytes(),
            columns.latitude.astype("<f8").tobytes(),
            columns.fix_ms.astype("<f8").tobytes(),
            columns.index.astype("<u4").tobytes(),
            columns.speed_mps.astype("<f4").tobytes(),
            columns.heading_deg.astype("<f4").tobytes(),
        )
    )


@dataclass(slots=True)
class Ticker:
    """Makes the frames and hands them to the viewers."""

    picture: Picture
    clock: Clock
    _viewers: set[Viewer] = field(default_factory=set)
    _names_mark: int = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Tick until told to stop (a component task)."""
        clock = asyncio.get_running_loop().time
        ticks, fixes, due = 0, self.picture.total_fixes(), clock()
        while not stop.is_set():
            # By the clock and not from the last tick's end, whatever a tick costs.
            due = max(due + TICK_S, clock())
            await asyncio.sleep(due - clock())
            ticks += 1
            columns = self.picture.changed()
            names, self._names_mark = self.picture.names(self._names_mark)
            rate = None
            if ticks % HEARTBEAT_TICKS == 0:
                before, fixes = fixes, self.picture.total_fixes()
                rate = (fixes - before) / (TICK_S * HEARTBEAT_TICKS)
            if not self._viewers:
                continue
            if names:
                self._send(self._names(names))
            self._send_moved(columns, outside=ticks % OUTSIDE_TICKS == 0)
            if rate is not None:
                self._send(_text(type="heartbeat", at=self.clock(), fixes_per_s=round(rate, 1)))
        for viewer in self._viewers:
            viewer.offer(None)

    def _send_moved(self, columns: Columns, *, outside: bool) -> None:
        whole = encode_frame(columns, self._now_ms()) if len(columns.index) else b""
        for viewer in tuple(self._viewers):
            if viewer.view is EVERYTHING:
                if whole:
                    self._hand(viewer, whole)
                continue
            viewer.owe(columns)
            self._pay(viewer, all_of_it=outside)

    def _pay(self, viewer: Viewer, *, all_of_it: bool) -> None:
        owed = viewer.pay(self.picture.some(viewer.owed), all_of_it=all_of_it)
        if len(owed.index):
            self._hand(viewer, encode_frame(owed, self._now_ms()))

    def look(self, viewer: Viewer, view: View) -> None:
        """A map shows another part of the ground; what is new to it there is sent at once."""
        viewer.view = view if view.bounds else EVERYTHING
        if viewer in self._viewers:
            self._pay(viewer, all_of_it=viewer.view is EVERYTHING)

    def join(self) -> Viewer:
        """A new viewer, with the whole picture waiting for it."""
        viewer = Viewer()
        names, _ = self.picture.names()
        viewer.queue.put_nowait(self._names(names))
        viewer.queue.put_nowait(encode_frame(self.picture.everything(), self._now_ms()))
        self._viewers.add(viewer)
        return viewer

    def leave(self, viewer: Viewer) -> None:
        """Forget a viewer."""
        self._viewers.discard(viewer)

    def _send(self, message: bytes | str) -> None:
        for viewer in tuple(self._viewers):
            self._hand(viewer, message)

    def _hand(self, viewer: Viewer, message: bytes | str) -> None:
        if viewer.offer(message):
            return
        self._viewers.discard(viewer)
        while not viewer.queue.empty():
            viewer.queue.get_nowait()
        viewer.queue.put_nowait(None)

    def _names(self, names: list[tuple[int, str, str, str]]) -> str:
        movers = [
            {
                "idx": index,
                "id": mover,
                "kind": mover.partition(":")[0],
                "fleet": fleet,
                "label": label,
            }
            for index, mover, fleet, label in names
        ]
        return _text(type="movers", movers=movers)

    def _now_ms(self) -> float:
        return self.clock().timestamp() * 1000


def fault_text(fault: Malformed) -> str:
    """The answer to a map that said something that cannot be read."""
    return _text(type="fault", code=fault.code, field=fault.field, detail=fault.reason)


def _text(**members: Any) -> str:
    return orjson.dumps(members, option=orjson.OPT_UTC_Z).decode()
