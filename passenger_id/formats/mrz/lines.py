"""The lines of machine-readable zones, as document readers and OCR report them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial
from typing import Final, NamedTuple

from passenger_id.formats.line_faults import line_fault
from passenger_id.formats.mrz.layouts import LAYOUTS, Layout, layout_of
from passenger_id.formats.mrz.zone import FORMAT, NOTICES
from service_bus import Notice

FORBIDDEN: Final = re.compile("[^A-Z0-9<]")
BLANKS: Final = " \t\x0b\x0c\x00\x01\x02\x03\x04\x1a\x1c\x1d\x1e\x1f"
"""White space, and what readers on serial lines and keyboards put around a zone."""

fault = partial(line_fault, FORMAT)
"""A fault of this format."""


class Line(NamedTuple):
    """A line, and where it stands in the bytes: number and column of its first character, from 1."""

    text: str
    number: int
    column: int


def read_lines(data: bytes, strict: bool, notices: list[Notice]) -> Iterator[Line]:
    """Lines of the alphabet, without what may be left out."""
    for number, raw in enumerate(re.split("\r\n|\n|\r", data.decode("latin-1")), 1):
        text = raw.strip(BLANKS)
        if not text:
            continue
        column = raw.index(text[0]) + 1
        if text != raw or " " in text:
            note("mrz-blanks", "line", number, 1, strict, notices)
            text = text.replace(" ", "")
        if text != text.upper():
            note("mrz-lower-case", "line", number, column, strict, notices)
            text = text.upper()
        if wrong := FORBIDDEN.search(text):
            raise fault(
                "a character outside A-Z, 0-9 and <",
                "line",
                number,
                column + wrong.start(),
                code="wrong-character",
                found=wrong[0] if wrong[0].isprintable() else f"0x{ord(wrong[0]):02X}",
                expected="A-Z, 0-9 or <",
            )
        for layout in _undivided(text):
            note("mrz-one-line", "line", number, column, strict, notices)
            for at in range(0, len(text), layout.width):
                yield Line(text[at : at + layout.width], number, column + at)
            break
        else:
            yield Line(text, number, column)


def _undivided(text: str) -> Iterator[Layout]:
    """The layout whose lines all stand in this one."""
    for layout in LAYOUTS.values():
        if len(text) == layout.lines * layout.width:
            found = layout_of(layout.width, text[: layout.width])
            if found is not None:
                yield found


def layout_here(lines: list[Line]) -> Layout:
    """The format, by the second line where the first is short of fillers."""
    first = lines[0]
    found = layout_of(len(first.text), first.text)
    if found is None and len(lines) > 1:
        found = layout_of(len(lines[1].text), first.text)
        if found is not None and (found.lines == 3 or len(first.text) > found.width):
            found = None
    if found is None:
        raise fault(
            "no format has lines so long",
            "line",
            first.number,
            first.column,
            code="wrong-length",
            found=f"{len(first.text)} characters",
            expected="30, 36 or 44 characters",
        )
    if len(lines) < found.lines:
        last = lines[-1]
        raise fault(
            "a line is missing",
            "line",
            last.number,
            last.column + len(last.text),
            code="cut-short",
            found=f"{len(lines)} lines",
            expected=f"{found.lines} lines",
        )
    return found


def completed(
    lines: list[Line], layout: Layout, strict: bool, notices: list[Notice]
) -> Iterator[Line]:
    """The lines of one zone, all of the same length."""
    # French cards end the line of the surname with an office, so nothing can be missing there.
    names = layout.fields["names"][0] if "names" in layout.fields else None
    for index, line in enumerate(lines[: layout.lines]):
        missing = layout.width - len(line.text)
        if missing > 0 and index == names and len(line.text) > 5:
            column = line.column + len(line.text)
            note("mrz-line-short", "names", line.number, column, strict, notices)
            yield line._replace(text=line.text.ljust(layout.width, "<"))
        elif missing:
            raise fault(
                "a line has another length than the first",
                "line",
                line.number,
                line.column + min(len(line.text), layout.width),
                code="wrong-length",
                found=f"{len(line.text)} characters",
                expected=f"{layout.width} characters",
            )
        else:
            yield line


def note(
    code: str, field: str, line: int, column: int, strict: bool, notices: list[Notice]
) -> None:
    """Note what is odd; in strict mode raise it."""
    if strict:
        raise fault(NOTICES[code].rstrip(".").lower(), field, line, column, code=code)
    place = f"line {line} column {column}"
    notices.append(Notice(code=code, field=field, position=place, text=NOTICES[code]))
