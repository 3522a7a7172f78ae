"""What sign-in and permission checks refuse.

AuthError
├── NotSignedIn (PermissionError)   401, no or expired credentials
├── Forbidden (PermissionError)     403, signed in but without the right
├── Throttled (ConnectionError)     429, too many calls; says when to come back
└── UnknownAccount (LookupError)    404, administration of a name that does not exist
"""

from __future__ import annotations

from http import HTTPStatus


class AuthError(Exception):
    """Root of the errors of identity and access; ``status`` is the HTTP answer."""

    status: int = HTTPStatus.FORBIDDEN


class NotSignedIn(AuthError, PermissionError):
    """No credentials, or credentials that are wrong or expired."""

    status = HTTPStatus.UNAUTHORIZED


class Forbidden(AuthError, PermissionError):
    """Signed in, but none of the route's scopes is held."""

    status = HTTPStatus.FORBIDDEN


class Throttled(AuthError, ConnectionError):
    """Too many calls from one place."""

    status = HTTPStatus.TOO_MANY_REQUESTS

    def __init__(self, retry_after_s: float) -> None:
        self.retry_after_s = retry_after_s
        super().__init__(f"too many requests; try again in {max(1, round(retry_after_s))} s")


class UnknownAccount(AuthError, LookupError):
    """An account or key that does not exist."""

    status = HTTPStatus.NOT_FOUND


class AccountExists(AuthError, ValueError):
    """A second account of the same name."""

    status = HTTPStatus.CONFLICT


class WeakPassword(AuthError, ValueError):
    """A password shorter than the rule asks."""

    status = HTTPStatus.BAD_REQUEST
