"""Consents and sealed face templates in SQL tables (SQLite by default, PostgreSQL by URL).

A template is float32, little-endian, sealed with AES-256-GCM under a data key of its own: one per
journey, that is per passenger and flight. Its associated data are journey id, model hash and
purpose, so that a row moved to another journey, model or purpose does not open. The data key is
wrapped by the master key, which is not in the database.

"No active consent, no template" is the database's rule, not ours: a template row points at (consent
id, active = true). A template without consent cannot be inserted, and a consent cannot be ended
while its template is still there. No name, document or flight is in these tables; they join
journeys only by the opaque id.
"""

from __future__ import annotations

import os
import secrets
from collections.abc import Sequence
from datetime import datetime

import numpy as np
import orjson
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from passenger_id.domain import Census, Consent, Embedding, JourneyId, Template
from passenger_id.errors import KeyMismatch, TemplateDamaged
from passenger_id.ports import KeyWrap
from service_bus.sql import UtcDateTime, reading

METADATA = sa.MetaData()

CONSENTS = sa.Table(
    "passenger_id_consents",
    METADATA,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("journey_id", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("version", sa.Text, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("purposes", sa.Text, nullable=False),
    sa.Column("guardian", sa.Text, nullable=False),
    sa.Column("given_at", UtcDateTime, nullable=False),
    sa.Column("withdrawn_at", UtcDateTime),
    sa.UniqueConstraint("id", "active", name="passenger_id_consents_id_active"),
    sa.Index(
        "passenger_id_consents_one_active",
        "journey_id",
        unique=True,
        sqlite_where=sa.text("active"),
        postgresql_where=sa.text("active"),
    ),
    sa.Index("passenger_id_consents_journey", "journey_id", "given_at"),
)

DATA_KEYS = sa.Table(
    "passenger_id_data_keys",
    METADATA,
    sa.Column("journey_id", sa.Text, primary_key=True),
    sa.Column("master_id", sa.Text, nullable=False),
    sa.Column("wrapped", sa.LargeBinary, nullable=False),
)

TEMPLATES = sa.Table(
    "passenger_id_templates",
    METADATA,
    sa.Column(
        "journey_id",
        sa.Text,
        sa.ForeignKey("passenger_id_data_keys.journey_id", name="passenger_id_templates_key"),
        primary_key=True,
    ),
    sa.Column("consent_id", sa.Text, nullable=False),
    sa.Column("consent_active", sa.Boolean, nullable=False),
    sa.Column("model_sha256", sa.Text, nullable=False),
    sa.Column("purpose", sa.Text, nullable=False),
    sa.Column("nonce", sa.LargeBinary, nullable=False),
    sa.Column("sealed", sa.LargeBinary, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("purge_at", UtcDateTime, nullable=False, index=True),
    sa.CheckConstraint("consent_active", name="passenger_id_templates_consented"),
    sa.ForeignKeyConstraint(
        ["consent_id", "consent_active"],
        ["passenger_id_consents.id", "passenger_id_consents.active"],
        name="passenger_id_templates_consent",
    ),
)

NONCE_BYTES = 12
"""Of AES-GCM; random, one template per key, so it never repeats under a key."""


class SqlVault:
    """The vault inside one transaction."""

    def __init__(self, connection: sa.Connection, keys: KeyWrap) -> None:
        self._connection = connection
        self._keys = keys

    def consent(self, journey_id: JourneyId) -> Consent | None:
        """Give the latest consent, withdrawn or not."""
        row = self._connection.execute(
            sa.select(CONSENTS)
            .where(CONSENTS.c.journey_id == journey_id)
            .order_by(CONSENTS.c.active.desc(), CONSENTS.c.given_at.desc())
            .limit(1)
        ).one_or_none()
        if row is None:
            return None
        return Consent(
            id=row.id,
            journey_id=JourneyId(row.journey_id),
            version=row.version,
            channel=row.channel,
            purposes=tuple(orjson.loads(row.purposes)),
            given_at=row.given_at,
            guardian=row.guardian,
            withdrawn_at=row.withdrawn_at,
        )

    def seal(self, consent: Consent, template: Template) -> None:
        """Keep a consent and the template it allows, in place of earlier ones."""
        if template.purpose not in consent.purposes:
            raise ValueError(f"consent does not cover the purpose {template.purpose!r}")
        journey_id = template.journey_id
        self.destroy(journey_id)
        run = self._connection.execute
        run(
            sa.update(CONSENTS)
            .where(CONSENTS.c.journey_id == journey_id, CONSENTS.c.active)
            .values(active=False)
        )
        run(sa.insert(CONSENTS).values(**_consent_row(consent)))
        data_key = secrets.token_bytes(32)
        wrapped = self._keys.wrap(data_key, aad=journey_id.encode())
        run(
            sa.insert(DATA_KEYS).values(
                journey_id=journey_id, master_id=self._keys.id, wrapped=wrapped
            )
        )
        nonce = os.urandom(NONCE_BYTES)
        plain = np.ascontiguousarray(template.embedding, dtype="<f4").tobytes()
        aad = _aad(journey_id, template.model_sha256, template.purpose)
        run(
            sa.insert(TEMPLATES).values(
                journey_id=journey_id,
                consent_id=consent.id,
                consent_active=True,
                model_sha256=template.model_sha256,
                purpose=template.purpose,
                nonce=nonce,
                sealed=AESGCM(data_key).encrypt(nonce, plain, aad),
                created_at=template.created_at,
                purge_at=template.purge_at,
            )
        )

    def open(
        self, journey_id: JourneyId, *, model_sha256: str, purpose: str, now: datetime
    ) -> Embedding | None:
        """Give the template of this model and purpose unless it is due to be gone."""
        row = self._connection.execute(
            sa.select(TEMPLATES.c.nonce, TEMPLATES.c.sealed, DATA_KEYS.c.wrapped)
            .join(DATA_KEYS, DATA_KEYS.c.journey_id == TEMPLATES.c.journey_id)
            .where(
                TEMPLATES.c.journey_id == journey_id,
                TEMPLATES.c.model_sha256 == model_sha256,
                TEMPLATES.c.purpose == purpose,
                TEMPLATES.c.purge_at > now,
            )
        ).one_or_none()
        if row is None:
            return None
        data_key = self._keys.unwrap(row.wrapped, aad=journey_id.encode())
        try:
            plain = AESGCM(data_key).decrypt(
                row.nonce, row.sealed, _aad(journey_id, model_sha256, purpose)
            )
        except InvalidTag:
            raise TemplateDamaged("template") from None
        return np.frombuffer(plain, dtype="<f4").astype(np.float32)

    def holds(self, journey_id: JourneyId, *, purpose: str, now: datetime) -> bool:
        """Tell whether any template for this purpose could be opened now."""
        found = self._connection.execute(
            sa.select(TEMPLATES.c.journey_id).where(
                TEMPLATES.c.journey_id == journey_id,
                TEMPLATES.c.purpose == purpose,
                TEMPLATES.c.purge_at > now,
            )
        )
        return found.one_or_none() is not None

    def destroy(self, journey_id: JourneyId, *, withdrawn_at: datetime | None = None) -> bool:
        """Overwrite and delete data key and template; with a time the consent ends too."""
        run = self._connection.execute
        mine = TEMPLATES.c.journey_id == journey_id
        key_mine = DATA_KEYS.c.journey_id == journey_id
        # Overwritten first: a page the database frees by deleting may keep its old bytes a while.
        run(sa.update(TEMPLATES).where(mine).values(nonce=b"", sealed=b""))
        run(sa.update(DATA_KEYS).where(key_mine).values(wrapped=b""))
        gone = run(sa.delete(TEMPLATES).where(mine)).rowcount
        run(sa.delete(DATA_KEYS).where(key_mine))
        if withdrawn_at is None:
            return bool(gone)
        ended = run(
            sa.update(CONSENTS)
            .where(CONSENTS.c.journey_id == journey_id, CONSENTS.c.active)
            .values(active=False, withdrawn_at=withdrawn_at)
        ).rowcount
        return bool(gone or ended)

    def reschedule(self, journey_ids: Sequence[JourneyId], purge_at: datetime) -> None:
        """Set when these journeys' templates must be gone."""
        if journey_ids:
            self._connection.execute(
                sa.update(TEMPLATES)
                .where(TEMPLATES.c.journey_id.in_(list(journey_ids)))
                .values(purge_at=purge_at)
            )

    def due(self, before: datetime) -> list[JourneyId]:
        """Give the journeys whose templates must be gone by then."""
        found = self._connection.execute(
            sa.select(TEMPLATES.c.journey_id)
            .where(TEMPLATES.c.purge_at <= before)
            .order_by(TEMPLATES.c.purge_at)
        )
        return [JourneyId(text) for text in found.scalars()]

    def census(self, now: datetime) -> Census:
        """Count templates, and those that should not be there any more."""
        count = sa.select(sa.func.count()).select_from(TEMPLATES)
        return Census(
            active_templates=self._connection.execute(count).scalar_one(),
            templates_overdue=self._connection.execute(
                count.where(TEMPLATES.c.purge_at <= now)
            ).scalar_one(),
        )


def check_master_key(engine: sa.Engine, keys: KeyWrap) -> None:
    """Refuse to start with a master key that cannot open what is stored.

    Raises:
        KeyMismatch: a data key was wrapped by another master key.
    """
    with reading(engine) as connection:
        stored = connection.execute(
            sa.select(DATA_KEYS.c.master_id).where(DATA_KEYS.c.master_id != keys.id).limit(1)
        ).scalar_one_or_none()
    if stored is not None:
        raise KeyMismatch(stored, keys.id)


def _consent_row(consent: Consent) -> dict[str, object]:
    return {
        "id": consent.id,
        "journey_id": consent.journey_id,
        "active": True,
        "version": consent.version,
        "channel": consent.channel,
        "purposes": orjson.dumps(consent.purposes).decode(),
        "guardian": consent.guardian,
        "given_at": consent.given_at,
        "withdrawn_at": None,
    }


def _aad(journey_id: str, model_sha256: str, purpose: str) -> bytes:
    """Associated data; the separator cannot occur in any part."""
    return "\x1f".join((journey_id, model_sha256, purpose)).encode()
