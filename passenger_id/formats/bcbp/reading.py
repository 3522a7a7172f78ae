"""Reading boarding passes: the text as a reader reports it, one pass a line."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from passenger_id.formats.bcbp.ending import look_at_trailing, read_security
from passenger_id.formats.bcbp.legs import (
    HEADER_LENGTH,
    HEADER_PATTERN,
    LEG_LENGTH,
    LEG_PATTERN,
    leg_items,
    made_leg,
    opening,
)
from passenger_id.formats.bcbp.making import maker
from passenger_id.formats.bcbp.marks import SEPARATORS, Marks
from passenger_id.formats.bcbp.odd_field import odd_field
from passenger_id.formats.bcbp.passes import FORMAT, BoardingPass, Leg, UniqueItems, Written
from passenger_id.formats.bcbp.variable_field import Variable, plain_field
from service_bus import Malformed, Mode, TooLarge

MAX_BYTES: Final = 64 * 1024
"""Bytes taken by default; the longest pass the layout allows has under 1,500."""

LONGEST_PASS: Final = 4096
"""Characters of one pass, far above what sizes of two digits can state."""

_SYMBOLOGY: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_make_pass: Final = maker(BoardingPass)


def parse(
    data: bytes,
    *,
    mode: Mode = "tolerant",
    reference: datetime,
    max_bytes: int = MAX_BYTES,
) -> list[BoardingPass]:
    """Read a boarding pass, or several with one a line.

    Args:
        data: what a barcode reader reports.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: moment of reading; gives days of the year their year.
        max_bytes: size cap.

    Raises:
        Malformed: with item and byte; never a name or a number of a person.
        TooLarge: over the cap.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "boarding pass")
    text = _ascii(data)
    strict, today = mode == "strict", reference.date()
    if text.isprintable() and len(text) <= LONGEST_PASS:
        # No line ends and no separators: one pass, by far the most frequent case.
        return [_read_pass(text, data, Marks(strict=strict, base=0), today)]
    passes = []
    start = 0
    for line in re.split("[\r\n]", text):
        if line:
            if len(line) > LONGEST_PASS:
                raise TooLarge(len(line), LONGEST_PASS, "boarding pass")
            passes.append(_read(line, start, strict, today))
        start += len(line) + 1
    return passes or [_read("", 0, strict, today)]


def recognise(data: bytes) -> float:
    """How much bytes look like a boarding pass, 0 to 1."""
    text = data[:200].lstrip(b"\r\n\x02").decode("latin-1")
    if known := _SYMBOLOGY.match(text):
        text = text[known.end() :]
    if not re.match("M[1-4]", text):
        return 0.0
    if not HEADER_PATTERN.match(text):
        return 0.3 if len(text) >= HEADER_LENGTH + LEG_LENGTH else 0.0
    return 0.98 if LEG_PATTERN.match(text, HEADER_LENGTH) else 0.7


def _ascii(data: bytes) -> str:
    try:
        return data.decode("ascii")
    except UnicodeDecodeError as error:
        at = error.start
        raise Malformed(
            FORMAT,
            "not ASCII",
            field="passenger_name" if 2 <= at < HEADER_LENGTH - 1 else "text",
            position=f"byte {at}",
            found=f"0x{data[at]:02X}",
            expected="ASCII",
            code="not-ascii",
        ) from None


def _read(text: str, base: int, strict: bool, today: date) -> BoardingPass:
    """One pass; separators are passed over, unless the pass can only be read with them."""
    if not SEPARATORS.isdisjoint(text):
        try:
            return _read_without_separators(text, base, strict, today)
        except Malformed:
            if strict:
                raise
            marks = Marks(strict=strict, base=base)
            marks.odd("bcbp-separator", "text", _separators(text)[0])
            try:
                return _read_pass(text, text.encode(), marks, today)
            except Malformed:
                pass
            raise
    return _read_pass(text, text.encode(), Marks(strict=strict, base=base), today)


def _separators(text: str) -> tuple[int, ...]:
    return tuple(at for at, letter in enumerate(text) if letter in SEPARATORS)


def _read_without_separators(text: str, base: int, strict: bool, today: date) -> BoardingPass:
    places = _separators(text)
    marks = Marks(strict=strict, base=base)
    marks.odd("bcbp-separator", "text", places[0])
    marks.skip(places)
    clean = "".join(letter for letter in text if letter not in SEPARATORS)
    return _read_pass(clean, text.encode(), marks, today, tuple((at, text[at]) for at in places))


def _no_field(text: str, at: int) -> Variable:
    """What a leg has that ends before its field, and before some of its items."""
    missing = at + LEG_LENGTH - len("00") - len(text)
    return Variable(len(text), written=Written(variable="", missing=missing))


def _read_pass(
    text: str,
    original: bytes,
    marks: Marks,
    today: date,
    separators: tuple[tuple[int, str], ...] = (),
) -> BoardingPass:
    start = 0
    if text.startswith("]") and (known := _SYMBOLOGY.match(text)):
        marks.odd("bcbp-symbology", "text", 0)
        start = known.end()
    count, name, indicator, values, size = opening(text, start, marks)
    at = start + HEADER_LENGTH
    legs: list[Leg] = []
    unique: UniqueItems | None = None
    for number in range(1, count + 1):
        if number > 1:
            values, size = leg_items(text, at, number, marks)
        last = number == count
        field = (
            plain_field(text, at + LEG_LENGTH, size, first=number == 1, last=last, today=today)
            or (None if size else _no_field(text, at))
            or odd_field(
                text,
                at + LEG_LENGTH,
                size,
                marks,
                leg=number,
                last=last,
                versioned=unique is not None,
                today=today,
            )
        )
        legs.append(made_leg(values, field, legs, today, marks, at))
        unique = unique or field.unique
        at = field.end
    security, at = read_security(text, at, marks)
    if at < len(text):
        look_at_trailing(text, at, security, marks)
    return _make_pass(
        (
            name,
            indicator,
            tuple(legs),
            unique,
            security,
            text[:start],
            text[at:],
            separators,
            original,
            tuple(marks.notices),
        )
    )
