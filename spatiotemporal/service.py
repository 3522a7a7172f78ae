"""Keeps the live picture: follows the fixes of all sources, saves it, survives a restart exactly.

The picture and the offsets it stands for are saved together every few seconds; the group's offset
on the bus follows the save. After a crash the records since the last save come again, and the
picture skips those whose offset it already stands for.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Mapping
from dataclasses import dataclass, field

from service_bus import Bus, Clock, Malformed, Record, Topic, TopicPartition, refuse, utc_now
from spatiotemporal.events import (
    FIX_REPORTED,
    MOVER_REGISTERED,
    fix_from_json,
    registered_from_json,
)
from spatiotemporal.picture import Picture
from spatiotemporal.ports import SnapshotStore

log = logging.getLogger(__name__)

GROUP = "spatiotemporal.picture"
POLL_S = 0.25
_TOPICS: Mapping[str, Topic] = {topic.name: topic for topic in (MOVER_REGISTERED, FIX_REPORTED)}

SAVE_EVERY_S = 2.0
"""Replayed after a crash: at most this much; saved: 200 rows a time, a few milliseconds."""


@dataclass(slots=True)
class LivePicture:
    """The picture with the loop that keeps it."""

    bus: Bus
    store: SnapshotStore
    clock: Clock = utc_now
    picture: Picture = field(default_factory=Picture)
    _following: bool = False

    def fault(self) -> str | None:
        """Readiness: the picture is being followed."""
        return None if self._following else "the live picture is not being followed yet"

    async def run(self, stop: asyncio.Event) -> None:
        """Follow fixes and registrations until told to stop (a component task)."""
        snapshot = await asyncio.to_thread(self.store.load)
        self.picture.start_from(snapshot)
        topics = [MOVER_REGISTERED, FIX_REPORTED]
        consumer = await self.bus.consume(topics, group=GROUP)
        try:
            if not snapshot.next_offsets:
                # Nothing saved: rebuild from everything the log still holds.
                for lag in await self.bus.lag(GROUP, topics):
                    if lag.place in consumer.assignment():
                        await consumer.seek(lag.place, lag.low)
            self._following = True
            offsets: dict[TopicPartition, int] = {}
            saved_at = time.monotonic()
            while not stop.is_set():
                records = await consumer.poll(max_records=5_000, timeout_s=POLL_S)
                for record, fault in self.take(records):
                    await self._refused(record, fault)
                offsets.update({record.place: record.offset + 1 for record in records})
                if offsets and time.monotonic() - saved_at > SAVE_EVERY_S:
                    await self._save()
                    await consumer.commit(offsets)
                    offsets, saved_at = {}, time.monotonic()
            if offsets:
                await self._save()
                await consumer.commit(offsets)
        finally:
            self._following = False
            await consumer.close()

    def take(self, records: list[Record]) -> list[tuple[Record, Malformed]]:
        """Take records into the picture, each once; give those that cannot be read."""
        fixes, faults = [], []
        for record in records:
            if not self.picture.fresh(record.place, record.offset):
                continue
            try:
                if record.topic == FIX_REPORTED.name:
                    fixes.append(fix_from_json(record.envelope.data))
                else:
                    self.picture.register(registered_from_json(record.envelope.data))
            except (ValueError, TypeError, KeyError) as error:
                reason = f"not an event of this topic: {error}"
                faults.append((record, Malformed(record.topic, reason, field="data", code="event")))
        self.picture.report(fixes)
        return faults

    async def _refused(self, record: Record, fault: Malformed) -> None:
        log.warning("record left out of the picture id=%s fault=%s", record.envelope.id, fault)
        await refuse(
            self.bus,
            _TOPICS[record.topic],
            record.envelope.data,
            fault,
            source=record.envelope.source,
            received=self.clock(),
            content_type=record.envelope.content_type,
        )

    async def _save(self) -> None:
        await asyncio.to_thread(self.store.save, self.picture.unsaved())
