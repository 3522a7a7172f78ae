from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from ai_center import (
    AlgorithmCentre,
    AlgorithmFailed,
    Answer,
    Calibration,
    Entry,
    ModelIdentity,
    ModelUnavailable,
    NotReady,
    Outcome,
    PhotoRefused,
    TimedOut,
    Uncalibrated,
    UnknownAlgorithm,
    WrongPayload,
)
from ai_center.adapters.in_process import InProcessRuntime
from ai_center.catalogue import BUILT_IN, PROBE, Catalogue, installed
from ai_center.forecasts.tasks import TASKS
from ai_center.hosting import Host, HostContext, Hosted
from ai_center.ports import ModelState
from tests.unit.ai_center.faces import Ticks

GUESS = replace(PROBE, fallback=lambda payload: "guessed")
CONTEXT = HostContext(models=Path("/nonexistent"), threads=1)


class NoModels:
    """A machine without any model."""

    def states(self) -> dict[str, ModelState]:
        return {}

    def calibration(self, model: ModelIdentity) -> Calibration:
        raise Uncalibrated(model.name, 1e-3)


def runtime_of(*entries: Entry) -> InProcessRuntime:
    hosted = [Hosted(name=entry.card.name, factory=entry.factory) for entry in entries]
    return InProcessRuntime(hosted, CONTEXT)


def centre_of(runtime: InProcessRuntime, *entries: Entry) -> AlgorithmCentre:
    return AlgorithmCentre(Catalogue(entries), runtime, NoModels(), timer=Ticks())


@pytest.fixture
async def running() -> AsyncIterator[InProcessRuntime]:
    runtime = runtime_of(*BUILT_IN)
    await runtime.start()
    yield runtime
    await runtime.stop()


async def test_an_answer_says_who_gave_it(running: InProcessRuntime) -> None:
    answer = await centre_of(running, PROBE).call("probe", {"say": 42})
    assert answer == Answer(
        value=42,
        algorithm="probe",
        version="1",
        model=None,
        degraded=False,
        elapsed_ms=answer.elapsed_ms,
    )
    assert answer.elapsed_ms == pytest.approx(1.0)


async def test_a_refusal_is_raised_or_stands_in_its_place(running: InProcessRuntime) -> None:
    centre = centre_of(running, PROBE)
    with pytest.raises(PhotoRefused):
        await centre.call("probe", {"refuse": True})
    first, second = await centre.call_batch("probe", [{"refuse": True}, {"say": "b"}])
    assert isinstance(first, PhotoRefused)
    assert isinstance(second, Answer)


async def test_the_signature_is_checked_before_anything_runs() -> None:
    centre = centre_of(runtime_of(), PROBE)
    with pytest.raises(WrongPayload, match="takes dict, not bytes"):
        await centre.call("probe", b"photo")


async def test_an_unregistered_algorithm_is_unknown(running: InProcessRuntime) -> None:
    with pytest.raises(UnknownAlgorithm):
        await centre_of(running, PROBE).call("face_embedding", b"")


async def test_without_a_fallback_nobody_answers() -> None:
    with pytest.raises(NotReady, match="not been started"):
        await centre_of(runtime_of(), PROBE).call("probe", {})


async def test_a_fallback_answers_and_says_so(running: InProcessRuntime) -> None:
    answer = await centre_of(runtime_of(), GUESS).call("probe", {"say": 1})
    assert (answer.value, answer.degraded) == ("guessed", True)
    late = await centre_of(running, GUESS).call("probe", {"wait_s": 1.0}, timeout_s=0.05)
    assert (late.value, late.degraded) == ("guessed", True)


async def test_a_fault_of_the_algorithm_is_never_papered_over(running: InProcessRuntime) -> None:
    with pytest.raises(AlgorithmFailed):
        await centre_of(running, GUESS).call("probe", {"break": "x"})
    with pytest.raises(TimedOut):
        await centre_of(running, PROBE).call("probe", {"wait_s": 1.0}, timeout_s=0.05)


async def test_missing_weights_keep_one_algorithm_out_and_no_other(
    running: InProcessRuntime,
) -> None:
    centre = centre_of(running, *BUILT_IN)
    with pytest.raises(ModelUnavailable, match="models fetch"):
        await centre.call("face_embedding", b"\xff\xd8\xff")
    assert (await centre.call("probe", {"say": "fine"})).value == "fine"


def test_everything_registered_is_listed_with_its_state() -> None:
    states = centre_of(runtime_of(), *BUILT_IN).algorithms()
    names = [state.card.name for state in states]
    assert names == sorted(entry.card.name for entry in BUILT_IN)
    assert {"face_embedding", "face_liveness", "probe", *TASKS} <= set(names)
    assert not any(state.ready for state in states)
    assert all("not been started" in state.missing for state in states)


def test_a_name_is_registered_once() -> None:
    with pytest.raises(ValueError, match="twice"):
        Catalogue([PROBE, PROBE])


def test_the_built_in_algorithms_are_installed() -> None:
    assert {"face_embedding", "probe"} <= {entry.card.name for entry in installed()}


ATTEMPTS: list[HostContext] = []


class Late:
    """An algorithm whose weights come after the start."""

    model = None

    def predict(self, batch: Sequence[object]) -> list[Outcome]:
        return [Outcome(value="late") for _ in batch]


def build_late(context: HostContext) -> Late:
    ATTEMPTS.append(context)
    if len(ATTEMPTS) < 3:
        raise ModelUnavailable("late")
    return Late()


def test_weights_that_come_later_are_taken_up() -> None:
    ATTEMPTS.clear()
    host = Host([Hosted(name="late", factory=f"{__name__}:build_late")], CONTEXT)
    with pytest.raises(ModelUnavailable):
        host.call("late", [1])
    assert host.call("late", [1])[0].value == "late"
    assert host.call("late", [1])[0].value == "late"
    assert len(ATTEMPTS) == 3


def test_a_calibration_is_asked_of_the_models() -> None:
    with pytest.raises(Uncalibrated):
        centre_of(runtime_of()).calibration(ModelIdentity(name="m", version="1", sha256=""))
