"""Runs jobs of a search as tasks of a local Ray, under the same rules as ``ray_serve.py``.

Every task runs in a worker process, several at once; one that dies takes nobody with it, is tried once
more, and is then told as failed. Results come as they are done. Ray Tune is not used: it needs three
packages more than the platform has (see decisions/0007).
"""

from __future__ import annotations

import logging
import secrets
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from ai_center.adapters.ray_serve import (
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

    def __enter__(self) -> Self:
        """Start Ray; some ten seconds, and on a busy machine a second or third attempt.

        Raises:
            NotReady: it could not be started; nothing of it is left.
        """
        for left in reversed(range(ATTEMPTS)):
            mark = secrets.token_hex(16)
            folder = session_folder(self._wished)
            self._guardian = guard(mark, folder)
            try:
                start_ray(mark, folder, cpus=self._workers, object_store_bytes=OBJECT_STORE_BYTES)
            except Exception as fault:  # Ray raises plain exceptions when it does not come up
                self._stop()
                log.warning("event=ray.start.failed attempts_left=%d reason=%s", left, fault)
                if not left:
                    raise NotReady(f"Ray could not be started ({fault})") from fault
            else:
                break
        take_signals_back()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Stop it; no process is left."""
        self._stop()

    def _stop(self) -> None:
        import ray

        ray.shutdown()
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


def run(function: str, job: Mapping[str, Any]) -> float:
    """What a worker does."""
    return float(load(function)(job))
