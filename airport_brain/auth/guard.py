"""Deny by default: the dependency that every route carries.

Credentials are an ``Authorization: Bearer`` API key (machines) or the session cookie (browsers).
Cookies are only believed on requests that come from our own pages, so that another site cannot act
through a signed-in browser (cross-site request forgery, cross-site WebSocket hijacking).
"""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from fastapi import Depends
from starlette.concurrency import run_in_threadpool
from starlette.requests import HTTPConnection

from airport_brain.auth.errors import Forbidden, NotSignedIn
from airport_brain.auth.limits import TokenBuckets
from airport_brain.auth.sessions import COOKIE, Sessions
from service_bus import PUBLIC, Principal

SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})


class SessionGuard:
    """Makes the dependency for a set of scopes; see :class:`service_bus.Guard`."""

    def __init__(self, sessions: Sessions, public_limit: TokenBuckets) -> None:
        self._sessions = sessions
        self._public_limit = public_limit

    def __call__(self, *scopes: str) -> Any:
        """Give a dependency that admits callers who hold any of ``scopes``."""
        if not scopes:
            raise ValueError("a route must name at least one scope")
        wanted = frozenset(scopes)

        async def admit(connection: HTTPConnection) -> Principal:
            principal = await self.principal(connection)
            if "public" in wanted:
                if principal is PUBLIC:
                    self._public_limit.take(client_address(connection))
                return principal
            if principal is PUBLIC:
                raise NotSignedIn("sign in or send an API key")
            if not principal.scopes & wanted:
                raise Forbidden("this account may not do that")
            return principal

        admit.scopes = wanted  # type: ignore[attr-defined]  # read by the route audit
        return admit

    async def principal(self, connection: HTTPConnection) -> Principal:
        """Who calls.

        Raises:
            NotSignedIn: credentials were sent and are not good.
        """
        scheme, _, credential = connection.headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and credential:
            principal = await run_in_threadpool(self._sessions.principal_of_key, credential.strip())
            if principal is None:
                raise NotSignedIn("the API key is unknown, expired or revoked")
            return principal
        token = connection.cookies.get(COOKIE)
        if not token:
            return PUBLIC
        if not from_own_page(connection):
            raise NotSignedIn("the session cookie is only taken from this site's own pages")
        principal = await run_in_threadpool(self._sessions.principal_of_token, token)
        return PUBLIC if principal is None else principal


def from_own_page(connection: HTTPConnection) -> bool:
    """Whether a browser sent this from our origin (or a plain navigation or read)."""
    origin = connection.headers.get("origin")
    if origin is not None:
        return urlsplit(origin).netloc == connection.headers.get("host")
    if connection.scope["type"] == "websocket":
        return False
    if connection.scope["method"] in SAFE_METHODS:
        return True
    return connection.headers.get("sec-fetch-site") == "same-origin"


def client_address(connection: HTTPConnection) -> str:
    """Address a limit is kept for; proxies in front set it through uvicorn's proxy headers."""
    return connection.client.host if connection.client else "unknown"


def depends(guard: SessionGuard, *scopes: str) -> Any:
    """``Depends`` on a guard, for the shell's own routes."""
    return Depends(guard(*scopes))
