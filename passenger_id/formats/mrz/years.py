"""Dates of two-digit years: births before the reference, expiries around it."""

from __future__ import annotations

from datetime import date
from typing import Final

HALF_CENTURY: Final = 50


def birth_day(text: str, today: date) -> date | None:
    """The latest such day that is not after today.

    >>> birth_day("261201", date(2026, 11, 24))
    datetime.date(1926, 12, 1)
    """
    if not (text.isdecimal() and text.isascii()):
        return None
    century = today.year - today.year % 100
    for base in (century, century - 100):
        found = _day(base + int(text[:2]), text)
        if found and found <= today:
            return found
    return None


def expiry_day(text: str, today: date) -> date | None:
    """The day of the year within 50 years of today.

    >>> expiry_day("760101", date(2026, 11, 24))
    datetime.date(2076, 1, 1)
    >>> expiry_day("770101", date(2026, 11, 24))
    datetime.date(1977, 1, 1)
    """
    if not (text.isdecimal() and text.isascii()):
        return None
    year = today.year - today.year % 100 + int(text[:2])
    if year > today.year + HALF_CENTURY:
        year -= 100
    elif year <= today.year - HALF_CENTURY:
        year += 100
    return _day(year, text)


def _day(year: int, text: str) -> date | None:
    try:
        return date(year, int(text[2:4]), int(text[4:]))
    except ValueError:
        return None
