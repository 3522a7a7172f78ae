"""What every runtime must do. An adapter's test class inherits the suite and gives it runtimes."""

from __future__ import annotations

import asyncio
import logging
from abc import ABC, abstractmethod

import pytest

from ai_center import (
    AlgorithmFailed,
    NotReady,
    Outcome,
    Overloaded,
    PhotoRefused,
    TimedOut,
    UnknownAlgorithm,
)
from ai_center.ports import Runtime

SECRET = "0.123456789"


class RuntimeContract(ABC):
    """Tried out with the probe; ``places`` calls at once are more than the runtime takes."""

    places = 40

    @pytest.fixture
    @abstractmethod
    def runtime(self) -> Runtime:
        """A started runtime."""

    @abstractmethod
    def unstarted(self) -> Runtime:
        """One that nobody has started."""

    async def ask(self, runtime: Runtime, *payloads: dict[str, object]) -> list[Outcome]:
        return list(await runtime.call("probe", payloads, timeout_s=10))

    async def test_an_algorithm_answers(self, runtime: Runtime) -> None:
        (outcome,) = await self.ask(runtime, {"say": "hello"})
        assert outcome.value == "hello"
        assert outcome.fault is None

    async def test_a_batch_keeps_its_order(self, runtime: Runtime) -> None:
        outcomes = await self.ask(runtime, *({"say": n} for n in range(20)))
        assert [outcome.value for outcome in outcomes] == list(range(20))

    async def test_a_large_payload_arrives_whole(self, runtime: Runtime) -> None:
        photo = bytes(range(256)) * 20_000
        (outcome,) = await self.ask(runtime, {"say": photo})
        assert outcome.value == photo

    async def test_a_refusal_comes_back_as_it_was_raised(self, runtime: Runtime) -> None:
        refused, fine = await self.ask(runtime, {"refuse": True}, {"say": 1})
        assert isinstance(refused.fault, PhotoRefused)
        assert refused.fault.code == "no-face"
        assert fine.value == 1

    async def test_a_broken_algorithm_tells_its_kind_and_nothing_else(
        self, runtime: Runtime, caplog: pytest.LogCaptureFixture
    ) -> None:
        with caplog.at_level(logging.DEBUG), pytest.raises(AlgorithmFailed) as failed:
            await self.ask(runtime, {"break": SECRET})
        assert failed.value.kind == "ZeroDivisionError"
        assert SECRET not in str(failed.value)
        assert SECRET not in caplog.text

    async def test_it_goes_on_after_a_failure(self, runtime: Runtime) -> None:
        with pytest.raises(AlgorithmFailed):
            await self.ask(runtime, {"break": "once"})
        assert (await self.ask(runtime, {"say": "on"}))[0].value == "on"

    async def test_an_unknown_algorithm_is_refused(self, runtime: Runtime) -> None:
        with pytest.raises(UnknownAlgorithm) as unknown:
            await runtime.call("fortune_telling", [{}], timeout_s=10)
        assert unknown.value.name == "fortune_telling"

    async def test_a_slow_answer_is_not_waited_for(self, runtime: Runtime) -> None:
        with pytest.raises(TimedOut) as late:
            await runtime.call("probe", [{"wait_s": 1.0}], timeout_s=0.1)
        assert late.value.timeout_s == 0.1
        assert (await self.ask(runtime, {"say": "next"}))[0].value == "next"

    async def test_more_calls_than_places_are_refused_at_once(self, runtime: Runtime) -> None:
        calls = [self.ask(runtime, {"wait_s": 0.05, "say": n}) for n in range(self.places)]
        answers = await asyncio.gather(*calls, return_exceptions=True)
        refused = [answer for answer in answers if isinstance(answer, Overloaded)]
        answered = [answer for answer in answers if isinstance(answer, list)]
        assert refused
        assert answered
        assert len(refused) + len(answered) == self.places
        assert (await self.ask(runtime, {"say": "room"}))[0].value == "room"

    async def test_a_started_runtime_is_ready(self, runtime: Runtime) -> None:
        assert runtime.ready() is None

    async def test_starting_twice_changes_nothing(self, runtime: Runtime) -> None:
        await runtime.start()
        assert runtime.ready() is None

    async def test_before_the_start_it_says_so_and_refuses(self) -> None:
        runtime = self.unstarted()
        assert "not been started" in (runtime.ready() or "")
        with pytest.raises(NotReady):
            await runtime.call("probe", [{}], timeout_s=1)

    async def test_stopping_what_never_started_is_fine(self) -> None:
        runtime = self.unstarted()
        await runtime.stop()
        await runtime.stop()
        assert "stopped" in (runtime.ready() or "")
