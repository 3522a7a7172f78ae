"""The day's speakers against real edges on real sockets and folders, which go away and come back."""

from __future__ import annotations

import asyncio
import random
import threading
from collections import Counter
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from airport_brain.scenarios.clock import DayClock
from airport_brain.scenarios.hongqiao_day.errands import Ground, Rounds
from airport_brain.scenarios.hongqiao_day.journal import Journal, read_journal
from airport_brain.scenarios.hongqiao_day.speakers.http_sender import HttpSender
from airport_brain.scenarios.hongqiao_day.speakers.terminal import Terminal
from airport_brain.scenarios.hongqiao_day.speakers.warehouse import LOOK_EVERY_S, tell_freight
from airport_brain.scenarios.hongqiao_day.telling import Telling
from airport_brain.scenarios.hongqiao_day.vehicles import Driver, plan_vehicles
from service_bus import Malformed, Principal, content_id, utc_now
from service_bus.app import open_bus
from service_bus.connectors import FileDrop
from service_bus.settings import BusSettings
from spatiotemporal.airport_model import load_airport
from spatiotemporal.app import build
from spatiotemporal.events import FIX_REPORTED, JT808_RECEIVED, TOPICS
from spatiotemporal.settings import SpatiotemporalSettings
from tests.components import free_port

START = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)
ANYBODY = Principal(name="test", scopes=frozenset(), kind="user")
VEHICLES = 12
SPEED = 10.0


def admit_all(*_scopes: str) -> Callable[[], Principal]:
    return lambda: ANYBODY


@asynccontextmanager
async def vehicle_port(data_dir: Path, port: int) -> AsyncIterator[None]:
    """The platform's edge for terminals, until it is closed."""
    bus = await open_bus(BusSettings(), topics=TOPICS, data_dir=data_dir)
    component = build(
        SpatiotemporalSettings(jt808_port=port),
        bus=bus,
        clock=utc_now,
        guard=admit_all,
        data_dir=data_dir,
    )
    stop = asyncio.Event()
    tasks = [asyncio.create_task(task(stop)) for task in component.tasks]
    try:
        yield
    finally:
        stop.set()
        await asyncio.gather(*tasks)
        component.close()
        await bus.close()


async def ids_on(data_dir: Path, name: str) -> Counter[str]:
    """Message ids of a topic, with how often each is there."""
    bus = await open_bus(BusSettings(), topics=TOPICS, data_dir=data_dir)
    topic = next(topic for topic in TOPICS if topic.name == name)
    consumer = await bus.consume([topic], group=None)
    found: Counter[str] = Counter()
    while records := await consumer.poll(max_records=5_000, timeout_s=0.2):
        found.update(record.envelope.id for record in records)
    await consumer.close()
    await bus.close()
    return found


def terminals(port: int) -> list[Terminal]:
    ground = Ground(load_airport("ZSSS"))
    made = []
    for number, vehicle in enumerate(plan_vehicles(3, VEHICLES)):
        chooser = random.Random(vehicle.phone)
        driver = Driver(vehicle, Rounds(ground, vehicle.fleet, "T2", chooser), chooser)
        made.append(Terminal(driver=driver, host="127.0.0.1", port=port, number=number))
    return made


async def test_terminals_come_back_and_send_again_what_was_not_answered(tmp_path: Path) -> None:
    """Two outages: every report of the day is one fix at the end, acknowledged once."""
    data, port, file = tmp_path / "data", free_port(), tmp_path / "journal"
    data.mkdir()
    clock = DayClock(START, SPEED)
    end = START + timedelta(seconds=60)
    fleet = terminals(port)
    with Journal(file) as journal:
        speaking = asyncio.gather(*(one.run(clock, end, journal) for one in fleet))
        for _ in range(2):
            async with vehicle_port(data, port):
                await asyncio.sleep(2.0)
            await asyncio.sleep(0.7)
        async with vehicle_port(data, port):
            await asyncio.wait_for(speaking, 30)
            journal.flush()
            # The translation follows the intake within one poll.
            await asyncio.sleep(1.0)
    noted = read_journal(file)
    assert sum(one.refused for one in fleet) == 0
    fixes = Counter(
        f"vehicle:{entry['phone']}@{second}"
        for entry in noted
        if entry["channel"] == "jt808"
        for second in entry["seconds"]
    )
    assert len(fixes) >= VEHICLES * 5
    assert set(fixes.values()) == {1}
    assert await ids_on(data, FIX_REPORTED.name) == fixes
    frames = await ids_on(data, JT808_RECEIVED.name)
    assert {frames[entry["id"]] for entry in noted} == {1}
    registered = [entry for entry in noted if entry["channel"] == "jt808-registration"]
    assert len(registered) == VEHICLES, "a terminal registers once, then shows its code"
    assert any(len(entry.get("seconds", ())) > 1 for entry in noted), "late reports came in batches"


@dataclass
class Gateway:
    """Answers as the gateway does; fails in turn with what a restarting platform shows."""

    taken: list[bytes] = field(default_factory=list)
    calls: int = 0

    async def __call__(self, request: httpx.Request) -> httpx.Response:
        self.calls += 1
        body = await request.aread()
        if self.calls % 4 == 1:
            raise httpx.ConnectError("nobody listens")
        if self.calls % 4 == 2:
            return httpx.Response(503)
        if b"wrong" in body:
            return httpx.Response(400, json={"detail": "wrong"})
        self.taken.append(body)
        return httpx.Response(202, json={"message_id": content_id(body)})


def fsu_telling(number: int, *, by_file: bool, body: bytes | None = None) -> Telling:
    awb = f"781-{number:08d}"
    return Telling(
        at=START + timedelta(seconds=number),
        subject=awb,
        body=body or f"message {number}".encode(),
        facts={"awb": awb, "status": "RCS", "by_file": by_file},
    )


@pytest.fixture
def drop(tmp_path: Path) -> Path:
    return tmp_path / "drop"


async def test_freight_goes_by_http_and_by_file_until_it_is_taken(
    tmp_path: Path, drop: Path
) -> None:
    gateway, by_file = Gateway(), []

    async def take(_name: str, data: bytes) -> None:
        if b"wrong" in data:
            raise Malformed("fsu", "not a status message", field="message", position="line 1")
        by_file.append(data)

    tellings = [fsu_telling(number, by_file=number % 2 == 1) for number in range(1, 13)]
    tellings.append(fsu_telling(13, by_file=True, body=b"wrong file"))
    tellings.append(fsu_telling(14, by_file=False, body=b"wrong post"))
    watcher = FileDrop(drop, take, 0.05, 65_536)
    stop = asyncio.Event()
    with Journal(tmp_path / "journal") as journal:
        async with httpx.AsyncClient(
            transport=httpx.MockTransport(gateway), base_url="http://gateway"
        ) as client:
            sender = HttpSender(client)
            watching = asyncio.create_task(watcher.watch(stop))
            await asyncio.wait_for(
                tell_freight(
                    tellings,
                    DayClock(START, 100.0),
                    START + timedelta(hours=1),
                    sender,
                    drop,
                    journal,
                ),
                30,
            )
            stop.set()
            await watching
    assert sender.refused == 2
    assert sorted(by_file) == sorted(f"message {n}".encode() for n in range(1, 13, 2))
    assert sorted(gateway.taken) == sorted(f"message {n}".encode() for n in range(2, 13, 2))
    assert journal.counts == {"fsu": 6, "fsu-file": 6}
    noted = {entry["id"] for entry in read_journal(tmp_path / "journal")}
    assert noted == {content_id(f"message {number}".encode()) for number in range(1, 13)}


async def test_a_file_written_while_the_folder_is_looked_at_is_not_acknowledged(
    tmp_path: Path, drop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked, listed = threading.Event(), threading.Event()
    list_folder = Path.iterdir

    def slow_list(folder: Path) -> Iterator[Path]:
        names = list(list_folder(folder))
        if folder == drop and names:
            looked.set()
            listed.wait(30)
        return iter(names)

    monkeypatch.setattr(Path, "iterdir", slow_list)
    with Journal(tmp_path / "journal") as journal:
        async with httpx.AsyncClient(base_url="http://gateway") as client:
            telling = asyncio.create_task(
                tell_freight(
                    [fsu_telling(1, by_file=True), fsu_telling(200, by_file=True)],
                    DayClock(START, 100.0),
                    START + timedelta(hours=1),
                    HttpSender(client),
                    drop,
                    journal,
                )
            )
            assert await asyncio.to_thread(looked.wait, 30)
            while len(list(list_folder(drop))) < 2:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.1)
            listed.set()
            await asyncio.sleep(2 * LOOK_EVERY_S)
            assert journal.counts == {}
            telling.cancel()


async def test_a_file_that_the_platform_has_only_claimed_is_not_acknowledged(
    tmp_path: Path, drop: Path
) -> None:
    reached, go_on = asyncio.Event(), asyncio.Event()

    async def take(_name: str, _data: bytes) -> None:
        reached.set()
        await go_on.wait()

    stop = asyncio.Event()
    watcher = FileDrop(drop, take, 0.05, 65_536)
    with Journal(tmp_path / "journal") as journal:
        async with httpx.AsyncClient(base_url="http://gateway") as client:
            watching = asyncio.create_task(watcher.watch(stop))
            telling = asyncio.create_task(
                tell_freight(
                    [fsu_telling(1, by_file=True)],
                    DayClock(START, 100.0),
                    START + timedelta(hours=1),
                    HttpSender(client),
                    drop,
                    journal,
                )
            )
            await asyncio.wait_for(reached.wait(), 30)
            await asyncio.sleep(3 * LOOK_EVERY_S)
            assert journal.counts == {}
            assert not telling.done()
            go_on.set()
            await asyncio.wait_for(telling, 30)
            stop.set()
            await watching
    assert journal.counts == {"fsu-file": 1}
