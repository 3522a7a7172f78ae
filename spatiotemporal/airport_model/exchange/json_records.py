"""Files of many JSON texts: one a line (GeoJSONL, NDJSON), or each behind a record separator.

GeoJSON text sequences are RFC 8142 upon RFC 7464: a record begins with 0x1E, may run over several
lines, and one that cannot be read leaves the others readable. CityJSONSeq is one text a line.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import orjson

SEPARATOR = b"\x1e"
_SPACE = b" \t\r\n"
_BOM = b"\xef\xbb\xbf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """One text of a file.

    Attributes:
        line: on which it begins, from 1.
        document: what it holds; ``None`` when it is no JSON object.
    """

    line: int
    document: dict[str, object] | None


def recognise(data: bytes) -> float:
    """How surely these bytes are many JSON texts."""
    start = data[:64].removeprefix(_BOM).lstrip(_SPACE)
    if start.startswith(SEPARATOR):
        return 0.95
    first, _, rest = data.removeprefix(_BOM).lstrip(_SPACE).partition(b"\n")
    if not rest.lstrip(_SPACE).startswith(b"{"):
        return 0.0
    return 0.9 if _object(first) is not None else 0.0


def read(data: bytes) -> list[Record]:
    """The texts in their order; empty lines are none."""
    return [
        Record(line=line, document=_object(text))
        for line, text in _texts(data.removeprefix(_BOM))
        if text.strip(_SPACE)
    ]


def _texts(data: bytes) -> Iterable[tuple[int, bytes]]:
    if SEPARATOR not in data:
        yield from enumerate(data.split(b"\n"), start=1)
        return
    line = 1
    for text in data.split(SEPARATOR):
        yield line, text
        line += text.count(b"\n")


def _object(text: bytes) -> dict[str, object] | None:
    try:
        found = orjson.loads(text)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
