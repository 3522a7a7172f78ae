"""LightGBM's text model, read into plain arrays of trees.

The text holds one block per tree (``Tree=0`` ...) with one line per array. Inner nodes are numbered
from 0; a negative child ``c`` is leaf ``-c - 1``. ``decision_type`` is a set of bits: 1 categorical, 2
missing goes left, and in bits 4 and 8 what counts as missing (0 nothing: NaN is taken for 0; 4 zero;
8 NaN). Categorical splits and zero as missing are not used here and refused. The last of the rest
are shrunk already: ``leaf_value`` is what is added.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import numpy.typing as npt

from ai_center.datasets.table import Floats, Ints, Mask
from ai_center.errors import Unconvertible
from ai_center.forecasts.trees import LEAF, Trees

CATEGORICAL, LEFT, ZERO, NAN = 1, 2, 4, 8


def read(text: str, *, features: int) -> Trees:
    """Read a text model.

    Args:
        text: what LightGBM writes.
        features: number of features a row has.

    Raises:
        Unconvertible: a tree holds what these arrays cannot.
    """
    parts = [_nodes(_block(part)) for part in text.split("\nTree=")[1:]]
    if not parts:
        raise Unconvertible("the text holds no tree")
    starts = np.cumsum([0, *(len(part["feature"]) for part in parts)])
    return Trees(
        outputs=1,
        features=features,
        roots=starts[:-1].astype(np.int64),
        target=np.zeros(len(parts), np.int64),
        feature=_whole(parts, "feature"),
        threshold=np.concatenate([part["threshold"] for part in parts]).astype(np.float32),
        missing_left=np.concatenate([part["missing_left"] for part in parts]).astype(np.bool_),
        left=np.concatenate([p["left"] + s for p, s in zip(parts, starts[:-1], strict=True)]),
        right=np.concatenate([p["right"] + s for p, s in zip(parts, starts[:-1], strict=True)]),
        value=np.concatenate([part["value"] for part in parts]),
        gain=np.concatenate([part["gain"] for part in parts]),
    )


def rounded_down(values: Floats) -> npt.NDArray[np.float32]:
    """The largest float32 that is not above each value.

    >>> bool(rounded_down(np.array([0.1]))[0] <= 0.1)
    True
    """
    near = values.astype(np.float32)
    below = np.nextafter(near, np.float32(-np.inf))
    return np.where(near.astype(np.float64) > values, below, near).astype(np.float32)


def _block(part: str) -> Mapping[str, str]:
    lines = part.split("\n\n", 1)[0].splitlines()
    return dict(line.split("=", 1) for line in lines if "=" in line)


def _nodes(block: Mapping[str, str]) -> dict[str, npt.NDArray[np.generic]]:
    """Arrays of one tree: inner nodes first, its leaves behind them."""
    values = _floats(block, "leaf_value")
    if block["num_leaves"] == "1":
        return _leaves(values)
    kinds = _ints(block, "decision_type")
    if (kinds & CATEGORICAL).any() or (kinds & ZERO).any():
        raise Unconvertible("a split is categorical or takes zero for missing")
    inner = len(kinds)
    thresholds = _floats(block, "threshold")
    nan_left = np.where(kinds & NAN, (kinds & LEFT) > 0, thresholds >= 0)
    ends = _leaves(values)
    return {
        "feature": np.concatenate([_ints(block, "split_feature"), ends["feature"]]),
        "threshold": np.concatenate([rounded_down(thresholds), ends["threshold"]]),
        "missing_left": np.concatenate([nan_left, ends["missing_left"]]),
        "left": np.concatenate([_child(_ints(block, "left_child"), inner), ends["left"]]),
        "right": np.concatenate([_child(_ints(block, "right_child"), inner), ends["right"]]),
        "value": np.concatenate([np.zeros(inner), ends["value"]]),
        "gain": np.concatenate([_floats(block, "split_gain"), ends["gain"]]),
    }


def _leaves(values: Floats) -> dict[str, npt.NDArray[np.generic]]:
    none: Ints = np.zeros(len(values), np.int64)
    false: Mask = np.zeros(len(values), np.bool_)
    return {
        "feature": none + LEAF,
        "threshold": np.zeros(len(values), np.float32),
        "missing_left": false,
        "left": none,
        "right": none,
        "value": values,
        "gain": np.zeros(len(values)),
    }


def _child(children: Ints, inner: int) -> Ints:
    return np.where(children < 0, inner - children - 1, children)


def _whole(parts: list[dict[str, npt.NDArray[np.generic]]], name: str) -> Ints:
    return np.concatenate([part[name] for part in parts]).astype(np.int64)


def _floats(block: Mapping[str, str], name: str) -> Floats:
    return np.array(block[name].split(), np.float64)


def _ints(block: Mapping[str, str], name: str) -> Ints:
    return np.array(block[name].split(), np.int64)
