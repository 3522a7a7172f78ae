"""How good settings are, quickly: only the median's trees, inside the training period.

Learns before the validation slice and is measured on that slice, as a rehearsal is, so that a search
never sees the test. With a share of the work there are fewer trees, each of more weight.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from ai_center.errors import Untrainable
from ai_center.forecasts import recipes
from ai_center.forecasts.task import Problem, Task, parts_of
from ai_center.forecasts.training import MIDDLE, rehearsal
from ai_center.forecasts.trees import Grower, Predictor, Trees, joined


def loss_of(
    task: Task,
    problem: Problem,
    grower: Grower,
    opened: Callable[[Trees], Predictor],
    *,
    share: float,
    seed: int,
) -> float:
    """Mean absolute error of the median on the validation slice; of a chance, the mean square.

    Args:
        task: with the settings that are tried.
        problem: its rows.
        grower: grows trees.
        opened: makes trees answer.
        share: of the trees, 0 to 1.
        seed: of the growing.

    Raises:
        Untrainable: there is nothing to learn from or to measure on.
    """
    quick = recipes.shortened(task, share)
    parts = parts_of(problem, rehearsal(task.split))
    teaches = (parts.fit | parts.calibrate) & (problem.scale > 0)
    learnt, asked = problem.rows(teaches), problem.rows(parts.test)
    if not len(learnt) or not len(asked):
        raise Untrainable(f"{task.name}: no rows before or in the validation slice")
    chance = task.kind == "chance"
    trees = grower.grow(
        learnt.features,
        (learnt.truth - learnt.base) / learnt.scale,
        learnt.scale,
        quantile=None if chance else 0.5,
        recipe=quick.recipe,
        seed=seed,
    )
    sums = opened(joined([[trees]])).predict(asked.features)[:, MIDDLE]
    error = asked.base + asked.scale * sums - asked.truth
    return float(np.square(error).mean() if chance else np.abs(error).mean())
