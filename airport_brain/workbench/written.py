"""How a value of the canonical JSON may be written in an original.

A moment becomes ``24NOV0812``, ``240812`` or ``0812``; a number may have zeros before it. The forms
come surest first; nothing here knows a format.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any, Final

_DATE: Final = re.compile(r"\d{4}-\d\d-\d\d", re.ASCII)
_MOMENT: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d", re.ASCII)
_NUMBER: Final = re.compile(r"-?\d{1,18}(?:\.\d{1,12})?", re.ASCII)
_WAYBILL: Final = re.compile(r"\d{11}", re.ASCII)
"""Eleven digits are often written with a hyphen after the first three."""
_CLOCK: Final = re.compile(r"time|std|sta\b|elapsed|duration|variation")
"""Members that count minutes, written ``hhmm``."""
_MONTHS: Final = [
    "JAN",
    "FEB",
    "MAR",
    "APR",
    "MAY",
    "JUN",
    "JUL",
    "AUG",
    "SEP",
    "OCT",
    "NOV",
    "DEC",
]
_ZONES: Final = (UTC, timezone(timedelta(hours=8)))
"""Zones that originals are written in: UTC, and China's for formats that say no zone."""


def forms(value: Any, name: str = "") -> list[str]:
    """Texts that may stand for a value, the surest first; ``name`` of a member may tell more.

    >>> forms("2026-11-24T08:12:00Z")[:4]
    ['2026-11-24T08:12:00Z', '2026-11-24T08:12:00', '2026-11-24T08:12', '20261124081200']
    >>> forms(5.50)[:2]
    ['5.5', '5.50']
    >>> forms(480, "passenger_std")
    ['0800', '480', '480.0']
    """
    if value is None or isinstance(value, bool):
        return []
    if isinstance(value, int | float):
        found = list(dict.fromkeys(_numbers(value)))
        return [*_clock(value), *found] if _CLOCK.search(name) else found
    text = str(value)
    if not text.strip():
        return []
    found = [text]
    if _MOMENT.match(text):
        found += _moments(text)
    elif _DATE.fullmatch(text):
        found += _days(date.fromisoformat(text))
    elif _WAYBILL.fullmatch(text):
        found.append(f"{text[:3]}-{text[3:]}")
    elif _NUMBER.fullmatch(text):
        found += _numbers(float(text))
    elif "#" in text and "://" in text:
        found.append(text.rpartition("#")[2])
    if (stripped := text.strip()) != text:
        found.append(stripped)
    return list(dict.fromkeys(found))


def _numbers(value: float) -> Iterator[str]:
    if value == int(value) and abs(value) < 1e15:
        yield str(int(value))
        yield f"{value:.1f}"
        return
    yield repr(float(value))
    for places in (1, 2, 3, 4):
        if abs(round(value, places) - value) < 1e-9:
            yield f"{value:.{places}f}"


def _clock(value: float) -> list[str]:
    minutes = abs(int(value))
    return [f"{minutes // 60:02d}{minutes % 60:02d}"] if minutes < 6000 else []


def _days(day: date) -> list[str]:
    month = _MONTHS[day.month - 1]
    return [
        f"{day:%Y%m%d}",
        f"{day:%d}{month}{day:%y}",
        f"{day:%d}{month}",
        f"{day:%y%m%d}",
        f"{day:%d%m%y}",
        f"{day:%d}",
    ]


def _moments(text: str) -> list[str]:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return []
    zones = _ZONES if moment.tzinfo else (None,)
    found = []
    for zone in zones:
        at = moment.astimezone(zone) if zone else moment
        month = _MONTHS[at.month - 1]
        found += [
            f"{at:%Y-%m-%dT%H:%M:%S}",
            f"{at:%Y-%m-%dT%H:%M}",
            f"{at:%Y%m%d%H%M%S}",
            f"{at:%Y%m%d%H%M}",
            f"{at:%d}{month}{at:%H%M}",
            f"{at:%y%m%d%H%M}",
            f"{at:%d%H%M}",
        ]
        if (at.hour, at.minute, at.second) == (0, 0, 0):
            found += _days(at.date())
        found += [f"{at:%H%M%S}", f"{at:%H:%M}", f"{at:%H%M}"]
    return found


def same(value: Any, text: str) -> bool:
    """Whether a text of the original stands for a value.

    >>> same(25, "0025"), same("2026-11-24T00:12:00Z", "2026-11-24T08:12:00+08:00"), same(True, "1")
    (True, True, True)
    """
    text = text.strip()
    if isinstance(value, bool):
        return text.lower() in (("true", "1", "y") if value else ("false", "0", "n"))
    if text in forms(value):
        return True
    if _NUMBER.fullmatch(text) and _NUMBER.fullmatch(str(value)):
        return float(text) == float(value)
    if _MOMENT.match(text) and _MOMENT.match(str(value)):
        return _instant(text) == _instant(str(value))
    return False


def _instant(text: str) -> datetime | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
