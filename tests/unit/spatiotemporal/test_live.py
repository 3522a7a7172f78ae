"""Binary frames and the ticker that sends them."""

from __future__ import annotations

import asyncio
import json
import struct
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import numpy as np
import pytest

from spatiotemporal import live
from spatiotemporal.live import Ticker, encode_frame
from spatiotemporal.picture import Picture
from spatiotemporal.viewers import QUEUED_FRAMES
from tests.unit.spatiotemporal.movers import START, TUG, fix, registered


@pytest.fixture
def ticker(monkeypatch: pytest.MonkeyPatch) -> Ticker:
    monkeypatch.setattr(live, "TICK_S", 0.01)
    return Ticker(Picture(), lambda: START)


@asynccontextmanager
async def ticking(ticker: Ticker) -> AsyncIterator[None]:
    stop = asyncio.Event()
    task = asyncio.create_task(ticker.run(stop))
    try:
        yield
    finally:
        stop.set()
        await task


def test_a_frame_has_the_documented_columns() -> None:
    picture = Picture()
    picture.report([fix(0), fix(2, "vehicle:2", speed_mps=None, heading_deg=None)])
    frame = encode_frame(picture.everything(), 1234.5)
    magic, count, now = struct.unpack_from("<4sId", frame)
    assert (magic, count, now) == (b"ABM1", 2, 1234.5)
    doubles = np.frombuffer(frame, "<f8", 6, 16).reshape(3, 2)
    assert doubles[0] == pytest.approx([121.33, 121.33])
    assert doubles[1] == pytest.approx([31.19, 31.19002])
    assert doubles[2].tolist() == [START.timestamp() * 1000, START.timestamp() * 1000 + 2000]
    assert np.frombuffer(frame, "<u4", 2, 64).tolist() == [0, 1]
    floats = np.frombuffer(frame, "<f4", 4, 72).reshape(2, 2)
    assert floats[:, 0].tolist() == [5.0, 90.0]
    assert np.isnan(floats[:, 1]).all()
    assert len(frame) == 16 + 2 * (3 * 8 + 3 * 4)


def test_an_empty_frame_is_a_header() -> None:
    assert encode_frame(Picture().everything(), 0.0) == struct.pack("<4sId", b"ABM1", 0, 0.0)


async def test_a_viewer_gets_names_and_everything_first(ticker: Ticker) -> None:
    ticker.picture.register(registered())
    ticker.picture.report([fix()])
    viewer = ticker.join()
    names, frame = viewer.queue.get_nowait(), viewer.queue.get_nowait()
    assert isinstance(names, str)
    assert json.loads(names)["movers"] == [
        {"idx": 0, "id": TUG, "kind": "vehicle", "fleet": "tug", "label": "民航A0001"}
    ]
    assert isinstance(frame, bytes)
    assert len(frame) == 16 + 36


async def test_only_what_moved_is_sent_each_tick(ticker: Ticker) -> None:
    async with ticking(ticker):
        viewer = ticker.join()
        viewer.queue.get_nowait(), viewer.queue.get_nowait()
        ticker.picture.report([fix(0), fix(0, "aircraft:780A3C")])
        names = await asyncio.wait_for(viewer.queue.get(), 5)
        frame = await asyncio.wait_for(viewer.queue.get(), 5)
        assert isinstance(names, str)
        assert [mover["kind"] for mover in json.loads(names)["movers"]] == ["vehicle", "aircraft"]
        assert isinstance(frame, bytes)
        assert frame[4:8] == b"\x02\x00\x00\x00"
        beat = json.loads(str(await asyncio.wait_for(viewer.queue.get(), 5)))
        assert beat["type"] == "heartbeat"
        assert beat["at"] == "2026-11-24T08:00:00Z"


async def test_a_slow_viewer_is_let_go(ticker: Ticker) -> None:
    slow, quick = ticker.join(), ticker.join()
    async with ticking(ticker):
        for second in range(QUEUED_FRAMES * 2):
            ticker.picture.report([fix(second)])
            while not quick.queue.empty():
                quick.queue.get_nowait()
            await asyncio.sleep(0.012)
    assert slow.queue.qsize() == 1
    assert slow.queue.get_nowait() is None
