"""Runs a built platform: consumer loops, edges and the web server, in one asyncio process.

Crash-only: when any part fails, the process says why, stops the others in order and ends with an
error; whoever started it (a person, systemd, Kubernetes) starts it again, and nothing that was
acknowledged is lost because state is on disk before any acknowledgement.
"""

from __future__ import annotations

import asyncio
import contextlib
import fcntl
import logging
import os
import signal
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import uvicorn

from airport_brain.telemetry import Metrics
from airport_brain.wiring import Brain
from service_bus import BusError

log = logging.getLogger(__name__)

GRACE_S = 10.0
"""Longest wait for parts to finish what they hold after the stop signal."""

LAST_S = 40.0
"""After a signal to stop the process ends within this time, whatever still holds it."""

STUCK = 70
"""Exit status then (EX_SOFTWARE of sysexits.h)."""

LAG_EVERY_S = 5.0
"""How often consumer lag is read for the metrics: it costs a query per group."""


class CannotStart(Exception):
    """The platform cannot start here; the message says what to do about it."""


class Observing:
    """Turns what the consumer loops report into metrics."""

    def __init__(self, metrics: Metrics) -> None:
        self._metrics = metrics

    def handled(self, group: str, count: int, seconds: float) -> None:
        """A batch was finished."""
        self._metrics.handled.labels(group).inc(count)
        self._metrics.handler_seconds.labels(group).observe(seconds)

    def failed(self, group: str, topic: str, fault: BaseException) -> None:
        """A record will be tried again."""
        self._metrics.failed.labels(group).inc()

    def dead_lettered(self, group: str, topic: str) -> None:
        """A record was given up."""
        self._metrics.dead_lettered.labels(group).inc()


class _Server(uvicorn.Server):
    """uvicorn without its own signal handlers: the platform stops all parts together."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


@contextlib.contextmanager
def only_process(data_dir: Path, roles: Sequence[str]) -> Iterator[None]:
    """Hold these roles on the data folder for this process; a cluster's pods each have their own.

    Raises:
        CannotStart: another process runs on it, or the folder cannot be written.
    """
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        name = "all" if len(roles) > 1 else roles[0]
        lock = (data_dir / f"{name}.lock").open("a+", encoding="ascii")
    except OSError as error:
        raise CannotStart(
            f"cannot write to the data folder {data_dir}: {error.strerror}. "
            "Choose another with --data or AIRPORT_BRAIN_DATA."
        ) from error
    with lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            lock.seek(0)
            raise CannotStart(
                f"{data_dir} is in use by process {lock.read().strip() or 'unknown'}. "
                "Stop that one first, or choose another folder with --data."
            ) from error
        lock.truncate(0)
        lock.write(str(os.getpid()))
        lock.flush()
        yield


def listen(host: str, port: int) -> socket.socket:
    """Bind the web port before anything else starts.

    Raises:
        CannotStart: the port is taken or not allowed.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    server = socket.socket(family, socket.SOCK_STREAM)
    server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        server.bind((host, port))
        server.listen(1024)
    except OSError as error:
        server.close()
        raise CannotStart(
            f"port {port} on {host} is not free ({error.strerror}). "
            "Stop what uses it, or choose another with --port or AIRPORT_BRAIN__GATEWAY__PORT."
        ) from error
    server.setblocking(False)
    return server


async def run(
    brain: Brain,
    server_socket: socket.socket | None,
    *,
    metrics: Metrics,
    stop: asyncio.Event,
    started: Callable[[], None] = lambda: None,
) -> None:
    """Run until ``stop`` is set or a part fails.

    Raises:
        Exception: whatever the failed part raised, after the others were stopped.
    """
    async with _stopping_on_signals(stop):
        observer = Observing(metrics)
        tasks: list[asyncio.Task[Any]] = [
            asyncio.create_task(brain.deliver(subscription, stop, observer), name=name)
            for name, subscription in brain.subscriptions()
        ]
        tasks += [asyncio.create_task(task(stop), name=name) for name, task in brain.tasks()]
        tasks.append(asyncio.create_task(_measure_lag(brain, metrics, stop), name="lag"))
        server = None
        if server_socket is not None and brain.app is not None:
            server = _Server(
                uvicorn.Config(
                    brain.app,
                    lifespan="off",
                    log_config=None,
                    access_log=False,
                    ws_max_size=65_536,
                    timeout_graceful_shutdown=3,
                )
            )
            tasks.append(asyncio.create_task(server.serve(sockets=[server_socket]), name="gateway"))
        waiting: asyncio.Task[Any] = asyncio.create_task(stop.wait(), name="stop")
        started()
        try:
            done, _ = await asyncio.wait([*tasks, waiting], return_when=asyncio.FIRST_COMPLETED)
        finally:
            stop.set()
            if server is not None:
                server.should_exit = True
            waiting.cancel()
            _, unfinished = await asyncio.wait(tasks, timeout=GRACE_S)
            for task in unfinished:
                log.warning("part did not stop in time name=%s", task.get_name())
                task.cancel()
            await asyncio.gather(*unfinished, return_exceptions=True)
            await brain.close()
        for task in done:
            if task is not waiting and not task.cancelled() and (error := task.exception()):
                # What a part says on purpose is a sentence; anything else needs its trace.
                trace = None if isinstance(error, BusError) else error
                log.error("part failed name=%s reason=%s", task.get_name(), error, exc_info=trace)
                raise error


async def _measure_lag(brain: Brain, metrics: Metrics, stop: asyncio.Event) -> None:
    while not stop.is_set():
        for _name, subscription in brain.subscriptions():
            for lag in await brain.bus.lag(subscription.group, subscription.topics):
                metrics.lag.labels(
                    subscription.group, lag.place.topic, str(lag.place.partition)
                ).set(lag.messages)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(stop.wait(), LAG_EVERY_S)


@contextlib.asynccontextmanager
async def _stopping_on_signals(stop: asyncio.Event) -> AsyncIterator[None]:
    loop = asyncio.get_running_loop()

    def end() -> None:
        stop.set()
        _end_at_last()

    handled: list[signal.Signals] = []
    for number in (signal.SIGINT, signal.SIGTERM):
        # Not the main thread (tests): signals stay with whoever owns them.
        with contextlib.suppress(RuntimeError, ValueError):
            loop.add_signal_handler(number, end)
            handled.append(number)
    try:
        yield
    finally:
        for number in handled:
            loop.remove_signal_handler(number)


def _end_at_last() -> None:
    """End the process before long even where a thread, a foreign library or a child never answers.

    Nothing is lost by it: what was acknowledged is on disk.
    """

    def end() -> None:
        log.error("event=process.stuck seconds=%g", LAST_S)
        os._exit(STUCK)

    timer = threading.Timer(LAST_S, end)
    timer.daemon = True
    timer.start()
