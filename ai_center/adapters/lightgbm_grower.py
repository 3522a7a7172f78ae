"""Grows trees with LightGBM, for training only: the extra ``train``.

One thread, fixed seeds and ``deterministic``: the same rows give the same trees on one machine.
"""

from __future__ import annotations

import lightgbm
import numpy as np

from ai_center.conversion import lightgbm_text
from ai_center.datasets.table import Floats
from ai_center.forecasts.task import PLAIN, Matrix, Recipe
from ai_center.forecasts.trees import Trees


class LightGbmGrower:
    """See the module's own words."""

    def grow(
        self,
        features: Matrix,
        target: Floats,
        weight: Floats,
        *,
        quantile: float | None,
        recipe: Recipe,
        seed: int,
    ) -> Trees:
        """Learn a quantile of the target, the median by absolute error; ``None``: the mean."""
        weighted = bool(np.ptp(weight) > 0)
        rows = lightgbm.Dataset(features, target, weight=weight if weighted else None)
        booster = lightgbm.train(
            _parameters(recipe, seed) | _objective(quantile), rows, recipe.rounds
        )
        return lightgbm_text.read(booster.model_to_string(), features=features.shape[1])

    def plain(
        self,
        features: Matrix,
        target: Floats,
        asked: Matrix,
        *,
        labels: tuple[int, ...],
        mean: bool,
        seed: int,
    ) -> Floats:
        """What LightGBM says with usual settings and its own treatment of labels."""
        rows = lightgbm.Dataset(features, target, categorical_feature=list(labels))
        parameters = _parameters(PLAIN, seed) | _objective(None if mean else 0.5)
        booster = lightgbm.train(parameters, rows, PLAIN.rounds)
        return np.asarray(booster.predict(asked, num_threads=1), np.float64)


def _objective(quantile: float | None) -> dict[str, object]:
    if quantile is None:
        return {"objective": "regression"}
    if quantile == 0.5:
        return {"objective": "regression_l1"}
    return {"objective": "quantile", "alpha": quantile}


def _parameters(recipe: Recipe, seed: int) -> dict[str, object]:
    return {
        "learning_rate": recipe.rate,
        "num_leaves": recipe.leaves,
        "min_data_in_leaf": recipe.leaf_rows,
        "feature_fraction": recipe.feature_share,
        "bagging_fraction": recipe.row_share,
        "bagging_freq": 1 if recipe.row_share < 1 else 0,
        "lambda_l2": recipe.ridge,
        "seed": seed,
        "deterministic": True,
        "force_row_wise": True,
        "num_threads": 1,
        "verbosity": -1,
    }
