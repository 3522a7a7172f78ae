"""Reads a message back from the bus by its place in the log."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable

from airport_brain.operations.domain import RawRef
from service_bus import (
    Bus,
    Consumer,
    Envelope,
    OffsetOutOfRange,
    Topic,
    TopicPartition,
    Unavailable,
)

POLL_S = 0.5
PATIENCE_S = 5.0
"""Longest search for a record that the log says it has; other partitions may answer first."""


class BusOriginals:
    """An :class:`~airport_brain.operations.ports.Originals` on the bus."""

    def __init__(self, bus: Bus, topics: Iterable[Topic]) -> None:
        self._bus = bus
        self._topics = {topic.name: topic for topic in topics}

    async def read(self, ref: RawRef) -> Envelope | None:
        """See the port."""
        topic = self._topics.get(ref.topic)
        if topic is None:
            return None
        place = TopicPartition(ref.topic, ref.partition)
        # From "latest" the other partitions have nothing to say, so the first answer is ours.
        consumer = await self._bus.consume([topic], group=None, start="latest")
        try:
            await consumer.seek(place, ref.offset)
            return await self._find(consumer, place, ref.offset)
        except OffsetOutOfRange:
            return None
        finally:
            await consumer.close()

    async def _find(
        self, consumer: Consumer, place: TopicPartition, offset: int
    ) -> Envelope | None:
        loop = asyncio.get_running_loop()
        deadline = loop.time() + PATIENCE_S
        while loop.time() < deadline:
            for record in await consumer.poll(max_records=50, timeout_s=POLL_S):
                if record.place == place and record.offset == offset:
                    return record.envelope
                if record.place == place and record.offset > offset:
                    return None
        raise Unavailable(f"{place.topic}/{place.partition} did not answer in {PATIENCE_S:.0f} s")
