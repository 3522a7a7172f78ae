"""The runtime of a process of its own; what only it does: it dies alone, and with its owner."""

from __future__ import annotations

import asyncio
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from ai_center import NotReady, Outcome
from ai_center.adapters.divided import DividedRuntime
from ai_center.adapters.in_process import InProcessRuntime
from ai_center.adapters.own_process import OwnProcessRuntime
from ai_center.catalogue import PROBE
from ai_center.hosting import HostContext, Hosted
from ai_center.ports import Runtime
from tests.contracts.runtime_contract import RuntimeContract

HOSTED = (Hosted(name="probe", factory=PROBE.factory),)
CONTEXT = HostContext(models=Path("no-models"), threads=1)


@pytest.fixture(scope="module")
def planner() -> Iterator[Runtime]:
    """One for all tests: it belongs to no event loop, and a process costs a second to start."""
    runtime = OwnProcessRuntime(HOSTED, CONTEXT)
    asyncio.run(runtime.start())
    yield runtime
    asyncio.run(runtime.stop())


class TestOwnProcess(RuntimeContract):
    @pytest.fixture
    def runtime(self, planner: Runtime) -> Runtime:
        return planner

    async def ask(self, runtime: Runtime, *payloads: dict[str, object]) -> list[Outcome]:
        """With the patience that a process needs to start on a busy machine."""
        return list(await runtime.call("probe", payloads, timeout_s=120))

    def unstarted(self) -> Runtime:
        return OwnProcessRuntime(HOSTED, CONTEXT)

    async def ask_pid(self, runtime: Runtime) -> int:
        await self.ask(runtime, {"say": 1})
        process = runtime._process  # type: ignore[attr-defined]  # no other way to name it
        return int(process.pid)

    async def test_a_killed_process_is_replaced(self, runtime: Runtime) -> None:
        os.kill(await self.ask_pid(runtime), signal.SIGKILL)
        with pytest.raises(NotReady, match="started anew"):
            await self.ask(runtime, {"say": 1})
        assert (await self.ask(runtime, {"say": "back"}))[0].value == "back"

    async def test_stopping_does_not_wait_for_a_long_call(self) -> None:
        runtime = self.unstarted()
        await runtime.start()
        await self.ask(runtime, {"say": 1})
        long = asyncio.create_task(runtime.call("probe", [{"wait_s": 600}], timeout_s=600))
        await asyncio.sleep(0.2)
        await asyncio.wait_for(runtime.stop(), 60)
        with pytest.raises(NotReady):
            await long


def test_the_process_ends_with_its_owner() -> None:
    code = (
        "import asyncio, psutil, sys, time\n"
        "from tests.contracts.test_runtime_own_process import CONTEXT, HOSTED, OwnProcessRuntime\n"
        "async def main():\n"
        "    runtime = OwnProcessRuntime(HOSTED, CONTEXT)\n"
        "    await runtime.start()\n"
        "    await runtime.call('probe', [{'say': 1}], timeout_s=60)\n"
        "    pids = [p.pid for p in psutil.Process().children()]\n"
        "    print(*pids, flush=True)\n"
        "    time.sleep(600)\n"
        "if __name__ == '__main__':\n"
        "    asyncio.run(main())\n"
    )
    with subprocess.Popen(
        [sys.executable, "-c", code], stdout=subprocess.PIPE, text=True, cwd=Path.cwd()
    ) as owner:
        assert owner.stdout is not None
        pids = [int(text) for text in owner.stdout.readline().split()]
        assert pids
        owner.kill()
    deadline = time.monotonic() + 60
    while any(_alive(pid) for pid in pids):
        assert time.monotonic() < deadline
        time.sleep(0.1)


def _alive(pid: int) -> bool:
    try:
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


async def test_each_algorithm_runs_where_it_belongs() -> None:
    main, apart = InProcessRuntime((), CONTEXT), OwnProcessRuntime(HOSTED, CONTEXT)
    divided = DividedRuntime(main, {"probe": apart})
    assert "not been started" in (divided.ready() or "")
    await divided.start()
    try:
        (outcome,) = await divided.call("probe", [{"say": "here"}], timeout_s=60)
        assert outcome.value == "here"
        with pytest.raises(LookupError):
            await divided.call("other", [{}], timeout_s=60)
    finally:
        await divided.stop()
    assert "stopped" in (divided.ready() or "")
