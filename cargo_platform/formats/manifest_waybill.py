"""An air waybill in FFM and FBL: its line, and the lines under it (see ``manifest``).

Special handling codes stand on a line of their own under the air waybill, or, as many senders write,
at its end behind the goods. Both are read, and each is written as it came.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Final

from cargo_platform.formats.cimp import Reading
from cargo_platform.formats.cimp_lines import Line
from cargo_platform.formats.cimp_rows import Cell, Row, text_cell
from cargo_platform.formats.cimp_segments import Segment, customs_lines, dimensions
from cargo_platform.formats.cimp_values import (
    FLIGHT_TEXT,
    MONTH,
    consignment,
    flight_of,
    nearest,
)
from cargo_platform.formats.manifest_message import (
    HANDLING,
    ONWARD,
    UNREAD,
    Onward,
    Size,
    Uld,
    Waybill,
    When,
)

LONGEST_GOODS: Final = 15
_ORIGIN: Final = Row(Cell(name="customs origin", pattern="([A-Z0-9]{1,2})", expected="T1, T2, X"))
_TEXT: Final = Row(text_cell("text", 65))
_ONWARD: Final = re.compile(
    rf"/([A-Z]{{3}})({FLIGHT_TEXT})(?:/([0-9]{{2}})([A-Z]{{3}}))?", re.ASCII
)
_VOLUME_AVAILABLE: Final = re.compile(r"/([0-9])", re.ASCII)
_CODES: Final = re.compile(r"(?:[A-Z0-9]{3})++", re.ASCII)
_CODES_BELOW: Final = re.compile(r"(?:/[A-Z0-9]{3})++", re.ASCII)
_CODE_LENGTH: Final = 3


def waybill_line(reading: Reading, line: Line) -> Waybill:
    """Read the line of an air waybill.

    Raises:
        Malformed: names line, column and field.
    """
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


def line_below(reading: Reading, line: Line, above: Waybill) -> Waybill:
    """Give the air waybill with what a line under it adds.

    Raises:
        Malformed: names line, column and field.
    """
    if line.text[0] == "/":
        return _continued(reading, line, above)
    changed = UNDER[line.text[:4]](reading, line, above)
    return replace(changed, layout=(*above.layout, line.text[:3]))


def _continued(reading: Reading, line: Line, waybill: Waybill) -> Waybill:
    above = waybill.layout[-1].removesuffix("+") if waybill.layout else ""
    layout = (*waybill.layout, f"{above}+")
    found = _ONWARD.fullmatch(line.text)
    if above == "OCI" and found is None:
        more = customs_lines(reading, Segment("", [line]))
        return replace(waybill, customs=(*waybill.customs, *more), layout=layout)
    if above == "DIM" and (size := dimensions(line, 0)) is not None:
        sizes = (*waybill.sizes, Size(text=line.text, size=size))
        return replace(waybill, sizes=sizes, layout=layout)
    if above in _SERVICE:
        service = (*waybill.service, ("", line.text[1:]))
        return replace(waybill, service=service, layout=layout)
    if found is None and _CODES_BELOW.fullmatch(line.text):
        codes = line.text[1:].split("/")
        layout = (*waybill.layout, f"{HANDLING}:{len(codes)}")
        return replace(waybill, handling=(*waybill.handling, *codes), layout=layout)
    if found is None:
        reading.odd(line, "unknown-line", "nothing above goes on here", field="line")
        kept = (*waybill.unread, line.text)
        return replace(waybill, unread=kept, layout=(*waybill.layout, UNREAD))
    layout = (*waybill.layout, ONWARD)
    onward = _onward(reading, line, found)
    return replace(waybill, onward=(*waybill.onward, onward), layout=layout)


def _onward(reading: Reading, line: Line, found: re.Match[str]) -> Onward:
    when = None
    if found[3]:
        local = nearest(int(found[3]), MONTH.get(found[4], 0), "0000", reading.near)
        if local is None:
            raise reading.fault(
                line, "no such date", field="date", column=found.start(3) + 1,
                found=f"{found[3]}{found[4]}", expected="ddMMM", code="bad-date",
            )  # fmt: skip
        when = When(local=local, has_time=False)
    return Onward(airport=found[1], flight=flight_of(found, 2, reading, line), when=when)


def line_below_uld(reading: Reading, line: Line, uld: Uld) -> Uld:
    """Give the unit load device with what a line right under it adds.

    Raises:
        Malformed: names line, column and field.
    """
    if found := _ONWARD.fullmatch(line.text):
        return replace(uld, onward=(*uld.onward, _onward(reading, line, found)))
    if not uld.volume_available and (found := _VOLUME_AVAILABLE.fullmatch(line.text)):
        return replace(uld, volume_available=found[1])
    reading.odd(line, "unknown-line", "nothing of a unit load device", field="line")
    return replace(uld, unread=(*uld.unread, line.text))


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
UNDER: Final[Mapping[str, Callable[[Reading, Line, Waybill], Waybill]]] = MappingProxyType(
    {"DIM/": _size, "COR/": _customs_origin, "OCI/": _customs}
    | {f"{identifier}/": _service for identifier in _SERVICE}
)
"""Readers of the lines under an air waybill, by their identifier and slant."""
