"""The live board over WebSocket: a snapshot, then what changes, and a heartbeat."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import orjson
from fastapi import WebSocket, WebSocketDisconnect
from starlette.concurrency import run_in_threadpool

from airport_brain.operations.events import flight_json
from airport_brain.operations.live import Listener, LiveFlights
from airport_brain.operations.ports import BoardQuery
from airport_brain.operations.service import Flights
from service_bus import Clock, Unavailable

HEARTBEAT_S = 5.0
"""A screen that hears nothing for three of these shows its feed as lost."""

GATHER_S = 0.1
"""Pause after a frame, in which further changes gather into the next one."""

TRY_AGAIN_LATER = 1013
"""WebSocket close code: the screen reconnects and takes a snapshot (IANA registry)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveBoard:
    """Serves live boards."""

    flights: Flights
    tail: LiveFlights
    clock: Clock
    snapshot_flights: int
    send_timeout_s: float

    async def serve(self, socket: WebSocket) -> None:
        """Speak to one screen until it leaves, is too slow, or the bus goes away."""
        await socket.accept()
        try:
            # Listening begins before the snapshot is taken, so no change falls between the two.
            async with self.tail.listening() as listener:
                await self._send(socket, await run_in_threadpool(self._snapshot))
                gone = asyncio.create_task(_gone(socket))
                try:
                    await self._follow(socket, listener, gone)
                finally:
                    gone.cancel()
                if listener.fault:
                    await socket.close(TRY_AGAIN_LATER, listener.fault)
        except Unavailable:
            await socket.close(TRY_AGAIN_LATER, "the bus is away")
        except TimeoutError:
            await socket.close(TRY_AGAIN_LATER, "too slow")
        except WebSocketDisconnect:
            return

    async def _follow(
        self, socket: WebSocket, listener: Listener, gone: asyncio.Task[None]
    ) -> None:
        loop = asyncio.get_running_loop()
        beat = loop.time()
        while not gone.done() and not listener.fault:
            waiting = asyncio.ensure_future(listener.wait(max(0.0, beat - loop.time())))
            await asyncio.wait({waiting, gone}, return_when=asyncio.FIRST_COMPLETED)
            if not waiting.done():
                waiting.cancel()
                return
            if changed := waiting.result():
                await self._send(socket, {"type": "changed", "flights": changed})
                await asyncio.sleep(GATHER_S)
            if loop.time() >= beat:
                await self._send(socket, await run_in_threadpool(self._heartbeat))
                beat = loop.time() + HEARTBEAT_S

    def _snapshot(self) -> dict[str, Any]:
        page = self.flights.board(BoardQuery(limit=self.snapshot_flights, newest_first=True))
        return {
            "type": "snapshot",
            "flights": [flight_json(flight) for flight in reversed(page.flights)],
            "total": page.total,
            "generated_at": self.clock(),
            "last_message_at": page.last_message_at,
        }

    def _heartbeat(self) -> dict[str, Any]:
        heard: list[datetime] = [feed.last_message_at for feed in self.flights.feeds()]
        return {
            "type": "heartbeat",
            "at": self.clock(),
            "last_message_at": max(heard, default=None),
        }

    async def _send(self, socket: WebSocket, frame: dict[str, Any]) -> None:
        text = orjson.dumps(frame, option=orjson.OPT_UTC_Z).decode()
        async with asyncio.timeout(self.send_timeout_s):
            await socket.send_text(text)


async def _gone(socket: WebSocket) -> None:
    """Wait until the screen leaves; what it says meanwhile is not for us."""
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass
