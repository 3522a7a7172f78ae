"""Pixels and face detection with OpenCV.

The detector is YuNet through ``cv2.FaceDetectorYN``: blue-green-red, 0..255, any size; a row is
box x, y, width, height, five points x, y, score.
"""

from __future__ import annotations

import threading
from typing import Any

import cv2
import numpy as np
import numpy.typing as npt

from ai_center.algorithms.face_finder import Image
from ai_center.domain import DetectedFace, ModelIdentity
from ai_center.errors import PhotoRefused

NMS_OVERLAP = 0.3
"""Boxes that overlap more than this are one face."""

TOP_K = 200
"""Candidates kept before overlapping ones are merged."""


class OpenCvImaging:
    """Decode, resize and warp."""

    def decode(self, photo: bytes) -> Image:
        """Decode JPEG or PNG to blue-green-red, turned upright as its EXIF says."""
        try:
            image = cv2.imdecode(np.frombuffer(photo, np.uint8), cv2.IMREAD_COLOR)
        except cv2.error:
            image = None
        if image is None:
            raise PhotoRefused("broken", "the photo file is damaged")
        return np.asarray(image, np.uint8)

    def resize(self, image: Image, factor: float) -> Image:
        """Enlarge smoothly, or reduce by area averaging."""
        height, width = image.shape[:2]
        size = (max(1, round(width * factor)), max(1, round(height * factor)))
        how = cv2.INTER_AREA if factor < 1 else cv2.INTER_LINEAR
        return np.asarray(cv2.resize(image, size, interpolation=how), np.uint8)

    def stretch(self, image: Image, side: int) -> Image:
        """Fit into a square, bilinear, each direction by itself."""
        return np.asarray(cv2.resize(image, (side, side), interpolation=cv2.INTER_LINEAR), np.uint8)

    def warp(self, image: Image, matrix: npt.NDArray[np.float64], side: int) -> Image:
        """Cut through a 2 x 3 matrix; the border is replicated."""
        cut = cv2.warpAffine(
            image, matrix, (side, side), flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
        )
        return np.asarray(cut, np.uint8)

    def grey(self, image: Image) -> npt.NDArray[np.uint8]:
        """Luminance."""
        return np.asarray(cv2.cvtColor(image, cv2.COLOR_BGR2GRAY), np.uint8)


class YuNetDetector:
    """YuNet; one native object, so calls from several threads wait for each other."""

    def __init__(self, weights: bytes, model: ModelIdentity, *, min_score: float) -> None:
        """Load checked weights.

        Args:
            weights: the ONNX file.
            model: what they are.
            min_score: faces below it are not given.
        """
        self._model = model
        self._lock = threading.Lock()
        cv2.utils.logging.setLogLevel(cv2.utils.logging.LOG_LEVEL_ERROR)
        self._net = cv2.FaceDetectorYN.create(
            "onnx",
            np.frombuffer(weights, np.uint8),
            np.empty(0, np.uint8),
            (320, 320),
            min_score,
            NMS_OVERLAP,
            TOP_K,
        )

    @property
    def model(self) -> ModelIdentity:
        """Its weights."""
        return self._model

    def detect(self, image: Image) -> list[DetectedFace]:
        """All faces, in pixels of ``image``."""
        height, width = image.shape[:2]
        with self._lock:
            self._net.setInputSize((width, height))
            found: Any = self._net.detect(image)
        rows: npt.NDArray[np.float32] | None = found[1]
        if rows is None:
            return []
        return [
            DetectedFace(
                box=(float(row[0]), float(row[1]), float(row[2]), float(row[3])),
                points=np.asarray(row[4:14], np.float32).reshape(5, 2),
                score=float(row[14]),
            )
            for row in rows
        ]


def limit_threads(threads: int) -> None:
    """Keep OpenCV from taking every core of a machine that others work on too."""
    cv2.setNumThreads(threads)
