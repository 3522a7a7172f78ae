"""Our errors as problem documents (RFC 9457, ``application/problem+json``).

Only errors that a package raises on purpose are turned into client answers, by the builtin they
also are; a stray ``KeyError`` from a fault of ours stays a 500 and tells the caller nothing.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from airport_brain.auth.errors import AuthError, Throttled
from service_bus import Malformed, TooLarge, Unavailable

log = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"

STATUS_OF_BUILTIN: tuple[tuple[type[BaseException], HTTPStatus], ...] = (
    (PermissionError, HTTPStatus.FORBIDDEN),
    (LookupError, HTTPStatus.NOT_FOUND),
    (ConnectionError, HTTPStatus.SERVICE_UNAVAILABLE),
    (TimeoutError, HTTPStatus.GATEWAY_TIMEOUT),
    (ValueError, HTTPStatus.BAD_REQUEST),
)
"""First match wins: ``UnicodeError`` and friends are ValueErrors, so that comes last."""


def problem(
    status: int, title: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
) -> JSONResponse:
    """Make a problem document; members that are empty are left out."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    body.update({name: value for name, value in more.items() if value not in ("", None)})
    return JSONResponse(body, status, headers=dict(headers or {}), media_type=MEDIA_TYPE)


def status_of(error: Exception) -> HTTPStatus:
    """HTTP status of one of our errors: its own ``status`` attribute or that of its builtin."""
    if isinstance(error, TooLarge):
        return HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    own = getattr(error, "status", None)
    if isinstance(own, int):
        return HTTPStatus(own)
    for builtin, status in STATUS_OF_BUILTIN:
        if isinstance(error, builtin):
            return status
    return HTTPStatus.INTERNAL_SERVER_ERROR


def install(app: FastAPI, roots: tuple[type[Exception], ...]) -> None:
    """Register the handlers.

    Args:
        app: the gateway.
        roots: root error classes of the packages; nothing else is told to callers.
    """
    for root in roots:
        app.add_exception_handler(root, _ours)
    app.add_exception_handler(AuthError, _auth)
    app.add_exception_handler(RequestValidationError, _validation)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _hung_up)
    app.add_exception_handler(Exception, _fault)


async def _ours(request: Request, error: Exception) -> JSONResponse:
    status = status_of(error)
    more: dict[str, Any] = {}
    if isinstance(error, Malformed):
        more = dict(error.facts())
    for name in ("field", "dead_letter", "code"):
        if (value := getattr(error, name, None)) is not None:
            more[name] = value
    headers = {"Retry-After": "2"} if isinstance(error, Unavailable) else None
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        log.warning("answer status=%d path=%s error=%s", status, request.url.path, error)
    return problem(status, status.phrase, str(error), headers=headers, **more)


async def _auth(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, AuthError)
    headers = {}
    if error.status == HTTPStatus.UNAUTHORIZED:
        headers["WWW-Authenticate"] = "Bearer"
    if isinstance(error, Throttled):
        headers["Retry-After"] = str(max(1, round(error.retry_after_s)))
    return problem(error.status, HTTPStatus(error.status).phrase, str(error), headers=headers)


async def _validation(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, RequestValidationError)
    faults = [
        {
            "field": ".".join(str(part) for part in fault["loc"][1:]) or str(fault["loc"][0]),
            "where": str(fault["loc"][0]),
            "reason": fault["msg"],
        }
        for fault in error.errors()
    ]
    first = faults[0] if faults else {"field": "", "reason": "request does not fit the route"}
    return problem(
        HTTPStatus.UNPROCESSABLE_ENTITY,
        "Request does not fit the route",
        f"{first['field']}: {first['reason']}",
        field=first["field"],
        faults=faults,
    )


async def _http(_request: Request, error: Exception) -> JSONResponse:
    assert isinstance(error, HTTPException)
    phrase = HTTPStatus(error.status_code).phrase
    return problem(error.status_code, phrase, str(error.detail), headers=error.headers)


async def _hung_up(request: Request, _error: Exception) -> JSONResponse:
    """The caller went away before its body was whole: nobody reads this answer, nothing is wrong."""
    log.info("caller hung up path=%s method=%s", request.url.path, request.method)
    return problem(400, "Bad Request", "The body ended before it was whole.")


async def _fault(request: Request, error: Exception) -> JSONResponse:
    log.error("fault path=%s method=%s", request.url.path, request.method, exc_info=error)
    return problem(500, "Internal Server Error", "The fault is ours and has been logged.")
