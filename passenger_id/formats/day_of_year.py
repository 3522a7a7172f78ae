"""Days without a year, as boarding passes and lists write them, set near a reference day."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache
from typing import Final

DAYS: Final = 366


@lru_cache(maxsize=4096)
def nearest_day(day: int, reference: date) -> date | None:
    """The day of the year nearest to a reference; ``None`` if it exists in no year around it.

    >>> nearest_day(365, date(2026, 1, 1))
    datetime.date(2025, 12, 31)
    >>> nearest_day(366, date(2026, 6, 1)) is None
    True
    """
    years = range(max(reference.year - 1, 1), min(reference.year + 1, 9999) + 1)
    days = [found for year in years if (found := day_in_year(day, year))]
    return min(days, key=lambda found: abs(found - reference), default=None)


@lru_cache(maxsize=4096)
def next_day(day: int, first: date) -> date | None:
    """The first such day of the year from the day before ``first`` on, within 12 months.

    >>> next_day(1, date(2025, 12, 31))
    datetime.date(2026, 1, 1)
    """
    start = first - timedelta(days=1) if first > date.min else first
    for year in (start.year, start.year + 1):
        found = day_in_year(day, year)
        if found and found >= start:
            return found
    return None


@lru_cache(maxsize=4096)
def last_in_decade(year_digit: int, day: int, reference: date) -> date | None:
    """The last day of the year, of a year that ends in a digit, up to a day after the reference.

    >>> last_in_decade(6, 225, date(2026, 8, 20))
    datetime.date(2026, 8, 13)
    >>> last_in_decade(6, 365, date(2026, 8, 20))
    datetime.date(2016, 12, 30)
    """
    latest = reference + timedelta(days=1) if reference < date.max else reference
    year = latest.year - (latest.year - year_digit) % 10
    for candidate in (year, year - 10):
        found = day_in_year(day, candidate)
        if found and found <= latest:
            return found
    return None


def day_in_year(day: int, year: int) -> date | None:
    """Day 1 to 366 of a year; ``None`` for 366 of a common year and years that do not exist.

    >>> day_in_year(60, 2028)
    datetime.date(2028, 2, 29)
    """
    if not (1 <= day <= DAYS and 1 <= year <= date.max.year):
        return None
    found = date(year, 1, 1).toordinal() + day - 1
    if found > date.max.toordinal() or (value := date.fromordinal(found)).year != year:
        return None
    return value
