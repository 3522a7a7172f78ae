"""The bus in memory: the twin of the durable log for tests and doctests. Nothing survives it.

Same semantics as ``sqlite_log`` without a file: dense offsets, dedupe window, groups with leases,
retention when swept. One event loop, one process.
"""

from __future__ import annotations

import asyncio
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta

from service_bus.catalogue import Catalogue
from service_bus.domain import Envelope, Lag, Position, Record, Topic, TopicPartition, utc_now
from service_bus.errors import OffsetOutOfRange, StaleGeneration, Unavailable
from service_bus.partitions import partition_of, places, share_out
from service_bus.ports import Clock, Start

LEASE = timedelta(seconds=10)
"""A member that has not polled for this long loses its partitions."""


class _Group:
    """Members of one group, what each reads, what all have committed."""

    def __init__(self) -> None:
        self.wanted: dict[str, list[TopicPartition]] = {}
        self.leases: dict[str, datetime] = {}
        self.owners: dict[TopicPartition, str] = {}
        self.epochs: dict[TopicPartition, int] = defaultdict(int)
        self.committed: dict[TopicPartition, int] = {}

    def rebalance(self, now: datetime) -> None:
        for member in [m for m, until in self.leases.items() if until <= now]:
            del self.leases[member], self.wanted[member]
        owners = share_out(self.wanted, self.owners)
        for place, owner in owners.items():
            if self.owners.get(place) != owner:
                self.epochs[place] += 1
        self.owners = owners


class MemoryBus:
    """A :class:`~service_bus.ports.Bus` that forgets."""

    def __init__(
        self,
        topics: Iterable[Topic] | Catalogue,
        clock: Clock = utc_now,
        *,
        lease: timedelta = LEASE,
    ) -> None:
        self._catalogue = topics if isinstance(topics, Catalogue) else Catalogue(topics)
        self._clock = clock
        self._lease = lease
        self._log: dict[TopicPartition, list[Record]] = defaultdict(list)
        self._low: dict[TopicPartition, int] = defaultdict(int)
        self._seen: dict[tuple[str, str, str], tuple[datetime, Position]] = {}
        self._groups: dict[str, _Group] = defaultdict(_Group)
        self._members = 0
        self._news = asyncio.Event()
        self._closed = False

    async def publish(self, topic: Topic, envelopes: Sequence[Envelope]) -> list[Position]:
        """Append; see the port."""
        self._check_open()
        self._catalogue.admit(topic, envelopes)
        positions = [self._append(topic, envelope) for envelope in envelopes]
        self._news.set()
        self._news = asyncio.Event()
        return positions

    def _append(self, topic: Topic, envelope: Envelope) -> Position:
        now = self._clock()
        identity = (topic.name, envelope.source, envelope.id)
        until, first = self._seen.get(identity, (now, None))
        if first is not None and now < until:
            return Position(
                topic=first.topic, partition=first.partition, offset=first.offset, duplicate=True
            )
        place = TopicPartition(topic.name, partition_of(envelope.subject, topic.partitions))
        kept = self._log[place]
        position = Position(topic=topic.name, partition=place.partition, offset=self.high(place))
        kept.append(
            Record(
                topic=topic.name,
                partition=place.partition,
                offset=position.offset,
                appended=max(now, kept[-1].appended) if kept else now,
                envelope=envelope,
            )
        )
        self._seen[identity] = (now + topic.dedupe_window, position)
        return position

    def low(self, place: TopicPartition) -> int:
        """First offset still kept."""
        return self._low[place]

    def high(self, place: TopicPartition) -> int:
        """Offset the next message gets."""
        return self._low[place] + len(self._log[place])

    async def consume(
        self, topics: Sequence[Topic], *, group: str | None, start: Start = "earliest"
    ) -> MemoryConsumer:
        """Join; see the port."""
        self._check_open()
        for topic in topics:
            self._catalogue.admit(topic)
        self._members += 1
        consumer = MemoryConsumer(self, topics, group, start, f"member-{self._members}")
        if group is not None:
            consumer.refresh()
        return consumer

    async def lag(self, group: str, topics: Sequence[Topic]) -> list[Lag]:
        """Distance per partition; see the port."""
        self._check_open()
        committed = self._groups[group].committed if group in self._groups else {}
        return [
            Lag(
                place=place,
                low=self.low(place),
                high=self.high(place),
                committed=committed.get(place),
            )
            for place in places(topics)
        ]

    async def offset_at(self, place: TopicPartition, time: datetime) -> int:
        """First offset at or after a time; see the port."""
        kept = self._log[place]
        return self._low[place] + bisect_left(kept, time, key=lambda record: record.appended)

    def sweep(self) -> int:
        """Forget what is older than its topic's retention; give how many messages went."""
        gone = 0
        for topic in self._catalogue:
            for place in places([topic]):
                kept = self._log[place]
                count = bisect_left(
                    kept, self._clock() - topic.retention, key=lambda record: record.appended
                )
                del kept[:count]
                self._low[place] += count
                gone += count
        return gone

    async def names(self) -> list[str]:
        """Topics that exist; see the port."""
        return sorted({place.topic for place in self._log} | {t.name for t in self._catalogue})

    def fault(self) -> str | None:
        """Readiness; see the port."""
        return "the bus is closed" if self._closed else None

    async def close(self) -> None:
        """Refuse further use; see the port."""
        self._closed = True
        self._news.set()

    def _check_open(self) -> None:
        if self._closed:
            raise Unavailable("the bus is closed")

    # What consumers need of the log.

    def read(self, place: TopicPartition, offset: int, limit: int) -> list[Record]:
        """Up to ``limit`` records from ``offset``."""
        low, high = self._low[place], self.high(place)
        if not low <= offset <= high:
            raise OffsetOutOfRange(place.topic, place.partition, offset, low, high)
        return self._log[place][offset - low : offset - low + limit]

    def group(self, name: str) -> _Group:
        """State of a group."""
        return self._groups[name]

    def lease_end(self) -> datetime:
        """When a member that polls now counts as gone."""
        return self._clock() + self._lease

    def now(self) -> datetime:
        """Time of the bus's clock."""
        return self._clock()

    async def wait(self, timeout_s: float) -> None:
        """Wait for the next append."""
        try:
            async with asyncio.timeout(timeout_s):
                await self._news.wait()
        except TimeoutError:
            return


class MemoryConsumer:
    """A :class:`~service_bus.ports.Consumer` of :class:`MemoryBus`."""

    def __init__(
        self, bus: MemoryBus, topics: Sequence[Topic], group: str | None, start: Start, member: str
    ) -> None:
        self._bus = bus
        self._places = places(topics)
        self._group = group
        self._start = start
        self._member = member
        self._next: dict[TopicPartition, int] = {}
        self._epochs: dict[TopicPartition, int] = {}
        if group is None:
            self._next = {place: self._begin(place) for place in self._places}

    def _begin(self, place: TopicPartition) -> int:
        return self._bus.low(place) if self._start == "earliest" else self._bus.high(place)

    def refresh(self) -> None:
        """Renew the lease and take over the share that the group gives."""
        if self._group is None:
            return
        group, now = self._bus.group(self._group), self._bus.now()
        group.wanted[self._member] = self._places
        group.leases[self._member] = self._bus.lease_end()
        group.rebalance(now)
        for place in self._places:
            if group.owners.get(place) != self._member:
                self._next.pop(place, None)
            elif place not in self._next or self._epochs.get(place) != group.epochs[place]:
                self._epochs[place] = group.epochs[place]
                if self._start == "latest":
                    group.committed.setdefault(place, self._bus.high(place))
                self._next[place] = group.committed.get(place, self._bus.low(place))

    async def poll(self, *, max_records: int = 500, timeout_s: float = 1.0) -> list[Record]:
        """Next records; see the port."""
        deadline = asyncio.get_running_loop().time() + timeout_s
        while True:
            self._bus._check_open()
            self.refresh()
            records: list[Record] = []
            for place in sorted(self._next, key=lambda p: self._next[p]):
                if len(records) < max_records:
                    found = self._bus.read(place, self._next[place], max_records - len(records))
                    self._next[place] += len(found)
                    records += found
            left = deadline - asyncio.get_running_loop().time()
            if records or left <= 0:
                return records
            await self._bus.wait(left)

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Set the next offsets of the group; see the port."""
        if self._group is None:
            raise ValueError("a consumer without a group has nothing to commit to")
        group = self._bus.group(self._group)
        group.rebalance(self._bus.now())
        for place in offsets:
            mine = group.owners.get(place) == self._member
            if not mine or group.epochs[place] != self._epochs.get(place):
                raise StaleGeneration(self._group, self._member)
        group.committed.update(offsets)

    async def seek(self, place: TopicPartition, offset: int) -> None:
        """Read on from elsewhere; see the port."""
        if place not in self._next:
            raise ValueError(f"{place.topic}/{place.partition} is not assigned to this consumer")
        self._next[place] = offset

    def assignment(self) -> frozenset[TopicPartition]:
        """Partitions read now; see the port."""
        return frozenset(self._next)

    async def close(self) -> None:
        """Leave; see the port."""
        if self._group is not None:
            group = self._bus.group(self._group)
            group.wanted.pop(self._member, None)
            group.leases.pop(self._member, None)
            group.rebalance(self._bus.now())
        self._next.clear()
