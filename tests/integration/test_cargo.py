"""Freight messages over HTTP and as files, on the embedded log, seen on the public port."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from airport_brain import problems
from cargo_platform import CargoError
from cargo_platform.app import build
from cargo_platform.events import TOPICS
from cargo_platform.settings import CargoSettings
from service_bus import Bus, BusError, Principal
from service_bus.app import dead_letters, deliver, open_bus
from service_bus.settings import BusSettings

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
SENDER = Principal(name="terminal", scopes=frozenset(), kind="key")

RECEIVED = (
    b"FSU/12\r\n112-12345675PVGFRA/T25K1250.5\r\nRCS/23NOV1015/PVG/T25K1250.5/SHANGHAI AGENT\r\n"
)
HEAD = b"FSU/12\r\n112-12345675PVGFRA/T25K1250.5\r\n"
DEPARTED = HEAD + b"DEP/CK261/23NOV/PVGFRA/P20K1000.5/A2142/E0405-N\r\n"
OFFLOADED = HEAD + b"DIS/CK261/23NOV2130/PVG/OFLD/P5K250\r\nOSI/CALL MR SMITH\r\n"


def admit_all(*_scopes: str) -> Callable[[], Principal]:
    return lambda: SENDER


@asynccontextmanager
async def running(data_dir: Path) -> AsyncIterator[tuple[httpx.AsyncClient, Bus]]:
    data_dir.mkdir(exist_ok=True)
    bus = await open_bus(BusSettings(), topics=TOPICS, data_dir=data_dir, clock=lambda: NOW)
    part = build(
        CargoSettings(drop_poll_s=0.05),
        bus=bus,
        clock=lambda: NOW,
        guard=admit_all,
        data_dir=data_dir,
    )
    stop = asyncio.Event()
    tasks = [asyncio.create_task(task(stop)) for task in part.tasks]
    tasks += [asyncio.create_task(deliver(bus, s, stop)) for s in part.subscriptions]
    app = FastAPI()
    problems.install(app, (BusError, CargoError))
    app.include_router(part.router)
    transport = httpx.ASGITransport(app, raise_app_exceptions=False)
    try:
        async with httpx.AsyncClient(transport=transport, base_url="http://cargo") as client:
            yield client, bus
    finally:
        stop.set()
        await asyncio.gather(*tasks)
        part.close()
        await bus.close()


async def shown(
    client: httpx.AsyncClient, milestones: int, awb: str = "112-12345675"
) -> dict[str, object]:
    for _ in range(200):
        answer = await client.get(f"/api/public/cargo/shipments/{awb}")
        if answer.status_code == 200 and len(answer.json()["milestones"]) >= milestones:
            return dict(answer.json())
        await asyncio.sleep(0.05)
    raise AssertionError(answer.text)


async def send(client: httpx.AsyncClient, data: bytes) -> httpx.Response:
    return await client.post("/api/cargo/intake/cimp", content=data)


async def test_messages_become_milestones_on_the_public_port(tmp_path: Path) -> None:
    async with running(tmp_path) as (client, _bus):
        for message in (DEPARTED, RECEIVED, OFFLOADED):  # out of order, as life is
            answer = await send(client, message)
            assert answer.status_code == 202, answer.text
            assert answer.json()["duplicate"] is False
        page = await shown(client, 3)
        assert page["awb"] == "112-12345675"
        assert page["carrier"] == {
            "code": "CK",
            "name": "China Cargo Airlines",
            "name_zh": "中国货运航空",
        }
        assert (page["origin"], page["destination"], page["pieces"], page["weight_kg"]) == (
            "PVG",
            "FRA",
            25,
            1250.5,
        )
        codes = [m["code"] for m in page["milestones"]]
        assert codes[0] == "RCS"
        assert sorted(codes) == ["DEP", "DIS", "RCS"]
        assert page["status"] == {"code": "DEP", "zh": "已起飞", "en": "Departed"}
        departed = next(m for m in page["milestones"] if m["code"] == "DEP")
        assert (departed["flight"], departed["pieces"], departed["part"]) == ("CK261", 20, True)
        states = {s["code"]: s["state"] for s in page["stages"]}
        assert states["departed"] == "partial"
        assert states["arrived"] == "open"


async def test_names_and_free_texts_never_reach_the_public(tmp_path: Path) -> None:
    async with running(tmp_path) as (client, _bus):
        await send(client, RECEIVED)
        await send(client, OFFLOADED)
        text = json.dumps(await shown(client, 2))
        for secret in ("SHANGHAI AGENT", "SMITH", "terminal"):
            assert secret not in text


async def test_the_same_message_twice_is_one_milestone(tmp_path: Path) -> None:
    async with running(tmp_path) as (client, _bus):
        assert (await send(client, RECEIVED)).json()["duplicate"] is False
        assert (await send(client, RECEIVED)).json()["duplicate"] is True
        # The same news in other words (no line end) is another message and the same milestone.
        assert (await send(client, RECEIVED.rstrip())).json()["duplicate"] is False
        await send(client, DEPARTED)
        assert len((await shown(client, 2))["milestones"]) == 2


async def test_a_file_is_taken_and_moved(tmp_path: Path) -> None:
    async with running(tmp_path) as (client, bus):
        folder = tmp_path / "drop" / "cargo" / "cimp"
        while not (folder / "refused").is_dir():
            await asyncio.sleep(0.01)
        (folder / "one.txt").write_bytes(RECEIVED)
        (folder / "two.txt").write_bytes(RECEIVED.replace(b"112-12345675", b"112-12345679"))
        (folder / "half.tmp").write_bytes(b"FSU/12\r\n112-1234")
        await shown(client, 1)
        for _ in range(200):
            if (folder / "refused" / "two.txt.reason.json").exists():
                break
            await asyncio.sleep(0.05)
        reason = json.loads((folder / "refused" / "two.txt.reason.json").read_text())
        assert (reason["field"], reason["position"], reason["expected"]) == (
            "AWB",
            "line 2 column 12",
            "5",
        )
        assert (folder / "done" / "one.txt").read_bytes() == RECEIVED
        assert (folder / "half.tmp").exists()
        (letter,) = await dead_letters(bus, TOPICS)
        assert letter["code"] == "fsu-awb-check-digit"


async def test_a_file_that_is_too_large_is_kept_aside_and_as_a_dead_letter(tmp_path: Path) -> None:
    async with running(tmp_path) as (_client, bus):
        folder = tmp_path / "drop" / "cargo" / "cimp"
        while not (folder / "refused").is_dir():
            await asyncio.sleep(0.01)
        (folder / "huge.txt").write_bytes(b"FSU/12\r\n" + b"X" * 100_000)
        while not (folder / "refused" / "huge.txt.reason.json").exists():
            await asyncio.sleep(0.05)
        (letter,) = await dead_letters(bus, TOPICS)
        assert letter["code"] == "too-large"


async def test_what_was_odd_is_told_to_the_sender(tmp_path: Path) -> None:
    async with running(tmp_path) as (client, _bus):
        answer = await send(client, RECEIVED.rstrip())
        assert answer.json()["warnings"] == [
            "fsu-line-end at line 3 column 1: the last line has no end"
        ]


async def test_a_wrong_check_digit_names_the_field_and_is_kept(tmp_path: Path) -> None:
    async with running(tmp_path) as (client, bus):
        answer = await send(client, RECEIVED.replace(b"12345675", b"12345670"))
        assert answer.status_code == 400
        assert answer.headers["content-type"] == "application/problem+json"
        body = answer.json()
        assert (body["field"], body["found"], body["expected"]) == ("AWB", "0", "5")
        letters = await dead_letters(bus, TOPICS)
        assert [letter["id"] for letter in letters] == [body["dead_letter"]]
        assert letters[0]["field"] == "AWB"


@pytest.mark.parametrize(
    ("awb", "status"),
    [
        ("112-12345670", 400),
        ("not a number", 400),
        ("112-12345686", 404),
        ("９９９-１２３４５６７５", 404),
    ],
)
async def test_questions_that_have_no_answer(tmp_path: Path, awb: str, status: int) -> None:
    async with running(tmp_path) as (client, _bus):
        answer = await client.get(f"/api/public/cargo/shipments/{awb}")
        assert answer.status_code == status
        assert answer.json()["field"] == "awb"


async def test_a_body_that_is_too_large_is_refused(tmp_path: Path) -> None:
    async with running(tmp_path) as (client, _bus):
        answer = await send(client, b"FSU/12\r\n" + b"X" * 100_000)
        assert answer.status_code == 413


async def test_a_batch_answers_each_number(tmp_path: Path) -> None:
    async with running(tmp_path) as (client, _bus):
        await send(client, RECEIVED)
        await shown(client, 1)
        query = {"awb": ["112-12345675", "112-12345670", "112-12345686"]}
        answers = (await client.get("/api/public/cargo/shipments", params=query)).json()
        assert [bool(a["shipment"]) for a in answers] == [True, False, False]


async def test_a_restart_keeps_everything_once(tmp_path: Path) -> None:
    async with running(tmp_path) as (client, _bus):
        await send(client, RECEIVED)
        await shown(client, 1)
    async with running(tmp_path) as (client, _bus):
        await send(client, DEPARTED)
        assert len((await shown(client, 2))["milestones"]) == 2
