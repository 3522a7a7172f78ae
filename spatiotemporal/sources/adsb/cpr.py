"""Compact position reporting: 17 bits of latitude and longitude within a zone.

ICAO Annex 10 volume IV and Doc 9871, appendix A (general knowledge; checked against recorded
messages). Latitude zones are ``span / (60 - odd)`` degrees high; ``span`` is 360 in the air and 90
on the surface, where a position is therefore only known near a reference. The number of longitude
zones at a latitude, NL, falls from 59 at the equator to 1 at the poles.

Three ways back to a position: *globally* from an even and an odd message that are close in time,
*locally* from one message and a position known to be within half a zone, and on the surface
globally with a reference that chooses between the four quadrants.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from typing import Final, Literal, NamedTuple

AIR: Final = 360.0
SURFACE: Final = 90.0
Span = Literal["air", "surface"]

_ONE: Final = 1 << 17
_MASK: Final = _ONE - 1

Position = tuple[float, float]
"""Latitude and longitude, degrees WGS84."""


class Cpr(NamedTuple):
    """An encoded position: 17 bits each, of the even or the odd grid."""

    odd: bool
    latitude: int
    longitude: int


def _transitions() -> tuple[float, ...]:
    """Latitudes above which there are fewer than n longitude zones, for n = 59 down to 2."""
    one = 1 - math.cos(math.pi / 30)
    found = [
        math.degrees(math.acos(math.sqrt(one / (1 - math.cos(2 * math.pi / n)))))
        for n in range(59, 2, -1)
    ]
    return (*found, 87.0)


_TRANSITIONS: Final = _transitions()


def zones(latitude: float) -> int:
    """NL: longitude zones of the even grid at a latitude.

    >>> zones(0.0), zones(31.2), zones(-31.2), zones(87.0), zones(88.0)
    (59, 51, 51, 2, 1)
    """
    return 59 - bisect_left(_TRANSITIONS, abs(latitude))


def encode(position: Position, *, odd: bool, span: float) -> Cpr:
    """The encoded form of a position."""
    latitude, longitude = position
    high = span / (60 - odd)
    y = math.floor(_ONE * (latitude % high) / high + 0.5)
    seen = high * (y / _ONE + latitude // high)
    wide = span / max(zones(seen) - odd, 1)
    x = math.floor(_ONE * (longitude % wide) / wide + 0.5)
    return Cpr(odd, y & _MASK, x & _MASK)


def near(cpr: Cpr, reference: Position, span: float) -> Position | None:
    """The position within half a zone of a reference; ``None`` beyond a pole."""
    y, x = cpr.latitude / _ONE, cpr.longitude / _ONE
    high = span / (60 - cpr.odd)
    latitude = high * (math.floor(0.5 + reference[0] / high - y) + y)
    if not -90.0 <= latitude <= 90.0:
        return None
    wide = span / max(zones(latitude) - cpr.odd, 1)
    longitude = wide * (math.floor(0.5 + reference[1] / wide - x) + x)
    return latitude, _turned(longitude)


def paired(older: Cpr, newer: Cpr) -> Position | None:
    """The position in the air of the newer of an even and an odd message.

    ``None`` when they are of one kind or straddle a change of zones.
    """
    even, odd = (older, newer) if newer.odd else (newer, older)
    if even.odd or not odd.odd:
        return None
    latitudes = _latitudes(even, odd, AIR)
    north, south = (value - 360.0 if value >= 270.0 else value for value in latitudes)
    if zones(north) != zones(south) or not (-90 <= north <= 90 and -90 <= south <= 90):
        return None
    latitude = south if newer.odd else north
    return latitude, _turned(_longitude(even, odd, newer.odd, latitude, AIR))


def paired_on_surface(older: Cpr, newer: Cpr, reference: Position) -> Position | None:
    """The same on the surface; of the possible positions the one nearest to a reference."""
    even, odd = (older, newer) if newer.odd else (newer, older)
    if even.odd or not odd.odd:
        return None
    choices = [(north, north - 90.0) for north in _latitudes(even, odd, SURFACE)]
    which = min((0, 1), key=lambda hemisphere: abs(choices[newer.odd][hemisphere] - reference[0]))
    latitude = choices[newer.odd][which]
    if zones(choices[0][which]) != zones(choices[1][which]):
        return None
    first = _longitude(even, odd, newer.odd, latitude, SURFACE)
    turns = [_turned(first + 90.0 * quarter) for quarter in range(4)]
    return latitude, min(turns, key=lambda value: abs(_turned(value - reference[1])))


def _latitudes(even: Cpr, odd: Cpr, span: float) -> tuple[float, float]:
    y0, y1 = even.latitude / _ONE, odd.latitude / _ONE
    zone = math.floor(59 * y0 - 60 * y1 + 0.5)
    return span / 60 * (zone % 60 + y0), span / 59 * (zone % 59 + y1)


def _longitude(even: Cpr, odd: Cpr, newer_odd: bool, latitude: float, span: float) -> float:
    x0, x1 = even.longitude / _ONE, odd.longitude / _ONE
    count = zones(latitude)
    zone = math.floor(x0 * (count - 1) - x1 * count + 0.5)
    wide = max(count - newer_odd, 1)
    return span / wide * (zone % wide + (x1 if newer_odd else x0))


def _turned(longitude: float) -> float:
    """A longitude as -180 up to 180."""
    return (longitude + 180.0) % 360.0 - 180.0
