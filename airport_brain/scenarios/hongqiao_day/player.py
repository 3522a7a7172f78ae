"""Plays the day: every outside party speaks its own protocol into the platform's own ports."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import random
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache, partial
from pathlib import Path

from airport_brain.scenarios.clock import DayClock
from airport_brain.scenarios.hongqiao_day.faces import Cast
from airport_brain.scenarios.hongqiao_day.flights import Leg, StandPlace, plan_flights
from airport_brain.scenarios.hongqiao_day.freight import plan_freight
from airport_brain.scenarios.hongqiao_day.journal import Journal
from airport_brain.scenarios.hongqiao_day.passengers import plan_travellers
from airport_brain.scenarios.hongqiao_day.speakers.departure_control import tell_journeys
from airport_brain.scenarios.hongqiao_day.speakers.flight_system import tell_flights
from airport_brain.scenarios.hongqiao_day.speakers.gate_camera import show_faces
from airport_brain.scenarios.hongqiao_day.speakers.http_sender import HttpSender, connect
from airport_brain.scenarios.hongqiao_day.speakers.terminal import Terminal
from airport_brain.scenarios.hongqiao_day.speakers.warehouse import tell_freight
from airport_brain.scenarios.hongqiao_day.vehicles import Driver, plan_vehicles
from spatiotemporal.airport_model import Airport, drive_route, load_airport, road_graph

log = logging.getLogger(__name__)

AIRPORT = "ZSSS"
VEHICLES = 200
WAYBILLS = 500
TRAVELLERS_PER_LEG = 12
FLUSH_EVERY_S = 0.25


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Which day to play."""

    seed: int
    speed: float
    scale: float
    hours: float
    start: datetime
    faces: bool = True

    @property
    def end(self) -> datetime:
        """Last moment of the day."""
        return self.start + timedelta(hours=self.hours)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ports:
    """Where the platform listens."""

    url: str
    key: str
    jt808_host: str
    jt808_port: int
    drop: Path


async def play(day: Day, ports: Ports, journal_file: Path | None) -> dict[str, int]:
    """Speak the whole day; give how many messages of each channel were acknowledged."""
    airport = load_airport(AIRPORT)
    legs = plan_flights(
        day.seed, day.start, hours=day.hours, scale=day.scale, stands=_stands(airport)
    )
    clock = DayClock(day.start, day.speed)
    with Journal(journal_file) as journal:
        async with connect(ports.url, ports.key) as client, asyncio.TaskGroup() as group:
            sender = HttpSender(client)
            flushing = asyncio.create_task(_flush(journal))
            speaking = [
                group.create_task(tell_flights(legs, clock, day.end, sender, journal)),
                group.create_task(
                    tell_freight(
                        plan_freight(
                            day.seed, day.start, legs, count=round(WAYBILLS * day.scale)
                        ),
                        clock,
                        day.end,
                        sender,
                        ports.drop,
                        journal,
                    )
                ),
                group.create_task(_passengers(day, legs, clock, sender, journal)),
                *(
                    group.create_task(terminal.run(clock, day.end, journal))
                    for terminal in _terminals(day, ports, airport)
                ),
            ]
            await asyncio.wait(speaking)
            flushing.cancel()
        journal.flush()
        if sender.refused:
            journal.counts["refused"] = sender.refused
    return journal.counts


async def _passengers(
    day: Day, legs: list[Leg], clock: DayClock, sender: HttpSender, journal: Journal
) -> None:
    cast = Cast.load() if day.faces else None
    travellers = plan_travellers(
        day.seed,
        day.start,
        legs,
        per_leg=TRAVELLERS_PER_LEG,
        cast=len(cast.people) if cast else 0,
    )
    journeys = await tell_journeys(travellers, clock, day.end, sender, journal)
    if cast is not None:
        await show_faces(travellers, journeys, cast, clock, day, sender, journal)


async def _flush(journal: Journal) -> None:
    with contextlib.suppress(asyncio.CancelledError):
        while True:
            await asyncio.sleep(FLUSH_EVERY_S)
            journal.flush()


def _stands(airport: Airport) -> list[StandPlace]:
    return [
        StandPlace(name=s.number, size_code=s.size_code, terminal=s.terminal)
        for s in airport.stands
        if s.kind == "gate"
    ]


def _terminals(day: Day, ports: Ports, airport: Airport) -> list[Terminal]:
    network = road_graph(airport)
    places = sorted(p for p in network.places() if p.startswith(("stand:", "facility:")))
    route = lru_cache(maxsize=4096)(partial(drive_route, airport, network))
    return [
        Terminal(
            driver=Driver(vehicle, places, route, random.Random(f"{day.seed}-{vehicle.phone}")),
            host=ports.jt808_host,
            port=ports.jt808_port,
        )
        for vehicle in plan_vehicles(day.seed, round(VEHICLES * day.scale))
    ]
