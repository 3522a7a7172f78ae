"""Thematic layers in SQL: SQLite by default, PostgreSQL by URL, PostGIS where the server has it.

On PostGIS every version also has a ``geom`` column that the database makes of the shape, with an
index of its own, and the view ``spatiotemporal_layer_features`` shows what holds now: GIS programs
open that. Shapes are kept as WKB everywhere, so that the same code reads them.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import orjson
import shapely
import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from service_bus.sql import migrate, open_engine, reading
from spatiotemporal.adapters.layer_tables import edits, revisions, versions
from spatiotemporal.adapters.sql_store import MIGRATIONS
from spatiotemporal.airport_model.thematic import (
    Content,
    Edit,
    EditConflict,
    Edition,
    NewEdit,
    UnknownEdit,
    Version,
)
from spatiotemporal.airport_model.thematic.versions import Box

ENDS_AT_ONCE = 500
"""Numbers in one IN list; SQLite takes a few thousand variables per statement."""


class SqlLayers:
    """Keeps layers in a database file or server."""

    def __init__(self, url: str) -> None:
        self._engine = open_engine(url)
        migrate(self._engine, package="spatiotemporal", scripts=MIGRATIONS)
        self.postgis = _has_geometry(self._engine)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def counts(self, icao: str, at: datetime) -> dict[str, int]:
        """Features per layer that hold at a moment."""
        holding = sa.func.sum(
            sa.case((sa.and_(_holds(at), versions.c.ended_by.is_(None)), 1), else_=0)
        )
        query = (
            sa.select(versions.c.layer, holding)
            .where(versions.c.icao == icao)
            .group_by(versions.c.layer)
            .order_by(versions.c.layer)
        )
        with reading(self._engine) as connection:
            return {layer: int(count) for layer, count in connection.execute(query)}

    def features(
        self, icao: str, layer: str, at: datetime, *, box: Box | None = None,
        known_at: datetime | None = None,
    ) -> list[Version]:  # fmt: skip
        """Versions that hold at a moment, as far as known at another; by id."""
        said = versions.c.ended_by.is_(None) if known_at is None else _known(known_at)
        wanted = [_of(icao, layer), _holds(at), said]
        if box is not None:
            wanted.append(self._meets(box))
        return self._versions(sa.and_(*wanted), versions.c.feature_id)

    def overlapping(
        self, icao: str, layer: str, start: datetime, end: datetime | None
    ) -> list[Version]:
        """Versions said now that hold at some time of a window; by beginning, then id."""
        table = versions.c
        wanted = [
            _of(icao, layer),
            table.ended_by.is_(None),
            sa.or_(table.valid_to.is_(None), table.valid_to > start),
        ]
        if end is not None:
            wanted.append(table.valid_from < end)
        return self._versions(sa.and_(*wanted), table.valid_from, table.feature_id)

    def edition(self, icao: str, layer: str, at: datetime) -> Edition:
        """Names the state of a layer at a moment."""
        table, said = versions.c, versions.c.ended_by.is_(None)
        times = [
            sa.select(sa.func.max(column)).where(_of(icao, layer), said, column <= at)
            for column in (table.valid_from, table.valid_to)
        ]
        with reading(self._engine) as connection:
            revision = _revision(connection, icao, layer)
            found = [connection.execute(query).scalar() for query in times]
        return Edition(revision=revision, turned=max((t for t in found if t), default=None))

    def versions(self, icao: str, layer: str, feature_id: str = "") -> list[Version]:
        """All versions of a feature, or of the whole layer, in the order of making."""
        wanted = _of(icao, layer)
        if feature_id:
            wanted = sa.and_(wanted, versions.c.feature_id == feature_id)
        return self._versions(wanted, versions.c.seq)

    def edits(
        self, icao: str, *, layer: str = "", feature_id: str = "", before: int = 0,
        limit: int = 100,
    ) -> list[Edit]:  # fmt: skip
        """Edits, newest first, below number ``before`` if that is given."""
        query = sa.select(edits).where(edits.c.icao == icao)
        if layer:
            query = query.where(edits.c.layer == layer)
        if before:
            query = query.where(edits.c.number < before)
        if feature_id:
            one = versions.c.feature_id == feature_id
            touched = sa.union(
                sa.select(versions.c.made_by).where(one),
                sa.select(versions.c.ended_by).where(one, versions.c.ended_by.is_not(None)),
            )
            query = query.where(edits.c.number.in_(touched))
        with reading(self._engine) as connection:
            rows = connection.execute(query.order_by(edits.c.number.desc()).limit(limit))
            return [Edit(**row) for row in rows.mappings()]

    def edit(self, icao: str, number: int) -> tuple[Edit, list[Version], list[Version]]:
        """An edit with the versions that it ended and those that it made."""
        query = sa.select(edits).where(edits.c.icao == icao, edits.c.number == number)
        with reading(self._engine) as connection:
            row = connection.execute(query).mappings().one_or_none()
        if row is None:
            raise UnknownEdit(icao, number)
        ended = self._versions(versions.c.ended_by == number, versions.c.seq)
        return Edit(**row), ended, self._versions(versions.c.made_by == number, versions.c.seq)

    def apply(self, edit: NewEdit, made_at: datetime) -> Edit:
        """Make an edit, all or nothing."""
        with self._engine.begin() as connection:
            _advance(connection, edit)
            touched = {content.feature_id for content in edit.makes}
            touched |= _feature_ids(connection, edit.ends)
            row: dict[str, Any] = {
                "icao": edit.icao, "layer": edit.layer, "action": edit.action, "who": edit.who,
                "made_at": made_at, "reason": edit.reason, "features": len(touched),
                "undoes": edit.undoes, "undone_by": None,
            }  # fmt: skip
            insert = sa.insert(edits).values(row).returning(edits.c.number)
            number = int(connection.execute(insert).scalar_one())
            _end(connection, edit.ends, number, made_at)
            if edit.makes:
                rows = [_row(edit, content, number, made_at) for content in edit.makes]
                connection.execute(sa.insert(versions), rows)
            if edit.undoes is not None:
                mark = sa.update(edits).where(edits.c.number == edit.undoes)
                connection.execute(mark.values(undone_by=number))
        return Edit(number=number, **row)

    def _versions(self, wanted: sa.ColumnElement[bool], *order: Any) -> list[Version]:
        query = sa.select(versions).where(wanted).order_by(*order)
        with reading(self._engine) as connection:
            rows = connection.execute(query).all()
        shapes = shapely.from_wkb([row.shape for row in rows])
        return [_version(row, shape) for row, shape in zip(rows, shapes.tolist(), strict=True)]

    def _meets(self, box: Box) -> sa.ColumnElement[bool]:
        if self.postgis:
            return sa.literal_column("geom").op("&&")(sa.func.ST_MakeEnvelope(*box, 4326))
        west, south, east, north = box
        table = versions.c
        return sa.and_(
            table.west <= east, table.east >= west, table.south <= north, table.north >= south
        )


def _has_geometry(engine: sa.Engine) -> bool:
    if engine.dialect.name != "postgresql":
        return False
    column = (
        "SELECT count(*) FROM information_schema.columns WHERE table_name = :table "
        "AND column_name = 'geom' AND table_schema = current_schema()"
    )
    with reading(engine) as connection:
        return bool(connection.execute(sa.text(column), {"table": versions.name}).scalar())


def _of(icao: str, layer: str) -> sa.ColumnElement[bool]:
    return sa.and_(versions.c.icao == icao, versions.c.layer == layer)


def _holds(at: datetime) -> sa.ColumnElement[bool]:
    table = versions.c
    return sa.and_(table.valid_from <= at, sa.or_(table.valid_to.is_(None), table.valid_to > at))


def _known(at: datetime) -> sa.ColumnElement[bool]:
    table = versions.c
    return sa.and_(table.recorded_at <= at, sa.or_(table.ended_at.is_(None), table.ended_at > at))


def _revision(connection: sa.Connection, icao: str, layer: str) -> int:
    query = sa.select(revisions.c.revision).where(
        revisions.c.icao == icao, revisions.c.layer == layer
    )
    return connection.execute(query).scalar() or 0


def _advance(connection: sa.Connection, edit: NewEdit) -> None:
    """Count the edit; the row's lock makes other edits of the layer wait until this one is in."""
    dialect = postgresql if connection.dialect.name == "postgresql" else sqlite
    place = {"icao": edit.icao, "layer": edit.layer}
    connection.execute(
        dialect.insert(revisions).values(revision=0, **place).on_conflict_do_nothing()
    )
    counted = connection.execute(
        sa.update(revisions)
        .where(
            revisions.c.icao == edit.icao,
            revisions.c.layer == edit.layer,
            revisions.c.revision == edit.revision,
        )
        .values(revision=edit.revision + 1)
    )
    if counted.rowcount != 1:
        raise EditConflict(f"layer {edit.layer} has changed since the edit was planned")


def _parts(seqs: Sequence[int]) -> list[Sequence[int]]:
    return [seqs[at : at + ENDS_AT_ONCE] for at in range(0, len(seqs), ENDS_AT_ONCE)]


def _feature_ids(connection: sa.Connection, seqs: Sequence[int]) -> set[str]:
    found: set[str] = set()
    for part in _parts(seqs):
        query = sa.select(versions.c.feature_id).where(versions.c.seq.in_(part))
        found.update(connection.execute(query).scalars())
    return found


def _end(connection: sa.Connection, seqs: Sequence[int], number: int, at: datetime) -> None:
    for part in _parts(seqs):
        said = sa.and_(versions.c.seq.in_(part), versions.c.ended_by.is_(None))
        done = connection.execute(
            sa.update(versions).where(said).values(ended_by=number, ended_at=at)
        )
        if done.rowcount != len(part):
            raise EditConflict("a version that the edit ends was ended by another")


def _row(edit: NewEdit, content: Content, number: int, made_at: datetime) -> dict[str, Any]:
    west, south, east, north = content.shape.bounds
    return {
        "icao": edit.icao,
        "layer": edit.layer,
        "feature_id": content.feature_id,
        "shape": shapely.to_wkb(content.shape),
        "west": west, "south": south, "east": east, "north": north,
        "properties": orjson.dumps(dict(content.properties)).decode(),
        "valid_from": content.valid_from,
        "valid_to": content.valid_to,
        "made_by": number,
        "recorded_at": made_at,
    }  # fmt: skip


def _version(row: Any, shape: Any) -> Version:
    content = Content(
        feature_id=row.feature_id,
        shape=shape,
        properties=orjson.loads(row.properties),
        valid_from=row.valid_from,
        valid_to=row.valid_to,
    )
    return Version(
        seq=row.seq,
        content=content,
        made_by=row.made_by,
        recorded_at=row.recorded_at,
        ended_by=row.ended_by,
        ended_at=row.ended_at,
    )
