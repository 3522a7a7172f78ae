"""Habits of the drivers of the generated days, as they were found on training days.

``tests/benchmarks/conflicts.py`` learns them anew (see ``learning.py``) and prints them beside these. Drivers
of a real apron have others: learn them from their tracks.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from ai_center.conflicts.reactions import Habits

LEARNT: Final = Habits(
    needed_mps2=MappingProxyType(
        {
            "following": (
                *(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
                *(0.138, 0.186, 0.231, 0.282, 0.325, 0.369, 0.405, 0.439),
                *(0.463, 0.493, 0.522, 0.559, 0.595, 0.639, 0.697, 0.849),
            ),
            "head-on": (
                *(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
                *(0.0, 0.003, 0.062, 0.082, 0.132, 0.17, 0.261, 0.318),
                *(0.376, 0.395, 0.421, 0.514, 0.607, 0.67, 0.733, 1.045),
            ),
            "crossing": (
                *(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
                *(0.013, 0.08, 0.122, 0.151, 0.171, 0.198, 0.235, 0.307),
                *(0.336, 0.393, 0.431, 0.505, 0.563, 0.722, 1.339, 5.96),
            ),
            "aircraft": (
                *(0.5, 0.513, 0.525, 0.538, 0.551, 0.563, 0.576, 0.589),
                *(0.601, 0.614, 0.627, 0.639, 0.652, 0.664, 0.677, 0.69),
                *(0.702, 0.715, 0.728, 0.74, 0.753, 0.766, 0.778, 0.791),
            ),
        }
    ),
    overlooked=MappingProxyType(
        {"following": 0.0226, "head-on": 0.0217, "crossing": 0.0231, "aircraft": 0.6875}
    ),
)
