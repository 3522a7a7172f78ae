"""A trained forecast as an algorithm: facts and what is asked in, values with intervals out.

The features are made by the same function as in training, from the facts that the caller knows at
the moment; what is not known yet is ``NaN`` (or ``None``) there, as it was in training. One payload is

    {"facts": {column: values, ...}, "ask": [row numbers]}

with the columns of the task's data set; the answer is one :class:`Forecast` per row number. The plain
rule of the task (its ``fallback`` baseline) answers from the same payload when no model can.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

import numpy as np

from ai_center.datasets.table import Column, Table
from ai_center.domain import ModelIdentity, Outcome
from ai_center.errors import AiError, FactsRefused
from ai_center.forecasts.conformal import Shift
from ai_center.forecasts.metrics import Answers
from ai_center.forecasts.task import Problem, Task
from ai_center.forecasts.training import answered
from ai_center.forecasts.trees import Predictor

PAYLOAD = "{'facts': {column: values}, 'ask': [row numbers]}; columns of the data set {dataset}"
MOST_ROWS = 1_000_000
"""Facts of one question at most: three years of a large airport."""


MOST_REASONS = 3
MOST_EXPLAINED = 64
"""Rows of one question that get reasons; each costs as many predictions as there are features."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One thing that moved an answer.

    Attributes:
        feature: its name.
        meaning: in words.
        effect: answer less what it would be were this feature as it usually is; in the unit.
    """

    feature: str
    meaning: str
    effect: float


class Weights(Protocol):
    """What serving needs to know of trained weights; a manifest of the store has it."""

    @property
    def identity(self) -> ModelIdentity:
        """Which weights these are."""
        ...

    @property
    def shift(self) -> Shift:
        """Of the interval's ends."""
        ...

    @property
    def typical(self) -> tuple[float, ...]:
        """What each feature usually is."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Forecast:
    """One answer.

    Attributes:
        value: the median, or the chance.
        low: a tenth of what comes lies below; unknown for a chance or a fallback.
        high: a tenth lies above.
        unit: of all three.
        asked_min: minute it was asked at, since 1970 UTC (on the local clock for hourly counts).
        reasons: what moved the value most, by size.
    """

    value: float
    low: float
    high: float
    unit: str
    asked_min: float
    reasons: tuple[Reason, ...] = ()


class ForecastAlgorithm:
    """One forecast with its opened trees."""

    def __init__(self, task: Task, trees: Predictor, weights: Weights) -> None:
        """Serve a trained task."""
        self._task = task
        self._trees = trees
        self._model = weights.identity
        self._shift = weights.shift
        self._typical = np.array(weights.typical, np.float32)

    @property
    def model(self) -> ModelIdentity:
        """Its weights."""
        return self._model

    def predict(self, batch: Sequence[Mapping[str, Any]]) -> list[Outcome]:
        """Answer every payload in turn."""
        return [self._outcome(payload) for payload in batch]

    def _outcome(self, payload: Mapping[str, Any]) -> Outcome:
        try:
            return Outcome(value=self._answer(payload), model=self._model)
        except AiError as refusal:
            return Outcome(fault=refusal, model=self._model)

    def _answer(self, payload: Mapping[str, Any]) -> tuple[Forecast, ...]:
        task = self._task
        problem = solved(task, payload)
        sums = self._trees.predict(problem.features)
        answers = answered(task, sums, problem, self._shift)
        told = _told(task, problem, answers)
        return tuple(
            replace(said, reasons=self._reasons(problem, row)) if row < MOST_EXPLAINED else said
            for row, said in enumerate(told)
        )

    def _reasons(self, problem: Problem, row: int) -> tuple[Reason, ...]:
        """Which features, put back to what they usually are, would change the answer most."""
        features = problem.features[row]
        usual = np.tile(features, (len(features) + 1, 1))
        places = np.arange(len(features))
        usual[places, places] = self._typical
        middle = self._trees.predict(usual)[:, 0]
        effects = (middle[-1] - middle[:-1]) * problem.scale[row]
        order = np.argsort(-np.abs(effects), kind="stable")[:MOST_REASONS]
        return tuple(
            Reason(
                feature=self._task.names[place],
                meaning=self._task.meanings.get(self._task.names[place], ""),
                effect=float(effects[place]),
            )
            for place in order
            if effects[place] != 0
        )


def fallback_of(task: Task) -> Callable[[object], object]:
    """What answers in place of a task's model: a plain rule, without an interval's promise."""

    def answer(payload: object) -> object:
        if not isinstance(payload, Mapping):
            raise FactsRefused("payload", "is not a mapping")
        problem = solved(task, payload)
        return _told(task, problem, Answers(middle=problem.baselines[task.fallback]))

    return answer


def _told(task: Task, problem: Problem, answers: Answers) -> tuple[Forecast, ...]:
    """Answers row by row; the ends are unknown where no interval is given."""
    none = np.full(len(problem), np.nan)
    low = none if answers.low is None else answers.low
    high = none if answers.high is None else answers.high
    return tuple(
        Forecast(value=value, low=bottom, high=top, unit=task.unit, asked_min=asked)
        for value, bottom, top, asked in zip(
            answers.middle.tolist(),
            low.tolist(),
            high.tolist(),
            problem.asked_min.tolist(),
            strict=True,
        )
    )


def solved(task: Task, payload: Mapping[str, Any]) -> Problem:
    """The features of what is asked.

    Raises:
        FactsRefused: see :func:`read`; or a row is asked for that the facts do not have.
    """
    facts, ask = read(task, payload)
    try:
        return task.solve(facts, ask)
    except IndexError as fault:
        raise FactsRefused("ask", f"names a row beyond the {len(facts)} of the facts") from fault
    except ValueError as fault:
        raise FactsRefused("facts", "hold texts where numbers belong") from fault


def read(task: Task, payload: Mapping[str, Any]) -> tuple[Table, Any]:
    """Turn a payload into facts and row numbers.

    Raises:
        FactsRefused: a column is missing, has another length or holds what it must not.
    """
    facts, ask = payload.get("facts"), payload.get("ask")
    if not isinstance(facts, Mapping) or not facts:
        raise FactsRefused("facts", "is not a mapping of columns")
    wanted = [name for name, _ in task.dataset.columns]
    missing = [name for name in wanted if name not in facts]
    if missing:
        raise FactsRefused(missing[0], "is missing")
    columns = {name: _column(name, values) for name, values in facts.items()}
    lengths = {len(column) for column in columns.values()}
    if len(lengths) > 1 or max(lengths) > MOST_ROWS:
        raise FactsRefused("facts", f"columns have {sorted(lengths)} values; at most {MOST_ROWS}")
    rows = np.asarray([] if ask is None else ask)
    if rows.ndim != 1 or not len(rows) or not np.issubdtype(rows.dtype, np.integer):
        raise FactsRefused("ask", "is not a list of row numbers")
    if rows.min() < 0:
        raise FactsRefused("ask", "holds a negative row number")
    return Table(columns=columns), rows.astype(np.int64)


def _column(name: str, values: object) -> Column:
    try:
        column = np.asarray(values)
        if column.dtype.kind not in "US":
            column = column.astype(np.float64)
    except (ValueError, TypeError) as fault:
        raise FactsRefused(name, "holds neither numbers nor texts") from fault
    if column.ndim != 1:
        raise FactsRefused(name, "is not a list of values")
    return column
