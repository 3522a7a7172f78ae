"""Messages as plain objects, for the command line and for people: JSON-able, what is not said left out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime, time
from enum import Enum
from typing import Any, Final

_LAYOUT: Final = frozenset(
    {"original", "breaks", "lead", "end_lead", "line_end", "ends_with_line_end", "address_lines"}
)
"""What only serves to write the same bytes again."""


def plain(value: Any) -> Any:
    """A message as dicts, lists, texts and numbers.

    The original, how it was laid out in lines, and what is empty are left out; times are ISO 8601 with
    ``Z``.

    >>> plain((date(2026, 10, 3), None, 5))
    ['2026-10-03', None, 5]
    """
    if is_dataclass(value):
        return {
            f.name: plain(item)
            for f in fields(value)
            if f.name not in _LAYOUT and not _unsaid(item := getattr(value, f.name), f.default)
        }
    if isinstance(value, tuple | list | frozenset):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    if isinstance(value, date | datetime | time):
        return value.isoformat().replace("+00:00", "Z")
    if isinstance(value, bytes):
        return value.decode("latin-1")
    return value.value if isinstance(value, Enum) else value


def _unsaid(item: Any, default: Any) -> bool:
    return item in ("", ()) or (item is None and default is None)


def plain_objects(messages: list[Any]) -> list[dict[str, object]]:
    """Each message as one object."""
    return [plain(message) for message in messages]
