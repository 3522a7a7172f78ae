"""From a report to the calibration that a recogniser is used with."""

from __future__ import annotations

import math
from datetime import date
from typing import Final

from ai_center.domain import Calibration, OperatingPoint
from ai_center.evaluation.intervals import RULE_OF_30
from ai_center.evaluation.photo_set import BadPairs
from ai_center.evaluation.report import Report

DEFAULT_FMR: Final = 1e-3
"""One impostor in a thousand: what border-gate guidance asks of 1:1 checks with a document in
hand. Stricter points follow where the set is large enough to measure them."""


def calibration_of(report: Report, *, measured: date, note: str = "") -> Calibration:
    """Make the calibration that a report supports.

    The score that people see is 0.5 at an FMR of 1e-2 and 0.73 at 1e-3, for every model.

    Raises:
        BadPairs: too few impostor pairs for an FMR of 1e-3.
    """
    points = tuple(
        OperatingPoint(
            fmr=r.fmr,
            threshold=math.floor(r.threshold * 1e5) / 1e5,  # never looser than measured
            tar=round(r.tar.value, 4),
        )
        for r in reversed(report.rates)
    )
    by_fmr = {point.fmr: point.threshold for point in points}
    if DEFAULT_FMR not in by_fmr:
        raise BadPairs(
            f"{report.impostor_pairs} impostor pairs; an FMR of {DEFAULT_FMR:g} needs "
            f"{RULE_OF_30 / DEFAULT_FMR:.0f}"
        )
    return Calibration(
        model=report.model.name,
        model_sha256=report.model.sha256,
        metric=report.metric,
        points=points,
        default_fmr=DEFAULT_FMR,
        score_midpoint=by_fmr[1e-2],
        score_width=round(by_fmr[1e-2] - by_fmr[DEFAULT_FMR], 5),
        data=report.data,
        genuine_pairs=report.genuine_pairs,
        impostor_pairs=report.impostor_pairs,
        measured=measured,
        note=note,
    )
