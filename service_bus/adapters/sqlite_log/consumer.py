"""Reading the log: one consumer's buffers, positions and share of its group."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from service_bus.adapters.sqlite_log import groups
from service_bus.domain import Record, TopicPartition
from service_bus.errors import OffsetOutOfRange

if TYPE_CHECKING:
    from service_bus.adapters.sqlite_log.bus import SqliteLog

PREFETCH = 500
"""Records read at least, so that small polls do not decode the same row again and again."""

SILENT_S = 300.0
"""A consumer not polled for this long is taken for stuck: its lease is no longer renewed."""


class SqliteConsumer:
    """A :class:`~service_bus.ports.Consumer` of the log; used by one task."""

    def __init__(
        self,
        bus: SqliteLog,
        numbers: Sequence[int],
        member: groups.Member | None,
        positions: Mapping[int, int],
    ) -> None:
        self._bus = bus
        self.numbers = frozenset(numbers)
        self.member = member
        self.loop = asyncio.get_running_loop()
        self.news = asyncio.Event()
        self.polled = self.loop.time()
        self._positions = dict(positions)
        self._epochs: dict[int, int] = {}
        self._generation = -1
        self._buffers: dict[int, deque[Record]] = {}
        self._turn = 0

    async def poll(self, *, max_records: int = 500, timeout_s: float = 1.0) -> list[Record]:
        """Next records; see the port."""
        self.polled = self.loop.time()
        deadline = self.polled + timeout_s
        while True:
            self._bus.check_open()
            self.news.clear()
            await self.follow_group()
            records = self._buffered(max_records)
            if not records and await self._fetch(max_records):
                continue
            left = deadline - self.loop.time()
            if records or left <= 0:
                return records
            try:
                async with asyncio.timeout(left):
                    await self.news.wait()
            except TimeoutError:
                return []

    def _buffered(self, limit: int) -> list[Record]:
        records: list[Record] = []
        for number in list(self._buffers):
            buffer = self._buffers[number]
            while buffer and len(records) < limit:
                records.append(buffer.popleft())
            if not buffer:
                del self._buffers[number]
            if len(records) >= limit:
                break
        for record in records:
            self._positions[self._bus.number(record.place)] = record.offset + 1
        return records

    async def _fetch(self, limit: int) -> bool:
        """Fill the buffers from the log; give whether anything came."""
        wanted: dict[int, int] = {}
        for number, position in self._positions.items():
            head = self._bus.head(number)
            if not head.low <= position <= head.next:
                raise OffsetOutOfRange(
                    head.place.topic, head.place.partition, position, head.low, head.next
                )
            if position < head.next:
                wanted[number] = position
        if not wanted:
            return False
        # A different partition goes first each time, so that a busy one starves no other.
        self._turn += 1
        order = sorted(wanted)
        order = order[self._turn % len(order) :] + order[: self._turn % len(order)]
        found = await self._bus.read(
            [(number, wanted[number]) for number in order], max(limit, PREFETCH)
        )
        for number, records in found.items():
            first = records[0]
            if first.offset != wanted[number]:
                raise OffsetOutOfRange(
                    first.topic,
                    first.partition,
                    wanted[number],
                    first.offset,
                    self._bus.head(number).next,
                )
            # The file may be ahead of what this loop has been told: the rest comes when it has.
            known = self._bus.head(number).next
            self._buffers[number] = deque(record for record in records if record.offset < known)
        return bool(found)

    async def follow_group(self) -> None:
        """Take over the share that the group gives, when that has changed."""
        if self.member is None:
            return
        generation = self._bus.generation(self.member.group)
        if generation == self._generation:
            return
        shares = await self._bus.shares(self.member)
        for number in [n for n in self._positions if n not in shares]:
            del self._positions[number]
            self._buffers.pop(number, None)
        for number, share in shares.items():
            if self._epochs.get(number) != share.epoch or number not in self._positions:
                self._positions[number] = share.offset
                self._buffers.pop(number, None)
        self._epochs = {number: share.epoch for number, share in shares.items()}
        self._generation = generation

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Set the next offsets of the group; see the port."""
        if self.member is None:
            raise ValueError("a consumer without a group has nothing to commit to")
        await self._bus.commit(
            self.member,
            {self._bus.number(place): offset for place, offset in offsets.items()},
            dict(self._epochs),
        )

    async def seek(self, place: TopicPartition, offset: int) -> None:
        """Read on from elsewhere; see the port."""
        number = self._bus.number(place)
        if number not in self._positions:
            raise ValueError(f"{place.topic}/{place.partition} is not assigned to this consumer")
        self._positions[number] = offset
        self._buffers.pop(number, None)

    def assignment(self) -> frozenset[TopicPartition]:
        """Partitions read now; see the port."""
        return frozenset(self._bus.head(number).place for number in self._positions)

    async def close(self) -> None:
        """Leave; see the port."""
        self._positions.clear()
        self._buffers.clear()
        await self._bus.dismiss(self)
