"""From facts to a measured forecast, in steps that can be taken up again where they were left.

1. Features of every row, each from what was known when it is asked.
2. Trees for the median, from the whole training period; trees for both ends of the interval, from its
   part before the calibration slice; plain LightGBM on everybody's first features, for comparison.
3. The ends are moved until the calibration slice fits (see ``conformal``).
4. Everything is measured on the test period, with the very file that will serve.

A rehearsal does the same inside the training period: it learns from what lies before the validation
slice and is measured on that slice. Choices are made by rehearsals alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

import numpy as np

from ai_center.datasets.table import Floats, Mask, Table
from ai_center.forecasts import report
from ai_center.forecasts.conformal import Shift, calibrated, shifted
from ai_center.forecasts.metrics import HIGH, LOW, Answers
from ai_center.forecasts.report import Measurement
from ai_center.forecasts.task import Matrix, Parts, Problem, Recipe, Split, Task, parts_of
from ai_center.forecasts.trees import Grower, Predictor, Trees, joined

SEED = 1
PLAIN_NAME = "plain LightGBM"
MIDDLE, LOWER, UPPER = 0, 1, 2
"""Outputs of the served trees."""

Progress = Callable[[str, int, int], None]
"""Told what is done next, steps done and in all."""


class Steps(Protocol):
    """Keeps grown trees between runs; ``adapters/forecast_store.py`` keeps them on disk."""

    def find(self, name: str) -> Trees | None:
        """What a step gave in an earlier run of the same training."""
        ...

    def keep(self, name: str, trees: Trees) -> None:
        """Keep what a step gave."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Trained:
    """A forecast ready to be kept.

    Attributes:
        weights: the served file.
        shift: of the interval's ends.
        importance: share of the gain per feature, of the median.
        typical: median of each feature in the rows learnt from, in the task's order.
        measurement: on the test period (of a rehearsal: on the validation slice).
        asked_min: when each measured row was asked.
        truth: what came.
        answers: of every forecast on those rows, by name.
        fit_rows: rows the median learnt from.
        calibration_rows: rows the ends were moved by.
    """

    weights: bytes
    shift: Shift
    importance: Mapping[str, float]
    typical: tuple[float, ...]
    measurement: Measurement
    asked_min: Floats
    truth: Floats
    answers: Mapping[str, Answers]
    fit_rows: int
    calibration_rows: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Workshop:
    """What training needs from outside.

    Attributes:
        grower: grows trees.
        convert: turns trees into the file that serves.
        open: opens such a file.
        steps: keeps what is grown.
    """

    grower: Grower
    convert: Callable[[Trees], bytes]
    open: Callable[[bytes], Predictor]
    steps: Steps


def rehearsal(split: Split) -> Split:
    """The split of a rehearsal: the validation slice takes the place of the test."""
    return replace(
        split,
        calibrate=split.validate - (split.test - split.calibrate),
        test=split.validate,
        end=split.test,
    )


def train(
    task: Task,
    facts: Table,
    workshop: Workshop,
    *,
    seed: int = SEED,
    rehearse: bool = False,
    progress: Progress = lambda doing, done, total: None,
) -> Trained:
    """Train a forecast and measure it.

    Args:
        task: what is forecast.
        facts: its data set.
        workshop: grows, converts, opens.
        seed: of everything drawn.
        rehearse: learn and measure inside the training period only.
        progress: told how it goes.
    """
    split = rehearsal(task.split) if rehearse else task.split
    chance = task.kind == "chance"
    total = 2 + task.recipe.seeds + (0 if chance else 2 * task.spread.seeds)
    count = iter(range(total + 1))

    def step(doing: str) -> None:
        progress(doing, next(count), total)

    step("features")
    problem = task.solve(facts, None)
    parts = parts_of(problem, split)
    every = parts.fit | parts.calibrate
    ends = () if chance else (LOW, HIGH)
    grown = [
        list(_grown(problem, every, task.recipe, None if chance else 0.5, workshop, seed, step))
    ]
    grown += [
        list(_grown(problem, parts.fit, task.spread, end, workshop, seed, step)) for end in ends
    ]
    trees = joined(grown)
    weights = workshop.convert(trees)
    opened = workshop.open(weights)
    shift = Shift(low=0.0, high=0.0) if chance else _shift(opened, problem, parts)
    step("plain LightGBM")
    test = problem.rows(parts.test)
    answers = {
        task.name: answered(task, opened.predict(test.features), test, shift),
        PLAIN_NAME: Answers(middle=_plain(task, problem, every, parts.test, workshop, seed)),
        **{name: Answers(middle=said) for name, said in test.baselines.items()},
    }
    step("done")
    return Trained(
        weights=weights,
        shift=shift,
        typical=typical_of(problem.features[every]),
        importance=_importance(task, joined([grown[MIDDLE]])),
        measurement=report.measure(
            answers, test.truth, test.asked_min, test.groups, own=task.name, loss=task.loss
        ),
        asked_min=test.asked_min,
        truth=test.truth,
        answers=answers,
        fit_rows=int((every & (problem.scale > 0)).sum()),
        calibration_rows=int(parts.calibrate.sum()),
    )


def answered(task: Task, sums: Floats, problem: Problem, shift: Shift) -> Answers:
    """Turn what the trees say into a middle and an interval around it, or into a chance."""
    said = problem.base[:, None] + problem.scale[:, None] * sums
    if task.kind == "chance":
        return Answers(middle=np.clip(said[:, MIDDLE], 0.0, 1.0))
    low, high = shifted(said[:, LOWER], said[:, UPPER], shift)
    middle = said[:, MIDDLE]
    if task.least is not None:
        low, middle, high = (np.maximum(part, task.least) for part in (low, middle, high))
    return Answers(middle=middle, low=np.minimum(low, middle), high=np.maximum(high, middle))


def typical_of(features: Matrix) -> tuple[float, ...]:
    """Median of each feature; unknown where it never was known."""
    known = (column[~np.isnan(column)] for column in features.T)
    return tuple(float(np.median(column)) if len(column) else float("nan") for column in known)


def _grown(
    problem: Problem,
    rows: Mask,
    recipe: Recipe,
    quantile: float | None,
    workshop: Workshop,
    seed: int,
    step: Callable[[str], None],
) -> Iterator[Trees]:
    """The ensembles of one quantile, one per seed; a row without weight teaches nothing."""
    learnt = problem.rows(rows & (problem.scale > 0))
    target = (learnt.truth - learnt.base) / learnt.scale
    for number in range(seed, seed + recipe.seeds):
        level = "mean" if quantile is None else f"q{round(100 * quantile):02d}"
        name = f"{level}-seed{number}"
        step(f"trees {name}")
        trees = workshop.steps.find(name)
        if trees is None:
            trees = workshop.grower.grow(
                learnt.features,
                target,
                learnt.scale,
                quantile=quantile,
                recipe=recipe,
                seed=number,
            )
            workshop.steps.keep(name, trees)
        yield trees


def _shift(opened: Predictor, problem: Problem, parts: Parts) -> Shift:
    slice_ = problem.rows(parts.calibrate)
    said = slice_.base[:, None] + slice_.scale[:, None] * opened.predict(slice_.features)
    return calibrated(said[:, LOWER], said[:, UPPER], slice_.truth)


def _plain(
    task: Task, problem: Problem, learn: Mask, asked: Mask, workshop: Workshop, seed: int
) -> Floats:
    labels = tuple(task.plain.index(name) for name in task.plain_labels)
    return workshop.grower.plain(
        problem.plain[learn],
        problem.truth[learn],
        problem.plain[asked],
        labels=labels,
        mean=task.kind == "chance",
        seed=seed,
    )


def _importance(task: Task, trees: Trees) -> dict[str, float]:
    shares = zip(task.names, trees.importance().tolist(), strict=True)
    return dict(sorted(shares, key=lambda item: -item[1]))
