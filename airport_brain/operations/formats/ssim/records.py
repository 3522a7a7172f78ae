"""What the records of a schedule file say, in the standard's own field names.

Times are minutes after midnight (``1440`` for 2400), UTC variations minutes east of UTC, days of
operation numbers from 1 (Monday) to 7. ``kept`` holds ``(first byte, text)`` of what stands where the
layout has spare bytes or where a field could not be read: writing puts it back.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import TypeAlias

from service_bus import Notice

Kept: TypeAlias = tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Record type 1: opens the file."""

    title: str = "AIRLINE STANDARD SCHEDULE DATA SET"
    number_of_seasons: str = ""
    data_set_serial_number: str = ""
    record_serial_number: int | None
    kept: Kept = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Carrier:
    """Record type 2: opens the schedule of one airline.

    Attributes:
        time_mode: ``L`` local, ``U`` UTC; holds for every leg up to the trailer.
        schedule_validity_to: ``None`` is an open end.
        schedule_status: ``P`` proposed, ``C`` complete.
        secure_flight_indicator: ``S`` the flights are subject to Secure Flight; before 2012 the last
            byte of the general information.
    """

    time_mode: str
    airline_designator: str
    season: str = ""
    schedule_validity_from: date | None = None
    schedule_validity_to: date | None = None
    creation_date: date | None = None
    title_of_data: str = ""
    release_date: date | None = None
    schedule_status: str = ""
    creator_reference: str = ""
    duplicate_airline_designator_marker: str = ""
    general_information: str = ""
    secure_flight_indicator: str = ""
    in_flight_service_information: str = ""
    electronic_ticketing_information: str = ""
    creation_time: int | None = None
    record_serial_number: int | None
    kept: Kept = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightLeg:
    """Record type 3: one leg of one itinerary variation over a period.

    Attributes:
        period_of_operation_to: ``None`` is an open end.
        frequency_rate: ``"2"`` operates every second week; ``""`` every week.
        departure_date_variation: days between the period's day and the departure; ``None`` not said.
        arrival_date_variation: the same for the arrival.
        onward_*: the flight the aircraft leaves as; ``aircraft_rotation_layover`` days later.
    """

    operational_suffix: str = ""
    airline_designator: str
    flight_number: str
    itinerary_variation_identifier: str = "01"
    leg_sequence_number: str = "01"
    service_type: str = "J"
    period_of_operation_from: date
    period_of_operation_to: date | None
    days_of_operation: tuple[int, ...]
    frequency_rate: str = ""
    departure_station: str
    passenger_std: int | None = None
    aircraft_std: int
    departure_utc_variation: int | None = None
    departure_passenger_terminal: str = ""
    arrival_station: str
    aircraft_sta: int
    passenger_sta: int | None = None
    arrival_utc_variation: int | None = None
    arrival_passenger_terminal: str = ""
    aircraft_type: str = ""
    passenger_reservations_booking_designator: str = ""
    passenger_reservations_booking_modifier: str = ""
    meal_service_note: str = ""
    joint_operation_airline_designators: str = ""
    minimum_connecting_time_status: str = ""
    secure_flight_indicator: str = ""
    itinerary_variation_overflow: str = ""
    aircraft_owner: str = ""
    cockpit_crew_employer: str = ""
    cabin_crew_employer: str = ""
    onward_airline_designator: str = ""
    onward_flight_number: str = ""
    aircraft_rotation_layover: str = ""
    onward_operational_suffix: str = ""
    flight_transit_layover: str = ""
    operating_airline_disclosure: str = ""
    traffic_restriction_code: str = ""
    traffic_restriction_code_leg_overflow: str = ""
    aircraft_configuration: str = ""
    departure_date_variation: int | None = None
    arrival_date_variation: int | None = None
    record_serial_number: int | None
    kept: Kept = ()

    @property
    def flight(self) -> str:
        """Designator, number without filling, suffix: ``XX974Z``."""
        number = self.flight_number.lstrip("0") or "0"
        return f"{self.airline_designator}{number}{self.operational_suffix}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Segment:
    """Record type 4: a data element of a segment of the flight.

    Attributes:
        board_point_indicator: letter of the leg where the segment begins (``A`` first).
        off_point_indicator: letter after the leg where it ends.
        data_element_identifier: which element (``010``, ``050`` ...), three digits.
        data: its text, as it stands.
    """

    operational_suffix: str = ""
    airline_designator: str
    flight_number: str
    itinerary_variation_identifier: str = "01"
    leg_sequence_number: str = "01"
    service_type: str = "J"
    itinerary_variation_overflow: str = ""
    board_point_indicator: str = ""
    off_point_indicator: str = ""
    data_element_identifier: str
    board_point: str = ""
    off_point: str = ""
    data: str = ""
    record_serial_number: int | None
    kept: Kept = ()

    @property
    def flights(self) -> tuple[str, ...]:
        """Flights that elements 010 (duplicate legs) and 050 (operating leg) name, without blanks."""
        if self.data_element_identifier not in ("010", "050"):
            return ()
        named = (part.replace(" ", "") for part in self.data.split("/"))
        return tuple(part for part in named if part)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trailer:
    """Record type 5: closes what its type 2 opened.

    Attributes:
        serial_number_check_reference: serial number of the record before.
        continuation_end_code: ``C`` another airline's schedule follows, ``E`` end.
    """

    airline_designator: str
    release_date: date | None = None
    serial_number_check_reference: int | None = None
    continuation_end_code: str = "E"
    record_serial_number: int | None
    kept: Kept = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Filler:
    """Records of zeros that fill a block of five."""

    count: int


Record: TypeAlias = Header | Carrier | FlightLeg | Segment | Trailer | Filler


@dataclass(frozen=True, slots=True, kw_only=True)
class DataSet:
    """What stands between a type 2 and its type 5."""

    carrier: Carrier
    legs: tuple[FlightLeg, ...]
    segments: tuple[Segment, ...]
    trailer: Trailer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """A whole file, record by record.

    Attributes:
        line_end: bytes behind each record, ``b""`` for a file without lines.
        ends_with_line_end: whether the last record has it too.
    """

    records: tuple[Record, ...]
    line_end: bytes = b"\r\n"
    ends_with_line_end: bool = True
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    def data_sets(self) -> Iterator[DataSet]:
        """The schedules in the file, one per type 2; legs before the first type 2 belong to none."""
        carrier: Carrier | None = None
        legs: list[FlightLeg] = []
        segments: list[Segment] = []
        for record in self.records:
            if isinstance(record, FlightLeg):
                legs.append(record)
            elif isinstance(record, Segment):
                segments.append(record)
            elif isinstance(record, Carrier | Trailer):
                trailer = record if isinstance(record, Trailer) else None
                if carrier is not None:
                    yield DataSet(
                        carrier=carrier, legs=(*legs,), segments=(*segments,), trailer=trailer
                    )
                carrier = None if trailer else record  # type: ignore[assignment]
                legs, segments = [], []
        if carrier is not None:
            yield DataSet(carrier=carrier, legs=(*legs,), segments=(*segments,), trailer=None)
