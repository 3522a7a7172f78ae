"""The tables that bind AIDX elements to the dataclasses of ``aidx_message``, in schema order."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime
from typing import Final

from lxml import etree

from airport_brain.operations.formats.aidx_message import (
    AgentInfo,
    AircraftInfo,
    AirportResources,
    AssociatedFlightLegSchedule,
    Baggage,
    CabinClass,
    CheckInInfo,
    Coded,
    CodeShareInfo,
    DeadLoad,
    IrregularityDelay,
    LegData,
    LegIdentifier,
    OperationTime,
    Party,
    PaxCount,
    PublicFlightDisplay,
    Resource,
    Weight,
)
from airport_brain.operations.formats.xml_shapes import (
    Attribute,
    Convert,
    Leaf,
    Part,
    Passage,
    Reading,
    Shape,
)

NAMESPACE: Final = "http://www.iata.org/IATA/2007/00"

YEARS: Final = range(1990, 2200)
"""Years taken in dates and times; others are typing errors and break date arithmetic."""

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(?:Z|[+-]\d\d:\d\d)?")
_DATE_TIME = re.compile(r"(\d{4})-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?")


def text(reading: Reading, element: etree._Element, name: str, found: str) -> str:
    """Any text."""
    return found


def integer(reading: Reading, element: etree._Element, name: str, found: str) -> int:
    """A whole number, 0 to 9 digits."""
    if not re.fullmatch(r"\d{1,9}", found, re.ASCII):
        raise reading.fault(
            element,
            "not-a-number",
            "not a whole number",
            field=name,
            found=found,
            expected="digits",
        )
    return int(found)


def matching(pattern: str, expected: str) -> Convert:
    """A converter for texts of a fixed form."""
    form = re.compile(pattern, re.ASCII)

    def convert(reading: Reading, element: etree._Element, name: str, found: str) -> str:
        if not form.fullmatch(found):
            raise reading.fault(
                element,
                "wrong-form",
                "the value has not the form that the standard asks for",
                field=name,
                found=found,
                expected=expected,
            )
        return found

    return convert


def calendar_date(reading: Reading, element: etree._Element, name: str, found: str) -> date:
    """``xs:date``; a zone, which means nothing on a date, is taken and dropped."""
    form = _DATE.fullmatch(found)
    try:
        if form and int(found[:4]) in YEARS:
            return date.fromisoformat(form[1])
    except ValueError:
        pass
    raise reading.fault(
        element, "not-a-date", "not a date", field=name, found=found, expected="YYYY-MM-DD"
    )


def moment(reading: Reading, element: etree._Element, name: str, found: str) -> datetime:
    """``xs:dateTime`` as aware UTC; without zone it is taken as UTC, with a notice.

    More than six digits of a second (seven are seen) are cut to microseconds.
    """
    form = _DATE_TIME.fullmatch(found)
    if form and int(form[1]) in YEARS:
        try:
            value = datetime.fromisoformat(found)
        except ValueError:
            form = None
        else:
            if value.tzinfo is not None:
                return value.astimezone(UTC)
            reading.notice(element, "time-without-zone", name, f"{found} has no zone; taken as UTC")
            return value.replace(tzinfo=UTC)
    raise reading.fault(
        element,
        "not-a-time",
        "not a time",
        field=name,
        found=found,
        expected="YYYY-MM-DDThh:mm:ssZ",
    )


CONTEXT = Attribute(name="CodeContext", field="code_context")
QUALIFIER = Attribute(name="Qualifier", field="qualifier")
INDEX = Attribute(name="RepeatIndex", field="repeat_index", convert=integer)
SIDE = Attribute(name="DepartureOrArrival", field="departure_or_arrival")
USAGE = Attribute(name="Usage", field="usage")

TEXT = Leaf(convert=text)
NUMBER = Leaf(convert=integer)
FLIGHT_NUMBER = Leaf(convert=matching(r"\d{1,4}", "1 to 4 digits"))
SUFFIX = Leaf(convert=matching(r"[A-Z]", "one letter A to Z"))
DATE = Leaf(convert=calendar_date)


def coded(convert: Convert = text, *more: Attribute) -> Shape:
    """The shape of :class:`Coded`."""
    attributes = (CONTEXT, *(more or (QUALIFIER,)), INDEX)
    return Shape(
        make=Coded, namespace=NAMESPACE, attributes=attributes, text="value", convert=convert
    )


CODED = coded()
AIRLINE = coded(matching(r"[A-Z0-9]{2,3}", "an airline code of 2 or 3 characters"))
AIRPORT = coded(matching(r"[A-Z0-9]{3,4}", "an airport code of 3 or 4 characters"))
STAND = coded(text, Attribute(name="Qualifier", field="qualifier", expected=True))


def one(
    name: str, field: str, node: Leaf | Shape | Passage = TEXT, *, required: bool = False
) -> Part:
    """A child that occurs at most once."""
    return Part(name=name, field=field, node=node, required=required)


def key(name: str, field: str, node: Leaf) -> Part:
    """An optional part of an identity."""
    return Part(name=name, field=field, node=node, key=True)


def many(name: str, field: str, node: Leaf | Shape, most: int) -> Part:
    """A child that occurs up to ``most`` times."""
    return Part(name=name, field=field, node=node, many=True, most=most)


PARTY = Shape(
    make=Party,
    namespace=NAMESPACE,
    attributes=(
        Attribute(name="CompanyShortName", field="company_short_name"),
        Attribute(name="TravelSector", field="travel_sector"),
        Attribute(name="Code", field="code"),
        CONTEXT,
    ),
)

LEG_IDENTIFIER = Shape(
    make=LegIdentifier,
    namespace=NAMESPACE,
    attributes=(INDEX,),
    parts=(
        one("Airline", "airline", AIRLINE, required=True),
        one("FlightNumber", "flight_number", FLIGHT_NUMBER, required=True),
        key("OperationalSuffix", "operational_suffix", SUFFIX),
        one("DepartureAirport", "departure_airport", AIRPORT, required=True),
        one("ArrivalAirport", "arrival_airport", AIRPORT, required=True),
        one("OriginDate", "origin_date", DATE, required=True),
        key("RepeatNumber", "repeat_number", NUMBER),
    ),
)

SCHEDULE_HOP = Shape(
    make=AssociatedFlightLegSchedule,
    namespace=NAMESPACE,
    attributes=(INDEX,),
    parts=(
        one("DepartureAirport", "departure_airport", AIRPORT, required=True),
        one("ArrivalAirport", "arrival_airport", AIRPORT, required=True),
    ),
)

DELAY = Shape(
    make=IrregularityDelay,
    namespace=NAMESPACE,
    attributes=(SIDE, INDEX),
    parts=(one("ReasonCode", "reason_code", CODED), one("Duration", "duration")),
)

PAX_COUNT = Shape(
    make=PaxCount,
    namespace=NAMESPACE,
    attributes=(QUALIFIER, USAGE, Attribute(name="DestinationType", field="destination_type")),
    text="value",
    convert=integer,
)

CABIN_CLASS = Shape(
    make=CabinClass,
    namespace=NAMESPACE,
    attributes=(Attribute(name="Class", field="cabin"), INDEX),
    parts=(
        many("PaxCount", "pax_count", PAX_COUNT, 3),
        one("SeatCapacity", "seat_capacity", NUMBER),
    ),
)

CODE_SHARE = Shape(
    make=CodeShareInfo,
    namespace=NAMESPACE,
    attributes=(INDEX,),
    parts=(
        one("Airline", "airline", AIRLINE, required=True),
        one("FlightNumber", "flight_number", FLIGHT_NUMBER, required=True),
        key("OperationalSuffix", "operational_suffix", SUFFIX),
        one("OriginationDate", "origination_date", DATE),
    ),
)

CHECK_IN = Shape(
    make=CheckInInfo,
    namespace=NAMESPACE,
    attributes=(QUALIFIER, INDEX),
    parts=(one("FirstPosition", "first_position"), one("LastPosition", "last_position")),
)

RESOURCE = Shape(
    make=Resource,
    namespace=NAMESPACE,
    attributes=(SIDE,),
    parts=(
        one("AirportZone", "airport_zone", CODED),
        one("AircraftParkingPosition", "aircraft_parking_position", STAND),
        many("PassengerGate", "passenger_gate", CODED, 3),
        many("RemoteOperationalGate", "remote_operational_gate", CODED, 3),
        one("Runway", "runway", CODED),
        one("AircraftTerminal", "aircraft_terminal", CODED),
        many("PublicTerminal", "public_terminal", CODED, 3),
        one("CrewBusInd", "crew_bus_ind"),
        one("PaxBusInd", "pax_bus_ind"),
        many("BaggageClaimUnit", "baggage_claim_unit", CODED, 5),
        many("BaggageMakeupBelt", "baggage_makeup_belt", CODED, 5),
        many("CheckInInfo", "check_in_info", CHECK_IN, 5),
        one("DeIceLocation", "de_ice_location", CODED),
    ),
)

AIRPORT_RESOURCES = Shape(
    make=AirportResources,
    namespace=NAMESPACE,
    attributes=(USAGE,),
    parts=(many("Resource", "resource", RESOURCE, 2),),
)

OPERATION_TIME = Shape(
    make=OperationTime,
    namespace=NAMESPACE,
    attributes=(
        Attribute(name="OperationQualifier", field="operation_qualifier", required=True),
        Attribute(name="CodeContext", field="code_context", expected=True),
        INDEX,
        Attribute(name="TimeType", field="time_type", required=True),
    ),
    text="value",
    convert=moment,
    nil_keeps="OperationQualifier",
)

AGENT = Shape(
    make=AgentInfo,
    namespace=NAMESPACE,
    attributes=(SIDE, Attribute(name="Qualifier", field="qualifier", expected=True), INDEX),
    text="value",
    convert=text,
)

WEIGHT = Shape(
    make=Weight,
    namespace=NAMESPACE,
    attributes=(Attribute(name="MeasurementUnit", field="measurement_unit"),),
    text="value",
    convert=matching(r"\d{1,9}(\.\d{1,6})?", "a weight in digits"),
)

DEAD_LOAD = Shape(
    make=DeadLoad,
    namespace=NAMESPACE,
    parts=(one("Type", "type"), one("Weight", "weight", WEIGHT)),
)

BAGGAGE = Shape(make=Baggage, namespace=NAMESPACE, parts=(one("Weight", "weight", WEIGHT),))

AIRCRAFT_INFO = Shape(
    make=AircraftInfo,
    namespace=NAMESPACE,
    parts=(
        one("AircraftType", "aircraft_type", CODED),
        one("AircraftSubType", "aircraft_sub_type", CODED),
        one("Registration", "registration"),
        one("TailNumber", "tail_number"),
        many("AgentInfo", "agent_info", AGENT, 20),
        one("FleetNumber", "fleet_number"),
        one("CallSign", "call_sign"),
        many("DeadLoad", "dead_load", DEAD_LOAD, 99),
        many("Baggage", "baggage", BAGGAGE, 99),
    ),
)

PUBLIC_DISPLAY = Shape(
    make=PublicFlightDisplay,
    namespace=NAMESPACE,
    parts=(one("AirlineType", "airline_type", CODED), one("FlightNumber", "flight_number")),
)

LEG_DATA = Shape(
    make=LegData,
    namespace=NAMESPACE,
    attributes=(Attribute(name="InternationalStatus", field="international_status"),),
    parts=(
        many("OperationalStatus", "operational_status", CODED, 5),
        one("PublicStatus", "public_status", CODED),
        one("OperatingAlliance", "operating_alliance", CODED),
        one("ServiceType", "service_type"),
        one("TechnicalStopInd", "technical_stop_ind"),
        one("EstFlightDuration", "est_flight_duration"),
        one("OwnerAirline", "owner_airline", CODED),
        many("PlannedArrivalAptHistory", "planned_arrival_apt_history", AIRPORT, 10),
        many("IrregularityDelay", "irregularity_delay", DELAY, 8),
        many("CabinClass", "cabin_class", CABIN_CLASS, 5),
        many("CodeShareInfo", "code_share_info", CODE_SHARE, 20),
        many("AssociatedFlightLegAircraft", "associated_flight_leg_aircraft", LEG_IDENTIFIER, 2),
        many("AssociatedFlightLegSchedule", "associated_flight_leg_schedule", SCHEDULE_HOP, 20),
        many("RemarkTextCode", "remark_text_code", CODED, 50),
        many("RemarkFreeText", "remark_free_text", CODED, 50),
        many("AirportResources", "airport_resources", AIRPORT_RESOURCES, 2),
        many("OperationTime", "operation_time", OPERATION_TIME, 50),
        one("AircraftInfo", "aircraft_info", AIRCRAFT_INFO),
        many("PublicFlightDisplay", "public_flight_display", PUBLIC_DISPLAY, 20),
    ),
)

FLIGHT_LEG_PARTS = (
    one("LegIdentifier", "leg_identifier", LEG_IDENTIFIER, required=True),
    one("SpecialAction", "special_action"),
    one("LegData", "leg_data", LEG_DATA),
    one("TPA_Extension", "tpa_extension", Passage()),
)
