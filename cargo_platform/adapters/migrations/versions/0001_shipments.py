"""Shipments, milestones, inbox and outbox."""

import sqlalchemy as sa
from alembic import op

revision = "cargo_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "cargo_shipments",
        sa.Column("awb", sa.Text, primary_key=True),
        sa.Column("origin", sa.Text, nullable=False),
        sa.Column("destination", sa.Text, nullable=False),
        sa.Column("pieces", sa.Integer),
        sa.Column("weight_kg", sa.Text),
        sa.Column("updated", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "cargo_milestones",
        sa.Column("awb", sa.Text, primary_key=True),
        sa.Column("identity", sa.Text, primary_key=True),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("station", sa.Text, nullable=False),
        sa.Column("local", sa.DateTime, nullable=False),
        sa.Column("has_time", sa.Boolean, nullable=False),
        sa.Column("utc", sa.DateTime(timezone=True)),
        sa.Column("to_station", sa.Text, nullable=False),
        sa.Column("flight", sa.Text, nullable=False),
        sa.Column("pieces", sa.Integer, nullable=False),
        sa.Column("weight_kg", sa.Text),
        sa.Column("part", sa.Boolean, nullable=False),
        sa.Column("discrepancy", sa.Text, nullable=False),
        sa.Column("received", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sender", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
    )
    op.create_table(
        "cargo_inbox",
        sa.Column("grp", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("message_id", sa.Text, primary_key=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False, index=True),
    )
    op.create_table(
        "cargo_outbox",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("attributes", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    for table in ("cargo_outbox", "cargo_inbox", "cargo_milestones", "cargo_shipments"):
        op.drop_table(table)
