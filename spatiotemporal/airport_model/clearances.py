"""Distances that ICAO Annex 14, Volume I, asks for by code letter, in metres.

Table 3-1 (columns for instrument runways of code number 4, taxiway to taxiway, taxiway to object,
and the same two for taxilanes) as amended by Amendment 14 of 2018, table 3-2 (holding positions of
runways with a precision approach, code number 4), 3.4.3 (width of the strip), 3.4.2 and 3.5.3
(lengths beyond the runway's end). Written down from the public standard, to be confirmed against
the edition in force before anybody relies on them.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

TO_RUNWAY_M: Mapping[str, float] = MappingProxyType(
    {"A": 82.5, "B": 87.0, "C": 158.0, "D": 166.0, "E": 172.5, "F": 180.0}
)
"""Taxiway centre line to the centre line of an instrument runway; A and B of code number 1 and 2."""

TO_TAXIWAY_M: Mapping[str, float] = MappingProxyType(
    {"A": 23.0, "B": 32.0, "C": 44.0, "D": 63.0, "E": 76.0, "F": 91.0}
)
TAXIWAY_TO_OBJECT_M: Mapping[str, float] = MappingProxyType(
    {"A": 15.5, "B": 20.0, "C": 26.0, "D": 37.0, "E": 43.5, "F": 51.0}
)
LANE_TO_LANE_M: Mapping[str, float] = MappingProxyType(
    {"A": 19.5, "B": 28.5, "C": 40.5, "D": 59.5, "E": 72.5, "F": 87.5}
)

HOLD_M = 90.0
HOLD_F_M = 107.5
"""Where code F enters: its tail is higher, so it waits farther away."""

STRIP_HALF_M = 140.0
STRIP_BEYOND_M = 60.0
RESA_M = 90.0
"""End safety area behind the strip; 240 m are recommended, 90 m required."""
