"""What travels on the bus: envelopes, and the topics and places they travel through.

An envelope carries the attributes of CloudEvents 1.0 (id, source, type, subject, time,
datacontenttype) plus ``schema_version``, ``correlation_id`` and ``causation_id``. On a log it is
written in CloudEvents' binary mode: the data are the value, the attributes are ``ce_*`` headers.

Log words are Kafka's: a topic has partitions, a partition has dense offsets from 0, messages of one
key keep their order, and a commit names the *next* offset to read.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from types import MappingProxyType
from typing import Self

NO_HEADERS: Mapping[str, str] = MappingProxyType({})

# domain.entity.event.vN, each part in Kafka's alphabet without dots.
TOPIC_NAME = re.compile(r"[a-z][a-z0-9_-]*(\.[a-z0-9_-]+){2,}\.v[1-9][0-9]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Topic:
    """A declared stream of messages of one type.

    Attributes:
        name: ``domain.entity.event.vN``; also the CloudEvents type of its messages.
        owner: package that declares it.
        summary: one sentence for the catalogue page.
        key: what the key (subject) is, in words ("flight leg id").
        partitions: how many; more partitions let more members of a group share the work.
        retention: how long messages stay readable.
        telemetry: ``True`` for position streams: many small messages that may be grouped longer
            before they reach the disk. Never weakens an acknowledgement.
        max_bytes: largest value taken.
        dedupe_window: a second message with the same (source, id) inside it is not appended again.
        personal: carries data about people, so reading it needs its own right. Faces and identity
            numbers are never allowed, not even here.
    """

    name: str
    owner: str
    summary: str
    key: str
    partitions: int = 4
    retention: timedelta = timedelta(days=7)
    telemetry: bool = False
    max_bytes: int = 1_048_576
    dedupe_window: timedelta = timedelta(hours=24)
    personal: bool = False

    def __post_init__(self) -> None:
        if not TOPIC_NAME.fullmatch(self.name):
            raise ValueError(f"topic {self.name!r} is not of the form domain.entity.event.vN")
        if self.partitions < 1:
            raise ValueError(f"topic {self.name}: {self.partitions} partitions, at least 1 needed")

    @property
    def version(self) -> int:
        """Schema version, the N of ``.vN``."""
        return int(self.name.rpartition(".v")[2])


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """One message: attributes of CloudEvents 1.0 around bytes.

    Attributes:
        id: unique together with ``source``; the same pair again is the same message.
        source: who says so, a URI reference such as ``/operations/aidx/gatwick``.
        type: topic name.
        subject: the key; messages of one subject keep their order.
        time: when it happened or was received, aware UTC.
        data: the payload; for an intake topic the original bytes, untouched.
        content_type: media type of ``data``.
        schema_version: version of the payload's schema.
        correlation_id: the same for everything that follows from one outside message.
        causation_id: id of the message that made this one.
        headers: further text attributes.
    """

    id: str
    source: str
    type: str
    subject: str
    time: datetime
    data: bytes
    content_type: str = "application/json"
    schema_version: int = 1
    correlation_id: str = ""
    causation_id: str = ""
    headers: Mapping[str, str] = field(default_factory=lambda: NO_HEADERS)

    def __post_init__(self) -> None:
        if self.time.tzinfo is None:
            raise ValueError("envelope time must be aware (UTC)")
        if not self.correlation_id:
            object.__setattr__(self, "correlation_id", self.id)

    def following(
        self,
        topic: Topic,
        data: bytes,
        *,
        source: str,
        subject: str | None = None,
        time: datetime | None = None,
        part: str = "",
        content_type: str = "application/json",
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> Envelope:
        """Make the envelope of a message that this one causes.

        Its id is derived from this id, the new type and ``part``, so that handling the same
        message twice makes the same envelope twice and the bus keeps one. ``part`` tells several
        messages of one type apart (flight leg 1, flight leg 2).
        """
        return Envelope(
            id=str(uuid.uuid5(uuid.NAMESPACE_URL, f"{self.source}#{self.id}#{topic.name}#{part}")),
            source=source,
            type=topic.name,
            subject=self.subject if subject is None else subject,
            time=self.time if time is None else time,
            data=data,
            content_type=content_type,
            schema_version=topic.version,
            correlation_id=self.correlation_id,
            causation_id=self.id,
            headers=headers,
        )

    def with_headers(self, **headers: str) -> Self:
        """The same envelope with these headers added or replaced."""
        return replace(self, headers=MappingProxyType({**self.headers, **headers}))


@dataclass(frozen=True, slots=True, order=True)
class TopicPartition:
    """One partition of one topic."""

    topic: str
    partition: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Position:
    """Where a published message lies.

    ``duplicate`` is true when the bus already held this (source, id) inside the topic's window and
    appended nothing; the position is then that of the first copy (offset -1 if no longer known).
    """

    topic: str
    partition: int
    offset: int
    duplicate: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """An envelope as read from the log, with its place and the time the log took it."""

    topic: str
    partition: int
    offset: int
    appended: datetime
    envelope: Envelope

    @property
    def place(self) -> TopicPartition:
        """Partition this record was read from."""
        return TopicPartition(self.topic, self.partition)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How often and how patiently a message is tried again before it is a dead letter.

    Attributes:
        delays_s: seconds before each further attempt; its length is the number of retries. The
            steps let a restarted database or a slow peer come back without holding up other keys.
    """

    delays_s: tuple[float, ...] = (5.0, 60.0, 600.0)

    @property
    def attempts(self) -> int:
        """First try plus retries."""
        return 1 + len(self.delays_s)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lag:
    """How far a group is behind on one partition.

    Attributes:
        low: first offset still kept.
        high: offset the next message will get.
        committed: next offset the group will read (``None``: never committed).
    """

    place: TopicPartition
    low: int
    high: int
    committed: int | None

    @property
    def messages(self) -> int:
        """Messages not yet handled."""
        return self.high - max(self.low, self.committed if self.committed is not None else self.low)


def utc_now() -> datetime:
    """The default clock of the edges; everything below receives a clock instead of calling this."""
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """What an intake tells its sender after the original bytes are on disk."""

    message_id: str
    position: Position
    correlation_id: str
    warnings: tuple[str, ...] = field(default=())
