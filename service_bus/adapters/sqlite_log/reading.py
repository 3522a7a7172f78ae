"""Reading the file: short statements in threads of their own, never in the event loop."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from service_bus.adapters.sqlite_log import schema
from service_bus.adapters.sqlite_log.batches import unpack
from service_bus.adapters.sqlite_log.writer import Head
from service_bus.domain import Record, TopicPartition
from service_bus.errors import Unavailable

_T = TypeVar("_T")

THREADS = 2
"""Threads that read: more would only queue for Python's global lock."""

READ_BYTES = 8 * 1024 * 1024
"""A read stops at about this much data, however many records were asked for."""


class Reader:
    """Queries, each in a read transaction of its own."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="bus-log-reader")
        self._local = threading.local()
        self._connections: list[sqlite3.Connection] = []

    async def read(
        self, wanted: Sequence[tuple[TopicPartition, int, int]], limit: int
    ) -> dict[int, list[Record]]:
        """Records of some partitions, each given as place, number and first offset."""
        return await self._query(lambda connection: _read(connection, wanted, limit))

    async def committed(self, group: str) -> dict[int, int]:
        """Next offset per partition number of a group."""
        return await self._query(
            lambda connection: dict(
                connection.execute("SELECT head, off FROM offs WHERE grp=?", (group,)).fetchall()
            )
        )

    async def offset_at(self, number: int, head: Head, time: datetime) -> int:
        """First offset of a partition not before a time."""
        return await self._query(
            lambda connection: _offset_at(connection, number, head, schema.to_us(time))
        )

    def close(self) -> None:
        """Finish running queries and close (blocks)."""
        self._threads.shutdown()
        for connection in self._connections:
            connection.close()

    async def _query(self, function: Callable[[sqlite3.Connection], _T]) -> _T:
        def work() -> _T:
            try:
                connection: sqlite3.Connection | None = getattr(self._local, "connection", None)
                if connection is None:
                    connection = self._local.connection = schema.open_for_reading(self._path)
                    self._connections.append(connection)
                return function(connection)
            except sqlite3.Error as fault:
                raise Unavailable(f"bus log: {fault}") from fault

        return await asyncio.get_running_loop().run_in_executor(self._threads, work)


def _read(
    connection: sqlite3.Connection, wanted: Sequence[tuple[TopicPartition, int, int]], limit: int
) -> dict[int, list[Record]]:
    """Whole batches of some partitions; a share of the limit each, more where a batch is longer."""
    found: dict[int, list[Record]] = {}
    share = -(-limit // len(wanted))
    size = 0
    for place, number, offset in wanted:
        if size >= READ_BYTES:
            break
        records: list[Record] = []
        rows = connection.execute(
            "SELECT id, at_us, attrs, data FROM log"
            " WHERE id >= ifnull((SELECT max(id) FROM log WHERE id BETWEEN ?1 AND ?2), ?2)"
            " AND id < ?3 ORDER BY id",
            (
                schema.row_id(number, 0),
                schema.row_id(number, offset),
                schema.row_id(number + 1, 0),
            ),
        )
        # A statement left open would hold back the checkpoint and let the WAL grow.
        with closing(rows):
            for row, at_us, attributes, data in rows:
                base = schema.offset_of(row)
                batch = unpack(place, base, schema.from_us(at_us), attributes, data)
                records += batch[offset - base :] if base < offset else batch
                size += len(data)
                if len(records) >= share or size >= READ_BYTES:
                    break
        if records:
            found[number] = records
    return found


def _offset_at(connection: sqlite3.Connection, number: int, head: Head, time_us: int) -> int:
    """Find by halving: times only grow along a partition."""
    low, high = head.low, head.next
    while low < high:
        middle = (low + high) // 2
        row = connection.execute(
            "SELECT id, n, at_us FROM log WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1",
            (schema.row_id(number, low), schema.row_id(number, middle)),
        ).fetchone()
        if row is None:
            # The batch at ``low`` begins before it, or retention has just passed: look further up.
            low = middle + 1
        elif row[2] < time_us:
            low = schema.offset_of(row[0]) + row[1]
        else:
            high = schema.offset_of(row[0])
    return low
