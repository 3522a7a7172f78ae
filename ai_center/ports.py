"""What the centre needs from outside, by role.

The ports of the face pipeline (imaging, detector, embedder) stand in ``algorithms/face.py``: nobody
else uses them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Literal, Protocol

from ai_center.domain import Calibration, ModelIdentity, Outcome

ModelState = Literal["present", "missing", "corrupt"]


class Progress(Protocol):
    """Told how a fetch goes on: model, stage in words, bytes so far and in all (0: unknown)."""

    def __call__(self, model: str, stage: str, done: int, total: int) -> None:
        """Take the news; may be called from a worker thread."""
        ...


class Algorithm(Protocol):
    """One algorithm as the host holds it; built by its factory, in the process that runs it."""

    @property
    def model(self) -> ModelIdentity | None:
        """Weights that answer; ``None`` for an algorithm without any."""
        ...

    def predict(self, batch: Sequence[Any]) -> Sequence[Outcome]:
        """One outcome per payload, in order. Must give the same for the same payload."""
        ...


class Runtime(Protocol):
    """Runs algorithms. Adapters: ``ray_serve`` (default), ``in_process``.

    Every adapter passes ``tests/contracts/runtime_contract.py``.
    """

    async def start(self) -> None:
        """Bring the hosts up; returns when calls can be made. May take half a minute."""
        ...

    async def stop(self) -> None:
        """Let running calls end, then stop everything that was started. May be called twice."""
        ...

    def ready(self) -> str | None:
        """``None`` when calls can be made, else a sentence that says what is missing."""
        ...

    async def call(
        self, name: str, batch: Sequence[object], *, timeout_s: float
    ) -> Sequence[Outcome]:
        """Run an algorithm on a batch, one outcome per payload.

        Raises:
            NotReady: not started, restarting or stopped.
            UnknownAlgorithm: it is not hosted.
            Overloaded: its queue is full.
            TimedOut: no answer within ``timeout_s`` seconds.
            ModelUnavailable: its weights are not in the store.
            ModelCorrupt: its weights are not the pinned ones.
            AlgorithmFailed: it broke inside.
        """
        ...


class Models(Protocol):
    """What the service asks about models; the adapter is ``model_store``."""

    def states(self) -> Mapping[str, ModelState]:
        """State of every model's file, by model name."""
        ...

    def calibration(self, model: ModelIdentity) -> Calibration:
        """What distances of these weights mean.

        Raises:
            Uncalibrated: nobody has measured it.
        """
        ...
