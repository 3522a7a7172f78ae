"""What a forecast is: question, features, baselines, split; the same for training and serving.

A task turns facts (columns as in its data set, actual values blank where not known yet) and the rows
that are asked for into a :class:`Problem`. Training asks for every row, serving for those somebody
wants to know; the features of a row are the same either way.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

import numpy as np
import numpy.typing as npt

from ai_center.datasets.declaration import Dataset
from ai_center.datasets.table import Floats, Ints, Mask, Table, Texts, codes, minutes_of

Matrix = npt.NDArray[np.float32]
"""Features, shape (rows, features), float32; NaN where unknown."""


Kind = Literal["amount", "chance"]
"""An amount is forecast by its median and an interval; a chance, of what is 0 or 1, by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """The rows that are asked for.

    Attributes:
        asked_min: when each is asked, minutes since 1970 UTC.
        told_min: when its truth becomes known; unknown where it never did.
        features: shape (rows, features).
        plain: the obvious features of plain LightGBM, shape (rows, plain features).
        truth: what came, in the task's unit; unknown while it has not.
        base: added to what the trees say.
        scale: what the trees say is multiplied by this first; also the weight of the row.
        baselines: other forecasts of the same rows, by name.
        groups: labels of the rows, by the name of the grouping; for tables of errors.
    """

    asked_min: Floats
    told_min: Floats
    features: Matrix
    plain: Matrix
    truth: Floats
    base: Floats
    scale: Floats
    baselines: Mapping[str, Floats]
    groups: Mapping[str, Texts]

    def __len__(self) -> int:
        return len(self.asked_min)

    def rows(self, chosen: Mask | Ints) -> Problem:
        """Some of the rows."""
        return Problem(
            asked_min=self.asked_min[chosen],
            told_min=self.told_min[chosen],
            features=self.features[chosen],
            plain=self.plain[chosen],
            truth=self.truth[chosen],
            base=self.base[chosen],
            scale=self.scale[chosen],
            baselines={name: value[chosen] for name, value in self.baselines.items()},
            groups={name: value[chosen] for name, value in self.groups.items()},
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Split:
    """Periods by the minute at which a row is asked; ends are not included.

    Attributes:
        fit: first moment that is learnt from.
        validate: from here to ``test``, choices (features, hyper-parameters) are compared.
        calibrate: from here to ``test``, intervals are calibrated; not learnt from by them.
        test: first moment that is only measured on.
        end: first moment after the test.
    """

    fit: datetime
    validate: datetime
    calibrate: datetime
    test: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Recipe:
    """How trees are grown; the names are LightGBM's where it has one.

    Attributes:
        rounds: trees per quantile and seed.
        rate: learning rate.
        leaves: at most, per tree.
        leaf_rows: at least, per leaf.
        feature_share: of the features, drawn anew for each tree.
        row_share: of the rows, drawn anew for each tree.
        ridge: L2 penalty on leaf values.
        seeds: ensembles that are averaged, each from its own seed.
    """

    rounds: int
    rate: float
    leaves: int
    leaf_rows: int
    feature_share: float = 1.0
    row_share: float = 1.0
    ridge: float = 0.0
    seeds: int = 1


PLAIN = Recipe(rounds=500, rate=0.05, leaves=31, leaf_rows=20)
"""The trees that every forecast is compared with: obvious features, usual settings, no tuning."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """A forecast as it is declared.

    Attributes:
        name: of the forecast and of the algorithm that serves it.
        version: of features, target and recipe.
        title: one sentence.
        question: what is asked, when, and what is known then.
        unit: of truth and answer.
        dataset: what it learns from.
        split: periods.
        names: of the features, in order.
        meanings: of the features, in words an operator knows, by name.
        plain: names of the plain features, in order.
        plain_labels: those of them that are labels (carrier), not amounts.
        solve: facts and the numbers of the rows that are asked for to a problem.
        known_at: the facts as they were known at a minute: what came later is blank.
        fallback: name of the baseline that answers when the model cannot.
        headline: metric of the gate: ``mae`` or ``wape``, of a chance ``brier``.
        recipe: of the median.
        spread: of the quantiles.
        choices: what was chosen on the validation slice, in plain words.
        limits: what it is not fit for.
        least: smallest answer that makes sense, or ``None``.
        kind: an amount, or the chance of something.
    """

    name: str
    version: str
    title: str
    question: str
    unit: str
    dataset: Dataset
    split: Split
    names: tuple[str, ...]
    plain: tuple[str, ...]
    plain_labels: tuple[str, ...]
    solve: Callable[[Table, Ints | None], Problem]
    known_at: Callable[[Table, float], Table]
    fallback: str
    headline: str
    recipe: Recipe
    spread: Recipe
    choices: str
    limits: tuple[str, ...]
    meanings: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    least: float | None = None
    kind: Kind = "amount"

    @property
    def loss(self) -> str:
        """Metric by which rows, groups and rivals are compared."""
        return "mae" if self.kind == "amount" else "brier"


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """Rows of a problem by period."""

    fit: Mask
    validate: Mask
    calibrate: Mask
    test: Mask


def parts_of(problem: Problem, split: Split) -> Parts:
    """Cut a problem into its periods.

    A row belongs to the period in which it is asked; one whose truth was only told after the next
    period began is left out of what comes before it, for nobody could have learnt from it.
    """
    usable = np.isfinite(problem.truth) & np.isfinite(problem.base)
    return Parts(
        fit=usable & _between(problem, split.fit, split.calibrate),
        validate=usable & _between(problem, split.validate, split.test),
        calibrate=usable & _between(problem, split.calibrate, split.test),
        test=usable
        & (problem.asked_min >= minutes_of(split.test))
        & (problem.asked_min < minutes_of(split.end)),
    )


def _between(problem: Problem, start: datetime, end: datetime) -> Mask:
    asked, told = problem.asked_min, problem.told_min
    return np.asarray((asked >= minutes_of(start)) & (told < minutes_of(end)), np.bool_)


def stacked(names: tuple[str, ...], columns: Mapping[str, Floats]) -> Matrix:
    """Put feature columns side by side in the declared order.

    Raises:
        ValueError: a declared feature was not made, or one was made that is not declared.
    """
    if set(names) != set(columns):
        raise ValueError(f"features differ from the declared: {set(names) ^ set(columns)}")
    return np.stack([columns[name] for name in names], axis=1).astype(np.float32)


def plain_features(
    rows: Table, labels: tuple[str, ...], columns: Mapping[str, Floats], amounts: tuple[str, ...]
) -> Matrix:
    """The plain features: labels as numbers, then some of the amounts."""
    numbered = {name: codes(rows.texts(name)).astype(np.float64) for name in labels}
    return stacked((*labels, *amounts), {**numbered, **{name: columns[name] for name in amounts}})
