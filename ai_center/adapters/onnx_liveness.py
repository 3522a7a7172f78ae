"""Liveness nets of the MiniFASNet family with ONNX Runtime.

A net takes 80 x 80 pixels, blue, green, red, 0..255, without mean or scale.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import onnxruntime

from ai_center.adapters.onnx_embedder import session_options
from ai_center.algorithms.face_finder import Image
from ai_center.domain import ModelIdentity


class OnnxLivenessNet:
    """One net in one session."""

    def __init__(self, weights: bytes, model: ModelIdentity, *, scale: float, threads: int) -> None:
        """Open checked weights.

        Args:
            weights: the ONNX file.
            model: what they are.
            scale: sides of the crop, in sides of the face's box.
            threads: computing threads.
        """
        self._model = model
        self._scale = scale
        self._session = onnxruntime.InferenceSession(
            weights, session_options(threads), providers=["CPUExecutionProvider"]
        )
        entry = self._session.get_inputs()[0]
        self._name, self._side = entry.name, int(entry.shape[-1])

    @property
    def model(self) -> ModelIdentity:
        """Its weights."""
        return self._model

    @property
    def scale(self) -> float:
        """Sides of its crop, in sides of the face's box."""
        return self._scale

    @property
    def side(self) -> int:
        """Pixels per side of the square it takes."""
        return self._side

    def probabilities(self, crops: Sequence[Image]) -> npt.NDArray[np.float32]:
        """Shape (n, 3), float32; rows add up to 1."""
        planes = np.stack(crops).transpose(0, 3, 1, 2).astype(np.float32)
        found = self._session.run(["probabilities"], {self._name: np.ascontiguousarray(planes)})[0]
        return np.asarray(found, np.float32)
