"""The algorithm centre as other packages use it: ask an algorithm, get an answer with its why."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from ai_center.catalogue import Catalogue, Entry
from ai_center.domain import Answer, Calibration, Card, ModelIdentity, Outcome
from ai_center.errors import (
    AiError,
    ModelUnavailable,
    NotReady,
    Overloaded,
    TimedOut,
    WrongPayload,
)
from ai_center.ports import Models, ModelState, Runtime

OUT_OF_REACH = (NotReady, Overloaded, TimedOut, ModelUnavailable)
"""Faults for which a fallback answers: the question was fine, nobody was there to take it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlgorithmState:
    """A registered algorithm and whether it can be called now."""

    card: Card
    ready: bool
    missing: str
    has_fallback: bool


class AlgorithmCentre:
    """Calls algorithms by name.

    ``call`` is for the event loop; from a worker thread of the web framework go through
    ``anyio.from_thread.run``.
    """

    def __init__(
        self,
        catalogue: Catalogue,
        runtime: Runtime,
        models: Models,
        *,
        timer: Callable[[], float],
    ) -> None:
        """Use a runtime that somebody else starts and stops.

        Args:
            catalogue: what is registered.
            runtime: where it runs.
            models: what is known about models.
            timer: seconds, monotonic.
        """
        self._catalogue = catalogue
        self._runtime = runtime
        self._models = models
        self._timer = timer

    async def call(self, name: str, payload: object, *, timeout_s: float | None = None) -> Answer:
        """Ask an algorithm one question.

        Args:
            name: of the algorithm.
            payload: as its signature says.
            timeout_s: longest wait, seconds; ``None`` takes the card's.

        Raises:
            UnknownAlgorithm: not registered.
            WrongPayload: not what the signature asks for.
            PhotoRefused: and whatever else the algorithm refuses a payload with.
            NotReady: as Overloaded, TimedOut, ModelUnavailable: nobody could answer, and there is
                no fallback.
        """
        (answer,) = await self.call_batch(name, [payload], timeout_s=timeout_s)
        if isinstance(answer, AiError):
            raise answer
        return answer

    async def call_batch(
        self, name: str, payloads: Sequence[object], *, timeout_s: float | None = None
    ) -> list[Answer | AiError]:
        """Ask many questions in one go; a refused payload comes back as its error, in its place."""
        entry = self._catalogue.get(name)
        _check(entry.card, payloads)
        started = self._timer()
        wait_s = entry.card.timeout_s if timeout_s is None else timeout_s
        degraded = False
        try:
            outcomes = await self._runtime.call(name, payloads, timeout_s=wait_s)
        except OUT_OF_REACH:
            if entry.fallback is None:
                raise
            degraded = True
            outcomes = [Outcome(value=entry.fallback(payload)) for payload in payloads]
        elapsed_ms = 1e3 * (self._timer() - started)
        return [
            _answer(entry, outcome, degraded=degraded, elapsed_ms=elapsed_ms)
            for outcome in outcomes
        ]

    def calibration(self, model: ModelIdentity) -> Calibration:
        """What distances of these weights mean; give it to ``compare``.

        Raises:
            Uncalibrated: nobody has measured it.
        """
        return self._models.calibration(model)

    def ready(self) -> str | None:
        """``None`` when calls can be made, else a sentence that says what is missing."""
        return self._runtime.ready()

    def algorithms(self) -> list[AlgorithmState]:
        """Everything registered, in order of name."""
        missing = self.ready()
        return [
            AlgorithmState(
                card=entry.card,
                ready=missing is None,
                missing=missing or "",
                has_fallback=entry.fallback is not None,
            )
            for entry in sorted(self._catalogue, key=lambda entry: entry.card.name)
        ]

    def models(self) -> Mapping[str, ModelState]:
        """State of every model's file, by model name."""
        return self._models.states()


def _check(card: Card, payloads: Sequence[object]) -> None:
    wanted = card.signature.payload
    for payload in payloads:
        if not isinstance(payload, wanted):
            raise WrongPayload(card.name, expected=wanted.__name__, found=type(payload).__name__)


def _answer(
    entry: Entry, outcome: Outcome, *, degraded: bool, elapsed_ms: float
) -> Answer | AiError:
    if outcome.fault is not None:
        return outcome.fault
    return Answer(
        value=outcome.value,
        algorithm=entry.card.name,
        version=entry.card.version,
        model=outcome.model,
        degraded=degraded,
        elapsed_ms=elapsed_ms,
    )
