"""Where learning ends and measuring begins, for data of other dates than the declared ones."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from ai_center.errors import Untrainable
from ai_center.forecasts.task import Split

LAST_SHARE: Final = 0.2
"""Of the time: the test, where nobody says when it begins and the declared day does not lie inside."""


def fitted(
    split: Split,
    span: tuple[datetime, datetime],
    *,
    test_from: datetime | None = None,
    test_until: datetime | None = None,
) -> Split:
    """The periods of a task for data of a span of time.

    The calibration slice keeps its length, or takes a fifth of what lies before the test where that is
    shorter; the test begins on the declared day where the data go beyond it, else in the last fifth.

    Args:
        split: declared.
        span: first and last moment of the data.
        test_from: first moment that is only measured on.
        test_until: first moment after the test.

    Raises:
        Untrainable: nothing is left to learn from, or to measure on.
    """
    first, last = span
    inside = first < split.test < last
    test = test_from or (split.test if inside else last - LAST_SHARE * (last - first))
    end = test_until or (split.end if test < split.end < last else last + timedelta(minutes=1))
    if not first < test < end:
        raise Untrainable(
            f"a test from {test:%Y-%m-%d} to {end:%Y-%m-%d} leaves nothing to learn from or to "
            f"measure on: the data go from {first:%Y-%m-%d} to {last:%Y-%m-%d}"
        )
    before = test - first
    calibrate = test - min(split.test - split.calibrate, LAST_SHARE * before)
    validate = min(calibrate, test - min(split.test - split.validate, LAST_SHARE * before))
    fit = split.fit if first < split.fit < validate else first
    return Split(fit=fit, validate=validate, calibrate=calibrate, test=test, end=end)
