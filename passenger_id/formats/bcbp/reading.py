"""Reading boarding passes: the text as a reader reports it, one pass a line."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from passenger_id.formats.bcbp.items import HEADER, LEG, Item, whole
from passenger_id.formats.bcbp.making import maker
from passenger_id.formats.bcbp.marks import SEPARATORS, Marks
from passenger_id.formats.bcbp.odd_field import HEX, OddField
from passenger_id.formats.bcbp.passes import FORMAT, BoardingPass, Leg, Security, UniqueItems
from passenger_id.formats.bcbp.variable_field import Variable, plain_field
from passenger_id.formats.day_of_year import nearest_day, next_day
from service_bus import Malformed, Mode, TooLarge

MAX_BYTES: Final = 64 * 1024
"""Bytes taken by default; the longest pass the layout allows has under 1,500."""

LONGEST_PASS: Final = 4096
"""Characters of one pass, far above what sizes of two digits can state."""

HEADER_LENGTH: Final = 23
LEG_LENGTH: Final = 37

_SYMBOLOGY: Final = re.compile(r"\][A-Za-z][0-9A-Za-z]")
_HEADER: Final = re.compile("M[1-4]" + whole(HEADER), re.ASCII)
_LEG: Final = re.compile(whole(LEG) + "([0-9A-F]{2})", re.ASCII)
_make_pass: Final = maker(BoardingPass)
_make_leg: Final = maker(Leg)
_LEG_NAMES: Final = tuple(item.name for item in LEG)
_LEG_OFFSETS: Final = tuple(sum(item.width for item in LEG[:i]) for i in range(len(LEG)))
_DAY: Final = _LEG_NAMES.index("date_of_flight")
_CARRIER: Final = _LEG_NAMES.index("operating_carrier_designator")


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
    text = data[:200].lstrip(b"\r\n").decode("latin-1")
    if known := _SYMBOLOGY.match(text):
        text = text[known.end() :]
    if not re.match("M[1-4]", text):
        return 0.0
    if not _HEADER.match(text):
        return 0.3 if len(text) >= HEADER_LENGTH + LEG_LENGTH else 0.0
    return 0.98 if _LEG.match(text, HEADER_LENGTH) else 0.7


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
            try:
                return _read_pass(text, text.encode(), Marks(strict=strict, base=base), today)
            except Malformed:
                pass
            raise
    return _read_pass(text, text.encode(), Marks(strict=strict, base=base), today)


def _read_without_separators(text: str, base: int, strict: bool, today: date) -> BoardingPass:
    places = tuple(at for at, letter in enumerate(text) if letter in SEPARATORS)
    marks = Marks(strict=strict, base=base)
    marks.odd("bcbp-separator", "text", places[0])
    marks.skip(places)
    clean = "".join(letter for letter in text if letter not in SEPARATORS)
    return _read_pass(clean, text.encode(), marks, today, tuple((at, text[at]) for at in places))


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
    count = _leg_count(text, start, marks)
    name, indicator = _header(text, start, marks)
    at = start + HEADER_LENGTH
    legs: list[Leg] = []
    unique: UniqueItems | None = None
    for number in range(1, count + 1):
        values, size = _leg_items(text, at, number, marks)
        start_of_field, last = at + LEG_LENGTH, number == count
        variable = plain_field(
            text, start_of_field, size, first=number == 1, last=last, today=today
        )
        if variable is None:
            variable = OddField(
                text,
                start_of_field,
                size,
                marks,
                leg=number,
                last=last,
                versioned=unique is not None,
                today=today,
            ).read()
        legs.append(_leg(values, variable, legs, today, marks, at))
        unique = unique or variable.unique
        at = variable.end
    security, at = _security(text, at, marks)
    if at < len(text):
        _trailing(text, at, security, marks)
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


def _leg_count(text: str, start: int, marks: Marks) -> int:
    code = text[start : start + 1]
    if code != "M":
        reason = "format S, a single leg before BCBP, is not read" if code == "S" else "not a pass"
        raise marks.fault("wrong-format", reason, "format_code", start, found=code, expected="M")
    digit = text[start + 1 : start + 2]
    if digit not in ("1", "2", "3", "4"):
        raise marks.fault(
            "wrong-value",
            "number of legs does not fit",
            "number_of_legs",
            start + 1,
            found=digit,
            expected="1 to 4",
        )
    return int(digit)


def _header(text: str, start: int, marks: Marks) -> tuple[str, str]:
    if match := _HEADER.match(text, start):
        name, indicator = match.groups()
        return name.rstrip(" "), indicator.rstrip(" ")
    offset = start + 2
    values = []
    for item in HEADER:
        values.append(_mandatory(text, item, offset, marks, ""))
        offset += item.width
    return values[0], values[1]


def _leg_items(text: str, at: int, number: int, marks: Marks) -> tuple[list[str], str]:
    if match := _LEG.match(text, at):
        *values, size = map(str.rstrip, match.groups())
        return values, size
    prefix = f"leg {number} "
    end = at + LEG_LENGTH - 2
    if _empty(text[at:end]):
        marks.odd("bcbp-empty-leg", f"leg {number}", at)
        values = [
            text[at + offset : at + offset + item.width].rstrip(" ")
            for item, offset in zip(LEG, _LEG_OFFSETS, strict=True)
        ]
    else:
        values = [
            _mandatory(text, item, at + offset, marks, prefix)
            for item, offset in zip(LEG, _LEG_OFFSETS, strict=True)
        ]
    field = f"{prefix}size of the variable field"
    size = text[end : end + 2]
    if len(size) < 2:
        raise marks.fault("cut-short", "the pass ends too early", field, len(text))
    if not HEX.fullmatch(size):
        raise marks.fault(
            "wrong-size",
            "size is not hexadecimal",
            field,
            end,
            found=size,
            expected="two hexadecimal digits",
        )
    if size != size.upper():
        marks.odd("bcbp-lower-case", field, end)
    return values, size


def _empty(text: str) -> bool:
    """A leg of blanks only, but for its carrier."""
    start = _LEG_OFFSETS[_CARRIER]
    rest = text[:start] + text[start + LEG[_CARRIER].width :]
    carrier = text[start : start + LEG[_CARRIER].width]
    known = any(alphabet.fullmatch(carrier) for alphabet, _ in LEG[_CARRIER].alphabets)
    return len(text) == LEG_LENGTH - 2 and not rest.strip(" ") and known


def _mandatory(text: str, item: Item, offset: int, marks: Marks, prefix: str) -> str:
    value = text[offset : offset + item.width]
    if len(value) < item.width:
        raise marks.fault(
            "cut-short", "the pass ends too early", prefix + item.name, min(offset, len(text))
        )
    return marks.value(item, value, offset, prefix=prefix)


def _leg(
    values: list[str], variable: Variable, before: list[Leg], today: date, marks: Marks, at: int
) -> Leg:
    digits = values[_DAY].strip(" ")
    day = None
    if digits:
        first = before[-1].flight_date if before else None
        number = int(digits)
        day = next_day(number, first) if first else nearest_day(number, today)
        if day is None:
            place = at + _LEG_OFFSETS[_DAY]
            marks.odd("bcbp-day-366", f"leg {len(before) + 1} date_of_flight", place)
    return _make_leg(
        (*values, variable.repeated, variable.airline_individual_use, day, variable.written)
    )


def _security(text: str, at: int, marks: Marks) -> tuple[Security | None, int]:
    if at >= len(text) or text[at] != "^":
        return None, at
    head = text[at + 1 : at + 4]
    if not head[:1].isalnum():
        raise marks.fault(
            "wrong-value",
            "type of security data does not fit",
            "type_of_security_data",
            min(at + 1, len(text)),
            found=head[:1],
            expected="a letter or digit",
        )
    size = head[1:]
    field = "length of security data"
    if not HEX.fullmatch(size):
        raise marks.fault(
            "wrong-size",
            "size is not hexadecimal",
            field,
            at + 2,
            found=size,
            expected="two hexadecimal digits",
        )
    if size != size.upper():
        marks.odd("bcbp-lower-case", field, at + 2)
    start = at + 4
    end = start + int(size, 16)
    if end > len(text):
        raise marks.fault(
            "cut-short",
            "security data end too early",
            "security_data",
            len(text),
            found=f"{len(text) - start} characters",
            expected=f"{end - start} characters",
        )
    data = text[start:end]
    if not data.isprintable():
        raise marks.fault(
            "wrong-value",
            "a control character stands in the security data",
            "security_data",
            start,
            expected="printable ASCII",
        )
    return Security(
        type_of_security_data=head[0],
        security_data=data,
        size="" if size == size.upper() else size,
    ), end


def _trailing(text: str, at: int, security: Security | None, marks: Marks) -> None:
    """Text after the pass: kept, unless it shows that the pass was not read right."""
    if text[at] == "+" and security is None:
        # What a damaged scan makes of ^: the security data would be lost.
        raise marks.fault(
            "wrong-value",
            "a damaged mark stands where security data begin",
            "beginning_of_security_data",
            at,
            found="+",
            expected="^",
        )
    if _LEG.match(text, at):
        raise marks.fault(
            "wrong-count",
            "the pass holds more legs than it states",
            "number_of_legs",
            at,
            expected="the end of the pass or ^",
        )
    marks.odd("bcbp-trailing", "text", at)
