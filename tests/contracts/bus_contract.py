"""What every bus must do. An adapter's test class inherits the suite and gives it a harness."""

from __future__ import annotations

import asyncio
import time
import uuid
from abc import ABC, abstractmethod
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from service_bus import (
    Bus,
    Consumer,
    Envelope,
    OffsetOutOfRange,
    Record,
    RetryPolicy,
    StaleGeneration,
    Subscription,
    TooLarge,
    Topic,
    TopicPartition,
    Unavailable,
    UnknownTopic,
)
from service_bus.delivery import deliver
from service_bus.partitions import partition_of
from service_bus.redrive import list_dead_letters, redrive

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
PATIENCE_S = 30.0


class Harness(ABC):
    """How a suite opens and disturbs one kind of bus."""

    survives = True
    """Whether a bus opened again holds what the one before it held."""

    lease_s: float
    """How long a silent member keeps its partitions."""

    @abstractmethod
    async def open(self, topics: Sequence[Topic]) -> Bus:
        """Open a bus, or open the same again."""

    @abstractmethod
    async def silence(self, bus: Bus, consumer: Consumer) -> None:
        """Let a member stop renewing its lease, as if its process hung."""

    @abstractmethod
    async def let_pass(self, seconds: float) -> None:
        """Let time go by for the bus."""

    @abstractmethod
    async def expire(self, bus: Bus, topic: Topic) -> None:
        """Let retention delete all there is of a topic."""


def topic_of(test: str, **attributes: object) -> Topic:
    """A topic that no other test uses."""
    name = f"contract.{test.replace('_', '-')[:40]}.t{uuid.uuid4().hex[:8]}.v1"
    topic = Topic(name=name, owner="tests", summary="for a test", key="any")
    return replace(topic, **attributes)  # type: ignore[arg-type]


def message(
    topic: Topic, number: int, key: str | None = None, data: bytes | None = None
) -> Envelope:
    return Envelope(
        id=f"m-{number}",
        source="/tests",
        type=topic.name,
        subject=f"key-{number}" if key is None else key,
        time=NOON + timedelta(seconds=number),
        data=str(number).encode() if data is None else data,
    )


async def read(consumer: Consumer, count: int, *, grace_s: float = 0.0) -> list[Record]:
    """Records until there are ``count``, then whatever else comes within the grace time."""
    records: list[Record] = []
    deadline = time.monotonic() + PATIENCE_S
    while len(records) < count and time.monotonic() < deadline:
        records += await consumer.poll(timeout_s=0.5)
    if grace_s:
        records += await consumer.poll(timeout_s=grace_s)
    return records


async def until(consumers: Sequence[Consumer], true: Callable[[], bool]) -> None:
    """Poll members until they agree on something."""
    deadline = time.monotonic() + PATIENCE_S
    while not true():
        assert time.monotonic() < deadline, [sorted(c.assignment()) for c in consumers]
        await asyncio.gather(*(c.poll(timeout_s=0.1) for c in consumers))


def ids(records: Sequence[Record]) -> list[str]:
    return [record.envelope.id for record in records]


def next_offsets(records: Sequence[Record]) -> dict[TopicPartition, int]:
    return {record.place: record.offset + 1 for record in records}


class BusContract:
    """The suite."""

    @pytest.fixture
    def topic(self, request: pytest.FixtureRequest) -> Topic:
        return topic_of(request.function.__name__.removeprefix("test_"))

    async def test_messages_of_one_key_keep_their_order(
        self, harness: Harness, topic: Topic
    ) -> None:
        bus = await harness.open([topic])
        sent = [message(topic, n, key=f"key-{n % 7}") for n in range(70)]
        await bus.publish(topic, sent[:35])
        await bus.publish(topic, sent[35:])
        consumer = await bus.consume([topic], group=None)
        by_key = defaultdict(list)
        for record in await read(consumer, 70):
            by_key[record.envelope.subject].append(record.envelope.id)
            assert record.partition == partition_of(record.envelope.subject, topic.partitions)
        assert by_key == {f"key-{k}": [f"m-{n}" for n in range(70) if n % 7 == k] for k in range(7)}
        await consumer.close()

    async def test_offsets_are_dense_from_zero(self, harness: Harness, topic: Topic) -> None:
        bus = await harness.open([topic])
        positions = []
        for start in range(0, 60, 20):
            positions += await bus.publish(topic, [message(topic, start + n) for n in range(20)])
        by_partition = defaultdict(list)
        for position in positions:
            assert (position.topic, position.duplicate) == (topic.name, False)
            by_partition[position.partition].append(position.offset)
        assert all(offsets == list(range(len(offsets))) for offsets in by_partition.values())
        consumer = await bus.consume([topic], group=None)
        records = await read(consumer, 60)
        placed = {(record.partition, record.offset): record.envelope.id for record in records}
        assert placed == {
            (position.partition, position.offset): f"m-{n}" for n, position in enumerate(positions)
        }
        await consumer.close()

    async def test_concurrent_callers_all_get_a_place_of_their_own(
        self, harness: Harness, topic: Topic
    ) -> None:
        bus = await harness.open([topic])

        async def caller(number: int) -> list[tuple[int, int]]:
            places = []
            for n in range(20):
                (position,) = await bus.publish(topic, [message(topic, number * 20 + n)])
                places.append((position.partition, position.offset))
            return places

        places = [p for some in await asyncio.gather(*map(caller, range(16))) for p in some]
        assert len(set(places)) == 320
        ends = {lag.place.partition: lag.high for lag in await bus.lag("nobody", [topic])}
        assert sum(ends.values()) == 320

    async def test_envelopes_come_back_as_they_went(self, harness: Harness, topic: Topic) -> None:
        bus = await harness.open([topic])
        full = Envelope(
            id="一 #1",
            source="/feeds/虹桥?x=1",
            type=topic.name,
            subject="MU5101/2026-03-01",
            time=datetime(2026, 3, 1, 12, 0, 0, 123456, tzinfo=UTC),
            data=bytes(range(256)) * 4,
            content_type="application/octet-stream",
            schema_version=3,
            correlation_id="corr",
            causation_id="cause",
            headers={"lang": "中文", "empty": "", "ce_like": "x"},
        )
        bare = Envelope(id="2", source="s", type=topic.name, subject="", time=NOON, data=b"")
        await bus.publish(topic, [full, bare])
        consumer = await bus.consume([topic], group=None)
        back = {record.envelope.id: record for record in await read(consumer, 2)}
        assert back["一 #1"].envelope == full
        assert back["2"].envelope == bare
        now = datetime.now(UTC)
        assert all(abs((r.appended - now).total_seconds()) < 120 for r in back.values())
        await consumer.close()

    async def test_what_was_acknowledged_is_there_after_reopening(
        self, harness: Harness, topic: Topic
    ) -> None:
        if not harness.survives:
            pytest.skip("the twin in memory forgets by design")
        bus = await harness.open([topic])
        await bus.publish(topic, [message(topic, n) for n in range(30)])
        await bus.close()
        bus = await harness.open([topic])
        consumer = await bus.consume([topic], group=None)
        assert sorted(ids(await read(consumer, 30))) == sorted(f"m-{n}" for n in range(30))
        (position,) = await bus.publish(topic, [message(topic, 0)])
        assert position.offset >= 0
        await consumer.close()

    async def test_a_closed_bus_takes_nothing(self, harness: Harness, topic: Topic) -> None:
        bus = await harness.open([topic])
        await bus.close()
        with pytest.raises(Unavailable):
            await bus.publish(topic, [message(topic, 0)])

    async def test_publishing_nothing_is_allowed(self, harness: Harness, topic: Topic) -> None:
        bus = await harness.open([topic])
        assert await bus.publish(topic, []) == []

    # Groups.

    async def test_two_members_split_four_partitions_and_one_takes_over(
        self, harness: Harness, topic: Topic
    ) -> None:
        bus = await harness.open([topic])
        first = await bus.consume([topic], group="g")
        await until([first], lambda: len(first.assignment()) == 4)
        second = await bus.consume([topic], group="g")
        await until(
            [first, second],
            lambda: len(first.assignment()) == len(second.assignment()) == 2,
        )
        assert not first.assignment() & second.assignment()
        await second.close()
        await until([first], lambda: len(first.assignment()) == 4)
        await first.close()

    async def test_a_silent_member_loses_its_share_and_may_not_commit(
        self, harness: Harness, topic: Topic
    ) -> None:
        bus = await harness.open([topic])
        await bus.publish(topic, [message(topic, n) for n in range(40)])
        hung = await bus.consume([topic], group="g")
        records = await read(hung, 40)
        await harness.silence(bus, hung)
        heir = await bus.consume([topic], group="g")
        await until([heir], lambda: len(heir.assignment()) == 4)
        with pytest.raises(StaleGeneration):
            await hung.commit(next_offsets(records))
        assert all(lag.committed in (None, 0) for lag in await bus.lag("g", [topic]))
        await heir.close()

    async def test_a_partition_of_another_member_cannot_be_committed(
        self, harness: Harness, topic: Topic
    ) -> None:
        bus = await harness.open([topic])
        first = await bus.consume([topic], group="g")
        second = await bus.consume([topic], group="g")
        await until(
            [first, second], lambda: len(first.assignment()) == len(second.assignment()) == 2
        )
        with pytest.raises(StaleGeneration):
            await first.commit(dict.fromkeys(second.assignment(), 0))
        await first.close()
        await second.close()

    async def test_a_group_goes_on_where_it_committed(self, harness: Harness, topic: Topic) -> None:
        bus = await harness.open([topic])
        await bus.publish(topic, [message(topic, n, key="one") for n in range(10)])
        consumer = await bus.consume([topic], group="g")
        records = await read(consumer, 10)
        await consumer.commit(next_offsets(records[:4]))
        await consumer.close()
        if harness.survives:
            await bus.close()
            bus = await harness.open([topic])
        consumer = await bus.consume([topic], group="g")
        again = await read(consumer, 6, grace_s=0.3)
        assert ids(again) == [f"m-{n}" for n in range(4, 10)]
        await consumer.close()

    async def test_groups_do_not_disturb_each_other(self, harness: Harness, topic: Topic) -> None:
        bus = await harness.open([topic])
        await bus.publish(topic, [message(topic, n) for n in range(10)])
        for group in ("g", "h"):
            consumer = await bus.consume([topic], group=group)
            records = await read(consumer, 10)
            assert len(records) == 10
            await consumer.commit(next_offsets(records))
            await consumer.close()

    async def test_a_group_may_start_at_the_latest_message(
        self, harness: Harness, topic: Topic
    ) -> None:
        bus = await harness.open([topic])
        await bus.publish(topic, [message(topic, n) for n in range(10)])
        consumer = await bus.consume([topic], group="g", start="latest")
        alone = await bus.consume([topic], group=None, start="latest")
        await until([consumer], lambda: len(consumer.assignment()) == 4)
        await consumer.poll(timeout_s=0.3)
        await alone.poll(timeout_s=0.3)
        await bus.publish(topic, [message(topic, n) for n in range(10, 15)])
        expected = [f"m-{n}" for n in range(10, 15)]
        assert sorted(ids(await read(consumer, 5, grace_s=0.2))) == expected
        assert sorted(ids(await read(alone, 5, grace_s=0.2))) == expected
        await consumer.close()
        await alone.close()

    async def test_a_reader_without_group_never_commits(
        self, harness: Harness, topic: Topic
    ) -> None:
        bus = await harness.open([topic])
        await bus.publish(topic, [message(topic, 0)])
        consumer = await bus.consume([topic], group=None)
        records = await read(consumer, 1)
        with pytest.raises(ValueError, match="without a group"):
            await consumer.commit(next_offsets(records))
        await consumer.close()

    async def test_small_polls_lose_nothing(self, harness: Harness, topic: Topic) -> None:
        bus = await harness.open([topic])
        await bus.publish(topic, [message(topic, n) for n in range(50)])
        consumer = await bus.consume([topic], group="g")
        seen: list[str] = []
        deadline = time.monotonic() + PATIENCE_S
        while len(seen) < 50 and time.monotonic() < deadline:
            records = await consumer.poll(max_records=3, timeout_s=0.5)
            assert len(records) <= 3
            seen += ids(records)
        assert sorted(seen) == sorted(f"m-{n}" for n in range(50))
        await consumer.close()

    # Moving about.

    async def test_reading_goes_on_from_a_sought_offset(
        self, harness: Harness, topic: Topic
    ) -> None:
        bus = await harness.open([topic])
        positions = await bus.publish(topic, [message(topic, n, key="one") for n in range(10)])
        place = TopicPartition(topic.name, positions[0].partition)
        consumer = await bus.consume([topic], group=None)
        assert len(await read(consumer, 10)) == 10
        await consumer.seek(place, 7)
        assert ids(await read(consumer, 3, grace_s=0.2)) == ["m-7", "m-8", "m-9"]
        await consumer.seek(place, 0)
        assert len(await read(consumer, 10)) == 10
        await consumer.close()

    async def test_an_offset_is_found_by_time(self, harness: Harness, topic: Topic) -> None:
        bus = await harness.open([topic])
        (first,) = await bus.publish(topic, [message(topic, 0, key="one")])
        place = TopicPartition(topic.name, first.partition)
        await harness.let_pass(0.05)
        await bus.publish(topic, [message(topic, n, key="one") for n in range(1, 4)])
        await harness.let_pass(0.05)
        await bus.publish(topic, [message(topic, n, key="one") for n in range(4, 6)])
        consumer = await bus.consume([topic], group=None)
        appended = [record.appended for record in await read(consumer, 6)]
        assert appended == sorted(appended)
        assert await bus.offset_at(place, appended[0] - timedelta(hours=1)) == 0
        assert await bus.offset_at(place, appended[0]) == 0
        assert await bus.offset_at(place, appended[0] + timedelta(milliseconds=5)) == 1
        assert await bus.offset_at(place, appended[4]) == 4
        assert await bus.offset_at(place, appended[5] + timedelta(seconds=60)) == 6
        await consumer.close()

    async def test_lag_counts_what_is_not_handled_yet(self, harness: Harness, topic: Topic) -> None:
        bus = await harness.open([topic])
        positions = await bus.publish(topic, [message(topic, n, key="one") for n in range(10)])
        mine = TopicPartition(topic.name, positions[0].partition)
        lags = {lag.place: lag for lag in await bus.lag("g", [topic])}
        assert len(lags) == 4
        assert (lags[mine].low, lags[mine].high, lags[mine].committed) == (0, 10, None)
        assert sum(lag.messages for lag in lags.values()) == 10
        consumer = await bus.consume([topic], group="g")
        records = await read(consumer, 10)
        await consumer.commit(next_offsets(records[:6]))
        lags = {lag.place: lag for lag in await bus.lag("g", [topic])}
        assert (lags[mine].committed, lags[mine].messages) == (6, 4)
        await consumer.close()

    async def test_behind_retention_is_out_of_range(self, harness: Harness, topic: Topic) -> None:
        bus = await harness.open([topic])
        await bus.publish(topic, [message(topic, n, key="one") for n in range(5)])
        consumer = await bus.consume([topic], group=None)
        (place,) = {record.place for record in await read(consumer, 5)}
        await harness.expire(bus, topic)
        await bus.publish(topic, [message(topic, 5, key="one")])
        lags = {lag.place: lag for lag in await bus.lag("g", [topic])}
        assert (lags[place].low, lags[place].high) == (5, 6)
        await consumer.seek(place, 2)
        with pytest.raises(OffsetOutOfRange) as caught:
            await read(consumer, 1)
        assert (caught.value.offset, caught.value.low, caught.value.high) == (2, 5, 6)
        await consumer.seek(place, caught.value.low)
        assert ids(await read(consumer, 1)) == ["m-5"]
        await consumer.close()

    # Refusals and duplicates.

    async def test_oversized_messages_are_refused_whole(
        self, harness: Harness, topic: Topic
    ) -> None:
        small = replace(topic, max_bytes=10)
        bus = await harness.open([small])
        fits, too_large = message(small, 0, data=b"x" * 10), message(small, 1, data=b"x" * 11)
        with pytest.raises(TooLarge, match="11 bytes exceeds the limit of 10"):
            await bus.publish(small, [fits, too_large])
        assert all(lag.high == 0 for lag in await bus.lag("g", [small]))
        await bus.publish(small, [fits])

    async def test_unknown_topics_are_refused(self, harness: Harness, topic: Topic) -> None:
        bus = await harness.open([topic])
        stranger = topic_of("stranger")
        with pytest.raises(UnknownTopic):
            await bus.publish(stranger, [message(stranger, 0)])
        with pytest.raises(UnknownTopic):
            await bus.consume([stranger], group="g")

    async def test_a_duplicate_inside_the_window_is_seen_once(
        self, harness: Harness, topic: Topic
    ) -> None:
        windowed = replace(topic, dedupe_window=timedelta(seconds=2))
        bus = await harness.open([windowed])
        await bus.publish(windowed, [message(windowed, 0), message(windowed, 1)])
        await bus.publish(windowed, [message(windowed, 1), message(windowed, 2)])
        other = replace(message(windowed, 1), source="/elsewhere")
        await bus.publish(windowed, [other])
        consumer = await bus.consume([windowed], group="g")
        seen = await read(consumer, 4, grace_s=0.3)
        assert sorted(ids(seen)) == ["m-0", "m-1", "m-1", "m-2"]
        assert {r.envelope.source for r in seen if r.envelope.id == "m-1"} == {
            "/tests",
            "/elsewhere",
        }
        await harness.let_pass(2.5)
        await bus.publish(windowed, [message(windowed, 1)])
        assert ids(await read(consumer, 1, grace_s=0.3)) == ["m-1"]
        await consumer.close()

    # The consumer loop on this bus.

    async def test_poison_becomes_a_dead_letter_others_proceed_and_redrive_brings_it_back(
        self, harness: Harness, topic: Topic
    ) -> None:
        bus = await harness.open([topic])
        handled: list[Record] = []
        tries: list[Record] = []
        healed: list[bool] = []

        def handler(records: Sequence[Record]) -> None:
            for record in records:
                if record.envelope.id == "m-3" and not healed:
                    tries.append(record)
                    raise RuntimeError("cannot read this")
            handled.extend(records)

        subscription = Subscription(
            group="g",
            topics=(topic,),
            handler=handler,
            retry=RetryPolicy(delays_s=(0.05, 0.05)),
        )
        stop = asyncio.Event()
        loop = asyncio.create_task(deliver(bus, subscription, stop))
        try:
            await bus.publish(topic, [message(topic, n) for n in range(8)])
            filed = []
            deadline = time.monotonic() + PATIENCE_S
            while not filed and time.monotonic() < deadline:
                await asyncio.sleep(0.1)
                filed = await list_dead_letters(bus, {topic: ["g"]})
            (entry,) = filed
            assert sorted(ids(handled)) == sorted(f"m-{n}" for n in range(8) if n != 3)
            assert entry.letter.original == message(topic, 3)
            assert entry.letter.failure.attempts == 3
            assert entry.letter.failure.reason == "RuntimeError: cannot read this"
            assert entry.letter.record == tries[0]

            healed.append(True)
            await redrive(bus, {topic: ["g"]}, entry.letter.id, clock=lambda: datetime.now(UTC))
            while len(handled) < 8 and time.monotonic() < deadline:
                await asyncio.sleep(0.05)
            assert handled[-1].envelope == message(topic, 3)
            (entry,) = await list_dead_letters(bus, {topic: ["g"]})
            assert entry.redriven is not None
        finally:
            stop.set()
            await loop
        assert all(lag.messages == 0 for lag in await bus.lag("g", [topic]))
