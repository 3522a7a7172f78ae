"""Shipments in SQL (SQLite or PostgreSQL). Weights are text, so that no decimal is rounded."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from decimal import Decimal
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from cargo_platform.domain import Milestone, Shipment
from cargo_platform.events import TOPICS
from service_bus import Envelope, Record, Topic
from service_bus.sql import (
    Inbox,
    Outbox,
    UtcDateTime,
    inbox_table,
    migrate,
    open_engine,
    outbox_table,
    reading,
)

MIGRATIONS = Path(__file__).parent / "migrations"
PACKAGE = "cargo"

metadata = sa.MetaData()

shipments = sa.Table(
    "cargo_shipments",
    metadata,
    sa.Column("awb", sa.Text, primary_key=True),
    sa.Column("origin", sa.Text, nullable=False),
    sa.Column("destination", sa.Text, nullable=False),
    sa.Column("pieces", sa.Integer),
    sa.Column("weight_kg", sa.Text),
    sa.Column("updated", UtcDateTime, nullable=False, index=True),
)

milestones = sa.Table(
    "cargo_milestones",
    metadata,
    sa.Column("awb", sa.Text, primary_key=True),
    sa.Column("identity", sa.Text, primary_key=True),
    sa.Column("code", sa.Text, nullable=False),
    sa.Column("station", sa.Text, nullable=False),
    sa.Column("local", sa.DateTime, nullable=False),
    sa.Column("has_time", sa.Boolean, nullable=False),
    sa.Column("utc", UtcDateTime),
    sa.Column("to_station", sa.Text, nullable=False),
    sa.Column("flight", sa.Text, nullable=False),
    sa.Column("pieces", sa.Integer, nullable=False),
    sa.Column("weight_kg", sa.Text),
    sa.Column("part", sa.Boolean, nullable=False),
    sa.Column("discrepancy", sa.Text, nullable=False),
    sa.Column("received", UtcDateTime, nullable=False),
    sa.Column("sender", sa.Text, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False),
)

inbox = inbox_table(metadata, PACKAGE)
outbox = outbox_table(metadata, PACKAGE)


class SqlBatch:
    """One transaction."""

    def __init__(self, connection: sa.Connection, inbox: Inbox, outbox: Outbox) -> None:
        self._connection = connection
        self._inbox = inbox
        self._outbox = outbox

    def fresh(self, group: str, records: Sequence[Record]) -> list[Record]:
        """Records that were not applied before."""
        return self._inbox.fresh(self._connection, group, records)

    def shipment(self, awb: str) -> Shipment | None:
        """A shipment, as this transaction sees it."""
        row = self._connection.execute(
            sa.select(shipments).where(shipments.c.awb == awb)
        ).one_or_none()
        return None if row is None else _shipment(row)

    def put_shipment(self, shipment: Shipment) -> None:
        """Keep a shipment."""
        row = {
            "awb": shipment.awb,
            "origin": shipment.origin,
            "destination": shipment.destination,
            "pieces": shipment.pieces,
            "weight_kg": _text(shipment.weight_kg),
            "updated": shipment.updated,
        }
        statement = self._insert(shipments).values(row)
        changes = {name: statement.excluded[name] for name in row if name != "awb"}
        self._connection.execute(
            statement.on_conflict_do_update(index_elements=["awb"], set_=changes)
        )

    def add_milestone(self, awb: str, identity: str, milestone: Milestone) -> bool:
        """Keep a milestone unless an equal one that knows as much is there."""
        row = {
            "awb": awb,
            "identity": identity,
            "code": milestone.code,
            "station": milestone.station,
            "local": milestone.local,
            "has_time": milestone.has_time,
            "utc": milestone.utc,
            "to_station": milestone.to,
            "flight": milestone.flight,
            "pieces": milestone.pieces,
            "weight_kg": _text(milestone.weight_kg),
            "part": milestone.part,
            "discrepancy": milestone.discrepancy,
            "received": milestone.received,
            "sender": milestone.sender,
            "message_id": milestone.message_id,
        }
        statement = self._insert(milestones).values(row)
        statement = statement.on_conflict_do_update(
            index_elements=["awb", "identity"],
            set_={name: statement.excluded[name] for name in row},
            where=sa.and_(sa.not_(milestones.c.has_time), statement.excluded.has_time),
        )
        # What was written comes back; counts of rows are not the same with every driver.
        written = self._connection.execute(statement.returning(milestones.c.awb))
        return written.first() is not None

    def announce(self, topic: Topic, envelope: Envelope) -> None:
        """Tell others once this transaction is on disk."""
        self._outbox.add(self._connection, topic, envelope)

    def _insert(self, table: sa.Table) -> Any:
        if self._connection.dialect.name == "postgresql":
            return postgresql.insert(table)
        return sqlite.insert(table)


class SqlStore:
    """Keeps shipments in a database file or server."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        migrate(self._engine, package=PACKAGE, scripts=MIGRATIONS)
        self._inbox = Inbox(inbox)
        self.outbox = Outbox(self._engine, outbox, TOPICS)

    @contextmanager
    def batch(self) -> Iterator[SqlBatch]:
        """All or nothing."""
        with self._engine.begin() as connection:
            yield SqlBatch(connection, self._inbox, self.outbox)

    def find(self, awb: str) -> tuple[Shipment, list[Milestone]] | None:
        """A shipment with everything reported of it."""
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(shipments).where(shipments.c.awb == awb)
            ).one_or_none()
            rows = connection.execute(
                sa.select(milestones)
                .where(milestones.c.awb == awb)
                .order_by(milestones.c.received, milestones.c.identity)
            ).all()
        if row is None:
            return None
        return _shipment(row), [_milestone(one) for one in rows]

    def search(self, text: str, *, limit: int, offset: int) -> tuple[list[Shipment], int]:
        """Shipments whose AWB begins with the text, newest first."""
        matching = shipments.c.awb.startswith(text, autoescape=True)
        with reading(self._engine) as connection:
            rows = connection.execute(
                sa.select(shipments)
                .where(matching)
                .order_by(shipments.c.updated.desc(), shipments.c.awb.desc())
                .limit(limit)
                .offset(offset)
            ).all()
            total = connection.execute(
                sa.select(sa.func.count()).select_from(shipments).where(matching)
            ).scalar_one()
        return [_shipment(row) for row in rows], total

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def _text(value: Decimal | None) -> str | None:
    return None if value is None else str(value)


def _number(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _shipment(row: Any) -> Shipment:
    return Shipment(
        awb=row.awb,
        origin=row.origin,
        destination=row.destination,
        pieces=row.pieces,
        weight_kg=_number(row.weight_kg),
        updated=row.updated,
    )


def _milestone(row: Any) -> Milestone:
    return Milestone(
        code=row.code,
        station=row.station,
        local=row.local,
        has_time=row.has_time,
        utc=row.utc,
        to=row.to_station,
        flight=row.flight,
        pieces=row.pieces,
        weight_kg=_number(row.weight_kg),
        part=row.part,
        discrepancy=row.discrepancy,
        received=row.received,
        sender=row.sender,
        message_id=row.message_id,
    )
