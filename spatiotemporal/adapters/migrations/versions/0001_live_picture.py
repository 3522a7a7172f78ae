"""The saved live picture and the offsets it stands for."""

import sqlalchemy as sa
from alembic import op

revision = "spatiotemporal_0001"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "spatiotemporal_movers",
        sa.Column("mover_id", sa.Text, primary_key=True),
        sa.Column("fleet", sa.Text, nullable=False),
        sa.Column("label", sa.Text, nullable=False),
        sa.Column("latitude", sa.Float, nullable=False),
        sa.Column("longitude", sa.Float, nullable=False),
        sa.Column("speed_mps", sa.Float),
        sa.Column("heading_deg", sa.Float),
        sa.Column("fix_time", sa.DateTime(timezone=True), nullable=False),
        sa.Column("received", sa.DateTime(timezone=True), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("fixes", sa.BigInteger, nullable=False),
        sa.Column("late", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "spatiotemporal_offsets",
        sa.Column("topic", sa.Text, primary_key=True),
        sa.Column("part", sa.Integer, primary_key=True),
        sa.Column("next_offset", sa.BigInteger, nullable=False),
    )


def downgrade() -> None:
    op.drop_table("spatiotemporal_offsets")
    op.drop_table("spatiotemporal_movers")
