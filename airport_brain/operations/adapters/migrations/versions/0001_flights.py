"""Legs, boards, clocks, messages and feeds."""

import sqlalchemy as sa
from alembic import op

revision = "operations_0001"
down_revision = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.create_table(
        "operations_legs",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("state", sa.LargeBinary, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
    )
    op.create_table(
        "operations_board",
        sa.Column("id", sa.Text, primary_key=True),
        sa.Column("leg_id", sa.Text, nullable=False, index=True),
        sa.Column("airport", sa.Text, nullable=False),
        sa.Column("direction", sa.Text, nullable=False),
        sa.Column("sort_time", MOMENT, nullable=False),
        sa.Column("hidden", sa.Boolean, nullable=False),
        sa.Column("search", sa.Text, nullable=False),
        sa.Column("flight", sa.LargeBinary, nullable=False),
        sa.Index("operations_board_time", "sort_time", "id"),
        sa.Index("operations_board_airport", "airport", "direction", "sort_time"),
    )
    op.create_table(
        "operations_clocks",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("leg_id", sa.Text, nullable=False),
        sa.Column("qualifier", sa.Text, nullable=False),
        sa.Column("time_type", sa.Text, nullable=False),
        sa.Column("code_context", sa.Text, nullable=False),
        sa.Column("repeat_index", sa.Integer),
        sa.Column("value", MOMENT),
        sa.Column("late", sa.Boolean, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("message_id", sa.Text, nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Index("operations_clocks_leg", "leg_id", "seq"),
    )
    op.create_table(
        "operations_messages",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("message_id", sa.Text, nullable=False, index=True),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("partition", sa.Integer, nullable=False),
        sa.Column("offset", sa.BigInteger, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("as_of", MOMENT, nullable=False),
        sa.Column("content_type", sa.Text, nullable=False),
        sa.Column("legs", sa.Text, nullable=False),
        sa.Column("notices", sa.Text, nullable=False),
    )
    op.create_table(
        "operations_mentions",
        sa.Column("leg_id", sa.Text, primary_key=True),
        sa.Column("message_seq", sa.Integer, primary_key=True, autoincrement=False),
    )
    op.create_table(
        "operations_feeds",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("last_message_at", MOMENT, nullable=False),
        sa.Column("messages", sa.BigInteger, nullable=False),
    )
    op.create_table(
        "operations_inbox",
        sa.Column("grp", sa.Text, primary_key=True),
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("message_id", sa.Text, primary_key=True),
        sa.Column("applied_at", MOMENT, nullable=False, index=True),
    )
    op.create_table(
        "operations_outbox",
        sa.Column("seq", sa.Integer, primary_key=True, autoincrement=True),
        sa.Column("topic", sa.Text, nullable=False),
        sa.Column("attributes", sa.Text, nullable=False),
        sa.Column("data", sa.LargeBinary, nullable=False),
    )


def downgrade() -> None:
    for table in (
        "outbox",
        "inbox",
        "feeds",
        "mentions",
        "messages",
        "clocks",
        "board",
        "legs",
    ):
        op.drop_table(f"operations_{table}")
