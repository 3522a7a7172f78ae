"""Looks for better settings: seeded draws, and successive halving of how hard each is tried.

The first candidate is always the settings that are in use, so a search cannot make things worse on
the cases it looks at. Each round tries those that are left with a larger budget and keeps the better
third. Everything follows from the seed; results are kept one by one, so that a killed search goes on.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Any, Protocol, Self

from ai_center.errors import Untrainable
from ai_center.trials.bench import Scalar, Settings

KEEP_ONE_OF = 3
ROUNDS: tuple[float, ...] = (0.25, 0.5, 1.0)
"""Share of the whole budget in each round."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Job:
    """One candidate to be tried: its number, its settings, and the share of the budget."""

    number: int
    settings: Settings
    budget: float

    @property
    def key(self) -> str:
        """Names what is tried, for results that are kept."""
        return f"{self.number}@{self.budget:g}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """What a job gave; ``loss`` is ``None`` where it failed, and ``fault`` says how."""

    job: Job
    loss: float | None
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Searched:
    """What a search came to.

    Attributes:
        best: settings of the winner.
        tried: everything, in order of round and number.
        seed: of the draws; with it and the space the search can be made again.
        kept: results that an earlier run of the same search had left.
    """

    best: Settings
    tried: tuple[Tried, ...]
    seed: int
    kept: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Done:
    """What a job of a crew came to: its place among the jobs, and a loss or what went wrong."""

    place: int
    loss: float | None = None
    fault: str = ""


class Crew(Protocol):
    """Runs jobs; adapters: ``in_turn`` (this process), ``ray_jobs`` (a local Ray).

    Used as a context manager, so that what it starts is stopped.
    """

    def __enter__(self) -> Self:
        """Start."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        fault: BaseException | None,
        trace: TracebackType | None,
        /,
    ) -> None:
        """Stop."""
        ...

    def each(self, function: str, jobs: Sequence[Mapping[str, Any]]) -> Iterator[Done]:
        """Run ``module:function`` on every job, each answer as soon as it is there."""
        ...


Try = Callable[[Sequence[Job]], Sequence[Tried]]
"""Tries jobs, at once or in turn; the answers in the order of the jobs."""


def drawn(
    space: Mapping[str, Sequence[Scalar]], used: Settings, count: int, seed: int
) -> list[Settings]:
    """Candidates: those in use, then different draws from the space.

    >>> drawn({"a": (1, 2)}, {"a": 1, "b": 5}, 9, 1)
    [{'a': 1, 'b': 5}, {'a': 2, 'b': 5}]
    """
    draw = random.Random(seed)
    found: list[Settings] = [dict(used)]
    for _ in range(50 * count):
        if len(found) >= count:
            break
        one = {**used, **{name: draw.choice(tuple(values)) for name, values in space.items()}}
        if one not in found:
            found.append(one)
    return found


def searched(candidates: Sequence[Settings], try_all: Try, *, seed: int) -> Searched:
    """Find the best candidate by successive halving.

    Raises:
        Untrainable: every candidate failed.
    """
    left = list(enumerate(candidates))
    tried: list[Tried] = []
    for place, budget in enumerate(ROUNDS):
        jobs = [Job(number=n, settings=settings, budget=budget) for n, settings in left]
        told = list(try_all(jobs))
        tried += told
        ranked = sorted(
            (one for one in told if one.loss is not None), key=lambda t: (t.loss, t.job.number)
        )
        if not ranked:
            faults = "; ".join(sorted({one.fault for one in told}))
            raise Untrainable(f"no candidate of the search could be tried: {faults}")
        last = place == len(ROUNDS) - 1
        keep = 1 if last else max(1, -(-len(ranked) // KEEP_ONE_OF))
        left = [(one.job.number, one.job.settings) for one in ranked[:keep]]
    return Searched(best=left[0][1], tried=tuple(tried), seed=seed)
