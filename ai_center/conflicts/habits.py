"""Habits of the drivers of the generated days, as they were found on training days.

``tests/benchmarks/conflicts.py`` learns them anew (see ``learning.py``) and prints them beside these, which
are rounded. Drivers of a real apron have others: learn them from their tracks.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from ai_center.conflicts.reactions import Habits

LEARNT: Final = Habits(
    needed_mps2=MappingProxyType(
        {
            "following": (
                *(0.0, 0.0, 0.0, 0.0, 0.0, 0.04, 0.13, 0.17, 0.2, 0.24, 0.28, 0.31),
                *(0.35, 0.39, 0.43, 0.46, 0.48, 0.51, 0.54, 0.58, 0.61, 0.66, 0.76, 1.14),
            ),
            "head-on": (
                *(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.02, 0.08, 0.12, 0.17),
                *(0.26, 0.33, 0.37, 0.39, 0.4, 0.41, 0.51, 0.61, 0.66, 0.71, 0.81, 1.42),
            ),
            "crossing": (
                *(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.04, 0.07, 0.11, 0.14),
                *(0.17, 0.18, 0.21, 0.24, 0.29, 0.34, 0.39, 0.42, 0.52, 0.62, 0.84, 2.49),
            ),
            "aircraft": (0.5, 0.55, 0.6, 0.65, 0.7, 0.75, 0.79),
        }
    ),
    overlooked=MappingProxyType(
        {"following": 0.021, "head-on": 0.021, "crossing": 0.026, "aircraft": 0.58}
    ),
)
