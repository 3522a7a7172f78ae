"""An algorithm that shows how its runtime behaves: it answers with what it was told.

It has no weights, so it runs everywhere: health checks call it, and the contract that every runtime
passes is tried out with it. The payload is a mapping; the words it understands:

    say      the value of the answer
    wait_s   seconds to compute (at most 5) before answering
    refuse   answer with a refused photo instead
    break    raise an error of the algorithm's own, as a faulty algorithm would
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence

from ai_center.domain import ModelIdentity, Outcome
from ai_center.errors import PhotoRefused

LONGEST_WAIT_S = 5.0


class Probe:
    """See the module's own words."""

    def __init__(self, sleep: Callable[[float], None] = time.sleep) -> None:
        """Use ``sleep`` to pass the time."""
        self._sleep = sleep

    @property
    def model(self) -> ModelIdentity | None:
        """None: nothing was learnt."""
        return None

    def predict(self, batch: Sequence[Mapping[str, object]]) -> list[Outcome]:
        """Answer every payload in turn."""
        return [self._answer(payload) for payload in batch]

    def _answer(self, payload: Mapping[str, object]) -> Outcome:
        wait_s = payload.get("wait_s", 0.0)
        if isinstance(wait_s, (int, float)) and wait_s > 0:
            self._sleep(min(float(wait_s), LONGEST_WAIT_S))
        if payload.get("refuse"):
            return Outcome(fault=PhotoRefused("no-face", "the probe was asked to refuse"))
        if payload.get("break"):
            raise ZeroDivisionError(payload["break"])
        return Outcome(value=payload.get("say"))


def build(context: object) -> Probe:
    """Factory for the host."""
    return Probe()
