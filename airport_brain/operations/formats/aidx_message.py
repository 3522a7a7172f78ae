"""What an AIDX message says, in the standard's own field names.

Standard: IATA AIDX (namespace ``http://www.iata.org/IATA/2007/00``), messages
``IATA_AIDX_FlightLegNotifRQ``, ``IATA_AIDX_FlightLegRQ`` and ``IATA_AIDX_FlightLegRS``. Names are the
schema's, in snake case; versions 13.2 to 22.1 are known.

An element has three states, and they mean different things to a receiver:

* missing: ``ABSENT``, nothing is said, so nothing changes;
* ``xsi:nil="true"``: ``None``, the value is cleared;
* present: its value.

A repeated element is a tuple that holds all siblings, because siblings are always resent whole;
``ABSENT`` when there is none, ``()`` when the group is cleared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import Enum
from typing import Literal, TypeAlias, TypeVar

from service_bus import Notice


class Absent(Enum):
    """The state of an element that is not in the message."""

    ABSENT = "absent"

    def __bool__(self) -> Literal[False]:
        return False

    def __repr__(self) -> str:
        return "ABSENT"


ABSENT = Absent.ABSENT

_T = TypeVar("_T")

Given: TypeAlias = _T | Absent | None
"""A single element: its value, cleared (``None``) or missing (``ABSENT``)."""

Group: TypeAlias = tuple[_T, ...] | Absent
"""A repeated element: all siblings, cleared (``()``) or missing (``ABSENT``)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An element this reader does not know, kept as it stands."""

    path: str
    text: str
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coded:
    """A text or code with the attributes that say how to read it.

    Attributes:
        code_context: code list the value is from (3 IATA, 9750 and 2005 status and time lists).
        repeat_index: number among siblings; senders leave gaps.
        flight_leg_scope: Arrival, Departure or FlightLeg: what of the leg a status or remark is about.
        departure_or_arrival: end of the leg that an indicator is about.
    """

    value: str
    code_context: str = ""
    qualifier: str = ""
    repeat_index: int | None = None
    flight_leg_scope: str = ""
    departure_or_arrival: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AirlineRole:
    """The airline that owns the aircraft, or whose crew flies it.

    Attributes:
        value: its code, of senders that write it into the element itself.
        airline: its code in an element of its own, as the schema has it; ``flight_number`` and
            ``operational_suffix`` are that airline's for the leg.
    """

    value: str = ""
    code_context: str = ""
    airline: Given[Coded] = ABSENT
    flight_number: Given[str] = ABSENT
    operational_suffix: Given[str] = ABSENT

    @property
    def code(self) -> str:
        """The airline, wherever it stands; "" when it does not."""
        return self.value or (self.airline.value if isinstance(self.airline, Coded) else "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """``Originator`` or ``DeliveringSystem``."""

    company_short_name: str = ""
    travel_sector: str = ""
    code: str = ""
    code_context: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RepeatNumber:
    """Which attempt to depart, from 1.

    Attributes:
        current_ind: ``true`` on the attempt that counts now.
        airborne_return_number: returns after take-off.
    """

    value: int
    current_ind: str = ""
    airborne_return_number: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class LegIdentifier:
    """The key of a flight leg; also names linked legs.

    Attributes:
        origin_date: UTC date of departure of the flight's first leg; no time.
        flight_sequence: of a linked leg: ``upline`` before this one, ``downline`` behind it.
    """

    airline: Coded
    flight_number: str
    operational_suffix: str = ""
    departure_airport: Coded
    arrival_airport: Coded
    origin_date: date
    repeat_number: RepeatNumber | None = None
    repeat_index: int | None = None
    flight_sequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralAviationIdentifier:
    """Call sign, registration or another name of a flight of general aviation (``category``)."""

    value: str
    category: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GeneralAviationLegIdentifier:
    """The key of a leg of general aviation, which has no flight number of an airline.

    Attributes:
        planned_departure_date_time: as first planned; stays, and tells flights of one day apart.
    """

    general_aviation_identifier: GeneralAviationIdentifier
    flight_number: str = ""
    operational_suffix: str = ""
    departure_airport: Given[Coded] = ABSENT
    arrival_airport: Given[Coded] = ABSENT
    planned_departure_date_time: Given[datetime] = ABSENT
    repeat_number: RepeatNumber | None = None
    repeat_index: int | None = None
    flight_sequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssociatedFlightLegSchedule:
    """One hop of the route that the leg belongs to."""

    departure_airport: Coded
    arrival_airport: Coded
    repeat_index: int | None = None
    flight_sequence: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class IrregularityDelay:
    """A delay reason; ``duration`` is ISO 8601 (``PT25M``)."""

    reason_code: Given[Coded] = ABSENT
    duration: Given[str] = ABSENT
    departure_or_arrival: str = ""
    repeat_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PaxCount:
    """A number of passengers of one cabin.

    Attributes:
        destination_type, origination_type: Local, Transfer or Transit, onward and before.
        dcs_usage: Booked, Accepted or Boarded.
    """

    value: int
    qualifier: str = ""
    usage: str = ""
    destination_type: str = ""
    origination_type: str = ""
    dcs_usage: str = ""
    repeat_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CabinClass:
    """Seats and passengers of a cabin; without ``cabin`` (``@Class``) of the whole aircraft."""

    cabin: str = ""
    repeat_index: int | None = None
    pax_count: Group[PaxCount] = ABSENT
    seat_capacity: Given[int] = ABSENT
    inflight_service: Group[Coded] = ABSENT
    inflight_meal_service: Group[Coded] = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class CodeShareInfo:
    """A marketing flight on this leg."""

    airline: Coded
    flight_number: str
    operational_suffix: str = ""
    origination_date: Given[date] = ABSENT
    shared_alliance: Given[Coded] = ABSENT
    repeat_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckInInfo:
    """A row of check-in counters; ``cabin`` (``@Class``) says for whom."""

    first_position: Given[str] = ABSENT
    last_position: Given[str] = ABSENT
    open_time: Given[datetime] = ABSENT
    close_time: Given[datetime] = ABSENT
    qualifier: str = ""
    cabin: str = ""
    location: str = ""
    repeat_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class BaggageBelt:
    """A claim unit or make-up belt.

    Attributes:
        value: its name.
        open_time, close_time: when it serves the flight.
        segregation_name: bags that it is for; ``baggage_process``: what is done there.
    """

    value: str
    code_context: str = ""
    qualifier: str = ""
    repeat_index: int | None = None
    area_location: str = ""
    service_class: str = ""
    baggage_process: Given[str] = ABSENT
    segregation_name: Given[str] = ABSENT
    open_time: Given[datetime] = ABSENT
    close_time: Given[datetime] = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class Resource:
    """What one end of the leg uses; ``departure_or_arrival`` says which end."""

    departure_or_arrival: str = ""
    charge_type: str = ""
    airport_zone: Given[Coded] = ABSENT
    aircraft_parking_position: Given[Coded] = ABSENT
    passenger_gate: Group[Coded] = ABSENT
    remote_operational_gate: Group[Coded] = ABSENT
    remote_operational_stand: Group[Coded] = ABSENT
    pre_cleared_gate_ind: Given[str] = ABSENT
    runway: Given[Coded] = ABSENT
    aircraft_terminal: Given[Coded] = ABSENT
    public_terminal: Group[Coded] = ABSENT
    crew_bus_ind: Given[str] = ABSENT
    pax_bus_ind: Given[str] = ABSENT
    baggage_claim_unit: Group[BaggageBelt] = ABSENT
    baggage_makeup_belt: Group[BaggageBelt] = ABSENT
    check_in_info: Group[CheckInInfo] = ABSENT
    de_ice_location: Given[Coded] = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class AirportResources:
    """Resources as planned or as used (``usage``)."""

    usage: str = ""
    resource: Group[Resource] = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationTime:
    """A time of the leg, aware UTC; its key is all other fields together.

    Attributes:
        operation_qualifier: event: ONB, TDN, OFB, TKO, ATO ...
        time_type: SCT scheduled, EST estimated, ACT actual, TAR target, CAL calculated.
        value: ``None`` when this one time is cleared.
    """

    operation_qualifier: str
    time_type: str
    code_context: str = ""
    repeat_index: int | None = None
    value: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OperationDuration:
    """How long something takes, ISO 8601 (``PT12M``).

    Attributes:
        operation_qualifier: what takes it: taxi, turnaround, de-icing ...
        time_type: SCT scheduled, EST estimated, ACT actual, TAR target, CAL calculated.
    """

    value: str
    operation_qualifier: str = ""
    time_type: str = ""
    code_context: str = ""
    repeat_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentInfo:
    """The handling agent at one end of the leg."""

    value: str
    departure_or_arrival: str = ""
    qualifier: str = ""
    repeat_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """A weight in the unit the sender names (Kilogram, Pound, Ton, Tonne)."""

    value: str
    measurement_unit: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadLoad:
    """Weight of one kind of load (C cargo, M mail, B baggage, D bags of the crew)."""

    type: Given[str] = ABSENT
    weight: Given[Weight] = ABSENT
    destination_type: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class BagCount:
    """Pieces; ``location`` is a compartment or unit load device."""

    value: int
    location: str = ""
    repeat_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Baggage:
    """Pieces and weight of baggage, for all or for one class and destination."""

    bag_count: Group[BagCount] = ABSENT
    weight: Given[Weight] = ABSENT
    destination_type: str = ""
    service_class: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CrewInfo:
    """How many crew there are; ``qualifier`` their cabin, ``airline`` whose they are."""

    value: int
    airline: str = ""
    code_context: str = ""
    qualifier: str = ""
    repeat_index: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FuelType:
    """FuelUplift, FuelOnboard, TripFuel or TakeoffFuel; ``extension`` names another kind."""

    value: str
    extension: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fuel:
    """A quantity of fuel of one kind."""

    type: Given[FuelType] = ABSENT
    quantity: Given[Weight] = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class AircraftInfo:
    """The aircraft: its type may be an IATA (346) or an ICAO (FA50) code, or both, one after the other."""

    aircraft_type: Group[Coded] = ABSENT
    aircraft_sub_type: Given[Coded] = ABSENT
    registration: Given[str] = ABSENT
    tail_number: Given[str] = ABSENT
    crew_info: Group[CrewInfo] = ABSENT
    agent_info: Group[AgentInfo] = ABSENT
    fleet_number: Given[str] = ABSENT
    call_sign: Given[str] = ABSENT
    dead_load: Group[DeadLoad] = ABSENT
    baggage: Group[Baggage] = ABSENT
    fuel: Group[Fuel] = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class PublicFlightDisplay:
    """The flight as it is shown to the public."""

    airline_type: Given[Coded] = ABSENT
    flight_number: Given[str] = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class LegData:
    """What is said about the leg."""

    international_status: str = ""
    operational_status: Group[Coded] = ABSENT
    public_status: Group[Coded] = ABSENT
    operating_alliance: Given[Coded] = ABSENT
    service_type: Given[str] = ABSENT
    technical_stop_ind: Group[Coded] = ABSENT
    est_flight_duration: Given[str] = ABSENT
    owner_airline: Given[AirlineRole] = ABSENT
    flight_crew_airline: Given[AirlineRole] = ABSENT
    cabin_crew_airline: Given[AirlineRole] = ABSENT
    clearance_agreement: Group[Coded] = ABSENT
    dep_security_check_ind: Given[str] = ABSENT
    arr_security_check_ind: Given[str] = ABSENT
    special_emphasis: Group[Coded] = ABSENT
    special_cargo: Group[Coded] = ABSENT
    planned_arrival_apt_history: Group[Coded] = ABSENT
    irregularity_delay: Group[IrregularityDelay] = ABSENT
    cabin_class: Group[CabinClass] = ABSENT
    code_share_info: Group[CodeShareInfo] = ABSENT
    associated_flight_leg_aircraft: Group[LegIdentifier] = ABSENT
    associated_general_aviation_flight_leg_aircraft: Group[GeneralAviationLegIdentifier] = ABSENT
    associated_flight_leg_schedule: Group[AssociatedFlightLegSchedule] = ABSENT
    remark_text_code: Group[Coded] = ABSENT
    remark_free_text: Group[Coded] = ABSENT
    airport_resources: Group[AirportResources] = ABSENT
    operation_time: Group[OperationTime] = ABSENT
    operation_duration: Group[OperationDuration] = ABSENT
    aircraft_info: Given[AircraftInfo] = ABSENT
    public_flight_display: Group[PublicFlightDisplay] = ABSENT


@dataclass(frozen=True, slots=True, kw_only=True)
class FlightLeg:
    """One leg of a message; it has one of both identifiers.

    Attributes:
        general_aviation_leg_identifier: instead of ``leg_identifier``, of a flight without airline.
        special_action: Delete, LockDown or DoNotDisplay.
        tpa_extension: vendor data as canonical XML (exclusive C14N); may be in any namespace.
        kept: elements of the leg that this reader does not know.
    """

    leg_identifier: LegIdentifier | None = None
    general_aviation_leg_identifier: GeneralAviationLegIdentifier | None = None
    special_action: Given[str] = ABSENT
    leg_data: Given[LegData] = ABSENT
    tpa_extension: Given[str] = ABSENT
    kept: tuple[Kept, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One ``Error`` or ``Warning`` of an answer: its text, and its attributes (Type, Code ...)."""

    text: str = ""
    attributes: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One AIDX message.

    Attributes:
        root: ``IATA_AIDX_FlightLegNotifRQ``, ``IATA_AIDX_FlightLegRQ`` or ``IATA_AIDX_FlightLegRS``.
        soap: version of the SOAP envelope it came in, ``""`` for none.
        time_stamp: when the sender made it, aware UTC.
        success: an answer says that what it answers was done.
        errors: ``Errors`` of an answer; ``warnings``: its ``Warnings``.
        criteria: what a request asks for, each element as canonical XML.
        kept: unknown elements outside the legs.
        original: the bytes it came in, with the envelope and its other messages.
        notices: what was odd.
    """

    root: str = "IATA_AIDX_FlightLegNotifRQ"
    soap: str = ""
    version: str = ""
    time_stamp: datetime | None = None
    target: str = ""
    echo_token: str = ""
    transaction_identifier: str = ""
    sequence_nmbr: int | None = None
    transaction_status_code: str = ""
    retransmission_indicator: str = ""
    correlation_id: str = ""
    primary_lang_id: str = ""
    alt_lang_id: str = ""
    originator: Party | None = None
    delivering_system: Party | None = None
    success: bool = False
    warnings: tuple[Problem, ...] = ()
    errors: tuple[Problem, ...] = ()
    flight_leg: tuple[FlightLeg, ...] = ()
    criteria: tuple[str, ...] = ()
    kept: tuple[Kept, ...] = ()
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = ()
