"""Opens the bus that the settings ask for, and builds what the bus itself contributes to a process.

The command line uses :func:`describe_topics`, :func:`dead_letters` and :func:`redrive`; the process
that runs the packages uses :func:`open_bus`, :func:`build` and :func:`deliver`.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from service_bus import redrive as letters
from service_bus.adapters.sqlite_log import Limits, SqliteLog
from service_bus.api import letter_out, read_topics, router
from service_bus.catalogue import Catalogue
from service_bus.component import Component, Subscription
from service_bus.delivery import deliver
from service_bus.domain import Topic, utc_now
from service_bus.ports import Bus, Clock, Guard
from service_bus.settings import BusSettings

__all__ = ["build", "dead_letters", "deliver", "describe_topics", "open_bus", "redrive"]

FILE = "bus.sqlite3"
"""Name of the log in the data folder."""

_Open = Callable[[BusSettings, Catalogue, Path, Clock], Awaitable[Bus]]


async def _open_sqlite(
    settings: BusSettings, topics: Catalogue, data_dir: Path, clock: Clock
) -> Bus:
    path = data_dir / (settings.url.removeprefix("sqlite:") or FILE)
    path.parent.mkdir(parents=True, exist_ok=True)
    bus = SqliteLog(
        topics,
        path,
        clock=clock,
        lease=timedelta(seconds=settings.lease_s),
        limits=Limits(
            group_messages=settings.group_messages,
            telemetry_wait_s=settings.telemetry_wait_s,
            queue_messages=settings.queue_messages,
            queue_bytes=settings.queue_bytes,
            max_bytes=settings.max_bytes,
        ),
    )
    return await bus.open()


async def _open_kafka(
    settings: BusSettings, topics: Catalogue, data_dir: Path, clock: Clock
) -> Bus:
    from service_bus.adapters.kafka import KafkaBus, Security

    bus = KafkaBus(
        topics,
        settings.url.removeprefix("kafka://").rstrip("/").split(","),
        replication=settings.kafka_replication,
        timeout_s=settings.kafka_timeout_s,
        lease=timedelta(seconds=settings.lease_s),
        security=Security(
            protocol=settings.kafka_security,
            username=settings.kafka_username,
            password=settings.kafka_password.get_secret_value(),
            ca_file=settings.kafka_ca_file,
        ),
    )
    return await bus.open()


_BUSES: dict[str, _Open] = {"sqlite": _open_sqlite, "kafka": _open_kafka}


async def open_bus(
    settings: BusSettings,
    *,
    topics: Iterable[Topic] | Catalogue,
    data_dir: Path,
    clock: Clock = utc_now,
) -> Bus:
    """Open the bus with every topic declared; its retry and dead-letter topics come by themselves.

    Raises:
        Unavailable: the file or the broker cannot be used. There is no silent second choice.
        ValueError: two packages declare one topic.
    """
    catalogue = topics if isinstance(topics, Catalogue) else Catalogue(topics)
    opener = _BUSES[settings.url.partition(":")[0]]
    return await opener(settings, catalogue, data_dir, clock)


def build(
    settings: BusSettings,
    *,
    bus: Bus,
    topics: Iterable[Topic],
    subscriptions: Iterable[Subscription],
    guard: Guard,
    clock: Clock,
) -> Component:
    """Build what the bus contributes: routes, readiness, and sweeping of the embedded log.

    Args:
        settings: of the bus.
        bus: as opened by :func:`open_bus`.
        topics: all declared topics.
        subscriptions: of all packages, for the lag page.
        guard: makes the dependency that admits callers.
        clock: gives the current time.
    """
    groups: dict[str, tuple[Topic, ...]] = {}
    for subscription in subscriptions:
        groups[subscription.group] = (*groups.get(subscription.group, ()), *subscription.topics)
    return Component(
        name="service_bus",
        tasks=(bus.keep_swept,) if isinstance(bus, SqliteLog) else (),
        router=router(bus, tuple(topics), groups, guard=guard, clock=clock),
        checks={"bus": bus.fault},
        addresses={"bus": lambda: settings.url},
    )


async def describe_topics(bus: Bus, topics: Iterable[Topic]) -> list[dict[str, Any]]:
    """Topics as the web route shows them, for the command line."""
    return [topic.model_dump(mode="json") for topic in await read_topics(bus, topics)]


async def dead_letters(
    bus: Bus, topics: Iterable[Topic], *, topic: str | None = None, limit: int = 100
) -> list[dict[str, Any]]:
    """Newest dead letters as the web route shows them, for the command line."""
    wanted = [each for each in topics if topic in (None, each.name)]
    groups = await letters.groups_with_letters(bus, wanted)
    found = await letters.list_dead_letters(bus, groups, limit=limit)
    return [letter_out(filed).model_dump(mode="json") for filed in found]


async def redrive(
    bus: Bus,
    topics: Iterable[Topic],
    *,
    identifier: str,
    topic: str | None = None,
    clock: Clock = utc_now,
) -> int:
    """Send one dead letter back, or with ``all`` every one not sent back yet; give how many.

    Raises:
        UnknownDeadLetter: no letter of this id.
    """
    wanted = [each for each in topics if topic in (None, each.name)]
    groups = await letters.groups_with_letters(bus, wanted)
    if identifier != "all":
        position = await letters.redrive(bus, groups, identifier, clock=clock)
        return 0 if position.duplicate else 1
    return await letters.redrive_all(bus, groups, clock=clock)
