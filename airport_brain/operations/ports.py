"""The store of flights. Adapters: ``sql_store`` (SQLite by default, PostgreSQL), ``memory``.

Every adapter passes ``tests/contracts/flight_store_contract.py``.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from airport_brain.operations.domain import (
    AppliedMessage,
    ClockEntry,
    Direction,
    Feed,
    Flight,
    FlightId,
    LegId,
    LegState,
    RawRef,
)
from service_bus import Envelope, Record, Topic


@dataclass(frozen=True, slots=True, kw_only=True)
class BoardQuery:
    """Which flights of the board, in order of their best known time.

    Attributes:
        words: all must be found in the flight's search text, any case.
        since: best known time at or after; ``until`` before.
        newest_first: turn the order round.
    """

    direction: Direction | None = None
    words: tuple[str, ...] = ()
    airport: str = ""
    since: datetime | None = None
    until: datetime | None = None
    limit: int = 200
    offset: int = 0
    newest_first: bool = False


class Books(Protocol):
    """The store inside one writing transaction."""

    def fresh(self, group: str, records: Sequence[Record]) -> list[Record]:
        """The records not applied before, which are marked applied now."""
        ...

    def leg(self, leg_id: LegId) -> LegState | None:
        """What is known of a leg, changes of this transaction included."""
        ...

    def save(
        self, state: LegState, flights: Sequence[Flight], clocks: Sequence[ClockEntry]
    ) -> None:
        """Keep a leg, its rows on the boards, and append to its clocks."""
        ...

    def add_message(self, message: AppliedMessage) -> None:
        """Keep where a message lies and which legs it spoke of; its feed is alive."""
        ...

    def announce(self, topic: Topic, envelope: Envelope) -> None:
        """Queue an envelope that goes out when this transaction is on disk."""
        ...


class FlightStore(Protocol):
    """Flights, their clocks and their messages."""

    def writing(self) -> AbstractContextManager[Books]:
        """One transaction: all of it is kept, or nothing when the block raises."""
        ...

    def board(self, query: BoardQuery) -> tuple[list[Flight], int]:
        """A page of the board and how many flights the query finds in all."""
        ...

    def flight(self, flight_id: FlightId) -> Flight | None:
        """A row of the board; hidden ones too."""
        ...

    def leg(self, leg_id: LegId) -> LegState | None:
        """What is known of a leg."""
        ...

    def clocks(self, leg_id: LegId, *, limit: int) -> list[ClockEntry]:
        """The latest ``limit`` entries of a leg's clocks, oldest first."""
        ...

    def messages_of(self, leg_id: LegId, *, limit: int) -> list[AppliedMessage]:
        """The latest messages about a leg, newest first."""
        ...

    def message(self, message_id: str) -> AppliedMessage | None:
        """A message by its id."""
        ...

    def feeds(self) -> list[Feed]:
        """Every source that was ever heard, by name."""
        ...


class Originals(Protocol):
    """Gives the untouched original of a message back. Adapter: ``originals``."""

    async def read(self, ref: RawRef) -> Envelope | None:
        """The envelope as it was published; ``None`` when it is no longer kept."""
        ...
