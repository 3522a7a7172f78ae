"""How live does a face look? Nets that see the face with its surroundings, and what they say.

A picture of a face, held up to a camera, has an edge, a gloss, a raster; a net that sees the face
in its surroundings notices some of that. Each net looks at its own crop of the original frame:

- a box ``scale`` times as wide and as high as the face's, around the same centre;
- the scale is limited first, so that the crop fits into the photo;
- a crop that reaches over an edge is moved inside. It is neither padded nor clipped, which would
  change what the nets say;
- stretched to the net's square, each direction by itself.

Each net gives three probabilities; class 1 is a live face. The score is their mean over the nets.

**No presentation attack detection is claimed.** The nets see traces of a recapture and nothing else:
the file of a photo, fed in place of the camera, looks live. Numbers of misses per kind of attack are
not known; measure them with ``airport-brain models evaluate --pad``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
import numpy.typing as npt

from ai_center.algorithms import photo
from ai_center.algorithms.face_finder import FaceFinder, Image
from ai_center.domain import Liveness, LivenessBand, ModelIdentity, Outcome
from ai_center.errors import PhotoRefused

Box = tuple[float, float, float, float]
"""x, y, width, height of a face, pixels."""

LIVE = 1
"""The class of a live face."""

SURE = 0.9
"""A score from which a face is called live without a doubt; below it, and above the threshold, the
nets lean that way and no more."""

ENOUGH_SURROUNDINGS = 0.6
"""Share of the wanted scale that must fit into the photo. A face that fills the picture leaves
nothing of what gives a recapture away."""


class LivenessNet(Protocol):
    """One net and the crop it wants."""

    @property
    def model(self) -> ModelIdentity:
        """Its weights."""
        ...

    @property
    def scale(self) -> float:
        """Sides of its crop, in sides of the face's box."""
        ...

    @property
    def side(self) -> int:
        """Pixels per side of the square it takes."""
        ...

    def probabilities(self, crops: Sequence[Image]) -> npt.NDArray[np.float32]:
        """Shape (n, 3), float32; rows add up to 1."""
        ...


class Stretching(Protocol):
    """Fits pixels into a square."""

    def stretch(self, image: Image, side: int) -> Image:
        """Bilinear, each direction by itself."""
        ...


class Decoding(Protocol):
    """Pixels out of bytes."""

    def decode(self, photo: bytes) -> Image:
        """Decode JPEG or PNG, turned upright as its EXIF says.

        Raises:
            PhotoRefused: the bytes are broken.
        """
        ...


class LivenessCheck:
    """The nets of a set, asked together."""

    def __init__(
        self, imaging: Stretching, nets: Sequence[LivenessNet], *, threshold: float
    ) -> None:
        """Take the technology.

        Args:
            imaging: pixels.
            nets: at least one.
            threshold: score from which a face counts as live.
        """
        self._imaging = imaging
        self._nets = tuple(nets)
        self._threshold = threshold

    @property
    def models(self) -> tuple[ModelIdentity, ...]:
        """Weights of the nets."""
        return tuple(net.model for net in self._nets)

    def judge(self, image: Image, box: Box) -> Liveness:
        """Say how live the face in ``box`` of the original frame looks."""
        live: list[float] = []
        shares: list[float] = []
        for net in self._nets:
            (left, top, right, bottom), share = crop_box(
                box, net.scale, width=image.shape[1], height=image.shape[0]
            )
            crop = self._imaging.stretch(image[top:bottom, left:right], net.side)
            live.append(float(net.probabilities([crop])[0, LIVE]))
            shares.append(share)
        score = sum(live) / len(live)
        band, reason = verdict(live, threshold=self._threshold, surroundings=min(shares))
        return Liveness(
            score=round(score, 6),
            threshold=self._threshold,
            band=band,
            reason=reason,
            surroundings=round(min(shares), 3),
            models=self.models,
        )


def crop_box(
    box: Box, scale: float, *, width: int, height: int
) -> tuple[tuple[int, int, int, int], float]:
    """Where a net looks.

    Args:
        box: of the face; a part of it may lie outside the photo.
        scale: wanted sides of the crop, in sides of the box.
        width: of the photo, pixels.
        height: of the photo, pixels.

    Returns:
        Left, top, right, bottom (the last two excluded), and the share of the scale that fitted.

    >>> crop_box((90, 90, 20, 20), 2.0, width=200, height=200)
    ((80, 80, 121, 121), 1.0)
    >>> crop_box((0, 90, 20, 20), 2.0, width=200, height=200)  # moved inside
    ((0, 80, 41, 121), 1.0)
    """
    x, y, wide, high = box
    used = min(scale, (height - 1) / high, (width - 1) / wide)
    left, right = _span(x + wide / 2, used * wide, width)
    top, bottom = _span(y + high / 2, used * high, height)
    return (left, top, right, bottom), used / scale


def _span(centre: float, length: float, limit: int) -> tuple[int, int]:
    """A stretch of pixels around ``centre``, moved into 0..limit; the end is excluded."""
    start = min(max(0.0, centre - length / 2), max(0.0, limit - 1 - length))
    return int(start), min(limit, int(start + length) + 1)


def verdict(
    live: Sequence[float], *, threshold: float, surroundings: float
) -> tuple[LivenessBand, str]:
    """Band and reason of what the nets say.

    Args:
        live: probability of a live face, per net.
        threshold: mean from which a face counts as live.
        surroundings: share of the wanted scale that fitted into the photo.
    """
    score = sum(live) / len(live)
    if score < threshold:
        return "suspected", "recapture-suspected"
    if surroundings < ENOUGH_SURROUNDINGS:
        return "unsure", "little-surroundings"
    if min(live) < threshold:
        return "unsure", "nets-disagree"
    return ("live", "looks-live") if score >= SURE else ("unsure", "leans-live")


class LivenessAlgorithm:
    """The check as an algorithm of its own: a photo in, a :class:`Liveness` out."""

    def __init__(self, imaging: Decoding, finder: FaceFinder, check: LivenessCheck) -> None:
        """Take the technology."""
        self._imaging = imaging
        self._finder = finder
        self._check = check

    @property
    def model(self) -> ModelIdentity | None:
        """Weights of the first net; the answer names all."""
        return self._check.models[0]

    def predict(self, batch: Sequence[bytes]) -> list[Outcome]:
        """Judge every photo in turn."""
        return [self._answer(data) for data in batch]

    def judge(self, data: bytes) -> Liveness:
        """Judge one photo.

        Raises:
            PhotoRefused: it cannot be used; the code says why.
        """
        photo.check(data)
        image = self._imaging.decode(data)
        return self._check.judge(image, self._finder.find(image).face.box)

    def _answer(self, data: bytes) -> Outcome:
        try:
            return Outcome(value=self.judge(data), model=self.model)
        except PhotoRefused as refusal:
            return Outcome(fault=refusal, model=self.model)


LIVENESS_LIMITS = (
    "notices some recaptures (a print, a screen) of a face; the file of a photo fed in place of the "
    "camera passes; misses per kind of attack are not known: no presentation attack detection is "
    "claimed; needs the face's surroundings, a tightly cut face says little"
)
"""What the liveness card says about itself."""
