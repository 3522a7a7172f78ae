"""Times as airport systems write them: local digits without zone, or ISO 8601 in several forms.

Digits are ``YYYYMMDDHHMMSS``, with or without seconds, with or without milliseconds; older systems write
``ddMMMyyHHMM`` of this century. 24:00 is the end of its day.
"""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Final
from zoneinfo import ZoneInfo

from airport_brain.operations.formats.near_times import MONTHS

SHANGHAI: Final = ZoneInfo("Asia/Shanghai")

YEARS: Final = range(1990, 2200)
"""Years taken; others are typing errors and break date arithmetic."""

_DIGITS: Final = re.compile(r"\d{8}(?:\d{4}(?:\d{2}(?:\d{3})?)?)?", re.ASCII)
_NAMED_MONTH: Final = re.compile(rf"(\d\d)({'|'.join(MONTHS)})(\d\d)(\d{{4}}(?:\d\d)?)?", re.ASCII)
_ISO: Final = re.compile(
    r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d(?::\d\d)?)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?", re.ASCII
)


def from_digits(text: str, zone: tzinfo) -> datetime | None:
    """``YYYYMMDDHHMMSS`` (seconds may be missing) in a zone as aware UTC; ``None`` for no such time.

    >>> from_digits("20261124080000", SHANGHAI).isoformat()
    '2026-11-24T00:00:00+00:00'
    >>> from_digits("24NOV260800", SHANGHAI).isoformat()
    '2026-11-24T00:00:00+00:00'
    """
    text = _numbered(text)
    if not _DIGITS.fullmatch(text) or len(text) == 8:
        return None
    over = text[8:12] == "2400" and not text[12:].strip("0")
    text = f"{text[:8]}00{text[10:]}" if over else text
    try:
        found = datetime.strptime(text[:14].ljust(14, "0"), "%Y%m%d%H%M%S").replace(
            tzinfo=zone, microsecond=int(text[14:] or 0) * 1_000
        )
    except ValueError:
        return None
    found += timedelta(days=1 if over else 0)
    return found.astimezone(UTC) if found.year in YEARS else None


def day_from_digits(text: str) -> date | None:
    """The date of ``YYYYMMDD``, or of the digits of a time; ``None`` for no such date."""
    text = _numbered(text)
    if not _DIGITS.fullmatch(text):
        return None
    try:
        found = date(int(text[:4]), int(text[4:6]), int(text[6:8]))
    except ValueError:
        return None
    return found if found.year in YEARS else None


def _numbered(text: str) -> str:
    """``ddMMMyyHHMM`` as ``YYYYMMDDHHMM``; anything else as it is."""
    match = _NAMED_MONTH.fullmatch(text)
    if match is None:
        return text
    return f"20{match[3]}{MONTHS.index(match[2]) + 1:02d}{match[1]}{match[4] or ''}"


def from_iso(text: str, zone: tzinfo) -> tuple[datetime, bool] | None:
    """ISO 8601 as aware UTC, and whether it said its zone; ``None`` for no such time."""
    match = _ISO.fullmatch(text)
    if match is None:
        return None
    offset = (match[4] or "").replace("Z", "+00:00")
    fraction = f".{match[3][:6].ljust(6, '0')}" if match[3] else ""
    over = match[2] in ("24:00", "24:00:00") and not fraction.strip(".0")
    clock = "00:00:00" if over else match[2]
    try:
        found = datetime.fromisoformat(f"{match[1]}T{clock}{fraction}{offset}")
        found += timedelta(days=1 if over else 0)
        if found.year not in YEARS:
            return None
        zoned = found if found.tzinfo else found.replace(tzinfo=zone)
        return zoned.astimezone(UTC), found.tzinfo is not None
    except (ValueError, OverflowError):
        return None
