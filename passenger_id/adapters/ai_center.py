"""The face encoder over the algorithm centre's front door.

The centre answers from a process of its own; what comes back is one observation of the nearest
face, with the quality of its picture, or a refusal that names what is wrong with the photo. The
model's calibration says from which closeness two faces are one person. Whatever the centre cannot
do now (starting, overloaded, too slow, broken) becomes
:class:`~passenger_id.errors.EncoderUnavailable`: the passenger goes to the desk.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ai_center import (
    AiError,
    AlgorithmCentre,
    Answer,
    FaceObservation,
    FaceTemplate,
    ModelIdentity,
    PhotoRefused,
    compare,
)
from passenger_id.domain import Comparison, Embedding, Face, ModelRef, QualityPart, Sighting
from passenger_id.errors import EncoderUnavailable
from passenger_id.matching import NO_MODEL

PHOTO_REASONS: Mapping[str, str] = MappingProxyType(
    {
        "no-face": "no_face",
        "too-small": "face_too_small",
        "not-an-image": "not_an_image",
        "broken": "not_an_image",
        "too-many-bytes": "not_an_image",
        "too-many-pixels": "not_an_image",
    }
)
"""The centre's word for what is wrong with a photo, and ours."""


class CentreFaceEncoder:
    """Asks the algorithm centre."""

    def __init__(self, centre: AlgorithmCentre, *, algorithm: str, timeout_s: float) -> None:
        self._centre = centre
        self._algorithm = algorithm
        self._timeout_s = timeout_s
        # A refused photo comes back without its model; the weights of a running centre do not
        # change, so the ones that answered last are the ones that looked.
        self._looked = NO_MODEL

    async def observe(self, photo: bytes) -> Sighting:
        """Look at a photo."""
        try:
            answer = await self._centre.call(self._algorithm, photo, timeout_s=self._timeout_s)
            return self._sighting(answer)
        except PhotoRefused as refusal:
            problem = PHOTO_REASONS.get(refusal.code, "face_quality")
            return Sighting(model=self._looked, faces=(), threshold=None, problem=problem)
        except AiError as fault:
            raise EncoderUnavailable(str(fault)) from None

    def compare(self, template: Embedding, sighting: Sighting) -> Comparison:
        """Compare a stored vector with the one face of a sighting by the same model."""
        model = _identity(sighting.model)
        match = compare(
            FaceTemplate(embedding=template, model=model),
            FaceTemplate(embedding=sighting.faces[0].embedding, model=model),
            self._centre.calibration(model),
        )
        return Comparison(
            score=match.score, threshold=match.threshold, band=match.band, matched=match.matched
        )

    def _sighting(self, answer: Answer) -> Sighting:
        seen = answer.value
        if not isinstance(seen, FaceObservation):
            raise EncoderUnavailable(f"algorithm {self._algorithm!r} gave no face observation")
        # A face compared with itself tells the score from which two are one person.
        threshold = compare(seen, seen, self._centre.calibration(seen.model)).threshold
        self._looked = ModelRef(
            name=seen.model.name, version=seen.model.version, sha256=seen.model.sha256
        )
        quality = tuple(
            QualityPart(name=m.name, value=m.value, unit=m.unit, score=m.score, ok=m.ok)
            for m in seen.quality
        )
        stages = {**seen.stage_ms, "centre": round(answer.elapsed_ms, 3)}
        return Sighting(
            model=self._looked,
            faces=(Face(embedding=seen.embedding, quality=quality),),
            threshold=threshold,
            degraded=answer.degraded,
            stage_ms=MappingProxyType(stages),
            liveness=None if seen.liveness is None else seen.liveness.score,
        )


def _identity(model: ModelRef) -> ModelIdentity:
    return ModelIdentity(name=model.name, version=model.version, sha256=model.sha256)
