"""Where the fields of schedule records stand: bytes of the layout."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from airport_brain.operations.formats.ssim import fields as layout
from airport_brain.operations.formats.ssim.fields import LENGTH, Field
from service_bus import Place

_RECORD: Final = re.compile(rb"[^\r\n]+")
_LAYOUTS: Final[Mapping[int, tuple[str, list[Field]]]] = {
    0x31: ("Header", layout.HEADER),
    0x32: ("Carrier", layout.CARRIER),
    0x33: ("FlightLeg", layout.FLIGHT_LEG),
    0x34: ("Segment", layout.SEGMENT),
    0x35: ("Trailer", layout.TRAILER),
}


def places(data: bytes, messages: Sequence[Mapping[str, Any]]) -> list[Place]:
    """Places of the fields of whole records; fillers hold none and are not among the objects."""
    found: list[Place] = []
    number = 0
    for start, text in _records(data):
        known = _LAYOUTS.get(text[0])
        if known is None or number >= len(messages):
            continue
        if messages[number].get("record") != known[0]:
            return found
        found += _fields(text, start, known[1], messages[number], number)
        number += 1
    return found


def _records(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Records with their first bytes, divided by line ends or by their length."""
    for line in _RECORD.finditer(data):
        for first in range(0, len(line[0]), LENGTH):
            text = line[0][first : first + LENGTH]
            if text.strip(b"0 \x1a"):
                yield line.start() + first, text


def _fields(
    text: bytes, start: int, fields: list[Field], message: Mapping[str, Any], number: int
) -> Iterator[Place]:
    yield Place(path=(number, "record"), start=start, end=start + 1)
    for field in fields:
        written = text[field.first - 1 : field.last]
        if not field.name or field.name not in message or not written.strip():
            continue
        first = start + field.first - 1
        value = message[field.name]
        if isinstance(value, list):
            for index, item in enumerate(value):
                at = written.find(str(item).encode())
                if at >= 0:
                    yield Place(
                        path=(number, field.name, index), start=first + at, end=first + at + 1
                    )
            continue
        lead = len(written) - len(written.lstrip())
        end = first + len(written.rstrip())
        yield Place(path=(number, field.name), start=first + lead, end=end)
