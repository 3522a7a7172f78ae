"""The mandatory items: header and legs of a pass."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Final

from passenger_id.formats.bcbp.items import HEADER, LEG, Item, whole
from passenger_id.formats.bcbp.making import maker
from passenger_id.formats.bcbp.marks import Marks
from passenger_id.formats.bcbp.odd_field import HEX
from passenger_id.formats.bcbp.passes import Leg
from passenger_id.formats.bcbp.variable_field import Variable
from passenger_id.formats.day_of_year import nearest_day, next_day

HEADER_LENGTH: Final = 23
LEG_LENGTH: Final = 37

HEADER_PATTERN: Final = re.compile("M[1-4]" + whole(HEADER), re.ASCII)
LEG_PATTERN: Final = re.compile(whole(LEG) + "([0-9A-F]{2})", re.ASCII)
_FIRST: Final = re.compile("M([1-4])" + whole(HEADER) + LEG_PATTERN.pattern, re.ASCII)
_SHORT_ENDS: Final = (24, 25)
"""Characters of a leg that the short codes of booking confirmations have: to the day, or to the class."""
_make_leg: Final = maker(Leg)
_LEG_NAMES: Final = tuple(item.name for item in LEG)
_LEG_OFFSETS: Final = tuple(sum(item.width for item in LEG[:i]) for i in range(len(LEG)))
_DAY: Final = _LEG_NAMES.index("date_of_flight")
_CARRIER: Final = _LEG_NAMES.index("operating_carrier_designator")


def opening(text: str, start: int, marks: Marks) -> tuple[int, str, str, Sequence[str], str]:
    """Number of legs, name, ticket indicator, items of leg 1 and the size of its variable field.

    The size is ``""`` where the leg ends before it.
    """
    if match := _FIRST.match(text, start):
        # The pattern allows no white space but blanks, so the plain ``rstrip`` takes padding only.
        count, name, indicator, *values, size = map(str.rstrip, match.groups())
        return int(count), name, indicator, values, size
    legs = _leg_count(text, start, marks)
    name, indicator = _header(text, start, marks)
    at = start + HEADER_LENGTH
    if legs == 1 and len(text) - at in _SHORT_ENDS:
        return legs, name, indicator, _short(text, at, marks), ""
    values, size = leg_items(text, at, 1, marks)
    return legs, name, indicator, values, size


def _short(text: str, at: int, marks: Marks) -> list[str]:
    """Items of a leg that ends early; those behind its end are blank."""
    marks.odd("bcbp-short", "leg 1", len(text))
    found = [
        _mandatory(text, item, at + offset, marks, "leg 1 ")
        for item, offset in zip(LEG, _LEG_OFFSETS, strict=True)
        if at + offset < len(text)
    ]
    return found + [""] * (len(LEG) - len(found))


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
    offset = start + 2
    values = []
    for item in HEADER:
        values.append(_mandatory(text, item, offset, marks, ""))
        offset += item.width
    return values[0], values[1]


def leg_items(text: str, at: int, number: int, marks: Marks) -> tuple[list[str], str]:
    """Items of a leg without padding, and the size of its variable field."""
    if match := LEG_PATTERN.match(text, at):
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


def made_leg(
    values: Sequence[str], variable: Variable, before: list[Leg], today: date, marks: Marks, at: int
) -> Leg:
    """A leg from its items and its variable field, its day with a year.

    A pass that says when it was issued is for a flight about then, however long ago that is: a pass of
    another year must not look like today's.
    """
    digits = values[_DAY].strip(" ")
    day = None
    if digits:
        first = before[-1].flight_date if before else None
        number = int(digits)
        issued = variable.unique.issue_date if variable.unique else None
        day = next_day(number, first) if first else nearest_day(number, issued or today)
        if day is None:
            place = at + _LEG_OFFSETS[_DAY]
            marks.odd("bcbp-day-366", f"leg {len(before) + 1} date_of_flight", place)
    return _make_leg(
        (*values, variable.repeated, variable.airline_individual_use, day, variable.written)
    )
