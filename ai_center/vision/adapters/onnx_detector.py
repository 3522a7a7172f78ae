"""The detector in ONNX Runtime: tiles of a picture in, boxes out."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np
import onnxruntime

from ai_center.vision.adapters.lesson_pool import cut
from ai_center.vision.decoding import Detected, decoded
from ai_center.vision.frames import Picture
from ai_center.vision.geometry import Camera
from ai_center.vision.network import TILE
from ai_center.vision.tiles import Tile, plan_tiles, put_together

LEAST_SCORE: Final = 0.15
"""The zones ask for more before they believe in something new; this is enough to keep it."""

OVERLAP: Final = 0.5


class OnnxDetector:
    """One network for the camera of one stand."""

    def __init__(self, weights: bytes, camera: Camera, *, threads: int = 1) -> None:
        """Open checked weights.

        Args:
            weights: the ONNX file (see ``onnx_writer.py``).
            camera: says which tiles are looked at.
            threads: computing threads.
        """
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        self._session = onnxruntime.InferenceSession(
            weights, options, providers=["CPUExecutionProvider"]
        )
        self._tiles: Sequence[Tile] = plan_tiles(camera)
        self._size = (camera.width, camera.height)

    def found(self, picture: Picture) -> Detected:
        """Boxes in pixels of the picture, best first.

        Raises:
            ValueError: the picture is not of the camera's size.
        """
        if picture.shape != (self._size[1], self._size[0], 3):
            raise ValueError(f"picture is {picture.shape}, the camera's is {self._size}")
        pieces = np.stack([cut(picture, tile) for tile in self._tiles])
        planes = np.ascontiguousarray(pieces.transpose(0, 3, 1, 2), np.float32)
        raw = self._session.run(["cells"], {"pictures": planes})[0]
        seen = [decoded(rows, *TILE, least=LEAST_SCORE, overlap=OVERLAP) for rows in raw]
        return put_together(self._tiles, seen, self._size, overlap=OVERLAP)
