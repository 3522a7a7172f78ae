"""Changed flights on their way to open screens: one reader of the log, shared by all of them.

The reader runs while somebody listens. Each listener holds the latest state of the flights that
changed since its last frame, so a slow screen skips steps instead of making a queue grow; one that
falls too far behind is cut off and reconnects to a fresh snapshot.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from typing import Any

import orjson

from airport_brain.operations.events import FLIGHT_CHANGED
from service_bus import Bus, BusError, Consumer, Record

log = logging.getLogger(__name__)

POLL_S = 1.0

FlightJson = dict[str, Any]


class Listener:
    """What one screen has still to be told."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._pending: dict[str, FlightJson] = {}
        self._news = asyncio.Event()
        self.fault = ""

    def offer(self, flights: Iterable[FlightJson]) -> None:
        """Add changed flights; a later state of a flight takes the place of an earlier one."""
        for flight in flights:
            self._pending.pop(flight["id"], None)
            self._pending[flight["id"]] = flight
        if len(self._pending) > self._limit:
            self.cut("too slow")
        self._news.set()

    def cut(self, reason: str) -> None:
        """End the listening; the screen is told why."""
        self.fault = self.fault or reason
        self._pending.clear()
        self._news.set()

    async def wait(self, timeout_s: float) -> list[FlightJson]:
        """The flights that changed, oldest change first; none when the time is over."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._news.wait()
        except TimeoutError:
            return []
        self._news.clear()
        flights = list(self._pending.values())
        self._pending.clear()
        return flights


class LiveFlights:
    """The shared tail of ``operations.flight.changed``."""

    def __init__(self, bus: Bus, *, pending_limit: int) -> None:
        self._bus = bus
        self._pending_limit = pending_limit
        self._listeners: set[Listener] = set()
        self._reader: asyncio.Task[None] | None = None
        self._lock = asyncio.Lock()

    @asynccontextmanager
    async def listening(self) -> AsyncIterator[Listener]:
        """Listen from now on: what changes after this begins reaches the listener.

        Raises:
            Unavailable: the bus cannot be read now.
        """
        listener = Listener(self._pending_limit)
        async with self._lock:
            if self._reader is None or self._reader.done():
                consumer = await self._bus.consume([FLIGHT_CHANGED], group=None, start="latest")
                self._reader = asyncio.create_task(self._read(consumer))
            self._listeners.add(listener)
        try:
            yield listener
        finally:
            self._listeners.discard(listener)
            await self._rest()

    async def _rest(self) -> None:
        async with self._lock:
            if self._listeners or self._reader is None:
                return
            reader, self._reader = self._reader, None
            reader.cancel()
            await asyncio.wait([reader])

    async def _read(self, consumer: Consumer) -> None:
        try:
            while True:
                records = await consumer.poll(timeout_s=POLL_S)
                flights = _latest(records)
                for listener in tuple(self._listeners):
                    listener.offer(flights)
        except BusError as away:
            # Every screen reconnects and takes a snapshot, so nothing is missed.
            log.warning("live flights stopped reason=%s", away)
            for listener in tuple(self._listeners):
                listener.cut("the bus is away")
        finally:
            await consumer.close()


def _latest(records: Iterable[Record]) -> list[FlightJson]:
    flights: dict[str, FlightJson] = {}
    for record in records:
        flight = orjson.loads(record.envelope.data)["flight"]
        flights[flight["id"]] = flight
    return list(flights.values())
