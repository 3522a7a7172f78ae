"""Remembering which messages were seen, where the log itself does not.

Kafka's idempotent producer keeps a *retry* from being appended twice, but nothing keeps a sender's
second copy of a message out. So on Kafka the reader drops it: within a window of time, bounded in
number, and only for as long as the reader lives. The inbox of a consumer's own store is what makes
effects happen once; this only saves it work.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import NamedTuple

from service_bus.domain import Record

REMEMBERED = 200_000
"""Messages a reader remembers: about 40 MB, and a day at 2 a second or a minute at 3,000."""


class _Seen(NamedTuple):
    partition: int
    offset: int
    appended: datetime


class Window:
    """The first place of each (topic, source, id) seen lately."""

    def __init__(self, *, limit: int = REMEMBERED) -> None:
        self._limit = limit
        self._seen: OrderedDict[bytes, _Seen] = OrderedDict()

    def is_duplicate(self, record: Record, window: timedelta) -> bool:
        """Whether another copy of this message came before, inside the window.

        The same place read again (after a rebalance or a seek) is not a duplicate.
        """
        if not window:
            return False
        envelope = record.envelope
        identity = blake2b(
            f"{record.topic}\0{envelope.source}\0{envelope.id}".encode(), digest_size=16
        ).digest()
        first = self._seen.get(identity)
        if first is not None:
            here = (record.partition, record.offset)
            if here == (first.partition, first.offset):
                return False
            if abs(record.appended - first.appended) < window:
                # Read backwards, the earlier copy is the one to keep.
                return first.partition != record.partition or first.offset < record.offset
        self._seen[identity] = _Seen(record.partition, record.offset, record.appended)
        self._seen.move_to_end(identity)
        if len(self._seen) > self._limit:
            self._seen.popitem(last=False)
        return False
