"""First tables: journeys, steps, flights, decisions, consents, data keys, templates."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "passenger_id_decisions",
        sa.Column("journey_id", sa.Text(), primary_key=True),
        sa.Column("event_id", sa.Text(), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("answer", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "passenger_id_flight_gates",
        sa.Column("carrier", sa.Text(), primary_key=True),
        sa.Column("number", sa.Text(), primary_key=True),
        sa.Column("date", sa.Date(), primary_key=True),
        sa.Column("origin", sa.Text(), primary_key=True),
        sa.Column("gate_name", sa.Text(), primary_key=True),
    )
    op.create_index(
        "ix_passenger_id_flight_gates_gate_name", "passenger_id_flight_gates", ["gate_name"]
    )
    op.create_table(
        "passenger_id_flights",
        sa.Column("carrier", sa.Text(), primary_key=True),
        sa.Column("number", sa.Text(), primary_key=True),
        sa.Column("date", sa.Date(), primary_key=True),
        sa.Column("origin", sa.Text(), primary_key=True),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("scheduled", sa.DateTime(timezone=True)),
        sa.Column("estimated", sa.DateTime(timezone=True)),
        sa.Column("actual", sa.DateTime(timezone=True)),
        sa.Column("status_code", sa.Text(), nullable=False),
        sa.Column("status_zh", sa.Text(), nullable=False),
        sa.Column("status_en", sa.Text(), nullable=False),
        sa.Column("phase", sa.Text(), nullable=False),
        sa.Column("gates", sa.Text(), nullable=False),
        sa.Column("stand", sa.Text(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "passenger_id_inbox",
        sa.Column("grp", sa.Text(), primary_key=True),
        sa.Column("source", sa.Text(), primary_key=True),
        sa.Column("message_id", sa.Text(), primary_key=True),
        sa.Column("applied_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_passenger_id_inbox_applied_at", "passenger_id_inbox", ["applied_at"])
    op.create_table(
        "passenger_id_journeys",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("carrier", sa.Text(), nullable=False),
        sa.Column("number", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("destination", sa.Text(), nullable=False),
        sa.Column("designator", sa.Text(), nullable=False),
        sa.Column("std", sa.DateTime(timezone=True), nullable=False),
        sa.Column("booking_reference", sa.Text(), nullable=False),
        sa.Column("passenger_name", sa.Text(), nullable=False),
        sa.Column("seat", sa.Text(), nullable=False),
        sa.Column("sequence", sa.Integer()),
        sa.Column("gate", sa.Text(), nullable=False),
        sa.Column("gate_name", sa.Text(), nullable=False),
        sa.Column("document_last4", sa.Text(), nullable=False),
        sa.Column("document_hmac", sa.Text(), nullable=False),
        sa.Column("screened_at", sa.DateTime(timezone=True)),
        sa.Column("enrolled", sa.Boolean(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("stated_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("updated_at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_passenger_id_journeys_designator", "passenger_id_journeys", ["designator"])
    op.create_index("ix_passenger_id_journeys_gate_name", "passenger_id_journeys", ["gate_name"])
    op.create_index("ix_passenger_id_journeys_std", "passenger_id_journeys", ["std"])
    op.create_index(
        "passenger_id_journeys_flight",
        "passenger_id_journeys",
        ["carrier", "number", "date", "origin"],
    )
    op.create_index(
        "passenger_id_journeys_sequence",
        "passenger_id_journeys",
        ["carrier", "number", "date", "origin", "sequence"],
        unique=True,
        sqlite_where=sa.text("active AND sequence IS NOT NULL"),
        postgresql_where=sa.text("active AND sequence IS NOT NULL"),
    )
    op.create_table(
        "passenger_id_outbox",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("attributes", sa.Text(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "passenger_id_steps",
        sa.Column("seq", sa.Integer(), primary_key=True, autoincrement=True),
        sa.Column("journey_id", sa.Text(), nullable=False),
        sa.Column("event_id", sa.Text(), nullable=False),
        sa.Column("to_state", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("actor", sa.Text(), nullable=False),
        sa.Column("device", sa.Text(), nullable=False),
        sa.Column("method", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("score_band", sa.Text(), nullable=False),
        sa.UniqueConstraint("journey_id", "event_id", "to_state", name="passenger_id_steps_once"),
    )
    op.create_table(
        "passenger_id_consents",
        sa.Column("id", sa.Text(), primary_key=True),
        sa.Column("journey_id", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("purposes", sa.Text(), nullable=False),
        sa.Column("guardian", sa.Text(), nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True)),
        sa.UniqueConstraint("id", "active", name="passenger_id_consents_id_active"),
    )
    op.create_index(
        "passenger_id_consents_journey", "passenger_id_consents", ["journey_id", "given_at"]
    )
    op.create_index(
        "passenger_id_consents_one_active",
        "passenger_id_consents",
        ["journey_id"],
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    )
    op.create_table(
        "passenger_id_data_keys",
        sa.Column("journey_id", sa.Text(), primary_key=True),
        sa.Column("master_id", sa.Text(), nullable=False),
        sa.Column("wrapped", sa.LargeBinary(), nullable=False),
    )
    op.create_table(
        "passenger_id_templates",
        sa.Column("journey_id", sa.Text(), primary_key=True),
        sa.Column("consent_id", sa.Text(), nullable=False),
        sa.Column("consent_active", sa.Boolean(), nullable=False),
        sa.Column("model_sha256", sa.Text(), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("nonce", sa.LargeBinary(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purge_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["consent_id", "consent_active"],
            ["passenger_id_consents.id", "passenger_id_consents.active"],
            name="passenger_id_templates_consent",
        ),
        sa.CheckConstraint("consent_active", name="passenger_id_templates_consented"),
        sa.ForeignKeyConstraint(
            ["journey_id"], ["passenger_id_data_keys.journey_id"], name="passenger_id_templates_key"
        ),
    )
    op.create_index("ix_passenger_id_templates_purge_at", "passenger_id_templates", ["purge_at"])
