"""Cargo-IMP FSU/11 to FSU/15 (status update) and FSA (the same body as answer to a request).

A message is the line ``FSU/12``, a consignment line, then status blocks, each a line that begins with
a status code, with optional ``ULD/``, ``OSI/`` and ``OCI/`` lines after it. Fields per status:

=======================  =====================================================================
BKD PRE MAN DEP          flight / day / from-to / quantity [/ departure time] [/ arrival time]
                         [/ volume or density]
RCS FOH DPU              day-time / airport / quantity [/ name] [/ volume or density]
ARR RCF AWR              flight / day[time] / airport / quantity [/ times]  (AWR may lack flight)
FIW FOW                  [flight /] day-time / airport / quantity
NFD AWD DLV DDL          day-time / airport / quantity [/ name]
CCD TGC DOC              day-time / airport / quantity
CRC                      day-time / airport / quantity [/ flight / day / from-to]
TFD TRM RCT              carrier / day-time / airport / quantity [/ manifest number], next line
                         ``/carrier[/name]`` of the other side, or the same on the line itself
DIS                      [flight] / day-time / airport / discrepancy code / quantity
=======================  =====================================================================

Traps: senders disagree on the order of trailing optional fields, so each is recognised by its shape
and what has none is the name. Times are station-local; a day has no year. A field left empty keeps
its slant (``DIS//23NOV2130/...``), save in AWR, FIW and FOW, where the slant goes too. Flights are
kept as written (``CK0261``); ``cimp_values.normal_flight`` makes them equal.

Notices beside those of ``cimp``:

=======================  =====================================================================
``fsu-flight-missing``   A status that has a flight is written without it.
``fsu-time-missing``     A status that has a time of day gives the day alone.
``fsu-discrepancy``      The discrepancy code is not in the code list.
``fsu-no-status``        The message holds no status.
``fsu-consignments``     A further consignment in one message; it is read as a message of its own.
``fsu-day-change``       A time has a day change that does not exist.
``fsu-clock``            A time of day that does not exist.
=======================  =====================================================================
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import partial
from types import MappingProxyType
from typing import Final, NamedTuple

from cargo_platform.formats import cimp
from cargo_platform.formats.cimp import LONGEST_MESSAGE, Part, Reading
from cargo_platform.formats.cimp_lines import Line
from cargo_platform.formats.cimp_rows import Cell, Row
from cargo_platform.formats.cimp_values import (
    AIRPORT,
    CARRIER,
    DATE,
    DAY_CHANGE,
    FLIGHT,
    FLIGHT_TEXT,
    QUANTITY,
    ROUTE,
    TimeInformation,
    flight_of,
    moment_of,
    nearest,
    quantity_of,
    second_line,
    time_information,
    whole_consignment,
)
from cargo_platform.formats.cimp_values import MONTH as MONTH_NUMBER
from cargo_platform.formats.fsu_message import (
    ALONGSIDE,
    DISCREPANCIES,
    FLIGHT_EVENT,
    FLIGHT_LEG,
    PLACE_EVENT,
    SLANT_GOES,
    STATUSES,
    TRANSFER,
    UNREAD,
    Message,
    Status,
)
from cargo_platform.formats.fsu_text import encode
from service_bus import Mode

__all__ = [
    "FLIGHT_LEG", "FORMAT", "STATUSES", "Message", "Status", "encode", "parse", "recognise",
]  # fmt: skip

FORMAT: Final = "fsu"
TYPES: Final = ("FSU", "FSA")
VERSIONS: Final = (11, 13, 14, 15, 12)
"""The last one is taken where a message does not say it; their bodies are the same."""

_NO_FLIGHT: Final = frozenset({"AWR", "FIW", "FOW", "DIS"})
_DAY_ALONE: Final = frozenset({"ARR", "RCF", "AWR"})
_MAYBE_FLIGHT = Cell(name="flight", pattern=f"({FLIGHT.pattern[1:-1]}|)", expected=FLIGHT.expected)
_DISCREPANCY = Cell(name="discrepancy", pattern="([A-Z]{4})", expected="four letters, e.g. OFLD")

_LEG: Final = Row(FLIGHT, DATE, ROUTE, QUANTITY, rest="times")
_EVENT: Final = Row(_MAYBE_FLIGHT, DATE, AIRPORT, QUANTITY, rest="times")
_PLACE: Final = Row(DATE, AIRPORT, QUANTITY, rest="name")
_TRANSFER: Final = Row(CARRIER, DATE, AIRPORT, QUANTITY, rest="manifest")
_DIS: Final = Row(_MAYBE_FLIGHT, DATE, AIRPORT, _DISCREPANCY, QUANTITY, rest="more")
_DIS_ALONE: Final = Row(DATE, AIRPORT, _DISCREPANCY, QUANTITY, rest="more")

_DATE_NEXT: Final = re.compile(r"/[0-9]{2}[A-Z]{3}", re.ASCII)
_VOLUME: Final = re.compile(r"(?:MC|CC|CF|CI)[0-9]+(?:\.[0-9]+)?(?:DG[0-9]{1,2})?|DG[0-9]{1,2}")
_CLEARED_LEG: Final = re.compile(
    rf"/({FLIGHT_TEXT})(?:/([0-9]{{2}})([A-Z]{{3}})(?:/([A-Z]{{3}})([A-Z]{{3}}))?)?", re.ASCII
)
_NEXT: Final = re.compile(r"[0-9]{3}-?[0-9]{8}[A-Z]{6}/", re.ASCII)
"""Beginning of a further consignment."""
_OTHER_SIDE: Final = re.compile(r"/([A-Z0-9]{2})(?:/(.*))?", re.ASCII)
_MANIFEST: Final = re.compile(r"/([^/]*)(?:/([A-Z0-9]{2})(?:/(.*))?)?", re.ASCII)
"""Number of a transfer manifest, and perhaps the other side of the transfer behind it."""


def parse(
    data: bytes,
    *,
    mode: Mode = "tolerant",
    reference: datetime,
    max_bytes: int = LONGEST_MESSAGE,
) -> list[Message]:
    """Read one or several messages.

    Args:
        data: bytes of the text, with or without a Type B or EDIFACT envelope around.
        mode: tolerant accepts what is clear with a notice.
        reference: moment of receipt; gives dates their year.
        max_bytes: size cap.

    Raises:
        Malformed: names line, column and field.
        TooLarge: over the cap.
    """
    parts = cimp.split(
        data, format=FORMAT, types=TYPES, mode=mode, reference=reference, max_bytes=max_bytes
    )
    return [message for part in parts for message in _messages(part, data)]


def recognise(data: bytes) -> float:
    """How sure it is that the bytes are a status message."""
    return cimp.looks_like(data, TYPES)


def _messages(part: Part, data: bytes) -> Iterator[Message]:
    """The message of a part; one for each consignment where an answer tells of several."""
    lines, reading = part.lines, part.reading
    version = cimp.version_of(part, VERSIONS)
    of = partial(
        Message,
        type=lines[0].text[:3],
        version=version,
        envelope=part.envelope,
        original=data,
    )
    around, several = list(reading.notices), False
    first, shipment = lines[1:2], second_line(part)
    statuses: list[Status] = []
    for line in lines[2:]:
        text = line.text
        reader = _READERS.get(text[:3])
        if reader is not None and text[3:4] == "/":
            statuses.append(reader(line, reading))
        elif not statuses:
            raise _unknown(line, reading)
        elif _NEXT.match(text):
            yield of(consignment=shipment, statuses=tuple(statuses), notices=tuple(reading.notices))
            reading = Reading(reading.format, reading.mode, reading.near, list(around))
            if not several:
                reading.odd(line, "consignments", "a further consignment", field="AWB")
                around, several = list(reading.notices), True
            first, shipment, statuses = [line], whole_consignment(reading, line), []
        else:
            statuses[-1] = _more(line, statuses[-1], reading)
    if not statuses:
        reading.odd(first[0], "no-status", "no status follows", field="status")
    yield of(consignment=shipment, statuses=tuple(statuses), notices=tuple(reading.notices))


def _more(line: Line, last: Status, reading: Reading) -> Status:
    """The last status with what a following line adds."""
    identifier, slant, rest = line.text.partition("/")
    if not slant or len(identifier) not in (0, 3):
        raise _unknown(line, reading)
    kind, mark = identifier, identifier
    if identifier == "":
        kind = last.layout[-1].partition(":")[0].removesuffix("+") if last.layout else ""
        mark = f"{kind}+"
    if kind == "ULD":
        ids = rest.split("/")
        layout = (*last.layout, f"{mark}:{len(ids)}")
        return replace(last, ulds=(*last.ulds, *ids), layout=layout)
    if kind == "OSI":
        texts = (*last.other_service, rest)
        return replace(last, other_service=texts, layout=(*last.layout, mark))
    if kind == "OCI":
        return replace(last, customs=(*last.customs, rest), layout=(*last.layout, mark))
    if kind == "" and last.code in TRANSFER and not last.other_carrier:
        other = _OTHER_SIDE.fullmatch(line.text)
        if other is not None:
            return replace(last, other_carrier=other[1], name=other[2] or last.name)
    reading.odd(
        line, "unknown-line", "a line of this kind is not known here", field=identifier or "line"
    )
    return replace(last, unread=(*last.unread, line.text), layout=(*last.layout, UNREAD))


def _unknown(line: Line, reading: Reading) -> Exception:
    return reading.fault(
        line,
        "unknown status or line",
        field="status",
        found=line.text[:3],
        expected="one of " + " ".join(sorted(STATUSES)) + ", ULD, OSI or OCI",
        code="unknown-status",
    )


def _leg(line: Line, reading: Reading) -> Status:
    found = _LEG.read(reading, line, 3)
    local, has_time = moment_of(found, 2, reading, line)
    more = _trailing(found[15], line, reading)
    return Status(
        code=line.text[:3],
        local=local,
        has_time=has_time,
        station=found[5],
        to=found[6],
        flight=flight_of(found, 1, reading, line),
        quantity=quantity_of(found, 7, reading, line),
        departure_time=more.departure,
        arrival_time=more.arrival,
        volume=more.volume,
        name=more.name,
        line=line.number,
    )


def _event(line: Line, reading: Reading) -> Status:
    text = line.text
    code = text[:3]
    if code in SLANT_GOES and _DATE_NEXT.match(text, 3):
        return _place(line, reading)
    found = _EVENT.read(reading, line, 3)
    if not found[1] and code not in _NO_FLIGHT:
        reading.odd(line, "flight-missing", "written without its flight", field="flight", column=5)
    local, has_time = moment_of(found, 2, reading, line)
    if not has_time and code not in _DAY_ALONE:
        _time_missing(line, reading, found.start(2))
    more = _trailing(found[14], line, reading)
    return Status(
        code=code,
        local=local,
        has_time=has_time,
        station=found[5],
        flight=flight_of(found, 1, reading, line),
        quantity=quantity_of(found, 6, reading, line),
        departure_time=more.departure,
        arrival_time=more.arrival,
        volume=more.volume,
        name=more.name,
        line=line.number,
    )


def _place(line: Line, reading: Reading) -> Status:
    found = _PLACE.read(reading, line, 3)
    code = line.text[:3]
    local, has_time = moment_of(found, 1, reading, line)
    if not has_time and code not in _DAY_ALONE:
        _time_missing(line, reading, found.start(1))
    rest: str = found[13]
    leg = _reported_leg(rest, reading) if rest and code == "CRC" else _NO_LEG
    more = _NOTHING if leg.flight else _trailing(rest, line, reading)
    return Status(
        code=code,
        local=local,
        has_time=has_time,
        station=found[4],
        to=leg.to,
        flight=leg.flight,
        flight_day=leg.day,
        from_station=leg.station,
        quantity=quantity_of(found, 5, reading, line),
        departure_time=more.departure,
        arrival_time=more.arrival,
        volume=more.volume,
        name=more.name,
        line=line.number,
    )


def _transfer(line: Line, reading: Reading) -> Status:
    found = _TRANSFER.read(reading, line, 3)
    local, has_time = moment_of(found, 2, reading, line)
    if not has_time:
        _time_missing(line, reading, found.start(2))
    rest: str = found[14]
    more = _MANIFEST.fullmatch(rest) if rest else None
    manifest, other, name = more.groups() if more else (rest[1:], None, None)
    return Status(
        code=line.text[:3],
        local=local,
        has_time=has_time,
        station=found[5],
        carrier=found[1],
        manifest=manifest,
        other_carrier=other or "",
        name=name or "",
        quantity=quantity_of(found, 6, reading, line),
        layout=(ALONGSIDE,) if other else (),
        line=line.number,
    )


def _discrepancy(line: Line, reading: Reading) -> Status:
    alone = _DATE_NEXT.match(line.text, 3) is not None
    if alone:
        reading.odd(line, "flight-missing", "not even its slant is there", field="flight", column=5)
    row, at = (_DIS_ALONE, 1) if alone else (_DIS, 2)
    found = row.read(reading, line, 3)
    local, has_time = moment_of(found, at, reading, line)
    code = found[at + 4]
    if code not in DISCREPANCIES:
        reading.odd(
            line, "discrepancy", "a discrepancy code that is not in the list",
            field="discrepancy", column=found.start(at + 4) + 1,
        )  # fmt: skip
    more = _trailing(found[at + 13], line, reading)
    return Status(
        code="DIS",
        local=local,
        has_time=has_time,
        station=found[at + 3],
        flight="" if alone else flight_of(found, 1, reading, line),
        discrepancy=code,
        quantity=quantity_of(found, at + 5, reading, line),
        departure_time=more.departure,
        arrival_time=more.arrival,
        volume=more.volume,
        name=more.name,
        line=line.number,
    )


def _time_missing(line: Line, reading: Reading, at: int) -> None:
    reading.odd(
        line, "time-missing", "the day stands without its time", field="date", column=at + 1
    )


class _Trailing(NamedTuple):
    departure: TimeInformation | None
    arrival: TimeInformation | None
    volume: str
    name: str


_NOTHING: Final = _Trailing(None, None, "", "")


def _trailing(rest: str, line: Line, reading: Reading) -> _Trailing:
    """Optional fields at the end, each known by its shape."""
    if not rest:
        return _NOTHING
    times: list[TimeInformation | None] = []
    names: list[str] = []
    volume = ""
    for text in rest.split("/")[1:]:
        told = time_information(text)
        if told is not None:
            if told.day_change not in DAY_CHANGE:
                reading.odd(line, "day-change", "no such day change", field="time information")
            if told.time > "2400" or told.time[2] > "5":
                reading.odd(line, "clock", "no such time of day", field="time information")
            times.append(told)
        elif not text and not names:
            times.append(None)
        elif _VOLUME.fullmatch(text) and not volume:
            volume = text
        else:
            names.append(text)
    return _Trailing(
        times[0] if times else None,
        times[1] if len(times) > 1 else None,
        volume,
        # Free text may hold slants although the manual forbids it.
        "/".join(names),
    )


class _Leg(NamedTuple):
    flight: str
    day: datetime | None
    station: str
    to: str


_NO_LEG: Final = _Leg("", None, "", "")


def _reported_leg(rest: str, reading: Reading) -> _Leg:
    """The flight that a CRC reports to customs; ``_NO_LEG`` when the text is something else."""
    found = _CLEARED_LEG.fullmatch(rest)
    if found is None:
        return _NO_LEG
    day = None
    if found[2]:
        day = nearest(int(found[2]), MONTH_NUMBER.get(found[3], 0), "0000", reading.near)
        if day is None:
            return _NO_LEG
    return _Leg(found[1], day, found[4] or "", found[5] or "")


_READERS: Final[Mapping[str, Callable[[Line, Reading], Status]]] = MappingProxyType(
    dict.fromkeys(FLIGHT_LEG, _leg)
    | dict.fromkeys(FLIGHT_EVENT, _event)
    | dict.fromkeys(PLACE_EVENT, _place)
    | dict.fromkeys(TRANSFER, _transfer)
    | {"DIS": _discrepancy}
)
