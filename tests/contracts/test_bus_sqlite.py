"""The embedded durable log keeps the contract, alone and with a second opener of its file."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from datetime import timedelta
from pathlib import Path

import pytest

from service_bus import Bus, Consumer, Topic
from service_bus.adapters.sqlite_log import SqliteLog
from tests.contracts.bus_contract import BusContract, Harness, message, topic_of
from tests.contracts.test_bus_memory import ShiftedClock


class SqliteHarness(Harness):
    lease_s = 0.6

    def __init__(self, folder: Path) -> None:
        self.path = folder / "bus.sqlite3"
        self.clock = ShiftedClock()
        self.opened: list[SqliteLog] = []

    async def open(self, topics: Sequence[Topic]) -> Bus:
        bus = SqliteLog(topics, self.path, clock=self.clock, lease=timedelta(seconds=self.lease_s))
        self.opened.append(await bus.open())
        return bus

    async def silence(self, bus: Bus, consumer: Consumer) -> None:
        assert isinstance(bus, SqliteLog)
        bus._consumers.discard(consumer)  # type: ignore[arg-type]

    async def let_pass(self, seconds: float) -> None:
        self.clock.shift += timedelta(seconds=seconds)

    async def expire(self, bus: Bus, topic: Topic) -> None:
        assert isinstance(bus, SqliteLog)
        self.clock.shift += topic.retention + timedelta(seconds=1)
        assert await bus.sweep()
        self.clock.shift = timedelta(0)

    async def close(self) -> None:
        for bus in self.opened:
            await bus.close()


class TestSqliteLog(BusContract):
    @pytest.fixture
    async def harness(self, tmp_path: Path) -> AsyncIterator[Harness]:
        harness = SqliteHarness(tmp_path)
        yield harness
        await harness.close()

    async def test_a_file_ahead_of_what_the_bus_was_told_is_read_no_further(
        self, harness: SqliteHarness
    ) -> None:
        """A commit is in the file a moment before the bus hears of it; readers may look in between."""
        topic = topic_of("ahead", partitions=1)
        bus = await harness.open([topic])
        assert isinstance(bus, SqliteLog)
        consumer = await bus.consume([topic], group="readers")
        sent = [message(topic, number) for number in range(3)]
        await bus.publish(topic, sent)
        ((number, told),) = [
            (number, head)
            for number, head in bus._writer.heads.items()
            if head.place.topic == topic.name
        ]
        bus._writer.heads[number] = told._replace(next=1)
        assert [record.offset for record in await consumer.poll(timeout_s=5)] == [0]
        assert await consumer.poll(timeout_s=0.05) == []
        bus._writer.heads[number] = told
        assert [record.offset for record in await consumer.poll(timeout_s=5)] == [1, 2]
        await consumer.close()
