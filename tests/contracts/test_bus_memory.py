"""The twin in memory keeps the contract."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from service_bus import Bus, Consumer, Topic
from service_bus.adapters.memory import MemoryBus, MemoryConsumer
from tests.contracts.bus_contract import BusContract, Harness


class ShiftedClock:
    """Real time, moved ahead at will."""

    def __init__(self) -> None:
        self.shift = timedelta(0)

    def __call__(self) -> datetime:
        return datetime.now(UTC) + self.shift


class MemoryHarness(Harness):
    survives = False
    lease_s = 0.3

    def __init__(self) -> None:
        self.clock = ShiftedClock()

    async def open(self, topics: Sequence[Topic]) -> Bus:
        return MemoryBus(topics, self.clock, lease=timedelta(seconds=self.lease_s))

    async def silence(self, bus: Bus, consumer: Consumer) -> None:
        assert isinstance(consumer, MemoryConsumer)  # it renews its lease only by polling

    async def let_pass(self, seconds: float) -> None:
        self.clock.shift += timedelta(seconds=seconds)

    async def expire(self, bus: Bus, topic: Topic) -> None:
        assert isinstance(bus, MemoryBus)
        self.clock.shift += topic.retention + timedelta(seconds=1)
        assert bus.sweep()
        self.clock.shift = timedelta(0)


class TestMemoryBus(BusContract):
    @pytest.fixture
    def harness(self) -> Harness:
        return MemoryHarness()
