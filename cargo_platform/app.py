"""Builds the cargo platform."""

from __future__ import annotations

import asyncio
from pathlib import Path

from fastapi import APIRouter

from cargo_platform import api, public_api
from cargo_platform.adapters.sql_store import SqlStore
from cargo_platform.events import CIMP_RECEIVED
from cargo_platform.formats.cimp import LONGEST_MESSAGE
from cargo_platform.intake import Intake
from cargo_platform.service import GROUP, Shipments
from cargo_platform.settings import CargoSettings
from service_bus import Bus, Clock, Component, Guard, Subscription
from service_bus.connectors import FileDrop

FILE_SOURCE = "/cargo/files"


def build(
    settings: CargoSettings, *, bus: Bus, clock: Clock, guard: Guard, data_dir: Path
) -> Component:
    """Put the parts together; nothing is watched until the tasks run."""
    data_dir.mkdir(parents=True, exist_ok=True)
    url = settings.database_url or f"sqlite:///{data_dir / 'cargo_platform.sqlite3'}"
    store = SqlStore(url)
    shipments, intake = Shipments(store), Intake(bus, clock)
    folder = (
        Path(settings.drop_folder) if settings.drop_folder else data_dir / "drop" / "cargo" / "cimp"
    )

    async def take_file(_name: str, data: bytes) -> None:
        await intake.take(data, source=FILE_SOURCE)

    async def relay(stop: asyncio.Event) -> None:
        await store.outbox.relay(bus, stop)

    drop = FileDrop(folder, take_file, settings.drop_poll_s, LONGEST_MESSAGE)
    routes = APIRouter()
    routes.include_router(api.router(shipments, intake, guard=guard))
    routes.include_router(public_api.router(shipments, guard=guard, clock=clock))
    return Component(
        name="cargo",
        subscriptions=(
            Subscription(group=GROUP, topics=(CIMP_RECEIVED,), handler=shipments.apply),
        ),
        tasks=(drop.watch, relay),
        router=routes,
        addresses={"cargo files": lambda: str(folder)},
        close=store.close,
    )
