"""Runs algorithms in one process of their own, started at the first call: for work of many seconds.

A plan takes a whole core for up to a minute; beside the faces in one process it would keep a gate
waiting. The process runs this very file, speaks over a socket that nobody else holds, and ends when that
closes, so that it does not outlive this process however that ends. (``multiprocessing`` would import the
whole command line into it.) A call that is not answered in time is
killed with its process; the next call starts another (one to three seconds).
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from multiprocessing.connection import Connection
from pathlib import Path

from ai_center.domain import Outcome
from ai_center.errors import AiError, NotReady, Overloaded, TimedOut
from ai_center.hosting import Host, HostContext, Hosted, settle

log = logging.getLogger(__name__)

STOP_S = 5.0
MODULE = "ai_center.adapters.own_process"


class OwnProcessRuntime:
    """See the module's own words."""

    def __init__(
        self, hosted: Sequence[Hosted], context: HostContext, *, max_queued: int = 4
    ) -> None:
        """Say what to run; nothing starts before the first call.

        Args:
            hosted: algorithms.
            context: for their factories.
            max_queued: calls that may wait; one more is refused.
        """
        self._hosted = tuple(hosted)
        self._context = context
        self._places = 1 + max_queued
        self._taken = 0
        self._lock = threading.Lock()
        self._pool: ThreadPoolExecutor | None = None
        self._process: subprocess.Popen[bytes] | None = None
        self._pipe: Connection | None = None
        self._state: str | None = "planning has not been started"

    async def start(self) -> None:
        """Take calls from now on."""
        if self._pool is None:
            self._pool = ThreadPoolExecutor(1, thread_name_prefix="own-process")
            self._state = None

    async def stop(self) -> None:
        """End the process, and with it a call that is running; those that wait are dropped."""
        pool, self._pool = self._pool, None
        self._state = "planning is stopped"
        if pool is not None:
            pool.shutdown(wait=False, cancel_futures=True)
            self._kill()
            await asyncio.to_thread(pool.shutdown, wait=True)

    def ready(self) -> str | None:
        """``None`` when calls can be made."""
        return self._state

    async def call(
        self, name: str, batch: Sequence[object], *, timeout_s: float
    ) -> Sequence[Outcome]:
        """Run an algorithm on a batch, one outcome per payload; see the port for what it raises."""
        pool = self._pool
        if pool is None:
            raise NotReady(self._state or "planning is stopped")
        self._take_place(name)
        future = pool.submit(self._asked, name, list(batch))
        future.add_done_callback(self._free_place)
        waiting = asyncio.wrap_future(future)
        await asyncio.wait({waiting}, timeout=timeout_s)
        if not waiting.done():
            if future.running():
                self._kill()
            waiting.cancel()
            raise TimedOut(name, timeout_s)
        answer = settle(name, waiting)
        if isinstance(answer, AiError):
            raise answer
        return answer

    def _asked(self, name: str, batch: list[object]) -> list[Outcome]:
        """Ask the process, in the one thread that speaks to it; start it where there is none."""
        try:
            pipe = self._pipe or self._started()
            pipe.send((name, batch))
            answer: list[Outcome] | AiError = pipe.recv()
        except (EOFError, OSError) as fault:
            self._kill()
            raise NotReady(f"the process of {name!r} has ended and is started anew") from fault
        if isinstance(answer, AiError):
            raise answer
        return answer

    def _started(self) -> Connection:
        here, there = multiprocessing.Pipe()
        process = subprocess.Popen(
            [sys.executable, "-m", MODULE, str(there.fileno())],
            pass_fds=[there.fileno()],
            stdin=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": import_path()},
        )
        there.close()
        here.send((self._hosted, self._context))
        with self._lock:
            stopped = self._pool is None
            self._process, self._pipe = process, here
        if stopped:
            self._kill()
            raise NotReady("planning is stopped")
        log.info("event=planner.started pid=%s", process.pid)
        return here

    def _kill(self) -> None:
        with self._lock:
            process, self._process, self._pipe = self._process, None, None
        if process is not None:
            process.kill()
            process.wait(STOP_S)

    def _take_place(self, name: str) -> None:
        with self._lock:
            if self._taken >= self._places:
                raise Overloaded(name)
            self._taken += 1

    def _free_place(self, _: Future[list[Outcome]]) -> None:
        with self._lock:
            self._taken -= 1


def import_path() -> str:
    """Where the process finds this package, whether it is installed or run from a checkout."""
    return str(Path(__file__).resolve().parents[2])


def serve(pipe: Connection) -> None:
    """Answer what comes over the pipe until it closes; the main function of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # the one who started it decides when to stop
    hosted, context = pipe.recv()
    host = Host(hosted, context)
    with ThreadPoolExecutor(1, thread_name_prefix="algorithm") as pool:
        while True:
            try:
                name, batch = pipe.recv()
            except (EOFError, OSError):
                return
            done = pool.submit(host.call, name, batch)
            wait({done})
            pipe.send(settle(name, done))


if __name__ == "__main__":
    serve(Connection(int(sys.argv[1])))
