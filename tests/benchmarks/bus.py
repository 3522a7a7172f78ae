"""Publishing on the bus beside its raw twins: a bare SQLite commit, and kafka-python alone.

Every figure is of durable messages: the call returns when they are on disk (SQLite: ``synchronous=FULL``;
Kafka: ``acks=all`` on one node). Three ways of asking: one caller that waits for each message, many callers
at once, and batches of a hundred from one caller.
"""

from __future__ import annotations

import asyncio
import sqlite3
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path

import pytest

from service_bus import Bus, Envelope, Topic, utc_now
from service_bus.adapters.sqlite_log import SqliteLog
from tests.kafka_broker import kafka_broker

__all__ = ["kafka_broker"]

pytestmark = [
    pytest.mark.benchmark_run,
    pytest.mark.filterwarnings(r"ignore:(read|open)_text is deprecated:DeprecationWarning"),
]

TOPIC = Topic(
    name="bench.message.sent.v1",
    owner="bench",
    summary="Messages of a benchmark.",
    key="number",
    retention=timedelta(hours=1),
)
PAYLOAD = b"x" * 600
"""Bytes of a small flight message."""

ALONE, TOGETHER, BATCH = 400, 4_000, 100
CALLERS = 64


def envelope(number: int) -> Envelope:
    return Envelope(
        id=f"m-{number}",
        source="/bench",
        type=TOPIC.name,
        subject=str(number % 97),
        time=utc_now(),
        data=PAYLOAD,
    )


async def rate_of(count: int, work: Callable[[], Awaitable[object]]) -> float:
    started = time.perf_counter()
    await work()
    return count / (time.perf_counter() - started)


async def rates(bus: Bus, first: int) -> list[float]:
    """Messages a second: one caller, many callers, batches."""
    numbers = iter(range(first, first + 1_000_000))

    async def one() -> None:
        await bus.publish(TOPIC, [envelope(next(numbers))])

    async def alone() -> None:
        for _ in range(ALONE):
            await one()

    async def together() -> None:
        async def caller() -> None:
            for _ in range(TOGETHER // CALLERS):
                await one()

        await asyncio.gather(*(caller() for _ in range(CALLERS)))

    async def batches() -> None:
        for _ in range(TOGETHER // BATCH):
            await bus.publish(TOPIC, [envelope(next(numbers)) for _ in range(BATCH)])

    return [
        await rate_of(ALONE, alone),
        await rate_of(TOGETHER // CALLERS * CALLERS, together),
        await rate_of(TOGETHER, batches),
    ]


def raw_sqlite(path: Path) -> list[float]:
    """A bare table, one INSERT and one commit for each message; then a hundred to a commit."""
    connection = sqlite3.connect(path, isolation_level=None)
    for pragma in ("journal_mode=WAL", "synchronous=FULL"):
        connection.execute(f"PRAGMA {pragma}")
    connection.execute("CREATE TABLE log(id INTEGER PRIMARY KEY, data BLOB NOT NULL)")

    def commits(count: int, size: int) -> float:
        started = time.perf_counter()
        for _ in range(count // size):
            connection.execute("BEGIN IMMEDIATE")
            connection.executemany("INSERT INTO log(data) VALUES (?)", [(PAYLOAD,)] * size)
            connection.execute("COMMIT")
        return count / (time.perf_counter() - started)

    found = [commits(ALONE, 1), float("nan"), commits(TOGETHER, BATCH)]
    connection.close()
    return found


def raw_kafka(broker: str) -> list[float]:
    """kafka-python alone: send and wait for each; send all and flush."""
    from kafka import KafkaProducer

    producer = KafkaProducer(bootstrap_servers=[broker], acks="all", linger_ms=0)
    topic = TOPIC.name
    producer.send(topic, PAYLOAD, key=b"warm").get(timeout=20)
    started = time.perf_counter()
    for number in range(ALONE):
        producer.send(topic, PAYLOAD, key=str(number % 97).encode()).get(timeout=20)
    alone = ALONE / (time.perf_counter() - started)
    started = time.perf_counter()
    for number in range(TOGETHER):
        producer.send(topic, PAYLOAD, key=str(number % 97).encode())
    producer.flush()
    together = TOGETHER / (time.perf_counter() - started)
    producer.close()
    return [alone, together, together]


def report(title: str, rows: dict[str, list[float]]) -> None:
    lines = [title, f"{'messages/s':14}{'one caller':>12}{f'{CALLERS} callers':>12}{'batches':>12}"]
    lines += [
        f"{name:14}" + "".join(f"{rate:12,.0f}" if rate == rate else f"{'-':>12}" for rate in found)
        for name, found in rows.items()
    ]
    ours, raw = list(rows.values())
    lines.append(
        f"{'ratio':14}"
        + "".join(
            f"{a / b:12.2f}" if b == b else f"{'-':>12}" for a, b in zip(ours, raw, strict=True)
        )
    )
    sys.stdout.write("\n" + "\n".join(lines) + "\n")


async def test_the_embedded_log_against_a_bare_commit(tmp_path: Path) -> None:
    raw = raw_sqlite(tmp_path / "raw.sqlite3")
    bus = await SqliteLog([TOPIC], tmp_path / "bus.sqlite3", clock=utc_now).open()
    ours = await rates(bus, 0)
    await bus.close()
    report("embedded log and a bare SQLite table, 600 bytes, synchronous=FULL", {
        "embedded log": ours, "bare SQLite": raw,
    })  # fmt: skip
    assert ours[0] > raw[0] / 10


@pytest.mark.kafka
async def test_the_kafka_adapter_against_the_client_alone(kafka_broker: str) -> None:
    from service_bus.adapters.kafka import KafkaBus

    bus = KafkaBus([TOPIC], [kafka_broker], replication=1, timeout_s=20, lease=timedelta(seconds=5))
    await bus.open()
    ours = await rates(bus, 0)
    raw = await asyncio.to_thread(raw_kafka, kafka_broker)
    await bus.close()
    report("Kafka 4 adapter and kafka-python alone, 600 bytes, acks=all, one node", {
        "adapter": ours, "kafka-python": raw,
    })  # fmt: skip
    assert ours[0] > raw[0] / 10
