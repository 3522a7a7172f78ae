"""WGS84 and GCJ-02, the shifted datum of Chinese consumer maps (formulas as widely published).

Used at an edge whose fleet is known to send GCJ-02; nothing inside the platform is ever GCJ-02.
Near Hongqiao the shift is 484 m, more than the distance between the two runways.
"""

from __future__ import annotations

from math import cos, pi, radians, sin, sqrt

AXIS_M = 6_378_245.0
ECCENTRICITY2 = 0.00669342162296594323
"""Krassovsky 1940, on which the shift is defined."""

CLOSE_DEG = 1e-9
"""End of the inverse's iteration: a tenth of a millimetre."""


def in_china(latitude: float, longitude: float) -> bool:
    """Whether the shift applies (the bounding box that the published routine uses)."""
    return 0.8293 <= latitude <= 55.8271 and 72.004 <= longitude <= 137.8347


def to_gcj02(latitude: float, longitude: float) -> tuple[float, float]:
    """Shift a WGS84 position to GCJ-02.

    >>> shifted = to_gcj02(31.198, 121.336)
    >>> round(shifted[0] - 31.198, 4), round(shifted[1] - 121.336, 4)
    (-0.0019, 0.0046)
    """
    if not in_china(latitude, longitude):
        return latitude, longitude
    x, y = longitude - 105.0, latitude - 35.0
    common = (20 * sin(6 * x * pi) + 20 * sin(2 * x * pi)) * 2 / 3
    north = -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x)) + common
    north += (20 * sin(y * pi) + 40 * sin(y * pi / 3)) * 2 / 3
    north += (160 * sin(y * pi / 12) + 320 * sin(y * pi / 30)) * 2 / 3
    east = 300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x)) + common
    east += (20 * sin(x * pi) + 40 * sin(x * pi / 3)) * 2 / 3
    east += (150 * sin(x * pi / 12) + 300 * sin(x * pi / 30)) * 2 / 3
    m = 1 - ECCENTRICITY2 * sin(radians(latitude)) ** 2
    north_deg = north * 180 / (AXIS_M * (1 - ECCENTRICITY2) / (m * sqrt(m)) * pi)
    east_deg = east * 180 / (AXIS_M / sqrt(m) * cos(radians(latitude)) * pi)
    return latitude + north_deg, longitude + east_deg


def to_wgs84(latitude: float, longitude: float) -> tuple[float, float]:
    """Undo :func:`to_gcj02` by iteration.

    >>> back = to_wgs84(*to_gcj02(31.198, 121.336))
    >>> abs(back[0] - 31.198) < 1e-8 and abs(back[1] - 121.336) < 1e-8
    True
    """
    here = latitude, longitude
    for _ in range(10):
        shifted = to_gcj02(*here)
        miss = latitude - shifted[0], longitude - shifted[1]
        here = here[0] + miss[0], here[1] + miss[1]
        if max(abs(miss[0]), abs(miss[1])) < CLOSE_DEG:
            break
    return here
