"""A sentence while it is read: its fields, where they stand, and how faults are said."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from sys import intern
from typing import Final

from service_bus import Malformed, Mode, Notice

FORMAT: Final = "nmea"

_NO_DATE: Final = "000000"
_NUMERIC: Final = frozenset("0123456789.-+")


def fault(
    reason: str, *, field: str, position: str, found: str = "", expected: str = "", code: str
) -> Malformed:
    """A fault that names its place; ``found`` is cut short."""
    return Malformed(
        FORMAT, reason, field=field, position=position, found=found[:40], expected=expected,
        code=code,
    )  # fmt: skip


@dataclass(slots=True)
class Sentence:
    """One sentence while it is read; knows where its fields stand.

    Attributes:
        proven: it has a checksum, and the right one.
    """

    line: int
    column: int
    fields: list[str]
    mode: Mode
    reference: datetime
    notices: list[Notice] = field(default_factory=list)
    proven: bool = False

    def at(self, index: int) -> str:
        """Place of a field."""
        column = self.column + sum(len(one) + 1 for one in self.fields[:index])
        return f"line {self.line} column {column}"

    def text(self, index: int) -> str:
        """A field; empty beyond the end, and when there is nothing but blanks in it."""
        text = self.fields[index] if index < len(self.fields) else ""
        return "" if text.isspace() else text

    def odd(self, code: str, name: str, place: str, text: str) -> None:
        """Take a notice; a fault in strict mode."""
        if self.mode == "strict":
            raise fault(text, field=name, position=place, code=code)
        self.notices.append(Notice(code=code, field=name, position=place, text=intern(text)))

    def enough(self, least: int) -> None:
        """Note that fields are missing at the end."""
        have = len(self.fields) - 1
        if have < least:
            text = f"{have} fields of at least {least}"
            self.odd("nmea-few-fields", "fields", self.at(have), text)

    def wrong(self, index: int, name: str, expected: str) -> Malformed:
        """The fault of a field that cannot be read."""
        return fault(
            f"{name} cannot be read",
            field=name,
            position=self.at(index),
            found=self.text(index),
            expected=expected,
            code="wrong-value",
        )

    def number(self, index: int, name: str) -> float | None:
        """A decimal number; ``None`` if the field is empty."""
        text = self.text(index)
        if not text:
            return None
        if len(text) > 20 or not set(text) <= _NUMERIC:
            raise self.wrong(index, name, "a decimal number")
        try:
            return float(text)
        except ValueError as error:
            raise self.wrong(index, name, "a decimal number") from error

    def whole(self, index: int, name: str) -> int | None:
        """A whole number; ``None`` if the field is empty."""
        text = self.text(index)
        if not text:
            return None
        if len(text) > 9 or not (text.isascii() and text.isdigit()):
            raise self.wrong(index, name, "a whole number")
        return int(text)

    def one_of(self, index: int, name: str, choices: str) -> str:
        """A letter of ``choices``; empty if the field is."""
        text = self.text(index)
        if len(text) > 1 or text not in choices:
            raise self.wrong(index, name, " or ".join(choices))
        return text

    def angle(self, index: int, name: str, digits: int, signs: str) -> float | None:
        """Degrees and minutes with a hemisphere in the next field."""
        text = self.text(index)
        if not text:
            return None
        whole, _, _ = text.partition(".")
        if self.proven and whole.isdecimal() and 3 <= len(whole) < digits + 2:
            place = self.at(index)
            self.odd("nmea-short-angle", name, place, f"{name} without leading zeros")
            text = text.rjust(len(text) + digits + 2 - len(whole), "0")
        elif len(whole) != digits + 2 or not text[:digits].isdecimal():
            raise self.wrong(index, name, f"{'d' * digits}mm.mmmm")
        minutes = self.number(index, name) or 0.0
        degrees = int(text[:digits])
        minutes -= degrees * 100
        value = degrees + minutes / 60
        if minutes >= 60 or value > (90 if digits == 2 else 180):
            raise self.wrong(index, name, "minutes below 60 within the earth's range")
        hemisphere = self.one_of(index + 1, f"{name} hemisphere", signs)
        if not hemisphere:
            raise self.wrong(index + 1, f"{name} hemisphere", " or ".join(signs))
        return -value if hemisphere == signs[1] else value

    def clock(self, index: int) -> timedelta | None:
        """Time of day."""
        text = self.text(index)
        if not text:
            return None
        digits, _, part = text.partition(".")
        if len(digits) != 6 or not digits.isdecimal() or (part and not part.isdecimal()):
            raise self.wrong(index, "time", "hhmmss.ss")
        hour, minute, second = int(digits[:2]), int(digits[2:4]), int(digits[4:])
        if hour > 23 or minute > 59 or second > 60:
            raise self.wrong(index, "time", "hhmmss.ss")
        micros = int(part[:6].ljust(6, "0")) if part else 0
        return timedelta(hours=hour, minutes=minute, seconds=second, microseconds=micros)

    def moment(self, index: int) -> datetime | None:
        """Time of day on the day that brings it nearest to the reference."""
        clock = self.clock(index)
        if clock is None:
            return None
        midnight = self.reference.replace(hour=0, minute=0, second=0, microsecond=0)
        choices = [midnight + clock + timedelta(days=days) for days in (-1, 0, 1)]
        return min(choices, key=lambda one: abs(one - self.reference))

    def dated(self, index: int, date_index: int) -> datetime | None:
        """Time of day with a date of a two-digit year."""
        clock, text = self.clock(index), self.text(date_index)
        if clock is None or not text:
            return None
        if text == _NO_DATE:
            place = self.at(date_index)
            self.odd("nmea-no-date", "date", place, "a date of zeros: the receiver knows none")
            return None
        if len(text) != 6 or not text.isdecimal():
            raise self.wrong(date_index, "date", "ddmmyy")
        century = self.reference.year - self.reference.year % 100
        years = [century + shift + int(text[4:]) for shift in (-100, 0, 100)]
        year = min(years, key=lambda one: abs(one - self.reference.year))
        try:
            day = datetime(year, int(text[2:4]), int(text[:2]), tzinfo=UTC)
        except ValueError as error:
            raise self.wrong(date_index, "date", "ddmmyy") from error
        return day + clock
