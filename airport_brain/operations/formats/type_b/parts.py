"""Messages about passengers come in parts: the line that says which, and the line that ends one."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from airport_brain.operations.formats.text_reading import Line, Lines, TextReading
from airport_brain.operations.formats.type_b.flight_line import TelexFlight, flight

_PART: Final = re.compile(r"PART(\d{1,3})", re.ASCII)
_STATION: Final = re.compile(r"[A-Z]{3}(?:[A-Z]{3})?", re.ASCII)


def flight_and_part(
    line: Line, reading: TextReading, near: datetime
) -> tuple[TelexFlight, str, int | None]:
    """Read ``MU5101/24NOV SHA PART1``: flight, station (or both stations), part.

    Raises:
        Malformed: no such flight, station or part.
    """
    first, *words = line.words()
    leg = flight(first, reading, near, private=True)
    where = ""
    part: int | None = None
    for word in words:
        if not where and _STATION.fullmatch(word.text):
            where = word.text
        elif match := _PART.fullmatch(word.text):
            part = int(match[1])
        else:
            raise reading.fault(
                word,
                "flight-line",
                "not a station or part",
                field="station",
                expected="e.g. SHA PART1",
                private=True,
            )
    return leg, where, part


def end_of(lines: Lines, name: str, reading: TextReading) -> tuple[Lines, str]:
    """The lines before ``END...``, and that line; "" when there is none."""
    for index, line in enumerate(lines):
        if line.text == f"END{name}" or re.fullmatch(r"ENDPART\d{1,3}", line.text):
            if index + 1 < len(lines):
                reading.notice(
                    lines[index + 1], "behind-end", "end", "text behind the end; dropped"
                )
            return lines[:index], line.text
    place = lines[-1].at() if lines else "line 1 column 1"
    reading.notice(place, "no-end", "end", f"no END{name} or ENDPART")
    return lines, ""
