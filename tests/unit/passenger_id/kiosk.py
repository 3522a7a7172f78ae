"""The whole package behind HTTP on a bus in memory, and a kiosk that talks to it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI, Request

from airport_brain import problems
from passenger_id import PassengerError
from passenger_id.adapters.memory import PictureStatistics
from passenger_id.app import assemble
from passenger_id.events import TOPICS
from passenger_id.ports import FaceEncoder
from passenger_id.settings import PassengerSettings
from service_bus import BusError, Component, Envelope, Principal, Record
from service_bus.adapters.memory import MemoryBus
from service_bus.dead_letters import INTAKE, dead_letter_topic
from service_bus.delivery import deliver
from tests.unit.passenger_id.desk import FLIGHT_TOPIC, TurnedClock, body

ALL_SCOPES = "passenger.gate.use passenger.journeys.read passenger.journeys.write"


class HeaderGuard:
    """Believes the scopes a test sends in a header."""

    def __call__(self, *scopes: str) -> Any:
        def admit(request: Request) -> Principal:
            held = frozenset(request.headers.get("x-scopes", "").split())
            if not held & set(scopes):
                raise NotAllowed("this account may not do that")
            return Principal(name="kiosk-7", scopes=held, kind="key")

        return admit


class NotAllowed(PassengerError, PermissionError):
    """A caller without the scope."""


@dataclass
class Kiosk:
    """HTTP on one side, the bus on the other."""

    http: httpx.AsyncClient
    bus: MemoryBus
    component: Component
    clock: TurnedClock
    data_dir: Path

    async def settle(self) -> None:
        """Let consumers and relay do what waits for them."""
        stop = asyncio.Event()
        loops = [
            asyncio.create_task(deliver(self.bus, s, stop, clock=self.clock))
            for s in self.component.subscriptions
        ]
        await asyncio.sleep(0.15)
        stop.set()
        await asyncio.gather(*loops)
        await self.component.tasks[0](stop)

    async def check_in(self, **changes: Any) -> str:
        """Let the DCS state a journey; give its id."""
        answer = await self.http.post("/api/passenger/journeys", json=body(**changes))
        assert answer.status_code == 202, answer.text
        await self.settle()
        return str(answer.json()["journey_id"])

    async def enrol(self, journey_id: str, photo: bytes, **fields: str) -> httpx.Response:
        form = {"consent_version": "2026-11", "consent_channel": "kiosk", **fields}
        return await self.http.post(
            f"/api/passenger/journeys/{journey_id}/enrolment",
            data={name: text for name, text in form.items() if text},
            files={"photo": ("face.jpg", photo, "image/jpeg")},
        )

    async def show(
        self, journey_id: str, photo: bytes, gate: str = "D12", key: str = ""
    ) -> httpx.Response:
        return await self.http.post(
            f"/api/passenger/journeys/{journey_id}/verifications",
            data={"gate": gate},
            files={"photo": ("face.jpg", photo, "image/jpeg")},
            headers={"Idempotency-Key": key} if key else {},
        )

    async def records(self) -> list[Record]:
        """Everything on the bus, dead letters too."""
        topics = [*TOPICS, *(dead_letter_topic(topic, INTAKE) for topic in TOPICS), FLIGHT_TOPIC]
        consumer = await self.bus.consume(topics, group=None)
        found: list[Record] = []
        while batch := await consumer.poll(timeout_s=0.05):
            found += batch
        await consumer.close()
        return found

    async def announce(self, data: bytes) -> None:
        envelope = Envelope(
            id=f"flight-{self.clock().isoformat()}",
            source="/operations",
            type=FLIGHT_TOPIC.name,
            subject="flight",
            time=self.clock(),
            data=data,
        )
        await self.bus.publish(FLIGHT_TOPIC, [envelope])
        await self.settle()


@asynccontextmanager
async def open_kiosk(
    data_dir: Path, clock: TurnedClock, encoder: FaceEncoder | None = None, **settings: Any
) -> AsyncIterator[Kiosk]:
    """Build the package as the shell does, with the test's guard and bus."""
    bus = MemoryBus([*TOPICS, FLIGHT_TOPIC], clock)
    component = assemble(
        PassengerSettings(**settings),
        encoder=encoder or PictureStatistics(),
        bus=bus,
        clock=clock,
        guard=HeaderGuard(),
        data_dir=data_dir,
        flight_topic=FLIGHT_TOPIC,
    )
    app = FastAPI()
    app.include_router(component.router)
    problems.install(app, (PassengerError, BusError))
    transport = httpx.ASGITransport(app=app, raise_app_exceptions=False)
    headers = {"x-scopes": ALL_SCOPES}
    async with httpx.AsyncClient(
        transport=transport, base_url="http://kiosk", headers=headers
    ) as http:
        yield Kiosk(http, bus, component, clock, data_dir)
    await bus.close()
    component.close()
