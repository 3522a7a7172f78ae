"""A busy Pudong: the platform's gateway with 3,000 movers at 1 Hz, as a process of its own.

Run as a module: ``tests.benchmarks.busy_apron DATA PORT ALONE DIST``: ALONE is served below ``/alone``, DIST
is a build of the console. Fixes go onto the bus as those of every source do, a
tenth of the movers each tenth of a second; log, live picture, ticker and socket are the platform's own.
Terminals' links are left out: ``vehicles.py`` measures those, and beside a browser that computes its
graphics they would only take its processor.
"""

from __future__ import annotations

import asyncio
import math
import random
import sys
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles

from airport_brain import config, running, telemetry, wiring
from airport_brain.console import bundle
from service_bus import Bus, Envelope, utc_now
from spatiotemporal.airport_model.store import AirportModel, ModelStore
from spatiotemporal.domain import FLEETS, Fix, Registered
from spatiotemporal.events import FIX_REPORTED, MOVER_REGISTERED, to_json

VEHICLES = 2_800
AIRCRAFT = 200
MOVERS = VEHICLES + AIRCRAFT
SLICES = 10
"""Parts of a second among which the reports are spread."""

SHORTEST_M = 150.0
SOURCE = "/benchmark/apron"


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """A line that movers go to and fro on: degrees, and metres along it; arrays have shape (n,)."""

    longitude: NDArray[np.float64]
    latitude: NDArray[np.float64]
    along_m: NDArray[np.float64]


@dataclass(frozen=True, slots=True, kw_only=True)
class Mover:
    """Somebody on a way, at a steady speed from a first place."""

    mover_id: str
    fleet: str
    label: str
    way: Way
    first_m: float
    speed_mps: float

    def at(self, second: float) -> tuple[float, float, float]:
        """Longitude, latitude and heading in degrees after so many seconds."""
        length = float(self.way.along_m[-1])
        driven = (self.first_m + self.speed_mps * second) % (2 * length)
        back = driven > length
        along = 2 * length - driven if back else driven
        here, ahead = self._place(along), self._place(along + (-1.0 if back else 1.0))
        east = (ahead[0] - here[0]) * math.cos(math.radians(here[1]))
        return *here, math.degrees(math.atan2(east, ahead[1] - here[1])) % 360

    def _place(self, along_m: float) -> tuple[float, float]:
        way = self.way
        return (
            float(np.interp(along_m, way.along_m, way.longitude)),
            float(np.interp(along_m, way.along_m, way.latitude)),
        )


def ways(model: AirportModel, layer: str) -> list[Way]:
    """Lines of a layer that are long enough to drive on."""
    made = []
    for feature in model.drawn[layer]["features"]:
        if feature["geometry"]["type"] != "LineString":
            continue
        degrees = np.asarray(feature["geometry"]["coordinates"], dtype=np.float64)
        steps = np.hypot(*np.diff(model.airport.frame.local(degrees), axis=0).T)
        along = np.concatenate([[0.0], np.cumsum(steps)])
        if along[-1] >= SHORTEST_M:
            made.append(Way(longitude=degrees[:, 0], latitude=degrees[:, 1], along_m=along))
    return made


def movers(model: AirportModel) -> list[Mover]:
    """The same movers each time: vehicles on service roads, aircraft on taxi lines."""
    dice, fleets = random.Random(20261127), sorted(FLEETS)
    roads, lines = ways(model, "service_road"), ways(model, "taxi_line")
    made = []
    for number in range(MOVERS):
        flies = number >= VEHICLES
        lengths = [float(way.along_m[-1]) for way in (lines if flies else roads)]
        way = dice.choices(lines if flies else roads, weights=lengths)[0]
        fleet = "other" if flies else fleets[number % len(fleets)]
        made.append(
            Mover(
                mover_id=f"aircraft:78{number:04x}" if flies else f"vehicle:139{number:08d}",
                fleet=fleet,
                label=f"CES{2000 + number}" if flies else f"民航{number:05d}",
                way=way,
                first_m=dice.uniform(0, 2 * float(way.along_m[-1])),
                speed_mps=dice.uniform(5.0, 9.0),
            )
        )
    return made


def registered(mover: Mover, now: datetime) -> Envelope:
    event = Registered(
        mover_id=mover.mover_id,
        label=mover.label,
        fleet=mover.fleet,
        terminal_id="B",
        maker="B",
        model=mover.fleet,
        registered=now,
    )
    return envelope(MOVER_REGISTERED.name, mover.mover_id, now, to_json(event))


def reported(mover: Mover, second: float, now: datetime) -> Envelope:
    longitude, latitude, heading = mover.at(second)
    fix = Fix(
        mover_id=mover.mover_id,
        latitude=latitude,
        longitude=longitude,
        altitude_m=None,
        speed_mps=mover.speed_mps,
        heading_deg=heading,
        fix_time=now,
        received=now,
        source=SOURCE,
        alarm=0,
        message_id="",
    )
    return envelope(FIX_REPORTED.name, mover.mover_id, now, to_json(fix))


def envelope(topic: str, mover_id: str, now: datetime, data: bytes) -> Envelope:
    return Envelope(
        id=f"{mover_id}@{now.timestamp():.3f}",
        source=SOURCE,
        type=topic,
        subject=mover_id,
        time=now,
        data=data,
    )


async def drive(bus: Bus, everybody: list[Mover], stop: asyncio.Event) -> None:
    """Report every mover once a second, whatever the second before has cost."""
    await bus.publish(MOVER_REGISTERED, [registered(one, datetime.now(UTC)) for one in everybody])
    loop = asyncio.get_running_loop()
    began, turn = loop.time(), 0
    while not stop.is_set():
        await asyncio.sleep(max(0.0, began + turn / SLICES - loop.time()))
        now, second = datetime.now(UTC), loop.time() - began
        due = everybody[turn % SLICES :: SLICES]
        await bus.publish(FIX_REPORTED, [reported(one, second, now) for one in due])
        turn += 1


async def serve(data: Path, port: int, alone: Path, dist: Path) -> None:
    """The gateway with flights and positions, until a signal ends it."""
    metrics, stop = telemetry.Metrics(), asyncio.Event()
    roles = ("gateway", "operations", "spatiotemporal")
    wiring.mount = partial(bundle.mount, dist=dist)
    brain = await wiring.build(config.load(data), roles=roles, metrics=metrics, clock=utc_now)
    assert brain.app is not None
    brain.app.router.routes.insert(0, Mount("/alone", StaticFiles(directory=alone, html=True)))
    everybody = movers(ModelStore(own=data / "airports").model("ZSPD"))
    kept: list[asyncio.Task[None]] = []
    await running.run(
        brain,
        running.listen("127.0.0.1", port),
        metrics=metrics,
        stop=stop,
        started=lambda: kept.append(asyncio.create_task(drive(brain.bus, everybody, stop))),
    )


if __name__ == "__main__":
    telemetry.set_up_logging("WARNING")
    asyncio.run(serve(Path(sys.argv[1]), int(sys.argv[2]), Path(sys.argv[3]), Path(sys.argv[4])))
