"""PSM: passengers with special needs on a flight, destination by destination.

Standard: IATA Recommended Practice 1715 (passenger service message). It was not seen: the layout is
general knowledge. ::

    PSM
    MU5101/24NOV SHA PART1                 flight/day, station of boarding, part
    -PEK 2PAX / 3SSR                       destination, totals
    WCHR 000C 003Y                         how often a service, by class (some senders)
    Y CLASS 2PAX / 3SSR                    totals of a class (some senders)
    1ZHANG/SANMR 12A MU2405Y24XIY          how many, name, seat, onward flight (some senders)
    WCHR                                   service of the passenger above
    ENDPSM

Names are people's: they are in the message that is read, and never in a fault or a notice.

Notices (``psm-`` in front): ``no-end`` no ENDPSM or ENDPART; ``behind-end`` text behind the end;
``unknown-line`` a line that belongs to no passenger, kept; ``pax-total`` fewer or more passengers than
the totals say; ``no-destination`` no destination is in it; and those of the envelope, see ``mvt``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from airport_brain.operations.formats.text_reading import MAX_BYTES, Line, Lines, TextReading
from airport_brain.operations.formats.type_b.body import head, identified
from airport_brain.operations.formats.type_b.envelope import BARE, Envelope, Opened, open_all
from airport_brain.operations.formats.type_b.flight_line import TelexFlight
from airport_brain.operations.formats.type_b.parts import end_of, flight_and_part
from airport_brain.operations.formats.type_b.sealing import seal
from service_bus import Mode, Notice

FORMAT: Final = "psm"

_DESTINATION: Final = re.compile(
    r"-([A-Z]{3})(?: +(?:(\d{1,3}) ?PAX(?: ?/ ?(\d{1,3}) ?SSR)?|NIL))?", re.ASCII
)
_CLASS: Final = re.compile(r"([A-Z]) CLASS\b.*", re.ASCII)
_TOTAL: Final = re.compile(r"([A-Z]{4})((?: +\d{1,3}[A-Z])+)", re.ASCII)
_PASSENGER: Final = re.compile(
    r"(\d{1,3})([A-Z][A-Z '/-]*?)(?: +(\d{1,3}[A-Z])(?: +(\S.*))?)?", re.ASCII
)
_HEAD: Final = re.compile(rb"(?:^|[\r\n\x02])PSM\s*[\r\n]+[A-Z0-9]{3,8}/\d\d|=SMI\s+PSM\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Assisted:
    """A passenger, or a party under one name, with services as sent.

    Attributes:
        more: what follows the seat: the flight that the passenger goes on with.
    """

    count: int
    name: str = field(repr=False)
    seat: str = ""
    more: str = field(default="", repr=False)
    services: tuple[str, ...] = field(default=(), repr=False)
    as_sent: str = field(default="", repr=False)

    @property
    def codes(self) -> tuple[str, ...]:
        """Service codes: the first four letters of each line (``WCHR``, ``UMNR``)."""
        found = (re.match(r"[A-Z]{4}\b", line.strip()) for line in self.services)
        return tuple(match[0] for match in found if match)


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """What goes to one destination.

    Attributes:
        pax: passengers with services by the totals, ``None`` when not given; ``ssr`` their services.
        totals: how often each service by the totals: its code, and counts with their class.
        lines: everything below its line as sent, from which it is written.
    """

    station: str
    as_sent: str
    pax: int | None = None
    ssr: int | None = None
    totals: tuple[tuple[str, tuple[str, ...]], ...] = ()
    passengers: tuple[Assisted, ...] = ()
    lines: tuple[str, ...] = field(default=(), repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServiceMessage:
    """One passenger service message, or one part of it."""

    envelope: Envelope = BARE
    flight: TelexFlight
    station: str = ""
    part: int | None = None
    destinations: tuple[Destination, ...] = ()
    unknown: tuple[str, ...] = field(default=(), repr=False)
    end: str = "ENDPSM"
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def ends(self) -> bool:
        """Whether no further part follows."""
        return self.end == "ENDPSM"


def recognise(data: bytes) -> float:
    """How surely this is a passenger service message, 0 to 1."""
    return 0.95 if _HEAD.search(data[:2000]) else 0.0


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[ServiceMessage]:
    """Read passenger service messages.

    Args:
        data: telexes, in their envelopes or without.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: moment of receipt; gives days their month.
        max_bytes: size cap.

    Raises:
        Malformed: names line, column and field, no passenger.
        TooLarge: over the cap.
    """
    reading = TextReading.start(FORMAT, mode)
    return [
        _message(opened, reading, opened.envelope.sent or reference)
        for opened in open_all(
            data, reading, reference=reference, max_bytes=max_bytes, names=("PSM",)
        )
    ]


def _message(opened: Opened, reading: TextReading, near: datetime) -> ServiceMessage:
    envelope, _, _, lines = identified(opened, reading, ("PSM",), example="MU5101/24NOV SHA PART1")
    leg, where, part = flight_and_part(lines[0], reading, near)
    lines, end = end_of(lines[1:], "PSM", reading)
    starts = [index for index, line in enumerate(lines) if line.text.startswith("-")]
    unknown = lines[: starts[0]] if starts else lines
    for line in unknown:
        reading.notice(line, "unknown-line", "line", "belongs to no destination; kept")
    if not starts:
        reading.notice(opened.body[-1].at(), "no-destination", "destination", "none is in it")
    destinations = [
        _destination(lines[a], lines[a + 1 : b], reading)
        for a, b in zip(starts, [*starts[1:], len(lines)], strict=False)
    ]
    return ServiceMessage(
        envelope=envelope,
        flight=leg,
        station=where,
        part=part,
        destinations=tuple(destinations),
        unknown=tuple(line.text for line in unknown),
        end=end,
        original=opened.original,
        notices=tuple(reading.notices),
    )


def _destination(line: Line, below: Lines, reading: TextReading) -> Destination:
    match = _DESTINATION.fullmatch(line.text)
    if match is None:
        raise reading.fault(
            line,
            "destination",
            "not a destination with its totals",
            field="destination",
            expected="e.g. -PEK 2PAX / 3SSR",
            private=True,
        )
    passengers: list[Assisted] = []
    services: list[str] = []
    totals: list[tuple[str, tuple[str, ...]]] = []
    texts = tuple(further.text for further in below)
    for number, text in enumerate(texts):
        if not passengers and (found := _TOTAL.fullmatch(text)):
            totals.append((found[1], tuple(found[2].split())))
        elif found := _PASSENGER.fullmatch(text):
            _close(passengers, services)
            passengers.append(
                Assisted(
                    count=int(found[1]),
                    name=found[2],
                    seat=found[3] or "",
                    more=found[4] or "",
                    as_sent=text,
                )
            )
        elif passengers and not _CLASS.fullmatch(text):
            services.append(text)
        elif not _CLASS.fullmatch(text):
            reading.notice(below[number], "unknown-line", "line", "belongs to no passenger; kept")
        else:
            _close(passengers, services)
    _close(passengers, services)
    told = int(match[2]) if match[2] else None
    if told is not None and told != sum(p.count for p in passengers):
        reading.notice(line, "pax-total", "PAX", "not as many passengers as the totals say")
    return Destination(
        station=match[1],
        as_sent=line.text,
        pax=told,
        ssr=int(match[3]) if match[3] else None,
        totals=tuple(totals),
        passengers=tuple(passengers),
        lines=texts,
    )


def _close(passengers: list[Assisted], services: list[str]) -> None:
    """Give the services gathered so far to the last passenger."""
    if passengers and services:
        last = passengers[-1]
        passengers[-1] = Assisted(
            count=last.count,
            name=last.name,
            seat=last.seat,
            more=last.more,
            services=(*last.services, *services),
            as_sent=last.as_sent,
        )
    services.clear()


def encode(message: ServiceMessage) -> bytes:
    """Write a passenger service message.

    Raises:
        ValueError: characters outside Latin-1.
    """
    lines = head(message.envelope, "PSM", correction=False)
    part = "" if message.part is None else f"PART{message.part}"
    words = (message.flight.text(), message.station, part)
    lines.append(" ".join(word for word in words if word))
    lines += message.unknown
    for destination in message.destinations:
        lines += [destination.as_sent, *destination.lines]
    return seal(message.envelope, [*lines, *([message.end] if message.end else [])])
