"""Messages go out when they are due, in order within a subject, and none after the end."""

from __future__ import annotations

import asyncio
import random
from datetime import UTC, datetime, timedelta

from airport_brain.scenarios.clock import DayClock
from airport_brain.scenarios.hongqiao_day.telling import Telling, tell

START = datetime(2026, 11, 27, 8, 0, tzinfo=UTC)


def telling(second: float, subject: str, number: int) -> Telling:
    at = START + timedelta(seconds=second)
    return Telling(at=at, subject=subject, body=str(number).encode())


async def test_order_is_kept_within_a_subject_and_the_end_is_the_end() -> None:
    clock, chooser = DayClock(START, 100.0), random.Random(1)
    planned = [telling(number * 0.5, f"leg-{number % 7}", number) for number in range(120)]
    sent: list[Telling] = []

    async def deliver(one: Telling) -> None:
        assert clock.now() >= one.at
        await asyncio.sleep(chooser.uniform(0, 0.004))
        sent.append(one)

    await tell(planned, clock, START + timedelta(seconds=40), deliver)
    assert sorted(int(one.body) for one in sent) == list(range(81))
    for subject in {one.subject for one in planned}:
        numbers = [int(one.body) for one in sent if one.subject == subject]
        assert numbers == sorted(numbers)


async def test_the_clock_runs_as_fast_as_it_is_told() -> None:
    clock = DayClock(START, 50.0)
    before = asyncio.get_running_loop().time()
    await clock.until(START + timedelta(seconds=10))
    took = asyncio.get_running_loop().time() - before
    assert 0.1 < took < 1.5
    assert clock.now() >= START + timedelta(seconds=10)
