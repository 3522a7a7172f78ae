"""Where the fields of machine-readable zones stand: columns of the layout."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from passenger_id.formats.mrz.layouts import LAYOUTS
from service_bus import Place

_LINE: Final = re.compile(rb"[^\r\n]+")


def places(data: bytes, messages: Sequence[Mapping[str, Any]]) -> list[Place]:
    """Places of fields and names, in zones whose lines are divided and whole."""
    lines = [found for found in _LINE.finditer(data) if found[0].strip()]
    found: list[Place] = []
    for number, message in enumerate(messages):
        layout = LAYOUTS.get(str(message.get("format")))
        if layout is None or len(lines) < layout.lines:
            return found
        here, lines = lines[: layout.lines], lines[layout.lines :]
        if any(len(line[0]) != layout.width for line in here):
            continue
        for name, (row, first, last) in layout.fields.items():
            base = here[row].start()
            written = here[row][0][first:last].rstrip(b"<")
            if written:
                end = base + first + len(written)
                found.append(Place(path=(number, name), start=base + first, end=end))
        if "names" in layout.fields:
            found += _names(here[layout.fields["names"][0]], layout.fields["names"][1], number)
    return found


def _names(line: re.Match[bytes], first: int, number: int) -> list[Place]:
    surname, parted, given = line[0][first:].rstrip(b"<").partition(b"<<")
    start = line.start() + first
    found = [Place(path=(number, "surname"), start=start, end=start + len(surname))]
    if given:
        start += len(surname) + len(parted)
        found.append(Place(path=(number, "given_names"), start=start, end=start + len(given)))
    return found
