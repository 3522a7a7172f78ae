"""Messages as they lie in the log: a JSON array of attributes, and the data one after another.

Batches keep the cost of SQL per commit instead of per message. Attributes that repeat what is known
(type = topic, correlation id = id, no headers) are stored as null.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import blake2b
from types import MappingProxyType

import orjson

from service_bus.domain import NO_HEADERS, Envelope, Record, Topic, TopicPartition
from service_bus.partitions import partition_of

BATCH_MESSAGES = 256
BATCH_BYTES = 1024 * 1024
"""Largest row: bounds what a reader decodes to get at one message; a larger message is alone."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """An envelope ready to be written.

    Attributes:
        partition: where its key belongs.
        a: first half of the digest of topic, source and id, signed.
        b: second half.
        attributes: JSON.
    """

    partition: int
    a: int
    b: int
    attributes: bytes
    data: bytes


def prepare(topic: Topic, envelope: Envelope) -> Prepared:
    """Encode an envelope; done before it is queued, so that what cannot be encoded fails alone.

    Raises:
        ValueError: text that is not valid Unicode.
    """
    digest = blake2b(
        f"{topic.name}\0{envelope.source}\0{envelope.id}".encode(), digest_size=16
    ).digest()
    headers = envelope.headers
    try:
        attributes = orjson.dumps(
            (
                len(envelope.data),
                envelope.id,
                envelope.source,
                envelope.subject,
                envelope.time,
                envelope.content_type,
                envelope.schema_version,
                None if envelope.correlation_id == envelope.id else envelope.correlation_id,
                envelope.causation_id or None,
                dict(headers) if headers else None,
                None if envelope.type == topic.name else envelope.type,
            )
        )
    except orjson.JSONEncodeError as fault:
        raise ValueError(f"envelope {envelope.id!r} cannot be written: {fault}") from fault
    return Prepared(
        partition_of(envelope.subject, topic.partitions),
        int.from_bytes(digest[:8], "little", signed=True),
        int.from_bytes(digest[8:], "little", signed=True),
        attributes,
        envelope.data,
    )


def pack(messages: Sequence[Prepared]) -> tuple[bytes, bytes]:
    """Attributes and data of one row."""
    return (
        b"[" + b",".join([message.attributes for message in messages]) + b"]",
        b"".join([message.data for message in messages]),
    )


def split(messages: Sequence[Prepared]) -> list[Sequence[Prepared]]:
    """Cut messages into rows."""
    rows: list[Sequence[Prepared]] = []
    start = size = 0
    for index, message in enumerate(messages):
        size += len(message.data)
        if index > start and (size > BATCH_BYTES or index - start >= BATCH_MESSAGES):
            rows.append(messages[start:index])
            start, size = index, len(message.data)
    rows.append(messages[start:])
    return rows


def unpack(
    place: TopicPartition, base: int, appended: datetime, attributes: bytes, data: bytes
) -> list[Record]:
    """Records of one row."""
    records: list[Record] = []
    topic, partition = place.topic, place.partition
    start = 0
    for (
        size,
        message_id,
        source,
        subject,
        time,
        content_type,
        schema_version,
        correlation_id,
        causation_id,
        headers,
        message_type,
    ) in orjson.loads(attributes):
        end = start + size
        records.append(
            Record(
                topic=topic,
                partition=partition,
                offset=base + len(records),
                appended=appended,
                envelope=Envelope(
                    id=message_id,
                    source=source,
                    type=message_type or topic,
                    subject=subject,
                    time=datetime.fromisoformat(time),
                    data=data[start:end],
                    content_type=content_type,
                    schema_version=schema_version,
                    correlation_id=correlation_id or message_id,
                    causation_id=causation_id or "",
                    headers=MappingProxyType(headers) if headers else NO_HEADERS,
                ),
            )
        )
        start = end
    return records
