"""What the picture's loop does with records, good and bad."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from service_bus import Bus, Envelope, Topic
from service_bus.adapters.memory import MemoryBus
from service_bus.app import dead_letters
from spatiotemporal.adapters.memory import MemorySnapshots
from spatiotemporal.domain import Fix
from spatiotemporal.events import FIX_REPORTED, MOVER_REGISTERED, TOPICS, to_json
from spatiotemporal.ports import SnapshotStore
from spatiotemporal.service import LivePicture
from tests.unit.spatiotemporal.movers import START, TUG, fix, registered


def envelope(topic: Topic, data: bytes, number: int = 0) -> Envelope:
    return Envelope(
        id=f"{number}:{hash(data)}",
        source="/test",
        type=topic.name,
        subject=TUG,
        time=START,
        data=data,
    )


@asynccontextmanager
async def following(bus: Bus, store: SnapshotStore) -> AsyncIterator[LivePicture]:
    live = LivePicture(bus, store)
    stop = asyncio.Event()
    task = asyncio.create_task(live.run(stop))
    try:
        await until(lambda: live.fault() is None)
        yield live
    finally:
        stop.set()
        await task


async def until(holds: Callable[[], bool]) -> None:
    for _ in range(500):
        if holds():
            return
        await asyncio.sleep(0.01)
    raise AssertionError("never came true")


def told(*fixes: Fix) -> list[Envelope]:
    return [envelope(FIX_REPORTED, to_json(one), n) for n, one in enumerate(fixes)]


async def test_fixes_and_names_make_the_picture() -> None:
    bus = MemoryBus(TOPICS)
    async with following(bus, MemorySnapshots()) as live:
        await bus.publish(MOVER_REGISTERED, [envelope(MOVER_REGISTERED, to_json(registered()))])
        await bus.publish(FIX_REPORTED, told(fix(0), fix(1)))
        await until(lambda: live.picture.total_fixes() == 2)
        await until(lambda: live.picture.mover(TUG).label == "民航A0001")


async def test_records_that_cannot_be_read_become_dead_letters_and_stop_nothing() -> None:
    bus = MemoryBus(TOPICS)
    async with following(bus, MemorySnapshots()) as live:
        outside = to_json(fix(0)).replace(b"31.19", b"131.19")
        bad = [envelope(FIX_REPORTED, data) for data in (b"{}", b"no json", outside)]
        await bus.publish(FIX_REPORTED, [*bad, *told(fix(3))])
        await until(lambda: live.picture.total_fixes() == 1)
        letters = await dead_letters(bus, TOPICS)
        assert len(letters) == 3
        assert any("latitude" in letter["reason"] for letter in letters)


async def test_a_picture_is_rebuilt_from_the_log_when_nothing_was_saved() -> None:
    bus = MemoryBus(TOPICS)
    async with following(bus, MemorySnapshots()):
        await bus.publish(FIX_REPORTED, told(fix(0), fix(1), fix(2)))
        await asyncio.sleep(0.4)
    async with following(bus, MemorySnapshots()) as again:
        await until(lambda: again.picture.total_fixes() == 3)


async def test_a_saved_picture_takes_no_record_twice() -> None:
    bus, store = MemoryBus(TOPICS), MemorySnapshots()
    async with following(bus, store) as live:
        await bus.publish(FIX_REPORTED, told(fix(0), fix(1), fix(2)))
        await until(lambda: live.picture.total_fixes() == 3)
    async with following(bus, store) as again:
        await bus.publish(FIX_REPORTED, [envelope(FIX_REPORTED, to_json(fix(9)), 99)])
        await until(lambda: again.picture.total_fixes() == 4)
