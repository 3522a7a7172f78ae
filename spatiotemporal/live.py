"""What browsers get every second: one frame, encoded once, sent to every open map.

A frame is ``ABM1``, uint32 n, float64 server time (Unix ms), then columns of n values: float64
longitude, latitude, fix time (Unix ms); uint32 index; float32 speed (m/s), heading (degrees); all
little-endian, NaN for unknown. A text message names the movers before their first position.
"""

from __future__ import annotations

import asyncio
import struct
from dataclasses import dataclass, field
from typing import Any

import orjson

from service_bus import Clock
from spatiotemporal.picture import Columns, Picture

MAGIC = b"ABM1"
TICK_S = 1.0
HEARTBEAT_TICKS = 5
QUEUED_FRAMES = 20
"""A map that is this many frames behind is closed; it connects again and gets everything."""


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


@dataclass(slots=True, eq=False)
class Viewer:
    """One open map; ``None`` in its queue says it is too slow and must go."""

    queue: asyncio.Queue[bytes | str | None] = field(
        default_factory=lambda: asyncio.Queue(QUEUED_FRAMES)
    )


@dataclass(slots=True)
class Ticker:
    """Makes the frames and hands them to the viewers."""

    picture: Picture
    clock: Clock
    _viewers: set[Viewer] = field(default_factory=set)
    _names_mark: int = 0

    async def run(self, stop: asyncio.Event) -> None:
        """Tick once a second until told to stop (a component task)."""
        ticks, fixes = 0, self.picture.total_fixes()
        while not stop.is_set():
            await asyncio.sleep(TICK_S)
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
            if len(columns.index):
                self._send(encode_frame(columns, self._now_ms()))
            if rate is not None:
                self._send(_text(type="heartbeat", at=self.clock(), fixes_per_s=round(rate, 1)))
        for viewer in self._viewers:
            _offer(viewer, None)

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
            if not _offer(viewer, message):
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


def _offer(viewer: Viewer, message: bytes | str | None) -> bool:
    try:
        viewer.queue.put_nowait(message)
    except asyncio.QueueFull:
        return False
    return True


def _text(**members: Any) -> str:
    return orjson.dumps(members, option=orjson.OPT_UTC_Z).decode()
