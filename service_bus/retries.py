"""The waiting room of a subscription: what its retry topics hold until it is due.

Entries have different waits, so the room keeps them by due time and gives them out of order; the
group commits only up to the first entry that is still waiting, and a restart reads the rest again.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from service_bus.dead_letters import read_waiting
from service_bus.domain import Record, TopicPartition

WAITING_RECORDS = 10_000
WAITING_BYTES = 64 * 1024 * 1024
"""What one subscription holds in memory of its retry topics; beyond it the rest stays on disk."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A record about to be handed over, and what happened to it before.

    Attributes:
        entry: id of the retry entry it comes from, "" when straight off its topic.
    """

    record: Record
    entry: str = ""
    attempts: int = 0
    first_failure: datetime | None = None


class WaitingRoom:
    """Entries of the retry topics that are not due yet, and how far each partition is done."""

    def __init__(self, *, longest_wait_s: float) -> None:
        self._longest_wait_s = longest_wait_s
        self._entries: dict[tuple[TopicPartition, int], tuple[datetime, Turn]] = {}
        self._due: list[tuple[datetime, TopicPartition, int]] = []
        self._read: dict[TopicPartition, int] = {}
        self._bytes = 0

    @property
    def full(self) -> bool:
        """Whether more must stay on disk for now."""
        return len(self._entries) >= WAITING_RECORDS or self._bytes >= WAITING_BYTES

    def add(self, records: Iterable[Record]) -> None:
        """Keep entries as read from the retry topics."""
        for record in records:
            entry = read_waiting(record.envelope)
            turn = Turn(
                record=entry.record,
                entry=entry.id,
                attempts=entry.attempts,
                first_failure=entry.first_failure,
            )
            # After a rebalance the consumer may give again what is already here.
            if (record.place, record.offset) not in self._entries:
                heapq.heappush(self._due, (entry.due, record.place, record.offset))
                self._entries[record.place, record.offset] = (entry.due, turn)
                self._bytes += len(record.envelope.data)
            self._read[record.place] = max(self._read.get(record.place, 0), record.offset + 1)

    def seconds_to_next(self, now: datetime) -> float:
        """How long until the next entry is due, at most ``longest_wait_s``."""
        if not self._due:
            return self._longest_wait_s
        return min(self._longest_wait_s, max(0.0, (self._due[0][0] - now).total_seconds()))

    def keep_only(self, assigned: frozenset[TopicPartition]) -> None:
        """Drop entries of partitions that another member reads now."""
        if set(self._read) <= assigned:
            return
        self._read = {place: end for place, end in self._read.items() if place in assigned}
        self._entries = {at: held for at, held in self._entries.items() if at[0] in assigned}
        self._due = [item for item in self._due if item[1] in assigned]
        heapq.heapify(self._due)
        self._bytes = sum(len(turn.record.envelope.data) for _due, turn in self._entries.values())

    def take_due(self, now: datetime, limit: int) -> list[tuple[TopicPartition, int, Turn]]:
        """Entries due by now; they stay undone until :meth:`done`."""
        taken: list[tuple[TopicPartition, int, Turn]] = []
        while self._due and self._due[0][0] <= now and len(taken) < limit:
            _due, place, offset = heapq.heappop(self._due)
            taken.append((place, offset, self._entries[place, offset][1]))
        return taken

    def done(self, taken: Iterable[tuple[TopicPartition, int, Turn]]) -> dict[TopicPartition, int]:
        """Forget entries; give the offsets below which everything is done."""
        for place, offset, turn in taken:
            del self._entries[place, offset]
            self._bytes -= len(turn.record.envelope.data)
        ends = dict(self._read)
        for place, offset in self._entries:
            ends[place] = min(ends[place], offset)
        return ends
