"""Apache Kafka keeps the contract: a real broker, started once for the session."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from datetime import timedelta

import pytest

from service_bus import Bus, Consumer, Topic, Unavailable
from tests.components import free_port
from tests.contracts.bus_contract import BusContract, Harness, topic_of, until
from tests.kafka_broker import kafka_broker

__all__ = ["kafka_broker"]

# The client reads its own schemas by an old function of the standard library when it is imported.
pytestmark = [
    pytest.mark.kafka,
    pytest.mark.filterwarnings(r"ignore:(read|open)_text is deprecated:DeprecationWarning"),
]


class KafkaHarness(Harness):
    lease_s = 1.5

    def __init__(self, broker: str) -> None:
        self.broker = broker
        self.opened: list[Bus] = []

    async def open(self, topics: Sequence[Topic]) -> Bus:
        from service_bus.adapters.kafka import KafkaBus

        bus = KafkaBus(
            topics,
            [self.broker],
            replication=1,
            timeout_s=10,
            lease=timedelta(seconds=self.lease_s),
        )
        self.opened.append(bus)
        return await bus.open()

    async def silence(self, bus: Bus, consumer: Consumer) -> None:
        from service_bus.adapters.kafka import KafkaMember

        assert isinstance(consumer, KafkaMember)
        consumer._client._coordinator._disable_heartbeat()

    async def let_pass(self, seconds: float) -> None:
        await asyncio.sleep(seconds)

    async def expire(self, bus: Bus, topic: Topic) -> None:
        from kafka import TopicPartition

        from service_bus.adapters.kafka import KafkaBus

        assert isinstance(bus, KafkaBus)
        ends = {
            TopicPartition(lag.place.topic, lag.place.partition): lag.high
            for lag in await bus.lag("", [topic])
        }
        await asyncio.to_thread(bus._admin.delete_records, ends)

    async def close(self) -> None:
        for bus in self.opened:
            await bus.close()


class TestKafkaBus(BusContract):
    @pytest.fixture
    async def harness(self, kafka_broker: str) -> AsyncIterator[Harness]:
        harness = KafkaHarness(kafka_broker)
        yield harness
        await harness.close()


async def test_a_member_that_never_gets_into_its_group_joins_anew(kafka_broker: str) -> None:
    from kafka.coordinator.base import MemberState

    harness = KafkaHarness(kafka_broker)
    harness.lease_s = 0.6
    topic = topic_of("stuck")
    bus = await harness.open([topic])
    member = await bus.consume([topic], group="g")
    await until([member], lambda: len(member.assignment()) == 4)
    # As the client leaves itself when it loses a round of joining.
    stuck = member._client  # type: ignore[attr-defined]
    stuck._coordinator.state = MemberState.REBALANCING
    stuck._coordinator._disable_heartbeat()
    stuck._subscription.assign_from_subscribed([])
    await until([member], lambda: member._client is not stuck)  # type: ignore[attr-defined]
    await until([member], lambda: len(member.assignment()) == 4)
    await harness.close()


async def test_no_broker_is_said_so_within_the_time_given() -> None:
    from service_bus.adapters.kafka import KafkaBus

    bus = KafkaBus([], [f"127.0.0.1:{free_port()}"], timeout_s=2)
    with pytest.raises(Unavailable):
        async with asyncio.timeout(20):
            await bus.open()
