"""How fit a face photo is, in the component names and on the 0-100 scale of ISO/IEC 29794-5.

Only the components that need no further network: image statistics of the aligned face, size and
place of the face, and a pose guessed from the five points. The names and the direction of the
scale (100 is best) follow the standard; the maps from native value to score are straight ramps of
our own, so a score is a guide for the person at the gate and no conformance result.

Left out, because they need a segmentation, a landmark or an expression network: the unified score,
BackgroundUniformity, CompressionArtifacts, EyesOpen, EyesVisible, MouthClosed,
MouthOcclusionPrevention, FaceOcclusionPrevention, ExpressionNeutrality, NoHeadCoverings.

Native units: pixels, degrees, bits (entropy of the luminance histogram), shares of 1, counts, and
CIELAB units for colour.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

import numpy as np

from ai_center.alignment import Points
from ai_center.face_statistics import (
    Colour,
    Grey,
    colour_distance,
    illumination_uniformity,
    luminance,
    sharpness,
)

DARK, BRIGHT = 25, 247
"""Luminance at or below which a pixel is lost in shadow, at or above which it is burnt out."""

NOSE_REACH = 0.6
"""How far the nose tip stands out before the eyes, in inter-eye distances of a frontal face; it
turns the nose's sideways shift into an angle."""

NOSE_LEVEL = 0.574
"""How far down from the eyes to the mouth the nose tip lies on a level face, as YuNet sees it;
detectors of the ArcFace family put it at 0.495, which reads as 9 degrees."""

NOSE_FALL = 0.52
"""By how much that changes per tangent of the nod: the nose's reach over the distance from eyes to
mouth (1.15 inter-eye distances)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QualityMeasure:
    """One component: its native value, the score made of it, and whether that is enough.

    Attributes:
        name: component of ISO/IEC 29794-5.
        value: native value, in ``unit``.
        score: 0 (useless) to 100 (as good as it needs to be).
        ok: good enough for a comparison; what to do otherwise is the caller's rule.
    """

    name: str
    value: float
    unit: str
    score: float
    ok: bool


@dataclass(frozen=True, slots=True)
class _Scale:
    """Straight ramp from ``zero`` (score 0) to ``full`` (score 100); ``needed`` is still ok."""

    unit: str
    zero: float
    full: float
    needed: float

    def measure(self, name: str, value: float) -> QualityMeasure:
        share = (value - self.zero) / (self.full - self.zero)
        rising = self.full > self.zero
        return QualityMeasure(
            name=name,
            value=round(value, 4),
            unit=self.unit,
            score=round(100 * min(1.0, max(0.0, share)), 1),
            ok=value >= self.needed if rising else value <= self.needed,
        )


@dataclass(frozen=True, slots=True)
class _Hump:
    """A ramp up from ``low`` to ``rise``, 100 until ``fall``, a ramp down to ``high``."""

    unit: str
    low: float
    rise: float
    fall: float
    high: float
    needed: tuple[float, float]

    def measure(self, name: str, value: float) -> QualityMeasure:
        up = (value - self.low) / (self.rise - self.low)
        down = (self.high - value) / (self.high - self.fall)
        return QualityMeasure(
            name=name,
            value=round(value, 4),
            unit=self.unit,
            score=round(100 * min(1.0, max(0.0, min(up, down))), 1),
            ok=self.needed[0] <= value <= self.needed[1],
        )


SCALES: Mapping[str, _Scale | _Hump] = MappingProxyType(
    {
        # Variance of the Laplacian of the aligned face scaled to unit contrast: below the needed
        # value fine structure of the eyes is gone and genuine distances grow.
        "Sharpness": _Scale("variance", 0.0, 0.05, 0.004),
        # Share of the face in deep shadow or burnt out; half a face lost leaves too little.
        "UnderExposurePrevention": _Scale("share", 0.6, 0.0, 0.4),
        "OverExposurePrevention": _Scale("share", 0.5, 0.0, 0.3),
        # The two halves of the face hold the same shades; light from one side parts them.
        "IlluminationUniformity": _Scale("share", 0.0, 0.6, 0.05),
        # Mean and variance of luminance, white being 1: neither dark nor pale, neither flat nor
        # black and white.
        "LuminanceMean": _Hump("share", 0.0, 0.2, 0.8, 1.0, (0.06, 0.94)),
        "LuminanceVariance": _Hump("share", 0.0, 0.01, 0.12, 0.25, (0.001, 0.2)),
        # How far the mean colour of the cheeks lies from that of skin. Pictures without colour get
        # 7; they are fit for comparison, lamps of one colour are not.
        "NaturalColour": _Scale("CIELAB", 40.0, 0.0, 30.0),
        # Entropy of the luminance histogram; 8 bits is the most that 256 levels can carry.
        "DynamicRange": _Scale("bits", 2.0, 7.5, 4.5),
        # The chip photo of an identity card is about 30 pixels between the eyes; a gate camera
        # gives 90 and more.
        "InterEyeDistance": _Scale("px", 10.0, 90.0, 16.0),
        "HeadSize": _Scale("share of image height", 0.05, 0.35, 0.12),
        # Room beside the face box, in face widths and heights; below zero the face is cut off.
        "LeftwardCropOfTheFaceImage": _Scale("face widths", -0.2, 0.3, -0.05),
        "RightwardCropOfTheFaceImage": _Scale("face widths", -0.2, 0.3, -0.05),
        "MarginAboveOfTheFaceImage": _Scale("face heights", -0.3, 0.2, -0.15),
        "MarginBelowOfTheFaceImage": _Scale("face heights", -0.2, 0.2, -0.1),
        "HeadPoseYaw": _Scale("deg", 60.0, 0.0, 35.0),
        "HeadPosePitch": _Scale("deg", 60.0, 0.0, 35.0),
        "HeadPoseRoll": _Scale("deg", 60.0, 0.0, 35.0),
        "SingleFacePresent": _Scale("further faces", 2.0, 0.0, 0.0),
    }
)


def measure_image(face: Grey) -> list[QualityMeasure]:
    """Measure sharpness, exposure, light and dynamic range of the aligned face."""
    pixels = face.size
    histogram = np.bincount(face.ravel(), minlength=256)
    share = histogram[histogram > 0] / pixels
    mean, variance = luminance(histogram / pixels)
    native = {
        "Sharpness": sharpness(face),
        "UnderExposurePrevention": float(histogram[: DARK + 1].sum()) / pixels,
        "OverExposurePrevention": float(histogram[BRIGHT:].sum()) / pixels,
        "DynamicRange": float(-(share * np.log2(share)).sum()),
        "IlluminationUniformity": illumination_uniformity(face),
        "LuminanceMean": mean,
        "LuminanceVariance": variance,
    }
    return [SCALES[name].measure(name, value) for name, value in native.items()]


def measure_colour(face: Colour) -> list[QualityMeasure]:
    """Measure how natural the colours of the aligned face are."""
    return [SCALES["NaturalColour"].measure("NaturalColour", colour_distance(face))]


def measure_place(
    box: tuple[float, float, float, float],
    points: Points,
    *,
    width: int,
    height: int,
    further_faces: int,
) -> list[QualityMeasure]:
    """Measure size, margins and pose of a face and how alone it is.

    Args:
        box: x, y, width, height of the face, pixels.
        points: five points, pixels.
        width: of the photo, pixels.
        height: of the photo, pixels.
        further_faces: other faces of comparable size in the photo.
    """
    x, y, wide, high = box
    native = {
        "InterEyeDistance": inter_eye_distance(points),
        "HeadSize": high / height,
        "LeftwardCropOfTheFaceImage": x / wide,
        "RightwardCropOfTheFaceImage": (width - x - wide) / wide,
        "MarginAboveOfTheFaceImage": y / high,
        "MarginBelowOfTheFaceImage": (height - y - high) / high,
        "HeadPoseYaw": abs(yaw_deg(points)),
        "HeadPosePitch": abs(pitch_deg(points)),
        "HeadPoseRoll": abs(roll_deg(points)),
        "SingleFacePresent": float(further_faces),
    }
    return [SCALES[name].measure(name, float(value)) for name, value in native.items()]


def inter_eye_distance(points: Points) -> float:
    """Pixels between the eyes."""
    return float(np.hypot(*(points[1] - points[0])))


def roll_deg(points: Points) -> float:
    """Angle of the line through the eyes, degrees, clockwise positive."""
    across = points[1] - points[0]
    return float(np.degrees(np.arctan2(across[1], across[0])))


def yaw_deg(points: Points) -> float:
    """Rough turn of the head to the side, degrees, from the nose's place between the eyes."""
    across = (points[1] - points[0]).astype(np.float64)
    length = float(np.hypot(*across))
    if length < 1.0:
        return 90.0
    off = (points[2] - (points[0] + points[1]) / 2).astype(np.float64)
    shift = float(off @ across) / (length * length)
    return float(np.degrees(np.arcsin(min(1.0, max(-1.0, shift / NOSE_REACH)))))


def pitch_deg(points: Points) -> float:
    """Rough nod of the head, degrees, up positive, from the nose's place between eyes and mouth."""
    eyes = ((points[0] + points[1]) / 2).astype(np.float64)
    down = ((points[3] + points[4]) / 2).astype(np.float64) - eyes
    length = float(np.hypot(*down))
    if length < 1.0:
        return 90.0
    level = float((points[2].astype(np.float64) - eyes) @ down) / (length * length)
    return float(np.degrees(np.arctan((NOSE_LEVEL - level) / NOSE_FALL)))
