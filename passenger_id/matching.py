"""From a comparison to a decision: match, no match, refused. Pure policy, no model knowledge.

The operating point belongs to the model's calibration; here is only what an airport makes of it. A
degraded answer never lets anybody through. Bands stand for the score in everything that leaves the
gate: events and logs carry the band, not the number.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from types import MappingProxyType

from passenger_id.domain import Comparison, ModelRef, QualityPart, Sighting
from passenger_id.reasons import Reason, reason


class Outcome(StrEnum):
    """What the gate is told."""

    MATCH = "match"
    NO_MATCH = "no_match"
    REFUSED = "refused"


NO_MODEL = ModelRef(name="", version="", sha256="")
"""Stands where a decision was made before any model was asked."""

NO_BAND = ""
"""Band of a decision without a comparison."""

UNLIKE = "none"
"""The band in which two faces are no more alike than any two people."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """A decision with its why.

    Attributes:
        score: similarity 0..1, higher is closer; ``None`` when no faces were compared.
        threshold: score from which it is a match; ``None`` when no model was asked.
    """

    outcome: Outcome
    reason: Reason
    model: ModelRef = NO_MODEL
    score: float | None = None
    threshold: float | None = None
    band: str = NO_BAND
    degraded: bool = False
    quality: tuple[QualityPart, ...] = ()
    stage_ms: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))


def refused(code: str, sighting: Sighting | None = None) -> Verdict:
    """A refusal, with what the model saw where one was asked."""
    if sighting is None:
        return Verdict(outcome=Outcome.REFUSED, reason=reason(code))
    return Verdict(
        outcome=Outcome.REFUSED,
        reason=reason(code),
        model=sighting.model,
        threshold=sighting.threshold,
        degraded=sighting.degraded,
        quality=sighting.faces[0].quality if len(sighting.faces) == 1 else (),
        stage_ms=sighting.stage_ms,
    )


def unavailable() -> Verdict:
    """No model answers: the passenger goes to the desk, nobody is let through."""
    return Verdict(outcome=Outcome.REFUSED, reason=reason("centre_starting"), degraded=True)


_QUALITY_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "SingleFacePresent": "several_faces",
        "Sharpness": "face_blurred",
        "InterEyeDistance": "face_too_small",
        "HeadSize": "face_too_small",
        "UnderExposurePrevention": "face_too_dark",
        "OverExposurePrevention": "face_too_bright",
        "DynamicRange": "face_low_contrast",
        "HeadPoseYaw": "face_turned",
        "HeadPosePitch": "face_turned",
        "HeadPoseRoll": "face_turned",
        "LeftwardCropOfTheFaceImage": "face_cropped",
        "RightwardCropOfTheFaceImage": "face_cropped",
        "MarginAboveOfTheFaceImage": "face_cropped",
        "MarginBelowOfTheFaceImage": "face_cropped",
    }
)
"""ISO/IEC 29794-5 component to the sentence a passenger understands; the first that fails, in this
order, is shown: no use telling somebody to hold still while two people stand there."""


def photo_fault(sighting: Sighting) -> str:
    """Give the code of what is wrong with a photo ("" when it shows one usable face)."""
    if sighting.problem:
        return sighting.problem
    if not sighting.faces:
        return "no_face"
    if len(sighting.faces) > 1:
        return "several_faces"
    return _quality_fault(sighting.faces[0].quality)


def _quality_fault(quality: Sequence[QualityPart]) -> str:
    failing = {part.name for part in quality if not part.ok}
    if not failing:
        return ""
    shown = (code for name, code in _QUALITY_REASONS.items() if name in failing)
    return next(shown, "face_quality")


def liveness_fault(sighting: Sighting, minimum: float) -> str:
    """Give the code of why a face does not pass for live ("" when it does, or none is asked for).

    Where liveness is asked for and nobody looked, the passenger goes to the desk: a check that is
    missing must not let anybody through.
    """
    if minimum <= 0:
        return ""
    if sighting.liveness is None:
        return "degraded"
    return "" if sighting.liveness >= minimum else "presentation_attack_suspected"


def judge(sighting: Sighting, comparison: Comparison) -> Verdict:
    """Decide on a compared pair; a degraded answer is refused whatever it says."""
    if sighting.degraded:
        outcome, code = Outcome.REFUSED, "degraded"
    elif comparison.matched:
        outcome, code = Outcome.MATCH, "face_match"
    else:
        outcome = Outcome.NO_MATCH
        code = "face_differs" if comparison.band == UNLIKE else "face_near_miss"
    return Verdict(
        outcome=outcome,
        reason=reason(code),
        model=sighting.model,
        score=comparison.score,
        threshold=comparison.threshold,
        band=comparison.band,
        degraded=sighting.degraded,
        quality=sighting.faces[0].quality,
        stage_ms=sighting.stage_ms,
    )
