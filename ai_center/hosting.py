"""One process that holds algorithms: the same host under every runtime.

It is told what to hold in plain values (:class:`Hosted`), so that the telling can travel to another
process; each algorithm is built there by its factory. An algorithm whose weights are missing stays
out until they have come: every call tries again. When another version was made the serving one, the
next call opens it; one that cannot be opened leaves the algorithm as it was.
"""

from __future__ import annotations

import asyncio
import importlib
import logging
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from ai_center.domain import Outcome
from ai_center.errors import AiError, AlgorithmFailed, NotReady, UnknownAlgorithm
from ai_center.ports import Algorithm
from ai_center.served import Stamp, stamp_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class HostContext:
    """What a factory gets.

    Attributes:
        models: folder of the model store.
        threads: computing threads the host may use.
        options: settings of the algorithms, by name (``pack``).
    """

    models: Path
    threads: int
    options: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class Hosted:
    """An algorithm to be held: its name and its factory as ``module:function``."""

    name: str
    factory: str


class Host:
    """Holds algorithms and runs their batches."""

    def __init__(self, hosted: Sequence[Hosted], context: HostContext) -> None:
        """Build what can be built now."""
        self._hosted = {entry.name: entry for entry in hosted}
        self._context = context
        self._algorithms: dict[str, tuple[Stamp, Algorithm]] = {}
        for entry in hosted:
            try:
                self._algorithm(entry.name)
            except AiError:
                continue  # its weights may still come; a call says what is missing

    def call(self, name: str, batch: Sequence[object]) -> list[Outcome]:
        """Run a batch, one outcome per payload.

        Raises:
            UnknownAlgorithm: not held here.
            ModelUnavailable: its weights are not in the store.
            ModelCorrupt: its weights are not the pinned ones.
        """
        return list(self._algorithm(name).predict(batch))

    def _algorithm(self, name: str) -> Algorithm:
        if name not in self._hosted:
            raise UnknownAlgorithm(name)
        stamp = stamp_of(self._context.models, name)
        was, there = self._algorithms.get(name, (None, None))
        if there is not None and was == stamp:
            return there
        try:
            made = resolve(self._hosted[name].factory)(self._context)
        except AiError as fault:
            if there is None:
                raise
            log.error("event=algorithm.kept name=%s reason=%s", name, fault)
            made = there
        self._algorithms[name] = (stamp, made)
        return made


def load(name: str) -> Callable[..., Any]:
    """Import the function that ``module:function`` names."""
    module, _, function = name.partition(":")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found


def resolve(factory: str) -> Callable[[HostContext], Algorithm]:
    """Import the factory of an algorithm."""
    return load(factory)


def settle(
    name: str, done: asyncio.Future[list[Outcome]] | Future[list[Outcome]]
) -> list[Outcome] | AiError:
    """What a finished call came to.

    The text of a foreign exception may hold pieces of what was computed on; it is dropped and only
    its type is told.
    """
    if done.cancelled():
        return NotReady("algorithm centre is stopped")
    fault = done.exception()
    if fault is None:
        return done.result()
    return fault if isinstance(fault, AiError) else AlgorithmFailed(name, type(fault).__name__)
