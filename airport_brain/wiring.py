"""The one place where the packages meet: topics gathered, parts built, events handed on by name.

``build`` makes everything a process needs for the roles it runs; nothing has started yet when it
returns. One machine runs all roles in one process; a cluster runs the same code with one role each.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from fastapi import FastAPI

import ai_center.app
import cargo_platform.app
import passenger_id.app
import service_bus.app
import spatiotemporal.app
from ai_center import AiError
from airport_brain import operations
from airport_brain.auth.api import administration_router, session_router
from airport_brain.auth.guard import SessionGuard
from airport_brain.auth.limits import TokenBuckets
from airport_brain.auth.sessions import Sessions, load_secret
from airport_brain.auth.store import AccountStore
from airport_brain.config import Loaded
from airport_brain.console.bundle import mount
from airport_brain.gateway import build_app
from airport_brain.grounds import grounds
from airport_brain.operations import OperationsError
from airport_brain.operations import app as operations_app
from airport_brain.operations import events as operations_events
from airport_brain.telemetry import Metrics
from airport_brain.workbench.api import router as formats_router
from airport_brain.workbench.errors import WorkbenchError
from airport_brain.workbench.reading import Workbench
from airport_brain.workbench.registry import Family, Registry
from cargo_platform import CargoError
from cargo_platform import events as cargo_events
from passenger_id import PassengerError
from passenger_id import events as passenger_events
from service_bus import (
    Bus,
    BusError,
    Check,
    Clock,
    Component,
    Observer,
    Subscription,
    Task,
    Topic,
    key_bytes,
)
from spatiotemporal import SpatiotemporalError
from spatiotemporal import events as spatiotemporal_events

ROLES = ("gateway", "operations", "spatiotemporal", "passenger", "cargo", "ai")
"""What a process can do; ``up`` does all of it."""

TOPICS: tuple[Topic, ...] = (
    *operations_events.TOPICS,
    *spatiotemporal_events.TOPICS,
    *passenger_events.TOPICS,
    *cargo_events.TOPICS,
)
"""The catalogue of the airport: every topic that any package declares."""

ERROR_ROOTS: tuple[type[Exception], ...] = (
    AiError,
    BusError,
    CargoError,
    OperationsError,
    PassengerError,
    SpatiotemporalError,
    WorkbenchError,
)
"""What the packages raise on purpose; the gateway tells callers of these and of nothing else."""

SIGN_IN_BURST = 8
"""Attempts to sign in at once, from one address or for one name."""


def decoders() -> Mapping[str, Callable[[bytes], list[dict[str, object]]]]:
    """Reader of each wire format, by the name ``airport-brain decode`` knows it by."""
    return {
        **operations.DECODERS,
        **spatiotemporal.DECODERS,
        **passenger_id.DECODERS,
        **cargo_platform.DECODERS,
    }


def formats() -> Registry:
    """Every wire format, with what its fields and notices mean."""
    return Registry(
        Family(owner=owner, formats=package.FORMATS, words=package.WORDS)
        for owner, package in (
            ("operations", operations),
            ("spatiotemporal", spatiotemporal),
            ("passenger", passenger_id),
            ("cargo", cargo_platform),
        )
    )


def workbench() -> Workbench:
    """The format workbench over all packages' formats."""
    return Workbench(formats())


def open_accounts(loaded: Loaded, *, clock: Clock) -> AccountStore:
    """Open the store of local accounts and keys."""
    loaded.data_dir.mkdir(parents=True, exist_ok=True)
    url = loaded.settings.gateway.database_url or f"sqlite:///{loaded.data_dir / 'auth.sqlite3'}"
    return AccountStore(url, clock)


async def dead_letters(
    bus: Bus, *, topic: str | None = None, limit: int = 100
) -> list[dict[str, Any]]:
    """Newest dead letters of every topic, or of one."""
    return await service_bus.app.dead_letters(bus, TOPICS, topic=topic, limit=limit)


async def redrive(bus: Bus, *, identifier: str, topic: str | None = None) -> int:
    """Send one dead letter back to where it came from, or ``all``; give how many were sent."""
    return await service_bus.app.redrive(bus, TOPICS, identifier=identifier, topic=topic)


async def describe_topics(bus: Bus) -> list[dict[str, Any]]:
    """Every topic with its owner, key, partitions and size."""
    return await service_bus.app.describe_topics(bus, TOPICS)


def missing_models(loaded: Loaded) -> list[str]:
    """Names of models of the configured face pack that are not in the model store yet."""
    return ai_center.app.missing_models(loaded.settings.ai_center, data_dir=loaded.data_dir)


async def open_bus(loaded: Loaded, *, clock: Clock) -> Bus:
    """Open the message log or the broker, with every topic declared."""
    return await service_bus.app.open_bus(
        loaded.settings.service_bus, topics=TOPICS, data_dir=loaded.data_dir, clock=clock
    )


@dataclass(slots=True)
class Brain:
    """Everything one process runs, built and not yet started."""

    bus: Bus
    clock: Clock
    app: FastAPI | None
    running: tuple[Component, ...]
    serving: tuple[Component, ...]
    _closing: ExitStack

    def subscriptions(self) -> Iterator[tuple[str, Subscription]]:
        """Consumer loops by name."""
        for component in self.running:
            for subscription in component.subscriptions:
                yield f"{component.name}:{subscription.group}", subscription

    def tasks(self) -> Iterator[tuple[str, Task]]:
        """Edges by name, and what the routes of this process need beside them."""
        for component in self.running:
            for number, task in enumerate(component.tasks, start=1):
                yield f"{component.name}:task-{number}", task
        for component in self.serving:
            for number, task in enumerate(component.serving, start=1):
                yield f"{component.name}:serving-{number}", task

    def addresses(self) -> Iterator[tuple[str, str]]:
        """What the edges listen on."""
        for component in self.running:
            for name, address in component.addresses.items():
                yield name, address()

    def deliver(
        self, subscription: Subscription, stop: asyncio.Event, observer: Observer
    ) -> Coroutine[Any, Any, None]:
        """Run one consumer loop."""
        return service_bus.app.deliver(
            self.bus, subscription, stop, clock=self.clock, observer=observer
        )

    async def close(self) -> None:
        """Let go of stores, then of the bus."""
        self._closing.close()
        await self.bus.close()


async def build(loaded: Loaded, *, roles: Sequence[str], metrics: Metrics, clock: Clock) -> Brain:
    """Build the parts that ``roles`` need; brings their stores to the newest version."""
    settings = loaded.settings
    with ExitStack() as building:
        accounts = open_accounts(loaded, clock=clock)
        building.callback(accounts.close)
        sessions = Sessions(
            accounts,
            _session_key(loaded),
            timedelta(hours=settings.gateway.session_hours),
            clock,
        )
        guard = SessionGuard(
            sessions,
            TokenBuckets(settings.gateway.public_per_minute, settings.gateway.public_burst),
        )
        bus = await open_bus(loaded, clock=clock)
        parts = _parts(loaded, building, bus=bus, guard=guard, clock=clock)
        app = None
        if "gateway" in roles:
            sign_in = TokenBuckets(settings.gateway.sign_in_per_minute, SIGN_IN_BURST)
            app = build_app(
                [
                    session_router(sessions, accounts, guard, sign_in),
                    administration_router(accounts, guard),
                    formats_router(workbench(), guard=guard),
                    *(part.router for part in parts.values() if part.router is not None),
                ],
                guard=guard,
                metrics=metrics,
                checks=_checks(parts, roles),
                error_roots=ERROR_ROOTS,
                max_body_bytes=settings.gateway.max_body_bytes,
                mount_console=mount,
            )
        running = tuple(parts[role] for role in roles)
        serving = tuple(parts.values()) if app else running
        return Brain(bus, clock, app, running, serving, building.pop_all())


def _session_key(loaded: Loaded) -> bytes:
    key = loaded.settings.gateway.session_key
    return key_bytes(key) if key else load_secret(loaded.data_dir / "keys" / "session")


def _parts(
    loaded: Loaded, building: ExitStack, *, bus: Bus, guard: SessionGuard, clock: Clock
) -> dict[str, Component]:
    """Every package, by the role that runs it; ``building`` closes them."""
    settings = loaded.settings
    shared: dict[str, Any] = {
        "bus": bus,
        "clock": clock,
        "guard": guard,
        "data_dir": loaded.data_dir,
    }
    parts: dict[str, Component] = {}

    def add(role: str, part: Component) -> None:
        building.callback(part.close)
        parts[role] = part

    ai, centre = ai_center.app.build(
        settings.ai_center, data_dir=loaded.data_dir, clock=clock, guard=guard, grounds=grounds
    )
    add("ai", ai)
    add("operations", operations_app.build(settings.operations, **shared))
    add("spatiotemporal", spatiotemporal.app.build(settings.spatiotemporal, **shared))
    add("cargo", cargo_platform.app.build(settings.cargo_platform, **shared))
    add(
        "passenger",
        passenger_id.app.build(
            settings.passenger_id,
            **shared,
            centre=centre,
            flight_topic=operations_events.FLIGHT_CHANGED,
        ),
    )
    add(
        "gateway",
        service_bus.app.build(
            settings.service_bus,
            bus=bus,
            guard=guard,
            clock=clock,
            topics=TOPICS,
            subscriptions=[s for part in parts.values() for s in part.subscriptions],
        ),
    )
    return parts


def _checks(parts: Mapping[str, Component], roles: Sequence[str]) -> dict[str, Check]:
    """Readiness of what this process runs; what others run is theirs to report."""
    return {name: check for role in roles for name, check in parts[role].checks.items()}
