"""Frames of a camera's stream as pictures."""

from __future__ import annotations

import cv2
import numpy as np

from ai_center.errors import FactsRefused
from ai_center.vision.frames import Picture
from ai_center.vision.geometry import Camera


def opened(jpeg: bytes, camera: Camera) -> Picture:
    """Decode a frame.

    Raises:
        FactsRefused: it is no picture, or not of the camera's size.
    """
    try:
        picture = cv2.imdecode(np.frombuffer(jpeg, np.uint8), cv2.IMREAD_COLOR)
    except cv2.error:
        picture = None
    if picture is None:
        raise FactsRefused("frames", "hold something that is no picture")
    if picture.shape[:2] != (camera.height, camera.width):
        found = f"{picture.shape[1]} x {picture.shape[0]}"
        raise FactsRefused(
            "frames", f"hold a picture of {found}, not {camera.width} x {camera.height}"
        )
    return np.asarray(picture, np.uint8)
