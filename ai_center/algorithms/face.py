"""A photo becomes a face that can be compared: decode, detect, choose, align, embed.

Pure steps; the technology comes in through three small ports that only this pipeline uses
(:class:`Imaging`, :class:`Detector`, :class:`Embedder`). The same photo gives the same observation
every time, and a batch gives what its photos give one by one.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ai_center import alignment, quality
from ai_center.algorithms import photo
from ai_center.algorithms.face_finder import DETECT_MIN_SIDE, Detector, FaceFinder, Found, Image
from ai_center.algorithms.liveness import LivenessCheck
from ai_center.domain import (
    DetectedFace,
    FaceObservation,
    Liveness,
    ModelIdentity,
    Outcome,
    Vector,
)
from ai_center.errors import PhotoRefused
from ai_center.quality import QualityMeasure

COARSE = 0.5
"""Below this scale the photo is averaged down first: a plain warp would skip pixels."""


class Imaging(Protocol):
    """Pixels in and out of bytes, and moved about."""

    def decode(self, photo: bytes) -> Image:
        """Decode JPEG or PNG, turned upright as its EXIF says.

        Raises:
            PhotoRefused: the bytes are broken.
        """
        ...

    def resize(self, image: Image, factor: float) -> Image:
        """Enlarge smoothly, or reduce by area averaging."""
        ...

    def warp(self, image: Image, matrix: npt.NDArray[np.float64], side: int) -> Image:
        """Cut ``side`` x ``side`` pixels through a 2 x 3 matrix; the border is replicated."""
        ...

    def grey(self, image: Image) -> npt.NDArray[np.uint8]:
        """Luminance."""
        ...


class Embedder(Protocol):
    """Turns aligned faces into vectors."""

    @property
    def model(self) -> ModelIdentity:
        """Its weights."""
        ...

    @property
    def template(self) -> alignment.Points:
        """Where it wants the five points."""
        ...

    @property
    def side(self) -> int:
        """Pixels per side of the aligned face it takes."""
        ...

    def embed(self, faces: Sequence[Image]) -> npt.NDArray[np.float32]:
        """Shape (n, dimension), float32, the model's own norm."""
        ...


@dataclass(frozen=True, slots=True)
class _Aligned:
    """A photo on its way: everything but the embedding."""

    face: DetectedFace
    chip: Image
    quality: tuple[QualityMeasure, ...]
    liveness: Liveness | None
    stage_ms: dict[str, float]


class FacePipeline:
    """The face algorithm; see the module's own words."""

    def __init__(
        self,
        imaging: Imaging,
        detector: Detector,
        embedder: Embedder,
        *,
        timer: Callable[[], float],
        detect_min_side: int = DETECT_MIN_SIDE,
        liveness: LivenessCheck | None = None,
    ) -> None:
        """Take the technology.

        Args:
            imaging: pixels.
            detector: finds the face.
            embedder: makes the vector.
            timer: seconds, monotonic; only for ``stage_ms``.
            detect_min_side: see :class:`FaceFinder`; 1 leaves small photos as they are.
            liveness: looks at every face too; ``None`` leaves that out.
        """
        self._imaging = imaging
        self._finder = FaceFinder(imaging, detector, min_side=detect_min_side)
        self._embedder = embedder
        self._timer = timer
        self._liveness = liveness

    @property
    def model(self) -> ModelIdentity:
        """The recogniser's weights."""
        return self._embedder.model

    @property
    def detector(self) -> Detector:
        """What finds the face."""
        return self._finder.detector

    @property
    def embedder(self) -> Embedder:
        """What makes the vector."""
        return self._embedder

    def predict(self, batch: Sequence[bytes]) -> list[Outcome]:
        """Observe every photo; the embeddings are made in one run."""
        prepared = [self._prepare(data) for data in batch]
        ready = [item for item in prepared if isinstance(item, _Aligned)]
        started = self._timer()
        vectors = iter(self._embedder.embed([item.chip for item in ready]) if ready else ())
        embed_ms = 1e3 * (self._timer() - started) / max(1, len(ready))
        return [
            Outcome(value=self._finish(item, next(vectors), embed_ms), model=self.model)
            if isinstance(item, _Aligned)
            else Outcome(fault=item, model=self.model)
            for item in prepared
        ]

    def observe(self, data: bytes) -> FaceObservation:
        """Observe one photo.

        Raises:
            PhotoRefused: it cannot be used; the code says why.
        """
        item = self._prepare(data)
        if isinstance(item, PhotoRefused):
            raise item
        started = self._timer()
        vector = self._embedder.embed([item.chip])[0]
        return self._finish(item, vector, 1e3 * (self._timer() - started))

    def _prepare(self, data: bytes) -> _Aligned | PhotoRefused:
        try:
            return self._align(data)
        except PhotoRefused as refusal:
            return refusal

    def _align(self, data: bytes) -> _Aligned:
        clock = [self._timer()]
        photo.check(data)
        image = self._imaging.decode(data)
        clock.append(self._timer())
        found = self._finder.find(image)
        clock.append(self._timer())
        chip = self._cut(image, found.face)
        clock.append(self._timer())
        measures = self._measure(image, chip, found)
        clock.append(self._timer())
        names = ["decode", "detect", "align", "quality"]
        liveness = None
        if self._liveness is not None:
            liveness = self._liveness.judge(image, found.face.box)
            clock.append(self._timer())
            names.append("liveness")
        stage_ms = {
            name: 1e3 * (after - before)
            for name, before, after in zip(names, clock[:-1], clock[1:], strict=True)
        }
        return _Aligned(found.face, chip, measures, liveness, stage_ms)

    def _measure(self, image: Image, chip: Image, found: Found) -> tuple[QualityMeasure, ...]:
        height, width = image.shape[:2]
        return (
            *quality.measure_image(self._imaging.grey(chip)),
            *quality.measure_colour(chip),
            *quality.measure_place(
                found.face.box,
                found.face.points,
                width=width,
                height=height,
                further_faces=found.companions,
            ),
        )

    def _cut(self, image: Image, face: DetectedFace) -> Image:
        matrix = alignment.similarity(face.points, self._embedder.template)
        scale = alignment.scale_of(matrix)
        points = face.points
        if scale < COARSE:
            x, y, wide, high = face.box
            left, top = max(0, int(x - wide)), max(0, int(y - high))
            part = image[top : int(y + 2 * high) + 1, left : int(x + 2 * wide) + 1]
            image = self._imaging.resize(part, 2 * scale)
            ratio = np.array([image.shape[1] / part.shape[1], image.shape[0] / part.shape[0]])
            points = ((points - np.array([left, top])) * ratio).astype(np.float32)
            matrix = alignment.similarity(points, self._embedder.template)
        return self._imaging.warp(image, matrix, self._embedder.side)

    def _finish(self, item: _Aligned, vector: Vector, embed_ms: float) -> FaceObservation:
        stages: Mapping[str, float] = {**item.stage_ms, "embed": embed_ms}
        return FaceObservation(
            embedding=vector,
            box=item.face.box,
            points=item.face.points,
            detector_score=item.face.score,
            quality=item.quality,
            liveness=item.liveness,
            model=self._embedder.model,
            detector=self._finder.detector.model,
            stage_ms={name: round(value, 3) for name, value in stages.items()},
        )


FACE_LIMITS = (
    "1:1 comparison with the identity document in hand only; no search in a crowd (1:N); "
    "no presentation attack detection: a photograph of a photograph passes unless the liveness check "
    "is on, and some pass even then"
)
"""What the face card says about itself."""

SIGNATURE_NOTES: Mapping[str, str] = MappingProxyType(
    {
        "payload": "one JPEG or PNG photo, as bytes",
        "answer": "FaceObservation: embedding, box, points, quality, model, milliseconds per stage, "
        "liveness when that is on",
    }
)
