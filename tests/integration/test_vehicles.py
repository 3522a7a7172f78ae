"""A real terminal on a real socket, the embedded log, and the live picture behind them."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from service_bus import Bus, Component, Principal, utc_now
from service_bus.app import dead_letters, open_bus
from service_bus.settings import BusSettings
from spatiotemporal import jt808
from spatiotemporal.app import build
from spatiotemporal.events import TOPICS
from spatiotemporal.settings import SpatiotemporalSettings
from spatiotemporal.sources.jt808.frame import Header, Splitter, read_frame

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
ANYBODY = Principal(name="test", scopes=frozenset(), kind="user")


def admit_all(*_scopes: str) -> Callable[[], Principal]:
    return lambda: ANYBODY


class Terminal:
    """The vehicle's side of the link."""

    def __init__(self, address: str, phone: str = "013900100001") -> None:
        self.host, _, port = address.rpartition(":")
        self.port = int(port)
        self.phone = phone
        self.serial = 0
        self.code = ""

    async def connect(self) -> None:
        self.reader, self.writer = await asyncio.open_connection(self.host, self.port)
        self.splitter = Splitter()
        self.frames: list[bytes] = []

    def frame(self, message_id: int, body: jt808.Body) -> bytes:
        self.serial += 1
        header = Header(message_id=message_id, phone=self.phone, serial=self.serial)
        return jt808.encode(jt808.Message(header=header, body=body))

    async def send(self, data: bytes) -> None:
        self.writer.write(data)
        await self.writer.drain()

    async def answer(self) -> jt808.Message:
        while not self.frames:
            data = await asyncio.wait_for(self.reader.read(65_536), 10)
            assert data, "the platform closed the link"
            self.frames += self.splitter.feed(data)
        return jt808.read_message(read_frame(self.frames.pop(0)))

    async def register(self, plate: str = "民航A0001", model: str = "tug") -> jt808.RegisterReply:
        body = jt808.Register(
            province=31,
            city=100,
            maker="TEST",
            model=model,
            terminal_id="T1",
            plate_colour=2,
            plate=plate,
        )
        await self.send(self.frame(jt808.REGISTER, body))
        reply = (await self.answer()).body
        assert isinstance(reply, jt808.RegisterReply)
        self.code = reply.code
        return reply

    async def authenticate(self, code: str | None = None) -> int:
        body = jt808.Authenticate(code=self.code if code is None else code)
        await self.send(self.frame(jt808.AUTHENTICATE, body))
        return await self.result()

    async def result(self) -> int:
        reply = (await self.answer()).body
        assert isinstance(reply, jt808.Reply)
        return reply.result

    def location(
        self, second: int, latitude: float = 31.19, longitude: float = 121.33
    ) -> jt808.Location:
        return jt808.Location(
            alarm=0,
            status=0b11,
            latitude=latitude + second * 1e-5,
            longitude=longitude,
            altitude_m=3,
            speed_mps=5.0,
            heading_deg=90,
            time=START + timedelta(seconds=second),
        )


@dataclass
class Running:
    bus: Bus
    component: Component
    address: str
    client: TestClient


@asynccontextmanager
async def running(
    data_dir: Path, clock: Callable[[], datetime] = utc_now
) -> AsyncIterator[Running]:
    data_dir.mkdir(exist_ok=True)
    bus = await open_bus(BusSettings(), topics=TOPICS, data_dir=data_dir)
    settings = SpatiotemporalSettings(jt808_port=0)
    component = build(settings, bus=bus, clock=clock, guard=admit_all, data_dir=data_dir)
    stop = asyncio.Event()
    tasks = [asyncio.create_task(task(stop)) for task in (*component.tasks, *component.serving)]
    app = FastAPI()
    app.include_router(component.router)
    try:
        while any(check() for check in component.checks.values()):
            for task in tasks:
                if task.done():
                    task.result()
            await asyncio.sleep(0.02)
        yield Running(bus, component, component.addresses["jt808"](), TestClient(app))
    finally:
        stop.set()
        await asyncio.gather(*tasks)
        component.close()
        await bus.close()


async def shown(run: Running, fixes: int) -> dict[str, object]:
    for _ in range(200):
        items = (await asyncio.to_thread(run.client.get, "/api/spatiotemporal/movers")).json()[
            "items"
        ]
        if items and items[0]["fixes"] >= fixes:
            return dict(items[0])
        await asyncio.sleep(0.05)
    raise AssertionError(f"the picture never showed {fixes} fixes: {items}")


async def test_a_terminal_registers_and_is_seen_on_the_map(tmp_path: Path) -> None:
    async with running(tmp_path) as run:
        terminal = Terminal(run.address)
        await terminal.connect()
        assert (await terminal.register()).result == jt808.OK
        assert await terminal.authenticate() == jt808.OK
        await terminal.send(terminal.frame(jt808.HEARTBEAT, jt808.Empty()))
        assert await terminal.result() == jt808.OK
        for second in range(5):
            await terminal.send(terminal.frame(jt808.LOCATION, terminal.location(second)))
            assert await terminal.result() == jt808.OK
        mover = await shown(run, 5)
        assert mover["id"] == "vehicle:13900100001"
        assert (mover["label"], mover["fleet"]) == ("民航A0001", "tug")
        assert mover["latitude"] == pytest.approx(31.19004, abs=1e-6)
        assert mover["fix_time"] == "2026-11-24T08:00:04Z"
        assert (mover["fixes"], mover["late"]) == (5, 0)


async def test_positions_are_refused_before_authentication(tmp_path: Path) -> None:
    async with running(tmp_path) as run:
        terminal = Terminal(run.address)
        await terminal.connect()
        await terminal.send(terminal.frame(jt808.LOCATION, terminal.location(0)))
        assert await terminal.result() == jt808.FAILED
        await terminal.register()
        assert await terminal.authenticate("0000") == jt808.FAILED
        await terminal.send(terminal.frame(jt808.LOCATION, terminal.location(0)))
        assert await terminal.result() == jt808.FAILED


async def test_a_wrong_checksum_is_answered_and_kept(tmp_path: Path) -> None:
    async with running(tmp_path) as run:
        terminal = Terminal(run.address)
        await terminal.connect()
        await terminal.register()
        await terminal.authenticate()
        frame = bytearray(terminal.frame(jt808.LOCATION, terminal.location(0)))
        frame[-2] ^= 0x01
        await terminal.send(bytes(frame))
        assert await terminal.result() == jt808.BAD_MESSAGE
        await terminal.send(terminal.frame(jt808.LOCATION, terminal.location(1)))
        assert await terminal.result() == jt808.OK
        letters = await dead_letters(run.bus, TOPICS)
        assert [(d["field"], d["reason"]) for d in letters] == [("checksum", "wrong checksum")]


async def test_late_batches_fill_gaps_without_moving_the_vehicle_back(tmp_path: Path) -> None:
    async with running(tmp_path) as run:
        terminal = Terminal(run.address)
        await terminal.connect()
        await terminal.register()
        await terminal.authenticate()
        await terminal.send(terminal.frame(jt808.LOCATION, terminal.location(10)))
        assert await terminal.result() == jt808.OK
        # Seconds 4-5 are new, second 10 was sent before.
        late = jt808.Batch(locations=tuple(terminal.location(s) for s in (4, 5, 10)), backfill=True)
        await terminal.send(terminal.frame(jt808.BATCH, late))
        assert await terminal.result() == jt808.OK
        mover = await shown(run, 3)
        assert mover["fix_time"] == "2026-11-24T08:00:10Z"
        assert (mover["fixes"], mover["late"]) == (3, 2)


async def test_many_frames_in_one_write_are_answered_in_order(tmp_path: Path) -> None:
    async with running(tmp_path) as run:
        terminal = Terminal(run.address)
        await terminal.connect()
        await terminal.register()
        await terminal.authenticate()
        await terminal.send(
            b"".join(terminal.frame(jt808.LOCATION, terminal.location(s)) for s in range(50))
        )
        answers = [await terminal.answer() for _ in range(50)]
        serials = [a.body.serial for a in answers if isinstance(a.body, jt808.Reply)]
        assert serials == list(range(terminal.serial - 49, terminal.serial + 1))
        assert (await shown(run, 50))["fixes"] == 50


async def test_a_restart_gives_the_same_picture(tmp_path: Path) -> None:
    async with running(tmp_path) as run:
        terminal = Terminal(run.address)
        await terminal.connect()
        await terminal.register()
        await terminal.authenticate()
        for second in range(3):
            await terminal.send(terminal.frame(jt808.LOCATION, terminal.location(second)))
            await terminal.result()
        before = await shown(run, 3)
    async with running(tmp_path) as run:
        after = await shown(run, 3)
        kept = ("id", "label", "fleet", "latitude", "longitude", "fix_time", "fixes", "late")
        assert {k: after[k] for k in kept} == {k: before[k] for k in kept}
        terminal.host, _, port = run.address.rpartition(":")
        terminal.port = int(port)
        await terminal.connect()
        assert await terminal.authenticate() == jt808.OK  # codes outlive the process
        await terminal.send(terminal.frame(jt808.LOCATION, terminal.location(9)))
        await terminal.result()
        assert (await shown(run, 4))["fixes"] == 4


async def test_the_socket_names_movers_and_sends_binary_frames(tmp_path: Path) -> None:
    async with running(tmp_path, clock=lambda: START) as run:
        terminal = Terminal(run.address)
        await terminal.connect()
        await terminal.register()
        await terminal.authenticate()
        await terminal.send(terminal.frame(jt808.LOCATION, terminal.location(0)))
        await terminal.result()
        await shown(run, 1)

        def first_messages() -> tuple[dict[str, object], bytes]:
            with run.client.websocket_connect("/api/spatiotemporal/live") as socket:
                return socket.receive_json(), socket.receive_bytes()

        names, frame = await asyncio.to_thread(first_messages)
        assert names["type"] == "movers"
        assert frame[:4] == b"ABM1"
        assert int.from_bytes(frame[4:8], "little") == 1
        assert len(frame) == 16 + 8 * 3 + 4 * 3
