"""Plays the day at Hongqiao: every speaker at once, each over its own wire, into the platform's ports."""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from airport_brain.scenarios.clock import DayClock
from airport_brain.scenarios.hongqiao_day.day import Day, Plan, plan_day
from airport_brain.scenarios.hongqiao_day.faces import Cast
from airport_brain.scenarios.hongqiao_day.journal import Journal
from airport_brain.scenarios.hongqiao_day.speakers.departure_control import Journeys, tell_journeys
from airport_brain.scenarios.hongqiao_day.speakers.flight_system import tell_flights
from airport_brain.scenarios.hongqiao_day.speakers.gate_camera import show_faces
from airport_brain.scenarios.hongqiao_day.speakers.http_sender import HttpSender, connect
from airport_brain.scenarios.hongqiao_day.speakers.terminal import Terminal
from airport_brain.scenarios.hongqiao_day.speakers.warehouse import tell_freight

log = logging.getLogger(__name__)

FLUSH_EVERY_S = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where the platform listens.

    Attributes:
        url: of the gateway.
        key: of a connected system that may also use gates.
        drop: folder that takes Cargo-IMP files.
    """

    url: str
    key: str
    jt808_host: str
    jt808_port: int
    drop: Path


async def play(
    day: Day, ports: Ports, journal_file: Path | None, stop: asyncio.Event
) -> dict[str, int]:
    """Speak the whole day; give how many messages of each channel were acknowledged.

    What the platform refused counts as ``refused``. When ``stop`` is set, everything ends where it
    stands: what is not acknowledged then counts as not sent.
    """
    # The clock starts first, so that planning does not put the day behind the time.
    clock = DayClock(day.start, day.speed)
    cast = await asyncio.to_thread(Cast.load) if day.faces else None
    plan = await asyncio.to_thread(plan_day, day, cast=len(cast.people) if cast else 0)
    with Journal(journal_file) as journal:
        async with connect(ports.url, ports.key) as client:
            sender = HttpSender(client)
            terminals = _terminals(plan, ports)
            speakers = [
                tell_flights(plan.flights, clock, day.end, sender, journal),
                tell_freight(plan.freight, clock, day.end, sender, ports.drop, journal),
                _passengers(plan, cast, clock, day, sender, journal),
                *(terminal.run(clock, day.end, journal) for terminal in terminals),
            ]
            await _until_done([*speakers], _flush(journal), stop)
        journal.flush()
        refused = sender.refused + sum(terminal.refused for terminal in terminals)
    return {**journal.counts, "refused": refused}


async def _until_done(
    speakers: list[Coroutine[Any, Any, None]],
    flushing: Coroutine[Any, Any, None],
    stop: asyncio.Event,
) -> None:
    """Run all speakers until they have finished, one fails, or ``stop`` is set."""
    stopping = asyncio.create_task(stop.wait())
    flusher = asyncio.create_task(flushing)
    tasks: set[asyncio.Task[Any]] = {asyncio.create_task(speaker) for speaker in speakers}
    pending: set[asyncio.Task[Any]] = set(tasks)
    try:
        while pending and not stopping.done():
            done, _ = await asyncio.wait({*pending, stopping}, return_when=asyncio.FIRST_COMPLETED)
            for task in done - {stopping}:
                task.result()
            pending -= done
    finally:
        for task in (*pending, stopping, flusher):
            task.cancel()
        await asyncio.gather(*pending, stopping, flusher, return_exceptions=True)


async def _passengers(
    plan: Plan,
    cast: Cast | None,
    clock: DayClock,
    day: Day,
    sender: HttpSender,
    journal: Journal,
) -> None:
    journeys = Journeys()
    async with asyncio.TaskGroup() as group:
        group.create_task(tell_journeys(plan.journeys, clock, day.end, sender, journal, journeys))
        if cast is not None:
            group.create_task(
                show_faces(plan.travellers, journeys, cast, clock, day.end, sender, journal)
            )


async def _flush(journal: Journal) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            await asyncio.sleep(FLUSH_EVERY_S)
            journal.flush()


def _terminals(plan: Plan, ports: Ports) -> list[Terminal]:
    return [
        Terminal(driver=driver, host=ports.jt808_host, port=ports.jt808_port, number=number)
        for number, driver in enumerate(plan.drivers)
    ]
