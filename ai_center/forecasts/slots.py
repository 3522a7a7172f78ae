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
    slot = (np.mod(time_of_day, DAY) // 120).astype(np.int64) * 2
    return np.array([f"{hour:02d}-{hour + 2:02d} h" for hour in slot], np.str_)
