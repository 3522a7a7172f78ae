"""Accounts and API keys in SQL. Passwords are kept as argon2id, keys as SHA-256 of 256 random bits.

A key is shown once, as ``abk_<id>_<secret>``; the id finds the row, the secret proves it. A fast
hash is right for keys because nobody can guess 256 random bits; it would be wrong for passwords.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from airport_brain.auth.errors import AccountExists, UnknownAccount, WeakPassword
from service_bus import Clock
from service_bus.sql import UtcDateTime, migrate, open_engine, reading

MIGRATIONS = Path(__file__).parent / "migrations"

MIN_PASSWORD = 10
"""Shortest password, in characters (NIST SP 800-63B asks for at least 8)."""

metadata = sa.MetaData()

accounts = sa.Table(
    "auth_accounts",
    metadata,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("password_hash", sa.Text, nullable=False),
    sa.Column("roles", sa.Text, nullable=False),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
)

keys = sa.Table(
    "auth_keys",
    metadata,
    sa.Column("id", sa.Text, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("secret_sha256", sa.Text, nullable=False),
    sa.Column("roles", sa.Text, nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("expires_at", UtcDateTime),
    sa.Column("revoked", sa.Boolean, nullable=False),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A person's local account; ``generation`` rises when old sessions must end."""

    name: str
    roles: tuple[str, ...]
    generation: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Key:
    """An API key without its secret."""

    id: str
    name: str
    roles: tuple[str, ...]
    created_at: datetime
    expires_at: datetime | None
    revoked: bool


class AccountStore:
    """The one place that sees passwords and key secrets."""

    def __init__(self, url: str, clock: Clock) -> None:
        self._engine = open_engine(url)
        self._clock = clock
        self._hasher = PasswordHasher()
        # Compared against when a name does not exist, so that both answers take as long.
        self._nobody = self._hasher.hash(secrets.token_hex(16))
        migrate(self._engine, package="auth", scripts=MIGRATIONS)

    def close(self) -> None:
        """Let go of the database."""
        self._engine.dispose()

    def is_empty(self) -> bool:
        """Whether nobody can sign in yet: no account and no key was ever made."""
        with reading(self._engine) as connection:
            people = connection.execute(sa.select(sa.func.count()).select_from(accounts)).scalar()
            machines = connection.execute(sa.select(sa.func.count()).select_from(keys)).scalar()
        return not people and not machines

    def add_account(self, name: str, password: str, roles: Sequence[str]) -> None:
        """Create an account.

        Raises:
            AccountExists: the name is taken.
            WeakPassword: shorter than ``MIN_PASSWORD``.
        """
        if len(password) < MIN_PASSWORD:
            raise WeakPassword(f"password needs at least {MIN_PASSWORD} characters")
        row = {
            "name": name,
            "password_hash": self._hasher.hash(password),
            "roles": json.dumps(list(roles)),
            "generation": 1,
            "disabled": False,
            "created_at": self._clock(),
        }
        try:
            with self._engine.begin() as connection:
                connection.execute(sa.insert(accounts).values(row))
        except sa.exc.IntegrityError as error:
            raise AccountExists(f"account {name!r} exists already") from error

    def set_password(self, name: str, password: str) -> None:
        """Change a password and end the account's sessions."""
        if len(password) < MIN_PASSWORD:
            raise WeakPassword(f"password needs at least {MIN_PASSWORD} characters")
        self._change(
            name,
            password_hash=self._hasher.hash(password),
            generation=accounts.c.generation + 1,
        )

    def disable(self, name: str) -> None:
        """Close an account and end its sessions."""
        self._change(name, disabled=True, generation=accounts.c.generation + 1)

    def _change(self, name: str, **values: object) -> None:
        with self._engine.begin() as connection:
            changed = connection.execute(
                sa.update(accounts).where(accounts.c.name == name).values(**values)
            ).rowcount
        if not changed:
            raise UnknownAccount(f"no account {name!r}")

    def account(self, name: str) -> Account | None:
        """An open account by name."""
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(accounts).where(accounts.c.name == name, ~accounts.c.disabled)
            ).one_or_none()
        return None if row is None else _account(row)

    def list_accounts(self) -> list[Account]:
        """Open accounts by name."""
        with reading(self._engine) as connection:
            rows = connection.execute(
                sa.select(accounts).where(~accounts.c.disabled).order_by(accounts.c.name)
            ).all()
        return [_account(row) for row in rows]

    def check_password(self, name: str, password: str) -> Account | None:
        """The account if the password is right; takes the same time for unknown names."""
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(accounts.c.password_hash).where(
                    accounts.c.name == name, ~accounts.c.disabled
                )
            ).one_or_none()
        try:
            self._hasher.verify(row.password_hash if row else self._nobody, password)
        except (VerificationError, InvalidHashError):
            return None
        return self.account(name) if row else None

    def add_key(self, name: str, roles: Sequence[str], *, valid_for: timedelta | None) -> str:
        """Make a key and give its text, which is not kept."""
        identifier, secret = secrets.token_hex(6), secrets.token_urlsafe(32)
        now = self._clock()
        with self._engine.begin() as connection:
            connection.execute(
                sa.insert(keys).values(
                    id=identifier,
                    name=name,
                    secret_sha256=_digest(secret),
                    roles=json.dumps(list(roles)),
                    created_at=now,
                    expires_at=now + valid_for if valid_for else None,
                    revoked=False,
                )
            )
        return f"abk_{identifier}_{secret}"

    def check_key(self, text: str) -> Key | None:
        """The key if it is known, in time and not revoked."""
        prefix, _, rest = text.partition("_")
        identifier, _, secret = rest.partition("_")
        if prefix != "abk" or not secret:
            return None
        with reading(self._engine) as connection:
            row = connection.execute(
                sa.select(keys).where(keys.c.id == identifier, ~keys.c.revoked)
            ).one_or_none()
        if row is None or not hmac.compare_digest(row.secret_sha256, _digest(secret)):
            return None
        if row.expires_at is not None and row.expires_at <= self._clock():
            return None
        return _key(row)

    def list_keys(self) -> list[Key]:
        """All keys, newest first."""
        with reading(self._engine) as connection:
            rows = connection.execute(sa.select(keys).order_by(keys.c.created_at.desc())).all()
        return [_key(row) for row in rows]

    def revoke_key(self, identifier: str) -> None:
        """End a key at once."""
        with self._engine.begin() as connection:
            changed = connection.execute(
                sa.update(keys).where(keys.c.id == identifier).values(revoked=True)
            ).rowcount
        if not changed:
            raise UnknownAccount(f"no key {identifier!r}")


def _account(row: sa.Row[tuple[object, ...]]) -> Account:
    return Account(name=row.name, roles=tuple(json.loads(row.roles)), generation=row.generation)


def _key(row: sa.Row[tuple[object, ...]]) -> Key:
    return Key(
        id=row.id,
        name=row.name,
        roles=tuple(json.loads(row.roles)),
        created_at=row.created_at,
        expires_at=row.expires_at,
        revoked=row.revoked,
    )


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
