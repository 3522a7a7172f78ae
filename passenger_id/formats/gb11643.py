"""Resident identity numbers of China: read, checked, and the older 15 digits brought to 18.

Standard: GB 11643 (citizen identification number), check character by ISO 7064 MOD 11-2, regions by
GB/T 2260. One number a line; the number of a person is never shown in a fault, a notice or a
``repr``. Positions are ``line N column M``, from 1.

=========  ======  ===================================================================================
columns    18      what
=========  ======  ===================================================================================
1-6        region  where the number was first given: province, prefecture, county
7-14       birth   YYYYMMDD
15-17      order   among those born that day in that region; odd for men, even for women
18         check   sum of digits times 7 9 10 5 8 4 2 1 6 3 7 9 10 5 8 4 2, modulo 11: ``10X98765432``
=========  ======  ===================================================================================

Regions 810000, 820000 and 830000 are residence permits of people from Hong Kong, Macao and Taiwan. A
number that begins with 9 is a foreigner's permanent residence card: then the province and the numeric
country code stand in the region's place (known from public descriptions, not checked against the
standard).

The 15 digits used until 1999 lack the century (19) and the check character; they are converted,
which is a notice, and never kept beside the 18. Of the region only the province is checked: counties
come and go, and numbers keep the code of their day.

Notices (faults in strict mode):

=========================  ===========================================================================
``gb11643-legacy``         The number has 15 digits; it was brought to 18.
``gb11643-lower-case``     The check character is a small x.
``gb11643-wide``           Full-width characters were read as their plain ones.
``gb11643-blanks``         Blanks or hyphens in the number were left out.
``gb11643-region``         The region names a province only, not a county.
=========================  ===========================================================================
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from types import MappingProxyType
from typing import Final, Literal

from passenger_id.formats.line_faults import line_fault
from passenger_id.formats.provinces import PROVINCES
from service_bus import Malformed, Mode, Notice, TooLarge

FORMAT: Final = "gb11643"
"""Name of the format, as in ``airport-brain decode gb11643``."""

MAX_BYTES: Final = 64 * 1024
"""Bytes taken by default: thousands of numbers."""

OLDEST_YEARS: Final = 150
"""Nobody is older; a number that says so is mistyped."""

_fault = partial(line_fault, FORMAT)

NOTICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "gb11643-legacy": "The number has 15 digits; it was brought to 18.",
        "gb11643-lower-case": "The check character is a small x.",
        "gb11643-wide": "Full-width characters were read as their plain ones.",
        "gb11643-blanks": "Blanks or hyphens in the number were left out.",
        "gb11643-region": "The region names a province only, not a county.",
    }
)
"""Each notice with its sentence."""

Kind = Literal["resident", "hong-kong", "macao", "taiwan", "foreigner"]

_PERMITS: Final[Mapping[str, Kind]] = MappingProxyType(
    {"810000": "hong-kong", "820000": "macao", "830000": "taiwan"}
)
_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS: Final = "10X98765432"
_BIRTH: Final = slice(6, 14)
_BLANKS: Final = re.compile("[ \t\u3000-]")
_NUMBER: Final = re.compile(r"\d{17}[\dX]|\d{15}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class ResidentNumber:
    """An identity number that fits the standard.

    Attributes:
        number: the 18 characters; not shown by ``repr``.
        original: the bytes of its line.
        notices: what was odd.
    """

    number: str = field(repr=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def masked(self) -> str:
        """The number as it may be shown: ``110105********002X``."""
        return f"{self.number[:6]}{'*' * 8}{self.number[14:]}"

    @property
    def region(self) -> str:
        """Six digits of GB/T 2260."""
        return self.number[:6]

    @property
    def province(self) -> tuple[str, str]:
        """Names of the province, Chinese and English."""
        return PROVINCES[_province(self.number)]

    @property
    def kind(self) -> Kind:
        """Whose number it is."""
        return "foreigner" if self.number[0] == "9" else _PERMITS.get(self.region, "resident")

    @property
    def birth_date(self) -> date:
        """Day of birth."""
        return date.fromisoformat(self.number[_BIRTH])

    @property
    def sex(self) -> Literal["M", "F"]:
        """By the last digit of the order: odd ``M``, even ``F``."""
        return "M" if int(self.number[16]) % 2 else "F"


def check_character(digits: str) -> str:
    """The last character for the first 17 digits.

    >>> check_character("11010519491231002")
    'X'
    """
    return _CHECKS[sum(int(d) * w for d, w in zip(digits, _WEIGHTS, strict=True)) % 11]


def upgraded(digits: str) -> str:
    """The 18 characters for 15 digits.

    >>> upgraded("110105491231002")
    '11010519491231002X'
    """
    longer = f"{digits[:6]}19{digits[6:]}"
    return longer + check_character(longer)


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[ResidentNumber]:
    """Read a number, or several with one a line.

    Args:
        data: UTF-8 text.
        mode: ``strict`` takes 18 plain characters only.
        reference: moment of reading; births lie before it.
        max_bytes: size cap.

    Raises:
        Malformed: with field, line and column; never the number.
        TooLarge: over the cap.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "list of identity numbers")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        before = data[: error.start].replace(b"\r\n", b"\n").replace(b"\r", b"\n")
        line, column = before.count(b"\n") + 1, len(before.rpartition(b"\n")[2]) + 1
        raise _fault("not UTF-8", "number", line, column, code="not-utf8") from None
    found = []
    for number, line_text in enumerate(re.split("\r\n|\n|\r", text), 1):
        if line_text.strip():
            found.append(_read(line_text, number, mode == "strict", reference.date()))
    if not found:
        raise _fault("nothing to read", "number", 1, 1, code="cut-short")
    return found


def recognise(data: bytes) -> float:
    """How much bytes look like an identity number, 0 to 1."""
    first = data[:64].split(b"\n", 1)[0].strip().upper()
    if not _NUMBER.fullmatch(first.decode("latin-1")):
        return 0.0
    text = first.decode("ascii")
    if len(text) == 15:
        return 0.4 if _province(text) in PROVINCES else 0.1
    return 0.95 if check_character(text[:17]) == text[17] else 0.2


def encode(message: ResidentNumber) -> bytes:
    """The 18 characters.

    Raises:
        Malformed: the number does not fit the standard.
    """
    number = message.number
    if len(number) != 18 or not _NUMBER.fullmatch(number):
        raise _fault("not 17 digits and a check character", "number", 1, 1, code="wrong-length")
    _check(number, 1, 1, None)
    return number.encode("ascii")


def _read(text: str, line: int, strict: bool, today: date) -> ResidentNumber:
    notices: list[Notice] = []

    def odd(code: str, field_name: str, column: int) -> None:
        if strict:
            raise _fault(NOTICES[code].rstrip(".").lower(), field_name, line, column, code=code)
        place = f"line {line} column {column}"
        notices.append(Notice(code=code, field=field_name, position=place, text=NOTICES[code]))

    plain = text
    if not plain.isascii():
        plain = unicodedata.normalize("NFKC", plain)
        if plain.isascii():
            odd("gb11643-wide", "number", 1)
    if _BLANKS.search(plain):
        odd("gb11643-blanks", "number", 1)
        plain = _BLANKS.sub("", plain)
    if plain.endswith("x"):
        odd("gb11643-lower-case", "check character", len(text))
        plain = plain.upper()
    if not _NUMBER.fullmatch(plain):
        raise _not_a_number(plain, text, line)
    if len(plain) == 15:
        _calendar(f"19{plain[6:12]}", line, 7, today)
        odd("gb11643-legacy", "number", 1)
        plain = upgraded(plain)
    _check(plain, line, 1, today)
    if plain[2:6] == "0000" and plain[:6] not in _PERMITS:
        odd("gb11643-region", "region", 1)
    return ResidentNumber(number=plain, original=text.encode(), notices=tuple(notices))


def _not_a_number(plain: str, text: str, line: int) -> Malformed:
    if len(plain) in (15, 18):
        at = next(
            (i for i, c in enumerate(plain) if not ("0" <= c <= "9")), 0
        )  # a final X of 18 is never the first, as the rest would fit then
        return _fault(
            "a character that is no digit",
            "number",
            line,
            min(at, len(text) - 1) + 1,
            code="wrong-character",
            expected="digits, the last of 18 may be X",
        )
    return _fault(
        "wrong length",
        "number",
        line,
        1,
        code="wrong-length",
        found=f"{len(plain)} characters",
        expected="18 characters",
    )


def _province(number: str) -> str:
    return number[1:3] if number[0] == "9" else number[:2]


def _check(number: str, line: int, column: int, today: date | None) -> None:
    """Region, birth and check character of 18 characters."""
    if _province(number) not in PROVINCES:
        raise _fault("no province has this code", "region", line, column, code="unknown-region")
    _calendar(number[_BIRTH], line, column + 6, today)
    if check_character(number[:17]) != number[17]:
        raise _fault(
            "the check character does not fit",
            "check character",
            line,
            column + 17,
            code="wrong-checksum",
        )


def _calendar(digits: str, line: int, column: int, today: date | None) -> None:
    try:
        born = date.fromisoformat(digits)
    except ValueError:
        raise _fault(
            "no such day",
            "birth date",
            line,
            column,
            code="wrong-date",
            expected="a day of the calendar, YYYYMMDD",
        ) from None
    if today is not None and not (born <= today and born.year >= today.year - OLDEST_YEARS):
        raise _fault(
            "a birth after the reference or more than 150 years before it",
            "birth date",
            line,
            column,
            code="impossible-birth",
        )
