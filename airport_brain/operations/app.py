"""Builds operations: the one place where its parts meet."""

from __future__ import annotations

import asyncio
from pathlib import Path

from airport_brain.operations.adapters.originals import BusOriginals
from airport_brain.operations.adapters.sql_store import PACKAGE, SqlStore
from airport_brain.operations.api.intake import AidxIntake
from airport_brain.operations.api.live import LiveBoard
from airport_brain.operations.api.routes import router
from airport_brain.operations.events import AIDX_RECEIVED, TOPICS
from airport_brain.operations.live import LiveFlights
from airport_brain.operations.service import AIDX_GROUP, Flights
from airport_brain.operations.settings import OperationsSettings
from service_bus import Bus, Clock, Component, Guard, Subscription
from service_bus.sql import migrate, open_engine

MIGRATIONS = Path(__file__).parent / "adapters" / "migrations"
DATABASE = "operations.sqlite3"


def build(
    settings: OperationsSettings, *, bus: Bus, clock: Clock, guard: Guard, data_dir: Path
) -> Component:
    """Build the package; brings its tables to the newest version.

    Args:
        settings: what the airport has set.
        bus: where messages come from and go to.
        clock: the time.
        guard: who may call a route.
        data_dir: folder of the store.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    engine = open_engine(settings.database_url or f"sqlite:///{data_dir / DATABASE}")
    migrate(engine, package=PACKAGE, scripts=MIGRATIONS)
    store = SqlStore(engine)
    flights = Flights(
        store, home=settings.home_airports, max_message_bytes=settings.max_message_bytes
    )
    live = LiveBoard(
        flights=flights,
        tail=LiveFlights(bus, pending_limit=settings.live_pending_flights),
        clock=clock,
        snapshot_flights=settings.live_snapshot_flights,
        send_timeout_s=settings.live_send_timeout_s,
    )

    async def relay(stop: asyncio.Event) -> None:
        await store.outbox.relay(bus, stop)

    return Component(
        name="operations",
        subscriptions=(
            Subscription(group=AIDX_GROUP, topics=(AIDX_RECEIVED,), handler=flights.apply_aidx),
        ),
        tasks=(relay,),
        router=router(
            flights,
            intake=AidxIntake(bus, clock, max_bytes=settings.max_message_bytes),
            originals=BusOriginals(bus, TOPICS),
            live=live,
            guard=guard,
            clock=clock,
        ),
        checks={"operations_store": store.fault},
        close=engine.dispose,
    )
