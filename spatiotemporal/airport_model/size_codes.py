"""Aircraft size: the code letters of ICAO Annex 14, Volume I, table 1-1, and what they imply.

Span limits and clearances between parked aircraft (section 3.13.6) are the standard's. Lengths are
those of the longest common type of a letter (C: 737-900ER, A321; D: 767-400; E: A340-600, 777-300;
F: 747-8, A380), rounded up, and only size the drawn parking position.
All lengths in metres.
"""

from __future__ import annotations

from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True, kw_only=True)
class SizeCode:
    """One code letter.

    Attributes:
        letter: A (smallest) to F.
        span_limit_m: wing span stays below this.
        clearance_m: kept free between an aircraft on a stand and anything beside it.
        length_m: room a stand gives for the fuselage.
        taxiway_width_m: load-bearing width of a straight taxiway.
        paved_width_m: the same with shoulders.
        lane_clearance_m: taxilane centre line to an object (table 3-1).
    """

    letter: str
    span_limit_m: float
    clearance_m: float
    length_m: float
    taxiway_width_m: float
    paved_width_m: float
    lane_clearance_m: float


def _row(letter: str, *metres: float) -> SizeCode:
    span, clearance, length, width, paved, lane = metres
    return SizeCode(
        letter=letter,
        span_limit_m=span,
        clearance_m=clearance,
        length_m=length,
        taxiway_width_m=width,
        paved_width_m=paved,
        lane_clearance_m=lane,
    )


SIZE_CODES = MappingProxyType(
    {
        row.letter: row
        for row in (
            _row("A", 15.0, 3.0, 15.0, 7.5, 7.5, 12.0),
            _row("B", 24.0, 3.0, 28.0, 10.5, 10.5, 16.5),
            _row("C", 36.0, 4.5, 45.0, 15.0, 25.0, 22.5),
            _row("D", 52.0, 7.5, 62.0, 23.0, 34.0, 33.5),
            _row("E", 65.0, 7.5, 76.0, 23.0, 38.0, 40.0),
            _row("F", 80.0, 7.5, 80.0, 23.0, 44.0, 47.5),
        )
    }
)


def pitch_m(left: str, right: str) -> float:
    """Distance between the centre lines of two neighbouring stands.

    >>> pitch_m("C", "C"), pitch_m("C", "E"), pitch_m("F", "F")
    (40.5, 58.0, 87.5)
    """
    a, b = SIZE_CODES[left], SIZE_CODES[right]
    return (a.span_limit_m + b.span_limit_m) / 2 + max(a.clearance_m, b.clearance_m)


def fits(code: str, limit: str) -> bool:
    """Whether an aircraft of ``code`` may go where ``limit`` is the largest letter.

    >>> fits("C", "E"), fits("F", "E")
    (True, False)
    """
    return code <= limit
