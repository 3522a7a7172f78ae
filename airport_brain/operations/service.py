"""Use cases: apply flight messages, show the board, explain a flight."""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from airport_brain.operations import aodb, board
from airport_brain.operations.domain import (
    AppliedMessage,
    ClockEntry,
    Feed,
    Flight,
    FlightId,
    LegId,
    LegState,
    LegUpdate,
    RawRef,
)
from airport_brain.operations.errors import UnknownFlight, UnknownMessage
from airport_brain.operations.events import FLIGHT_CHANGED, FlightChanged
from airport_brain.operations.formats import aidx, aidx_updates
from airport_brain.operations.formats.aidx_message import Message
from airport_brain.operations.ports import BoardQuery, Books, FlightStore
from service_bus import Malformed, Record, Reject, TooLarge

log = logging.getLogger(__name__)

AIDX_GROUP = "operations-aidx"

AIRPORT_HEADER = "airport"
"""Envelope header with the reporting airport, where the sender's route named it."""

CHANGED_SOURCE = "/operations/flights"
"""Source of the events this package makes."""

CLOCKS_SHOWN = 1000
MESSAGES_SHOWN = 200
"""Most entries of a flight's history in one answer; a leg has some dozens of each."""


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardPage:
    """A page of the board, and how alive its feeds are."""

    flights: tuple[Flight, ...]
    total: int
    feeds: tuple[Feed, ...]

    @property
    def last_message_at(self) -> datetime | None:
        """When any feed was heard last."""
        return max((feed.last_message_at for feed in self.feeds), default=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightDetail:
    """A flight with everything that led to what is shown.

    Attributes:
        current: of ``clocks``, those whose value is shown now.
    """

    flight: Flight
    state: LegState
    clocks: tuple[ClockEntry, ...]
    current: frozenset[int]
    messages: tuple[AppliedMessage, ...]


class Flights:
    """The flight database."""

    def __init__(self, store: FlightStore, *, home: Sequence[str], max_message_bytes: int) -> None:
        self._store = store
        self._home = tuple(home)
        self._max_message_bytes = max_message_bytes

    def apply_aidx(self, records: Sequence[Record]) -> None:
        """Apply a batch of AIDX messages in one transaction (group ``operations-aidx``)."""
        read = {id(record): self._read(record) for record in records}
        with self._store.writing() as books:
            for record in books.fresh(AIDX_GROUP, records):
                self._apply(books, record, read[id(record)])

    def _read(self, record: Record) -> list[Message]:
        try:
            return aidx.parse(record.envelope.data, max_bytes=self._max_message_bytes)
        except Malformed as fault:
            facts = {name: text for name, text in fault.facts().items() if name != "reason"}
            raise Reject(fault.reason, **facts) from None
        except TooLarge as fault:
            raise Reject(str(fault), format=aidx.FORMAT, code="too-large") from None

    def _apply(self, books: Books, record: Record, messages: Sequence[Message]) -> None:
        envelope = record.envelope
        ref = RawRef(
            message_id=envelope.id,
            source=envelope.source,
            topic=record.topic,
            partition=record.partition,
            offset=record.offset,
        )
        legs: list[LegId] = []
        for message in messages:
            for update in aidx_updates.updates(
                message,
                source=envelope.source,
                message_id=envelope.id,
                received_at=envelope.time,
                airport=envelope.headers.get(AIRPORT_HEADER, ""),
                home=self._home,
            ):
                self._apply_leg(books, record, ref, update, number=len(legs))
                legs.append(update.key.id)
        stamps = [aodb.as_of(message.time_stamp, envelope.time) for message in messages]
        books.add_message(
            AppliedMessage(
                ref=ref,
                received_at=envelope.time,
                as_of=max(stamps, default=envelope.time),
                content_type=envelope.content_type,
                legs=tuple(legs),
                notices=tuple(asdict(n) for message in messages for n in message.notices),
            )
        )
        log.info("applied message=%s source=%s legs=%d", envelope.id, envelope.source, len(legs))

    def _apply_leg(
        self, books: Books, record: Record, ref: RawRef, update: LegUpdate, *, number: int
    ) -> None:
        known = books.leg(update.key.id)
        applied = aodb.apply(known, update)
        flights = board.views(applied.state)
        books.save(applied.state, flights, applied.clocks)
        if not (applied.changes or applied.new):
            return
        values = {name: aodb.value_of(applied.state, name) for name in applied.state.values}
        for flight in flights:
            event = FlightChanged(
                flight=flight,
                changes=applied.changes,
                values=values,
                raw_ref=ref,
                new=known is None or flight.airport not in known.airports,
            )
            envelope = record.envelope.following(
                FLIGHT_CHANGED,
                event.to_json(),
                source=CHANGED_SOURCE,
                subject=update.key.id,
                # A message may speak of one leg twice; both times are news.
                part=f"{number}:{flight.id}",
            )
            try:
                books.announce(FLIGHT_CHANGED, envelope)
            except TooLarge as fault:
                raise Reject(str(fault), field=update.key.id, code="too-large") from None

    def board(self, query: BoardQuery) -> BoardPage:
        """A page of the flight board."""
        flights, total = self._store.board(query)
        return BoardPage(flights=tuple(flights), total=total, feeds=tuple(self._store.feeds()))

    def flight(self, flight_id: str) -> FlightDetail:
        """A flight with its clocks and messages.

        Raises:
            UnknownFlight: no such flight.
        """
        flight = self._store.flight(FlightId(flight_id))
        state = self._store.leg(LegId(flight.leg_id)) if flight else None
        if flight is None or state is None:
            raise UnknownFlight(flight_id)
        leg_id = state.key.id
        clocks = self._store.clocks(leg_id, limit=CLOCKS_SHOWN)
        return FlightDetail(
            flight=flight,
            state=state,
            clocks=tuple(clocks),
            current=_current(state, clocks),
            messages=tuple(self._store.messages_of(leg_id, limit=MESSAGES_SHOWN)),
        )

    def message(self, message_id: str) -> AppliedMessage:
        """Where a message lies.

        Raises:
            UnknownMessage: no such message was applied.
        """
        message = self._store.message(message_id)
        if message is None:
            raise UnknownMessage(message_id)
        return message

    def feeds(self) -> tuple[Feed, ...]:
        """Every source that was ever heard."""
        return tuple(self._store.feeds())


def feed_source(messages: Sequence[Message], *, airport: str, caller: str) -> str:
    """Name of the feed a delivery belongs to, a URI reference.

    It is the airport that the sender's route names, else what the messages call their sender, else
    the one airport they report for, else the account that sent them.

    >>> feed_source([], airport="LGW", caller="key-7")
    '/operations/aidx/lgw'
    """
    reporting = {
        airports for message in messages for airports in aidx_updates.reporting_airports(message)
    }
    names = [airport, *(aidx_updates.sender(message) for message in messages)]
    if len(reporting) == 1 and len(only := next(iter(reporting))) == 1:
        names.append(only[0])
    name = next((name for name in names if name), caller)
    return (
        f"/operations/aidx/{re.sub(r'[^a-z0-9]+', '-', name.lower()).strip('-')[:40] or 'unknown'}"
    )


def _current(state: LegState, clocks: Sequence[ClockEntry]) -> frozenset[int]:
    """Positions of the entries that gave the values shown now."""
    shown = {
        (origin.source, time.key): time.value
        for time, origin in aodb.current_times(state.times).values()
    }
    latest: dict[object, int] = {}
    for position, entry in enumerate(clocks):
        key = (entry.origin.source, entry.time.key)
        if not entry.late and key in shown and shown[key] == entry.time.value:
            latest[key] = position
    return frozenset(latest.values())
