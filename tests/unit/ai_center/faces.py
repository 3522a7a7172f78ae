"""Drawn faces and the simplest technology that sees them, so that no weights are needed.

A drawn face is five coloured dots; the detector finds the colours, the embedder shrinks the aligned
face. Both are deterministic.
"""

from __future__ import annotations

from collections.abc import Sequence

import cv2
import numpy as np
import numpy.typing as npt

from ai_center import DetectedFace, ModelIdentity
from ai_center.adapters.opencv import OpenCvImaging
from ai_center.algorithms.face import FacePipeline
from ai_center.alignment import ARCFACE_112, Points

MODEL = ModelIdentity(name="drawn", version="1", sha256="ab" * 32)
EYES: Points = np.array([[40, 40], [80, 40], [60, 62], [45, 85], [75, 85]], dtype=np.float32)
COLOURS = ((255, 0, 0), (0, 255, 0), (0, 0, 255), (255, 255, 0), (255, 0, 255))


def draw(points: Points = EYES, *, width: int = 200, height: int = 160) -> npt.NDArray[np.uint8]:
    """A grey picture with one face."""
    image = np.full((height, width, 3), 128, np.uint8)
    size = max(2, round(float(np.hypot(*(points[1] - points[0]))) / 10))
    for (x, y), colour in zip(points, COLOURS, strict=True):
        cv2.circle(image, (round(float(x)), round(float(y))), size, colour, -1)
    return image


def png(image: npt.NDArray[np.uint8]) -> bytes:
    return bytes(cv2.imencode(".png", image)[1])


class ColourDetector:
    """Finds the dots by colour."""

    model = ModelIdentity(name="colours", version="1", sha256="cd" * 32)

    def detect(self, image: npt.NDArray[np.uint8]) -> list[DetectedFace]:
        found = []
        for colour in COLOURS:
            apart = np.abs(image.astype(int) - np.array(colour)).sum(axis=2)
            rows, columns = np.nonzero(apart < 150)
            if not len(rows):
                return []
            found.append((columns.mean(), rows.mean()))
        points = np.array(found, np.float32)
        left, top = points.min(axis=0) - 10
        right, bottom = points.max(axis=0) + 10
        return [DetectedFace(box=(left, top, right - left, bottom - top), points=points, score=0.9)]


class ShrinkingEmbedder:
    """Averages the aligned face to 4 x 4 x 3 numbers."""

    model = MODEL
    template = ARCFACE_112
    side = 112

    def embed(self, faces: Sequence[npt.NDArray[np.uint8]]) -> npt.NDArray[np.float32]:
        small = [f.reshape(4, 28, 4, 28, 3).mean(axis=(1, 3)).ravel() for f in faces]
        return np.stack(small).astype(np.float32)


class Ticks:
    """A timer that moves by a millisecond every time it is read."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        self.now += 0.001
        return self.now


def pipeline(*, detect_min_side: int = 1) -> FacePipeline:
    return FacePipeline(
        OpenCvImaging(),
        ColourDetector(),
        ShrinkingEmbedder(),
        timer=Ticks(),
        detect_min_side=detect_min_side,
    )
