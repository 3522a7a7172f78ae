"""The common body of FFM and FBL: a flight, airports of unloading, ULDs and air waybills.

=================  =========================================================================
flight             page / flight / day[time] / airport [/ registration] [/ country, date, airport]
unloading airport  airport [/ ``NIL``] [/ arrival] [/ departure]
ULD                ``ULD/`` id [-indicator] [/ remarks]; under it ``/airport+flight/day`` onward as a
                   whole, ``/n`` code of the room that is left in it
air waybill        consignment / goods up to 15 [/ special handling codes]
under it           ``/code`` up to nine times: the special handling codes; ``/airport+flight/day``
                   onward, ``DIM``, ``COR``, ``OCI``, ``OSI``, ``SSR``, ``SCI`` (``manifest_waybill``)
end                ``CONT`` or ``LAST``
=================  =========================================================================

What stands under an airport before any ULD is bulk. A quantity is of this ULD; the total behind ``T``
is of the whole shipment, so that the same waybill comes again under other ULDs.

Notices, with the format's name in front:

======================  ====================================================================
``end-missing``         Neither CONT nor LAST ends the page.
``after-end``           Lines after CONT or LAST were passed over.
``uld-unnamed``         A unit load device is not a type, a number and an owner; it was kept as written.
``handling-code``       Special handling codes that are not in groups of three were kept as one.
``goods-long``          The goods have more than 15 characters.
``more-than-total``     A waybill has more pieces on the page than in all.
``dimensions``          Dimensions that cannot be read were kept as text.
``nil-with-cargo``      An airport said to have no cargo has some.
``repeated``            A waybill's customs origin came again; the first one counts.
======================  ====================================================================
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from typing import Final

from cargo_platform.formats import cimp
from cargo_platform.formats.cimp import Part, Reading
from cargo_platform.formats.cimp_lines import Line
from cargo_platform.formats.cimp_rows import Cell, Row
from cargo_platform.formats.cimp_values import (
    AIRPORT,
    DATE,
    FLIGHT,
    flight_of,
    moment_of,
)
from cargo_platform.formats.manifest_message import (
    CONT,
    LAST,
    FirstArrival,
    Flight,
    Message,
    Point,
    Uld,
    Waybill,
    When,
)
from cargo_platform.formats.manifest_waybill import (
    UNDER,
    line_below,
    line_below_uld,
    waybill_line,
)

_PAGE: Final = Cell(name="page", pattern="([0-9]{1,2})", expected="1 or 2 digits")
_FLIGHT: Final = Row(
    _PAGE,
    FLIGHT,
    DATE,
    AIRPORT,
    Cell(name="registration", pattern="([A-Z0-9-]{1,10}|)", expected="e.g. B2078", optional=True),
    Cell(name="country", pattern="([A-Z]{2})", expected="two letters", optional=True),
    DATE,
    Cell(name="first airport", pattern="([A-Z]{3})", expected="three letters"),
)
_MAYBE_DATE: Final = Cell(
    name="arrival", pattern=f"(?:{DATE.pattern})?", expected=DATE.expected, optional=True
)
_POINT: Final = Row(
    AIRPORT,
    Cell(name="nil indicator", pattern="(NIL)?", expected="NIL or nothing", optional=True),
    _MAYBE_DATE,
    replace(_MAYBE_DATE, name="onward departure"),
)
_ULD: Final = Row(
    Cell(
        name="ULD", pattern="([A-Z0-9]{3}[0-9A-Z]{0,5}[0-9A-Z]{2,3})(?:-([A-Z]))?",
        expected="e.g. PMC12345CK-U",
    ),
    rest="remarks",
)  # fmt: skip
_RESERVED: Final = Row(
    Cell(
        name="ULD", pattern="([0-9]{0,2}[A-Z][A-Z0-9]{2}|[0-9]{1,3}(?=/))(?:-([A-Z]))?",
        expected="e.g. PMC",
    ),
    rest="remarks",
)  # fmt: skip
"""Only a type, or a number of devices."""
_WRITTEN: Final = Row(
    Cell(name="ULD", pattern="([A-Z0-9]{3}[A-Z0-9 -]{0,15})()", expected="e.g. PMC12345CK-U"),
    rest="remarks",
)
"""Something else, such as BULK, or blanks between type, number and owner."""
_AIRPORT: Final = re.compile(r"[A-Z]{3}//{1,2}[0-9]{2}[A-Z]{3}|(?:COR|ULD)/NIL(?:/|$)", re.ASCII)
_AWB: Final = re.compile(r"[0-9]{3}-?[0-9]{8}", re.ASCII)


@dataclass(slots=True)
class _Draft:
    """What has been read so far of one page."""

    points: list[Point] = field(default_factory=list)
    ulds: list[Uld] = field(default_factory=list)
    waybills: list[Waybill] = field(default_factory=list)
    nil: bool = False
    end: str = ""

    def close_uld(self) -> None:
        """Give the waybills read so far to the open ULD, or to bulk."""
        if not self.points:
            return
        if self.ulds:
            self.ulds[-1] = replace(self.ulds[-1], waybills=tuple(self.waybills))
        else:
            self.points[-1] = replace(self.points[-1], bulk=tuple(self.waybills))
        self.waybills = []

    def close_point(self) -> None:
        """Give the ULDs read so far to the open airport."""
        self.close_uld()
        if self.points:
            self.points[-1] = replace(self.points[-1], ulds=tuple(self.ulds))
        self.ulds = []


def page(part: Part, data: bytes, versions: tuple[int, ...]) -> Message:
    """Read a page.

    Raises:
        Malformed: names line, column and field.
    """
    lines, reading = part.lines, part.reading
    version = cimp.version_of(part, versions)
    if len(lines) < 2:
        raise reading.fault(
            Line(lines[0].number + 1, ""), "the flight is missing", field="flight",
            code="bad-flight", expected="e.g. 1/CK261/23NOV2130/PVG/B2078",
        )  # fmt: skip
    flight = _flight(reading, lines[1])
    draft = _Draft()
    for line in lines[2:]:
        if draft.end:
            reading.odd(line, "after-end", f"a line after {draft.end}", field="end of message")
            break
        _line(reading, line, draft)
    draft.close_point()
    if not draft.end:
        reading.odd(
            lines[-1], "end-missing", "neither CONT nor LAST ends the page", field="end of message"
        )
    message = Message(
        type=lines[0].text[:3],
        version=version,
        flight=flight,
        points=tuple(draft.points),
        nil=draft.nil,
        end=draft.end,
        envelope=part.envelope,
        original=data,
    )
    _check(reading, message)
    return replace(message, notices=tuple(reading.notices))


def _check(reading: Reading, message: Message) -> None:
    pieces = message.pieces()
    for point in message.points:
        if (point.nil or point.nil_below) and point.waybills():
            reading.odd(
                Line(point.waybills()[0].line, ""), "nil-with-cargo",
                "an airport said to have no cargo has some", field="nil indicator",
            )  # fmt: skip
        for waybill in point.waybills():
            amount = waybill.consignment.quantity
            if amount and amount.total and pieces[waybill.consignment.awb] > amount.total:
                reading.odd(
                    Line(waybill.line, ""), "more-than-total",
                    "more pieces on the page than in all", field="quantity",
                )  # fmt: skip


def _flight(reading: Reading, line: Line) -> Flight:
    # The row begins with a slant everywhere else; the page has none.
    shown = Line(line.number, f"/{line.text}", line.indent - 1)
    found = _FLIGHT.read(reading, shown, 0)
    local, has_time = moment_of(found, 3, reading, shown)
    first = None
    if found[8]:
        day, timed = moment_of(found, 9, reading, shown)
        first = FirstArrival(
            country=found[8], when=When(local=day, has_time=timed), airport=found[12]
        )
    return Flight(
        page=int(found[1]),
        flight=flight_of(found, 2, reading, shown),
        when=When(local=local, has_time=has_time),
        airport=found[6],
        registration=found[7] or "",
        first_arrival=first,
    )


def _line(reading: Reading, line: Line, draft: _Draft) -> None:
    text = line.text
    if text in (CONT, LAST):
        draft.end = text
    elif text == "NIL":
        _nil(draft)
    elif _AWB.match(text):
        _need_point(reading, line, draft)
        draft.waybills.append(waybill_line(reading, line))
    elif _names_airport(text):
        _new_point(reading, line, draft)
    elif text.startswith("ULD/"):
        _need_point(reading, line, draft)
        draft.close_uld()
        draft.ulds.append(_uld(reading, line))
    elif draft.waybills and (text[0] == "/" or text[:4] in UNDER):
        draft.waybills[-1] = line_below(reading, line, draft.waybills[-1])
    elif draft.ulds and (text[0] == "/" or text[:4] in UNDER):
        draft.ulds[-1] = line_below_uld(reading, line, draft.ulds[-1])
    else:
        _new_point(reading, line, draft)


def _names_airport(text: str) -> bool:
    """Whether a line with an identifier in front means the airport of that code, such as COR or ULD."""
    return text[4:5] in ("/", "N") and _AIRPORT.match(text) is not None


def _new_point(reading: Reading, line: Line, draft: _Draft) -> None:
    point = _point(reading, line)
    draft.close_point()
    draft.points.append(point)


def _nil(draft: _Draft) -> None:
    """A line that says that nothing is booked, at all or for the airport above."""
    if draft.points:
        draft.points[-1] = replace(draft.points[-1], nil_below=True)
    else:
        draft.nil = True


def _need_point(reading: Reading, line: Line, draft: _Draft) -> None:
    if not draft.points:
        raise reading.fault(
            line, "an airport of unloading is missing", field="unloading airport",
            code="bad-unloading-airport", expected="e.g. FRA//24NOV0410 before it",
        )  # fmt: skip


def _point(reading: Reading, line: Line) -> Point:
    shown = Line(line.number, f"/{line.text}", line.indent - 1)
    found = _POINT.read(reading, shown, 0)
    whens: list[When | None] = []
    for first in (3, 6):
        if found[first]:
            local, has_time = moment_of(found, first, reading, shown)
            whens.append(When(local=local, has_time=has_time))
        else:
            whens.append(None)
    return Point(airport=found[1], nil=bool(found[2]), arrival=whens[0], departure=whens[1])


def _uld(reading: Reading, line: Line) -> Uld:
    row = next((row for row in (_ULD, _RESERVED, _WRITTEN) if row.fits(line, 3)), _ULD)
    found = row.read(reading, line, 3)
    if row is not _ULD:
        reading.odd(line, "uld-unnamed", "not type, number and owner", field="ULD", column=5)
    return Uld(
        id=found[1],
        indicator=found[2] or "",
        remarks=found[3][1:] if found[3] else None,
    )
