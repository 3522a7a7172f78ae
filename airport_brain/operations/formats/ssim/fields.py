"""The layouts of the five record types: which bytes hold which field, and how it is read and written.

A :class:`Kind` has the form that the standard asks for. What has not that form is a fault where the
field is essential, and otherwise a notice with the bytes kept. Bytes are counted from 1, as the
standard counts them.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

LENGTH: Final = 200

MONTHS: Final = (
    "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC",
)  # fmt: skip

OPEN_END: Final = "00XXX00"


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """How a field's bytes and its value belong together.

    Attributes:
        pattern: the form the standard asks for; ``*`` at its end fills the field's width.
        read: bytes of that form to the value; ``ValueError`` when they name no value.
        write: value and width to bytes.
        lenient: reads what tolerant mode also takes; ``ValueError`` when it cannot.
        dated: ``read`` gives ``(day, month, two-digit year)`` still to be placed in a century.
    """

    pattern: str
    expected: str
    read: Callable[[str], Any] = str.rstrip
    write: Callable[[Any, int], str] = str.ljust
    lenient: Callable[[str], Any] | None = None
    dated: bool = False

    @property
    def is_text(self) -> bool:
        """Whether the value is the text itself, so that anything can be kept as it stands."""
        return self.read in (str.rstrip, str.strip)


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of a layout; without ``name`` it is spare."""

    name: str
    title: str
    first: int
    last: int
    kind: Kind
    essential: bool = False

    @property
    def width(self) -> int:
        """Bytes."""
        return self.last - self.first + 1


def _number(text: str) -> int | None:
    return int(text) if text.strip() else None


def _write_number(value: int | None, width: int) -> str:
    return " " * width if value is None else f"{value:0{width}d}"


def _clock(text: str) -> int | None:
    if text == "    ":
        return None
    hours, minutes = int(text[:2]), int(text[2:])
    if minutes > 59 or hours > 24 or (hours == 24 and minutes):
        raise ValueError(text)
    return hours * 60 + minutes


def _write_clock(value: int | None, width: int) -> str:
    return " " * width if value is None else f"{value // 60:02d}{value % 60:02d}"


def _variation(text: str) -> int | None:
    if text == "     ":
        return None
    hours, minutes = int(text[1:3]), int(text[3:])
    if minutes > 59 or hours > 15:
        raise ValueError(text)
    return (hours * 60 + minutes) * (-1 if text[0] == "-" else 1)


def _write_variation(value: int | None, width: int) -> str:
    if value is None:
        return " " * width
    return f"{'-' if value < 0 else '+'}{_write_clock(abs(value), 4)}"


def _days(text: str) -> tuple[int, ...]:
    return tuple(number for number, mark in enumerate(text, start=1) if mark != " ")


def _write_days(value: tuple[int, ...], width: int) -> str:
    return "".join(str(day) if day in value else " " for day in range(1, 8))


def _date(text: str) -> tuple[int, int, int] | None:
    if text in (OPEN_END, "       "):
        return None
    return int(text[:2]), MONTHS.index(text[2:5]) + 1, int(text[5:])


def _write_date(value: date | None, width: int) -> str:
    return " " * width if value is None else f"{value:%d}{MONTHS[value.month - 1]}{value:%y}"


def _write_end(value: date | None, width: int) -> str:
    return OPEN_END if value is None else _write_date(value, width)


def _day_change(text: str) -> int | None:
    return int(text) if text.isdecimal() else {"A": -1}.get(text)


def _write_day_change(value: int | None, width: int) -> str:
    return " " if value is None else "A" if value < 0 else str(value)


def _days_in_any_form(text: str) -> tuple[int, ...]:
    """Days packed to the left, or with zeros, dots or dashes for the days without flight."""
    days = sorted({int(mark) for mark in text if mark in "1234567"})
    if not days or text.strip("1234567 0.-"):
        raise ValueError(text)
    return tuple(days)


def _flight_to_the_left(text: str) -> str:
    number = text.strip()
    if not (number.isascii() and number.isdigit()):
        raise ValueError(text)
    return number


def _blank(text: str) -> None:
    if text.strip():
        raise ValueError(text)


def _printable(pattern: str, expected: str) -> Kind:
    return Kind(pattern=pattern, expected=expected)


TEXT: Final = Kind(pattern="[ -~]*", expected="printable ASCII")
SPARE: Final = Kind(pattern=" *", expected="blank")
LETTER: Final = _printable("[A-Z ]", "a letter or blank")
CODE: Final = _printable("[A-Z0-9 ]*", "letters and digits")
AIRLINE: Final = _printable("[A-Z0-9]{2}[A-Z ]", "an airline of 2 or 3 characters")
AIRLINE_OR_BLANK: Final = _printable("[A-Z0-9]{2}[A-Z0-9 ]|   ", "an airline, or blank")
STATION: Final = _printable("[A-Z]{3}", "three letters")
STATION_OR_BLANK: Final = _printable("[A-Z]{3}|   ", "three letters")
FLIGHT: Final = Kind(
    pattern=" {3}[0-9]| {2}[0-9]{2}| [0-9]{3}|[0-9]{4}", expected="digits to the right",
    read=str.strip, write=str.rjust, lenient=_flight_to_the_left,
)  # fmt: skip
FLIGHT_OR_BLANK: Final = Kind(
    pattern=" {4}| {3}[0-9]| {2}[0-9]{2}| [0-9]{3}|[0-9]{4}",
    expected="digits to the right, or blank",
    read=str.strip, write=str.rjust,
)  # fmt: skip
TWO_DIGITS: Final = Kind(pattern="[0-9]{2}", expected="two digits")
THREE_DIGITS: Final = Kind(pattern="[0-9]{3}", expected="three digits")
SERIAL: Final = Kind(
    pattern="[0-9]{6}|      ", expected="six digits", read=_number, write=_write_number
)
TIME: Final = Kind(pattern="[0-9]{4}", expected="hhmm", read=_clock, write=_write_clock)
TIME_OR_BLANK: Final = Kind(
    pattern="[0-9]{4}|    ", expected="hhmm or blank", read=_clock, write=_write_clock
)
VARIATION: Final = Kind(
    pattern="[+-][0-9]{4}|     ", expected="+hhmm or -hhmm",
    read=_variation, write=_write_variation,
)  # fmt: skip
_MONTH: Final = "|".join(MONTHS)
START: Final = Kind(
    pattern=f"[0-9]{{2}}(?:{_MONTH})[0-9]{{2}}", expected="ddMMMyy",
    read=_date, write=_write_date, dated=True,
)  # fmt: skip
END: Final = Kind(
    pattern=f"[0-9]{{2}}(?:{_MONTH})[0-9]{{2}}|{OPEN_END}", expected=f"ddMMMyy or {OPEN_END}",
    read=_date, write=_write_end, lenient=_blank, dated=True,
)  # fmt: skip
DATE_OR_BLANK: Final = Kind(
    pattern=f"[0-9]{{2}}(?:{_MONTH})[0-9]{{2}}|       ", expected="ddMMMyy or blank",
    read=_date, write=_write_date, dated=True,
)  # fmt: skip
DAYS: Final = Kind(
    pattern="[1 ][2 ][3 ][4 ][5 ][6 ][7 ]", expected="1 to 7, each in its place",
    read=_days, write=_write_days, lenient=_days_in_any_form,
)  # fmt: skip
DAY_CHANGE: Final = Kind(
    pattern="[0-9A ]", expected="0 to 9, A for the day before, or blank",
    read=_day_change, write=_write_day_change,
)  # fmt: skip


def _layout(*rows: tuple[int, int, str, Kind] | tuple[int, int, str, Kind, bool]) -> list[Field]:
    """Fields in order; what lies between them is spare, the last six bytes are the serial number."""
    fields: list[Field] = []
    byte = 2
    serial = (195, 200, "record_serial_number", SERIAL)
    for row in (*rows, serial):
        first, last, name, kind = row[:4]
        if first > byte:
            fields.append(Field(name="", title="spare", first=byte, last=first - 1, kind=SPARE))
        fields.append(
            Field(
                name=name, title=name.replace("_", " "), first=first, last=last, kind=kind,
                essential=len(row) > 4,
            )
        )  # fmt: skip
        byte = last + 1
    return fields


HEADER: Final = _layout(
    (2, 35, "title", TEXT),
    (41, 41, "number_of_seasons", CODE),
    (192, 194, "data_set_serial_number", CODE),
)
CARRIER: Final = _layout(
    (2, 2, "time_mode", Kind(pattern="[LU]", expected="L or U"), True),
    (3, 5, "airline_designator", AIRLINE, True),
    (11, 13, "season", CODE),
    (15, 21, "schedule_validity_from", DATE_OR_BLANK),
    (22, 28, "schedule_validity_to", END),
    (29, 35, "creation_date", DATE_OR_BLANK),
    (36, 64, "title_of_data", TEXT),
    (65, 71, "release_date", DATE_OR_BLANK),
    (72, 72, "schedule_status", LETTER),
    (73, 107, "creator_reference", TEXT),
    (108, 108, "duplicate_airline_designator_marker", TEXT),
    (109, 168, "general_information", TEXT),
    (169, 169, "secure_flight_indicator", TEXT),
    (170, 188, "in_flight_service_information", TEXT),
    (189, 190, "electronic_ticketing_information", CODE),
    (191, 194, "creation_time", TIME_OR_BLANK),
)
FLIGHT_LEG: Final = _layout(
    (2, 2, "operational_suffix", LETTER),
    (3, 5, "airline_designator", AIRLINE, True),
    (6, 9, "flight_number", FLIGHT, True),
    (10, 11, "itinerary_variation_identifier", TWO_DIGITS),
    (12, 13, "leg_sequence_number", TWO_DIGITS),
    (14, 14, "service_type", LETTER),
    (15, 21, "period_of_operation_from", START, True),
    (22, 28, "period_of_operation_to", END, True),
    (29, 35, "days_of_operation", DAYS, True),
    (36, 36, "frequency_rate", _printable("[2 ]", "2 or blank")),
    (37, 39, "departure_station", STATION, True),
    (40, 43, "passenger_std", TIME_OR_BLANK),
    (44, 47, "aircraft_std", TIME, True),
    (48, 52, "departure_utc_variation", VARIATION),
    (53, 54, "departure_passenger_terminal", TEXT),
    (55, 57, "arrival_station", STATION, True),
    (58, 61, "aircraft_sta", TIME, True),
    (62, 65, "passenger_sta", TIME_OR_BLANK),
    (66, 70, "arrival_utc_variation", VARIATION),
    (71, 72, "arrival_passenger_terminal", TEXT),
    (73, 75, "aircraft_type", CODE),
    (76, 95, "passenger_reservations_booking_designator", CODE),
    (96, 100, "passenger_reservations_booking_modifier", TEXT),
    (101, 110, "meal_service_note", TEXT),
    (111, 119, "joint_operation_airline_designators", CODE),
    (120, 121, "minimum_connecting_time_status", CODE),
    (122, 122, "secure_flight_indicator", CODE),
    (128, 128, "itinerary_variation_overflow", CODE),
    (129, 131, "aircraft_owner", CODE),
    (132, 134, "cockpit_crew_employer", CODE),
    (135, 137, "cabin_crew_employer", CODE),
    (138, 140, "onward_airline_designator", AIRLINE_OR_BLANK),
    (141, 144, "onward_flight_number", FLIGHT_OR_BLANK),
    (145, 145, "aircraft_rotation_layover", CODE),
    (146, 146, "onward_operational_suffix", LETTER),
    (148, 148, "flight_transit_layover", CODE),
    (149, 149, "operating_airline_disclosure", CODE),
    (150, 160, "traffic_restriction_code", TEXT),
    (161, 161, "traffic_restriction_code_leg_overflow", LETTER),
    (173, 192, "aircraft_configuration", TEXT),
    (193, 193, "departure_date_variation", DAY_CHANGE),
    (194, 194, "arrival_date_variation", DAY_CHANGE),
)
SEGMENT: Final = _layout(
    (2, 2, "operational_suffix", LETTER),
    (3, 5, "airline_designator", AIRLINE, True),
    (6, 9, "flight_number", FLIGHT, True),
    (10, 11, "itinerary_variation_identifier", TWO_DIGITS),
    (12, 13, "leg_sequence_number", TWO_DIGITS),
    (14, 14, "service_type", LETTER),
    (28, 28, "itinerary_variation_overflow", CODE),
    (29, 29, "board_point_indicator", LETTER),
    (30, 30, "off_point_indicator", LETTER),
    (31, 33, "data_element_identifier", THREE_DIGITS, True),
    (34, 36, "board_point", STATION_OR_BLANK),
    (37, 39, "off_point", STATION_OR_BLANK),
    (40, 194, "data", TEXT),
)
TRAILER: Final = _layout(
    (3, 5, "airline_designator", AIRLINE, True),
    (6, 12, "release_date", DATE_OR_BLANK),
    (188, 193, "serial_number_check_reference", SERIAL),
    (194, 194, "continuation_end_code", Kind(pattern="[CE]", expected="C or E")),
)


def record_pattern(record_type: str, fields: list[Field]) -> re.Pattern[str]:
    """One pattern for a record that is all as the standard asks, a group per field."""
    groups = "".join(f"({field_pattern(field)})" for field in fields)
    return re.compile(f"{record_type}{groups}", re.ASCII)


def field_pattern(field: Field) -> str:
    """The form of a field over its whole width."""
    return field.kind.pattern.replace("*", f"{{{field.width}}}")
