"""The consumer loop on the memory twin: nothing is committed that is not safe somewhere."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from service_bus import (
    Envelope,
    Malformed,
    Position,
    Record,
    Reject,
    Retry,
    RetryPolicy,
    Subscription,
    Topic,
    Unavailable,
)
from service_bus.adapters.memory import MemoryBus
from service_bus.component import Handler
from service_bus.dead_letters import dead_letter_topic, read_letter, retry_topic
from service_bus.delivery import deliver
from service_bus.redrive import list_dead_letters, redrive

TOPIC = Topic(name="operations.flight.changed.v1", owner="o", summary="s", key="leg")
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUICK = RetryPolicy(delays_s=(0.0, 0.0))


class Hand:
    """A clock that stands until it is moved."""

    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> datetime:
        return self.now


class Tally:
    """Counts what the loop reports."""

    def __init__(self) -> None:
        self.done = 0
        self.failures = 0
        self.dead = 0

    def handled(self, group: str, count: int, seconds: float) -> None:
        assert seconds >= 0
        self.done += count

    def failed(self, group: str, topic: str, fault: BaseException) -> None:
        self.failures += 1

    def dead_lettered(self, group: str, topic: str) -> None:
        self.dead += 1


def envelope(number: int, key: str = "k") -> Envelope:
    return Envelope(
        id=f"m-{number}",
        source="/test",
        type=TOPIC.name,
        subject=key,
        time=NOON,
        data=str(number).encode(),
        headers={"kept": "yes"},
    )


def subscription(
    handler: Handler, *, topic: Topic = TOPIC, retry: RetryPolicy = QUICK
) -> Subscription:
    return Subscription(group="g", topics=(topic,), handler=handler, retry=retry)


@asynccontextmanager
async def delivering(
    bus: MemoryBus, wanted: Subscription, clock: Hand, tally: Tally | None = None
) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(deliver(bus, wanted, stop, clock=clock, observer=tally or Tally()))
    try:
        yield
    finally:
        stop.set()
        await task


async def until(true: Callable[[], bool]) -> None:
    async with asyncio.timeout(10):
        while not true():
            await asyncio.sleep(0.005)


async def committed(bus: MemoryBus, topic: Topic = TOPIC) -> int:
    return sum(lag.committed or 0 for lag in await bus.lag("g", [topic]))


async def everything(bus: MemoryBus, topic: Topic) -> list[Record]:
    consumer = await bus.consume([topic], group=None)
    return await consumer.poll(timeout_s=0)


async def test_a_good_batch_is_handed_over_once_and_committed() -> None:
    bus, tally, batches = MemoryBus([TOPIC]), Tally(), []
    await bus.publish(TOPIC, [envelope(n) for n in range(5)])
    async with delivering(bus, subscription(batches.append), Hand(), tally):
        await until(lambda: tally.done == 5)
    assert [[r.envelope.id for r in batch] for batch in batches] == [[f"m-{n}" for n in range(5)]]
    assert await committed(bus) == 5


async def test_one_poison_record_stops_no_other_and_ends_as_dead_letter() -> None:
    bus, tally, good, tries = MemoryBus([TOPIC]), Tally(), [], []

    def handler(records: Sequence[Record]) -> None:
        for record in records:
            if record.envelope.id == "m-2":
                tries.append(record)
                raise RuntimeError("cannot")
        good.extend(record.envelope.id for record in records)

    await bus.publish(TOPIC, [envelope(n) for n in range(5)])
    async with delivering(bus, subscription(handler), Hand(), tally):
        await until(lambda: tally.dead == 1)
    assert sorted(good) == ["m-0", "m-1", "m-3", "m-4"]
    assert len(tries) == 1 + QUICK.attempts  # once more in the batch
    assert await committed(bus) == 5
    (filed,) = await list_dead_letters(bus, {TOPIC: ["g"]})
    letter = filed.letter
    assert letter.original == envelope(2)
    assert letter.record == tries[0]
    assert letter.failure.attempts == QUICK.attempts
    assert letter.failure.reason == "RuntimeError: cannot"
    assert "test_delivery.py" in letter.failure.facts["trace"]
    assert letter.failure.first == letter.failure.last == NOON


async def test_every_attempt_sees_the_original_record() -> None:
    bus, tally, seen = MemoryBus([TOPIC]), Tally(), []

    def handler(records: Sequence[Record]) -> None:
        seen.extend(records)
        raise Retry("later")

    await bus.publish(TOPIC, [envelope(0)])
    async with delivering(bus, subscription(handler), Hand(), tally):
        await until(lambda: tally.dead == 1)
    assert len(seen) == QUICK.attempts
    assert all(record == seen[0] for record in seen)
    assert seen[0].envelope == envelope(0)


async def test_a_record_waits_until_it_is_due() -> None:
    bus, clock, tally, seen = MemoryBus([TOPIC]), Hand(), Tally(), []

    def handler(records: Sequence[Record]) -> None:
        seen.append(records[0].envelope.id)
        if len(seen) == 1:
            raise Retry("later", after_s=60.0)

    await bus.publish(TOPIC, [envelope(0)])
    async with delivering(bus, subscription(handler), clock, tally):
        await until(lambda: tally.failures == 1)
        await asyncio.sleep(0.6)
        assert seen == ["m-0"]
        assert await committed(bus) == 1
        clock.now += timedelta(seconds=61)
        await until(lambda: tally.done == 1)
    assert seen == ["m-0", "m-0"]


async def test_a_later_entry_that_is_due_sooner_is_not_held_up() -> None:
    bus, clock, tally, done = MemoryBus([TOPIC]), Hand(), Tally(), []
    waits = {"m-0": 600.0, "m-1": 5.0}

    def handler(records: Sequence[Record]) -> None:
        for record in records:
            if clock.now == NOON:
                raise Retry("later", after_s=waits[record.envelope.id])
        done.extend(record.envelope.id for record in records)

    await bus.publish(TOPIC, [envelope(0), envelope(1)])
    async with delivering(bus, subscription(handler), clock, tally):
        await until(lambda: tally.failures == 2)
        clock.now += timedelta(seconds=6)
        await until(lambda: done == ["m-1"])
        # The group's place in the retry topic stays before the entry that still waits.
        (lag,) = await bus.lag("g-retry", [retry_topic(TOPIC, "g")])
        assert lag.messages == 2
        clock.now += timedelta(seconds=600)
        await until(lambda: done == ["m-1", "m-0"])


async def test_waiting_entries_survive_a_restart() -> None:
    bus, clock, tally, done = MemoryBus([TOPIC]), Hand(), Tally(), []

    def failing(records: Sequence[Record]) -> None:
        raise Retry("later", after_s=60.0)

    await bus.publish(TOPIC, [envelope(0)])
    async with delivering(bus, subscription(failing), clock, tally):
        await until(lambda: tally.failures == 1)
    clock.now += timedelta(seconds=61)
    async with delivering(bus, subscription(done.extend), clock):
        await until(lambda: len(done) == 1)


async def test_reject_and_malformed_are_dead_letters_at_once() -> None:
    bus, tally = MemoryBus([TOPIC]), Tally()

    def handler(records: Sequence[Record]) -> None:
        if records[0].envelope.id == "m-0":
            raise Reject("no such airport", field="destination", position="line 2")
        raise Malformed("fsu", "bad check digit", field="awb", position="byte 4", code="check")

    await bus.publish(TOPIC, [envelope(0), envelope(1)])
    async with delivering(bus, subscription(handler), Hand(), tally):
        await until(lambda: tally.dead == 2)
    letters = {f.letter.original.id: f.letter for f in await list_dead_letters(bus, {TOPIC: ["g"]})}
    assert letters["m-0"].failure.reason == "no such airport"
    assert letters["m-0"].failure.facts == {"field": "destination", "position": "line 2"}
    assert letters["m-1"].failure.facts["code"] == "check"
    assert letters["m-1"].failure.facts["format"] == "fsu"
    assert letters["m-1"].failure.attempts == 1
    assert not await everything(bus, retry_topic(TOPIC, "g"))


async def test_letters_about_people_do_not_quote_exceptions() -> None:
    people = replace(TOPIC, personal=True)
    bus, tally = MemoryBus([people]), Tally()

    def handler(records: Sequence[Record]) -> None:
        raise RuntimeError("name=ZHANG SAN")

    await bus.publish(people, [envelope(0)])
    async with delivering(
        bus, subscription(handler, topic=people, retry=RetryPolicy(delays_s=())), Hand(), tally
    ):
        await until(lambda: tally.dead == 1)
    (record,) = await everything(bus, dead_letter_topic(people, "g"))
    assert "ZHANG" not in str(dict(record.envelope.headers))
    assert read_letter(record.envelope, personal=True).failure.reason == "RuntimeError"


class Flaky(MemoryBus):
    """A memory bus whose broker goes away now and then."""

    down: frozenset[str] = frozenset()

    async def publish(self, topic: Topic, envelopes: Sequence[Envelope]) -> list[Position]:
        if "publish" in self.down:
            raise Unavailable("no broker")
        return await super().publish(topic, envelopes)

    async def consume(self, *args: object, **options: object) -> object:  # type: ignore[override]
        if "consume" in self.down:
            raise Unavailable("no broker")
        return await super().consume(*args, **options)  # type: ignore[arg-type]


async def test_while_letters_cannot_be_written_nothing_is_committed() -> None:
    bus, tally = Flaky([TOPIC]), Tally()

    def handler(records: Sequence[Record]) -> None:
        raise Reject("never")

    await bus.publish(TOPIC, [envelope(0)])
    bus.down = frozenset({"publish"})
    async with delivering(bus, subscription(handler), Hand(), tally):
        await until(lambda: tally.dead == 1)
        await asyncio.sleep(0.2)
        assert await committed(bus) == 0
        bus.down = frozenset()
        await asyncio.sleep(0.4)
        assert await committed(bus) == 1
    assert len(await list_dead_letters(bus, {TOPIC: ["g"]})) == 1


async def test_the_loop_joins_again_when_the_broker_comes_back() -> None:
    bus, tally, done = Flaky([TOPIC]), Tally(), []
    await bus.publish(TOPIC, [envelope(0)])
    bus.down = frozenset({"consume"})
    async with delivering(bus, subscription(done.extend), Hand(), tally):
        await asyncio.sleep(0.2)
        bus.down = frozenset()
        await until(lambda: len(done) == 1)


async def test_a_handler_that_finds_its_peer_away_is_asked_again_in_place() -> None:
    bus, tally, calls = MemoryBus([TOPIC]), Tally(), []

    def handler(records: Sequence[Record]) -> None:
        calls.append(len(records))
        if len(calls) < 3:
            raise Unavailable("database away")

    await bus.publish(TOPIC, [envelope(0), envelope(1)])
    async with delivering(bus, subscription(handler), Hand(), tally):
        await until(lambda: tally.done == 2)
    assert calls == [2, 2, 2]
    assert tally.failures == 0


async def test_stopping_while_the_peer_is_away_commits_nothing() -> None:
    bus = MemoryBus([TOPIC])

    def handler(records: Sequence[Record]) -> None:
        raise Unavailable("database away")

    await bus.publish(TOPIC, [envelope(0)])
    async with delivering(bus, subscription(handler), Hand()):
        await asyncio.sleep(0.1)
    assert await committed(bus) == 0


async def test_a_redriven_letter_reaches_only_the_group_that_failed_under_its_own_id() -> None:
    bus, clock, tally = MemoryBus([TOPIC]), Hand(), Tally()
    broken, handled = [True], []

    def handler(records: Sequence[Record]) -> None:
        if broken[0]:
            raise Reject("stand unknown")
        handled.extend(records)

    other: list[Record] = []
    elsewhere = Subscription(group="other", topics=(TOPIC,), handler=other.extend)
    await bus.publish(TOPIC, [envelope(0)])
    async with (
        delivering(bus, subscription(handler), clock, tally),
        delivering(bus, elsewhere, clock),
    ):
        await until(lambda: tally.dead == 1 and len(other) == 1)
        (filed,) = await list_dead_letters(bus, {TOPIC: ["g"]})
        assert filed.redriven is None

        # Sent back while still broken: a second letter, although all lies in one dedupe window.
        await redrive(bus, {TOPIC: ["g"]}, filed.letter.id, clock=clock)
        await until(lambda: tally.dead == 2)
        newest, oldest = await list_dead_letters(bus, {TOPIC: ["g"]})
        assert newest.letter.id != oldest.letter.id == filed.letter.id
        assert (oldest.redriven, newest.redriven) == (NOON, None)

        broken[0] = False
        position = await redrive(bus, {TOPIC: ["g"]}, newest.letter.id, clock=clock)
        again = await redrive(bus, {TOPIC: ["g"]}, newest.letter.id, clock=clock)
        assert (position.duplicate, again.duplicate) == (False, True)
        await until(lambda: len(handled) == 1)
        await asyncio.sleep(0.05)
    assert [record.envelope for record in handled] == [envelope(0)]
    assert len(other) == 1


async def test_messages_lost_to_retention_are_reported_and_the_rest_is_read() -> None:
    clock, tally, done = Hand(), Tally(), []
    bus = MemoryBus([TOPIC], clock, lease=timedelta(days=100))
    stop = asyncio.Event()
    await bus.publish(TOPIC, [envelope(0)])
    consumer = await bus.consume([TOPIC], group="g")
    await consumer.commit({record.place: 0 for record in await consumer.poll()})
    await consumer.close()
    clock.now += timedelta(days=8)
    assert bus.sweep() == 1
    await bus.publish(TOPIC, [envelope(1)])
    task = asyncio.create_task(
        deliver(bus, subscription(done.extend), stop, clock=clock, observer=tally)
    )
    await until(lambda: len(done) == 1)
    stop.set()
    await task
    assert done[0].envelope.id == "m-1"
    assert tally.failures == 1
