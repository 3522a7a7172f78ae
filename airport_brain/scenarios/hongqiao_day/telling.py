"""Messages with the moment they are due, and their delivery in order.

Messages about one subject go out one after the other, each only after the one before it was
answered; different subjects may overtake each other in a few lanes, as connections of one sender do.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from airport_brain.scenarios.clock import DayClock

LANES = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Telling:
    """One message to send.

    Attributes:
        at: when it is due, scenario time.
        subject: what it is about; order is kept within it.
        body: the bytes that go over the wire.
        facts: what the journal notes with its acknowledgement.
    """

    at: datetime
    subject: str
    body: bytes
    facts: Mapping[str, Any] = field(default_factory=dict)


async def tell(
    tellings: Iterable[Telling],
    clock: DayClock,
    end: datetime,
    deliver: Callable[[Telling], Awaitable[None]],
    *,
    lanes: int = LANES,
) -> None:
    """Deliver messages, given in the order of their moments, until ``end``.

    Args:
        tellings: what to send.
        clock: scenario time.
        end: what is due later is not sent.
        deliver: sends one and returns when it was answered.
        lanes: how many are on their way at once.
    """
    queues: list[asyncio.Queue[Telling | None]] = [asyncio.Queue() for _ in range(lanes)]
    async with asyncio.TaskGroup() as group:
        for queue in queues:
            group.create_task(_work(queue, deliver))
        for telling in tellings:
            if telling.at > end:
                break
            await clock.until(telling.at)
            queues[zlib.crc32(telling.subject.encode()) % lanes].put_nowait(telling)
        for queue in queues:
            queue.put_nowait(None)


async def _work(
    queue: asyncio.Queue[Telling | None], deliver: Callable[[Telling], Awaitable[None]]
) -> None:
    while (telling := await queue.get()) is not None:
        await deliver(telling)
