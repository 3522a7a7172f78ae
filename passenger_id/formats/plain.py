"""Messages as plain objects, for the command line and for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final

_LAYOUT: Final = frozenset(
    {
        "original",
        "written",
        "separators",
        "places",
        "pad_places",
        "starts_line",
        "line_end",
        "ended",
        "ends_line",
        "after",
        "broken",
        "folds",
        "before",
        "advice_after",
        "characters",
        "segments",
    }
)
"""What only serves to write the same bytes again, or stands in other fields already."""

_TEXT_PLACES: Final = frozenset({"Flight", "Person"})
"""Classes whose ``places`` are facts, not digits of a number."""


def plain(value: Any) -> Any:
    """A message as dicts, lists, texts and numbers; dates are ISO 8601.

    ``null`` is what a message leaves out, ``""`` what it leaves blank.

    >>> plain((date(2026, 11, 24), None, ""))
    ['2026-11-24', None, '']
    """
    if is_dataclass(value) and not isinstance(value, type):
        kept = type(value).__name__ in _TEXT_PLACES
        return {
            f.name: plain(getattr(value, f.name))
            for f in fields(value)
            if f.name not in _LAYOUT or (kept and f.name == "places")
        }
    if isinstance(value, tuple | list):
        return [plain(item) for item in value]
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value
