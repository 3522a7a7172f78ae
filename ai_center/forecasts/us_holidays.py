"""Public holidays of the United States that move passengers, by rule, for any year.

Federal holidays by 5 U.S.C. 6103 (on their day, not the day off in lieu), and Easter Sunday by the
Gregorian computus in the form of Meeus.
"""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np

from ai_center.datasets.table import Floats

NAMES = (
    "new year",
    "king",
    "presidents",
    "easter",
    "memorial",
    "independence",
    "labor",
    "columbus",
    "veterans",
    "thanksgiving",
    "christmas",
)
REACH_DAYS = 8
"""How far from a holiday a day is still counted as near it."""

MONDAY, THURSDAY = 0, 3
EPOCH = date(1970, 1, 1)


def holidays(year: int) -> tuple[date, ...]:
    """The days of :data:`NAMES` in a year."""
    return (
        date(year, 1, 1),
        _weekday(year, 1, MONDAY, 3),
        _weekday(year, 2, MONDAY, 3),
        easter(year),
        _last_monday_of_may(year),
        date(year, 7, 4),
        _weekday(year, 9, MONDAY, 1),
        _weekday(year, 10, MONDAY, 2),
        date(year, 11, 11),
        _weekday(year, 11, THURSDAY, 4),
        date(year, 12, 25),
    )


def easter(year: int) -> date:
    """Easter Sunday.

    >>> easter(2024).isoformat()
    '2024-03-31'
    """
    golden = year % 19
    century, rest = divmod(year, 100)
    skipped = century - century // 4 - (century - (century + 8) // 25 + 1) // 3
    moon = (19 * golden + skipped + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - moon - rest % 4) % 7
    later = (golden + 11 * moon + 22 * weekday) // 451
    month, day = divmod(moon + weekday - 7 * later + 114, 31)
    return date(year, month, day + 1)


def nearest(days: Floats) -> tuple[Floats, Floats]:
    """Which holiday is nearest to each day, and how many days after it the day is.

    Args:
        days: whole days since 1970.

    Returns:
        The place in :data:`NAMES` and the days; both unknown farther away than ``REACH_DAYS``.
    """
    every = range(int(1970 + np.nanmin(days) // 366) - 1, int(1970 + np.nanmax(days) // 365) + 2)
    listed = [(number, day) for year in every for number, day in enumerate(holidays(year))]
    dates = np.array([(day - EPOCH).days for _, day in listed], np.float64)
    kinds = np.array([number for number, _ in listed], np.float64)
    unique, places = np.unique(days, return_inverse=True)
    after = unique[:, None] - dates[None]
    chosen = np.abs(after).argmin(axis=1)
    offset = after[np.arange(len(unique)), chosen]
    near = np.abs(offset) <= REACH_DAYS
    kind = np.where(near, kinds[chosen], np.nan)
    return kind[places], np.where(near, offset, np.nan)[places]


def _weekday(year: int, month: int, weekday: int, count: int) -> date:
    first = date(year, month, 1)
    return first + timedelta((weekday - first.weekday()) % 7 + 7 * (count - 1))


def _last_monday_of_may(year: int) -> date:
    last = date(year, 5, 31)
    return last - timedelta((last.weekday() - MONDAY) % 7)
