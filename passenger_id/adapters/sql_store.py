"""Journeys, flights and decisions in SQL tables (SQLite by default, PostgreSQL by URL).

Names stand in ``passenger_id_journeys`` and nowhere else. The vault's tables are in the same
database, so that a template, the journey it belongs to and the news of it are one transaction; the
vault itself is handed in, because templates are another concern than itineraries.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Any

import orjson
import sqlalchemy as sa

from passenger_id.boarding import Step, gate_name
from passenger_id.domain import (
    INACTIVE,
    FlightKey,
    FlightPhase,
    FlightView,
    Journey,
    JourneyId,
    Method,
    State,
)
from passenger_id.errors import SequenceTaken
from passenger_id.ports import Books, JourneyQuery, KeptDecision, Vault
from service_bus import Envelope, Record, Topic
from service_bus.sql import Inbox, Outbox, UtcDateTime, inbox_table, outbox_table, reading

METADATA = sa.MetaData()
PACKAGE = "passenger_id"

_ACTIVE = sa.text("active AND sequence IS NOT NULL")

JOURNEYS = sa.Table(
    "passenger_id_journeys",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("carrier", sa.Text, nullable=False),
    sa.Column("number", sa.Text, nullable=False),
    sa.Column("date", sa.Date, nullable=False),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("destination", sa.Text, nullable=False),
    sa.Column("designator", sa.Text, nullable=False, index=True),
    sa.Column("std", UtcDateTime, nullable=False, index=True),
    sa.Column("booking_reference", sa.Text, nullable=False),
    sa.Column("passenger_name", sa.Text, nullable=False),
    sa.Column("seat", sa.Text, nullable=False),
    sa.Column("sequence", sa.Integer),
    sa.Column("gate", sa.Text, nullable=False),
    sa.Column("gate_name", sa.Text, nullable=False, index=True),
    sa.Column("document_last4", sa.Text, nullable=False),
    sa.Column("document_hmac", sa.Text, nullable=False),
    sa.Column("screened_at", UtcDateTime),
    sa.Column("enrolled", sa.Boolean, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("stated_at", UtcDateTime, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.Index("passenger_id_journeys_flight", "carrier", "number", "date", "origin"),
    sa.Index(
        "passenger_id_journeys_sequence",
        "carrier",
        "number",
        "date",
        "origin",
        "sequence",
        unique=True,
        sqlite_where=_ACTIVE,
        postgresql_where=_ACTIVE,
    ),
)

STEPS = sa.Table(
    "passenger_id_steps",
    METADATA,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("journey_id", sa.Text, nullable=False),
    sa.Column("event_id", sa.Text, nullable=False),
    sa.Column("to_state", sa.Text, nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("device", sa.Text, nullable=False),
    sa.Column("method", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("score_band", sa.Text, nullable=False),
    sa.UniqueConstraint("journey_id", "event_id", "to_state", name="passenger_id_steps_once"),
)

FLIGHTS = sa.Table(
    "passenger_id_flights",
    METADATA,
    sa.Column("carrier", sa.Text, primary_key=True),
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("date", sa.Date, primary_key=True),
    sa.Column("origin", sa.Text, primary_key=True),
    sa.Column("destination", sa.Text, nullable=False),
    sa.Column("scheduled", UtcDateTime),
    sa.Column("estimated", UtcDateTime),
    sa.Column("actual", UtcDateTime),
    sa.Column("status_code", sa.Text, nullable=False),
    sa.Column("status_zh", sa.Text, nullable=False),
    sa.Column("status_en", sa.Text, nullable=False),
    sa.Column("phase", sa.Text, nullable=False),
    sa.Column("gates", sa.Text, nullable=False),
    sa.Column("stand", sa.Text, nullable=False),
    sa.Column("as_of", UtcDateTime, nullable=False),
)

FLIGHT_GATES = sa.Table(
    "passenger_id_flight_gates",
    METADATA,
    sa.Column("carrier", sa.Text, primary_key=True),
    sa.Column("number", sa.Text, primary_key=True),
    sa.Column("date", sa.Date, primary_key=True),
    sa.Column("origin", sa.Text, primary_key=True),
    sa.Column("gate_name", sa.Text, primary_key=True, index=True),
)

DECISIONS = sa.Table(
    "passenger_id_decisions",
    METADATA,
    sa.Column("journey_id", sa.Text, primary_key=True),
    sa.Column("event_id", sa.Text, primary_key=True),
    sa.Column("at", UtcDateTime, nullable=False),
    sa.Column("gate", sa.Text, nullable=False),
    sa.Column("actor", sa.Text, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("answer", sa.LargeBinary, nullable=False),
)

INBOX = inbox_table(METADATA, PACKAGE)
OUTBOX = outbox_table(METADATA, PACKAGE)


def _is(table: sa.Table, flight: FlightKey) -> sa.ColumnElement[bool]:
    return sa.and_(
        table.c.carrier == flight.carrier,
        table.c.number == flight.number,
        table.c.date == flight.date,
        table.c.origin == flight.origin,
    )


def _key_row(flight: FlightKey) -> dict[str, Any]:
    return {field.name: getattr(flight, field.name) for field in fields(flight)}


def _key(row: Any) -> FlightKey:
    return FlightKey(carrier=row.carrier, number=row.number, date=row.date, origin=row.origin)


class SqlJourneys:
    """Journeys and steps inside one transaction.

    Args:
        connection: the transaction.
        hold: keep what is found from other writers until the end (rows on PostgreSQL; SQLite's
            writer holds the whole database anyway).
    """

    def __init__(self, connection: sa.Connection, *, hold: bool) -> None:
        self._connection = connection
        self._hold = hold

    def _held(self, query: sa.Select[Any]) -> sa.Select[Any]:
        return query.with_for_update() if self._hold else query

    def find(self, journey_id: JourneyId) -> Journey | None:
        """Give a journey."""
        row = self._connection.execute(
            self._held(sa.select(JOURNEYS).where(JOURNEYS.c.id == journey_id))
        ).one_or_none()
        return None if row is None else _journey(row)

    def select(self, query: JourneyQuery) -> tuple[list[Journey], int]:
        """Give a page of journeys, soonest departure first, and how many there are in all."""
        wanted = sa.and_(*_conditions(query))
        total = self._connection.execute(
            sa.select(sa.func.count()).select_from(JOURNEYS).where(wanted)
        ).scalar_one()
        rows = self._connection.execute(
            sa.select(JOURNEYS)
            .where(wanted)
            .order_by(JOURNEYS.c.std, JOURNEYS.c.designator, JOURNEYS.c.sequence, JOURNEYS.c.id)
            .limit(query.limit)
            .offset(query.offset)
        )
        return [_journey(row) for row in rows], total

    def of_flight(self, flight: FlightKey) -> list[Journey]:
        """Give all journeys of one departure."""
        wanted = sa.select(JOURNEYS).where(_is(JOURNEYS, flight)).order_by(JOURNEYS.c.id)
        rows = self._connection.execute(self._held(wanted))
        return [_journey(row) for row in rows]

    def save(self, journey: Journey) -> None:
        """Keep a journey."""
        if journey.active and journey.sequence is not None:
            holder = self._connection.execute(
                sa.select(JOURNEYS.c.id).where(
                    _is(JOURNEYS, journey.flight),
                    JOURNEYS.c.sequence == journey.sequence,
                    JOURNEYS.c.active,
                    JOURNEYS.c.id != journey.id,
                )
            ).first()
            if holder is not None:
                raise SequenceTaken(journey.flight.display, journey.sequence)
        row = _journey_row(journey)
        changed = self._connection.execute(
            sa.update(JOURNEYS).where(JOURNEYS.c.id == journey.id).values(**row)
        )
        if not changed.rowcount:
            self._connection.execute(sa.insert(JOURNEYS).values(**row))

    def record(self, step: Step) -> None:
        """Keep a step; the same event and state once only."""
        self._connection.execute(
            sa.insert(STEPS).values(
                journey_id=step.journey_id,
                event_id=step.event_id,
                to_state=str(step.to),
                at=step.at,
                actor=step.actor,
                device=step.device,
                method=str(step.method),
                reason=step.reason,
                score_band=step.score_band,
            )
        )

    def steps(self, journey_id: JourneyId) -> list[Step]:
        """Give the steps of a journey, oldest first."""
        rows = self._connection.execute(
            sa.select(STEPS).where(STEPS.c.journey_id == journey_id).order_by(STEPS.c.seq)
        )
        return [
            Step(
                journey_id=JourneyId(row.journey_id),
                event_id=row.event_id,
                to=State(row.to_state),
                at=row.at,
                actor=row.actor,
                device=row.device,
                method=Method(row.method),
                reason=row.reason,
                score_band=row.score_band,
            )
            for row in rows
        ]


def _conditions(query: JourneyQuery) -> Iterator[sa.ColumnElement[bool]]:
    yield sa.true()
    if query.flight:
        yield JOURNEYS.c.designator == query.flight
    if query.after is not None:
        yield JOURNEYS.c.std >= query.after
    if query.gate:
        gates = sa.select(FLIGHT_GATES.c.gate_name).where(
            FLIGHT_GATES.c.carrier == JOURNEYS.c.carrier,
            FLIGHT_GATES.c.number == JOURNEYS.c.number,
            FLIGHT_GATES.c.date == JOURNEYS.c.date,
            FLIGHT_GATES.c.origin == JOURNEYS.c.origin,
        )
        announced = gates.where(FLIGHT_GATES.c.gate_name == query.gate).exists()
        yield sa.or_(announced, (JOURNEYS.c.gate_name == query.gate) & ~gates.exists())
    if query.text:
        text = query.text.lower()
        columns = (JOURNEYS.c.passenger_name, JOURNEYS.c.booking_reference)
        yield sa.or_(
            *(sa.func.lower(column).contains(text, autoescape=True) for column in columns),
            sa.func.lower(JOURNEYS.c.seat) == text,
            JOURNEYS.c.id == text,
        )


def _journey_row(journey: Journey) -> dict[str, Any]:
    skipped = {"flight", "state"}
    row = {f.name: getattr(journey, f.name) for f in fields(journey) if f.name not in skipped}
    return {
        **row,
        **_key_row(journey.flight),
        "state": str(journey.state),
        "designator": journey.flight.display,
        "gate_name": gate_name(journey.gate),
        "active": journey.state not in INACTIVE,
    }


def _journey(row: Any) -> Journey:
    own = {f.name for f in fields(Journey)} - {"flight", "state"}
    facts = {name: getattr(row, name) for name in own}
    return Journey(flight=_key(row), state=State(row.state), **facts)


class SqlFlights:
    """Departures inside one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, flight: FlightKey) -> FlightView | None:
        """Give a departure, if any feed knows it."""
        row = self._connection.execute(sa.select(FLIGHTS).where(_is(FLIGHTS, flight))).one_or_none()
        return None if row is None else _view(row)

    def select(self, flights: Sequence[FlightKey]) -> dict[FlightKey, FlightView]:
        """Give those of these departures that are known."""
        if not flights:
            return {}
        rows = self._connection.execute(
            sa.select(FLIGHTS).where(sa.or_(*(_is(FLIGHTS, flight) for flight in set(flights))))
        )
        return {view.key: view for view in map(_view, rows)}

    def save(self, view: FlightView) -> bool:
        """Keep an announcement; tells ``False`` when a newer one is held."""
        held = self.find(view.key)
        if held is not None and held.as_of > view.as_of:
            return False
        run = self._connection.execute
        run(sa.delete(FLIGHTS).where(_is(FLIGHTS, view.key)))
        run(sa.delete(FLIGHT_GATES).where(_is(FLIGHT_GATES, view.key)))
        row = {f.name: getattr(view, f.name) for f in fields(view) if f.name != "key"}
        row |= _key_row(view.key)
        row |= {"gates": orjson.dumps(view.gates).decode(), "phase": str(view.phase)}
        run(sa.insert(FLIGHTS).values(**row))
        for gate in sorted({gate_name(gate) for gate in view.gates}):
            run(sa.insert(FLIGHT_GATES).values(**_key_row(view.key), gate_name=gate))
        return True


def _view(row: Any) -> FlightView:
    plain = {f.name for f in fields(FlightView)} - {"key", "gates", "phase"}
    facts = {name: getattr(row, name) for name in plain}
    gates = tuple(orjson.loads(row.gates))
    return FlightView(key=_key(row), gates=gates, phase=FlightPhase(row.phase), **facts)


class SqlDecisions:
    """Decisions of gates inside one transaction."""

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def find(self, journey_id: JourneyId, event_id: str) -> KeptDecision | None:
        """Give a decision made before."""
        row = self._connection.execute(
            sa.select(DECISIONS).where(
                DECISIONS.c.journey_id == journey_id, DECISIONS.c.event_id == event_id
            )
        ).one_or_none()
        return None if row is None else KeptDecision(**row._asdict())

    def save(self, decision: KeptDecision) -> None:
        """Keep a decision."""
        row = {f.name: getattr(decision, f.name) for f in fields(decision)}
        self._connection.execute(sa.insert(DECISIONS).values(**row))


class SqlBooks:
    """All books on one connection."""

    def __init__(
        self,
        connection: sa.Connection,
        *,
        vault: Vault,
        inbox: Inbox,
        outbox: Outbox,
        hold: bool,
    ) -> None:
        self._connection = connection
        self._inbox = inbox
        self._outbox = outbox
        self.journeys = SqlJourneys(connection, hold=hold)
        self.flights = SqlFlights(connection)
        self.decisions = SqlDecisions(connection)
        self.vault = vault

    def fresh(self, group: str, records: Sequence[Record]) -> list[Record]:
        """Give the records this group has not applied before, and remember them."""
        return self._inbox.fresh(self._connection, group, records)

    def announce(self, topic: Topic, envelope: Envelope) -> None:
        """Queue an envelope that goes out once the transaction is on disk."""
        self._outbox.add(self._connection, topic, envelope)


class SqlStore:
    """Opens transactions on one database."""

    def __init__(
        self,
        engine: sa.Engine,
        *,
        vault_on: Callable[[sa.Connection], Vault],
        topics: Sequence[Topic],
    ) -> None:
        self._engine = engine
        self._vault_on = vault_on
        self._inbox = Inbox(INBOX)
        self.outbox = Outbox(engine, OUTBOX, topics)

    @contextmanager
    def reading(self) -> Iterator[Books]:
        """Books to read in."""
        with reading(self._engine) as connection:
            yield self._books(connection, hold=False)

    @contextmanager
    def writing(self) -> Iterator[Books]:
        """Books to write in."""
        with self._engine.begin() as connection:
            yield self._books(connection, hold=True)

    def scrub(self) -> None:
        """Empty SQLite's write-ahead log, which still holds pages as they were before."""
        if self._engine.dialect.name != "sqlite":
            return
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        finally:
            connection.close()

    def _books(self, connection: sa.Connection, *, hold: bool) -> SqlBooks:
        return SqlBooks(
            connection,
            vault=self._vault_on(connection),
            inbox=self._inbox,
            outbox=self.outbox,
            hold=hold,
        )


def overwrite_deleted(engine: sa.Engine) -> None:
    """Have SQLite overwrite deleted rows with zeros; call before the first connection."""
    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def _pragma(connection: Any, _record: object) -> None:
            connection.execute("PRAGMA secure_delete=ON")
