"""The bus on Apache Kafka 4 through kafka-python 3, in threads (the client has no asyncio).

What differs from the embedded log is said here once. Kafka cannot refuse a sender's second copy of
a message, so readers drop it (:mod:`service_bus.dedupe`) and ``Position.duplicate`` is never true.
Retention and leases are the brokers' work. The client's CRC is the C library's or start-up fails:
in pure Python it costs a factor of ten.
"""

from __future__ import annotations

import asyncio
import contextlib
import importlib.util
import logging
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, TypeVar

from kafka import KafkaAdminClient, KafkaConsumer, KafkaProducer
from kafka import TopicPartition as Partition
from kafka import errors as faults
from kafka.admin import OffsetSpec
from kafka.coordinator.base import MemberState
from kafka.structs import OffsetAndMetadata

from service_bus.catalogue import Catalogue
from service_bus.codec import Place, decode, encode
from service_bus.dedupe import Window
from service_bus.domain import Envelope, Lag, Position, Record, Topic, TopicPartition
from service_bus.errors import OffsetOutOfRange, StaleGeneration, Unavailable
from service_bus.partitions import partition_of, places
from service_bus.ports import Start

_log = logging.getLogger(__name__)
_T = TypeVar("_T")

LINGER_MS = 5
BATCH_BYTES = 131_072
"""The client's defaults (0 ms, 16 KiB) send nearly every message alone."""

HEADERS_BYTES = 65_536
"""Room for attributes beside the largest data of a topic."""

SLICE_S = 0.25
"""Longest uninterrupted wait in a poll: how long closing a consumer may have to wait."""

RETRY_S = 0.1
"""Wait before a question is asked again that a broker could not answer yet."""

STUCK_LEASES = 6
"""A member that polls and still is not in its group after this many leases joins anew. A healthy
rebalance ends when the slowest member has polled, or its lease has run out."""

MAX_POLL_S = 300.0
"""A member that does not poll for this long is taken for stuck by its group."""

_STALE = (
    faults.CommitFailedError,
    faults.IllegalGenerationError,
    faults.UnknownMemberIdError,
    faults.RebalanceInProgressError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Security:
    """How to talk to the brokers; SASL means SCRAM-SHA-512."""

    protocol: str = "PLAINTEXT"
    username: str = ""
    password: str = field(default="", repr=False)
    ca_file: str = ""

    def options(self) -> dict[str, Any]:
        """As the client takes them."""
        options: dict[str, Any] = {"security_protocol": self.protocol}
        if self.ca_file:
            options["ssl_cafile"] = self.ca_file
        if self.protocol.startswith("SASL"):
            options |= {
                "sasl_mechanism": "SCRAM-SHA-512",
                "sasl_plain_username": self.username,
                "sasl_plain_password": self.password,
            }
        return options


_PLAIN = Security()


@contextlib.contextmanager
def _as_unavailable() -> Iterator[None]:
    """Say the bus's word for whatever the client could not do."""
    try:
        yield
    except faults.KafkaError as fault:
        raise Unavailable(f"kafka: {fault or type(fault).__name__}") from fault


class KafkaBus:
    """A :class:`~service_bus.ports.Bus` on Kafka."""

    def __init__(
        self,
        topics: Iterable[Topic] | Catalogue,
        brokers: Sequence[str],
        *,
        replication: int = -1,
        timeout_s: float = 30.0,
        lease: timedelta = timedelta(seconds=10),
        security: Security = _PLAIN,
    ) -> None:
        """Prepare; :meth:`open` connects."""
        self._catalogue = topics if isinstance(topics, Catalogue) else Catalogue(topics)
        self._replication = replication
        self._timeout_ms = int(timeout_s * 1000)
        self._lease_ms = int(lease.total_seconds() * 1000)
        self._options: dict[str, Any] = {
            "bootstrap_servers": list(brokers),
            "client_id": "airport-brain",
            "request_timeout_ms": self._timeout_ms,
            "bootstrap_timeout_ms": self._timeout_ms,
            **security.options(),
        }
        self._ready: set[str] = set()
        self._members: set[KafkaMember] = set()
        self._sending = ThreadPoolExecutor(1, thread_name_prefix="kafka-send")
        self._asking = ThreadPoolExecutor(1, thread_name_prefix="kafka-admin")
        self._producer: Any = None
        self._admin: Any = None
        self._fault: str | None = None
        self._closed = False

    async def open(self) -> KafkaBus:
        """Connect and make the declared topics where they are missing.

        Raises:
            Unavailable: no broker answers, a topic has another number of partitions, or the
                fast CRC library is missing.
        """
        if importlib.util.find_spec("crc32c") is None:
            raise Unavailable(
                "kafka: install the crc32c package; without it the client is 10x slow"
            )
        try:
            await self._ask(self._connect)
            await self._ensure(list(self._catalogue))
        except Unavailable:
            await self.close()
            raise
        return self

    def _connect(self) -> None:
        self._admin = KafkaAdminClient(**self._options)
        largest = max((topic.max_bytes for topic in self._catalogue), default=1_048_576)
        self._producer = KafkaProducer(
            **self._options,
            metrics_enabled=False,
            acks="all",
            enable_idempotence=True,
            linger_ms=LINGER_MS,
            batch_size=BATCH_BYTES,
            max_request_size=largest + BATCH_BYTES + HEADERS_BYTES,
            max_block_ms=self._timeout_ms,
            delivery_timeout_ms=self._timeout_ms + LINGER_MS,
        )

    async def close(self) -> None:
        """Send what is queued and disconnect; see the port."""
        if self._closed:
            return
        self._closed = True
        for member in list(self._members):
            await member.close()
        await asyncio.to_thread(self._disconnect)

    def _disconnect(self) -> None:
        self._sending.shutdown()
        self._asking.shutdown()
        for client in (self._producer, self._admin):
            if client is not None:
                with contextlib.suppress(faults.KafkaError):
                    client.close()

    # Publishing.

    async def publish(self, topic: Topic, envelopes: Sequence[Envelope]) -> list[Position]:
        """Append; see the port."""
        self.check_open()
        self._catalogue.admit(topic, envelopes)
        await self._ensure([topic])
        if not envelopes:
            return []
        loop = asyncio.get_running_loop()
        pending = _Pending(loop, len(envelopes))
        try:
            await loop.run_in_executor(self._sending, self._send, topic, envelopes, pending)
            positions = await pending.answer
        except Unavailable as fault:
            self._fault = str(fault)
            raise
        self._fault = None
        return [
            Position(topic=topic.name, partition=partition, offset=offset)
            for partition, offset in positions
        ]

    def _send(self, topic: Topic, envelopes: Sequence[Envelope], pending: _Pending) -> None:
        with _as_unavailable():
            for index, envelope in enumerate(envelopes):
                key, headers = encode(envelope)
                sent = self._producer.send(
                    topic.name,
                    value=envelope.data,
                    key=key,
                    headers=headers,
                    partition=partition_of(envelope.subject, topic.partitions),
                )
                sent.add_callback(pending.done, index)
                sent.add_errback(pending.failed)

    # Topics.

    async def _ensure(self, topics: Sequence[Topic]) -> None:
        """Make topics that are missing, once."""
        missing = [topic for topic in topics if topic.name not in self._ready]
        if missing:
            await self._ask(lambda: self._make(missing))
            self._ready.update(topic.name for topic in missing)

    def _make(self, topics: Sequence[Topic]) -> None:
        there = {each["name"]: len(each["partitions"]) for each in self._admin.describe_topics()}
        for topic in topics:
            if there.get(topic.name, topic.partitions) != topic.partitions:
                raise Unavailable(
                    f"kafka: topic {topic.name} has {there[topic.name]} partitions on the brokers, "
                    f"{topic.partitions} are declared"
                )
        wanted = {
            topic.name: {
                "num_partitions": topic.partitions,
                "replication_factor": self._replication,
                "configs": {
                    "retention.ms": str(int(topic.retention.total_seconds() * 1000)),
                    "max.message.bytes": str(topic.max_bytes + HEADERS_BYTES),
                    "message.timestamp.type": "LogAppendTime",
                    "cleanup.policy": "delete",
                },
            }
            for topic in topics
            if topic.name not in there
        }
        if wanted:
            # Another process may make the same topic at the same moment.
            with contextlib.suppress(faults.TopicAlreadyExistsError):
                self._admin.create_topics(wanted, timeout_ms=self._timeout_ms)
            self._admin.wait_for_topics(list(wanted))

    async def names(self) -> list[str]:
        """Topics that exist; see the port."""
        found: list[str] = await self._ask(lambda: self._admin.list_topics())
        return sorted(name for name in found if not name.startswith("__"))

    # Consuming and asking.

    async def consume(
        self, topics: Sequence[Topic], *, group: str | None, start: Start = "earliest"
    ) -> KafkaMember:
        """Join; see the port."""
        self.check_open()
        for topic in topics:
            self._catalogue.admit(topic)
        await self._ensure(topics)
        options = {
            **self._options,
            "metrics_enabled": False,
            "group_id": group,
            "enable_auto_commit": False,
            "auto_offset_reset": "none",
            "isolation_level": "read_committed",
            "allow_auto_create_topics": False,
            "session_timeout_ms": self._lease_ms,
            "heartbeat_interval_ms": max(1, self._lease_ms // 3),
            "max_poll_interval_ms": int(MAX_POLL_S * 1000),
            "fetch_max_wait_ms": min(500, self._timeout_ms // 2),
        }
        member = KafkaMember(
            topics,
            group,
            start,
            timeout_ms=self._timeout_ms,
            stuck_s=STUCK_LEASES * self._lease_ms / 1000,
            left=self._members.discard,
        )
        await member.join(options)
        self._members.add(member)
        return member

    async def lag(self, group: str, topics: Sequence[Topic]) -> list[Lag]:
        """Distance per partition; see the port."""
        for topic in topics:
            self._catalogue.admit(topic)
        return await self._ask(lambda: self._lag(group, topics))

    def _lag(self, group: str, topics: Sequence[Topic]) -> list[Lag]:
        if any(topic.name not in self._ready for topic in topics):
            there = set(self._admin.list_topics())
        else:
            there = self._ready
        wanted = places(topics)
        asked = [Partition(p.topic, p.partition) for p in wanted if p.topic in there]
        low: dict[Any, Any] = {}
        high: dict[Any, Any] = {}
        committed: dict[Any, Any] = {}
        if asked:
            low = self._admin.list_partition_offsets(dict.fromkeys(asked, OffsetSpec.EARLIEST))
            high = self._admin.list_partition_offsets(dict.fromkeys(asked, OffsetSpec.LATEST))
            if group:
                committed = self._admin.list_group_offsets({group: asked}).get(group, {})
        lags: list[Lag] = []
        for place in wanted:
            at = Partition(place.topic, place.partition)
            done = committed[at].offset if at in committed else -1
            lags.append(
                Lag(
                    place=place,
                    low=low[at].offset if at in low else 0,
                    high=high[at].offset if at in high else 0,
                    committed=done if done >= 0 else None,
                )
            )
        return lags

    async def offset_at(self, place: TopicPartition, time: datetime) -> int:
        """First offset at or after a time; see the port. Kafka keeps milliseconds."""
        at = Partition(place.topic, place.partition)
        milliseconds = -(-round(time.timestamp() * 1_000_000) // 1000)

        def find() -> int:
            found = self._admin.list_partition_offsets({at: milliseconds})
            if at in found and found[at].offset >= 0:
                return int(found[at].offset)
            return int(self._admin.list_partition_offsets({at: OffsetSpec.LATEST})[at].offset)

        return await self._ask(find)

    def fault(self) -> str | None:
        """Readiness; see the port."""
        return "the bus is closed" if self._closed else self._fault

    def check_open(self) -> None:
        """Refuse use after the end.

        Raises:
            Unavailable: the bus is closed.
        """
        if self._closed:
            raise Unavailable("the bus is closed")

    async def _ask(self, function: Callable[[], _T]) -> _T:
        """Run in the thread of the admin client, which is not for several at once."""
        self.check_open()
        deadline = time.monotonic() + self._timeout_ms / 1000

        def work() -> _T:
            with _as_unavailable():
                while True:
                    try:
                        return function()
                    except faults.RetriableError:
                        # E.g. the first question about a group, before its coordinator is up.
                        if time.monotonic() > deadline or self._closed:
                            raise
                        time.sleep(RETRY_S)

        return await asyncio.get_running_loop().run_in_executor(self._asking, work)


class _Pending:
    """Waits for the acknowledgements of one publish; told from the client's thread."""

    def __init__(self, loop: asyncio.AbstractEventLoop, count: int) -> None:
        self.answer: asyncio.Future[list[tuple[int, int]]] = loop.create_future()
        self._loop = loop
        self._lock = threading.Lock()
        self._left = count
        self._positions: list[tuple[int, int]] = [(0, -1)] * count

    def done(self, index: int, metadata: Any) -> None:
        """One message is on the brokers' disks."""
        self._positions[index] = (metadata.partition, metadata.offset)
        with self._lock:
            self._left -= 1
            last = self._left == 0
        if last:
            self._tell(lambda: self.answer.set_result(self._positions))

    def failed(self, fault: BaseException) -> None:
        """One message is not."""
        reason = Unavailable(f"kafka: {fault or type(fault).__name__}")
        self._tell(lambda: self.answer.set_exception(reason))

    def _tell(self, settle: Callable[[], None]) -> None:
        def once() -> None:
            if not self.answer.done():
                settle()

        if not self._loop.is_closed():
            self._loop.call_soon_threadsafe(once)


class KafkaMember:
    """A :class:`~service_bus.ports.Consumer` on Kafka; its client lives in a thread of its own."""

    def __init__(
        self,
        topics: Sequence[Topic],
        group: str | None,
        start: Start,
        *,
        timeout_ms: int,
        stuck_s: float,
        left: Callable[[KafkaMember], None],
    ) -> None:
        self._topics = {topic.name: topic for topic in topics}
        self._group = group
        self._start = start
        self._timeout_ms = timeout_ms
        self._left = left
        self._thread = ThreadPoolExecutor(1, thread_name_prefix=f"kafka-{group or 'read'}")
        self._client: Any = None
        self._options: dict[str, Any] = {}
        self._settled = 0.0
        self._stuck_s = stuck_s
        self._window = Window()
        self._skipped: dict[TopicPartition, set[int]] = defaultdict(set)
        self._assigned: frozenset[TopicPartition] = frozenset()
        self._polling: asyncio.Future[list[Record]] | None = None
        self._closing = False

    async def join(self, options: Mapping[str, Any]) -> None:
        """Connect and subscribe."""
        self._options = dict(options)
        await self._do(self._join)

    def _join(self) -> None:
        self._client = KafkaConsumer(**self._options)
        self._settled = time.monotonic()
        if self._group is not None:
            self._client.subscribe(topics=list(self._topics))
            self._await_metadata()
            return
        everything = [Partition(p.topic, p.partition) for p in places(self._topics.values())]
        self._client.assign(everything)
        # Fixed now, so that "latest" means the moment of joining and not of the first poll.
        for at, offset in self._ends(everything).items():
            self._client.seek(at, offset)
        self._note_assignment()

    def _await_metadata(self) -> None:
        """Know the partitions before joining.

        A leader that learns of them afterwards joins twice, and if the second round ends between
        two polls, kafka-python 3.0.12 forgets to finish it: no partitions, no heartbeat, for ever.
        """
        deadline = time.monotonic() + self._timeout_ms / 1000
        while not all(self._client.partitions_for_topic(topic) for topic in self._topics):
            if time.monotonic() > deadline:
                raise Unavailable(f"kafka: no metadata of {', '.join(self._topics)}")
            time.sleep(RETRY_S)

    def _join_again_if_stuck(self) -> None:
        """Start afresh when the client has not found into its group for long."""
        now = time.monotonic()
        if self._group is None or self._client.group_metadata().state is MemberState.STABLE:
            self._settled = now
        elif now - self._settled > self._stuck_s:
            _log.warning("kafka member is stuck, joining again group=%s", self._group)
            self._client.close(autocommit=False, timeout_ms=self._timeout_ms)
            self._join()

    def _ends(self, partitions: Sequence[Any]) -> dict[Any, int]:
        ask = self._client.beginning_offsets if self._start == "earliest" else None
        found: dict[Any, int] = (ask or self._client.end_offsets)(partitions)
        return found

    async def poll(self, *, max_records: int = 500, timeout_s: float = 1.0) -> list[Record]:
        """Next records; see the port."""
        if self._polling is None:
            self._polling = asyncio.ensure_future(
                self._do(lambda: self._poll(max_records, timeout_s))
            )
        # A caller that gives up waiting leaves the records to its next call.
        polling = self._polling
        try:
            return await asyncio.shield(polling)
        finally:
            if polling.done():
                self._polling = None

    def _poll(self, max_records: int, timeout_s: float) -> list[Record]:
        deadline = time.monotonic() + timeout_s
        while True:
            left = max(0.0, deadline - time.monotonic())
            records = self._poll_once(max_records, int(min(left, SLICE_S) * 1000))
            self._join_again_if_stuck()
            self._note_assignment()
            if records or self._closing or time.monotonic() >= deadline:
                return records

    def _poll_once(self, max_records: int, timeout_ms: int) -> list[Record]:
        try:
            found = self._client.poll(timeout_ms=timeout_ms, max_records=max_records)
        except faults.NoOffsetForPartitionError as new:
            for at, offset in self._ends(list(new.args[0])).items():
                self._client.seek(at, offset)
            return []
        except faults.OffsetOutOfRangeError as gone:
            ((at, offset),) = list(gone.args[0].items())[:1]
            low, high = self._client.beginning_offsets([at]), self._client.end_offsets([at])
            raise OffsetOutOfRange(at.topic, at.partition, offset, low[at], high[at]) from gone
        records: list[Record] = []
        for at, messages in found.items():
            place = TopicPartition(at.topic, at.partition)
            window = self._topics[at.topic].dedupe_window
            for message in messages:
                record = _record(place, message)
                if self._window.is_duplicate(record, window):
                    self._skipped[place].add(record.offset)
                else:
                    records.append(record)
        return records

    async def commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        """Set the next offsets of the group; see the port."""
        if self._group is None:
            raise ValueError("a consumer without a group has nothing to commit to")
        await self._do(lambda: self._commit(offsets))

    def _commit(self, offsets: Mapping[TopicPartition, int]) -> None:
        assert self._group is not None
        self._note_assignment()
        if not offsets.keys() <= self._assigned:
            raise StaleGeneration(self._group, str(self._client.config["client_id"]))
        after = {}
        for place, offset in offsets.items():
            # Duplicates that were dropped behind the last record are done, too.
            skipped = self._skipped[place]
            while offset in skipped:
                offset += 1
            self._skipped[place] = {each for each in skipped if each > offset}
            after[Partition(place.topic, place.partition)] = OffsetAndMetadata(offset, "", -1)
        try:
            self._client.commit(after, timeout_ms=self._timeout_ms)
        except _STALE as stale:
            raise StaleGeneration(self._group, str(self._client.config["client_id"])) from stale

    async def seek(self, place: TopicPartition, offset: int) -> None:
        """Read on from elsewhere; see the port."""

        def move() -> None:
            at = Partition(place.topic, place.partition)
            if at not in self._client.assignment():
                raise ValueError(f"{place.topic}/{place.partition} is not assigned here")
            self._client.seek(at, offset)

        await self._do(move)

    def assignment(self) -> frozenset[TopicPartition]:
        """Partitions read now; see the port."""
        return self._assigned

    def _note_assignment(self) -> None:
        self._assigned = frozenset(
            TopicPartition(at.topic, at.partition) for at in self._client.assignment()
        )

    async def close(self) -> None:
        """Leave; see the port."""
        if self._closing:
            return
        self._closing = True
        self._left(self)
        if self._polling is not None:
            with contextlib.suppress(Unavailable, OffsetOutOfRange):
                await self._polling
        loop = asyncio.get_running_loop()
        await loop.run_in_executor(
            self._thread,
            lambda: self._client.close(autocommit=False, timeout_ms=self._timeout_ms),
        )
        self._thread.shutdown(wait=False)
        self._assigned = frozenset()

    async def _do(self, function: Callable[[], _T]) -> _T:
        """Run in the client's thread."""
        if self._closing:
            raise Unavailable("the consumer is closed")

        def work() -> _T:
            with _as_unavailable():
                return function()

        return await asyncio.get_running_loop().run_in_executor(self._thread, work)


def _record(place: TopicPartition, message: Any) -> Record:
    appended = datetime.fromtimestamp(message.timestamp / 1000, UTC)
    at = Place(
        topic=place.topic, partition=place.partition, offset=message.offset, appended=appended
    )
    return Record(
        topic=place.topic,
        partition=place.partition,
        offset=message.offset,
        appended=appended,
        envelope=decode(message.key, message.value, message.headers, at),
    )
