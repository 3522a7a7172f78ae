"""The flight store in memory: the twin of ``sql_store`` for tests. Nothing survives it."""

from __future__ import annotations

import copy
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from airport_brain.operations import board
from airport_brain.operations.domain import (
    AppliedMessage,
    ClockEntry,
    Feed,
    Flight,
    FlightId,
    LegId,
    LegState,
)
from airport_brain.operations.ports import BoardQuery
from service_bus import Envelope, Record, Topic


@dataclass(slots=True)
class MemoryBooks:
    """Everything the twin keeps; copied before a write so that it can be taken back."""

    applied: set[tuple[str, str, str]] = field(default_factory=set)
    legs: dict[str, LegState] = field(default_factory=dict)
    rows: dict[str, Flight] = field(default_factory=dict)
    trace: dict[str, list[ClockEntry]] = field(default_factory=lambda: defaultdict(list))
    messages: list[AppliedMessage] = field(default_factory=list)
    alive: dict[str, Feed] = field(default_factory=dict)
    announced: list[tuple[Topic, Envelope]] = field(default_factory=list)

    def copied(self) -> MemoryBooks:
        """A copy that can be changed without touching this one."""
        twin = MemoryBooks(**{name: copy.copy(getattr(self, name)) for name in self.__slots__})
        twin.trace = defaultdict(list, {leg: list(kept) for leg, kept in self.trace.items()})
        return twin

    def fresh(self, group: str, records: Sequence[Record]) -> list[Record]:
        """See the port."""
        found = []
        for record in records:
            identity = (group, record.envelope.source, record.envelope.id)
            if identity not in self.applied:
                self.applied.add(identity)
                found.append(record)
        return found

    def leg(self, leg_id: LegId) -> LegState | None:
        """See the port."""
        return self.legs.get(leg_id)

    def save(
        self, state: LegState, flights: Sequence[Flight], clocks: Sequence[ClockEntry]
    ) -> None:
        """See the port."""
        self.legs[state.key.id] = state
        self.rows.update({flight.id: flight for flight in flights})
        self.trace[state.key.id] += clocks

    def add_message(self, message: AppliedMessage) -> None:
        """See the port."""
        self.messages.append(message)
        source = message.ref.source
        known = self.alive.get(source)
        self.alive[source] = Feed(
            source=source,
            last_message_at=max(known.last_message_at, message.received_at)
            if known
            else message.received_at,
            messages=known.messages + 1 if known else 1,
        )

    def announce(self, topic: Topic, envelope: Envelope) -> None:
        """See the port."""
        self.announced.append((topic, envelope))


class MemoryStore:
    """A :class:`~airport_brain.operations.ports.FlightStore` that forgets."""

    def __init__(self) -> None:
        self.books = MemoryBooks()

    @contextmanager
    def writing(self) -> Iterator[MemoryBooks]:
        """See the port."""
        changed = self.books.copied()
        yield changed
        self.books = changed

    def board(self, query: BoardQuery) -> tuple[list[Flight], int]:
        """See the port."""
        found = [row for row in self.books.rows.values() if _fits(row, query)]
        found.sort(key=lambda row: (_moment(row), row.id), reverse=query.newest_first)
        return found[query.offset : query.offset + query.limit], len(found)

    def flight(self, flight_id: FlightId) -> Flight | None:
        """See the port."""
        return self.books.rows.get(flight_id)

    def leg(self, leg_id: LegId) -> LegState | None:
        """See the port."""
        return self.books.legs.get(leg_id)

    def clocks(self, leg_id: LegId, *, limit: int) -> list[ClockEntry]:
        """See the port."""
        return list(self.books.trace.get(leg_id, ()))[-limit:]

    def messages_of(self, leg_id: LegId, *, limit: int) -> list[AppliedMessage]:
        """See the port."""
        found = [message for message in self.books.messages if leg_id in message.legs]
        return found[::-1][:limit]

    def message(self, message_id: str) -> AppliedMessage | None:
        """See the port."""
        return next((m for m in self.books.messages if m.ref.message_id == message_id), None)

    def feeds(self) -> list[Feed]:
        """See the port."""
        return sorted(self.books.alive.values(), key=lambda feed: feed.source)


def _moment(row: Flight) -> datetime:
    return board.sort_moment(row)


def _fits(row: Flight, query: BoardQuery) -> bool:
    text, moment = board.search_text(row), _moment(row)
    return (
        not row.hidden
        and (query.direction is None or row.direction is query.direction)
        and query.airport in ("", row.airport)
        and all(word.lower() in text for word in query.words)
        and (query.since is None or moment >= query.since)
        and (query.until is None or moment < query.until)
    )
