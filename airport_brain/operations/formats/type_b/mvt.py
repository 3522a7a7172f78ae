"""MVT, MVA and DIV: what an aircraft did, is about to do, and why it is late.

Standard: IATA Airport Handling Manual, AHM 780 (aircraft movement message) and AHM 781 to 784 for its
kin; delay codes AHM 730 to 732. The manual is IATA's and was not seen: the layout is general knowledge.
All times are UTC. ::

    MVT                                  MVT, MVA (from the aircraft), DIV (diversion)
    COR                                  optional: corrects an earlier one
    MU5101/24.B1234.SHA                  flight/day . registration . station that reports
    AD0812/0827 EA1010 PEK               what happened, see below
    DL93/0012                            delay codes, then their durations hhmm
    PX128                                passengers; PX8/120+2: by class or destination, + infants
    SI DEICING                           free text, to the end

======  ==================================  ===================================================
code    first time                          second time
======  ==================================  ===================================================
AD      off-block                           airborne
AA      touchdown                           on-block
ED EO   estimated departure, off-block
EA EB   estimated arrival, on-block; the station follows where it is not the one that reports
TD      touchdown
NI      when the next information comes
RR      return to ramp                      off-block again
FR      forced return: touchdown            on-block
======  ==================================  ===================================================

``DL`` and ``EDL`` (extra) carry delay codes; ``DLA`` their sub-codes, each in its code's place, so that
places stay empty (``DLA/02B//``). A COR may stand above the identifier too. ``DR`` is the reason of a
diversion, ``CAN`` takes it back; ``TOF TOW ZFW FOB FLD LDW POB`` are figures. Times are ``hhmm`` or
``ddhhmm`` and mean the moment nearest to the telex's own time, or else to the reference; where the
flight's day is far from both, nearest to that day. What has happened is not ahead of both, but on the
flight's day then, and an estimate behind AD is not before it.

Notices (``mvt-`` in front): ``unknown-line`` a line is not known, kept; ``text-behind`` text behind an
element, kept; ``delay-durations`` not one duration for each delay code; ``time-order`` the second time is
before the first; ``second-missing`` no time behind a slant, left out; ``blank`` a blank behind a code, beside
a dot or within the flight; ``date-rest`` a digit behind the flight's date; ``glued`` no blank between a time
and what follows it; ``icao-station`` four letters for a station; ``px`` PAX for PX, or INF behind the
infants, left out; ``registration-missing`` nothing or question marks for the registration; ``repeated`` an
element is there twice; ``no-movement`` neither times nor delay are in it; ``station-missing`` no station
behind the EA of a departure or a diversion; and those of
the envelope: ``priority`` not a priority of the standard; ``line-long`` a line of more than 69 characters;
``not-ascii`` a byte outside ASCII; ``no-address`` no line of addresses; ``no-priority`` addresses without a
priority; ``identity`` no DDHHMM behind the originator; ``address-glued`` no blank behind the priority or the
originator; ``origin-blank`` an origin line without originator;
``second-heading`` a heading within the heading; ``unknown-keyword``, ``repeated-keyword`` blocks of a file of
keywords; ``preamble`` lines before the identifier; ``one-line`` the message goes on in the identifier's line;
``relayed`` the telex stands between ZCZC and NNNN of another network.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final, TypeAlias

from airport_brain.operations.formats.near_times import at_midnight, near_time
from airport_brain.operations.formats.text_reading import MAX_BYTES, Line, TextReading
from airport_brain.operations.formats.type_b.body import head, identified, is_supplementary
from airport_brain.operations.formats.type_b.dotted import trimmed
from airport_brain.operations.formats.type_b.envelope import BARE, Envelope, Opened, open_all
from airport_brain.operations.formats.type_b.flight_line import (
    EARLY,
    TelexFlight,
    flight,
    near_flight,
    station,
)
from airport_brain.operations.formats.type_b.registration import registration
from airport_brain.operations.formats.type_b.sealing import seal
from service_bus import Mode, Notice

FORMAT: Final = "mvt"

MOST_LINES: Final = 5_000
"""Lines of a message; real ones have under thirty."""

IDENTIFIERS: Final = ("MVT", "MVA", "DIV")
TIMES: Final = ("AD", "AA", "ED", "EO", "EA", "EB", "TD", "NI", "RR", "FR")
ESTIMATED: Final = ("EA", "EB")
HAPPENED: Final = ("AD", "AA", "TD", "RR", "FR")
AHEAD: Final = timedelta(hours=1)
"""How far what has happened may be ahead of the telex: clocks differ."""

DELAYS: Final = ("EDL", "DLA", "DL")
FIGURES: Final = ("TOF", "TOW", "ZFW", "FOB", "FLD", "LDW", "POB", "DR", "CAN")

_WITH_DAY: Final = len("ddhhmm")
_CODES: Final = frozenset({*TIMES, *DELAYS, *FIGURES, "PX"})
_TIMES: Final = re.compile(
    rf"({'|'.join(TIMES)})(\d{{4}}(?:\d\d)?)?(?:/(\d{{4}}(?:\d\d)?))?", re.ASCII
)
_ONE_TIME: Final = re.compile(r"(?:AD|AA|RR|FR)\d{4}(?:\d\d)?/", re.ASCII)
_DATE_AND_DIGIT: Final = re.compile(r"/\d\d[A-Z]{3}\d\d\d$", re.ASCII)
_GLUED: Final = re.compile(
    r"((?:AD|AA|ED|EO)[\d/]{4,13})(E[AB]\d{4}.*)|(E[AB]\d{4}(?:\d\d)?)([A-Z]{3,4})", re.ASCII
)
_ICAO: Final = re.compile(r"[A-Z]{4}", re.ASCII)
_CLOCK_LIKE: Final = re.compile(r"\d{4}(?:\d\d)?(?:/|$)", re.ASCII)
_CODE: Final = re.compile(r"[A-Z0-9]{2}[A-Z]?", re.ASCII)
_DURATION: Final = re.compile(r"\d\d[0-5]\d", re.ASCII)
_PASSENGERS: Final = re.compile(r"P(A?)X(\d{1,4}(?:[+/]\d{1,4})*)((?:INF)?)", re.ASCII)
_FIGURE: Final = re.compile(rf"({'|'.join(FIGURES)})([0-9A-Z/.]*)", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class MovementTime:
    """One element with times; see the table of the module.

    Attributes:
        with_day: the times were sent as ``ddhhmm``.
        station: where an estimated arrival is.
    """

    code: str
    first: datetime | None = None
    second: datetime | None = None
    with_day: bool = False
    second_with_day: bool = False
    station: str = ""

    def text(self) -> str:
        """As it is written in a message."""
        times = self.code + (_clock(self.first, self.with_day) if self.first else "")
        if self.second:
            times += f"/{_clock(self.second, self.second_with_day)}"
        return f"{times} {self.station}" if self.station else times


@dataclass(frozen=True, slots=True, kw_only=True)
class Delay:
    """Delay codes (two characters, with AHM 732 a third) and their durations in minutes.

    Attributes:
        reasons: codes; of a ``DLA`` "" where the code in that place has no sub-code.
    """

    code: str = "DL"
    reasons: tuple[str, ...]
    durations: tuple[int, ...] = ()

    def text(self) -> str:
        """As it is written in a message."""
        durations = (f"{minutes // 60:02d}{minutes % 60:02d}" for minutes in self.durations)
        return self.code + "/".join((*self.reasons, *durations))


@dataclass(frozen=True, slots=True, kw_only=True)
class Passengers:
    """Passengers on board.

    Attributes:
        total: the sum of what slants part (classes, or destinations); without what follows ``+``.
        as_sent: all of it.
    """

    total: int
    as_sent: str

    def text(self) -> str:
        """As it is written in a message."""
        return f"PX{self.as_sent}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Figure:
    """A fuel, a weight or a diversion reason, as sent."""

    code: str
    value: str

    def text(self) -> str:
        """As it is written in a message."""
        return self.code + self.value


@dataclass(frozen=True, slots=True, kw_only=True)
class FreeText:
    """Supplementary information, or text this reader does not know."""

    value: str
    known: bool = True

    def text(self) -> str:
        """As it is written in a message."""
        return self.value


Element: TypeAlias = MovementTime | Delay | Passengers | Figure | FreeText


@dataclass(frozen=True, slots=True, kw_only=True)
class Movement:
    """One movement message.

    Attributes:
        identifier: MVT, MVA or DIV.
        correction: a COR line stands below the identifier.
        station: airport that reports: of departure, or of arrival for AA.
        lines: the elements, line by line.
    """

    envelope: Envelope = BARE
    identifier: str = "MVT"
    correction: bool = False
    flight: TelexFlight
    aircraft_registration: str
    station: str = ""
    lines: tuple[tuple[Element, ...], ...] = ()
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    def times(self, code: str) -> MovementTime | None:
        """The first element of a code, e.g. ``AD``."""
        found = (e for line in self.lines for e in line if isinstance(e, MovementTime))
        return next((element for element in found if element.code == code), None)

    def delays(self) -> tuple[Delay, ...]:
        """All delay elements."""
        return tuple(e for line in self.lines for e in line if isinstance(e, Delay))

    @property
    def supplementary(self) -> tuple[str, ...]:
        """Free text, line by line."""
        return tuple(e.value for line in self.lines for e in line if isinstance(e, FreeText))


def recognise(data: bytes) -> float:
    """How surely this is a movement message, 0 to 1."""
    return 0.95 if _HEAD.search(data[:2000]) else 0.0


_HEAD: Final = re.compile(
    rb"(?:^|[\r\n\x02])(?:MVT|MVA|DIV)(?: COR)?\s*[\r\n]+(?:COR\s*[\r\n]+)?[A-Z0-9]{3,8}/\d\d"
    rb"|=SMI\s+(?:MVT|MVA|DIV)\s"
)


def parse(
    data: bytes, *, mode: Mode = "tolerant", reference: datetime, max_bytes: int = MAX_BYTES
) -> list[Movement]:
    """Read movement messages.

    Args:
        data: telexes, in their envelopes or without.
        mode: ``strict`` makes a fault of everything that ``tolerant`` only notes.
        reference: moment of receipt; gives days their month and times their day.
        max_bytes: size cap.

    Raises:
        Malformed: names line, column and field.
        TooLarge: over the cap.
    """
    reading = TextReading.start(FORMAT, mode)
    return [
        _movement(opened, reading, reference)
        for opened in open_all(
            data, reading, reference=reference, max_bytes=max_bytes, names=IDENTIFIERS
        )
    ]


def _movement(opened: Opened, reading: TextReading, reference: datetime) -> Movement:
    received = opened.envelope.sent or reference
    envelope, identifier, correction, lines = identified(
        opened, reading, IDENTIFIERS, example="MU5101/24.B1234.SHA"
    )
    parts = [trimmed(part, reading) for part in lines[0].split(".")]
    if not 2 <= len(parts) <= 3:
        raise reading.fault(
            lines[0],
            "flight-line",
            "not a line of flight, registration and station",
            field="flight identifier",
            expected="e.g. MU5101/24.B1234.SHA",
        )
    if len(lines) > MOST_LINES:
        raise reading.fault(
            lines[MOST_LINES], "too-many", "too many lines", field="line",
            expected=f"at most {MOST_LINES}",
        )  # fmt: skip
    leg = flight(_dated(parts[0], reading), reading, received)
    clock = _Clock(reading, leg, near_flight(leg, received))
    read = [_elements(line, reading, clock) for line in _before_text(lines[1:])]
    text = lines[1 + len(read) :]
    elements = [*read, *((FreeText(value=line.text),) for line in text)]
    _check(elements, lines, reading)
    _check_estimates(identifier, elements, lines, reading)
    return Movement(
        envelope=envelope,
        identifier=identifier,
        correction=correction,
        flight=leg,
        aircraft_registration=registration(parts[1], reading),
        station=_station(parts[2], reading) if len(parts) == 3 else "",
        lines=tuple(elements),
        original=opened.original,
        notices=tuple(reading.notices),
    )


def _dated(word: Line, reading: TextReading) -> Line:
    """The flight and its date without the leg's digit that some systems write behind the date."""
    if not _DATE_AND_DIGIT.search(word.text):
        return word
    reading.notice(
        word.cut(len(word.text) - 1), "date-rest", "date", "a digit behind the date; left out"
    )
    return word.cut(0, -1)


def _before_text(lines: Sequence[Line]) -> Sequence[Line]:
    """The lines up to ``SI``; from there on all is free text."""
    for index, line in enumerate(lines):
        if is_supplementary(line.text):
            return lines[:index]
    return lines


def _station(word: Line, reading: TextReading) -> str:
    if not _ICAO.fullmatch(word.text):
        return station(word, reading)
    reading.notice(word, "icao-station", "airport", "four letters where three belong")
    return word.text


def _elements(line: Line, reading: TextReading, clock: _Clock) -> tuple[Element, ...]:
    words = line.words()
    elements: list[Element] = []
    while words:
        word = _unglued(_joined(line, words, reading), words, reading)
        if word.text != "FR" and (match := _TIMES.fullmatch(word.text)):
            elements.append(_times(word, match, words, clock))
        elif (code := _delay_code(word.text)) is not None:
            elements.append(_delay(word, code, reading))
        elif match := _PASSENGERS.fullmatch(word.text):
            if match[1] or match[3]:
                reading.notice(word, "px", "PX", "PAX where PX belongs, or INF behind the infants")
            elements.append(_passengers(match[2]))
        elif match := _FIGURE.fullmatch(word.text):
            elements.append(Figure(code=match[1], value=match[2]))
        else:
            _refuse_broken(word, reading)
            rest = line.cut(word.column - line.column)
            code_of = "text-behind" if elements else "unknown-line"
            reading.notice(rest, code_of, "line", "this text is not known; kept")
            elements.append(FreeText(value=rest.text, known=False))
            break
    return tuple(elements)


def _passengers(text: str) -> Passengers:
    seated = re.findall(r"(?:^|/)(\d+)", text, re.ASCII)
    return Passengers(total=sum(map(int, seated)), as_sent=text)


def _joined(line: Line, words: list[Line], reading: TextReading) -> Line:
    """The next word; a code that stands apart from what it is about is put before it."""
    word = words.pop(0)
    if word.text.endswith("/") and _ONE_TIME.fullmatch(word.text):
        reading.notice(
            word.cut(len(word.text) - 1),
            "second-missing",
            word.text[:2],
            "no time behind the slant",
        )
        return word.cut(0, -1)
    # FR also stands for fuel remaining, which is no time.
    if word.text == "FR" and words and not _CLOCK_LIKE.match(words[0].text):
        return word
    if words and word.text in _CODES and words[0].text[:1].isdecimal():
        following = words.pop(0)
        reading.notice(word, "blank", word.text, "a blank behind the code; left out")
        return Line(word.number, word.text + following.text, following.column - len(word.text))
    return word


def _unglued(word: Line, words: list[Line], reading: TextReading) -> Line:
    """A time; an estimate or a station glued to it is the next word."""
    match = _GLUED.fullmatch(word.text)
    if match is None:
        return word
    end = match.end(1) if match[1] else match.end(3)
    reading.notice(word.cut(end), "glued", word.text[:2], "no blank behind the time")
    words.insert(0, word.cut(end))
    return word.cut(0, end)


def _refuse_broken(word: Line, reading: TextReading) -> None:
    """Refuse what begins as times do and holds no times: nothing may be read past it."""
    code = word.text[:2]
    if code in TIMES and code != "FR" and re.match(r"[\d/]", word.text[2:3]):
        raise reading.fault(
            word.cut(2), "time", "not a time", field=code, expected="hhmm or ddhhmm"
        )


@dataclass(slots=True)
class _Clock:
    """Puts times without a day on theirs.

    Attributes:
        near: moment that they are near to.
        departed: off-block or airborne, when the message says it.
    """

    reading: TextReading
    leg: TelexFlight
    near: datetime
    departed: datetime | None = None

    def moment(
        self, word: Line, match: re.Match[str], group: int, near: datetime
    ) -> datetime | None:
        """The moment of a group of ``_TIMES``, ``None`` when it is not there."""
        text, code = match[group], match[1]
        if text is None:
            return None
        found = near_time(text, near)
        if found is None:
            raise self.reading.fault(
                word.cut(match.start(group), match.end(group)),
                "time",
                "no such time",
                field=code,
                expected="hhmm or ddhhmm",
            )
        # A time with its day says all, and a second one is near the first.
        if len(text) == _WITH_DAY or near is not self.near:
            return found
        if code in ESTIMATED and self.departed and found < self.departed:
            return found + timedelta(days=1)
        return self._on_flights_day(found, text, code)

    def _on_flights_day(self, found: datetime, text: str, code: str) -> datetime:
        if self.leg.day is None:
            return found
        begin = at_midnight(self.leg.day)
        if (code in HAPPENED and found > self.near + AHEAD) or found < begin - EARLY:
            departs = code in ("AD", "RR", "ED", "EO")
            middle = begin + timedelta(hours=12 if departs else 18)
            return near_time(text, middle) or found
        return found


def _times(word: Line, match: re.Match[str], words: list[Line], clock: _Clock) -> MovementTime:
    code, reading = match[1], clock.reading
    if not (match[2] or match[3]):
        raise reading.fault(
            word.at(2), "time", "no time behind it", field=code, expected="hhmm or ddhhmm"
        )
    first = clock.moment(word, match, 2, clock.near)
    second = clock.moment(word, match, 3, first or clock.near)
    if first and second and second < first:
        reading.notice(
            word.cut(match.start(3)), "time-order", code, "the second time is before the first"
        )
    if code == "AD":
        clock.departed = second or first
    where = ""
    if code in ESTIMATED and words and re.fullmatch(r"[A-Z]{3,4}", words[0].text):
        where = _station(words.pop(0), reading)
    return MovementTime(
        code=code,
        first=first,
        second=second,
        with_day=len(match[2] or "") == _WITH_DAY,
        second_with_day=len(match[3] or "") == _WITH_DAY,
        station=where,
    )


def _delay_code(text: str) -> str | None:
    """The element's code when its parts have the form of delays."""
    for code in DELAYS:
        parts = text[len(code) :].split("/")
        if code == "DLA" and any(parts):
            parts = [part for part in parts if part]
        if text.startswith(code) and all(
            _CODE.fullmatch(part) or _DURATION.fullmatch(part) for part in parts
        ):
            return code
    return None


def _delay(word: Line, code: str, reading: TextReading) -> Delay:
    parts = word.text[len(code) :].split("/")
    durations = [part for part in parts if _DURATION.fullmatch(part)]
    reasons = [part for part in parts if not _DURATION.fullmatch(part)]
    if parts != reasons + durations or not reasons or len(durations) > len(reasons):
        raise reading.fault(
            word,
            "delay",
            "not delay codes and then their durations",
            field=code,
            expected="e.g. DL93/62/0012/0005",
        )
    if len(durations) != len(reasons) and (durations or code != "DLA"):
        reading.notice(word, "delay-durations", code, "not one duration for each delay code")
    minutes = (int(part[:2]) * 60 + int(part[2:]) for part in durations)
    return Delay(code=code, reasons=tuple(reasons), durations=tuple(minutes))


def _check(
    elements: Sequence[tuple[Element, ...]], lines: Sequence[Line], reading: TextReading
) -> None:
    seen: set[str] = set()
    for line, row in zip(lines[1:], elements, strict=False):
        for element in row:
            code = getattr(element, "code", "")
            if code in seen and isinstance(element, MovementTime):
                reading.notice(line, "repeated", code, "the element is there twice")
            seen.add(code)
    if not seen - {""}:
        reading.notice(lines[0], "no-movement", "times", "neither times nor delay are in it")


def _check_estimates(
    identifier: str,
    elements: Sequence[tuple[Element, ...]],
    lines: Sequence[Line],
    reading: TextReading,
) -> None:
    """Note an EA without station where the station of the flight line is another one.

    Of a revised estimate and of a forced return the station that reports is the one meant.
    """
    codes = {e.code for line in elements for e in line if isinstance(e, MovementTime)}
    if identifier != "DIV" and ("AD" not in codes or "FR" in codes):
        return
    for line, row in zip(lines[1:], elements, strict=False):
        if any(isinstance(e, MovementTime) and e.code == "EA" and not e.station for e in row):
            reading.notice(line, "station-missing", "EA", "no station behind the estimate")


def _clock(moment: datetime, with_day: bool) -> str:
    return f"{moment:%d%H%M}" if with_day else f"{moment:%H%M}"


def encode(message: Movement) -> bytes:
    """Write a movement message.

    Raises:
        ValueError: characters outside Latin-1.
    """
    lines = head(message.envelope, message.identifier, correction=message.correction)
    parts = (message.flight.text(), message.aircraft_registration, message.station)
    lines.append(".".join(parts if message.station else parts[:2]))
    lines += [" ".join(element.text() for element in line) for line in message.lines]
    return seal(message.envelope, lines)
