"""Runs the cases of a bench, each kept as soon as it is done, so that a stopped run goes on."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

import numpy as np

from ai_center.errors import Untrainable
from ai_center.trials.bench import Bench, Measured, Settings
from ai_center.trials.sheet import Sheet

Progress = Callable[[str, int, int], None]
"""Told what is done next, steps done and in all."""


class DoneCases(Protocol):
    """Keeps what cases gave; ``adapters/version_store.py`` keeps it on disk."""

    def load(self) -> Mapping[str, Measured]:
        """Every case that is done."""
        ...

    def add(self, case: str, measured: Measured) -> None:
        """Keep one more."""
        ...


def measured(
    bench: Bench, cases: Sequence[str], settings: Settings, done: DoneCases, progress: Progress
) -> Sheet:
    """Run the cases that are not done yet, and put all of them on one sheet.

    Raises:
        Untrainable: there is no case.
    """
    if not cases:
        raise Untrainable("there is no case to measure")
    found = dict(done.load())
    for place, case in enumerate(cases):
        progress(case, place, len(cases))
        if case not in found:
            found[case] = bench.run(case, settings)
            done.add(case, found[case])
    progress("done", len(cases), len(cases))
    return sheet_of({case: found[case] for case in cases})


def sheet_of(cases: Mapping[str, Measured]) -> Sheet:
    """Put measured cases on a sheet; a subject or measure that not every case has is left out."""
    every = list(cases.values())
    first = every[0]
    shared = {
        subject: [m for m in measures if all(m in one.get(subject, {}) for one in every)]
        for subject, measures in first.items()
    }
    return Sheet(
        cases=tuple(cases),
        values={
            subject: {
                name: np.array([one[subject][name] for one in every], np.float64)
                for name in measures
            }
            for subject, measures in shared.items()
            if measures
        },
    )
