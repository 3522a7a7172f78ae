"""Days without month or year, and times without day, put where they are nearest to a reference.

Telexes and flight plans say ``24``, ``24NOV`` or ``0812``; they speak of the hours around them. All
times are UTC. Every function answers ``None`` for what is no such day or time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from typing import Final

MONTHS: Final = (
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
)  # fmt: skip

_DATE: Final = re.compile(r"(\d{2})(?:([A-Z]{3})(\d{2})?)?", re.ASCII)
_CLOCK: Final = re.compile(r"(\d{2})?([01]\d|2[0-3])([0-5]\d)", re.ASCII)


def near_date(text: str, reference: datetime) -> date | None:
    """The date of ``dd``, ``ddMMM`` or ``ddMMMyy`` that is nearest to the reference.

    >>> near_date("31", datetime(2026, 11, 1, tzinfo=UTC))
    datetime.date(2026, 10, 31)
    >>> near_date("02JAN", datetime(2026, 12, 30, tzinfo=UTC))
    datetime.date(2027, 1, 2)
    """
    match = _DATE.fullmatch(text)
    if match is None or (match[2] and match[2] not in MONTHS):
        return None
    day, today = int(match[1]), reference.date()
    if match[3]:
        month = MONTHS.index(match[2]) + 1
        year = today.year - (today.year - int(match[3])) % 100
        return _existing((year if today.year - year <= 50 else year + 100, month, day))
    if match[2]:
        month = MONTHS.index(match[2]) + 1
        # A leap day may be four years away, eight around a century without one.
        years = range(today.year - 8, today.year + 9) if (month, day) == (2, 29) else ()
        candidates = [(year, month, day) for year in years or _around(today.year)]
    else:
        first = today.year * 12 + today.month - 1
        candidates = [((first + n) // 12, (first + n) % 12 + 1, day) for n in range(-2, 3)]
    dates = [found for candidate in candidates if (found := _existing(candidate))]
    return min(dates, key=lambda found: abs(found - today), default=None)


def _around(year: int) -> range:
    return range(year - 1, year + 2)


def _existing(parts: tuple[int, int, int]) -> date | None:
    try:
        return date(*parts)
    except ValueError:
        return None


def near_time(text: str, reference: datetime) -> datetime | None:
    """The moment of ``hhmm`` or ``ddhhmm`` that is nearest to the reference, aware UTC.

    >>> near_time("2350", datetime(2026, 11, 24, 0, 20, tzinfo=UTC)).isoformat()
    '2026-11-23T23:50:00+00:00'
    """
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    clock = timedelta(hours=int(match[2]), minutes=int(match[3]))
    if match[1] is None:
        midnight = datetime.combine(reference.date(), datetime.min.time(), UTC)
        return nearest((midnight + timedelta(days=n) + clock for n in (-1, 0, 1)), reference)
    day = near_date(match[1], reference)
    return None if day is None else at_midnight(day) + clock


def nearest(moments: Iterable[datetime], reference: datetime) -> datetime:
    """The moment with the least distance to the reference."""
    return min(moments, key=lambda moment: abs(moment - reference))


def at_midnight(day: date) -> datetime:
    """Midnight UTC at the begin of a day."""
    return datetime.combine(day, datetime.min.time(), UTC)


def date_text(day: date, *, year: bool = True) -> str:
    """``24NOV26``, or ``24NOV``.

    >>> date_text(date(2026, 11, 24))
    '24NOV26'
    """
    return f"{day:%d}{MONTHS[day.month - 1]}" + (f"{day:%y}" if year else "")
