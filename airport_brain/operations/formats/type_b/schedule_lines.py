"""The lines of SSM and ASM, each read by its form and written again."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final, TypeAlias

from airport_brain.operations.formats.near_times import near_date
from airport_brain.operations.formats.text_reading import Line, TextReading
from airport_brain.operations.formats.type_b.flight_line import TelexFlight, flight

ACTIONS: Final = (
    "NEW", "CNL", "RPL", "TIM", "EQT", "CON", "ADM", "FLT", "RRT", "RIN", "SKD", "REV", "RSD", "ACK",
    "NAC",
)  # fmt: skip

_ACTION: Final = re.compile(
    rf"({'|'.join(ACTIONS)})((?:/[A-Z0-9]{{2,5}})*)((?: [A-Z0-9/]+)*)", re.ASCII
)
_FLIGHT_FIRST: Final = re.compile(
    r"(?:[A-Z]{2}|[A-Z]\d|\d[A-Z])[A-Z]?\d{1,4}[A-Z]?(?:/\S*)?(?: |$)", re.ASCII
)
_DATE: Final = r"\d{2}[A-Z]{3}(?:\d{2})?"
_WITHOUT_YEAR: Final = len("24NOV")
_PERIOD: Final = re.compile(
    rf"({_DATE}) ({_DATE}|00XXX00)"
    # Days, or none and only data elements behind the dates.
    r"(?: ([1-7](?: ?[1-7]){0,6})(/W2)?(?= |$)|(?= \d{1,3}/\D|$))((?: .*)?)",
    re.ASCII,
)
_PERIOD_LIKE: Final = re.compile(r"\d{2}[A-Z]{3}\S* \S+ \d", re.ASCII)
_EQUIPMENT: Final = re.compile(r"([A-Z]) ([A-Z0-9]{3})((?:[ .].*)?)", re.ASCII)
_CABINS: Final = re.compile(r"([A-Z]*)(?:/([A-Z]+))?(?:\.([A-Z0-9]+(?:\.VV[A-Z0-9]+)?))?", re.ASCII)
_CONFIGURATION: Final = re.compile(r"(?:[A-Z]\d{1,3})+(?:\.?VV[A-Z0-9]{1,9})?", re.ASCII)
_STOP: Final = re.compile(
    r"([A-Z]{3})(\d{2})?([01]\d|2[0-4])([0-5]\d)(?:/(M?\d))?(?:/(\d{4}))?", re.ASCII
)
_STOP_LIKE: Final = re.compile(r"[A-Z]{3}\d\S* [A-Z]{3}\d", re.ASCII)
_SEGMENT: Final = re.compile(r"([A-Z]{3})([A-Z]{3}) (\d{1,3})/(.*)", re.ASCII)
_ELEMENT: Final = re.compile(r"(\d{1,3})/(.+)", re.ASCII)
_EXISTING: Final = re.compile(
    rf"(\S+) ({_DATE} (?:{_DATE}|00XXX00) [1-7]{{1,7}}(?:/W2)?(?: .*)?)", re.ASCII
)
_POINTS: Final = re.compile(r"[A-Z]{3}(?:/[A-Z]{3}){1,9}", re.ASCII)


@dataclass(frozen=True, slots=True, kw_only=True)
class Action:
    """What is to be done: code, further codes behind slashes, reasons behind blanks."""

    code: str
    secondary: tuple[str, ...] = ()
    reasons: tuple[str, ...] = ()

    def text(self) -> str:
        """As it is written in a message."""
        return " ".join(("/".join((self.code, *self.secondary)), *self.reasons))


@dataclass(frozen=True, slots=True, kw_only=True)
class DataElement:
    """A data element identifier with its text: ``3/MU``."""

    identifier: str
    value: str

    def text(self) -> str:
        """As it is written in a message."""
        return f"{self.identifier}/{self.value}"


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightInformation:
    """A flight, with its date in an ASM.

    Attributes:
        points: stations of the legs that are meant, ``SHA/PEK`` or ``SHA/XIY/URC``.
        new_flight: what the flight is named from now on (FLT).
        existing: the period that is revised (REV).
        more: words that are not known, as sent.
    """

    flight: TelexFlight
    points: str = ""
    new_flight: TelexFlight | None = None
    existing: Period | None = None
    elements: tuple[DataElement, ...] = ()
    more: tuple[str, ...] = ()

    def text(self) -> str:
        """As it is written in a message."""
        new = self.new_flight.text() if self.new_flight else ""
        old = self.existing.text() if self.existing else ""
        words = [self.flight.text(), new, old, self.points, *_texts(self.elements), *self.more]
        return " ".join(word for word in words if word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A period with days of operation.

    Attributes:
        to: ``None`` is an open end (``00XXX00``).
        days: 1 Monday to 7 Sunday; none where a message means the whole period (SKD).
        fortnightly: every second week (``/W2``).
        as_sent: both dates as sent.
    """

    begin: date
    to: date | None
    days: tuple[int, ...]
    fortnightly: bool = False
    elements: tuple[DataElement, ...] = ()
    more: tuple[str, ...] = ()
    as_sent: tuple[str, str]

    def text(self) -> str:
        """As it is written in a message."""
        days = "".join(str(day) for day in self.days) + ("/W2" if self.fortnightly else "")
        told = (days,) if days else ()
        return " ".join((*self.as_sent, *told, *_texts(self.elements), *self.more))


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """Service type and aircraft.

    Attributes:
        booking_designator: classes that can be booked, ``FCY``.
        booking_modifier: behind a slant, their modifiers, ``FNCN``.
        configuration: cabin by cabin, ``C8Y150``; a version may follow, ``C8Y150VV12`` or ``C8Y150.VV12``.
        dotless: the configuration was sent without the dot in front.
    """

    service_type: str
    aircraft_type: str
    booking_designator: str = ""
    booking_modifier: str = ""
    configuration: str = ""
    dotless: bool = False
    elements: tuple[DataElement, ...] = ()
    more: tuple[str, ...] = ()

    def text(self) -> str:
        """As it is written in a message."""
        dot = "" if self.dotless or not self.configuration else "."
        modifier = f"/{self.booking_modifier}" if self.booking_modifier else ""
        cabins = f"{self.booking_designator}{modifier}{dot}{self.configuration}"
        words = [self.service_type, self.aircraft_type, cabins]
        return " ".join([*(w for w in words if w), *_texts(self.elements), *self.more])


@dataclass(frozen=True, slots=True, kw_only=True)
class Stop:
    """One end of a leg, in the message's time mode.

    Attributes:
        time: minutes after midnight.
        day: day of the month, where an ASM says it.
        day_change: days after the flight's date.
        passenger_time: minutes after midnight.
    """

    time: int
    day: int | None = None
    day_change: int | None = None
    passenger_time: int | None = None

    def text(self) -> str:
        """As it is written in a message, without the station."""
        day = "" if self.day is None else f"{self.day:02d}"
        change = self.day_change
        moved = "" if change is None else f"/M{-change}" if change < 0 else f"/{change}"
        passenger = "" if self.passenger_time is None else f"/{_clock(self.passenger_time)}"
        return f"{day}{_clock(self.time)}{moved}{passenger}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Leg:
    """A leg with its times."""

    departure_station: str
    departure: Stop
    arrival_station: str
    arrival: Stop
    elements: tuple[DataElement, ...] = ()
    more: tuple[str, ...] = ()

    def text(self) -> str:
        """As it is written in a message."""
        ends = (
            f"{self.departure_station}{self.departure.text()}",
            f"{self.arrival_station}{self.arrival.text()}",
        )
        return " ".join((*ends, *_texts(self.elements), *self.more))


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """A data element of a segment; ``QQQ`` stands for every station."""

    board_point: str
    off_point: str
    element: DataElement

    def text(self) -> str:
        """As it is written in a message."""
        return f"{self.board_point}{self.off_point} {self.element.text()}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stations:
    """The legs that a change of aircraft is about: ``SHA/PEK``."""

    points: str

    def text(self) -> str:
        """As it is written in a message."""
        return self.points


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A line that is kept as it stands."""

    value: str

    def text(self) -> str:
        """As it is written in a message."""
        return self.value


ScheduleLine: TypeAlias = FlightInformation | Period | Equipment | Leg | Segment | Stations | Text


def action_of(line: Line) -> Action | None:
    """The action of a line, if it is one."""
    match = _ACTION.fullmatch(line.text)
    if match is None:
        return None
    return Action(
        code=match[1],
        secondary=tuple(match[2].split("/")[1:]),
        reasons=tuple(match[3].split()),
    )


def schedule_line(line: Line, reading: TextReading, near: datetime) -> ScheduleLine:
    """Read one line below an action by its form.

    Raises:
        Malformed: it has the form of a flight, period or leg, and does not name one.
    """
    if match := _PERIOD.fullmatch(line.text):
        return _period(line, match, reading, near)
    if _PERIOD_LIKE.match(line.text):
        raise reading.fault(
            line, "period", "not a period", field="period", expected="e.g. 25OCT26 27MAR27 1357"
        )
    if _STOP_LIKE.match(line.text):
        return _leg(line, reading)
    if match := _SEGMENT.fullmatch(line.text):
        element = DataElement(identifier=match[3], value=match[4])
        return Segment(board_point=match[1], off_point=match[2], element=element)
    if match := _EQUIPMENT.fullmatch(line.text):
        return _equipment(line, match, reading)
    return _flight_or_stations(line, reading, near)


def _flight_or_stations(line: Line, reading: TextReading, near: datetime) -> ScheduleLine:
    if _POINTS.fullmatch(line.text):
        return Stations(points=line.text)
    if _FLIGHT_FIRST.match(line.text):
        return _flight(line, reading, near)
    reading.notice(line, "unknown-line", "line", "this line is not known; kept")
    return Text(value=line.text)


def _flight(line: Line, reading: TextReading, near: datetime) -> FlightInformation:
    existing: Period | None = None
    if (match := _EXISTING.fullmatch(line.text)) and (old := _PERIOD.fullmatch(match[2])):
        existing = _period(line.cut(match.start(2)), old, reading, near)
        line = line.cut(0, match.end(1))
    first, *words = line.words()
    points = ""
    new: TelexFlight | None = None
    rest: list[Line] = []
    for word in words:
        if not points and not rest and _POINTS.fullmatch(word.text):
            points = word.text
        elif new is None and not points and not rest and _FLIGHT_FIRST.match(word.text):
            new = flight(word, reading, near, dated=False)
        else:
            rest.append(word)
    elements, more = _elements(rest, reading)
    return FlightInformation(
        flight=flight(first, reading, near, dated=False),
        points=points,
        new_flight=new,
        existing=existing,
        elements=elements,
        more=more,
    )


def _period(line: Line, match: re.Match[str], reading: TextReading, near: datetime) -> Period:
    begin = near_date(match[1], near)
    to = None if match[2] == "00XXX00" else near_date(match[2], near)
    if begin is None or (to is None and match[2] != "00XXX00"):
        raise reading.fault(
            line, "date", "no such day", field="period", expected="two dates, ddMMM or ddMMMyy"
        )
    if to is not None and to < begin:
        if len(match[2]) == _WITHOUT_YEAR:
            to = _next(match[2], begin, near) or to
        if to < begin:
            reading.notice(line, "period-reversed", "period", "ends before it begins")
    elements, more = _elements(line.cut(match.start(5)).words(), reading)
    if " " in (match[3] or ""):
        reading.notice(line.cut(match.start(3)), "days", "days", "blanks between the days")
    days = tuple(int(day) for day in match[3] or "" if day != " ")
    return Period(
        begin=begin,
        to=to,
        days=days,
        fortnightly=match[4] is not None,
        elements=elements,
        more=more,
        as_sent=(match[1], match[2]),
    )


def _next(text: str, begin: date, near: datetime) -> date | None:
    """The first ``ddMMM`` on or after a day; a leap day may be eight years away."""
    years = range(begin.year, begin.year + 9)
    found = (near_date(f"{text}{year % 100:02d}", near) for year in years)
    return next((day for day in found if day is not None and day >= begin), None)


def _equipment(line: Line, match: re.Match[str], reading: TextReading) -> Equipment:
    words = line.cut(match.start(3)).words()
    if match[3].startswith("."):
        reading.notice(words[0], "configuration", "aircraft configuration", "no blank in front")
    booking = modifier = configuration = ""
    dotless = bool(words) and _CONFIGURATION.fullmatch(words[0].text) is not None
    if dotless:
        reading.notice(words[0], "configuration", "aircraft configuration", "no dot in front")
        configuration, words = words[0].text, words[1:]
    elif words and (cabins := _CABINS.fullmatch(words[0].text)):
        booking, modifier, configuration = cabins[1], cabins[2] or "", cabins[3] or ""
        words = words[1:]
    elements, more = _elements(words, reading)
    return Equipment(
        service_type=match[1],
        aircraft_type=match[2],
        booking_designator=booking,
        booking_modifier=modifier,
        configuration=configuration,
        dotless=dotless,
        elements=elements,
        more=more,
    )


def _leg(line: Line, reading: TextReading) -> Leg:
    first, second, *words = line.words()
    stations = []
    stops = []
    for word in (first, second):
        match = _STOP.fullmatch(word.text)
        if match is None or (match[3] == "24" and match[4] != "00"):
            raise reading.fault(
                word,
                "leg",
                "not a station with its time",
                field="leg",
                expected="e.g. SHA0800 or SHA0800/1/0815",
            )
        change = match[5]
        stations.append(match[1])
        stops.append(
            Stop(
                time=int(match[3]) * 60 + int(match[4]),
                day=int(match[2]) if match[2] else None,
                day_change=None if change is None else int(change.replace("M", "-")),
                passenger_time=_passenger_time(word, match, reading),
            )
        )
    elements, more = _elements(words, reading)
    return Leg(
        departure_station=stations[0],
        departure=stops[0],
        arrival_station=stations[1],
        arrival=stops[1],
        elements=elements,
        more=more,
    )


def _passenger_time(word: Line, match: re.Match[str], reading: TextReading) -> int | None:
    text = match[6]
    if text is None:
        return None
    minutes = int(text[:2]) * 60 + int(text[2:])
    if int(text[2:]) > 59 or minutes > 1440:
        raise reading.fault(
            word.cut(match.start(6)), "time", "no such time", field="leg", expected="hhmm"
        )
    return minutes


def _elements(
    words: Sequence[Line], reading: TextReading
) -> tuple[tuple[DataElement, ...], tuple[str, ...]]:
    """Data elements, and from the first word that is none the rest as it stands."""
    elements: list[DataElement] = []
    for number, word in enumerate(words):
        match = _ELEMENT.fullmatch(word.text)
        if match is None:
            reading.notice(word, "unknown-word", "line", "this part is not known; kept")
            return tuple(elements), tuple(left.text for left in words[number:])
        elements.append(DataElement(identifier=match[1], value=match[2]))
    return tuple(elements), ()


def _texts(elements: Sequence[DataElement]) -> list[str]:
    return [element.text() for element in elements]


def _clock(minutes: int) -> str:
    return f"{minutes // 60:02d}{minutes % 60:02d}"
