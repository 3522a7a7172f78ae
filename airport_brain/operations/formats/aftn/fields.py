"""The fields of ATS messages, by their numbers in ICAO Doc 4444, appendix 3, read and written.

Each ``read_N`` takes the text of a field without its hyphen and says what stands there; each value writes
itself again with ``text()``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from airport_brain.operations.formats.aftn.running import Running
from airport_brain.operations.formats.text_reading import TextReading
from service_bus import Malformed

SPEED_UNITS: Final = {"K": "km/h", "N": "kt", "M": "Mach 0.01"}
LEVEL_UNITS: Final = {
    "F": "100 ft (flight level)",
    "S": "10 m (standard)",
    "A": "100 ft",
    "M": "10 m",
}

INDICATORS: Final = (
    "STS", "PBN", "NAV", "COM", "DAT", "SUR", "DEP", "DEST", "DOF", "REG", "EET", "SEL", "TYP", "CODE",
    "DLE", "OPR", "ORGN", "PER", "ALTN", "RALT", "TALT", "RIF", "RMK", "RVR", "RFP", "IFP", "AWR",
    "STAYINFO", *(f"STAYINFO{number}" for number in range(1, 10)), "EUR", "SRC", "GUFI",
)  # fmt: skip
"""Sub-fields of item 18; the last few are regional."""

WAKE: Final = frozenset("LMHJ")
_PHASES: Final = "INCERFA|ALERFA|DETRESFA"

_SEVEN: Final = re.compile(r"([A-Z0-9]{2,7})(?:/(A[0-7]{4}))?", re.ASCII)
_EIGHT: Final = re.compile(r"([IVYZ])([SNGMX])?", re.ASCII)
_FIVE: Final = re.compile(rf"({_PHASES})/([A-Z]{{8}})(?:/(.*))?", re.ASCII)
_NINE: Final = re.compile(r"(\d{1,2})?([A-Z][A-Z0-9]{1,3})/([LMHJBC])", re.ASCII)
_TEN: Final = re.compile(r"([A-Z0-9]+)/([A-Z0-9]+)", re.ASCII)
_PLACE: Final = re.compile(r"([A-Z]{4})(\d{4})?", re.ASCII)
_LEVEL: Final = r"F\d{3}|A\d{3}|S\d{4}|M\d{4}"
_FOURTEEN: Final = re.compile(
    rf"([A-Z0-9]{{2,15}})/(\d{{4}})({_LEVEL})?(?:({_LEVEL})([AB]))?(.*)", re.ASCII
)
_FIFTEEN: Final = re.compile(rf"(K\d{{4}}|N\d{{4}}|M\d{{3}})({_LEVEL}|VFR)(?: (.*))?", re.ASCII)
_SIXTEEN: Final = re.compile(r"([A-Z]{4})(\d{4})?((?: [A-Z]{4}){0,5})", re.ASCII)
_SEVENTEEN: Final = re.compile(r"([A-Z]{4})(\d{4})?(?: (.+))?", re.ASCII)
_INDICATOR: Final = re.compile(r"(?:^| )([A-Z]{3,8}[1-9]?)/", re.ASCII)
_ELEMENT_19: Final = re.compile(r"(?:^| )([EPRSJDANC])/", re.ASCII)
_ENDURANCE: Final = re.compile(r"(\d\d)([0-5]\d)", re.ASCII)
_TWENTY_TWO: Final = re.compile(r"(\d{1,2})/(.+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class FieldText:
    """A field in the running text: its number, its text, where it begins."""

    number: int
    text: str
    start: int
    running: Running
    reading: TextReading

    def fault(
        self, code: str, reason: str, expected: str, *, offset: int = 0, private: bool = False
    ) -> Malformed:
        """The error for a place in this field."""
        return Malformed(
            self.reading.format,
            reason,
            field=f"item {self.number}",
            position=self.running.at(self.start + offset),
            found="" if private else self.text[offset : offset + 40],
            expected=expected,
            code=f"{self.reading.format}-{code}",
        )

    def notice(self, code: str, text: str, *, offset: int = 0) -> None:
        """Note something odd in this field."""
        place = self.running.at(self.start + offset)
        self.reading.notice(place, code, f"item {self.number}", text)


@dataclass(frozen=True, slots=True, kw_only=True)
class Identification:
    """Item 7: call sign or registration, and the SSR code (``A`` and four octal digits)."""

    aircraft_identification: str
    ssr: str = ""

    def text(self) -> str:
        """As it is written in a message."""
        return (
            f"{self.aircraft_identification}/{self.ssr}"
            if self.ssr
            else self.aircraft_identification
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Emergency:
    """Item 5: phase, the unit that says so, what has happened."""

    phase: str
    originator: str
    nature: str = ""

    def text(self) -> str:
        """As it is written in a message."""
        nature = f"/{self.nature}" if self.nature else ""
        return f"{self.phase}/{self.originator}{nature}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """Item 8: I instrument, V visual, Y, Z both; S scheduled, N other, G general, M military, X."""

    flight_rules: str
    type_of_flight: str = ""

    def text(self) -> str:
        """As it is written in a message."""
        return self.flight_rules + self.type_of_flight


@dataclass(frozen=True, slots=True, kw_only=True)
class Aircraft:
    """Item 9: how many (``None`` is one), type, wake turbulence category."""

    number: int | None = None
    type: str
    wake: str

    def text(self) -> str:
        """As it is written in a message."""
        return f"{'' if self.number is None else self.number}{self.type}/{self.wake}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Equipment:
    """Item 10: radio and navigation, surveillance; letters, some with a digit."""

    radio: str
    surveillance: str

    def text(self) -> str:
        """As it is written in a message."""
        return f"{self.radio}/{self.surveillance}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Items 13 and 17: an aerodrome and a time ``hhmm`` UTC; item 17 may name an aerodrome ZZZZ."""

    aerodrome: str
    time: str = ""
    name: str = ""

    def text(self) -> str:
        """As it is written in a message."""
        return f"{self.aerodrome}{self.time}" + (f" {self.name}" if self.name else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Estimate:
    """Item 14: when a boundary point is crossed, at which cleared level.

    Attributes:
        point: a name, a position or a bearing and distance; ``time`` ``hhmm`` UTC.
        crossing_level: level at the point where the aircraft climbs or descends: ``A`` at or above
            it, ``B`` at or below it (``crossing_condition``).
        more: what follows, as sent: a block of levels, an offset, a Mach number.
    """

    point: str
    time: str
    level: str = ""
    crossing_level: str = ""
    crossing_condition: str = ""
    more: str = ""

    def text(self) -> str:
        """As it is written in a message."""
        crossing = self.crossing_level + self.crossing_condition
        return f"{self.point}/{self.time}{self.level}{crossing}{self.more}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """Item 15: cruising speed, level, route, as sent; SI values beside them."""

    speed: str
    level: str
    route: str = ""

    @property
    def speed_m_per_s(self) -> float | None:
        """Cruising speed; ``None`` for a Mach number, which has no speed without the temperature."""
        value = int(self.speed[1:])
        return {"K": value / 3.6, "N": value * 1852 / 3600}.get(self.speed[0])

    @property
    def level_m(self) -> float | None:
        """Cruising level; ``None`` for VFR."""
        if self.level == "VFR":
            return None
        value = int(self.level[1:])
        return value * 10.0 if self.level[0] in "SM" else value * 30.48

    def text(self) -> str:
        """As it is written in a message."""
        return f"{self.speed}{self.level}" + (f" {self.route}" if self.route else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """Item 16: aerodrome, total estimated elapsed time in minutes, alternates."""

    aerodrome: str
    elapsed: int | None = None
    alternates: tuple[str, ...] = ()

    def text(self) -> str:
        """As it is written in a message."""
        time = "" if self.elapsed is None else f"{self.elapsed // 60:02d}{self.elapsed % 60:02d}"
        return " ".join((f"{self.aerodrome}{time}", *self.alternates))


@dataclass(frozen=True, slots=True, kw_only=True)
class Other:
    """Item 18: indicators and their texts in order; ``()`` is ``0``, nothing to say.

    ``before`` is text that stands before the first indicator.
    """

    entries: tuple[tuple[str, str], ...] = ()
    before: str = ""

    def get(self, indicator: str) -> str:
        """The first text of an indicator, "" when it is not there."""
        return next((text for name, text in self.entries if name == indicator), "")

    def text(self) -> str:
        """As it is written in a message."""
        if not self.entries and not self.before:
            return "0"
        words = [self.before, *(f"{name}/{text}".rstrip() for name, text in self.entries)]
        return " ".join(word for word in words if word)


@dataclass(frozen=True, slots=True, kw_only=True)
class Survival:
    """Item 19, element by element; the pilot's name stays in the text that was sent.

    Attributes:
        endurance: minutes of fuel, ``None`` when not given.
        persons_on_board: a number, or ``TBN`` to be told later.
        emergency_radio: of ``U`` UHF, ``V`` VHF, ``E`` beacon; ``survival``: of ``P`` polar,
            ``D`` desert, ``M`` maritime, ``J`` jungle; ``jackets``: of ``L`` light, ``F`` fluores,
            ``U`` ``V`` radio.
        dinghies: number, capacity, ``C`` covered, colour, as sent.
    """

    endurance: int | None = None
    persons_on_board: str = ""
    emergency_radio: str = ""
    survival: str = ""
    jackets: str = ""
    dinghies: str = ""
    colour_and_markings: str = ""
    remarks: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """Item 22: number of the item that changes, and all of its new text."""

    item: int
    value: str = field(repr=False)

    def text(self) -> str:
        """As it is written in a message."""
        return f"{self.item}/{self.value}"


def read_7(item: FieldText) -> Identification:
    """Aircraft identification."""
    match = _SEVEN.fullmatch(item.text)
    if match is None:
        raise item.fault("identification", "not an aircraft identification", "e.g. CES5101/A1234")
    return Identification(aircraft_identification=match[1], ssr=match[2] or "")


def read_5(item: FieldText) -> Emergency:
    """Description of emergency."""
    match = _FIVE.fullmatch(item.text)
    if match is None:
        raise item.fault("emergency", "not a phase of emergency", "e.g. INCERFA/ZSSSZQZX/OVERDUE")
    return Emergency(phase=match[1], originator=match[2], nature=match[3] or "")


def read_8(item: FieldText) -> Rules:
    """Flight rules and type of flight."""
    match = _EIGHT.fullmatch(item.text)
    if match is None:
        raise item.fault("rules", "not flight rules and type of flight", "e.g. IS")
    return Rules(flight_rules=match[1], type_of_flight=match[2] or "")


def read_9(item: FieldText) -> Aircraft:
    """Number and type of aircraft, wake turbulence category."""
    match = _NINE.fullmatch(item.text)
    if match is None:
        raise item.fault("aircraft", "not a type and wake turbulence category", "e.g. A320/M")
    if match[3] not in WAKE:
        item.notice("wake", "not L, M, H or J", offset=match.start(3))
    number = int(match[1]) if match[1] else None
    return Aircraft(number=number, type=match[2], wake=match[3])


def read_10(item: FieldText) -> Equipment:
    """Equipment and capabilities."""
    match = _TEN.fullmatch(item.text)
    if match is None:
        raise item.fault("equipment", "not radio and surveillance equipment", "e.g. SDFGHIRWY/S")
    return Equipment(radio=match[1], surveillance=match[2])


def read_13(item: FieldText) -> Place:
    """Departure aerodrome and time."""
    match = _PLACE.fullmatch(item.text)
    if match is None:
        raise item.fault("departure", "not an aerodrome and time", "e.g. ZSSS0800")
    return Place(aerodrome=match[1], time=_time(item, match, 2))


def read_14(item: FieldText) -> Estimate:
    """Estimate data."""
    match = _FOURTEEN.fullmatch(item.text)
    if match is None:
        raise item.fault("estimate", "not a point with its time", "e.g. PIKAS/0812F290")
    if match[6]:
        item.notice("estimate-more", "text behind the levels; kept", offset=match.start(6))
    return Estimate(
        point=match[1],
        time=_time(item, match, 2),
        level=match[3] or "",
        crossing_level=match[4] or "",
        crossing_condition=match[5] or "",
        more=match[6],
    )


def read_15(item: FieldText) -> Route:
    """Cruising speed, level and route."""
    match = _FIFTEEN.fullmatch(item.text)
    if match is None:
        raise item.fault("route", "not a speed, level and route", "e.g. K0830S0980 DCT")
    return Route(speed=match[1], level=match[2], route=match[3] or "")


def read_16(item: FieldText) -> Destination:
    """Destination, elapsed time, alternates."""
    told = item.text
    if (at := told.find("  ")) >= 0:
        item.notice("blanks", "more than one blank", offset=at)
        told = " ".join(told.split())
    match = _SIXTEEN.fullmatch(told)
    if match is None:
        raise item.fault("destination", "not a destination", "e.g. ZBAA0155 ZBTJ")
    text = match[2]
    if text and int(text[2:]) > 59:
        raise item.fault("elapsed", "no such elapsed time", "hhmm", offset=4)
    minutes = int(text[:2]) * 60 + int(text[2:]) if text else None
    return Destination(aerodrome=match[1], elapsed=minutes, alternates=tuple(match[3].split()))


def read_17(item: FieldText) -> Place:
    """Arrival aerodrome and time."""
    match = _SEVENTEEN.fullmatch(item.text)
    if match is None:
        raise item.fault("arrival", "not an aerodrome and time", "e.g. ZBAA1012")
    return Place(aerodrome=match[1], time=_time(item, match, 2), name=match[3] or "")


def _time(item: FieldText, match: re.Match[str], group: int) -> str:
    text = match[group] or ""
    if text and (int(text[:2]) > 23 or int(text[2:]) > 59):
        raise item.fault("time", "no such time", "hhmm", offset=match.start(group))
    return text


def read_18(item: FieldText) -> Other:
    """Other information."""
    if item.text == "0":
        return Other()
    marks = list(_INDICATOR.finditer(item.text))
    before = item.text[: marks[0].start()] if marks else item.text
    if before:
        item.notice("other-text", "text before the first indicator; kept")
    return Other(entries=tuple(_entries(item, marks)), before=before)


def more_18(other: Other, item: FieldText) -> Other:
    """Other information with what follows a hyphen in it, which is text of the last entry first."""
    apart = item.running.text[: item.start - 1].endswith(" ")
    found = _INDICATOR.finditer(item.text)
    marks = [mark for mark in found if mark.start() or (apart and mark[1] in INDICATORS)]
    text = item.text[: marks[0].start()] if marks else item.text
    name, last = other.entries[-1]
    kept = (*other.entries[:-1], (name, f"{last}-{text}" if text else last))
    return Other(entries=(*kept, *_entries(item, marks)), before=other.before)


def indicates(text: str) -> bool:
    """Whether a text has an indicator of item 18 within it."""
    return any(mark[1] in INDICATORS for mark in _INDICATOR.finditer(text))


def _entries(item: FieldText, marks: list[re.Match[str]]) -> Iterator[tuple[str, str]]:
    for mark, end in _with_ends(marks, len(item.text)):
        if mark[1] not in INDICATORS:
            item.notice(
                "indicator",
                f"{mark[1][:8]} is not an indicator of item 18; kept",
                offset=mark.start(1),
            )
        yield mark[1], item.text[mark.end() : end].strip()


def _with_ends(marks: list[re.Match[str]], last: int) -> Iterator[tuple[re.Match[str], int]]:
    ends = [mark.start() for mark in marks[1:]] + [last]
    yield from zip(marks, ends, strict=False)


def survival(text: str) -> Survival:
    """What item 19 says; what is not in its form is left out."""
    marks = list(_ELEMENT_19.finditer(text))
    told = {
        mark[1]: text[mark.end() : end].strip()
        for mark, end in reversed([*_with_ends(marks, len(text))])
    }
    endurance = _ENDURANCE.fullmatch(told.get("E", ""))
    return Survival(
        endurance=int(endurance[1]) * 60 + int(endurance[2]) if endurance else None,
        persons_on_board=told.get("P", ""),
        emergency_radio=told.get("R", ""),
        survival=told.get("S", ""),
        jackets=told.get("J", ""),
        dinghies=told.get("D", ""),
        colour_and_markings=told.get("A", ""),
        remarks=told.get("N", ""),
    )


def read_22(item: FieldText) -> Amendment:
    """Amendment."""
    match = _TWENTY_TWO.fullmatch(item.text)
    if match is None or not 7 <= int(match[1]) <= 19:
        raise item.fault(
            "amendment", "not the number of an item and its text", "e.g. 13/ZSSS0900", private=True
        )
    return Amendment(item=int(match[1]), value=match[2])
