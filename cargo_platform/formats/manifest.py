"""The common body of FFM and FBL: a flight, airports of unloading, ULDs and air waybills.

=================  =========================================================================
flight             page / flight / day[time] / airport [/ registration] [/ country, date, airport]
unloading airport  airport [/ ``NIL``] [/ arrival] [/ departure]
ULD                ``ULD/`` id [-indicator] [/ remarks]
air waybill        consignment / goods up to 15 [/ special handling codes]
under it           ``/airport+flight/day`` onward, ``DIM``, ``COR``, ``OCI``, ``OSI``, ``SSR``, ``SCI``
end                ``CONT`` or ``LAST``
=================  =========================================================================

What stands under an airport before any ULD is bulk. A quantity is of this ULD; the total behind ``T``
is of the whole shipment, so that the same waybill comes again under other ULDs.

Notices, with the format's name in front:

======================  ====================================================================
``end-missing``         Neither CONT nor LAST ends the page.
``after-end``           Lines after CONT or LAST were passed over.
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
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Final

from cargo_platform.formats import cimp
from cargo_platform.formats.cimp import Line, Part, Reading
from cargo_platform.formats.cimp_rows import Cell, Row, text_cell
from cargo_platform.formats.cimp_segments import Segment, customs_lines, dimensions
from cargo_platform.formats.cimp_values import (
    AIRPORT,
    DATE,
    FLIGHT,
    MONTH,
    consignment,
    moment_of,
    nearest,
)
from cargo_platform.formats.manifest_message import (
    CONT,
    LAST,
    ONWARD,
    UNREAD,
    FirstArrival,
    Flight,
    Message,
    Onward,
    Point,
    Size,
    Uld,
    Waybill,
    When,
)

LONGEST_GOODS: Final = 15
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
_ORIGIN: Final = Row(Cell(name="customs origin", pattern="([A-Z0-9]{1,2})", expected="T1, T2, X"))
_TEXT: Final = Row(text_cell("text", 65))
_ONWARD: Final = re.compile(
    r"/([A-Z]{3})([A-Z0-9]{2}[0-9]{1,4}[A-Z]?)(?:/([0-9]{2})([A-Z]{3}))?", re.ASCII
)
_AWB: Final = re.compile(r"[0-9]{3}-?[0-9]{8}", re.ASCII)
_CODES: Final = re.compile(r"(?:[A-Z0-9]{3})+", re.ASCII)
_CODE_LENGTH: Final = 3


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
    found = _FLIGHT.read(reading, Line(line.number, f"/{line.text}", line.indent - 1), 0)
    local, has_time = moment_of(found, 3, reading, line)
    first = None
    if found[8]:
        day, timed = moment_of(found, 9, reading, line)
        first = FirstArrival(
            country=found[8], when=When(local=day, has_time=timed), airport=found[12]
        )
    return Flight(
        page=int(found[1]),
        flight=found[2],
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
        draft.waybills.append(_waybill(reading, line))
    elif text.startswith("ULD/"):
        _need_point(reading, line, draft)
        draft.close_uld()
        draft.ulds.append(_uld(reading, line))
    elif draft.waybills and (text[0] == "/" or text[:4] in _UNDER):
        draft.waybills[-1] = _under(reading, line, draft)
    else:
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
    found = _ULD.read(reading, line, 3)
    return Uld(
        id=found[1],
        indicator=found[2] or "",
        remarks=found[3][1:] if found[3] else None,
    )


def _waybill(reading: Reading, line: Line) -> Waybill:
    whole, rest = consignment(reading, line)
    goods: str | None = None
    codes: tuple[str, ...] = ()
    apart = False
    if rest:
        goods, _, handling = rest[1:].partition("/")
        if len(goods) > LONGEST_GOODS:
            reading.odd(
                line, "goods-long", f"more than {LONGEST_GOODS} characters", field="goods",
                column=len(line.text) - len(rest) + 2,
            )  # fmt: skip
        codes, apart = _handling(reading, line, handling)
    return Waybill(
        consignment=whole,
        goods=goods,
        handling=codes,
        handling_apart=apart,
        line=line.number,
    )


def _handling(reading: Reading, line: Line, text: str) -> tuple[tuple[str, ...], bool]:
    if not text:
        return (), False
    if _CODES.fullmatch(text):
        codes = tuple(text[i : i + _CODE_LENGTH] for i in range(0, len(text), _CODE_LENGTH))
        return codes, False
    parts = text.split("/")
    if any(len(part) != _CODE_LENGTH or not _CODES.fullmatch(part) for part in parts):
        reading.odd(
            line, "handling-code", "not in groups of three", field="special handling code",
            column=len(line.text) - len(text) + 1,
        )  # fmt: skip
    return tuple(parts), True


def _under(reading: Reading, line: Line, draft: _Draft) -> Waybill:
    waybill = draft.waybills[-1]
    if line.text[0] == "/":
        return _continued(reading, line, waybill)
    changed = _UNDER[line.text[:4]](reading, line, waybill)
    return replace(changed, layout=(*waybill.layout, line.text[:3]))


def _continued(reading: Reading, line: Line, waybill: Waybill) -> Waybill:
    above = waybill.layout[-1].removesuffix("+") if waybill.layout else ""
    layout = (*waybill.layout, f"{above}+")
    found = _ONWARD.fullmatch(line.text)
    if above == "OCI" and found is None:
        more = customs_lines(reading, Segment("", [line]))
        return replace(waybill, customs=(*waybill.customs, *more), layout=layout)
    if above in _SERVICE:
        service = (*waybill.service, ("", line.text[1:]))
        return replace(waybill, service=service, layout=layout)
    if found is None:
        reading.odd(line, "unknown-line", "nothing above goes on here", field="line")
        kept = (*waybill.unread, line.text)
        return replace(waybill, unread=kept, layout=(*waybill.layout, UNREAD))
    when = None
    if found[3]:
        local = nearest(int(found[3]), MONTH.get(found[4], 0), "0000", reading.near)
        if local is None:
            raise reading.fault(
                line, "no such date", field="date", column=found.start(3) + 1,
                found=f"{found[3]}{found[4]}", expected="ddMMM", code="bad-date",
            )  # fmt: skip
        when = When(local=local, has_time=False)
    onward = Onward(airport=found[1], flight=found[2], when=when)
    layout = (*waybill.layout, ONWARD)
    return replace(waybill, onward=(*waybill.onward, onward), layout=layout)


def _size(reading: Reading, line: Line, waybill: Waybill) -> Waybill:
    size = dimensions(line, 3)
    if size is None and line.text != "DIM//NDA":
        reading.odd(
            line, "dimensions", "dimensions that cannot be read", field="dimensions", column=4
        )
    return replace(waybill, sizes=(*waybill.sizes, Size(text=line.text[3:], size=size)))


def _customs_origin(reading: Reading, line: Line, waybill: Waybill) -> Waybill:
    if waybill.customs_origin:
        reading.odd(line, "repeated", "came before; the first one counts", field="customs origin")
        return replace(waybill, unread=(*waybill.unread, line.text))
    return replace(waybill, customs_origin=_ORIGIN.read(reading, line, 3)[1])


def _customs(reading: Reading, line: Line, waybill: Waybill) -> Waybill:
    more = customs_lines(reading, Segment("OCI", [line]))
    return replace(waybill, customs=(*waybill.customs, *more))


def _service(reading: Reading, line: Line, waybill: Waybill) -> Waybill:
    text = line.text[4:]
    if "/" not in text:
        _TEXT.read(reading, line, 3)
    return replace(waybill, service=(*waybill.service, (line.text[:3], text)))


_SERVICE: Final = ("OSI", "SSR", "SCI")
_UNDER: Final[Mapping[str, Callable[[Reading, Line, Waybill], Waybill]]] = MappingProxyType(
    {"DIM/": _size, "COR/": _customs_origin, "OCI/": _customs}
    | {f"{identifier}/": _service for identifier in _SERVICE}
)
