"""LDM: what an aircraft carries, for each destination.

Standard: IATA Airport Handling Manual, AHM 583 (load message). The manual is IATA's and was not seen: the
layout is general knowledge, checked against messages. Weights are in the unit that the carrier uses,
usually kilograms; the message does not say which. ::

    LDM
    MU5101/24.B1234.C8Y150.2/6            flight/day . registration . version . crew
    -PEK.70/55/3/1.0.T3200.1/900.2/1300.3/1000.PAX/8/120.PAD/0/0
    SI PEK FRE 900 POS 0 BAG 62/2300

Crew is cockpit/cabin. A load line begins with ``-`` and the destination; parts are separated by dots, and a
line that begins with a dot goes on with the load before. Parts, in order: passengers
(adults/children/infants, or male/female/child/infant, or their total); cabin baggage weight; ``T`` total
of the dead load (``TW`` on freighters, there also behind the compartments); ``MD`` main deck; ``hold/weight``
or ``position/weight`` for each compartment; ``PAX`` occupied seats by class; ``PAD`` seats
of passengers who may be moved; then special loads (``AVI``, ``HUM`` ...) as sent. ``-PEK.NIL`` is no load.

Notices (``ldm-`` in front): ``compartment-sum`` compartments do not add up to T; ``class-sum`` seats by
class are not the passengers without infants; ``unknown-part`` a part of a load is not known, kept;
``no-total``, ``no-pax`` the part is missing; ``total-apart`` a dot between T and its weight;
``classes-apart`` a dot between PAX or PAD and its figures; ``joined`` parts with slants or blanks between
them where dots belong; ``no-infants`` the place of the infants is empty, none are taken; ``crew``,
``version`` the part is missing or odd, kept; ``unknown-line`` a line before SI is not known, kept;
``no-load`` no destination; ``registration-missing`` nothing or question marks for the registration;
``blank`` blanks beside a dot of the flight line or within the flight; and those of the envelope, see ``mvt``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from airport_brain.operations.formats.text_reading import MAX_BYTES, Line, TextReading
from airport_brain.operations.formats.type_b.body import head, identified, is_supplementary
from airport_brain.operations.formats.type_b.dotted import trimmed
from airport_brain.operations.formats.type_b.envelope import BARE, Envelope, Opened, open_all
from airport_brain.operations.formats.type_b.flight_line import TelexFlight, flight
from airport_brain.operations.formats.type_b.registration import registration
from airport_brain.operations.formats.type_b.sealing import seal
from service_bus import Mode, Notice

FORMAT: Final = "ldm"

_PASSENGERS: Final = re.compile(r"\d{1,4}(?:/\d{1,4}){0,3}|\d{1,4}/\d{1,4}/\d{1,4}/", re.ASCII)
_HOLD: Final = r"(?:\d{1,3}[A-Z]{0,2}|[A-Z]\d{0,2}|[A-Z]{2})"
_COMPARTMENT: Final = re.compile(rf"({_HOLD})/(\d{{1,6}})", re.ASCII)
_SLANTED: Final = re.compile(rf"{_HOLD}/\d{{1,6}}(?:/{_HOLD}/\d{{1,6}})+", re.ASCII)
_MAIN_DECK: Final = re.compile(r"(MD)(\d{1,6})", re.ASCII)
_DIGITS: Final = re.compile(r"\d{1,6}", re.ASCII)
_TOTAL: Final = re.compile(r"TW?(\d{1,6})", re.ASCII)
_FIGURES: Final = re.compile(r"\d{1,4}(?:/\d{1,4}){0,3}", re.ASCII)
_CLASSES: Final = re.compile(r"(PAX|PAD)((?:/\d{1,4})+)", re.ASCII)
_VERSION: Final = re.compile(r"[A-Z0-9]{1,20}(?:/[A-Z0-9]{1,20}){0,3}", re.ASCII)
_CREW: Final = re.compile(r"\d{1,2}(?:/\d{1,2}){0,3}", re.ASCII)
_DEADLOAD: Final = re.compile(r"\b([A-Z]{1,4}) {0,8}(\d{1,6})(?:/ {0,8}(\d{1,6}))?\b", re.ASCII)
_HEAD: Final = re.compile(
    rb"(?:^|[\r\n\x02])LDM(?: COR)?\s*[\r\n]+(?:COR\s*[\r\n]+)?[A-Z0-9]{3,8}/\d\d|=SMI\s+LDM\s"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """The load for one destination.

    Attributes:
        passengers: as sent: adults/children/infants, male/female/children/infants, or one total.
        cabin_baggage: its weight, ``None`` when not given.
        total: all dead load.
        compartments: hold and weight, in order.
        pax: occupied seats by class, from the highest.
        pad: seats by class of passengers who may be moved off.
        parts: everything behind the destination as sent, from which it is written.
        continued: numbers of the parts that stand first on a further line.
    """

    destination: str
    passengers: tuple[int, ...] = ()
    cabin_baggage: int | None = None
    total: int | None = None
    compartments: tuple[tuple[str, int], ...] = ()
    pax: tuple[int, ...] = ()
    pad: tuple[int, ...] = ()
    parts: tuple[str, ...] = ()
    continued: tuple[int, ...] = ()

    @property
    def infants(self) -> int:
        """The last figure of three or four."""
        return self.passengers[-1] if len(self.passengers) >= 3 else 0

    def lines(self) -> list[str]:
        """As it is written in a message."""
        starts = [0, *self.continued]
        ends = [*self.continued, len(self.parts)]
        rows = [
            "".join(f".{p}" for p in self.parts[a:b]) for a, b in zip(starts, ends, strict=True)
        ]
        return [f"-{self.destination}{rows[0]}", *rows[1:]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadload:
    """What supplementary information says of one kind of load: ``BAG 62/2300``.

    Attributes:
        destination: station named in front, "" when none is.
        pieces: ``None`` when only a weight is given.
    """

    destination: str
    kind: str
    pieces: int | None
    weight: int


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadMessage:
    """One load message.

    Attributes:
        entries: loads, and between them lines that are not known, in order.
    """

    envelope: Envelope = BARE
    correction: bool = False
    flight: TelexFlight
    aircraft_registration: str
    version: str = ""
    crew: str = ""
    entries: tuple[Load | str, ...] = ()
    supplementary: tuple[str, ...] = ()
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def loads(self) -> tuple[Load, ...]:
        """The load for each destination."""
        return tuple(entry for entry in self.entries if isinstance(entry, Load))

    def deadload(self) -> Iterator[Deadload]:
        """Loads by kind (AHM 583 categories: FRE or C, POS or M, BAG or B, TRA ...) as SI tells them."""
        where = ""
        for line in self.supplementary:
            words = line.removeprefix("SI").strip()
            if (head := re.match(r"([A-Z]{3})(?= )", words)) and head[1] not in _KINDS:
                where = head[1]
            for kind, first, second in _DEADLOAD.findall(words):
                if kind in _KINDS:
                    pieces = int(first) if second else None
                    yield Deadload(
                        destination=where, kind=kind, pieces=pieces, weight=int(second or first)
                    )


_KINDS: Final = frozenset(
    {"FRE", "POS", "BAG", "BAGP", "TRA", "CAR", "EIC", "C", "M", "B", "D", "E", "O", "T"}
)


def recognise(data: bytes) -> float:
    """How surely this is a load message, 0 to 1."""
    return 0.95 if _HEAD.search(data[:2000]) else 0.0


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[LoadMessage]:
    """Read load messages.

    Args:
        data: telexes, in their envelopes or without.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: moment of receipt; gives days their month.
        max_bytes: size cap.

    Raises:
        Malformed: names line, column and field.
        TooLarge: over the cap.
    """
    reading = TextReading.start(FORMAT, mode)
    return [
        _message(opened, reading, opened.envelope.sent or reference)
        for opened in open_all(
            data, reading, reference=reference, max_bytes=max_bytes, names=("LDM",)
        )
    ]


def _message(opened: Opened, reading: TextReading, near: datetime) -> LoadMessage:
    envelope, _, correction, lines = identified(
        opened, reading, ("LDM",), example="MU5101/24.B1234.C8Y150.2/6"
    )
    parts = [trimmed(part, reading) for part in lines[0].split(".")]
    if len(parts) < 2:
        raise reading.fault(
            lines[0],
            "flight-line",
            "not a line of flight, registration, version and crew",
            field="flight identifier",
            expected="e.g. MU5101/24.B1234.C8Y150.2/6",
        )
    version = _odd(parts, 2, _VERSION, "version", reading)
    crew = _odd(parts, 3, _CREW, "crew", reading)
    entries: list[Load | str] = []
    index = 1
    while index < len(lines) and not is_supplementary(lines[index].text):
        line = lines[index]
        index += 1
        if line.text.startswith("-"):
            more = []
            while index < len(lines) and lines[index].text.startswith("."):
                more.append(lines[index])
                index += 1
            entries.append(_load(line, more, reading))
        else:
            reading.notice(line, "unknown-line", "line", "this line is not known; kept")
            entries.append(line.text)
    if not any(isinstance(entry, Load) for entry in entries):
        reading.notice(lines[0], "no-load", "destination", "no destination is in it")
    return LoadMessage(
        envelope=envelope,
        correction=correction,
        flight=flight(parts[0], reading, near),
        aircraft_registration=registration(parts[1], reading),
        version=version,
        crew=crew,
        entries=tuple(entries),
        supplementary=tuple(line.text for line in lines[index:]),
        original=opened.original,
        notices=tuple(reading.notices),
    )


def _odd(
    parts: Sequence[Line], number: int, form: re.Pattern[str], name: str, reading: TextReading
) -> str:
    """A part of the flight line that is kept whatever it is; the last takes what follows."""
    if len(parts) <= number:
        reading.notice(parts[-1], name, name, "the part is missing")
        return ""
    text = parts[number].text if number < 3 else ".".join(part.text for part in parts[number:])
    if not form.fullmatch(text):
        reading.notice(parts[number], name, name, "the part is odd; kept")
    return text


@dataclass(slots=True)
class _Parts:
    """A load as its parts are read."""

    passengers: tuple[int, ...] = ()
    cabin_baggage: int | None = None
    total: int | None = None
    compartments: list[tuple[str, int]] = field(default_factory=list)
    pax: tuple[int, ...] = ()
    pad: tuple[int, ...] = ()
    special: bool = False
    total_follows: bool = False
    nil: bool = False
    classes: str = ""


def _load(line: Line, more: Sequence[Line], reading: TextReading) -> Load:
    pieces = line.cut(1).split(".")
    destination, *parts = pieces
    if not re.fullmatch(r"[A-Z]{3}", destination.text):
        raise reading.fault(
            destination,
            "airport",
            "not an airport",
            field="destination",
            expected="three letters, e.g. PEK",
        )
    continued = []
    # The first are passengers, which have slants of their own.
    parts = [*parts[:1], *_apart(parts[1:], reading)]
    for further in more:
        continued.append(len(parts))
        parts += _apart(further.cut(1).split("."), reading)
    read = _Parts()
    for number, part in enumerate(parts):
        _part(number, part, read, reading)
    load = Load(
        destination=destination.text,
        passengers=read.passengers,
        cabin_baggage=read.cabin_baggage,
        total=read.total,
        compartments=tuple(read.compartments),
        pax=read.pax,
        pad=read.pad,
        parts=tuple(part.text for part in parts),
        continued=tuple(continued),
    )
    if not read.nil:
        _check(line, load, reading)
    return load


def _apart(parts: Sequence[Line], reading: TextReading) -> list[Line]:
    """Parts between which slants or blanks stand where dots belong, one by one."""
    result: list[Line] = []
    for part in parts:
        words = [part]
        if " " in part.text and all(_KNOWN.fullmatch(word.text) for word in part.words()):
            words = part.words()
        elif _SLANTED.fullmatch(part.text):
            pairs = part.split("/")
            words = [
                Line(hold.number, f"{hold.text}/{weight.text}", hold.column)
                for hold, weight in zip(pairs[::2], pairs[1::2], strict=True)
            ]
        if len(words) > 1:
            reading.notice(part, "joined", "load", "slants or blanks where dots belong")
        result += words
    return result


_KNOWN: Final = re.compile(rf"{_HOLD}/\d{{1,6}}|TW?\d{{1,6}}|(?:PAX|PAD)(?:/\d{{1,4}})+", re.ASCII)


def _part(number: int, part: Line, read: _Parts, reading: TextReading) -> None:
    text = part.text
    if number == 0 and text == "NIL":
        read.nil = True
    elif number == 0 and _PASSENGERS.fullmatch(text):
        read.passengers = _passengers(part, reading)
    elif match := _CLASSES.fullmatch(text):
        _by_class(match[1], match[2][1:], read)
    elif read.classes and _FIGURES.fullmatch(text):
        _by_class(read.classes, text, read)
    elif text in ("PAX", "PAD"):
        reading.notice(part, "classes-apart", text, f"a dot between {text} and its figures")
        read.classes = text
    elif (read.pax or read.pad) and text[:1].isalpha():
        read.special = True
    elif not (_weight(number, part, read, reading) or read.special):
        reading.notice(part, "unknown-part", "load", "this part is not known; kept")


def _passengers(part: Line, reading: TextReading) -> tuple[int, ...]:
    if part.text.endswith("/"):
        reading.notice(part, "no-infants", "passengers", "the infants are not given; none taken")
        return (*_figures(part.text[:-1]), 0)
    return _figures(part.text)


def _by_class(code: str, figures: str, read: _Parts) -> None:
    if code == "PAX":
        read.pax = _figures(figures)
    else:
        read.pad = _figures(figures)
    read.classes = ""


def _weight(number: int, part: Line, read: _Parts, reading: TextReading) -> bool:
    """Whether a part is a weight in its place: cabin baggage, the total, a compartment."""
    text = part.text
    if read.total is None:
        if match := _TOTAL.fullmatch(text):
            read.total = int(match[1])
        elif text in ("T", "TW"):
            reading.notice(part, "total-apart", "T", "a dot between T and its weight")
            read.total_follows = True
        elif _DIGITS.fullmatch(text) and read.total_follows:
            read.total = int(text)
        elif _DIGITS.fullmatch(text) and number == 1:
            read.cabin_baggage = int(text)
        else:
            # Freighters have no passengers, and their total behind the compartments.
            return not read.passengers and _compartment(text, read)
        return True
    return not read.pax and _compartment(text, read)


def _compartment(text: str, read: _Parts) -> bool:
    match = _COMPARTMENT.fullmatch(text) or _MAIN_DECK.fullmatch(text)
    if match is not None:
        read.compartments.append((match[1], int(match[2])))
    return match is not None


def _figures(text: str) -> tuple[int, ...]:
    return tuple(int(figure) for figure in text.split("/"))


def _check(line: Line, load: Load, reading: TextReading) -> None:
    if load.total is None:
        reading.notice(line, "no-total", "T", "no total of the dead load")
    elif load.compartments and (told := sum(w for _, w in load.compartments)) != load.total:
        reading.notice(
            line, "compartment-sum", "T", f"compartments add up to {told}, T says {load.total}"
        )
    if not load.pax:
        if load.passengers:
            reading.notice(line, "no-pax", "PAX", "no seats by class")
        return
    aboard = sum(load.passengers) - load.infants
    if load.passengers and aboard != sum(load.pax):
        reading.notice(
            line,
            "class-sum",
            "PAX",
            f"{sum(load.pax)} by class, {aboard} passengers without infants",
        )


def encode(message: LoadMessage) -> bytes:
    """Write a load message.

    Raises:
        ValueError: characters outside Latin-1.
    """
    lines = head(message.envelope, "LDM", correction=message.correction)
    parts = [message.flight.text(), message.aircraft_registration, message.version, message.crew]
    while len(parts) > 2 and not parts[-1]:
        parts.pop()
    lines.append(".".join(parts))
    for entry in message.entries:
        lines += entry.lines() if isinstance(entry, Load) else [entry]
    return seal(message.envelope, [*lines, *message.supplementary])
