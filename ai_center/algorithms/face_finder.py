"""Finds the face that a photo is about: the largest near the centre, and who else is there.

Small photos are enlarged and large ones reduced before detection. The detector is at home with
faces of some 60 to 300 pixels: the chip photo of an identity card (102 x 126 pixels) and the 150 x
150 pixels of the test set lose points of accuracy at their own size, and a 12-megapixel frame only
costs time.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ai_center import alignment
from ai_center.domain import DetectedFace, ModelIdentity
from ai_center.errors import PhotoRefused

Image = npt.NDArray[np.uint8]
"""Shape (height, width, 3), uint8, channels blue, green, red."""

DETECT_MIN_SIDE = 300
"""The longer side is enlarged to this many pixels before detection."""

DETECT_MAX_SIDE = 640
"""... and reduced to this many: 17 ms on one core, and the face nearest the camera stays large."""

COMPANION_SHARE = 0.35
"""A further face counts as a second person in front of the camera from this share of the chosen
face's area on; smaller ones stand behind."""

COMPANION_SCORE = 0.6
"""... and only if the detector is this sure."""


class Resizing(Protocol):
    """Changes the size of a photo."""

    def resize(self, image: Image, factor: float) -> Image:
        """Enlarge smoothly, or reduce by area averaging."""
        ...


class Detector(Protocol):
    """Finds faces with five points."""

    @property
    def model(self) -> ModelIdentity:
        """Its weights."""
        ...

    def detect(self, image: Image) -> list[DetectedFace]:
        """All faces, in pixels of ``image``."""
        ...


@dataclass(frozen=True, slots=True)
class Found:
    """The face a photo is about, in pixels of the photo, and how many others stand in front."""

    face: DetectedFace
    companions: int


class FaceFinder:
    """A detector with the rules above."""

    def __init__(
        self, imaging: Resizing, detector: Detector, *, min_side: int = DETECT_MIN_SIDE
    ) -> None:
        """Take the technology; ``min_side`` of 1 leaves small photos as they are."""
        self._imaging = imaging
        self.detector = detector
        self._min_side = min_side

    def find(self, image: Image) -> Found:
        """The face of a photo.

        Raises:
            PhotoRefused: there is none.
        """
        faces = self._detect(image)
        height, width = image.shape[:2]
        boxes = np.array([face.box for face in faces], np.float32)
        chosen = faces[alignment.nearest_face(boxes, width=width, height=height)]
        return Found(chosen, _companions(faces, chosen))

    def _detect(self, image: Image) -> list[DetectedFace]:
        longer = max(image.shape[:2])
        factor = min(max(longer, self._min_side), DETECT_MAX_SIDE) / longer
        seen = image if factor == 1.0 else self._imaging.resize(image, factor)
        faces = self.detector.detect(seen)
        if not faces:
            raise PhotoRefused("no-face", "no face was found in the photo")
        ratio = seen.shape[1] / image.shape[1], seen.shape[0] / image.shape[0]
        return faces if factor == 1.0 else [_scaled_back(face, *ratio) for face in faces]


def _scaled_back(face: DetectedFace, across: float, down: float) -> DetectedFace:
    x, y, wide, high = face.box
    return DetectedFace(
        box=(x / across, y / down, wide / across, high / down),
        points=(face.points / np.array([across, down])).astype(np.float32),
        score=face.score,
    )


def _companions(faces: Sequence[DetectedFace], chosen: DetectedFace) -> int:
    area = chosen.box[2] * chosen.box[3]
    return sum(
        1
        for face in faces
        if face is not chosen
        and face.score >= COMPANION_SCORE
        and face.box[2] * face.box[3] >= COMPANION_SHARE * area
    )
