"""How good a face pack is on a folder of photos, and how well a liveness check tells attacks apart.

``photo_set`` looks at the photos once; ``verification`` (1:1), ``identification`` (1:N), ``groups``
and ``throughput`` measure; ``report`` gathers; ``text`` and ``page`` show; ``calibrating`` makes the
calibration of a recogniser. ``pad`` stands by itself: presentation attacks.
"""

from ai_center.evaluation.calibrating import DEFAULT_FMR, calibration_of
from ai_center.evaluation.intervals import Interval
from ai_center.evaluation.pad import PadReport, evaluate_pad
from ai_center.evaluation.page import html
from ai_center.evaluation.photo_set import BadPairs, all_distances, person_of, read_pairs
from ai_center.evaluation.report import Report, as_json, evaluate
from ai_center.evaluation.text import render, render_pad
from ai_center.evaluation.throughput import measure_batches
from ai_center.evaluation.verification import best_threshold, fold_accuracy, threshold_at

__all__ = [
    "DEFAULT_FMR",
    "BadPairs",
    "Interval",
    "PadReport",
    "Report",
    "all_distances",
    "as_json",
    "best_threshold",
    "calibration_of",
    "evaluate",
    "evaluate_pad",
    "fold_accuracy",
    "html",
    "measure_batches",
    "person_of",
    "read_pairs",
    "render",
    "render_pad",
    "threshold_at",
]
