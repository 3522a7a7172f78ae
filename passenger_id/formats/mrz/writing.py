"""Writing machine-readable zones, check digits computed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Final

from passenger_id.formats.mrz.check_digits import check_digit
from passenger_id.formats.mrz.layouts import LAYOUTS, Layout, layout_of
from passenger_id.formats.mrz.zone import FORMAT, Zone
from service_bus import Malformed

NUMBER_WIDTH: Final = 9
_VALUE: Final = re.compile("[A-Z0-9<]*")
_FULL: Final = frozenset({"date_of_birth", "date_of_expiry"})


def encode(message: Zone) -> bytes:
    """The lines of a zone, divided by line feeds; digits that were read wrong are written as read.

    Raises:
        Malformed: a value does not fit its field; names the field.
    """
    layout = LAYOUTS.get(message.format)
    if layout is None:
        raise _misfit("format", f"not one of {', '.join(LAYOUTS)}")
    lines = [["<"] * layout.width for _ in range(layout.lines)]
    covered: dict[str, str] = {}
    values = {name: getattr(message, name) for name in layout.fields}
    if "surname" in values:  # the two have fields of their own
        values["surname"], _, values["given_names"] = message.names.partition("<<")
    digits: dict[str, str] = {}
    number, long_number = values["document_number"], ""
    if len(number) > NUMBER_WIDTH and layout.long_number:
        digit = message.written.document_number if message.written else check_digit(number)
        long_number = number[NUMBER_WIDTH:] + digit
        values["document_number"] = number[:NUMBER_WIDTH]
        values["optional_data"] = f"{long_number}<{values['optional_data']}".rstrip("<")
    for name, (line, start, end) in layout.fields.items():
        covered[name] = _filled(name, values[name], end - start)
        lines[line][start:end] = covered[name]
    digits = written_digits(layout, covered | ({"document_number": number} if long_number else {}))
    if message.written:
        digits = {name: getattr(message.written, name) or digits[name] for name in digits}
    for name, (line, start, _) in layout.digits.items():
        if name != "composite":
            lines[line][start] = "<" if name == "document_number" and long_number else digits[name]
    if "composite" in layout.digits:
        texts = ["".join(line) for line in lines]
        line, start, _ = layout.digits["composite"]
        stated = message.written.composite if message.written else None
        lines[line][start] = stated or check_digit(composite_text(layout, texts))
    if layout_of(layout.width, "".join(lines[0])) is not layout:
        raise _misfit("document_code", f"not one of a {layout.name}")
    return "\n".join("".join(line) for line in lines).encode("ascii")


def names_field(surname: str, given_names: str = "", *, width: int) -> str:
    """Names as the zone has them: blanks and hyphens as fillers, apostrophes left out, cut to width.

    >>> names_field("Eriksson", "Anna Maria", width=39)
    'ERIKSSON<<ANNA<MARIA'

    Raises:
        Malformed: a letter outside A-Z; transliterate first (Doc 9303 part 3, section 6).
    """
    parts = [
        re.sub("[ -]+", "<", re.sub("['’.,]", "", name.strip())).upper()
        for name in (surname, given_names)
    ]
    text = "<<".join(part for part in parts if part)
    if not re.fullmatch("[A-Z<]+", text):
        raise _misfit("names", "letters outside A-Z: transliterate them first")
    return text[:width].rstrip("<")


def composite_text(layout: Layout, lines: Sequence[str]) -> str:
    """What the composite digit covers."""
    return "".join(lines[line][start:end] for line, start, end in layout.composite)


def fits(name: str, covered: str, digit: str) -> bool:
    """Whether a check digit is right; that of a blank field may be a filler, not that of a number."""
    if digit == "<":
        return name != "document_number" and not covered.strip("<")
    return digit == check_digit(covered)


def written_digits(layout: Layout, covered: Mapping[str, str]) -> dict[str, str]:
    """The digits as they are written here: for blank optional data a filler.

    ``composite`` is among them where ``covered`` has it.
    """
    digits = {}
    for name in layout.digits:
        if name in covered:
            blank = name == "optional_data" and not covered[name].strip("<")
            digits[name] = "<" if blank else check_digit(covered[name])
    return digits


def _filled(name: str, value: str, width: int) -> str:
    if not _VALUE.fullmatch(value):
        raise _misfit(name, "characters outside A-Z, 0-9 and <")
    if len(value) > width or (name in _FULL and len(value) != width):
        raise _misfit(
            name, f"not {width} characters" if name in _FULL else f"over {width} characters"
        )
    if name not in _FULL and value.endswith("<"):
        raise _misfit(name, "fillers at the end")
    return value.ljust(width, "<")


def _misfit(field: str, reason: str) -> Malformed:
    return Malformed(FORMAT, reason, field=field, position="message", code="misfit")
