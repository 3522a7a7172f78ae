"""Face embeddings with ONNX Runtime.

ONNX Runtime sizes its thread pool by the machine and not by what its process was granted, so the
number of threads is always said.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import onnxruntime

from ai_center import alignment
from ai_center.algorithms.face_finder import Image
from ai_center.domain import ModelIdentity


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """How a network wants its pixels.

    Attributes:
        side: pixels per side.
        template: name in :data:`ai_center.alignment.TEMPLATES`.
        colour: order of the channels, ``RGB`` or ``BGR``.
        mean: taken off every channel, in that order.
        std: then divided by this.
        dynamic_batch: takes several faces in one run.
        mirror: average the vectors of the face and of its mirror image. Twice the computing; for
            dlib's network a third of the falsely refused pairs get through at an FMR of 1e-3.
    """

    side: int
    template: str
    colour: str
    mean: tuple[float, float, float]
    std: float
    dynamic_batch: bool = True
    mirror: bool = False


class OnnxEmbedder:
    """One recogniser in one session."""

    def __init__(
        self, weights: bytes, model: ModelIdentity, expects: Input, *, threads: int
    ) -> None:
        """Open checked weights.

        Args:
            weights: the ONNX file.
            model: what they are.
            expects: how they want their pixels.
            threads: computing threads.
        """
        self._model = model
        self._input = expects
        self._mean = np.array(expects.mean, np.float32).reshape(1, 3, 1, 1)
        self._session = onnxruntime.InferenceSession(
            weights, session_options(threads), providers=["CPUExecutionProvider"]
        )
        self._name = self._session.get_inputs()[0].name

    @property
    def model(self) -> ModelIdentity:
        """Its weights."""
        return self._model

    @property
    def template(self) -> alignment.Points:
        """Where it wants the five points."""
        return alignment.TEMPLATES[self._input.template]

    @property
    def side(self) -> int:
        """Pixels per side of the aligned face it takes."""
        return self._input.side

    @property
    def providers(self) -> tuple[str, ...]:
        """What really computes, as the session says."""
        return tuple(self._session.get_providers())

    def embed(self, faces: Sequence[Image]) -> npt.NDArray[np.float32]:
        """Shape (n, dimension), float32."""
        pixels = np.stack(faces)
        if self._input.mirror:
            pixels = np.concatenate([pixels, pixels[:, :, ::-1]])
        if self._input.colour == "RGB":
            pixels = pixels[..., ::-1]
        planes = pixels.transpose(0, 3, 1, 2).astype(np.float32)
        planes -= self._mean
        planes /= np.float32(self._input.std)
        runs = [planes] if self._input.dynamic_batch else np.split(planes, len(planes))
        vectors = np.concatenate([self._run(run) for run in runs])
        if self._input.mirror:
            vectors = (vectors[: len(faces)] + vectors[len(faces) :]) / np.float32(2)
        return vectors

    def _run(self, planes: npt.NDArray[np.float32]) -> npt.NDArray[np.float32]:
        vectors = self._session.run(None, {self._name: np.ascontiguousarray(planes)})[0]
        return np.asarray(vectors, np.float32)


def session_options(threads: int) -> onnxruntime.SessionOptions:
    """Options that keep a session inside its share of the machine."""
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    options.enable_cpu_mem_arena = False
    return options
