"""The door for outside messages, on the memory twin."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from service_bus import Malformed, TooLarge, Topic, content_id, refuse, take_in
from service_bus.adapters.memory import MemoryBus
from service_bus.dead_letters import INTAKE, dead_letter_topic, read_letter

RAW = Topic(name="operations.aidx.received.v1", owner="o", summary="s", key="feed", max_bytes=8)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


async def test_accepted_bytes_are_on_the_bus_unchanged() -> None:
    bus = MemoryBus([RAW])
    answers = [
        await take_in(
            bus,
            RAW,
            b"<x/>",
            source="/feeds/lgw",
            subject="lgw",
            message_id="m-1",
            received=NOON,
            content_type="application/xml",
        )
        for _ in range(2)
    ]
    assert [answer.position.duplicate for answer in answers] == [False, True]
    assert answers[0].position.offset == answers[1].position.offset
    assert answers[0].correlation_id == "m-1"
    consumer = await bus.consume([RAW], group=None)
    (record,) = await consumer.poll(timeout_s=0)
    assert record.envelope.data == b"<x/>"
    assert record.envelope.content_type == "application/xml"


async def test_too_large_is_refused_before_anything_is_written() -> None:
    bus = MemoryBus([RAW])
    with pytest.raises(TooLarge):
        await take_in(
            bus,
            RAW,
            b"123456789",
            source="s",
            subject="k",
            message_id="m",
            received=NOON,
            content_type="text/plain",
        )
    assert all(lag.high == 0 for lag in await bus.lag("g", [RAW]))


async def test_refused_bytes_are_kept_with_the_place_of_the_fault() -> None:
    bus = MemoryBus([RAW])
    fault = Malformed("aidx", "no such month", field="OriginDate", position="line 3", found="13")
    ids = {
        await refuse(
            bus, RAW, b"<x>13", fault, source="/f", received=NOON, content_type="application/xml"
        )
        for _ in range(2)
    }
    assert len(ids) == 1
    consumer = await bus.consume([dead_letter_topic(RAW, INTAKE)], group=None)
    (record,) = await consumer.poll(timeout_s=0)
    letter = read_letter(record.envelope, personal=False)
    assert letter.id in ids
    assert letter.original.data == b"<x>13"
    assert letter.original.id == content_id(b"<x>13")
    assert letter.topic == RAW.name
    assert letter.failure.reason == "no such month"
    assert letter.failure.facts["field"] == "OriginDate"
    assert letter.failure.facts["position"] == "line 3"
    assert letter.failure.facts["found"] == "13"


async def test_of_too_large_a_message_the_start_and_the_size_are_kept() -> None:
    bus = MemoryBus([RAW])
    data = b"0123456789"
    await refuse(
        bus,
        RAW,
        data,
        TooLarge(10, 8),
        source="/f",
        received=NOON,
        content_type="text/plain",
    )
    consumer = await bus.consume([dead_letter_topic(RAW, INTAKE)], group=None)
    (record,) = await consumer.poll(timeout_s=0)
    letter = read_letter(record.envelope, personal=False)
    assert letter.original.data == data[:8]
    assert letter.failure.facts == {"code": "too-large", "size": "10"}
