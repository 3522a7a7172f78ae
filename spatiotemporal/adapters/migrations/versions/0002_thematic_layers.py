"""Thematic layers: versions of features, edits, and geometry columns where PostGIS is there."""

import sqlalchemy as sa
from alembic import op

revision = "spatiotemporal_0002"
down_revision = "spatiotemporal_0001"

MOMENT = sa.DateTime(timezone=True)
VERSIONS = "spatiotemporal_layer_versions"
VIEW = "spatiotemporal_layer_features"


def upgrade() -> None:
    op.create_table(
        VERSIONS,
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
        sa.Column("valid_from", MOMENT, nullable=False),
        sa.Column("valid_to", MOMENT),
        sa.Column("made_by", sa.Integer, nullable=False),
        sa.Column("recorded_at", MOMENT, nullable=False),
        sa.Column("ended_by", sa.Integer),
        sa.Column("ended_at", MOMENT),
    )
    said = sa.text("ended_by IS NULL")
    op.create_index(
        "spatiotemporal_layer_said",
        VERSIONS,
        ["icao", "layer", "feature_id", "valid_from"],
        unique=True,
        sqlite_where=said,
        postgresql_where=said,
    )
    op.create_index("spatiotemporal_layer_made_by", VERSIONS, ["made_by"])
    op.create_index("spatiotemporal_layer_ended_by", VERSIONS, ["ended_by"])
    op.create_table(
        "spatiotemporal_layer_edits",
        sa.Column("number", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("icao", sa.Text, nullable=False),
        sa.Column("layer", sa.Text, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("who", sa.Text, nullable=False),
        sa.Column("made_at", MOMENT, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("features", sa.Integer, nullable=False),
        sa.Column("undoes", sa.Integer),
        sa.Column("undone_by", sa.Integer),
    )
    op.create_table(
        "spatiotemporal_layer_revisions",
        sa.Column("icao", sa.Text, primary_key=True),
        sa.Column("layer", sa.Text, primary_key=True),
        sa.Column("revision", sa.Integer, nullable=False),
    )
    if _has_postgis():
        _add_geometry()


def _has_postgis() -> bool:
    """Whether the extension is there, or may be made by this account."""
    connection = op.get_bind()
    if connection.dialect.name != "postgresql":
        return False
    offered = "SELECT 1 FROM pg_available_extensions WHERE name = 'postgis'"
    if connection.execute(sa.text(offered)).scalar() is None:
        return False
    try:
        with connection.begin_nested():
            connection.execute(sa.text("CREATE EXTENSION IF NOT EXISTS postgis"))
    except sa.exc.DBAPIError:  # no right to: an administrator may have to make it first
        return False
    return True


def _add_geometry() -> None:
    op.execute(
        f"ALTER TABLE {VERSIONS} ADD COLUMN geom geometry(Geometry, 4326) "
        "GENERATED ALWAYS AS (ST_GeomFromWKB(shape, 4326)) STORED"
    )
    op.execute(f"CREATE INDEX spatiotemporal_layer_geom ON {VERSIONS} USING gist (geom)")
    op.execute(
        f"CREATE VIEW {VIEW} AS SELECT seq, icao, layer, feature_id, properties::jsonb AS properties, "
        f"valid_from, valid_to, made_by, recorded_at, geom FROM {VERSIONS} "
        "WHERE ended_by IS NULL AND valid_from <= now() AND (valid_to IS NULL OR valid_to > now())"
    )


def downgrade() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(f"DROP VIEW IF EXISTS {VIEW}")
    op.drop_table("spatiotemporal_layer_revisions")
    op.drop_table("spatiotemporal_layer_edits")
    op.drop_table(VERSIONS)
