"""Runs jobs of a search as tasks of a local Ray, under the same rules as ``ray_serve.py``.

Every task runs in a worker process, several at once; one that dies takes nobody with it, is tried once
more, and is then told as failed. Results come as they are done. Ray is started and stopped in a thread that
lives as long as it does, as in ``ray_serve.py``. Ray Tune is not used: it needs three
packages more than the platform has (see decisions/0007).
"""

from __future__ import annotations

import logging
import secrets
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, wait
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ai_center.adapters.ray_serve import (
    SIGNALS_INTERVAL_S,
    STOP_TIMEOUT_S,
    guard,
    session_folder,
    start_ray,
    take_signals_back,
)
from ai_center.errors import NotReady
from ai_center.hosting import load
from ai_center.trials.search import Done

log = logging.getLogger(__name__)

ATTEMPTS = 3
"""Ray gives its own servers 30 seconds to come up, whatever else the machine does."""
OBJECT_STORE_BYTES = 96 * 1024 * 1024
"""Jobs and their results are small; Ray needs 75 MiB for itself."""


class RayCrew:
    """A local Ray that lives as long as the ``with`` block; see the module's own words."""

    def __init__(self, folder: Path, *, workers: int) -> None:
        """Say how many jobs may run at once; nothing starts yet.

        Args:
            folder: for sockets and Ray's logs while it runs.
            workers: processes.
        """
        self._wished = folder
        self._workers = workers
        self._guardian: subprocess.Popen[bytes] | None = None
        self._thread: ThreadPoolExecutor | None = None

    def __enter__(self) -> Self:
        """Start Ray; some ten seconds, and on a busy machine a second or third attempt.

        Raises:
            NotReady: it could not be started; nothing of it is left.
        """
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="ray")
        for left in reversed(range(ATTEMPTS)):
            fault = self._start(self._thread)
            if fault is None:
                break
            self._stop()
            told = f"{type(fault).__name__}: {str(fault)[:300]}"
            log.warning("event=ray.start.failed attempts_left=%d reason=%s", left, told)
            if not left:
                self._thread.shutdown()
                raise NotReady(f"Ray could not be started ({told})") from fault
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it; no process is left."""
        self._stop()
        if self._thread is not None:
            self._thread.shutdown()

    def _start(self, thread: ThreadPoolExecutor) -> BaseException | None:
        """Start Ray and its guardian; gives what Ray raised, of whatever kind that is."""
        mark = secrets.token_hex(16)
        folder = session_folder(self._wished)
        self._guardian = guard(mark, folder)
        rising = thread.submit(
            start_ray, mark, folder, cpus=self._workers, object_store_bytes=OBJECT_STORE_BYTES
        )
        try:
            while not rising.done():
                wait([rising], timeout=SIGNALS_INTERVAL_S)
                take_signals_back()
        finally:
            if not rising.done():  # Ctrl-C, which nobody after this would tidy up for
                wait([rising])
                self._stop()
                thread.shutdown()
        take_signals_back()
        return rising.exception()

    def _stop(self) -> None:
        if self._thread is not None:
            wait([self._thread.submit(_shut_down)])
        guardian, self._guardian = self._guardian, None
        if guardian is not None and guardian.stdin is not None:
            guardian.stdin.close()
            guardian.wait(timeout=STOP_TIMEOUT_S)

    def each(self, function: str, jobs: Sequence[Mapping[str, Any]]) -> Iterator[Done]:
        """Run a function (``module:function``) on every job; what is done first comes first."""
        import ray

        task = ray.remote(num_cpus=1, max_retries=1)(run)
        numbers = {task.remote(function, dict(job)): place for place, job in enumerate(jobs)}
        waiting = list(numbers)
        while waiting:
            ready, waiting = ray.wait(waiting, num_returns=1)
            for reference in ready:
                try:
                    yield Done(place=numbers[reference], loss=ray.get(reference))
                except ray.exceptions.RayError as fault:
                    cause = getattr(fault, "cause", None) or fault
                    yield Done(place=numbers[reference], fault=f"{type(cause).__name__}: {cause}")


def _shut_down() -> None:
    import ray

    ray.shutdown()


def run(function: str, job: Mapping[str, Any]) -> float:
    """What a worker does."""
    return float(load(function)(job))
