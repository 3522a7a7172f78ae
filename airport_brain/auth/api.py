"""Signing in and out, and the administration of accounts and keys."""

from __future__ import annotations

from datetime import datetime, timedelta

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, Field, SecretStr

from airport_brain.auth.errors import NotSignedIn, UnknownAccount
from airport_brain.auth.guard import SessionGuard, client_address
from airport_brain.auth.limits import TokenBuckets
from airport_brain.auth.roles import ROLES, SIGNED_IN
from airport_brain.auth.sessions import COOKIE, Sessions
from airport_brain.auth.store import AccountStore
from service_bus import Principal


class SignIn(BaseModel):
    """Either a name and password, or an access key."""

    name: str = Field("", max_length=80)
    password: SecretStr = Field(SecretStr(""), max_length=200)
    access_key: SecretStr = Field(SecretStr(""), max_length=200)


class SessionView(BaseModel):
    """Who is signed in and what they may do."""

    name: str
    kind: str
    scopes: list[str]


class NewAccount(BaseModel):
    """An account to create."""

    name: str = Field(min_length=2, max_length=80, pattern=r"^[\w.@-]+$")
    password: SecretStr = Field(max_length=200)
    roles: list[str] = Field(min_length=1)


class NewKey(BaseModel):
    """A key to create."""

    name: str = Field(min_length=2, max_length=80)
    roles: list[str] = Field(min_length=1)
    valid_days: int | None = Field(365, ge=1, le=3650)


class KeyView(BaseModel):
    """A key without its secret."""

    id: str
    name: str
    roles: list[str]
    created_at: datetime
    expires_at: datetime | None
    revoked: bool


class MadeKey(BaseModel):
    """The text of a new key; shown this once."""

    key: str


def session_router(
    sessions: Sessions, store: AccountStore, guard: SessionGuard, sign_in_limit: TokenBuckets
) -> APIRouter:
    """Routes under ``/api/session``."""
    routes = APIRouter(tags=["identity"])
    public, signed_in = Depends(guard("public")), Depends(guard(SIGNED_IN))

    @routes.post("/api/session", dependencies=[public])
    def sign_in(credentials: SignIn, request: Request, response: Response) -> SessionView:
        """Sign in with a name and password or an access key; sets the session cookie."""
        sign_in_limit.take(client_address(request))
        sign_in_limit.take(f"name:{credentials.name}")
        token: str | None = None
        if credentials.access_key.get_secret_value():
            token = sessions.issue_for_key(credentials.access_key.get_secret_value())
        else:
            account = store.check_password(
                credentials.name, credentials.password.get_secret_value()
            )
            if account is not None:
                token = sessions.issue_for_account(account.name, account.generation)
        principal = sessions.principal_of_token(token) if token else None
        if token is None or principal is None:
            raise NotSignedIn("name, password or key is not right")
        response.set_cookie(
            COOKIE,
            token,
            max_age=int(sessions.lifetime.total_seconds()),
            httponly=True,
            samesite="strict",
            secure=request.url.scheme == "https",
        )
        return _view(principal)

    @routes.get("/api/session")
    def session(who: Principal = signed_in) -> SessionView:
        """Who is signed in."""
        return _view(who)

    @routes.delete("/api/session", status_code=204, dependencies=[public])
    def sign_out(response: Response) -> None:
        """Forget the session in this browser."""
        response.delete_cookie(COOKIE, httponly=True, samesite="strict")

    return routes


def administration_router(store: AccountStore, guard: SessionGuard) -> APIRouter:
    """Routes under ``/api/accounts`` and ``/api/keys``."""
    routes = APIRouter(tags=["identity"])
    managing = Depends(guard("accounts.manage"))

    @routes.get("/api/accounts", dependencies=[managing])
    def list_accounts() -> list[dict[str, object]]:
        """Open accounts and their roles."""
        return [{"name": a.name, "roles": list(a.roles)} for a in store.list_accounts()]

    @routes.post("/api/accounts", status_code=201, dependencies=[managing])
    def add_account(account: NewAccount) -> dict[str, object]:
        """Create an account."""
        _known(account.roles)
        store.add_account(account.name, account.password.get_secret_value(), account.roles)
        return {"name": account.name, "roles": account.roles}

    @routes.delete("/api/accounts/{name}", status_code=204, dependencies=[managing])
    def disable_account(name: str) -> None:
        """Close an account and end its sessions."""
        store.disable(name)

    @routes.get("/api/keys", dependencies=[managing])
    def list_keys() -> list[KeyView]:
        """All keys, without their secrets."""
        return [
            KeyView(
                id=k.id,
                name=k.name,
                roles=list(k.roles),
                created_at=k.created_at,
                expires_at=k.expires_at,
                revoked=k.revoked,
            )
            for k in store.list_keys()
        ]

    @routes.post("/api/keys", status_code=201, dependencies=[managing])
    def add_key(key: NewKey) -> MadeKey:
        """Make a key; its text is shown this once."""
        _known(key.roles)
        days = timedelta(days=key.valid_days) if key.valid_days else None
        return MadeKey(key=store.add_key(key.name, key.roles, valid_for=days))

    @routes.delete("/api/keys/{identifier}", status_code=204, dependencies=[managing])
    def revoke_key(identifier: str) -> None:
        """End a key at once."""
        store.revoke_key(identifier)

    return routes


def _view(principal: Principal) -> SessionView:
    return SessionView(name=principal.name, kind=principal.kind, scopes=sorted(principal.scopes))


def _known(roles: list[str]) -> None:
    for role in roles:
        if role not in ROLES:
            raise UnknownAccount(f"no role {role!r}; known roles: {', '.join(sorted(ROLES))}")
