"""The SQL side of exactly-once effects: engine, migrations, inbox and outbox.

A package that keeps state in tables applies a batch of records in *one* transaction:

    with engine.begin() as connection:
        for record in inbox.fresh(connection, records):   # drops what was applied before
            ...change the package's tables...
            outbox.add(connection, topic, envelope)       # what the rest of the airport must hear

The consumer loop commits the bus offset only afterwards. A crash between the two re-delivers
records that the inbox knows; a crash before the outbox was relayed leaves its rows for the next
start. Envelope ids are derived, so a row relayed twice is one message on the bus.

This is a door of the package beside ``service_bus`` and ``service_bus.events``: adapters that keep
tables import it (decisions/0003). The same code serves SQLite (default) and PostgreSQL (by URL).
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import MappingProxyType
from typing import Any

import sqlalchemy as sa
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.script import ScriptDirectory
from sqlalchemy.dialects import postgresql, sqlite

from service_bus.domain import Envelope, Record, Topic
from service_bus.errors import TooLarge, Unavailable
from service_bus.ports import Bus

_log = logging.getLogger(__name__)

INBOX_KEPT = timedelta(days=7)
"""How long applied message ids are remembered: the default retention of a topic, so that a replay
of everything the log still holds changes nothing."""

RELAY_IDLE_S = 0.5
"""Longest wait of the relay when nobody wakes it: covers rows left by an earlier run."""


class UtcDateTime(sa.types.TypeDecorator[datetime]):
    """Aware UTC datetimes on every database; refuses naive ones."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn to UTC before it is stored."""
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("naive datetime given to a UTC column")
        return value.astimezone(UTC)

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Say UTC where the database forgot it (SQLite)."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


def open_engine(url: str) -> sa.Engine:
    """Open a database; SQLite files get write-ahead logging and full sync on every commit.

    Args:
        url: SQLAlchemy URL, e.g. ``sqlite:////data/operations.sqlite3``.
    """
    engine = sa.create_engine(url, json_serializer=json.dumps)
    if engine.dialect.name == "sqlite":

        @sa.event.listens_for(engine, "connect")
        def _pragmas(connection: Any, _record: object) -> None:
            # The driver's own implicit BEGIN comes too late for BEGIN IMMEDIATE below.
            connection.isolation_level = None
            for pragma in (
                "journal_mode=WAL",
                "synchronous=FULL",
                "busy_timeout=10000",
                "foreign_keys=ON",
            ):
                connection.execute(f"PRAGMA {pragma}")

        @sa.event.listens_for(engine, "begin")
        def _begin(connection: sa.Connection) -> None:
            # IMMEDIATE: two writers queue on busy_timeout instead of failing at the first write.
            reading = connection.get_execution_options().get("reading", False)
            connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")

    return engine


@contextmanager
def reading(engine: sa.Engine) -> Iterator[sa.Connection]:
    """A connection for queries only: on SQLite it never waits for a writer."""
    with engine.execution_options(reading=True).connect() as connection:
        yield connection


def migrate(engine: sa.Engine, *, package: str, scripts: Path) -> None:
    """Bring a package's tables to the newest version (Alembic), in one transaction.

    Args:
        package: names the version table, so that packages may share one database.
        scripts: folder that holds ``versions/``.
    """
    config = Config()
    config.set_main_option("script_location", str(scripts))
    directory = ScriptDirectory.from_config(config)

    def upgrade(revision: Any, _context: Any) -> Any:
        return directory._upgrade_revs("head", revision)

    with (
        engine.begin() as connection,
        EnvironmentContext(config, directory, fn=upgrade, destination_rev="head") as environment,
    ):
        environment.configure(
            connection=connection,
            version_table=f"{package}_schema_version",
            transactional_ddl=False,
        )
        environment.run_migrations()


def _insert(connection: sa.Connection, table: sa.Table) -> Any:
    """An INSERT that can ignore conflicts, in the words of the database at hand."""
    if connection.dialect.name == "postgresql":
        return postgresql.insert(table)
    return sqlite.insert(table)


def inbox_table(metadata: sa.MetaData, package: str) -> sa.Table:
    """Table of applied message ids of one package."""
    return sa.Table(
        f"{package}_inbox",
        metadata,
        sa.Column("grp", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("message_id", sa.Text, primary_key=True),
        sa.Column("applied_at", UtcDateTime, nullable=False, index=True),
    )


def outbox_table(metadata: sa.MetaData, package: str) -> sa.Table:
    """Table of envelopes waiting to be published by one package."""
    return sa.Table(
        f"{package}_outbox",
        metadata,
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("attributes", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )


class Inbox:
    """Remembers which messages a group has applied."""

    def __init__(self, table: sa.Table) -> None:
        self._table = table

    def fresh(
        self, connection: sa.Connection, group: str, records: Sequence[Record]
    ) -> list[Record]:
        """Give the records not applied before and mark them applied, in this transaction."""
        if not records:
            return []
        table = self._table
        # One statement for the batch. It gives back what it inserted, so a message that comes
        # twice in the batch, or was applied before, is not among them.
        inserted = connection.execute(
            _insert(connection, table)
            .on_conflict_do_nothing()
            .returning(table.c.source, table.c.message_id),
            [
                {
                    "grp": group,
                    "source": record.envelope.source,
                    "message_id": record.envelope.id,
                    "applied_at": record.appended,
                }
                for record in records
            ],
        )
        new = {(source, message_id) for source, message_id in inserted}
        fresh: list[Record] = []
        for record in records:
            identity = (record.envelope.source, record.envelope.id)
            if identity in new:
                new.discard(identity)
                fresh.append(record)
        oldest = max(record.appended for record in records) - INBOX_KEPT
        connection.execute(sa.delete(table).where(table.c.applied_at < oldest))
        return fresh


class Outbox:
    """Envelopes that go out exactly when the state that caused them is on disk."""

    def __init__(self, engine: sa.Engine, table: sa.Table, topics: Iterable[Topic]) -> None:
        self._engine = engine
        self._table = table
        self._topics: Mapping[str, Topic] = MappingProxyType({t.name: t for t in topics})
        self._relay: tuple[asyncio.AbstractEventLoop, asyncio.Event] | None = None
        self._mark = f"{table.name} written"
        # A connection goes back to its pool after its transaction has ended, so this is the first
        # moment at which the relay can see the rows.
        sa.event.listen(engine.pool, "checkin", self._checked_in)

    def add(self, connection: sa.Connection, topic: Topic, *envelopes: Envelope) -> None:
        """Queue envelopes in the caller's transaction.

        Raises:
            TooLarge: data exceed the topic's limit; better now than when nobody can answer.
        """
        if topic.name not in self._topics:
            raise ValueError(f"outbox was not told of topic {topic.name}")
        if not envelopes:
            return
        for envelope in envelopes:
            if len(envelope.data) > topic.max_bytes:
                raise TooLarge(len(envelope.data), topic.max_bytes, f"message for {topic.name}")
        connection.execute(
            sa.insert(self._table),
            [
                {
                    "topic": topic.name,
                    "attributes": _attributes(envelope),
                    "data": envelope.data,
                }
                for envelope in envelopes
            ],
        )
        connection.info[self._mark] = True

    def _checked_in(self, _connection: object, entry: Any) -> None:
        if entry is not None and entry.info.pop(self._mark, None) and self._relay is not None:
            loop, written = self._relay
            if not loop.is_closed():
                loop.call_soon_threadsafe(written.set)

    async def relay(self, bus: Bus, stop: asyncio.Event) -> None:
        """Publish queued envelopes in order until told to stop (a component task).

        An absent bus or database is waited out: the rows are on disk.
        """
        written = asyncio.Event()
        self._relay = (asyncio.get_running_loop(), written)
        stopping = asyncio.ensure_future(stop.wait())
        try:
            while True:
                written.clear()
                last = stop.is_set()
                try:
                    while await self.drain(bus):
                        pass
                except (Unavailable, sa.exc.OperationalError) as away:
                    _log.warning("outbox waits table=%s reason=%s", self._table.name, away)
                if last:
                    return
                waking = asyncio.ensure_future(written.wait())
                await asyncio.wait(
                    {waking, stopping}, timeout=RELAY_IDLE_S, return_when=asyncio.FIRST_COMPLETED
                )
                waking.cancel()
        finally:
            self._relay = None
            stopping.cancel()

    async def drain(self, bus: Bus, *, limit: int = 500) -> int:
        """Publish up to ``limit`` queued envelopes, then forget them; give how many."""
        rows = await asyncio.to_thread(self._read, limit)
        by_topic: dict[str, list[Envelope]] = {}
        for row in rows:
            by_topic.setdefault(row.topic, []).append(_envelope(row.attributes, row.data))
        # Order matters within a topic only. A crash before the rows are forgotten publishes them
        # again, and the bus keeps one of each.
        for name, envelopes in by_topic.items():
            await bus.publish(self._topics[name], envelopes)
        if rows:
            await asyncio.to_thread(self._forget, [row.seq for row in rows])
        return len(rows)

    def _read(self, limit: int) -> Sequence[Any]:
        with reading(self._engine) as connection:
            return connection.execute(
                sa.select(self._table).order_by(self._table.c.seq).limit(limit)
            ).all()

    def _forget(self, seqs: list[int]) -> None:
        # By number and not "up to": on PostgreSQL a transaction may bring in a lower number late.
        with self._engine.begin() as connection:
            connection.execute(sa.delete(self._table).where(self._table.c.seq.in_(seqs)))


def _attributes(envelope: Envelope) -> str:
    return json.dumps(
        {
            "id": envelope.id,
            "source": envelope.source,
            "type": envelope.type,
            "subject": envelope.subject,
            "time": envelope.time.isoformat(),
            "content_type": envelope.content_type,
            "schema_version": envelope.schema_version,
            "correlation_id": envelope.correlation_id,
            "causation_id": envelope.causation_id,
            "headers": dict(envelope.headers),
        }
    )


def _envelope(attributes: str, data: bytes) -> Envelope:
    fields = json.loads(attributes)
    fields["time"] = datetime.fromisoformat(fields["time"])
    fields["headers"] = MappingProxyType(fields["headers"])
    return Envelope(data=data, **fields)
