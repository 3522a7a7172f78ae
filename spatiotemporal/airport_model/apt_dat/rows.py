"""Cuts an apt.dat text into rows of typed values, each with its line; says where one cannot be."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from service_bus import Malformed, Mode, Notice
from spatiotemporal.airport_model.apt_dat.columns import END_ROW, ROWS, VITAL_ROWS, Column

FORMAT = "apt-dat"

LONGEST_LINE = 16_384
"""Characters; the longest real rows (airline lists) stay under a thousand."""

_WORD = re.compile(r"\S+")
_SHOWN = 40

Value = int | float | str


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row.

    Attributes:
        code: row code; -1 when the line does not begin with a number.
        line: counted from 1 in the file.
        values: by column; absent optional columns are left out.
        extra: words after the last known column.
        text: the line as it stands.
        broken: it has columns that cannot be read, so it has no values.
    """

    code: int
    line: int
    values: Mapping[str, Value]
    extra: str
    text: str
    broken: bool = False

    @property
    def known(self) -> bool:
        """Whether the reader has columns for it."""
        return self.code in ROWS

    def number(self, name: str, absent: float = 0.0) -> float:
        """A numeric column."""
        value = self.values.get(name, absent)
        assert not isinstance(value, str)
        return value

    def whole(self, name: str, absent: int = 0) -> int:
        """An integer column."""
        return int(self.number(name, absent))

    def word(self, name: str, absent: str = "") -> str:
        """A text column."""
        return str(self.values.get(name, absent))

    def place(self, prefix: str = "", suffix: str = "") -> tuple[float, float]:
        """Latitude and longitude."""
        return self.number(f"{prefix}lat{suffix}"), self.number(f"{prefix}lon{suffix}")


class Oddities:
    """Collects what is odd; in strict mode the first one is a fault."""

    def __init__(self, mode: Mode) -> None:
        self._mode = mode
        self.notices: list[Notice] = []

    def add(self, code: str, field: str, line: int, text: str, *, found: str = "") -> None:
        """Note something odd on a line.

        Raises:
            Malformed: in strict mode.
        """
        position = f"line {line}"
        if self._mode == "strict":
            raise Malformed(
                FORMAT, text, field=field, position=position, found=found[:_SHOWN], code=code
            )
        self.notices.append(Notice(code=code, field=field, position=position, text=text))

    def leave_out(self, wrong: Malformed) -> None:
        """Note a row that cannot be read and that the airport does without.

        Raises:
            Malformed: in strict mode.
        """
        if self._mode == "strict":
            raise wrong
        found = f" ({wrong.found})" if wrong.found else ""
        text = f"{wrong.field}{found}: {wrong.reason}; the row is left out"
        self.notices.append(
            Notice(code="apt-bad-row", field=wrong.field, position=wrong.position, text=text)
        )


def fault(line: int, column: int, field: str, reason: str, found: str, expected: str) -> Malformed:
    """A row that cannot be read."""
    return Malformed(
        FORMAT,
        reason,
        field=field,
        position=f"line {line} column {column}",
        found=found[:_SHOWN],
        expected=expected,
    )


def read_rows(lines: list[str], first: int, odd: Oddities) -> Iterator[Row]:
    """Rows of ``lines``, the first of which has the number ``first``; blanks and comments skipped.

    Raises:
        Malformed: a header or runway that lacks a column, or has a value that the column cannot have.
    """
    for number, text in enumerate(lines, start=first):
        bare = text.strip()
        if not bare or bare.startswith("#"):
            continue
        if len(text) > LONGEST_LINE:
            limit = f"at most {LONGEST_LINE} characters"
            raise fault(number, 1, "row", "the line is too long", f"{len(text)} characters", limit)
        row = _row_or_scrap(number, text, odd)
        if row.code != END_ROW and not row.known:
            message = f"row code {bare.split()[0][:_SHOWN]!r} is not known; the row is kept"
            odd.add("apt-unknown-row", "row code", number, message, found=bare)
        elif row.extra and row.known:
            message = f"row {row.code} has more columns than are known; they are kept"
            odd.add("apt-extra-columns", f"row {row.code}", number, message, found=row.extra)
        yield row


def _row_or_scrap(number: int, text: str, odd: Oddities) -> Row:
    """A row; without values where it cannot be read and the airport does without it."""
    try:
        return _row(number, text, odd)
    except Malformed as wrong:
        code = _code(text.split(None, 1)[0])
        if code in VITAL_ROWS:
            raise
        odd.leave_out(wrong)
        return Row(code=code, line=number, values={}, extra="", text=text, broken=True)


def _code(head: str) -> int:
    return int(head) if head.isascii() and head.isdigit() and len(head) <= 6 else -1


def _row(number: int, text: str, odd: Oddities) -> Row:
    words = list(_WORD.finditer(text))
    code = _code(words[0].group())
    columns = ROWS.get(code)
    if columns is None:
        rest = text[words[0].end() :].strip()
        return Row(code=code, line=number, values={}, extra=rest, text=text)
    values: dict[str, Value] = {}
    at = 1
    for column in columns:
        if at >= len(words):
            if not column.optional:
                reason = f"row {code} ends before this column"
                raise fault(number, len(text) + 1, column.name, reason, "", column.kind)
            break
        if column.kind == "rest":
            values[column.name] = text[words[at].start() :].rstrip()
            at = len(words)
        else:
            value = _value(number, words[at], column, odd)
            if value is not None:
                values[column.name] = value
            at += 1
    extra = text[words[at].start() :].rstrip() if at < len(words) else ""
    return Row(code=code, line=number, values=values, extra=extra, text=text)


_LIMITS = {"lat": 90.0, "lon": 180.0}


def _value(number: int, word: re.Match[str], column: Column, odd: Oddities) -> Value | None:
    """The value of a column; ``None`` where it cannot be read and the row does without."""
    if column.kind == "word":
        return word.group()
    try:
        return _number(number, word, column)
    except Malformed as wrong:
        if column.vital:
            raise
        text = f"{column.name} is {wrong.reason}; taken as absent"
        odd.add("apt-bad-value", column.name, number, text, found=word.group())
        return None


def _number(number: int, word: re.Match[str], column: Column) -> Value:
    text = word.group()
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    limit = _LIMITS.get(column.kind, 1e9)
    if not abs(value) <= limit or "_" in text:
        expected = f"a number from -{limit:g} to {limit:g}"
        reason = "not a number of this column"
        raise fault(number, word.start() + 1, column.name, reason, text, expected)
    if column.kind != "int":
        return value
    # Some writers put "0.00" where the format has a whole number.
    if value != int(value):
        raise fault(number, word.start() + 1, column.name, "not whole", text, "a whole number")
    return int(value)
