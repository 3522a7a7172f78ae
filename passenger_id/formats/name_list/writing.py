"""Writing name lists: as they were read, or with elements placed on lines of the standard's length."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from passenger_id.formats.name_list.message import FORMAT, KINDS, DestinationTotal, Name, NameList
from service_bus import Malformed

LONGEST_LINE: Final = 64
"""Characters of a line of a name list."""

_WORD: Final[dict[str, re.Pattern[str]]] = {
    "carrier": re.compile("[A-Z]{3}|[A-Z][A-Z0-9]|[0-9][A-Z]"),
    "number": re.compile(r"\d{1,4}", re.ASCII),
    "suffix": re.compile("[A-Z]?"),
    "day": re.compile(r"\d\d[A-Z]{3}(?:\d\d|\d{4})?", re.ASCII),
    "board_point": re.compile("[A-Z]{3}"),
}
_NAMES: Final = re.compile(r"\d{1,3}[^\d\s/][^\x00-\x1f\x7f]*", re.ASCII)
_NEXT_ELEMENT: Final = re.compile(r" \.[A-Z]{1,3}\d?/", re.ASCII)
_PRINTABLE: Final = re.compile("[^\x00-\x1f\x7f]*")


def encode(message: NameList) -> bytes:
    """The lines of a part.

    Raises:
        Malformed: a value does not fit; names the field.
    """
    if message.kind not in KINDS:
        raise _misfit("message identifier", "not PNL, ADL or PRL")
    for field, alphabet in _WORD.items():
        if not alphabet.fullmatch(getattr(message, field)):
            raise _misfit(field, "value does not fit")
    lines = [*message.envelope, message.kind, _flight(message), *message.header]
    for total in message.totals:
        lines += _total(message, total)
    if message.ended:
        if message.last:
            lines.append(f"END{message.kind}")
        else:
            lines.append(f"ENDPART{message.part or 1}")
    for line in lines[len(message.envelope) :]:
        if not _PRINTABLE.fullmatch(line):
            raise _misfit("line", "a control character")
    text = message.line_end.join(lines) + (message.line_end if message.ends_line else "")
    try:
        return text.encode(message.charset)
    except UnicodeEncodeError:
        raise _misfit("line", f"characters outside {message.charset}") from None


def _flight(message: NameList) -> str:
    part = f" PART{message.part}" if message.part is not None else ""
    flight = f"{message.carrier}{message.number}{message.suffix}"
    return f"{flight}/{message.day} {message.board_point}{part}"


def _total(message: NameList, total: DestinationTotal) -> Iterator[str]:
    fits = re.fullmatch("[A-Z]{3}[A-Z]", total.destination + total.booking_class)
    if not fits or not 0 <= total.count <= 999 or not 0 <= (total.pad or 0) <= 999:
        raise _misfit("total by destination", "value does not fit")
    line = f"-{total.destination}{total.count:0{total.places}}{total.booking_class}"
    if total.pad is not None:
        line += f"-PAD{total.pad:0{total.pad_places}}"
    yield line + total.rest
    yield from total.notes
    for change in total.changes:
        if change.action:
            if message.kind != "ADL":
                raise _misfit("action", "only a list of changes has actions")
            yield change.action
        for name in change.names:
            yield from _name(name)


def _name(name: Name) -> Iterator[str]:
    given = "".join(f"/{part}" for part in name.given_names)
    group = f"-{name.group_code}{name.group_size}" if name.group_code else ""
    line = f"{name.count:0{name.places}}{name.surname}{given}{group}"
    known = _NAMES.fullmatch(line) and "/" not in name.surname + "".join(name.given_names)
    if not known or not 1 <= name.count <= 999 or bool(group) != (name.group_size is not None):
        raise _misfit("name", "value does not fit")
    done = 0
    for fold in name.folds:
        yield _unpadded(line[done:fold])
        done = fold
    line = line[done:]
    for element in name.elements:
        if element.code and _NEXT_ELEMENT.search(element.text):
            raise _misfit("element", "the text holds another element")
        text = f".{element.code}/{element.text}" if element.code else element.text
        new = element.starts_line
        if new is None:
            new = len(line) + 1 + len(text) > LONGEST_LINE
        if new:
            yield _unpadded(line)
            line = text
        else:
            line = f"{line} {text}"
    yield _unpadded(line)


def _unpadded(line: str) -> str:
    if line.endswith(" "):
        raise _misfit("element", "blanks at the end of a line would be lost")
    return line


def _misfit(field: str, reason: str) -> Malformed:
    return Malformed(FORMAT, reason, field=field, position="message", code="misfit")
