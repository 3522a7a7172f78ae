"""LightGBM's trees, our arrays of them and the ONNX file say the same."""

from __future__ import annotations

import numpy as np
import onnx
import pytest

from ai_center.adapters.onnx_trees import OnnxTrees
from ai_center.conversion import lightgbm_text, tree_ensemble
from ai_center.errors import Unconvertible
from ai_center.forecasts.task import Recipe
from ai_center.forecasts.trees import Grower, joined
from ai_center.workbench import grower
from tests.components import missing

RECIPE = Recipe(rounds=30, rate=0.1, leaves=15, leaf_rows=10, feature_share=0.7, row_share=0.8)


@pytest.fixture(scope="module")
def grow() -> Grower:
    try:
        return grower()
    except RuntimeError:
        missing("LightGBM")


def rows(count: int = 1500, *, holes: bool = True) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(3)
    features = draw.normal(size=(count, 5)).astype(np.float32)
    features[:, 1] = np.round(features[:, 1], 1)
    target = 10 * features[:, 0] + np.abs(features[:, 1]) * 5 + draw.normal(size=count)
    if holes:
        features[draw.random((count, 5)) < 0.1] = np.nan
    return features, target.astype(np.float64)


@pytest.mark.parametrize("quantile", [0.1, 0.5])
@pytest.mark.parametrize("holes", [True, False])
def test_three_forms_of_the_same_trees_agree(grow: Grower, quantile: float, holes: bool) -> None:
    lightgbm = pytest.importorskip("lightgbm")
    features, target = rows(holes=holes)
    kind = "regression_l1" if quantile == 0.5 else "quantile"
    booster = lightgbm.train(
        {"objective": kind, "alpha": quantile, "verbosity": -1, "num_threads": 1, "seed": 1},
        lightgbm.Dataset(features, target),
        40,
    )
    asked = np.concatenate([features, rows(300, holes=True)[0]])
    theirs = booster.predict(asked, num_threads=1)
    trees = lightgbm_text.read(booster.model_to_string(), features=5)
    np.testing.assert_allclose(trees.predict(asked)[:, 0], theirs, atol=1e-9)
    served = OnnxTrees(tree_ensemble.convert(trees)).predict(asked)[:, 0]
    np.testing.assert_allclose(served, theirs, atol=2e-5, rtol=1e-6)


def test_values_on_a_threshold_go_where_they_went_when_grown(grow: Grower) -> None:
    features = np.repeat(np.arange(0, 4, 0.1, dtype=np.float32), 40)[:, None]
    target = np.floor(features[:, 0] * 3).astype(np.float64)
    trees = grow.grow(features, target, np.ones(len(target)), quantile=0.5, recipe=RECIPE, seed=1)
    served = OnnxTrees(tree_ensemble.convert(trees)).predict(features)
    np.testing.assert_allclose(served, trees.predict(features), atol=1e-5)


def test_the_same_seed_gives_the_same_file_and_another_seed_another(grow: Grower) -> None:
    features, target = rows()
    weight = np.ones(len(target))

    def file(seed: int) -> bytes:
        trees = grow.grow(features, target, weight, quantile=0.5, recipe=RECIPE, seed=seed)
        return tree_ensemble.convert(trees)

    assert file(1) == file(1)
    assert file(1) != file(2)


def test_joined_trees_give_the_mean_of_their_members_per_output(grow: Grower) -> None:
    features, target = rows()
    weight = np.ones(len(target))
    one, two, low = (
        grow.grow(features, target, weight, quantile=q, recipe=RECIPE, seed=s)
        for q, s in ((0.5, 1), (0.5, 2), (0.1, 1))
    )
    both = joined([[one, two], [low]])
    said = OnnxTrees(tree_ensemble.convert(both)).predict(features)
    mean = (one.predict(features) + two.predict(features))[:, 0] / 2
    np.testing.assert_allclose(said[:, 0], mean, atol=2e-5)
    np.testing.assert_allclose(said[:, 1], low.predict(features)[:, 0], atol=2e-5)
    assert abs(both.importance().sum() - 1) < 1e-9


def test_the_file_is_valid_and_says_what_it_takes(grow: Grower) -> None:
    features, target = rows(300)
    trees = grow.grow(features, target, np.ones(300), quantile=0.5, recipe=RECIPE, seed=1)
    model = onnx.load_from_string(tree_ensemble.convert(trees))
    onnx.checker.check_model(model)
    assert [i.name for i in model.graph.input] == ["rows"]
    assert model.graph.input[0].type.tensor_type.shape.dim[1].dim_value == 5


def test_labels_and_empty_texts_are_refused() -> None:
    lightgbm = pytest.importorskip("lightgbm")
    features, target = rows(600)
    features[:, 2] = np.arange(600) % 7
    booster = lightgbm.train(
        {"objective": "l1", "verbosity": -1, "min_data_per_group": 1, "cat_smooth": 1},
        lightgbm.Dataset(features, target + 9 * (features[:, 2] % 3), categorical_feature=[2]),
        5,
    )
    with pytest.raises(Unconvertible, match="categorical"):
        lightgbm_text.read(booster.model_to_string(), features=5)
    with pytest.raises(Unconvertible, match="no tree"):
        lightgbm_text.read("tree\nversion=v4\n", features=5)


def test_thresholds_are_rounded_down() -> None:
    values = np.random.default_rng(1).normal(size=1000)
    down = lightgbm_text.rounded_down(values)
    assert (down.astype(np.float64) <= values).all()
    assert (np.nextafter(down, np.float32(np.inf)).astype(np.float64) > values).all()
