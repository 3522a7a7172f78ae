"""A local Ray Serve keeps the contract, listens to nobody else and leaves nothing behind."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from ai_center import AiError
from ai_center.adapters.ray_guardian import VARIABLE
from ai_center.adapters.ray_serve import RayServeRuntime, session_folder
from ai_center.hosting import HostContext
from tests.contracts.runtime_contract import RuntimeContract
from tests.ray_runtime import HOSTED, LIMITS

pytestmark = pytest.mark.ray

OWNER = """
import asyncio, sys
from pathlib import Path
from ai_center.adapters.ray_serve import RayServeRuntime
from ai_center.hosting import HostContext
from tests.ray_runtime import HOSTED, LIMITS

async def own():
    context = HostContext(models=Path("/nonexistent"), threads=1)
    runtime = RayServeRuntime(HOSTED, context, limits=LIMITS, folder=Path(sys.argv[1]))
    await runtime.start()
    (outcome,) = await runtime.call("probe", [{"say": "up"}], timeout_s=10)
    print(outcome.value, flush=True)
    await asyncio.to_thread(sys.stdin.readline)
    await runtime.stop()

asyncio.run(own())
"""


class TestRayServe(RuntimeContract):
    def unstarted(self) -> RayServeRuntime:
        context = HostContext(models=Path("/nonexistent"), threads=1)
        return RayServeRuntime(HOSTED, context, limits=LIMITS, folder=Path("/nonexistent"))

    @pytest.fixture
    def runtime(self, ray_runtime: RayServeRuntime) -> RayServeRuntime:
        return ray_runtime

    async def test_a_killed_replica_comes_back(self, ray_runtime: RayServeRuntime) -> None:
        replicas = [
            child
            for child in psutil.Process().children(recursive=True)
            if child.name().startswith("ray::ServeReplica")
        ]
        assert replicas
        for replica in replicas:
            replica.kill()

        async def answered() -> bool:
            try:
                await ray_runtime.call("probe", [{"say": 1}], timeout_s=2)
            except AiError:
                return False
            return ray_runtime.ready() is None

        deadline = time.monotonic() + 60
        while not await answered():
            assert time.monotonic() < deadline, "no replica came back within 60 s"
            await asyncio.sleep(0.5)


@pytest.fixture
def owner() -> Iterator[tuple[subprocess.Popen[str], Path]]:
    """A process that runs Ray, and the folder it runs it in."""
    with tempfile.TemporaryDirectory(prefix="ab-", dir="/tmp") as parent:
        folder = Path(parent) / "ray"
        # Ray's children share standard error; a pipe would stay open as long as one of them.
        process = subprocess.Popen(
            [sys.executable, "-c", OWNER, str(folder)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "PYTHONPATH": os.getcwd()},
        )
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stdout.readline().strip() == "up"
        yield process, folder
        process.kill()
        process.wait()
        process.stdin.close()
        process.stdout.close()


def of_session(process: subprocess.Popen[str]) -> list[psutil.Process]:
    """Everything the owner started, however far down."""
    return psutil.Process(process.pid).children(recursive=True)


def alive(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_for(condition: Callable[[], bool], seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if condition():
            return True
        time.sleep(0.1)
    return condition()


@pytest.mark.slow
def test_it_listens_on_loopback_only_and_ends_without_a_trace(
    owner: tuple[subprocess.Popen[str], Path],
) -> None:
    process, folder = owner
    family = of_session(process)
    listening = {
        connection.laddr.ip
        for member in [psutil.Process(process.pid), *family]
        for connection in member.net_connections("inet")
        if connection.status == psutil.CONN_LISTEN
    }
    assert listening
    assert {ip.removeprefix("::ffff:") for ip in listening} == {"127.0.0.1"}
    assert process.stdin is not None
    process.stdin.write("stop\n")
    process.stdin.flush()
    assert process.wait(timeout=60) == 0
    assert wait_for(lambda: not any(map(alive, family)), 10), [p for p in family if alive(p)]
    assert not folder.exists()


@pytest.mark.slow
@pytest.mark.skipif(not Path("/proc").is_dir(), reason="processes are found through /proc")
def test_nothing_is_left_when_its_owner_is_killed(
    owner: tuple[subprocess.Popen[str], Path],
) -> None:
    process, folder = owner
    family = of_session(process)
    assert len(family) > 5
    assert any(VARIABLE in member.environ() for member in family)
    os.kill(process.pid, signal.SIGKILL)
    assert wait_for(lambda: not any(map(alive, family)), 10), [p for p in family if alive(p)]
    assert wait_for(lambda: not folder.exists(), 10)


def test_a_deep_data_folder_gives_way_to_a_short_one(tmp_path: Path) -> None:
    deep = tmp_path / ("deep" * 20)
    folder = session_folder(deep)
    try:
        assert len(str(folder)) < 50
        assert folder.stat().st_mode & 0o077 == 0
    finally:
        folder.rmdir()
