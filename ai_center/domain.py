"""What the algorithm centre speaks of: algorithms and their answers, models, faces, calibrations.

An embedding is personal data as much as the photo it came from: it never appears in a ``repr``, a
log line, an event or an error.

Distances are the native ones of a model (Euclid on raw vectors, or one minus the cosine); lower is
closer. FMR is the false match rate of ISO/IEC 19795-1: the share of comparisons of two different
people that are taken for one person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Literal, Self

import numpy as np
import numpy.typing as npt

from ai_center.alignment import Points
from ai_center.errors import AiError, Uncalibrated
from ai_center.quality import QualityMeasure

Vector = npt.NDArray[np.float32]
"""One embedding, shape (dimension,), float32; its norm is the model's own."""

Metric = Literal["euclidean", "cosine"]

NO_STAGES: Mapping[str, float] = MappingProxyType({})


@dataclass(frozen=True, slots=True, kw_only=True)
class ModelIdentity:
    """Which weights answered; ``sha256`` is that of the file the runtime opened."""

    name: str
    version: str
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What an algorithm takes and gives, checked on every call.

    Attributes:
        payload: Python type of one payload.
        payload_meaning: media type or unit and meaning, for people.
        answer_meaning: the same for the answer.
    """

    payload: type
    payload_meaning: str
    answer_meaning: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Card:
    """What everybody may know about a registered algorithm.

    Attributes:
        name: how it is called.
        version: of the code and its settings; a changed answer is a new version.
        summary: one sentence.
        owner: package that answers for it.
        limits: what it is not fit for, in plain words.
        timeout_s: how long a caller waits when it does not say; seconds.
    """

    name: str
    version: str
    summary: str
    owner: str
    signature: Signature
    limits: str = ""
    timeout_s: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What one payload of a batch came to: a value, or the reason why there is none."""

    value: object = field(default=None, repr=False)
    fault: AiError | None = None
    model: ModelIdentity | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """A value with its why.

    Attributes:
        value: what the algorithm said.
        algorithm: name of the algorithm.
        version: of the algorithm.
        model: weights that answered, if it has any.
        degraded: ``True`` when a fallback answered in its place.
        elapsed_ms: from call to answer, waiting included.
    """

    value: object = field(repr=False)
    algorithm: str
    version: str
    model: ModelIdentity | None
    degraded: bool
    elapsed_ms: float


@dataclass(frozen=True, slots=True, kw_only=True)
class DetectedFace:
    """A face as a detector sees it: box (x, y, width, height), five points, score 0..1; pixels."""

    box: tuple[float, float, float, float]
    points: Points = field(repr=False)
    score: float


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceTemplate:
    """An embedding with the model it belongs to; this is what an enrolment keeps, encrypted."""

    embedding: Vector = field(repr=False)
    model: ModelIdentity

    def to_bytes(self) -> bytes:
        """The embedding as little-endian float32, without the model."""
        return self.embedding.astype("<f4").tobytes()

    @classmethod
    def from_bytes(cls, data: bytes, model: ModelIdentity) -> Self:
        """The template whose embedding was written by :meth:`to_bytes`."""
        return cls(embedding=np.frombuffer(data, dtype="<f4").astype(np.float32), model=model)


LivenessBand = Literal["live", "unsure", "suspected"]
"""What the score comes to; this is what events may carry."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Liveness:
    """How live a face looks to the nets that watch for recaptures; no claim about attacks.

    Attributes:
        score: mean probability of a live face over the nets, 0..1.
        threshold: score from which it counts as live.
        band: ``suspected`` below the threshold, ``unsure`` with a doubt, else ``live``.
        reason: code: ``looks-live``, ``leans-live``, ``nets-disagree``, ``little-surroundings`` or
            ``recapture-suspected``.
        surroundings: share of the surroundings the nets ask for that the photo holds, 0..1.
        models: weights of the nets.
    """

    score: float
    threshold: float
    band: LivenessBand
    reason: str
    surroundings: float
    models: tuple[ModelIdentity, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FaceObservation:
    """One face of one photo, ready to be compared.

    Attributes:
        embedding: shape (dimension,), float32, the model's own norm; never shown.
        box: x, y, width, height in pixels of the photo as displayed.
        points: five points (see ``alignment``), pixels.
        detector_score: 0..1.
        quality: components in the names of ISO/IEC 29794-5.
        model: the recogniser.
        detector: the detector.
        stage_ms: milliseconds per stage: decode, detect, align, quality, liveness, embed.
        liveness: how live the face looks; ``None`` when the check is off.
    """

    embedding: Vector = field(repr=False)
    box: tuple[float, float, float, float]
    points: Points = field(repr=False)
    detector_score: float
    quality: tuple[QualityMeasure, ...]
    model: ModelIdentity
    detector: ModelIdentity
    stage_ms: Mapping[str, float] = field(default_factory=dict)
    liveness: Liveness | None = None

    @property
    def template(self) -> FaceTemplate:
        """What may be kept of it with the passenger's consent."""
        return FaceTemplate(embedding=self.embedding, model=self.model)


@dataclass(frozen=True, slots=True, kw_only=True)
class OperatingPoint:
    """A distance up to which two faces count as one person, and what that costs.

    Attributes:
        fmr: false match rate measured there.
        threshold: largest distance that still matches.
        tar: share of genuine comparisons that match there (1 - FNMR).
    """

    fmr: float
    threshold: float
    tar: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Calibration:
    """What distances of one model mean, measured on a named set of photos.

    Attributes:
        model: name of the recogniser.
        model_sha256: its weights; another file needs another calibration.
        metric: how two embeddings are compared.
        points: operating points, ascending by FMR.
        default_fmr: FMR of the point a 1:1 comparison uses when nothing else is asked.
        score_midpoint: distance that people see as score 0.5.
        score_width: distance over which the score moves from 0.5 to 0.73.
        data: the set of photos.
        genuine_pairs: compared pairs of one person.
        impostor_pairs: compared pairs of two people.
        measured: day of the measurement.
        note: limits of the set.
    """

    model: str
    model_sha256: str
    metric: Metric
    points: tuple[OperatingPoint, ...]
    default_fmr: float
    score_midpoint: float
    score_width: float
    data: str
    genuine_pairs: int
    impostor_pairs: int
    measured: date
    note: str = ""

    def at(self, fmr: float | None = None) -> OperatingPoint:
        """The most generous point whose false match rate is at most ``fmr``.

        Raises:
            Uncalibrated: no point is that strict.
        """
        wanted = self.default_fmr if fmr is None else fmr
        allowed = [point for point in self.points if point.fmr <= wanted * (1 + 1e-9)]
        if not allowed:
            raise Uncalibrated(self.model, wanted)
        return max(allowed, key=lambda point: point.fmr)
