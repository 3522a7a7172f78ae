"""The live picture in SQL: movers and offsets, replaced in one transaction."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from service_bus import TopicPartition
from service_bus.sql import UtcDateTime, migrate, open_engine, reading
from spatiotemporal.domain import MoverState
from spatiotemporal.picture import Snapshot

MIGRATIONS = Path(__file__).parent / "migrations"

metadata = sa.MetaData()

movers = sa.Table(
    "spatiotemporal_movers",
    metadata,
    sa.Column("mover_id", sa.Text, primary_key=True),
    sa.Column("fleet", sa.Text, nullable=False),
    sa.Column("label", sa.Text, nullable=False),
    sa.Column("latitude", sa.Float, nullable=False),
    sa.Column("longitude", sa.Float, nullable=False),
    sa.Column("speed_mps", sa.Float),
    sa.Column("heading_deg", sa.Float),
    sa.Column("fix_time", UtcDateTime, nullable=False),
    sa.Column("received", UtcDateTime, nullable=False),
    sa.Column("source", sa.Text, nullable=False),
    sa.Column("message_id", sa.Text, nullable=False),
    sa.Column("fixes", sa.BigInteger, nullable=False),
    sa.Column("late", sa.BigInteger, nullable=False),
)

offsets = sa.Table(
    "spatiotemporal_offsets",
    metadata,
    sa.Column("topic", sa.Text, primary_key=True),
    sa.Column("part", sa.Integer, primary_key=True),
    sa.Column("next_offset", sa.BigInteger, nullable=False),
)


class SqlSnapshots:
    """Keeps the picture in a database file or server."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        migrate(self._engine, package="spatiotemporal", scripts=MIGRATIONS)

    def load(self) -> Snapshot:
        """What was saved last."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(movers).order_by(movers.c.mover_id)).mappings()
            states = [
                MoverState(index=0, kind=row["mover_id"].partition(":")[0], **row) for row in rows
            ]
            places = connection.execute(sa.select(offsets)).all()
        return Snapshot(
            movers=states,
            next_offsets={TopicPartition(p.topic, p.part): p.next_offset for p in places},
        )

    def save(self, snapshot: Snapshot) -> None:
        """Keep changed movers and all offsets in one transaction."""
        with self._engine.begin() as connection:
            if snapshot.movers:
                rows = [_row(state) for state in snapshot.movers]
                _replace(connection, movers, rows, ["mover_id"])
            if snapshot.next_offsets:
                rows = [
                    {"topic": place.topic, "part": place.partition, "next_offset": offset}
                    for place, offset in snapshot.next_offsets.items()
                ]
                _replace(connection, offsets, rows, ["topic", "part"])

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()


def _row(state: MoverState) -> dict[str, object]:
    row = asdict(state)
    del row["index"], row["kind"]
    return row


def _replace(
    connection: sa.Connection, table: sa.Table, rows: list[dict[str, object]], keys: list[str]
) -> None:
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    statement = dialect.insert(table)
    changes = {c.name: statement.excluded[c.name] for c in table.c if c.name not in keys}
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changes), rows)
