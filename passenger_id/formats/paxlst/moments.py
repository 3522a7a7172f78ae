"""Dates and times of DTM by their format code."""

from __future__ import annotations

from datetime import date, datetime
from typing import Final

HALF_CENTURY: Final = 50

FORMATS: Final = {
    "": (6, 8, 10, 12),
    "101": (6,),
    "102": (8,),
    "201": (10,),
    "203": (12,),
    "204": (14,),
}
"""Digits by format code: YYMMDD, CCYYMMDD, YYMMDDHHMM, CCYYMMDDHHMM, the same with SS; without a code any
of the first four."""


def moment(text: str, format: str, today: date, *, past: bool) -> datetime | None:
    """A day or local time; ``None`` where it does not fit.

    Args:
        text: digits.
        format: code of the third component, may be empty.
        today: sets the century of two-digit years.
        past: the moment cannot lie after today (births).

    >>> moment("800229", "", date(2026, 11, 24), past=True)
    datetime.datetime(1980, 2, 29, 0, 0)
    >>> moment("2611241315", "201", date(2026, 11, 24), past=False)
    datetime.datetime(2026, 11, 24, 13, 15)
    """
    if len(text) not in FORMATS.get(format, ()) or not (text.isascii() and text.isdecimal()):
        return None
    if len(text) in (8, 12, 14):
        return _made(int(text[:4]), text[4:])
    year = today.year - today.year % 100 + int(text[:2])
    if past:
        found = _made(year, text[2:])
        return found if found and found.date() <= today else _made(year - 100, text[2:])
    if year > today.year + HALF_CENTURY:
        year -= 100
    elif year <= today.year - HALF_CENTURY:
        year += 100
    return _made(year, text[2:])


def _made(year: int, rest: str) -> datetime | None:
    hour, minute, second = int(rest[4:6] or 0), int(rest[6:8] or 0), int(rest[8:] or 0)
    try:
        return datetime(  # noqa: DTZ001
            year, int(rest[:2]), int(rest[2:4]), hour, minute, second
        )
    except ValueError:
        return None
