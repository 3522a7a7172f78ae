"""Grown trees as plain arrays, between the library that grew them and the format that serves them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ai_center.datasets.table import Floats, Ints, Mask
from ai_center.forecasts.task import Matrix, Recipe

LEAF = -1
"""Stands for a feature where a node is a leaf."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Trees:
    """An ensemble whose outputs are sums of leaf values.

    Every array but ``target`` and ``roots`` has one entry per node. A row goes left where its
    feature is at most the threshold; thresholds are float32 rounded down, so that float32 rows go
    exactly where float64 thresholds would send them.

    Attributes:
        outputs: number of outputs.
        features: number of features a row has.
        roots: node number of each tree's root, ascending; a tree's nodes lie together.
        target: output that each tree adds to.
        feature: number of the feature that is looked at, or ``LEAF``.
        threshold: float32.
        missing_left: whether a row without the feature goes left.
        left: node number.
        right: node number.
        value: what a leaf adds.
        gain: what a split gained; for importance only.
    """

    outputs: int
    features: int
    roots: Ints
    target: Ints
    feature: Ints
    threshold: npt.NDArray[np.float32]
    missing_left: Mask
    left: Ints
    right: Ints
    value: Floats
    gain: Floats

    def predict(self, rows: Matrix) -> Floats:
        """Outputs, shape (rows, outputs); slow and exact, to check others against."""
        sums = np.zeros((len(rows), self.outputs))
        every = np.arange(len(rows))
        for root, target in zip(self.roots, self.target, strict=True):
            at = np.full(len(rows), root)
            while (inner := self.feature[at] != LEAF).any():
                seen = rows[every, np.maximum(self.feature[at], 0)]
                low = np.where(np.isnan(seen), self.missing_left[at], seen <= self.threshold[at])
                at = np.where(inner, np.where(low, self.left[at], self.right[at]), at)
            sums[:, target] += self.value[at]
        return sums

    def importance(self) -> Floats:
        """Share of the whole gain that each feature brought, shape (features,)."""
        inner = self.feature != LEAF
        gains = np.bincount(
            self.feature[inner], weights=np.maximum(self.gain[inner], 0), minlength=self.features
        )
        whole = gains.sum()
        return np.asarray(gains / whole if whole else gains, np.float64)


def joined(parts: Sequence[Sequence[Trees]]) -> Trees:
    """One ensemble whose output ``i`` is the mean of the ensembles in ``parts[i]``."""
    placed = [
        (number, member, 1.0 / len(members))
        for number, members in enumerate(parts)
        for member in members
    ]
    starts = np.cumsum([0, *(len(member.feature) for _, member, _ in placed)])[:-1]
    with_start = list(zip(placed, starts, strict=True))
    return Trees(
        outputs=len(parts),
        features=placed[0][1].features,
        roots=np.concatenate([m.roots + s for (_, m, _), s in with_start]),
        target=np.concatenate([np.full(len(m.roots), n, np.int64) for n, m, _ in placed]),
        feature=np.concatenate([m.feature for _, m, _ in placed]),
        threshold=np.concatenate([m.threshold for _, m, _ in placed]),
        missing_left=np.concatenate([m.missing_left for _, m, _ in placed]),
        left=np.concatenate([m.left + s for (_, m, _), s in with_start]),
        right=np.concatenate([m.right + s for (_, m, _), s in with_start]),
        value=np.concatenate([m.value * share for _, m, share in placed]),
        gain=np.concatenate([m.gain * share for _, m, share in placed]),
    )


class Grower(Protocol):
    """Grows trees; the adapter is ``lightgbm_grower``."""

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
        """Learn a quantile (0.5: the median, by absolute error) of the target; ``None``: its mean.

        The same arguments give the same trees.
        """
        ...

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
        """What trees with usual settings, grown on plain features, say of the rows asked for.

        Args:
            features: to learn from.
            target: of the same rows.
            asked: rows to answer.
            labels: numbers of the features that are labels, not amounts.
            mean: learn the mean instead of the median.
            seed: of the growing.
        """
        ...


class Predictor(Protocol):
    """Opened trees; the adapter is ``onnx_trees``."""

    def predict(self, rows: Matrix) -> Floats:
        """Outputs, shape (rows, outputs)."""
        ...
