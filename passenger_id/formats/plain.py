"""Messages as plain objects, for the command line and for people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from typing import Any, Final

from passenger_id.formats.edifact import Segments

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
    kind = type(value)
    if kind in _AS_THEY_ARE:
        return value
    if kind is tuple or kind is list or kind is Segments:
        return [item if type(item) in _AS_THEY_ARE else plain(item) for item in value]
    names = _names.get(kind)
    if names is None:
        names = _names.setdefault(kind, _shown(kind))
    if names:
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(name): plain(item) for name, item in value.items()}
    return value.isoformat() if isinstance(value, date) else value


_AS_THEY_ARE: Final = frozenset({str, int, float, bool, type(None)})


_names: Final[dict[type, tuple[str, ...]]] = {}
"""Names of shown fields by class, as they were looked up."""


def _shown(kind: type) -> tuple[str, ...]:
    """Names of the fields that are shown of a class; empty for what is no dataclass."""
    if not is_dataclass(kind):
        return ()
    kept = kind.__name__ in _TEXT_PLACES
    return tuple(
        f.name for f in fields(kind) if f.name not in _LAYOUT or (kept and f.name == "places")
    )
