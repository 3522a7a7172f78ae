"""Canonical JSON of what a decoder gives: texts, numbers, lists and objects, in the same order.

Decimals stay texts, with the digits as written; octets become hexadecimal digits; moments ISO 8601.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from enum import Enum
from typing import Any, Final

from service_bus import Step

Path = tuple[Step, ...]

_APART: Final = frozenset({"original"})
"""Members that repeat the whole message."""


def canonical(value: Any) -> Any:
    """A value as JSON has it.

    >>> canonical({"at": date(2026, 11, 24), "raw": b"\\x7e", "kg": Decimal("1.50"), "original": b""})
    {'at': '2026-11-24', 'raw': '7E', 'kg': '1.50'}
    """
    if isinstance(value, Mapping):
        return {str(name): canonical(item) for name, item in value.items() if name not in _APART}
    if isinstance(value, tuple | list | frozenset):
        return [canonical(item) for item in value]
    if isinstance(value, date | datetime | time):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, bytes | bytearray):
        return value.hex().upper()
    if isinstance(value, Enum):
        return canonical(value.value)
    return str(value) if isinstance(value, Decimal) else value


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Every value that is no object and no list, in order of reading, with its path."""
    waiting: list[tuple[Path, Any]] = [(path, value)]
    while waiting:
        at, one = waiting.pop()
        if isinstance(one, Mapping):
            waiting += [((*at, name), item) for name, item in reversed(list(one.items()))]
        elif isinstance(one, list | tuple):
            waiting += [((*at, n), item) for n, item in reversed(list(enumerate(one)))]
        else:
            yield at, one
