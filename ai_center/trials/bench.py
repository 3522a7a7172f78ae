"""What an algorithm gives so that it can be measured, compared, searched and promoted offline.

An algorithm's *bench* runs one case at a time and says what came of it, for the algorithm itself and
for what it is held against; everything else (progress, resume, intervals, comparison, card, gate) is
done for all algorithms alike. A case is named by text, and the same name is the same case for every
version, so that two versions can be compared pair by pair.

A forecast learns from a data set instead and has its own workbench (``ai_center/workbench.py``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Literal, Protocol

from ai_center.trials.measures import Check, Measure, Words
from ai_center.trials.sheet import Sheet

Scalar = str | int | float
Settings = Mapping[str, Scalar]
"""What may differ between two versions of one algorithm, by name."""

Purpose = Literal["test", "train"]
"""Cases that are measured on, or cases that settings are chosen on; never the same."""

Measured = Mapping[str, Mapping[str, float]]
"""What one case gave: by subject (the algorithm's name, a baseline's), then by measure."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldOf:
    """One field of a signature: its name, type, unit (empty: none) and meaning."""

    name: str
    type: str
    unit: str
    meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What a card tells of an algorithm beside its figures.

    Attributes:
        words: one sentence.
        question: what is asked, and what is known then.
        takes: fields of a question.
        gives: fields of an answer.
        data: where the cases come from: (what, how it is).
        split: how cases are kept apart: (what, how it is).
        measures: what every case gives.
        loss: measure by which versions are compared; less is better.
        rivals: what it is held against, the fallback first.
        settings: those of the version that is built in.
        space: values that a search may try, by setting.
        fallback: what answers when it cannot.
        licences: of code, weights and data: (what, which).
        limits: what it is not fit for.
        cases: measured when nobody says how many.
        promotable: whether a version can be made the one that serves; else why not.
    """

    words: Words
    question: str
    takes: tuple[FieldOf, ...]
    gives: tuple[FieldOf, ...]
    data: tuple[tuple[str, str], ...]
    split: tuple[tuple[str, str], ...]
    measures: tuple[Measure, ...]
    loss: str
    rivals: tuple[str, ...]
    settings: Settings
    fallback: str
    licences: tuple[tuple[str, str], ...]
    limits: tuple[str, ...]
    cases: int
    space: Mapping[str, tuple[Scalar, ...]] = field(default_factory=lambda: MappingProxyType({}))
    promotable: str = ""

    def measure(self, name: str) -> Measure:
        """The measure of a name."""
        return next(m for m in self.measures if m.name == name)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which cases: of what purpose, how many, and a seed that gives others of the same kind."""

    purpose: Purpose = "test"
    count: int = 1
    seed: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchContext:
    """What the maker of a bench gets.

    Attributes:
        models: folder of the model store.
        threads: computing threads.
        folder: given by hand, for algorithms whose cases lie in files; ``None`` elsewhere.
    """

    models: Path
    threads: int = 1
    folder: Path | None = None


class Bench(Protocol):
    """Measures one algorithm; made by the function that its catalogue entry names."""

    @property
    def about(self) -> About:
        """What its card tells."""
        ...

    def cases(self, wanted: Wanted) -> Sequence[str]:
        """Names of cases; the same wish gives the same names.

        Raises:
            DatasetUnavailable: its cases lie in files that are not here.
        """
        ...

    def run(self, case: str, settings: Settings) -> Measured:
        """Do one case with these settings and measure everything named in ``about.measures``.

        Raises:
            AiError: the case cannot be done.
        """
        ...

    def checks(self, sheet: Sheet) -> tuple[Check, ...]:
        """The gate: what a version must keep before it may serve."""
        ...


def numbers(wanted: Wanted) -> range:
    """Numbers that generated cases take as seeds; no purpose and no seed shares one with another.

    >>> numbers(Wanted(count=3)), numbers(Wanted(purpose="train", count=2, seed=2))
    (range(0, 3), range(1010000, 1010002))
    """
    start = (1_000_000 if wanted.purpose == "train" else 0) + 10_000 * (wanted.seed - 1)
    return range(start, start + min(wanted.count, 10_000))
