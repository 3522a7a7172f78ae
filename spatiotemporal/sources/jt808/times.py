"""Moments as JT/T 808 writes them: BCD[6] YYMMDDhhmmss of GMT+8."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

BEIJING = timezone(timedelta(hours=8))

_TO_UTC = timedelta(hours=8)


def read_time(bcd: bytes) -> datetime | None:
    """BCD[6] YYMMDDhhmmss of GMT+8 as UTC; ``None`` when it is no moment.

    >>> read_time(bytes.fromhex("180715101010")).isoformat()
    '2018-07-15T02:10:10+00:00'
    """
    try:
        year, month, day, hour, minute, second = map(int, bcd.hex(" ").split(" "))
        moment = datetime(2000 + year, month, day, hour, minute, second, tzinfo=UTC)  # GMT+8 yet
    except ValueError:
        return None
    return moment - _TO_UTC


def write_time(moment: datetime) -> bytes:
    """A moment as BCD[6] of GMT+8."""
    return bytes.fromhex(moment.astimezone(BEIJING).strftime("%y%m%d%H%M%S"))
