"""Reading machine-readable zones: what a document reader or an OCR reports."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from passenger_id.formats.masking import slipped
from passenger_id.formats.mrz.check_digits import check_digit
from passenger_id.formats.mrz.layouts import Layout, Span, layout_of
from passenger_id.formats.mrz.lines import (
    BLANKS,
    FORBIDDEN,
    Line,
    completed,
    fault,
    layout_here,
    note,
    read_lines,
)
from passenger_id.formats.mrz.writing import composite_text, fits, written_digits
from passenger_id.formats.mrz.years import birth_day, expiry_day
from passenger_id.formats.mrz.zone import WrittenDigits, Zone
from service_bus import Malformed, Mode, Notice, TooLarge

MAX_BYTES: Final = 64 * 1024
"""Bytes taken by default: hundreds of documents."""

NUMBER_WIDTH: Final = 9

_LOOKED_AT: Final = 400
_UNDIVIDED: Final = frozenset({72, 88, 90})

_DATE: Final = re.compile(r"(?:\d\d|<<){3}", re.ASCII)
_ALPHABETS: Final[dict[str, tuple[re.Pattern[str], str, bool]]] = {
    # Field: alphabet, in words, and whether anything else cannot be read.
    "document_code": (re.compile("[A-Z][A-Z0-9<]"), "a letter, then a letter or <", True),
    "issuing_state": (re.compile("[A-Z]{1,3}<*"), "one to three letters", False),
    "nationality": (re.compile("[A-Z]{1,3}<*"), "one to three letters", False),
    "date_of_birth": (_DATE, "YYMMDD, unknown parts <<", True),
    "date_of_expiry": (_DATE, "YYMMDD, unknown parts <<", True),
    "sex": (re.compile("[MFX<]"), "M, F, X or <", True),
    "names": (re.compile("[A-Z][A-Z<]*"), "letters and <", False),
    "surname": (re.compile("(?:[A-Z0-9]+(?:<[A-Z0-9]+)*)?<*"), "parts divided by one <", True),
    "document_number": (re.compile("[A-Z0-9<]*[A-Z0-9][A-Z0-9<]*"), "letters and digits", False),
}


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[Zone]:
    """Read the zone of one document, or of several one after the other.

    A check digit that does not fit is a notice: :attr:`Zone.checks` says which. Strict mode refuses it.

    Args:
        data: the lines, divided by line ends.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: moment of reading; gives years their century.
        max_bytes: size cap.

    Raises:
        Malformed: with field, line and column; never a name or a number.
        TooLarge: over the cap.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "machine-readable zone")
    notices: list[Notice] = []
    lines = list(read_lines(data, mode == "strict", notices))
    if not lines:
        raise fault("nothing to read", "document_code", 1, 1, code="cut-short")
    zones: list[Zone] = []
    while lines:
        layout = layout_here(lines)
        lines[: layout.lines] = completed(lines, layout, mode == "strict", notices)
        zone_lines, lines = lines[: layout.lines], lines[layout.lines :]
        original = "\n".join(line.text for line in zone_lines).encode("ascii")
        if not zones and not lines:
            original = data
        zones.append(
            _Reader(layout, zone_lines, mode == "strict", notices).zone(original, reference.date())
        )
        notices = []
    return zones


def recognise(data: bytes) -> float:
    """How much bytes look like a machine-readable zone, 0 to 1."""
    rows = (
        row.replace(" ", "").strip(BLANKS)
        for row in data[:_LOOKED_AT].decode("latin-1").splitlines()
    )
    lines = [row.upper() for row in rows if row]
    if not lines or FORBIDDEN.search(lines[0]) or not lines[0][0].isalpha():
        return 0.0
    layout = layout_of(len(lines[0]), lines[0])
    if layout is not None:
        rest = lines[1 : layout.lines]
        if len(rest) == layout.lines - 1 and all(len(line) == layout.width for line in rest):
            return 0.98
        return 0.3 if "<<" in lines[0] else 0.0
    if "<<" not in lines[0]:
        return 0.0
    if len(lines) == 1:
        return 0.5 if len(lines[0]) in _UNDIVIDED else 0.0
    # The fillers behind the names may be missing; the second line has its length.
    second = layout_of(len(lines[1]), lines[0])
    short = second is not None and second.lines == 2 and len(lines[0]) < second.width
    return 0.5 if short and not FORBIDDEN.search(lines[1]) else 0.0


class _Reader:
    """Reads one zone from its lines."""

    def __init__(
        self, layout: Layout, lines: list[Line], strict: bool, notices: list[Notice]
    ) -> None:
        self._layout = layout
        self._lines = lines
        self._strict = strict
        self._notices = list(notices)

    def zone(self, original: bytes, today: date) -> Zone:
        """The zone, its dates with their century."""
        texts = [line.text for line in self._lines]
        values = self._values()
        number, number_digit, optional = self._number(values)
        optional_start = self._layout.fields["optional_data"][2] - len(optional)
        digits = {name: self._at(span) for name, span in self._layout.digits.items()}
        digits["document_number"] = number_digit
        covered = {name: values[name] for name in digits if name in values} | {
            "document_number": number
        }
        if "composite" in digits:
            covered["composite"] = composite_text(self._layout, texts)
        checks = {name: fits(name, covered[name], digit) for name, digit in digits.items()}
        checks["document_number"] |= self._fits_with_filler(number, number_digit)
        for name in (name for name, good in checks.items() if not good):
            span = self._layout.digits[name]
            if (
                name == "document_number"
                and len(number) > NUMBER_WIDTH
                and self._layout.long_number
            ):
                start = self._layout.fields["optional_data"]
                span = (start[0], optional_start - 2, optional_start - 1)
            self._odd("mrz-check-digit", f"check digit of {name}", span)
        born = birth_day(values["date_of_birth"], today)
        expires = expiry_day(values["date_of_expiry"], today)
        self._calendar("date_of_birth", values, born)
        if "date_of_expiry" in self._layout.fields:
            self._calendar("date_of_expiry", values, expires)
        canonical = written_digits(self._layout, covered)
        written = WrittenDigits(**digits) if digits != canonical else None
        fields = {name: value.rstrip("<") for name, value in values.items()}
        fields |= {
            "document_number": number.rstrip("<"),
            "optional_data": optional.rstrip("<"),
            "date_of_birth": values["date_of_birth"],
            "date_of_expiry": values["date_of_expiry"],
        }
        return Zone(
            format=self._layout.name,
            checks=checks,
            birth_date=born,
            expiry_date=expires,
            written=written,
            original=original,
            notices=tuple(self._notices),
            **fields,
        )

    def _values(self) -> dict[str, str]:
        """Values of the fields; those that a layout lacks are made of what it has."""
        values = {name: self._field(name) for name in self._layout.fields}
        if "names" in values:
            return values
        surname, given = values.pop("surname").rstrip("<"), values.pop("given_names").rstrip("<")
        values["names"] = f"{surname}<<{given}" if given else surname
        if not _ALPHABETS["names"][0].fullmatch(values["names"]):
            self._odd("mrz-unusual-value", "names", self._layout.fields["surname"])
        return values | {"nationality": values["issuing_state"], "date_of_expiry": ""}

    def _number(self, values: dict[str, str]) -> tuple[str, str, str]:
        """Document number, its check digit, and what is left of the optional data."""
        number, optional = values["document_number"], values["optional_data"]
        digit = self._at(self._layout.digits["document_number"])
        if not self._layout.long_number or digit != "<" or "<" in number:
            return number, digit, optional
        more, filler, rest = optional.partition("<")
        if not more or not more[-1].isdecimal():
            return number, digit, optional
        return number + more[:-1], more[-1], rest if filler else ""

    def _fits_with_filler(self, number: str, digit: str) -> bool:
        """Whether the filler inside a long number was counted, as some states do."""
        if len(number) <= NUMBER_WIDTH or not self._layout.long_number:
            return False
        return digit == check_digit(f"{number[:NUMBER_WIDTH]}<{number[NUMBER_WIDTH:]}")

    def _field(self, name: str) -> str:
        span = self._layout.fields[name]
        value = self._at(span)
        known = _ALPHABETS.get(name)
        if known and not known[0].fullmatch(value):
            if known[2]:
                raise self._wrong(name, span, value, known[1])
            self._odd("mrz-unusual-value", name, span)
        elif name == "document_code" and value[1].isdecimal():  # permanent resident cards: C1
            self._odd("mrz-unusual-value", name, span)
        return value

    def _wrong(self, name: str, span: Span, value: str, expected: str) -> Malformed:
        line = self._lines[span[0]]
        return fault(
            "value does not fit",
            name,
            line.number,
            line.column + span[1],
            code="wrong-value",
            found=slipped(value),
            expected=expected,
        )

    def _calendar(self, name: str, values: dict[str, str], day: date | None) -> None:
        if day is None and "<" not in values[name]:
            self._odd("mrz-date", name, self._layout.fields[name])

    def _at(self, span: Span) -> str:
        return self._lines[span[0]].text[span[1] : span[2]]

    def _odd(self, code: str, field: str, span: Span) -> None:
        line = self._lines[span[0]]
        note(code, field, line.number, line.column + span[1], self._strict, self._notices)
