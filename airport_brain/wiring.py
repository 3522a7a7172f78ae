"""The one place where the packages meet: topics gathered, parts built, events handed on by name.

``build`` makes everything a process needs for the roles it runs; nothing has started yet when it
returns. One machine runs all roles in one process; a cluster runs the same code with one role each.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from fastapi import FastAPI

import ai_center
import ai_center.app
import airport_brain.operations.app
import cargo_platform.app
import passenger_id.app
import service_bus.app
import spatiotemporal.app
from airport_brain import operations
from airport_brain.auth.api import administration_router, session_router
from airport_brain.auth.guard import SessionGuard
from airport_brain.auth.limits import TokenBuckets
from airport_brain.auth.sessions import Sessions, load_secret
from airport_brain.auth.store import AccountStore
from airport_brain.config import Loaded
from airport_brain.console.bundle import mount
from airport_brain.gateway import build_app
from airport_brain.operations import events as operations_events
from airport_brain.telemetry import Metrics
from cargo_platform import events as cargo_events
from passenger_id import events as passenger_events
from service_bus import Bus, Clock, Component, Subscription, Task, Topic
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


def decoders() -> Mapping[str, Callable[[bytes], list[dict[str, object]]]]:
    """Reader of each wire format, by the name ``airport-brain decode`` knows it by."""
    return {
        **operations.DECODERS,
        **spatiotemporal.DECODERS,
        **cargo_platform.DECODERS,
    }


def account_database(data_dir: Path) -> str:
    """Where local accounts and keys are kept."""
    data_dir.mkdir(parents=True, exist_ok=True)
    return f"sqlite:///{data_dir / 'auth.sqlite3'}"


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
    _closing: ExitStack

    def subscriptions(self) -> Iterator[tuple[str, Subscription]]:
        """Consumer loops by name."""
        for component in self.running:
            for subscription in component.subscriptions:
                yield f"{component.name}:{subscription.group}", subscription

    def tasks(self) -> Iterator[tuple[str, Task]]:
        """Edges by name."""
        for component in self.running:
            for number, task in enumerate(component.tasks, start=1):
                yield f"{component.name}:task-{number}", task

    def addresses(self) -> Iterator[tuple[str, str]]:
        """What the edges listen on."""
        for component in self.running:
            for name, address in component.addresses.items():
                yield name, address()

    def deliver(
        self, subscription: Subscription, stop: asyncio.Event, observer: Observer
    ) -> Awaitable[None]:
        """Run one consumer loop."""
        return service_bus.app.deliver(
            self.bus, subscription, stop, clock=self.clock, observer=observer
        )

    async def close(self) -> None:
        """Let go of stores, then of the bus."""
        self._closing.close()
        await self.bus.close()


async def build(
    loaded: Loaded, *, roles: Sequence[str], metrics: Metrics, clock: Clock
) -> Brain:
    """Build the parts that ``roles`` need; migrates their stores."""
    settings, data_dir = loaded.settings, loaded.data_dir
    closing = ExitStack()
    accounts = AccountStore(account_database(data_dir), clock)
    closing.callback(accounts.close)
    sessions = Sessions(
        accounts,
        load_secret(data_dir / "keys" / "session"),
        timedelta(hours=settings.gateway.session_hours),
        clock,
    )
    guard = SessionGuard(
        sessions,
        TokenBuckets(settings.gateway.public_per_minute, settings.gateway.public_burst),
    )
    bus = await open_bus(loaded, clock=clock)
    shared: dict[str, Any] = {"bus": bus, "clock": clock, "guard": guard, "data_dir": data_dir}
    ai, centre = ai_center.app.build(
        settings.ai_center, data_dir=data_dir, clock=clock, guard=guard
    )
    parts: dict[str, Component] = {
        "operations": operations_app.build(settings.operations, **shared),
        "spatiotemporal": spatiotemporal.app.build(settings.spatiotemporal, **shared),
        "cargo": cargo_platform.app.build(settings.cargo_platform, **shared),
        "passenger": passenger_id.app.build(
            settings.passenger_id,
            **shared,
            centre=centre,
            flight_topic=operations_events.FLIGHT_CHANGED,
        ),
        "ai": ai,
    }
    parts["gateway"] = service_bus.app.build(
        settings.service_bus,
        bus=bus,
        guard=guard,
        clock=clock,
        topics=TOPICS,
        subscriptions=[s for part in parts.values() for s in part.subscriptions],
    )
    for part in parts.values():
        closing.callback(part.close)
    app = None
    if "gateway" in roles:
        app = build_app(
            [
                session_router(
                    sessions, accounts, guard, TokenBuckets(settings.gateway.sign_in_per_minute, 8)
                ),
                administration_router(accounts, guard),
                *(part.router for part in parts.values() if part.router is not None),
            ],
            guard=guard,
            metrics=metrics,
            checks={k: v for part in parts.values() for k, v in part.checks.items()},
            error_roots=ERROR_ROOTS,
            max_body_bytes=settings.gateway.max_body_bytes,
            mount_console=mount,
        )
    return Brain(bus, clock, app, tuple(parts[role] for role in roles), closing)
