"""Runs jobs of a search one after the other in this process: the crew of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from types import TracebackType
from typing import Any, Self

from ai_center.errors import AiError
from ai_center.hosting import load
from ai_center.trials.search import Done


class InTurn:
    """See the module's own words."""

    def __enter__(self) -> Self:
        """Nothing to start."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Nothing to stop."""

    def each(self, function: str, jobs: Sequence[Mapping[str, Any]]) -> Iterator[Done]:
        """Run a function (``module:function``) on every job, in order."""
        wanted = load(function)
        for place, job in enumerate(jobs):
            try:
                yield Done(place=place, loss=float(wanted(job)))
            except AiError as refusal:
                yield Done(place=place, fault=f"{type(refusal).__name__}: {refusal}")
