"""Deleting what is older than its topic keeps, in transactions small enough to disturb nobody."""

from __future__ import annotations

from collections.abc import Callable

from service_bus.adapters.sqlite_log import schema
from service_bus.adapters.sqlite_log.writer import Transaction, Writer

ROWS = 64
"""Batches deleted per transaction: at most about 64 MB, usually far less."""

SLICES = 256
SLICES_PER_SWEEP = 16
"""Digests have no index by time, which would cost every publish; they are uniform, so a sweep walks
1/16 of their range and 16 sweeps meet all of them."""

FREED_PAGES = 2_000
"""Pages given back to the file system per sweep (16 MB)."""

_SLICE = 2**64 // SLICES


class Sweeper:
    """Walks the partitions and the digests."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer
        self._slice = 0

    async def sweep(self) -> int:
        """Delete what is due; give how many messages went."""
        gone = 0
        for number in list(self._writer.heads):
            while count := await self._writer.call(_expire(number)):
                gone += count
        for _ in range(SLICES_PER_SWEEP):
            await self._writer.call(_forget(self._slice))
            self._slice = (self._slice + 1) % SLICES
        if gone:
            await self._writer.call(_give_back)
        return gone


def _expire(number: int) -> Callable[[Transaction], int]:
    """A job that deletes the oldest batches of a partition; answers with how many messages."""

    def job(transaction: Transaction) -> int:
        connection, head = transaction.connection, transaction.head(number)
        (retention_us,) = connection.execute(
            "SELECT retention_us FROM head WHERE id=?", (number,)
        ).fetchone()
        low = head.low
        for row, count, at_us in connection.execute(
            "SELECT id, n, at_us FROM log WHERE id >= ? AND id < ? ORDER BY id LIMIT ?",
            (schema.row_id(number, low), schema.row_id(number + 1, 0), ROWS),
        ).fetchall():
            if at_us >= transaction.now_us - retention_us:
                break
            low = schema.offset_of(row) + count
        if low == head.low:
            return 0
        connection.execute(
            "DELETE FROM log WHERE id >= ? AND id < ?",
            (schema.row_id(number, 0), schema.row_id(number, low)),
        )
        connection.execute("UPDATE head SET low=? WHERE id=?", (low, number))
        transaction.changed[number] = head._replace(low=low)
        return low - head.low

    return job


def _forget(part: int) -> Callable[[Transaction], None]:
    """A job that deletes outlived digests in one slice of their range."""
    start = -(2**63) + part * _SLICE

    def job(transaction: Transaction) -> None:
        transaction.connection.execute(
            "DELETE FROM seen WHERE a BETWEEN ? AND ? AND until_us <= ?",
            (start, start + _SLICE - 1, transaction.now_us),
        )

    return job


def _give_back(transaction: Transaction) -> None:
    transaction.connection.execute(f"PRAGMA incremental_vacuum({FREED_PAGES})").fetchall()
