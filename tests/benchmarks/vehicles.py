"""3,000 vehicles at 1 Hz: TCP, bus, picture and a viewer's socket together, then the picture alone.

Raw twins: the same fleet against a server that only sends each frame back, and a plain dictionary
that takes the newest position of each mover. The fleet is a process of its own (this file run as a
script), as real terminals are; it prints one line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import resource
import sys
import time
from collections import deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import numpy as np
import pytest
import uvicorn
from fastapi import FastAPI
from websockets.asyncio.client import connect

from service_bus import Principal, utc_now
from service_bus.app import open_bus
from service_bus.connectors import TcpServer
from service_bus.settings import BusSettings
from spatiotemporal import Fix, jt808, jt808_frame
from spatiotemporal.app import build
from spatiotemporal.events import TOPICS
from spatiotemporal.picture import Picture
from spatiotemporal.settings import SpatiotemporalSettings

pytestmark = pytest.mark.benchmark_run

VEHICLES = 3_000
SECONDS = 12
SLOTS = 50
"""Parts of a second among which the reports are spread."""
START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


# -- the fleet: a process of its own --------------------------------------------------------------


class Terminal(asyncio.Protocol):
    """One link; answers are matched to frames in order."""

    def __init__(self, number: int, took: list[float]) -> None:
        self.phone = f"{13_900_000_000 + number:012d}"
        self.serial = 0
        self.took = took
        self.waiting: deque[float] = deque()
        self.inbox: asyncio.Queue[bytes] = asyncio.Queue()
        self.driving = False
        self._splitter = jt808_frame.Splitter()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport

    def data_received(self, data: bytes) -> None:
        for original in self._splitter.feed(data):
            if self.driving:
                self.took.append(time.perf_counter() - self.waiting.popleft())
            else:
                self.inbox.put_nowait(original)

    def frame(self, message_id: int, body: jt808.Body) -> bytes:
        self.serial += 1
        header = jt808_frame.Header(message_id=message_id, phone=self.phone, serial=self.serial)
        return jt808.encode(jt808.Message(header=header, body=body))

    async def ask(self, message_id: int, body: jt808.Body) -> jt808.Body:
        self.transport.write(self.frame(message_id, body))
        answer = await asyncio.wait_for(self.inbox.get(), 60)
        return jt808.read_message(jt808_frame.read_frame(answer)).body

    async def sign_in(self) -> None:
        body = jt808.Register(
            province=31,
            city=115,
            maker="TEST",
            model="tug",
            terminal_id="T",
            plate_colour=1,
            plate=f"民航{self.phone[-5:]}",
        )
        reply = await self.ask(jt808.REGISTER, body)
        assert isinstance(reply, jt808.RegisterReply)
        await self.ask(jt808.AUTHENTICATE, jt808.Authenticate(code=reply.code))

    def report(self, second: int) -> None:
        location = jt808.Location(
            alarm=0,
            status=3,
            latitude=31.19 + second * 1e-5,
            longitude=121.33,
            altitude_m=3,
            speed_mps=5.0,
            heading_deg=90,
            time=START + timedelta(seconds=second),
        )
        self.waiting.append(time.perf_counter())
        self.transport.write(self.frame(jt808.LOCATION, location))


async def drive(host: str, port: int, vehicles: int, seconds: int, *, sign_in: bool) -> None:
    """Connect, sign in, report at 1 Hz, wait for the last answers; print what was seen."""
    loop, took = asyncio.get_running_loop(), list[float]()
    fleet = [Terminal(number, took) for number in range(vehicles)]
    for start in range(0, vehicles, 100):
        part = fleet[start : start + 100]
        await asyncio.gather(
            *(loop.create_connection(lambda one=one: one, host, port) for one in part)
        )
        if sign_in:
            await asyncio.gather(*(one.sign_in() for one in part))
    for one in fleet:
        one.driving = True
    began = time.perf_counter()
    for second in range(seconds):
        for slot in range(SLOTS):
            due = began + second + slot / SLOTS
            await asyncio.sleep(max(0.0, due - time.perf_counter()))
            for one in fleet[slot::SLOTS]:
                one.report(second)
    sent = time.perf_counter() - began
    while len(took) < vehicles * seconds and time.perf_counter() - began < seconds + 15:
        await asyncio.sleep(0.01)
    answered = time.perf_counter() - began
    p50, p99 = np.percentile(took, [50, 99]) * 1e3
    facts = {"answered": len(took), "sent_s": sent, "answered_s": answered, "p50": p50, "p99": p99}
    sys.stdout.write(json.dumps(facts) + "\n")
    for one in fleet:
        one.transport.abort()


async def fleet(address: str, *, sign_in: bool) -> dict[str, float]:
    """Run the fleet against an address, in its own process."""
    host, _, port = address.rpartition(":")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        __file__,
        host,
        port,
        str(VEHICLES),
        str(SECONDS),
        "sign-in" if sign_in else "bare",
        stdout=asyncio.subprocess.PIPE,
        cwd=Path(__file__).parents[2],
        env={"PYTHONPATH": str(Path(__file__).parents[2])},
    )
    out, _ = await process.communicate()
    assert process.returncode == 0
    facts: dict[str, float] = json.loads(out)
    return facts


# -- the platform ---------------------------------------------------------------------------------


@dataclass
class Seen:
    """What a browser's socket got."""

    frames: int = 0
    rows: int = 0
    widest: int = 0
    names: set[int] = field(default_factory=set)


async def watch(url: str, seen: Seen, ready: asyncio.Event) -> None:
    """Follow the live socket as a map does."""
    async with connect(url, max_size=None) as socket:
        ready.set()
        async for message in socket:
            if isinstance(message, str):
                told: dict[str, Any] = json.loads(message)
                seen.names |= {mover["idx"] for mover in told.get("movers", [])}
                continue
            rows = int.from_bytes(message[4:8], "little")
            assert len(message) == 16 + 36 * rows
            seen.frames, seen.rows = seen.frames + 1, seen.rows + rows
            seen.widest = max(seen.widest, rows)


@asynccontextmanager
async def platform(data_dir: Path) -> AsyncIterator[tuple[str, str]]:
    """The spatiotemporal platform on the durable log; addresses of terminals and of the socket."""
    bus = await open_bus(BusSettings(), topics=TOPICS, data_dir=data_dir)
    anybody = Principal(name="test", scopes=frozenset(), kind="user")
    component = build(
        SpatiotemporalSettings(jt808_port=0),
        bus=bus,
        clock=utc_now,
        guard=lambda *_scopes: lambda: anybody,
        data_dir=data_dir,
    )
    app = FastAPI()
    app.include_router(component.router)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off"))
    stop = asyncio.Event()
    tasks = [asyncio.create_task(task(stop)) for task in (*component.tasks, *component.serving)]
    tasks.append(asyncio.create_task(server.serve()))
    while any(check() for check in component.checks.values()) or not server.started:
        await asyncio.sleep(0.02)
    port = server.servers[0].sockets[0].getsockname()[1]
    try:
        url = f"ws://127.0.0.1:{port}/api/spatiotemporal/live"
        yield component.addresses["jt808"](), url
    finally:
        stop.set()
        server.should_exit = True
        await asyncio.gather(*tasks)
        component.close()
        await bus.close()


class Mirror:
    """The raw twin: sends back what came."""

    async def receive(self, data: bytes) -> bytes:
        return data


def told(what: str, facts: dict[str, float], cpu_s: float) -> str:
    rate = facts["answered"] / facts["answered_s"]
    return (
        f"{what:<28} {facts['answered']:>7.0f} answered, {rate:>6.0f}/s, "
        f"answer p50 {facts['p50']:6.1f} ms p99 {facts['p99']:7.1f} ms, "
        f"server CPU {100 * cpu_s / facts['answered_s']:3.0f} % of one core, "
        f"{1e6 * cpu_s / facts['answered']:.0f} us each"
    )


async def test_vehicles_from_the_terminal_to_the_map(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    open_files()
    seen, ready = Seen(), asyncio.Event()
    async with platform(tmp_path) as (address, url):
        watching = asyncio.create_task(watch(url, seen, ready))
        await ready.wait()
        cpu = time.process_time()
        facts = await fleet(address, sign_in=True)
        cpu = time.process_time() - cpu
        await asyncio.sleep(2.5)
        watching.cancel()
    lines = [told("terminals to map", facts, cpu)]
    lines.append(
        f"{'':<28} viewer: {seen.frames} frames, {seen.rows} positions, "
        f"{seen.widest} in the widest, {len(seen.names)} movers named"
    )
    mirror = TcpServer("127.0.0.1", 0, lambda _peer: Mirror(), most_connections=VEHICLES, idle_s=60)
    stop = asyncio.Event()
    task = asyncio.create_task(mirror.serve(stop))
    while not mirror.listening:
        await asyncio.sleep(0.01)
    cpu = time.process_time()
    bare = await fleet(mirror.address, sign_in=False)
    lines.append(told("raw twin: echo", bare, time.process_time() - cpu))
    stop.set()
    await task
    with capsys.disabled():
        print("\n" + "\n".join(lines))  # noqa: T201
    assert facts["answered"] == VEHICLES * SECONDS
    assert len(seen.names) == VEHICLES


# -- the picture alone ----------------------------------------------------------------------------


def ticks(count: int) -> list[list[Fix]]:
    """A second's fixes of every vehicle, ``count`` times."""
    return [
        [
            Fix(
                mover_id=f"vehicle:{number}",
                latitude=31.19 + second * 1e-5,
                longitude=121.33 + number * 1e-6,
                altitude_m=3.0,
                speed_mps=5.0,
                heading_deg=90.0,
                fix_time=START + timedelta(seconds=second),
                received=START + timedelta(seconds=second + 1),
                source="/bench",
                alarm=0,
                message_id="m",
            )
            for number in range(VEHICLES)
        ]
        for second in range(count)
    ]


def per_tick_ms(work: Callable[[list[Fix]], object], seconds: list[list[Fix]]) -> float:
    times = []
    for fixes in seconds:
        began = time.perf_counter()
        work(fixes)
        times.append(time.perf_counter() - began)
    return 1e3 * float(np.median(times))


def test_the_picture_alone(capsys: pytest.CaptureFixture[str]) -> None:
    seconds = ticks(20)
    picture, newest = Picture(), dict[str, Fix]()

    def plain(fixes: list[Fix]) -> None:
        for fix in fixes:
            known = newest.get(fix.mover_id)
            if known is None or known.fix_time < fix.fix_time:
                newest[fix.mover_id] = fix

    ours, twin = per_tick_ms(picture.report, seconds), per_tick_ms(plain, seconds)
    near = per_tick_ms(lambda _: picture.near(31.19, 121.33, count=10), seconds)
    columns = per_tick_ms(lambda _: picture.everything(), seconds)
    with capsys.disabled():
        print(  # noqa: T201
            f"\npicture: {VEHICLES} fixes {ours:.2f} ms ({VEHICLES / ours * 1e3:,.0f}/s), plain "
            f"dictionary {twin:.2f} ms; 10 nearest {near:.3f} ms; all columns {columns:.3f} ms"
        )
    assert ours < 200


def open_files() -> None:
    """Let a process hold every vehicle's link."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = VEHICLES * 2 + 200
    if soft < wanted:
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(wanted, hard), hard))


if __name__ == "__main__":
    open_files()
    asyncio.run(
        drive(
            sys.argv[1],
            int(sys.argv[2]),
            int(sys.argv[3]),
            int(sys.argv[4]),
            sign_in=sys.argv[5] == "sign-in",
        )
    )
