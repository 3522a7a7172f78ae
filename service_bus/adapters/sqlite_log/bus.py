"""The durable log as a :class:`~service_bus.ports.Bus`: publish, read, groups, retention."""

from __future__ import annotations

import asyncio
import itertools
import logging
import os
import secrets
import time
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

from service_bus.adapters.sqlite_log import groups
from service_bus.adapters.sqlite_log.batches import prepare
from service_bus.adapters.sqlite_log.consumer import SILENT_S, SqliteConsumer
from service_bus.adapters.sqlite_log.reading import Reader
from service_bus.adapters.sqlite_log.retention import Sweeper
from service_bus.adapters.sqlite_log.writer import (
    Head,
    Limits,
    Writer,
    create_heads,
    numbers_of,
)
from service_bus.catalogue import Catalogue
from service_bus.domain import Envelope, Lag, Position, Record, Topic, TopicPartition, utc_now
from service_bus.errors import Unavailable
from service_bus.partitions import places
from service_bus.ports import Clock, Start

_log = logging.getLogger(__name__)

LEASE = timedelta(seconds=10)
"""A member that has not renewed for this long loses its partitions; it renews three times in it."""

SWEEP_S = 60.0
"""Time between retention sweeps: what is kept longer than asked is small beside hours or days."""

_NO_LIMITS = Limits()


class SqliteLog:
    """A durable, replayable log in one file; other processes may open the same file."""

    def __init__(
        self,
        topics: Iterable[Topic] | Catalogue,
        path: Path,
        *,
        clock: Clock = utc_now,
        lease: timedelta = LEASE,
        limits: Limits = _NO_LIMITS,
    ) -> None:
        """Prepare; :meth:`open` does the work."""
        self._catalogue = topics if isinstance(topics, Catalogue) else Catalogue(topics)
        self._path = path
        self._lease = lease
        self._lease_us = int(lease.total_seconds() * 1_000_000)
        self._consumers: set[SqliteConsumer] = set()
        self._names = (f"{os.getpid()}-{secrets.token_hex(4)}-{n}" for n in itertools.count(1))
        self._numbers: dict[str, list[int]] = {}
        self._writer = Writer(path, clock=clock, limits=limits, watch=self._announce)
        self._sweeper = Sweeper(self._writer)
        self._reader = Reader(path)
        self._heartbeat: asyncio.Task[None] | None = None
        self._closed = False

    async def open(self) -> SqliteLog:
        """Open the file, making it when it is missing.

        Raises:
            Unavailable: it cannot be opened, or is another version's.
        """
        await asyncio.to_thread(self._writer.open)
        for topic in self._catalogue:
            await self._ensure(topic)
        self._heartbeat = asyncio.create_task(self._renew_leases())
        return self

    async def close(self) -> None:
        """Write what is queued and let go; see the port."""
        if self._closed:
            return
        self._closed = True
        if self._heartbeat:
            self._heartbeat.cancel()
        await asyncio.to_thread(self._writer.close)
        await asyncio.to_thread(self._reader.close)
        for consumer in self._consumers:
            consumer.news.set()

    # Publishing.

    async def publish(self, topic: Topic, envelopes: Sequence[Envelope]) -> list[Position]:
        """Append; see the port."""
        self._catalogue.admit(topic, envelopes)
        numbers = self._numbers.get(topic.name) or await self._ensure(topic)
        if not envelopes:
            return []
        return await self._writer.append(
            topic, numbers, [prepare(topic, envelope) for envelope in envelopes]
        )

    async def _ensure(self, topic: Topic) -> list[int]:
        """Make the topic's partitions, once."""
        await self._writer.call(create_heads(topic))
        self._numbers[topic.name] = numbers_of(topic, self._writer.numbers)
        return self._numbers[topic.name]

    # Consuming.

    async def consume(
        self, topics: Sequence[Topic], *, group: str | None, start: Start = "earliest"
    ) -> SqliteConsumer:
        """Join; see the port."""
        numbers: list[int] = []
        for topic in topics:
            self._catalogue.admit(topic)
            numbers += self._numbers.get(topic.name) or await self._ensure(topic)
        if group is None:
            ends = {number: self.head(number) for number in numbers}
            positions = {
                number: head.low if start == "earliest" else head.next
                for number, head in ends.items()
            }
            consumer = SqliteConsumer(self, numbers, None, positions)
        else:
            member = groups.Member(group=group, name=next(self._names), wants=tuple(numbers))
            if start == "latest":
                await self._writer.call(groups.begin_at_end(member))
            await self._writer.call(groups.keep([member], self._lease_us))
            consumer = SqliteConsumer(self, numbers, member, {})
            await consumer.follow_group()
        self._consumers.add(consumer)
        return consumer

    async def lag(self, group: str, topics: Sequence[Topic]) -> list[Lag]:
        """Distance per partition; see the port."""
        for topic in topics:
            self._catalogue.admit(topic)
        self.check_open()
        committed = await self._reader.committed(group)
        lags: list[Lag] = []
        for place in places(topics):
            number = self._writer.numbers.get(place)
            head = self.head(number) if number is not None else Head(place, 0, 0, 0)
            lags.append(
                Lag(
                    place=place,
                    low=head.low,
                    high=head.next,
                    committed=committed.get(number) if number is not None else None,
                )
            )
        return lags

    async def offset_at(self, place: TopicPartition, time: datetime) -> int:
        """First offset at or after a time; see the port."""
        number = self.number(place)
        head = self.head(number)
        self.check_open()
        return await self._reader.offset_at(number, head, time)

    async def names(self) -> list[str]:
        """Topics that exist; see the port."""
        self.check_open()
        return sorted({head.place.topic for head in self._writer.heads.values()})

    def fault(self) -> str | None:
        """Readiness; see the port."""
        return "the bus is closed" if self._closed else self._writer.fault

    async def sweep(self) -> int:
        """Delete what is older than its topic's retention; give how many messages went."""
        return await self._sweeper.sweep()

    async def keep_swept(self, stop: asyncio.Event) -> None:
        """Sweep every minute until told to stop (a component task)."""
        while not stop.is_set():
            try:
                await self._sweeper.sweep()
            except Unavailable as fault:
                _log.warning("retention sweep failed reason=%s", fault)
            try:
                async with asyncio.timeout(SWEEP_S):
                    await stop.wait()
            except TimeoutError:
                continue

    # What consumers need.

    def check_open(self) -> None:
        """Refuse use after the end.

        Raises:
            Unavailable: the bus is closed.
        """
        if self._closed:
            raise Unavailable("the bus is closed")

    def head(self, number: int) -> Head:
        """Ends of a partition as last announced."""
        return self._writer.heads[number]

    def number(self, place: TopicPartition) -> int:
        """Number of a partition."""
        return self._writer.numbers[place]

    def generation(self, group: str) -> int:
        """Generation of a group as last announced."""
        return self._writer.generations.get(group, 0)

    async def shares(self, member: groups.Member) -> dict[int, groups.Share]:
        """Partitions a member holds; joins again when it was expelled."""
        while (held := await self._writer.call(groups.shares(member))) is None:
            await self._writer.call(groups.keep([member], self._lease_us))
        return held

    async def commit(
        self, member: groups.Member, offsets: Mapping[int, int], epochs: Mapping[int, int]
    ) -> None:
        """Set a group's next offsets."""
        await self._writer.call(groups.commit(member.group, member.name, offsets, epochs))

    async def dismiss(self, consumer: SqliteConsumer) -> None:
        """Forget a consumer and end its membership."""
        self._consumers.discard(consumer)
        if consumer.member is not None:
            member = consumer.member
            await self._writer.call(groups.leave(member.group, member.name))

    async def read(self, wanted: Sequence[tuple[int, int]], limit: int) -> dict[int, list[Record]]:
        """Records from (partition number, offset) on, about ``limit`` in all; none: no entry."""
        self.check_open()
        return await self._reader.read(
            [(self.head(number).place, number, offset) for number, offset in wanted], limit
        )

    # Keeping consumers up to date.

    def _announce(self, changed: frozenset[int]) -> None:
        """Wake consumers (in the writer's thread): of these partitions, or all."""
        loops: dict[asyncio.AbstractEventLoop, list[SqliteConsumer]] = {}
        for consumer in list(self._consumers):
            if not changed or not changed.isdisjoint(consumer.numbers):
                loops.setdefault(consumer.loop, []).append(consumer)
        for loop, consumers in loops.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(_wake, consumers)

    async def _renew_leases(self) -> None:
        while True:
            await asyncio.sleep(self._lease.total_seconds() / 3)
            now = time.monotonic()
            members = [
                consumer.member
                for consumer in self._consumers
                if consumer.member is not None and now - consumer.polled < SILENT_S
            ]
            if members:
                try:
                    await self._writer.call(groups.keep(members, self._lease_us))
                except Unavailable as fault:
                    _log.warning("leases not renewed reason=%s", fault)


def _wake(consumers: Sequence[SqliteConsumer]) -> None:
    for consumer in consumers:
        consumer.news.set()
