"""The web front: one FastAPI application that mounts every package's router.

It adds what all routes share: the body cap, request metrics, problem documents, health, and the
console's files. It knows no business rule.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import Any

import psutil
from fastapi import APIRouter, Depends, FastAPI
from fastapi.responses import JSONResponse, Response
from prometheus_client import CONTENT_TYPE_LATEST, generate_latest
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from airport_brain import problems
from airport_brain.auth.guard import SessionGuard
from airport_brain.auth.roles import SIGNED_IN
from airport_brain.telemetry import Metrics
from service_bus import Check, TooLarge

COMPRESSED_FROM = 1024
"""Bytes from which an answer is compressed; below it the header costs more than it saves."""


def build_app(
    routers: Sequence[APIRouter],
    *,
    guard: SessionGuard,
    metrics: Metrics,
    checks: Mapping[str, Check],
    error_roots: tuple[type[Exception], ...],
    max_body_bytes: int,
    mount_console: Callable[[FastAPI], None],
) -> FastAPI:
    """Assemble the gateway."""
    app = FastAPI(
        title="Airport brain",
        description="Flights, airfield positions, passenger identity and cargo of an airport group.",
        version="0.1.0",
        openapi_url=None,
        docs_url=None,
        redoc_url=None,
    )
    problems.install(app, error_roots)
    for router in routers:
        app.include_router(router)
    app.include_router(_health_router(guard, metrics, checks))
    app.include_router(_description_router(app, guard))
    mount_console(app)
    app.add_middleware(GZipMiddleware, minimum_size=COMPRESSED_FROM, compresslevel=5)
    app.add_middleware(BodyCap, limit=max_body_bytes)
    app.add_middleware(RequestMetrics, metrics=metrics)
    return app


def _health_router(guard: SessionGuard, metrics: Metrics, checks: Mapping[str, Check]) -> APIRouter:
    routes = APIRouter(tags=["health"])

    @routes.get("/healthz", dependencies=[Depends(guard("public"))])
    def healthz() -> dict[str, str]:
        """The process answers."""
        return {"status": "ok"}

    @routes.get("/readyz", dependencies=[Depends(guard("public"))])
    def readyz() -> JSONResponse:
        """Whether every part is ready; a stranger learns no more than yes or no."""
        ready = all(check() is None for check in checks.values())
        return JSONResponse({"ready": ready}, 200 if ready else 503)

    @routes.get("/api/readiness", dependencies=[Depends(guard(SIGNED_IN))])
    def readiness() -> dict[str, Any]:
        """Readiness part by part, with what is missing."""
        answers = {name: check() for name, check in checks.items()}
        return {
            "ready": all(answer is None for answer in answers.values()),
            "parts": [
                {"name": name, "ready": answer is None, "reason": answer or ""}
                for name, answer in answers.items()
            ],
        }

    @routes.get("/metrics", dependencies=[Depends(guard("metrics.read"))])
    def scrape() -> Response:
        """Prometheus metrics."""
        metrics.resident.set(resident_bytes())
        return Response(generate_latest(metrics.registry), media_type=CONTENT_TYPE_LATEST)

    return routes


def _description_router(app: FastAPI, guard: SessionGuard) -> APIRouter:
    routes = APIRouter(include_in_schema=False)
    signed_in = Depends(guard(SIGNED_IN))

    @routes.get("/api/openapi.json", dependencies=[signed_in])
    def openapi() -> JSONResponse:
        return JSONResponse(app.openapi())

    return routes


def resident_bytes() -> int:
    """Memory of this process and all its children, shared pages counted once (PSS) where known."""
    total = 0
    own = psutil.Process()
    for process in [own, *own.children(recursive=True)]:
        try:
            memory = process.memory_full_info()
        except (psutil.NoSuchProcess, psutil.AccessDenied):
            continue
        total += getattr(memory, "pss", memory.rss)
    return total


class BodyCap:
    """Refuses bodies over the limit: by their declared length at once, else while they arrive."""

    def __init__(self, app: ASGIApp, limit: int) -> None:
        self._app = app
        self._limit = limit

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through unless its body is too large."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        declared = dict(scope["headers"]).get(b"content-length", b"0")
        if declared.isdigit() and int(declared) > self._limit:
            await self._refuse(int(declared), scope, receive, send)
            return
        taken = 0
        answered = False

        async def counting() -> Message:
            nonlocal taken
            message = await receive()
            taken += len(message.get("body", b""))
            if taken > self._limit:
                raise TooLarge(taken, self._limit, "request body")
            return message

        async def watching(message: Message) -> None:
            nonlocal answered
            answered = True
            await send(message)

        try:
            await self._app(scope, counting, watching)
        except TooLarge:
            if answered:
                raise
            await self._refuse(taken, scope, receive, send)

    async def _refuse(self, size: int, scope: Scope, receive: Receive, send: Send) -> None:
        error = TooLarge(size, self._limit, "request body")
        answer = problems.problem(
            413, "Content Too Large", str(error), field="body", headers={"Connection": "close"}
        )
        await answer(scope, receive, send)


class RequestMetrics:
    """Counts and times requests by route template, so that ids never become label values."""

    def __init__(self, app: ASGIApp, metrics: Metrics) -> None:
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let a request through and note how it was answered."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = time.perf_counter()
        status = 500

        async def watching(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, watching)
        finally:
            route = getattr(scope.get("route"), "path", "unmatched")
            self._metrics.http_requests.labels(scope["method"], route, str(status)).inc()
            self._metrics.http_seconds.labels(route).observe(time.perf_counter() - started)
