"""Flights, clocks and messages in SQL tables (SQLite by default, PostgreSQL by URL).

A leg's statements are one JSON document, because they are always read and written together; what is
searched for stands in columns of the board. Clocks are rows that are only ever inserted.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from airport_brain.operations import board, codec
from airport_brain.operations.domain import (
    AppliedMessage,
    ClockEntry,
    ClockTime,
    Feed,
    Flight,
    FlightId,
    LegId,
    LegState,
    Origin,
    RawRef,
)
from airport_brain.operations.events import TOPICS, flight_from
from airport_brain.operations.ports import BoardQuery
from service_bus import Envelope, Record, Topic
from service_bus.sql import Inbox, Outbox, UtcDateTime, inbox_table, outbox_table, reading

METADATA = sa.MetaData()
PACKAGE = "operations"

LEGS = sa.Table(
    "operations_legs",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("state", sa.LargeBinary, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
)

BOARD = sa.Table(
    "operations_board",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("leg_id", sa.Text, nullable=False, index=True),
    sa.Column("airport", sa.Text, nullable=False),
    sa.Column("direction", sa.Text, nullable=False),
    sa.Column("sort_time", UtcDateTime, nullable=False),
    sa.Column("hidden", sa.Boolean, nullable=False),
    sa.Column("search", sa.Text, nullable=False),
    sa.Column("flight", sa.LargeBinary, nullable=False),
    sa.Index("operations_board_time", "sort_time", "id"),
    sa.Index("operations_board_airport", "airport", "direction", "sort_time"),
)

CLOCKS = sa.Table(
    "operations_clocks",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("leg_id", sa.Text, nullable=False),
    sa.Column("qualifier", sa.Text, nullable=False),
    sa.Column("time_type", sa.Text, nullable=False),
    sa.Column("code_context", sa.Text, nullable=False),
    sa.Column("repeat_index", sa.Integer),
    sa.Column("value", UtcDateTime),
    sa.Column("late", sa.Boolean, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("as_of", UtcDateTime, nullable=False),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Index("operations_clocks_leg", "leg_id", "seq"),
)

MESSAGES = sa.Table(
    "operations_messages",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("message_id", sa.Text, nullable=False, index=True),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("topic", sa.Text, nullable=False),
    sa.Column("partition", sa.Integer, nullable=False),
    sa.Column("offset", sa.BigInteger, nullable=False),
    sa.Column("received_at", UtcDateTime, nullable=False),
    sa.Column("as_of", UtcDateTime, nullable=False),
    sa.Column("content_type", sa.Text, nullable=False),
    sa.Column("legs", sa.Text, nullable=False),
    sa.Column("notices", sa.Text, nullable=False),
)

MENTIONS = sa.Table(
    "operations_mentions",
    METADATA,
    sa.Column("leg_id", sa.Text, primary_key=True),
    sa.Column("message_seq", sa.Integer, primary_key=True, autoincrement=False),
)

FEEDS = sa.Table(
    "operations_feeds",
    METADATA,
    sa.Column("source", sa.Text, primary_key=True),
    sa.Column("last_message_at", UtcDateTime, nullable=False),
    sa.Column("messages", sa.BigInteger, nullable=False),
)

INBOX = inbox_table(METADATA, PACKAGE)
OUTBOX = outbox_table(METADATA, PACKAGE)


class SqlBooks:
    """The store inside one transaction."""

    def __init__(self, connection: sa.Connection, inbox: Inbox, outbox: Outbox) -> None:
        self._connection = connection
        self._inbox = inbox
        self._outbox = outbox

    def fresh(self, group: str, records: Sequence[Record]) -> list[Record]:
        """See the port."""
        return self._inbox.fresh(self._connection, group, records)

    def leg(self, leg_id: LegId) -> LegState | None:
        """See the port."""
        return _leg(self._connection, leg_id)

    def save(
        self, state: LegState, flights: Sequence[Flight], clocks: Sequence[ClockEntry]
    ) -> None:
        """See the port."""
        leg_id = state.key.id
        row = {
            "id": leg_id,
            "state": codec.write_state(state),
            "updated_at": state.last.received_at,
        }
        _upsert(self._connection, LEGS, "id", row)
        for flight in flights:
            _upsert(self._connection, BOARD, "id", _board_row(flight))
        if clocks:
            self._connection.execute(
                sa.insert(CLOCKS), [_clock_row(leg_id, entry) for entry in clocks]
            )

    def add_message(self, message: AppliedMessage) -> None:
        """See the port."""
        seq = self._connection.execute(
            sa.insert(MESSAGES).values(_message_row(message)).returning(MESSAGES.c.seq)
        ).scalar_one()
        if message.legs:
            self._connection.execute(
                sa.insert(MENTIONS),
                [{"leg_id": leg, "message_seq": seq} for leg in dict.fromkeys(message.legs)],
            )
        source = message.ref.source
        known = self._connection.execute(
            sa.select(FEEDS).where(FEEDS.c.source == source)
        ).one_or_none()
        times = [message.received_at, *([known.last_message_at] if known else [])]
        row = {
            "source": source,
            "last_message_at": max(times),
            "messages": (known.messages if known else 0) + 1,
        }
        _upsert(self._connection, FEEDS, "source", row)

    def announce(self, topic: Topic, envelope: Envelope) -> None:
        """See the port."""
        self._outbox.add(self._connection, topic, envelope)


class SqlStore:
    """A :class:`~airport_brain.operations.ports.FlightStore` on disk."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        self._inbox = Inbox(INBOX)
        self.outbox = Outbox(engine, OUTBOX, TOPICS)

    @contextmanager
    def writing(self) -> Iterator[SqlBooks]:
        """See the port."""
        with self._engine.begin() as connection:
            if connection.dialect.name == "postgresql":
                # One writer at a time, as SQLite has it: two members must not read one leg's state
                # and each write half of what they learned. Readers are not held up.
                connection.execute(sa.text(f"LOCK TABLE {LEGS.name} IN SHARE ROW EXCLUSIVE MODE"))
            yield SqlBooks(connection, self._inbox, self.outbox)

    def fault(self) -> str | None:
        """Why the database does not answer; ``None`` when it does."""
        try:
            with reading(self._engine) as connection:
                connection.execute(sa.select(sa.literal(1)))
        except sa.exc.SQLAlchemyError as error:
            return f"the flight database does not answer ({type(error).__name__})"
        return None

    def board(self, query: BoardQuery) -> tuple[list[Flight], int]:
        """See the port."""
        where = sa.and_(*_conditions(query))
        order = (
            (BOARD.c.sort_time.desc(), BOARD.c.id.desc())
            if query.newest_first
            else (BOARD.c.sort_time, BOARD.c.id)
        )
        page = sa.select(BOARD.c.flight).where(where).order_by(*order)
        with reading(self._engine) as connection:
            rows = connection.execute(page.limit(query.limit).offset(query.offset)).scalars().all()
            total = connection.execute(
                sa.select(sa.func.count()).select_from(BOARD).where(where)
            ).scalar_one()
        return [flight_from(orjson.loads(row)) for row in rows], total

    def flight(self, flight_id: FlightId) -> Flight | None:
        """See the port."""
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(BOARD.c.flight).where(BOARD.c.id == flight_id)
            ).scalar_one_or_none()
        return flight_from(orjson.loads(row)) if row is not None else None

    def leg(self, leg_id: LegId) -> LegState | None:
        """See the port."""
        with reading(self._engine) as connection:
            return _leg(connection, leg_id)

    def clocks(self, leg_id: LegId, *, limit: int) -> list[ClockEntry]:
        """See the port."""
        latest = (
            sa.select(CLOCKS)
            .where(CLOCKS.c.leg_id == leg_id)
            .order_by(CLOCKS.c.seq.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            rows = connection.execute(latest).all()
        return [_clock(row) for row in reversed(rows)]

    def messages_of(self, leg_id: LegId, *, limit: int) -> list[AppliedMessage]:
        """See the port."""
        latest = (
            sa.select(MESSAGES)
            .join(MENTIONS, MENTIONS.c.message_seq == MESSAGES.c.seq)
            .where(MENTIONS.c.leg_id == leg_id)
            .order_by(MESSAGES.c.seq.desc())
            .limit(limit)
        )
        with reading(self._engine) as connection:
            return [_message(row) for row in connection.execute(latest).all()]

    def message(self, message_id: str) -> AppliedMessage | None:
        """See the port."""
        first = (
            sa.select(MESSAGES)
            .where(MESSAGES.c.message_id == message_id)
            .order_by(MESSAGES.c.seq)
            .limit(1)
        )
        with reading(self._engine) as connection:
            row = connection.execute(first).one_or_none()
        return _message(row) if row is not None else None

    def feeds(self) -> list[Feed]:
        """See the port."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(FEEDS).order_by(FEEDS.c.source)).all()
        return [
            Feed(source=row.source, last_message_at=row.last_message_at, messages=row.messages)
            for row in rows
        ]


def _upsert(connection: sa.Connection, table: sa.Table, key: str, row: Mapping[str, Any]) -> None:
    insert: Any = postgresql.insert if connection.dialect.name == "postgresql" else sqlite.insert
    statement = insert(table).values(row)
    rest = {name: statement.excluded[name] for name in row if name != key}
    connection.execute(statement.on_conflict_do_update(index_elements=[key], set_=rest))


def _leg(connection: sa.Connection, leg_id: LegId) -> LegState | None:
    state = connection.execute(
        sa.select(LEGS.c.state).where(LEGS.c.id == leg_id)
    ).scalar_one_or_none()
    return codec.read_state(state) if state is not None else None


def _conditions(query: BoardQuery) -> Iterator[sa.ColumnElement[bool]]:
    yield ~BOARD.c.hidden
    if query.direction is not None:
        yield BOARD.c.direction == query.direction.value
    if query.airport:
        yield BOARD.c.airport == query.airport
    if query.since is not None:
        yield BOARD.c.sort_time >= query.since
    if query.until is not None:
        yield BOARD.c.sort_time < query.until
    for word in query.words:
        yield BOARD.c.search.contains(word.lower(), autoescape=True)


def _board_row(flight: Flight) -> dict[str, Any]:
    return {
        "id": flight.id,
        "leg_id": flight.leg_id,
        "airport": flight.airport,
        "direction": flight.direction.value,
        "sort_time": board.sort_moment(flight),
        "hidden": flight.hidden,
        "search": board.search_text(flight),
        "flight": orjson.dumps(flight, option=orjson.OPT_UTC_Z),
    }


def _clock_row(leg_id: LegId, entry: ClockEntry) -> dict[str, Any]:
    return {
        "leg_id": leg_id,
        "qualifier": entry.time.qualifier,
        "time_type": entry.time.time_type,
        "code_context": entry.time.code_context,
        "repeat_index": entry.time.repeat_index,
        "value": entry.time.value,
        "late": entry.late,
        "source": entry.origin.source,
        "message_id": entry.origin.message_id,
        "as_of": entry.origin.as_of,
        "received_at": entry.origin.received_at,
    }


def _clock(row: Any) -> ClockEntry:
    return ClockEntry(
        time=ClockTime(
            qualifier=row.qualifier,
            time_type=row.time_type,
            code_context=row.code_context,
            repeat_index=row.repeat_index,
            value=row.value,
        ),
        origin=Origin(
            source=row.source,
            message_id=row.message_id,
            as_of=row.as_of,
            received_at=row.received_at,
        ),
        late=row.late,
    )


def _message_row(message: AppliedMessage) -> dict[str, Any]:
    return {
        "message_id": message.ref.message_id,
        "source": message.ref.source,
        "topic": message.ref.topic,
        "partition": message.ref.partition,
        "offset": message.ref.offset,
        "received_at": message.received_at,
        "as_of": message.as_of,
        "content_type": message.content_type,
        "legs": orjson.dumps(message.legs).decode(),
        "notices": orjson.dumps([dict(notice) for notice in message.notices]).decode(),
    }


def _message(row: Any) -> AppliedMessage:
    mapping = row._mapping
    return AppliedMessage(
        ref=RawRef(
            message_id=row.message_id,
            source=row.source,
            topic=row.topic,
            partition=mapping["partition"],
            offset=mapping["offset"],
        ),
        received_at=row.received_at,
        as_of=row.as_of,
        content_type=row.content_type,
        legs=tuple(LegId(leg) for leg in orjson.loads(row.legs)),
        notices=tuple(orjson.loads(row.notices)),
    )
