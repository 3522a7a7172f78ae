"""Trees with ONNX Runtime: serving needs no LightGBM."""

from __future__ import annotations

import numpy as np
import onnxruntime

from ai_center.adapters.onnx_embedder import session_options
from ai_center.datasets.table import Floats
from ai_center.forecasts.task import Matrix


class OnnxTrees:
    """One ensemble in one session."""

    def __init__(self, weights: bytes, *, threads: int = 1) -> None:
        """Open checked weights (see ``conversion/tree_ensemble.py``)."""
        self._session = onnxruntime.InferenceSession(
            weights, session_options(threads), providers=["CPUExecutionProvider"]
        )

    def predict(self, rows: Matrix) -> Floats:
        """Outputs, shape (rows, outputs), float64."""
        if not len(rows):
            return np.zeros((0, self._session.get_outputs()[0].shape[1]))
        sums = self._session.run(None, {"rows": np.ascontiguousarray(rows, np.float32)})[0]
        return np.asarray(sums, np.float64)
