"""One local Ray for the whole test run: ten seconds to start, half a gigabyte to live."""

from __future__ import annotations

import asyncio
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from ai_center.adapters.ray_serve import RayLimits, RayServeRuntime
from ai_center.catalogue import BUILT_IN
from ai_center.hosting import HostContext, Hosted

MODELS = Path(__file__).resolve().parent.parent / ".cache" / "models"
LIMITS = RayLimits(max_ongoing=2, max_queued=8)
START_TIMEOUT_S = 120.0

HOSTED = tuple(Hosted(name=entry.card.name, factory=entry.factory) for entry in BUILT_IN)


@contextmanager
def event_loop_thread() -> Iterator[asyncio.AbstractEventLoop]:
    """An event loop that outlives the tests' own ones."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="ray-owner")
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture(scope="session")
def ray_runtime() -> Iterator[RayServeRuntime]:
    """A started runtime; tests call it from their own event loops."""
    with tempfile.TemporaryDirectory(prefix="ab-", dir="/tmp") as folder:
        runtime = RayServeRuntime(
            HOSTED,
            HostContext(models=MODELS, threads=1),
            limits=LIMITS,
            folder=Path(folder) / "ray",
        )
        with event_loop_thread() as loop:
            asyncio.run_coroutine_threadsafe(runtime.start(), loop).result(START_TIMEOUT_S)
            yield runtime
            asyncio.run_coroutine_threadsafe(runtime.stop(), loop).result(START_TIMEOUT_S)
