"""The algorithm centre: algorithms behind one call, with their models, versions and limits.

Importing it brings in neither Ray nor OpenCV nor ONNX Runtime.
"""

from ai_center.algorithms.forecast import Forecast, Reason
from ai_center.catalogue import Entry
from ai_center.domain import (
    Answer,
    Calibration,
    Card,
    DetectedFace,
    FaceObservation,
    FaceTemplate,
    Liveness,
    ModelIdentity,
    OperatingPoint,
    Outcome,
    Signature,
)
from ai_center.errors import (
    AiError,
    AlgorithmFailed,
    FactsRefused,
    ModelCorrupt,
    ModelMismatch,
    ModelUnavailable,
    NotPromoted,
    NotReady,
    Overloaded,
    PhotoRefused,
    TimedOut,
    Uncalibrated,
    UnknownAlgorithm,
    UnknownModel,
    WrongPayload,
)
from ai_center.estimates import Estimate
from ai_center.evaluation import (
    PadReport,
    Report,
    as_json,
    calibration_of,
    html,
    render,
    render_pad,
)
from ai_center.forecasts.comparison import Comparison
from ai_center.forecasts.report import Finding
from ai_center.hosting import HostContext
from ai_center.matching import Band, Match, compare
from ai_center.ports import Progress as ModelProgress
from ai_center.quality import QualityMeasure
from ai_center.service import AlgorithmCentre, AlgorithmState
from ai_center.trials.measures import Check, told
from ai_center.trials.sheet import Paired

__all__ = [
    "AiError",
    "AlgorithmCentre",
    "AlgorithmFailed",
    "AlgorithmState",
    "Answer",
    "Band",
    "Calibration",
    "Card",
    "Check",
    "Comparison",
    "DetectedFace",
    "Entry",
    "Estimate",
    "FaceObservation",
    "FaceTemplate",
    "FactsRefused",
    "Finding",
    "Forecast",
    "HostContext",
    "Liveness",
    "Match",
    "ModelCorrupt",
    "ModelIdentity",
    "ModelMismatch",
    "ModelProgress",
    "ModelUnavailable",
    "NotPromoted",
    "NotReady",
    "OperatingPoint",
    "Outcome",
    "Overloaded",
    "PadReport",
    "Paired",
    "PhotoRefused",
    "QualityMeasure",
    "Reason",
    "Report",
    "Signature",
    "TimedOut",
    "Uncalibrated",
    "UnknownAlgorithm",
    "UnknownModel",
    "WrongPayload",
    "as_json",
    "calibration_of",
    "compare",
    "html",
    "render",
    "render_pad",
    "told",
]
