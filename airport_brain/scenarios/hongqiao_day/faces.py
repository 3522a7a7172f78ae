"""The cast: faces that open-source packages ship with their own demonstrations.

scikit-image ships a NASA portrait, insightface a group photograph; both are installed as dependencies
and nothing of them is copied. A document photo is the picture as it is; what a gate camera sees is
the same picture under other light, size and noise, and is encoded anew.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any, Self

import cv2
import numpy as np
from numpy.typing import NDArray

GROUP_FACES: tuple[tuple[int, int, int, int], ...] = (
    (412, 233, 622, 443),
    (692, 308, 902, 518),
    (1067, 228, 1277, 438),
    (8, 227, 218, 437),
    (214, 108, 424, 318),
)
"""Squares (left, top, right, bottom) around those people of insightface's group photograph who look at
the camera; the sixth looks aside, and no desk would enrol that photo."""

SIDE = 480


@dataclass(frozen=True, slots=True)
class Cast:
    """Pictures of different people, one each, as BGR arrays."""

    people: tuple[NDArray[np.uint8], ...]

    @classmethod
    def load(cls) -> Self:
        """Read the pictures from the installed packages."""
        return cls(tuple(_people()))

    def document_photo(self, person: int) -> bytes:
        """JPEG of a person as the document shows them."""
        return _jpeg(self.people[person], 92)

    def camera_view(self, person: int, seed: str) -> bytes:
        """JPEG of a person as a gate camera sees them; the same seed gives the same view."""
        chooser = random.Random(seed)
        picture: NDArray[Any] = self.people[person].astype(np.float32)
        picture = picture * chooser.uniform(0.82, 1.15) + chooser.uniform(-12, 12)
        height, width = picture.shape[:2]
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), chooser.uniform(-5, 5), 1.0)
        picture = cv2.warpAffine(picture, turn, (width, height), borderMode=cv2.BORDER_REPLICATE)
        noise = np.random.default_rng(chooser.getrandbits(32)).normal(0, 3, picture.shape)
        return _jpeg(np.clip(picture + noise, 0, 255).astype(np.uint8), 85)


def _jpeg(picture: NDArray[np.uint8], quality: int) -> bytes:
    done, data = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    if not done:
        raise ValueError("OpenCV could not encode a picture as JPEG")
    return data.tobytes()


def _people() -> list[NDArray[np.uint8]]:
    portrait = _read(Path(str(files("skimage") / "data" / "astronaut.png")))
    people = [_squared(portrait[0:300, 70:370])]
    group = _read(Path(str(files("insightface") / "data" / "images" / "t1.jpg")))
    people += [_squared(group[t:b, left:r]) for left, t, r, b in GROUP_FACES]
    return people


def _read(path: Path) -> NDArray[np.uint8]:
    picture = cv2.imread(str(path), cv2.IMREAD_COLOR)
    if picture is None:
        raise FileNotFoundError(f"{path} is not a readable picture")
    return np.asarray(picture, dtype=np.uint8)


def _squared(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.asarray(cv2.resize(picture, (SIDE, SIDE)), dtype=np.uint8)
