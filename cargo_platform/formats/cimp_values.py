"""Values of Cargo-IMP lines: quantities, consignments, dates, flights, times of day.

Weights and volumes are ``Decimal`` with the digits as written, so that writing gives the same text.
Dates carry no year: the year is the one that puts the date nearest to the reference moment. Times are
station-local and naive.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from cargo_platform.awb import Awb, make_awb
from cargo_platform.errors import BadAwb
from cargo_platform.formats.cimp import Part, Reading
from cargo_platform.formats.cimp_lines import Line
from cargo_platform.formats.cimp_rows import Cell, Found

MONTHS: Final = (
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
)  # fmt: skip
MONTH: Final[Mapping[str, int]] = MappingProxyType({m: n for n, m in enumerate(MONTHS, 1)})
HALF_A_YEAR: Final = timedelta(days=182)
KILOGRAMS_PER_POUND: Final = Decimal("0.45359237")
DAY_CHANGE: Final[Mapping[str, int]] = MappingProxyType(
    {"": 0, "P": -1, "N": 1, "S": 2, "T": 3} | {letter: 4 + n for n, letter in enumerate("ABCDEFGHIJKL")}
)  # fmt: skip
"""Days after the date of the line, by the letter behind a time."""

WEIGHT = r"(?:[0-9]{1,7}(?:\.[0-9]{0,7})?|\.[0-9]{1,7})"
VOLUME = r"(?:[0-9]{1,9}(?:\.[0-9]{0,9})?|\.[0-9]{1,9})"
_QUANTITY: Final = (
    rf"([TPSDM])([0-9]{{1,6}})(?:([KL])({WEIGHT}))?(?:(MC|CC|CF|CI)({VOLUME}))?"
    r"(?:DG([0-9]{1,2}))?(?:T([0-9]{1,6}))?"
)
LONGEST_PIECES: Final = 4
"""Digits of a number of pieces."""
QUANTITY_GROUPS: Final = 8
_AWB: Final = r"([0-9]{3})(-?)([0-9]{8})"

QUANTITY = Cell(
    name="quantity", pattern=_QUANTITY, expected="e.g. T25K1250.5 or P20K1000.5MC6.20T25"
)
DATE = Cell(
    name="date", pattern=rf"([0-9]{{2}})({'|'.join(MONTHS)})([0-9]{{4}})?",
    expected="ddMMM or ddMMMhhmm, e.g. 23NOV1015",
)  # fmt: skip
FLIGHT_TEXT: Final = "[A-Z0-9]{2}[A-Z]?[0-9]{1,4}[A-Z]?"
"""A carrier has two characters; some systems write the three letters of the other code list."""
FLIGHT = Cell(
    name="flight", pattern=f"({FLIGHT_TEXT})",
    expected="carrier and number, e.g. CK261",
)  # fmt: skip
AIRPORT = Cell(name="airport", pattern="([A-Z]{3})", expected="three letters, e.g. PVG")
ROUTE = Cell(
    name="from and to", pattern="([A-Z]{3})([A-Z]{3})", expected="six letters, e.g. PVGFRA"
)
CARRIER = Cell(name="carrier", pattern="([A-Z0-9]{2})", expected="two letters or digits")

_CONSIGNMENT: Final = re.compile(
    rf"{_AWB}(?:([A-Z]{{3}})([A-Z]{{3}}))?(?:/{_QUANTITY})?((?:/.*)?)", re.ASCII
)
_AWB_PART: Final = re.compile(_AWB, re.ASCII)
_FLIGHT: Final = re.compile(r"([A-Z0-9]{2}[A-Z]?)([0-9]{1,4})([A-Z]?)", re.ASCII)
_CARRIER_LENGTH: Final = 2
_QUANTITY_ALONE: Final = re.compile(_QUANTITY, re.ASCII)
_TIME: Final = re.compile(r"([SEA])([0-9]{4})(?:-([A-Z]))?", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """Quantity group: how many pieces, how heavy, how large.

    Attributes:
        code: T total, P part, S split, D divided, M mixed.
        weight: in ``weight_unit`` (K kilogram, L pound), ``None`` when left out.
        volume: in ``volume_unit`` (MC, CC, CF, CI: cubic metre, centimetre, foot, inch).
        density: density group, 0 to 10.
        total: pieces of the whole shipment, given with P, S and D.
    """

    code: str
    pieces: int
    weight: Decimal | None = None
    weight_unit: str = ""
    volume: Decimal | None = None
    volume_unit: str = ""
    density: int | None = None
    total: int | None = None

    @property
    def weight_kg(self) -> Decimal | None:
        """Weight in kilograms."""
        if self.weight is None or self.weight_unit != "L":
            return self.weight
        return (self.weight * KILOGRAMS_PER_POUND).quantize(Decimal("0.1"))

    def text(self) -> str:
        """As it is written in a message."""
        parts = [self.code, str(self.pieces)]
        if self.weight is not None:
            parts += [self.weight_unit, f"{self.weight:f}"]
        if self.volume is not None:
            parts += [self.volume_unit, f"{self.volume:f}"]
        if self.density is not None:
            parts += ["DG", str(self.density)]
        if self.total is not None:
            parts += ["T", str(self.total)]
        return "".join(parts)


@dataclass(frozen=True, slots=True, kw_only=True)
class Consignment:
    """Air waybill with origin, destination and quantity: line 2 of most messages."""

    awb: Awb
    origin: str = ""
    destination: str = ""
    quantity: Quantity | None = None

    def text(self) -> str:
        """As it is written in a message."""
        head = f"{self.awb[:3]}-{self.awb[3:]}{self.origin}{self.destination}"
        return head if self.quantity is None else f"{head}/{self.quantity.text()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeInformation:
    """Scheduled, estimated or actual time of day with its day change (``S2130-N``)."""

    kind: str
    time: str
    day_change: str = ""

    def text(self) -> str:
        """As it is written in a message."""
        return f"{self.kind}{self.time}" + (f"-{self.day_change}" if self.day_change else "")

    def on(self, day: datetime) -> datetime | None:
        """The moment, with ``day`` the date of the line; ``None`` for a time that does not exist."""
        hours, minutes = int(self.time[:2]), int(self.time[2:])
        if hours > 24 or minutes > 59 or self.day_change not in DAY_CHANGE:
            return None
        midnight = day.replace(hour=0, minute=0)
        return midnight + timedelta(days=DAY_CHANGE[self.day_change], hours=hours, minutes=minutes)


def quantity_of(found: Found, first: int, reading: Reading, line: Line) -> Quantity:
    """Make the quantity whose eight groups begin at ``first``."""
    code, pieces, unit, weight, volume_unit, volume, density, total = found.group(
        first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7
    )
    if total and code not in "PSD":
        reading.odd(
            line, "quantity-total", "a total of pieces stands beside a whole shipment",
            field="quantity", column=found.start(first) + 1,
        )  # fmt: skip
    if len(pieces) > LONGEST_PIECES or len(total or "") > LONGEST_PIECES:
        reading.odd(
            line, "field-long", f"pieces of more than {LONGEST_PIECES} digits", field="quantity",
            column=found.start(first) + 1,
        )  # fmt: skip
    return Quantity(
        code=code,
        pieces=int(pieces),
        weight=Decimal(weight) if weight else None,
        weight_unit=unit or "",
        volume=Decimal(volume) if volume else None,
        volume_unit=volume_unit or "",
        density=int(density) if density else None,
        total=int(total) if total else None,
    )


def quantity(reading: Reading, line: Line, text: str, column: int) -> Quantity:
    """Read a quantity group that stands alone.

    Raises:
        Malformed: it does not have that shape.
    """
    found = _QUANTITY_ALONE.fullmatch(text)
    if found is None:
        raise reading.fault(
            line, "not a right quantity", field="quantity", column=column, found=text,
            expected=QUANTITY.expected, code="bad-quantity",
        )  # fmt: skip
    return quantity_of(found, 1, reading, line)


def consignment(reading: Reading, line: Line) -> tuple[Consignment, str]:
    """Read a line that begins with an air waybill; give it and what follows the quantity.

    Raises:
        Malformed: it does not have that shape, or the check digit is wrong.
    """
    found = _CONSIGNMENT.fullmatch(line.text)
    if found is None:
        raise _bad_consignment(reading, line)
    prefix, hyphen, serial, origin, destination, *_ = found.groups()
    if not hyphen:
        reading.odd(line, "awb-hyphen", "written without a hyphen", field="AWB", column=4)
    try:
        awb = make_awb(prefix, serial)
    except BadAwb as error:
        raise reading.fault(
            line, error.reason, field="AWB", column=found.end(3), found=error.found,
            expected=error.expected, code=error.code,
        ) from error  # fmt: skip
    amount = quantity_of(found, 6, reading, line) if found[6] else None
    rest: str = found[found.re.groups]
    if amount is None and rest:
        raise _bad_consignment(reading, line)
    whole = Consignment(
        awb=awb, origin=origin or "", destination=destination or "", quantity=amount
    )
    return whole, rest


def whole_consignment(reading: Reading, line: Line) -> Consignment:
    """Read a consignment line behind which nothing follows.

    Raises:
        Malformed: it does not have that shape.
    """
    found, rest = consignment(reading, line)
    if rest:
        raise reading.fault(
            line, "more fields than the line has", field="consignment",
            column=len(line.text) - len(rest) + 1, expected="end of line", code="fields",
        )  # fmt: skip
    return found


def second_line(part: Part) -> Consignment:
    """Read the consignment that line 2 of most messages is.

    Raises:
        Malformed: there is none, or it does not have that shape.
    """
    lines, reading = part.lines, part.reading
    if len(lines) < 2:
        raise reading.fault(
            Line(lines[0].number + 1, ""), "the consignment is missing", field="AWB",
            code="bad-awb", expected="e.g. 112-12345675PVGFRA/T25K1250.5",
        )  # fmt: skip
    return whole_consignment(reading, lines[1])


def _bad_consignment(reading: Reading, line: Line) -> Exception:
    number = _AWB_PART.match(line.text)
    head, slant, amount = line.text.partition("/")
    field, column, found = "AWB", 1, line.text[:12]
    expected = "e.g. 112-12345675PVGFRA/T25K1250.5"
    if number and len(head) - number.end() not in (0, 6):
        field, column, found = "origin and destination", number.end() + 1, head[number.end() :]
    elif number and slant:
        field, column, found = "quantity", len(head) + 2, amount.partition("/")[0]
        expected = QUANTITY.expected
    code = f"bad-{field.replace(' ', '-').lower()}"
    return reading.fault(
        line, f"not a right {field}", field=field, column=column, found=found, expected=expected,
        code=code,
    )  # fmt: skip


def normal_flight(text: str) -> str:
    """A flight without leading zeros in its number, which are not significant.

    >>> normal_flight("CK0261"), normal_flight("MU27A"), normal_flight("")
    ('CK261', 'MU27A', '')
    """
    found = _FLIGHT.fullmatch(text)
    return f"{found[1]}{int(found[2])}{found[3]}" if found else text


def flight_of(found: Found, group: int, reading: Reading, line: Line) -> str:
    """Give the flight of a group as written, empty where there is none; a long carrier is odd.

    Raises:
        Malformed: strict mode, a carrier of three letters.
    """
    text: str = found[group] or ""
    if text[_CARRIER_LENGTH : _CARRIER_LENGTH + 1].isalpha():
        reading.odd(
            line, "carrier-long", "a carrier of three letters", field="flight",
            column=found.start(group) + 1,
        )  # fmt: skip
    return text


def moment_of(found: Found, first: int, reading: Reading, line: Line) -> tuple[datetime, bool]:
    """Give the date whose three groups begin at ``first``, naive, and whether it has a time.

    Raises:
        Malformed: no such day near the reference, or no such time.
    """
    day, month, clock = found.group(first, first + 1, first + 2)
    local = nearest(int(day), MONTH[month], clock or "0000", reading.near)
    if local is None:
        raise reading.fault(
            line, "no such date or time", field="date", column=found.start(first) + 1,
            found=f"{day}{month}{clock or ''}", expected="a day and time that exist",
            code="bad-date",
        )  # fmt: skip
    return local, clock is not None


def nearest(day: int, month: int, clock: str, near: datetime) -> datetime | None:
    """The moment of the year that puts it nearest to ``near``; ``None`` when there is none.

    >>> nearest(31, 12, "2350", datetime.fromisoformat("2027-01-01T08:00")).isoformat()
    '2026-12-31T23:50:00'
    """
    hours, minutes = int(clock[:2]), int(clock[2:])
    if minutes > 59 or hours > 24 or (hours == 24 and minutes):
        return None
    best: datetime | None = None
    for year in (near.year, near.year - 1, near.year + 1):
        try:
            # Naive on purpose: a station-local time whose zone the message does not say.
            moment = datetime(year, month, day, hours % 24, minutes)  # noqa: DTZ001
            if hours == 24:
                moment += timedelta(days=1)
        except (ValueError, OverflowError):
            continue
        if -HALF_A_YEAR < moment - near < HALF_A_YEAR:
            return moment
        if best is None or abs(moment - near) < abs(best - near):
            best = moment
    return best


def time_information(text: str) -> TimeInformation | None:
    """Read ``S2130`` or ``A0405-N``; ``None`` when the field has another shape."""
    found = _TIME.fullmatch(text)
    if found is None:
        return None
    return TimeInformation(kind=found[1], time=found[2], day_change=found[3] or "")


def date_text(local: datetime, *, with_time: bool) -> str:
    """``ddMMM`` or ``ddMMMhhmm`` of a local time."""
    date = f"{local.day:02d}{MONTHS[local.month - 1]}"
    return f"{date}{local:%H%M}" if with_time else date
