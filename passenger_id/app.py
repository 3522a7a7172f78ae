"""Builds passenger_id: the one place where its parts meet."""

from __future__ import annotations

import asyncio
import uuid
from datetime import timedelta
from functools import partial
from pathlib import Path

from ai_center import AlgorithmCentre
from passenger_id.adapters import key_file, sql_store, sql_vault
from passenger_id.adapters.ai_center import CentreFaceEncoder
from passenger_id.api.routes import Routes, router
from passenger_id.events import JOURNEY_RECEIVED, TOPICS
from passenger_id.feeds import FLIGHTS_GROUP, JOURNEYS_GROUP, Feeds
from passenger_id.gate import Gate
from passenger_id.ports import FaceEncoder
from passenger_id.retention import RetentionRule
from passenger_id.service import Passengers, Rules
from passenger_id.settings import PassengerSettings
from service_bus import Bus, Clock, Component, Guard, Subscription, Task, Topic, key_bytes
from service_bus.sql import migrate, open_engine

MIGRATIONS = Path(__file__).parent / "adapters" / "migrations"
KEY_FILE = Path("keys") / "passenger_id"
DATABASE = "passenger_id.sqlite3"


def build(
    settings: PassengerSettings,
    *,
    bus: Bus,
    clock: Clock,
    guard: Guard,
    data_dir: Path,
    centre: AlgorithmCentre,
    flight_topic: Topic | None,
) -> Component:
    """Build the package on the algorithm centre; see :func:`assemble`."""
    encoder = CentreFaceEncoder(
        centre, algorithm=settings.face_algorithm, timeout_s=settings.face_timeout_s
    )
    return assemble(
        settings,
        encoder=encoder,
        bus=bus,
        clock=clock,
        guard=guard,
        data_dir=data_dir,
        flight_topic=flight_topic,
    )


def assemble(
    settings: PassengerSettings,
    *,
    encoder: FaceEncoder,
    bus: Bus,
    clock: Clock,
    guard: Guard,
    data_dir: Path,
    flight_topic: Topic | None,
) -> Component:
    """Put the package together around a face encoder.

    Args:
        settings: what the airport has set.
        encoder: sees faces.
        bus: where messages come from and go to.
        clock: the time.
        guard: who may call a route.
        data_dir: folder of the store and of the master key, where the settings give none.
        flight_topic: topic of flight announcements; ``None`` when no feed is connected.

    Raises:
        KeyMismatch: the master key does not belong to the store.
        PermissionError: others than the owner may read the key file.
    """
    data_dir.mkdir(parents=True, exist_ok=True)
    keys = _keys(settings, data_dir)
    engine = open_engine(settings.database_url or f"sqlite:///{data_dir / DATABASE}")
    sql_store.overwrite_deleted(engine)
    migrate(engine, package=sql_store.PACKAGE, scripts=MIGRATIONS)
    sql_vault.check_master_key(engine, keys)

    store = sql_store.SqlStore(
        engine, vault_on=partial(sql_vault.SqlVault, keys=keys), topics=TOPICS
    )
    rules = _rules(settings)
    passengers = Passengers(store, encoder, clock=clock, rules=rules, new_id=_new_id)
    routes = Routes(
        passengers,
        Gate(store, encoder, clock=clock, rules=rules, new_id=_new_id),
        bus=bus,
        clock=clock,
        pseudonyms=keys,
        max_photo_bytes=settings.max_photo_bytes,
    )
    feeds = Feeds(store, keys, retention=rules.retention)

    async def relay(stop: asyncio.Event) -> None:
        await store.outbox.relay(bus, stop)

    return Component(
        name="passenger",
        subscriptions=_subscriptions(feeds, flight_topic),
        tasks=(relay, _sweeper(passengers, settings.sweep_every_s)),
        router=router(routes, guard),
        checks={"passenger_vault": lambda: _overdue(passengers)},
        close=engine.dispose,
    )


def _keys(settings: PassengerSettings, data_dir: Path) -> key_file.KeyRing:
    if settings.master_key:
        return key_file.KeyRing(key_bytes(settings.master_key))
    file = data_dir / KEY_FILE
    file.parent.mkdir(mode=0o700, exist_ok=True)
    return key_file.open_key_file(file)


def _rules(settings: PassengerSettings) -> Rules:
    return Rules(
        screening_valid=timedelta(hours=settings.screening_valid_h),
        retention=RetentionRule(
            after_departure=timedelta(hours=settings.purge_after_departure_h),
            after_schedule=timedelta(hours=settings.purge_after_schedule_h),
        ),
        # Twice the interval, so that a sweep that comes late still finds nothing overdue.
        sweep_ahead=2 * timedelta(seconds=settings.sweep_every_s),
        min_liveness=settings.min_liveness,
    )


def _subscriptions(feeds: Feeds, flight_topic: Topic | None) -> tuple[Subscription, ...]:
    journeys = Subscription(
        group=JOURNEYS_GROUP, topics=(JOURNEY_RECEIVED,), handler=feeds.apply_journeys
    )
    if flight_topic is None:
        return (journeys,)
    flights = Subscription(group=FLIGHTS_GROUP, topics=(flight_topic,), handler=feeds.apply_flights)
    return (journeys, flights)


def _sweeper(passengers: Passengers, every_s: float) -> Task:
    async def sweep(stop: asyncio.Event) -> None:
        while not stop.is_set():
            await asyncio.to_thread(passengers.sweep)
            try:
                await asyncio.wait_for(stop.wait(), every_s)
            except TimeoutError:
                continue

    return sweep


def _overdue(passengers: Passengers) -> str | None:
    overdue = passengers.census().templates_overdue
    return f"{overdue} face templates should have been destroyed" if overdue else None


def _new_id() -> str:
    return str(uuid.uuid4())
