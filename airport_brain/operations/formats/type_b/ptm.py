"""PTM: passengers of an arriving flight who go on with others.

Standard: IATA Recommended Practice 1718 (passenger transfer message). It was not seen: the layout is
general knowledge. ::

    PTM
    MU5101/24NOV SHA PART1                 feeder flight/day, station of boarding, part
    MU2405/24 XIY 2Y 3B.ZHANG/SANMR.LI/SIMS  onward flight/day, destination, passengers and class,
    HX305/03 MEL 1O 1B22K ZHANG/SANMR      bags, names
    PX3 BG4                                totals: passengers, bags
    ENDPTM

Departure control systems in China write the same with passengers in lines of their own::

    MU2405/24 -XIY Y2 B3/51/0/0            class before the count; bags, their weight, and what else they say
    1ZHANG/SANMR .OK B2/31 14D             a passenger of that flight; bags, seat and tags stay as sent
    1LI/SIMS .OK B1/20 14E

The day of an onward flight may be left out; it is ``None`` then. Days are near the feeder's. ``NIL`` alone
says that nobody goes on. Passengers are ``2Y`` or ``2 Y``; bags
``3B`` or with their weight ``3B45K``; names follow behind dots, or behind a blank. A message that goes on
ends with ``ENDPART1`` instead of ``ENDPTM``. Names are people's: they are in the message that is read, and
never in a fault or a notice.

Notices (``ptm-`` in front): ``no-end`` no ENDPTM or ENDPART; ``unknown-word`` a part of a line is not known,
kept; ``unknown-line`` a line is not known, kept; ``behind-end`` text behind the end; and those of the
envelope, see ``mvt``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Final

from airport_brain.operations.formats.text_reading import MAX_BYTES, Line, TextReading
from airport_brain.operations.formats.type_b.body import head, identified
from airport_brain.operations.formats.type_b.envelope import BARE, Envelope, Opened, open_all
from airport_brain.operations.formats.type_b.flight_line import (
    TelexFlight,
    flight,
    near_flight,
    station,
)
from airport_brain.operations.formats.type_b.parts import end_of, flight_and_part
from airport_brain.operations.formats.type_b.sealing import seal
from service_bus import Mode, Notice

FORMAT: Final = "ptm"

NIL: Final = "NIL"

_COUNT: Final = re.compile(r"(\d{1,3})([A-Z])?", re.ASCII)
_CLASS: Final = re.compile(r"[A-Z]", re.ASCII)
_BAGS: Final = re.compile(r"(\d{1,3})B(?:(\d{1,5})([KL]))?(?:([. ])(.*))?", re.ASCII)
_DASHED: Final = re.compile(r"([A-Z])(\d{1,3})", re.ASCII)
_DASHED_BAGS: Final = re.compile(r"B(\d{1,3})(?:/(\d{1,5}))?(/.*)?", re.ASCII)
_LISTED: Final = re.compile(r"\d{1,2}([A-Z]+/?[A-Z]*)(?: .*)?", re.ASCII)
_TOTALS: Final = re.compile(r"PX(\d{1,4})(?: BG(\d{1,4}))?", re.ASCII)
_NAMES: Final = re.compile(r"\.(.+)", re.ASCII)
_HEAD: Final = re.compile(rb"(?:^|[\r\n\x02])PTM\s*[\r\n]+[A-Z0-9]{3,8}/\d\d|=SMI\s+PTM\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """Passengers of one party or one onward flight.

    Attributes:
        passengers: how many; ``cabin`` their class, "" when not given.
        bags: pieces, ``None`` when not given; ``bag_weight`` in ``bag_weight_unit`` (K or L).
        names: as sent, one text for each dot.
        apart: class and count were two words; ``names_apart``: a blank stood before the names.
        more: what is not known, as sent.
        dashed: the layout with a dash before the destination.
        listed: its lines of passengers, as sent, and those that go on with one.
    """

    flight: TelexFlight
    destination: str
    passengers: int
    cabin: str = ""
    apart: bool = False
    names_apart: bool = False
    bags: int | None = None
    bag_weight: int | None = None
    bag_weight_unit: str = ""
    names: tuple[str, ...] = field(default=(), repr=False)
    more: str = field(default="", repr=False)
    dashed: bool = False
    listed: tuple[str, ...] = field(default=(), repr=False)

    def lines(self) -> list[str]:
        """As it is written in a message."""
        if not self.dashed:
            return [self._line()]
        weight = "" if self.bag_weight is None else f"/{self.bag_weight}"
        bags = "" if self.bags is None else f"B{self.bags}{weight}"
        count = f"{self.cabin}{self.passengers}"
        words = (self.flight.text(), f"-{self.destination}", count, bags + self.more)
        return [" ".join(word for word in words if word), *self.listed]

    def _line(self) -> str:
        count = f"{self.passengers}{' ' if self.apart else ''}{self.cabin}"
        weight = "" if self.bag_weight is None else f"{self.bag_weight}{self.bag_weight_unit}"
        bags = "" if self.bags is None else f"{self.bags}B{weight}"
        names = "".join(f".{name}" for name in self.names)
        if self.names_apart:
            names = names.replace(".", " ", 1)
        words = (self.flight.text(), self.destination, count, bags + names, self.more)
        return " ".join(word for word in words if word)


@dataclass(frozen=True, slots=True, kw_only=True)
class TransferMessage:
    """One passenger transfer message, or one part of it.

    Attributes:
        station: where the feeder flight was boarded.
        part: number of this part, ``None`` when not given.
        totals: passengers and bags of the line PX, ``None`` when there is none.
        nil: the message says that nobody goes on.
        ends: ENDPTM was there: no further part.
    """

    envelope: Envelope = BARE
    flight: TelexFlight
    station: str = ""
    part: int | None = None
    onward: tuple[Onward, ...] = ()
    totals: tuple[int, int | None] | None = None
    unknown: tuple[str, ...] = field(default=(), repr=False)
    nil: bool = False
    end: str = "ENDPTM"
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def ends(self) -> bool:
        """Whether no further part follows."""
        return self.end == "ENDPTM"


def recognise(data: bytes) -> float:
    """How surely this is a passenger transfer message, 0 to 1."""
    return 0.95 if _HEAD.search(data[:2000]) else 0.0


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[TransferMessage]:
    """Read passenger transfer messages.

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
            data, reading, reference=reference, max_bytes=max_bytes, names=("PTM",)
        )
    ]


def _message(opened: Opened, reading: TextReading, near: datetime) -> TransferMessage:
    envelope, _, _, lines = identified(opened, reading, ("PTM",), example="MU5101/24NOV SHA PART1")
    feeder, where, part = flight_and_part(lines[0], reading, near)
    lines, end = end_of(lines[1:], "PTM", reading)
    body = _Body(reading, near_flight(feeder, near))
    for line in lines:
        body.take(line)
    body.close()
    return TransferMessage(
        envelope=envelope,
        flight=feeder,
        station=where,
        part=part,
        onward=tuple(body.onward),
        totals=body.totals,
        unknown=tuple(body.unknown),
        nil=body.nil,
        end=end,
        original=opened.original,
        notices=tuple(reading.notices),
    )


@dataclass(slots=True)
class _Body:
    """The lines below the feeder flight while they are read.

    Attributes:
        listed: lines of passengers of the last onward flight, and ``names`` in them.
    """

    reading: TextReading
    near: datetime
    onward: list[Onward] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    totals: tuple[int, int | None] | None = None
    listed: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    nil: bool = False

    def take(self, line: Line) -> None:
        """Read a line."""
        dashed = bool(self.onward) and self.onward[-1].dashed
        passenger = _LISTED.fullmatch(line.text) if dashed else None
        if passenger or (self.listed and line.text.startswith(".")):
            self.listed.append(line.text)
            self.names += passenger.groups() if passenger else ()
            return
        words = line.words()
        if line.text == NIL and not self.onward:
            self.nil = True
        elif match := _TOTALS.fullmatch(line.text):
            self.totals = int(match[1]), int(match[2]) if match[2] else None
        elif len(words) < 3 or not any(ch.isdecimal() for ch in words[0].text):
            self.reading.notice(
                line, "unknown-line", "onward flight", "this line is not known; kept"
            )
            self.unknown.append(line.text)
        else:
            self.close()
            self.onward.append(_onward(line, words, self.reading, self.near))

    def close(self) -> None:
        """Give the last onward flight its passengers."""
        if self.listed:
            self.onward[-1] = replace(
                self.onward[-1], listed=tuple(self.listed), names=tuple(self.names)
            )
            self.listed, self.names = [], []


def _onward(line: Line, words: list[Line], reading: TextReading, near: datetime) -> Onward:
    leg = flight(words[0], reading, near, dated=False, private=True)
    if words[1].text.startswith("-"):
        return _dashed(line, words, reading, leg)
    destination = station(words[1], reading, "destination", private=True)
    count = _COUNT.fullmatch(words[2].text)
    if count is None:
        raise reading.fault(
            words[2],
            "passengers",
            "not a number of passengers",
            field="passengers",
            expected="e.g. 2Y",
            private=True,
        )
    cabin, rest = count[2] or "", words[3:]
    apart = not cabin and bool(rest) and _CLASS.fullmatch(rest[0].text) is not None
    if apart:
        cabin, rest = rest[0].text, rest[1:]
    # Names may hold blanks, so what follows is taken as one text.
    tail = line.cut(rest[0].column - line.column) if rest else None
    bags = _BAGS.fullmatch(tail.text) if tail else None
    only_names = _NAMES.fullmatch(tail.text) if tail and not bags else None
    names = (bags[5] if bags else only_names[1] if only_names else None) or ""
    if tail and not bags and not only_names:
        reading.notice(tail, "unknown-word", "bags", "this part is not known; kept")
    return Onward(
        flight=leg,
        destination=destination,
        passengers=int(count[1]),
        cabin=cabin,
        apart=apart,
        names_apart=bags is not None and bags[4] == " ",
        bags=int(bags[1]) if bags else None,
        bag_weight=int(bags[2]) if bags and bags[2] else None,
        bag_weight_unit=(bags[3] or "") if bags else "",
        names=tuple(names.split(".")) if names else (),
        more=tail.text if tail and not bags and not only_names else "",
    )


def _dashed(line: Line, words: list[Line], reading: TextReading, leg: TelexFlight) -> Onward:
    """An onward flight whose passengers stand in lines of their own."""
    destination = station(words[1].cut(1), reading, "destination", private=True)
    count = _DASHED.fullmatch(words[2].text)
    if count is None:
        raise reading.fault(
            words[2],
            "passengers",
            "not a number of passengers",
            field="passengers",
            expected="e.g. Y2",
            private=True,
        )
    tail = line.cut(words[3].column - line.column) if len(words) > 3 else None
    bags = _DASHED_BAGS.fullmatch(tail.text) if tail else None
    if tail and not bags:
        reading.notice(tail, "unknown-word", "bags", "this part is not known; kept")
    return Onward(
        flight=leg,
        destination=destination,
        passengers=int(count[2]),
        cabin=count[1],
        bags=int(bags[1]) if bags else None,
        bag_weight=int(bags[2]) if bags and bags[2] else None,
        bag_weight_unit="K" if bags and bags[2] else "",
        more=(bags[3] or "") if bags else tail.text if tail else "",
        dashed=True,
    )


def encode(message: TransferMessage) -> bytes:
    """Write a passenger transfer message.

    Raises:
        ValueError: characters outside Latin-1.
    """
    lines = head(message.envelope, "PTM", correction=False)
    part = "" if message.part is None else f"PART{message.part}"
    words = (message.flight.text(), message.station, part)
    lines.append(" ".join(word for word in words if word))
    if message.nil:
        lines.append(NIL)
    for onward in message.onward:
        lines += onward.lines()
    lines += message.unknown
    if message.totals:
        passengers, pieces = message.totals
        lines.append(f"PX{passengers}" + ("" if pieces is None else f" BG{pieces}"))
    return seal(message.envelope, [*lines, *([message.end] if message.end else [])])
