"""Threads of this process keep the contract."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from ai_center import NotReady
from ai_center.adapters.in_process import InProcessRuntime
from ai_center.hosting import HostContext, Hosted
from tests.contracts.runtime_contract import RuntimeContract

PROBE = (Hosted(name="probe", factory="ai_center.algorithms.probe:build"),)


class TestInProcess(RuntimeContract):
    def unstarted(self) -> InProcessRuntime:
        context = HostContext(models=Path("/nonexistent"), threads=1)
        return InProcessRuntime(PROBE, context, workers=2, max_queued=8)

    @pytest.fixture
    async def runtime(self) -> AsyncIterator[InProcessRuntime]:  # type: ignore[override]
        runtime = self.unstarted()
        await runtime.start()
        yield runtime
        await runtime.stop()

    async def test_a_stop_lets_running_calls_end_and_drops_those_that_wait(
        self, runtime: InProcessRuntime
    ) -> None:
        calls = [
            asyncio.create_task(runtime.call("probe", [{"wait_s": 0.2, "say": n}], timeout_s=5))
            for n in range(5)
        ]
        await asyncio.sleep(0.05)
        await runtime.stop()
        answers = await asyncio.gather(*calls, return_exceptions=True)
        assert [type(answer) for answer in answers] == [list, list, NotReady, NotReady, NotReady]
        with pytest.raises(NotReady):
            await runtime.call("probe", [{}], timeout_s=1)
