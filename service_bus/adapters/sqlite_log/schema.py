"""The file of the log: its tables, its pragmas, and how a message's place becomes a row's key.

========  =======================================================================================
head      one row per partition: first kept offset, next offset, time of the last append
log       one row per *batch*: consecutive messages of one partition from one commit, as Kafka
          stores them. ``id`` = partition number << 40 | first offset, so the rows of a partition
          lie together in one B-tree, are read as a range and deleted as a range, and need no index
seen      (source, id) of messages inside their topic's dedupe window, as a 128-bit digest
grp       generation of each consumer group
member    members, what they want to read, until when their lease runs
owner     which member reads a partition, and the epoch since it does
offs      next offset to read, per group and partition
========  =======================================================================================

``synchronous=FULL``: every commit is flushed before anybody is told. Times are µs since 1970.
"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

from service_bus.errors import Unavailable

VERSION = 1
"""``user_version`` of files this code writes; another number is refused."""

OFFSET_BITS = 40
"""2^40 messages per partition: 11 years at 3,000 a second; leaves 2^23 partitions."""

PAGE_BYTES = 8192
"""A batch of a few small messages fits one page; larger ones take a chain of overflow pages."""

CHECKPOINT_PAGES = 1000
"""WAL pages before they are copied into the file: 8 MB, about 10 ms, every few seconds at most."""

WAL_BYTES = 64 * 1024 * 1024
"""The WAL file is cut back to this after a burst."""

BUSY_MS = 10_000
"""How long a transaction waits for another process that writes the same file."""

_TABLES = """
CREATE TABLE head(
  id INTEGER PRIMARY KEY, topic TEXT NOT NULL, part INTEGER NOT NULL, low INTEGER NOT NULL,
  next INTEGER NOT NULL, last_us INTEGER NOT NULL, retention_us INTEGER NOT NULL,
  UNIQUE(topic, part));
CREATE TABLE log(
  id INTEGER PRIMARY KEY, n INTEGER NOT NULL, at_us INTEGER NOT NULL, attrs BLOB NOT NULL,
  data BLOB NOT NULL);
CREATE TABLE seen(
  a INTEGER PRIMARY KEY, b INTEGER NOT NULL, id INTEGER NOT NULL, until_us INTEGER NOT NULL);
CREATE TABLE grp(name TEXT PRIMARY KEY, generation INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE member(
  grp TEXT, name TEXT, wants TEXT NOT NULL, until_us INTEGER NOT NULL, PRIMARY KEY(grp, name)
) WITHOUT ROWID;
CREATE TABLE owner(
  grp TEXT, head INTEGER, member TEXT NOT NULL, epoch INTEGER NOT NULL, PRIMARY KEY(grp, head)
) WITHOUT ROWID;
CREATE TABLE offs(
  grp TEXT, head INTEGER, off INTEGER NOT NULL, at_us INTEGER NOT NULL, PRIMARY KEY(grp, head)
) WITHOUT ROWID;
"""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


def to_us(time: datetime) -> int:
    """Microseconds since 1970.

    >>> to_us(datetime(1970, 1, 1, 0, 0, 1, tzinfo=UTC))
    1000000
    """
    return (time - _EPOCH) // _MICROSECOND


def from_us(us: int) -> datetime:
    """The time of :func:`to_us`."""
    return _EPOCH + us * _MICROSECOND


def row_id(head: int, offset: int) -> int:
    """Key of the log row that begins at this offset of this partition."""
    return head << OFFSET_BITS | offset


def offset_of(row: int) -> int:
    """First offset of a log row."""
    return row & ((1 << OFFSET_BITS) - 1)


def create(path: Path, *, max_bytes: int | None) -> sqlite3.Connection:
    """Open the file for writing, making its tables where they are missing.

    Args:
        path: the file.
        max_bytes: quota of the file; beyond it messages are refused with ``Unavailable``.

    Raises:
        Unavailable: not our file, or of another version, or not to be opened.
    """
    try:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
        connection.execute(f"PRAGMA page_size={PAGE_BYTES}")
        connection.execute("PRAGMA auto_vacuum=INCREMENTAL")
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"PRAGMA wal_autocheckpoint={CHECKPOINT_PAGES}")
        connection.execute(f"PRAGMA journal_size_limit={WAL_BYTES}")
        if max_bytes is not None:
            connection.execute(f"PRAGMA max_page_count={max(1, max_bytes // PAGE_BYTES)}")
        connection.execute("BEGIN IMMEDIATE")
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version == 0:
            for statement in _TABLES.split(";"):
                connection.execute(statement)
            connection.execute(f"PRAGMA user_version={VERSION}")
        connection.execute("COMMIT")
    except sqlite3.Error as fault:
        raise Unavailable(f"bus log {path}: {fault}") from fault
    if version not in (0, VERSION):
        connection.close()
        raise Unavailable(f"bus log {path} has version {version}, this program writes {VERSION}")
    return connection


def open_for_reading(path: Path) -> sqlite3.Connection:
    """Open the file for short reads from any one thread at a time."""
    connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    connection.execute(f"PRAGMA busy_timeout={BUSY_MS}")
    connection.execute("PRAGMA query_only=ON")
    return connection
