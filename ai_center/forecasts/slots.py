"""Slots of the day, for tables of errors."""

from __future__ import annotations

from typing import Final

import numpy as np

from ai_center.datasets.table import Floats, Texts

DAY: Final = 1440.0
WEEK: Final = 10_080.0
"""Minutes."""


def two_hours(time_of_day: Floats) -> Texts:
    """Labels of two-hour slots.

    >>> two_hours(np.array([1435.0])).tolist()
    ['22-24 h']
    """
    slots = np.nan_to_num(np.mod(time_of_day, DAY) // 120, nan=-1).astype(np.int64).tolist()
    return np.array(
        [f"{2 * slot:02d}-{2 * slot + 2:02d} h" if slot >= 0 else "unknown" for slot in slots],
        np.str_,
    )
