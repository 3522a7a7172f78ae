"""What is told of algorithms: rows of the list, and figures of a version that was measured."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from ai_center.estimates import Estimate
from ai_center.trials.bench import Bench, Settings
from ai_center.trials.measures import Check, Measure
from ai_center.trials.sheet import Paired, Sheet, paired


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """An algorithm in the list.

    Attributes:
        name: of the algorithm.
        code: version of its code.
        serves: version that serves; empty where none does yet.
        versions: that were trained or measured.
        kind: ``forecast``, ``measured`` or ``plain`` (nothing to measure).
        owner: package that answers for it.
        summary: one sentence.
        limits: what it is not fit for.
        timeout_s: longest wait of a caller, seconds.
    """

    name: str
    code: str
    serves: str
    versions: tuple[str, ...]
    kind: str
    owner: str
    summary: str
    limits: str
    timeout_s: float


@dataclass(frozen=True, slots=True, kw_only=True)
class BenchFinding:
    """What the measuring of a version came to.

    Attributes:
        name: of the algorithm.
        version: that was measured.
        settings: that make it.
        seed: of the cases.
        cases: how many.
        measures: that are shown.
        figures: by subject, then by measure.
        against: every rival compared with it; ``None`` stands for no case in common.
        checks: the gate.
        serves: version that serves now.
        card: path of the card.
    """

    name: str
    version: str
    settings: Settings
    seed: int
    cases: int
    measures: tuple[Measure, ...]
    figures: Mapping[str, Mapping[str, Estimate]]
    against: Mapping[str, Paired]
    checks: tuple[Check, ...]
    serves: str
    card: str


def figures_of(bench: Bench, sheet: Sheet) -> dict[str, dict[str, Estimate]]:
    """Every figure of every subject with its interval."""
    return {
        subject: {
            measure.name: sheet.estimate(subject, measure)
            for measure in bench.about.measures
            if measure.shown and sheet.has(subject, measure)
        }
        for subject in sheet.values
    }


def against_of(bench: Bench, name: str, sheet: Sheet) -> dict[str, Paired]:
    """The algorithm compared with every rival on its sheet."""
    loss = bench.about.measure(bench.about.loss)
    found = {}
    for rival in sheet.values:
        if rival != name and sheet.has(rival, loss):
            both = paired(sheet, sheet, loss, (name, rival))
            if both is not None:
                found[rival] = both
    return found
