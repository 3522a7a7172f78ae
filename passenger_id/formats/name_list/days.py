"""Days of Type B messages, ``24NOV``, set near a reference."""

from __future__ import annotations

from datetime import date
from typing import Final

MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


def day_near(text: str, reference: date) -> date | None:
    """The day nearest to a reference; ``None`` where it does not exist in the years around it.

    >>> day_near("31DEC", date(2026, 1, 2))
    datetime.date(2025, 12, 31)
    >>> day_near("24NOV26", date(2020, 1, 1))
    datetime.date(2026, 11, 24)
    """
    if text[2:5] not in MONTHS:
        return None
    day, month = int(text[:2]), MONTHS.index(text[2:5]) + 1
    if len(text) > 5:
        century = reference.year - reference.year % 100 if len(text) == len("24NOV26") else 0
        return _day(century + int(text[5:]), month, day)
    found = [_day(reference.year + step, month, day) for step in (-1, 0, 1)]
    return min((d for d in found if d), key=lambda d: abs(d - reference), default=None)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
