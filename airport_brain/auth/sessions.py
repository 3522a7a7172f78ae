"""Browser sessions: a signed, expiring token (JWS, HS256) in a cookie.

The token names the account or key and its generation; changing a password, disabling an account or
revoking a key ends its sessions at the next request.
"""

from __future__ import annotations

import os
import secrets
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import OctKey

from airport_brain.auth.roles import scopes_of
from airport_brain.auth.store import AccountStore
from service_bus import Clock, Principal

COOKIE = "airport_brain_session"
ISSUER = "airport-brain"
ALGORITHM = "HS256"


def load_secret(path: Path) -> bytes:
    """Read the signing key, making one (0600) at the first start."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return bytes.fromhex(path.read_text("ascii").strip())
    secret = secrets.token_bytes(32)
    with os.fdopen(descriptor, "w", encoding="ascii") as file:
        file.write(secret.hex())
        file.flush()
        os.fsync(file.fileno())
    return secret


@dataclass(frozen=True, slots=True)
class Sessions:
    """Issues and checks session tokens, and checks API keys."""

    store: AccountStore
    secret: bytes
    lifetime: timedelta
    clock: Clock

    def issue_for_account(self, name: str, generation: int) -> str:
        """A token for a person."""
        return self._issue({"sub": name, "gen": generation, "kind": "user"})

    def issue_for_key(self, text: str) -> str | None:
        """A token for whoever holds this key; ``None`` if the key is not good."""
        key = self.store.check_key(text)
        if key is None:
            return None
        return self._issue({"sub": key.name, "key": key.id, "kind": "key"})

    def _issue(self, claims: dict[str, object]) -> str:
        now = int(self.clock().timestamp())
        claims |= {"iss": ISSUER, "iat": now, "exp": now + int(self.lifetime.total_seconds())}
        return jwt.encode({"alg": ALGORITHM}, claims, OctKey.import_key(self.secret))

    def principal_of_token(self, token: str) -> Principal | None:
        """Who a session token stands for; ``None`` when forged, expired or ended."""
        try:
            claims = jwt.decode(
                token, OctKey.import_key(self.secret), algorithms=[ALGORITHM]
            ).claims
        except (JoseError, ValueError):
            return None
        if claims.get("iss") != ISSUER or claims.get("exp", 0) <= self.clock().timestamp():
            return None
        if claims.get("kind") == "key":
            key = next((k for k in self.store.list_keys() if k.id == claims.get("key")), None)
            if key is None or key.revoked or (key.expires_at and key.expires_at <= self.clock()):
                return None
            return Principal(name=key.name, scopes=scopes_of(key.roles), kind="key")
        account = self.store.account(str(claims.get("sub")))
        if account is None or account.generation != claims.get("gen"):
            return None
        return Principal(name=account.name, scopes=scopes_of(account.roles), kind="user")

    def principal_of_key(self, text: str) -> Principal | None:
        """Who an API key stands for."""
        key = self.store.check_key(text)
        if key is None:
            return None
        return Principal(name=key.name, scopes=scopes_of(key.roles), kind="key")
