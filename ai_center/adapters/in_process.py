"""Runs algorithms in threads of this process: no Ray, no second process.

For tests, command lines and machines too small for a cluster. The heavy parts (OpenCV, ONNX
Runtime) let go of Python's lock, so threads are real here.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from ai_center.domain import Outcome
from ai_center.errors import AiError, NotReady, Overloaded, TimedOut
from ai_center.hosting import Host, HostContext, Hosted, settle


class InProcessRuntime:
    """A thread pool around one host."""

    def __init__(
        self,
        hosted: Sequence[Hosted],
        context: HostContext,
        *,
        workers: int = 1,
        max_queued: int = 32,
    ) -> None:
        """Say what to run; nothing starts yet.

        Args:
            hosted: algorithms.
            context: for their factories.
            workers: batches computed at once.
            max_queued: calls that may wait; one more is refused.
        """
        self._hosted = tuple(hosted)
        self._context = context
        self._workers = workers
        self._places = workers + max_queued
        self._taken = 0
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._host: Host | None = None
        self._state: str | None = "algorithm centre has not been started"

    async def start(self) -> None:
        """Build the host; returns when calls can be made."""
        if self._pool is not None:
            return
        self._state = "algorithm centre is starting"
        self._pool = ThreadPoolExecutor(self._workers, thread_name_prefix="algorithm")
        loop = asyncio.get_running_loop()
        self._host = await loop.run_in_executor(self._pool, Host, self._hosted, self._context)
        self._state = None

    async def stop(self) -> None:
        """Let running calls end; those that wait are dropped."""
        pool, self._pool, self._host = self._pool, None, None
        self._state = "algorithm centre is stopped"
        if pool is not None:
            await asyncio.to_thread(pool.shutdown, wait=True, cancel_futures=True)

    def ready(self) -> str | None:
        """``None`` when calls can be made."""
        return self._state

    async def call(
        self, name: str, batch: Sequence[object], *, timeout_s: float
    ) -> Sequence[Outcome]:
        """Run an algorithm on a batch, one outcome per payload; see the port for what it raises."""
        pool, host = self._pool, self._host
        if pool is None or host is None:
            raise NotReady(self._state or "algorithm centre is starting")
        self._take_place(name)
        future = pool.submit(host.call, name, batch)
        future.add_done_callback(self._free_place)
        waiting = asyncio.wrap_future(future)
        await asyncio.wait({waiting}, timeout=timeout_s)
        if not waiting.done():
            waiting.cancel()
            raise TimedOut(name, timeout_s)
        answer = settle(name, waiting)
        if isinstance(answer, AiError):
            raise answer
        return answer

    def _take_place(self, name: str) -> None:
        with self._lock:
            if self._taken >= self._places:
                raise Overloaded(name)
            self._taken += 1

    def _free_place(self, _: Future[list[Outcome]]) -> None:
        with self._lock:
            self._taken -= 1
