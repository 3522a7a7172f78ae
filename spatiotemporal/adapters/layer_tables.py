"""Tables of the thematic layers."""

from __future__ import annotations

import sqlalchemy as sa

from service_bus.sql import UtcDateTime

metadata = sa.MetaData()

versions = sa.Table(
    "spatiotemporal_layer_versions",
    metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("icao", sa.Text, nullable=False),
    sa.Column("layer", sa.Text, nullable=False),
    sa.Column("feature_id", sa.Text, nullable=False),
    sa.Column("shape", sa.LargeBinary, nullable=False),
    sa.Column("west", sa.Float, nullable=False),
    sa.Column("south", sa.Float, nullable=False),
    sa.Column("east", sa.Float, nullable=False),
    sa.Column("north", sa.Float, nullable=False),
    sa.Column("properties", sa.Text, nullable=False),
    sa.Column("valid_from", UtcDateTime, nullable=False),
    sa.Column("valid_to", UtcDateTime),
    sa.Column("made_by", sa.Integer, nullable=False),
    sa.Column("recorded_at", UtcDateTime, nullable=False),
    sa.Column("ended_by", sa.Integer),
    sa.Column("ended_at", UtcDateTime),
)

edits = sa.Table(
    "spatiotemporal_layer_edits",
    metadata,
    sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
    sa.Column("icao", sa.Text, nullable=False),
    sa.Column("layer", sa.Text, nullable=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("who", sa.Text, nullable=False),
    sa.Column("made_at", UtcDateTime, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("features", sa.Integer, nullable=False),
    sa.Column("undoes", sa.Integer),
    sa.Column("undone_by", sa.Integer),
)

revisions = sa.Table(
    "spatiotemporal_layer_revisions",
    metadata,
    sa.Column("icao", sa.Text, primary_key=True),
    sa.Column("layer", sa.Text, primary_key=True),
    sa.Column("revision", sa.Integer, nullable=False),
)
