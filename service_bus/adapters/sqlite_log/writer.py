"""The one thread that writes the log, and what it knows of the log's ends.

Whoever publishes, commits or joins a group hands a job to this thread and waits. The thread takes
all jobs there are (group commit), writes them in one transaction, flushes, and only then tells
everybody. While the disk flushes, the next jobs gather; so a lone caller never waits for company,
and many callers share a flush. Jobs that carry only telemetry wait a few milliseconds for more.

Another process may write the same file: SQLite's ``data_version`` says so, and the ends are read
again.
"""

from __future__ import annotations

import asyncio
import logging
import queue
import sqlite3
import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

import orjson

from service_bus.adapters.sqlite_log import schema
from service_bus.adapters.sqlite_log.batches import Prepared, pack, split
from service_bus.domain import Position, Topic, TopicPartition
from service_bus.errors import BusError, Unavailable
from service_bus.partitions import places
from service_bus.ports import Clock

_T = TypeVar("_T")
_log = logging.getLogger(__name__)

FOREIGN_POLL_S = 0.02
"""How often an idle writer looks whether another process has written."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of the writer.

    Attributes:
        group_messages: a commit takes no further jobs beyond this many messages.
        telemetry_wait_s: how long jobs of telemetry only may wait for more.
        queue_messages: messages that may wait; beyond it publishing is refused.
        queue_bytes: bytes that may wait.
        max_bytes: quota of the file, ``None`` for the whole disk.
    """

    group_messages: int = 512
    telemetry_wait_s: float = 0.005
    queue_messages: int = 50_000
    queue_bytes: int = 128 * 1024 * 1024
    max_bytes: int | None = None


class Head(NamedTuple):
    """Ends of one partition: kept offsets are ``low`` .. ``next`` - 1."""

    place: TopicPartition
    low: int
    next: int
    last_us: int


@dataclass(slots=True)
class Transaction:
    """What a job may use and change; changes are known to others after the commit."""

    connection: sqlite3.Connection
    now_us: int
    heads: dict[int, Head]
    changed: dict[int, Head] = field(default_factory=dict)
    generations: dict[str, int] = field(default_factory=dict)

    def head(self, number: int) -> Head:
        """A partition's ends as of this transaction."""
        return self.changed.get(number) or self.heads[number]


@dataclass(frozen=True, slots=True)
class _Job:
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]


@dataclass(frozen=True, slots=True)
class _Append(_Job):
    topic: Topic
    numbers: Sequence[int]
    messages: Sequence[Prepared]
    bytes: int


@dataclass(frozen=True, slots=True)
class _Call(_Job):
    function: Callable[[Transaction], Any]


Watch = Callable[[frozenset[int]], None]
"""Told in the writer's thread which partitions have news (empty: group memberships)."""


class Writer:
    """Owns the file for writing."""

    def __init__(self, path: Path, *, clock: Clock, limits: Limits, watch: Watch) -> None:
        self._path = path
        self._clock = clock
        self._limits = limits
        self._watch = watch
        self._jobs: queue.SimpleQueue[_Append | _Call | None] = queue.SimpleQueue()
        self._bound = threading.Lock()
        self._waiting_messages = self._waiting_bytes = 0
        self._closed = False
        self._foreign = -1
        self._in_hand: list[_Append | _Call] = []
        self.fault: str | None = None
        self.heads: dict[int, Head] = {}
        self.numbers: dict[TopicPartition, int] = {}
        self.generations: dict[str, int] = {}
        self._opened: queue.SimpleQueue[BaseException | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="bus-log-writer", daemon=True)

    # From any event loop.

    def open(self) -> None:
        """Start; returns when the file is ready.

        Raises:
            Unavailable: it cannot be opened.
        """
        self._thread.start()
        if (fault := self._opened.get()) is not None:
            raise fault

    async def append(
        self, topic: Topic, numbers: Sequence[int], messages: Sequence[Prepared]
    ) -> list[Position]:
        """Write messages; returns when they are on disk.

        Args:
            numbers: number of each partition of the topic.
        """
        size = sum(len(message.data) for message in messages)
        limits = self._limits
        with self._bound:
            full = self._waiting_messages and (
                self._waiting_messages + len(messages) > limits.queue_messages
                or self._waiting_bytes + size > limits.queue_bytes
            )
            if full:
                raise Unavailable(f"{self._waiting_messages} messages wait for the disk already")
            self._waiting_messages += len(messages)
            self._waiting_bytes += size
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[list[Position]] = loop.create_future()
        self._put(_Append(loop, answer, topic, numbers, messages, size))
        return await answer

    async def call(self, function: Callable[[Transaction], _T]) -> _T:
        """Run a function inside the next transaction; it must raise before it writes."""
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[_T] = loop.create_future()
        self._put(_Call(loop, answer, function))
        return await answer

    def _put(self, job: _Append | _Call) -> None:
        with self._bound:
            if self._closed:
                raise Unavailable("the bus is closed")
            self._jobs.put(job)

    def close(self) -> None:
        """Write what is queued and let go of the file (blocks)."""
        with self._bound:
            self._closed = True
            self._jobs.put(None)
        self._thread.join()

    # In the writer's thread.

    def _run(self) -> None:
        try:
            connection = schema.create(self._path, max_bytes=self._limits.max_bytes)
        except Unavailable as fault:
            self._opened.put(fault)
            return
        try:
            self._look_at_others(connection)
            self._opened.put(None)
            while (jobs := self._take(connection)) is not None:
                self._in_hand = jobs
                if jobs:
                    self._write(connection, jobs)
            self._in_hand = []
        finally:
            # Also when this thread dies of a fault of its own: nobody may wait for ever.
            with self._bound:
                self._closed = True
            self.fault = "the writer has stopped"
            connection.close()
            self._refuse_rest()

    def _refuse_rest(self) -> None:
        rest = list(self._in_hand)
        while not self._jobs.empty():
            if (job := self._jobs.get()) is not None:
                rest.append(job)
        self._settle([(job, Unavailable("the bus is closed")) for job in rest])

    def _take(self, connection: sqlite3.Connection) -> list[_Append | _Call] | None:
        """Jobs of the next transaction; none yet: empty; closed: ``None``."""
        try:
            job = self._jobs.get(timeout=FOREIGN_POLL_S)
        except queue.Empty:
            self._look_at_others(connection)
            return []
        jobs: list[_Append | _Call] = []
        messages = 0
        deadline = time.monotonic() + self._limits.telemetry_wait_s
        patient = True
        while job is not None:
            jobs.append(job)
            if isinstance(job, _Append):
                messages += len(job.messages)
                patient = patient and job.topic.telemetry
            else:
                patient = False
            if messages >= self._limits.group_messages:
                return jobs
            try:
                left = deadline - time.monotonic() if patient else 0.0
                job = self._jobs.get(timeout=left) if left > 0 else self._jobs.get_nowait()
            except queue.Empty:
                return jobs
        self._jobs.put(None)
        return jobs or None

    def _look_at_others(self, connection: sqlite3.Connection) -> None:
        """Read ends and generations again if another process has written."""
        try:
            (version,) = connection.execute("PRAGMA data_version").fetchone()
            if version == self._foreign:
                return
            self._foreign = version
            before = self.heads
            heads = {
                number: Head(TopicPartition(topic, part), low, following, last)
                for number, topic, part, low, following, last in connection.execute(
                    "SELECT id, topic, part, low, next, last_us FROM head"
                ).fetchall()
            }
            generations = dict(connection.execute("SELECT name, generation FROM grp").fetchall())
        except sqlite3.Error as fault:
            _log.warning("bus log not readable reason=%s", fault)
            return
        self.heads = heads
        self.numbers = {head.place: number for number, head in heads.items()}
        self.generations = generations
        self._watch(
            frozenset(number for number, head in heads.items() if before.get(number) != head)
        )

    def _write(self, connection: sqlite3.Connection, jobs: Sequence[_Append | _Call]) -> None:
        """One transaction for all jobs."""
        try:
            connection.execute("BEGIN IMMEDIATE")
            self._look_at_others(connection)
            transaction = Transaction(connection, schema.to_us(self._clock()), self.heads)
            answers = _Appending(transaction).all(jobs)
            connection.execute("COMMIT")
        except sqlite3.Error as fault:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            _log.error("bus log refused a commit jobs=%d reason=%s", len(jobs), fault)
            self.fault = f"bus log: {fault}"
            self._settle([(job, Unavailable(f"bus log: {fault}")) for job in jobs])
            return
        self.fault = None
        self.heads.update(transaction.changed)
        for number, head in transaction.changed.items():
            self.numbers[head.place] = number
        self.generations.update(transaction.generations)
        self._settle(answers)
        if transaction.changed or transaction.generations:
            self._watch(frozenset(transaction.changed))

    def _settle(self, answers: Sequence[tuple[_Append | _Call, Any]]) -> None:
        """Tell the callers, with one wake-up per event loop."""
        messages = size = 0
        loops: dict[asyncio.AbstractEventLoop, list[tuple[asyncio.Future[Any], Any]]] = {}
        for job, answer in answers:
            loops.setdefault(job.loop, []).append((job.answer, answer))
            if isinstance(job, _Append):
                messages += len(job.messages)
                size += job.bytes
        with self._bound:
            self._waiting_messages -= messages
            self._waiting_bytes -= size
        for loop, results in loops.items():
            if not loop.is_closed():
                loop.call_soon_threadsafe(_tell, results)


def _tell(results: Sequence[tuple[asyncio.Future[Any], Any]]) -> None:
    for future, result in results:
        if future.done():
            continue
        if isinstance(result, BusError):
            future.set_exception(result)
        else:
            future.set_result(result)


class _Appending:
    """The work of one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        self._transaction = transaction
        self._rows: dict[int, list[Prepared]] = defaultdict(list)
        self._first: dict[tuple[int, int], int] = {}
        self._fresh: list[tuple[int, int, int, int]] = []

    def all(self, jobs: Sequence[_Append | _Call]) -> list[tuple[_Append | _Call, Any]]:
        """Do the jobs; give each its answer, a ``BusError`` for one that failed alone."""
        self._recall(jobs)
        answers: list[tuple[_Append | _Call, Any]] = []
        for job in jobs:
            if isinstance(job, _Append):
                answers.append((job, self._append(job)))
                continue
            try:
                answers.append((job, job.function(self._transaction)))
            except BusError as fault:
                answers.append((job, fault))
        self._store()
        return answers

    def _recall(self, jobs: Sequence[_Append | _Call]) -> None:
        """Look up which messages are inside their dedupe window."""
        wanted = [
            message.a
            for job in jobs
            if isinstance(job, _Append) and job.topic.dedupe_window
            for message in job.messages
        ]
        if wanted:
            found = self._transaction.connection.execute(
                "SELECT a, b, id FROM seen"
                " WHERE a IN (SELECT value FROM json_each(?)) AND until_us > ?",
                (orjson.dumps(wanted).decode(), self._transaction.now_us),
            )
            self._first = {(a, b): row for a, b, row in found}

    def _append(self, job: _Append) -> list[Position]:
        transaction, topic, first = self._transaction, job.topic, self._first
        window_us = topic.dedupe_window.total_seconds() * 1_000_000
        until_us = transaction.now_us + int(window_us)
        positions: list[Position] = []
        for message in job.messages:
            number = job.numbers[message.partition]
            identity = (message.a, message.b)
            if window_us and (row := first.get(identity)) is not None:
                place = transaction.head(row >> schema.OFFSET_BITS).place
                positions.append(
                    Position(
                        topic=place.topic,
                        partition=place.partition,
                        offset=schema.offset_of(row),
                        duplicate=True,
                    )
                )
                continue
            rows = self._rows[number]
            offset = transaction.head(number).next + len(rows)
            rows.append(message)
            positions.append(Position(topic=topic.name, partition=message.partition, offset=offset))
            if window_us:
                first[identity] = row = schema.row_id(number, offset)
                self._fresh.append((*identity, row, until_us))
        return positions

    def _store(self) -> None:
        """Write the batches, the ends and the digests."""
        transaction = self._transaction
        log: list[tuple[int, int, int, bytes, bytes]] = []
        for number, messages in self._rows.items():
            head = transaction.head(number)
            at_us = max(transaction.now_us, head.last_us)
            offset = head.next
            for row in split(messages):
                log.append((schema.row_id(number, offset), len(row), at_us, *pack(row)))
                offset += len(row)
            transaction.changed[number] = head._replace(next=offset, last_us=at_us)
        if not log:
            return
        connection = transaction.connection
        connection.executemany("INSERT INTO log VALUES (?,?,?,?,?)", log)
        connection.executemany(
            "UPDATE head SET next=?, last_us=? WHERE id=?",
            [
                (transaction.changed[number].next, transaction.changed[number].last_us, number)
                for number in self._rows
            ],
        )
        if self._fresh:
            # One statement however many messages: each step of a statement lets go of Python's
            # global lock, and a busy event loop gives it back late.
            connection.execute(
                "INSERT OR REPLACE INTO seen SELECT value->>0, value->>1, value->>2, value->>3"
                " FROM json_each(?)",
                (orjson.dumps(self._fresh).decode(),),
            )


def create_heads(topic: Topic) -> Callable[[Transaction], None]:
    """A job that makes the partitions of a topic known, and keeps its retention up to date."""
    retention_us = int(topic.retention.total_seconds() * 1_000_000)

    def create(transaction: Transaction) -> None:
        connection = transaction.connection
        for partition in range(topic.partitions):
            connection.execute(
                "INSERT INTO head(topic, part, low, next, last_us, retention_us)"
                " VALUES (?,?,0,0,0,?)"
                " ON CONFLICT(topic, part) DO UPDATE SET retention_us=excluded.retention_us",
                (topic.name, partition, retention_us),
            )
        for number, part, low, following, last in connection.execute(
            "SELECT id, part, low, next, last_us FROM head WHERE topic=?", (topic.name,)
        ).fetchall():
            place = TopicPartition(topic.name, part)
            known = transaction.changed.get(number) or transaction.heads.get(number)
            transaction.changed[number] = known or Head(place, low, following, last)

    return create


def numbers_of(topic: Topic, numbers: Mapping[TopicPartition, int]) -> list[int]:
    """Number of each partition of a topic; empty when not all are known yet."""
    found = [numbers[place] for place in places([topic]) if place in numbers]
    return found if len(found) == topic.partitions else []
