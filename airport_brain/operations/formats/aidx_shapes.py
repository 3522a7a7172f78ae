"""The tables that bind AIDX elements to the dataclasses of ``aidx_message``, in schema order."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta
from typing import Final

from lxml import etree

from airport_brain.operations.formats.aidx_message import (
    AgentInfo,
    AircraftInfo,
    AirlineRole,
    AirportResources,
    AssociatedFlightLegSchedule,
    BagCount,
    Baggage,
    BaggageBelt,
    CabinClass,
    CheckInInfo,
    Coded,
    CodeShareInfo,
    CrewInfo,
    DeadLoad,
    Fuel,
    FuelType,
    GeneralAviationIdentifier,
    GeneralAviationLegIdentifier,
    IrregularityDelay,
    LegData,
    LegIdentifier,
    OperationDuration,
    OperationTime,
    Party,
    PaxCount,
    PublicFlightDisplay,
    RepeatNumber,
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

_DATE = re.compile(r"(\d{4}-\d\d-\d\d)(T[0-9:.]{5,20})?(?:Z|[+-]\d\d:\d\d)?")
_DATE_TIME = re.compile(r"(\d{4})-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(Z|[+-]\d\d:\d\d)?")
_MIDNIGHT = re.compile(r"T24:00:00(?:\.0+)?(?=Z|[+-]|$)")


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
    """``xs:date``; a zone, which means nothing on a date, is taken and dropped, and so is a time, noted."""
    form = _DATE.fullmatch(found)
    if form and int(found[:4]) in YEARS:
        try:
            value = date.fromisoformat(form[1])
        except ValueError:
            form = None
        else:
            if form[2]:
                reading.notice(element, "date-with-time", name, f"the time of {found} is left out")
            return value
    raise reading.fault(
        element, "not-a-date", "not a date", field=name, found=found, expected="YYYY-MM-DD"
    )


def moment(reading: Reading, element: etree._Element, name: str, found: str) -> datetime:
    """``xs:dateTime`` as aware UTC; without zone it is taken as UTC, with a notice.

    More than six digits of a second (seven are seen) are cut to microseconds. 24:00:00 is the end of the day.
    """
    form = _DATE_TIME.fullmatch(found)
    if form and int(form[1]) in YEARS:
        try:
            value = datetime.fromisoformat(_MIDNIGHT.sub("T00:00:00", found))
            value += timedelta(days=1 if _MIDNIGHT.search(found) else 0)
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
SCOPE = Attribute(name="FlightLegScope", field="flight_leg_scope")
SEQUENCE = Attribute(name="FlightSequence", field="flight_sequence")
DESTINATION = Attribute(name="DestinationType", field="destination_type")
SERVICE_CLASS = Attribute(name="ServiceClass", field="service_class")

TEXT = Leaf(convert=text)
NUMBER = Leaf(convert=integer)
FLIGHT_NUMBER = Leaf(convert=matching(r"\d{1,4}[A-Z]?", "1 to 4 digits, perhaps a letter"))
SUFFIX = Leaf(convert=matching(r"[A-Z]", "one letter A to Z"))
DATE = Leaf(convert=calendar_date)
MOMENT = Leaf(convert=moment)


def coded(convert: Convert = text, *more: Attribute, text_in: str = "") -> Shape:
    """The shape of :class:`Coded`."""
    return Shape(
        make=Coded,
        namespace=NAMESPACE,
        attributes=(CONTEXT, *(more or (QUALIFIER,)), INDEX),
        text="value",
        convert=convert,
        text_in=text_in,
    )


CODED = coded()
STATUS = coded(text, QUALIFIER, SCOPE)
SIDED = coded(text, QUALIFIER, SIDE)
AIRLINE = coded(matching(r"[A-Z0-9]{2,3}", "an airline code of 2 or 3 characters"), text_in="Code")
AIRPORT = coded(matching(r"[A-Z0-9]{3,4}", "an airport code of 3 or 4 characters"), text_in="Code")
STAND = coded(text, Attribute(name="Qualifier", field="qualifier", expected=True))


def one(
    name: str, field: str, node: Leaf | Shape | Passage = TEXT, *, required: bool = False
) -> Part:
    """A child that occurs at most once."""
    return Part(name=name, field=field, node=node, required=required)


def key(name: str, field: str, node: Leaf | Shape) -> Part:
    """An optional part of an identity."""
    return Part(name=name, field=field, node=node, key=True)


def many(name: str, field: str, node: Leaf | Shape, most: int, *, loose: bool = False) -> Part:
    """A child that occurs up to ``most`` times."""
    return Part(name=name, field=field, node=node, many=True, most=most, loose=loose)


AIRLINE_ROLE = Shape(
    make=AirlineRole,
    namespace=NAMESPACE,
    attributes=(CONTEXT,),
    parts=(
        one("Airline", "airline", CODED),
        one("FlightNumber", "flight_number"),
        one("OperationalSuffix", "operational_suffix"),
    ),
    text="value",
    convert=text,
)

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

REPEAT_NUMBER = Shape(
    make=RepeatNumber,
    namespace=NAMESPACE,
    attributes=(
        Attribute(name="CurrentInd", field="current_ind"),
        Attribute(name="AirborneReturnNumber", field="airborne_return_number", convert=integer),
    ),
    text="value",
    convert=integer,
)

LEG_IDENTIFIER = Shape(
    make=LegIdentifier,
    namespace=NAMESPACE,
    attributes=(INDEX, SEQUENCE),
    parts=(
        one("Airline", "airline", AIRLINE, required=True),
        one("FlightNumber", "flight_number", FLIGHT_NUMBER, required=True),
        key("OperationalSuffix", "operational_suffix", SUFFIX),
        one("DepartureAirport", "departure_airport", AIRPORT, required=True),
        one("ArrivalAirport", "arrival_airport", AIRPORT, required=True),
        one("OriginDate", "origin_date", DATE, required=True),
        key("RepeatNumber", "repeat_number", REPEAT_NUMBER),
    ),
)

GENERAL_AVIATION_LEG = Shape(
    make=GeneralAviationLegIdentifier,
    namespace=NAMESPACE,
    attributes=(INDEX, SEQUENCE),
    parts=(
        one(
            "GeneralAviationIdentifier",
            "general_aviation_identifier",
            Shape(
                make=GeneralAviationIdentifier,
                namespace=NAMESPACE,
                attributes=(Attribute(name="Category", field="category"),),
                text="value",
                convert=text,
            ),
            required=True,
        ),
        key("FlightNumber", "flight_number", TEXT),
        key("OperationalSuffix", "operational_suffix", SUFFIX),
        one("DepartureAirport", "departure_airport", AIRPORT),
        one("ArrivalAirport", "arrival_airport", AIRPORT),
        one("PlannedDepartureDateTime", "planned_departure_date_time", MOMENT),
        key("RepeatNumber", "repeat_number", REPEAT_NUMBER),
    ),
)

SCHEDULE_HOP = Shape(
    make=AssociatedFlightLegSchedule,
    namespace=NAMESPACE,
    attributes=(INDEX, SEQUENCE),
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
    attributes=(
        QUALIFIER,
        USAGE,
        DESTINATION,
        Attribute(name="OriginationType", field="origination_type"),
        Attribute(name="DCS_Usage", field="dcs_usage"),
        INDEX,
    ),
    text="value",
    convert=integer,
)

CABIN_CLASS = Shape(
    make=CabinClass,
    namespace=NAMESPACE,
    attributes=(Attribute(name="Class", field="cabin"), INDEX),
    parts=(
        many("PaxCount", "pax_count", PAX_COUNT, 99),
        one("SeatCapacity", "seat_capacity", NUMBER),
        many("InflightService", "inflight_service", CODED, 10),
        many("InflightMealService", "inflight_meal_service", CODED, 10),
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
        one("SharedAlliance", "shared_alliance", CODED),
    ),
)

CHECK_IN = Shape(
    make=CheckInInfo,
    namespace=NAMESPACE,
    attributes=(
        QUALIFIER,
        Attribute(name="Class", field="cabin"),
        Attribute(name="Location", field="location"),
        INDEX,
    ),
    parts=(
        one("FirstPosition", "first_position"),
        one("LastPosition", "last_position"),
        one("OpenTime", "open_time", MOMENT),
        one("CloseTime", "close_time", MOMENT),
    ),
)

BELT = Shape(
    make=BaggageBelt,
    namespace=NAMESPACE,
    attributes=(
        CONTEXT,
        QUALIFIER,
        INDEX,
        Attribute(name="AreaLocation", field="area_location"),
        SERVICE_CLASS,
    ),
    parts=(
        one("BaggageProcess", "baggage_process"),
        one("SegregationName", "segregation_name"),
        one("OpenTime", "open_time", MOMENT),
        one("CloseTime", "close_time", MOMENT),
    ),
    text="value",
    convert=text,
)

RESOURCE = Shape(
    make=Resource,
    namespace=NAMESPACE,
    attributes=(SIDE, Attribute(name="ChargeType", field="charge_type")),
    parts=(
        one("AirportZone", "airport_zone", CODED),
        one("AircraftParkingPosition", "aircraft_parking_position", STAND),
        many("PassengerGate", "passenger_gate", CODED, 3),
        many("RemoteOperationalGate", "remote_operational_gate", CODED, 3),
        many("RemoteOperationalStand", "remote_operational_stand", CODED, 3),
        one("PreClearedGateInd", "pre_cleared_gate_ind"),
        one("Runway", "runway", CODED),
        one("AircraftTerminal", "aircraft_terminal", CODED),
        many("PublicTerminal", "public_terminal", CODED, 3),
        one("CrewBusInd", "crew_bus_ind"),
        one("PaxBusInd", "pax_bus_ind"),
        many("BaggageClaimUnit", "baggage_claim_unit", BELT, 100),
        many("BaggageMakeupBelt", "baggage_makeup_belt", BELT, 100),
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

OPERATION_DURATION = Shape(
    make=OperationDuration,
    namespace=NAMESPACE,
    attributes=(
        Attribute(name="OperationQualifier", field="operation_qualifier", expected=True),
        CONTEXT,
        INDEX,
        Attribute(name="TimeType", field="time_type", expected=True),
    ),
    text="value",
    convert=text,
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
    attributes=(DESTINATION,),
    parts=(one("Type", "type"), one("Weight", "weight", WEIGHT)),
)

BAG_COUNT = Shape(
    make=BagCount,
    namespace=NAMESPACE,
    attributes=(Attribute(name="Location", field="location"), INDEX),
    text="value",
    convert=integer,
)

BAGGAGE = Shape(
    make=Baggage,
    namespace=NAMESPACE,
    attributes=(DESTINATION, SERVICE_CLASS),
    parts=(many("BagCount", "bag_count", BAG_COUNT, 50), one("Weight", "weight", WEIGHT)),
)

CREW = Shape(
    make=CrewInfo,
    namespace=NAMESPACE,
    attributes=(Attribute(name="Airline", field="airline"), CONTEXT, QUALIFIER, INDEX),
    text="value",
    convert=integer,
)

FUEL = Shape(
    make=Fuel,
    namespace=NAMESPACE,
    parts=(
        one(
            "Type",
            "type",
            Shape(
                make=FuelType,
                namespace=NAMESPACE,
                attributes=(Attribute(name="extension", field="extension"),),
                text="value",
                convert=text,
            ),
        ),
        one("Quantity", "quantity", WEIGHT),
    ),
)

AIRCRAFT_INFO = Shape(
    make=AircraftInfo,
    namespace=NAMESPACE,
    parts=(
        many("AircraftType", "aircraft_type", CODED, 2),
        one("AircraftSubType", "aircraft_sub_type", CODED),
        one("Registration", "registration"),
        one("TailNumber", "tail_number"),
        many("CrewInfo", "crew_info", CREW, 5),
        many("AgentInfo", "agent_info", AGENT, 20),
        one("FleetNumber", "fleet_number"),
        one("CallSign", "call_sign"),
        many("DeadLoad", "dead_load", DEAD_LOAD, 99),
        many("Baggage", "baggage", BAGGAGE, 99),
        many("Fuel", "fuel", FUEL, 9),
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
        many("OperationalStatus", "operational_status", STATUS, 5),
        many("PublicStatus", "public_status", STATUS, 2),
        one("OperatingAlliance", "operating_alliance", CODED),
        one("ServiceType", "service_type"),
        many("TechnicalStopInd", "technical_stop_ind", SIDED, 2),
        one("EstFlightDuration", "est_flight_duration"),
        one("OwnerAirline", "owner_airline", AIRLINE_ROLE),
        one("FlightCrewAirline", "flight_crew_airline", AIRLINE_ROLE),
        one("CabinCrewAirline", "cabin_crew_airline", AIRLINE_ROLE),
        many("ClearanceAgreement", "clearance_agreement", SIDED, 2),
        one("DepSecurityCheckInd", "dep_security_check_ind"),
        one("ArrSecurityCheckInd", "arr_security_check_ind"),
        many("SpecialEmphasis", "special_emphasis", CODED, 3),
        many("SpecialCargo", "special_cargo", CODED, 20),
        many("PlannedArrivalAptHistory", "planned_arrival_apt_history", AIRPORT, 10),
        many("IrregularityDelay", "irregularity_delay", DELAY, 8),
        many("CabinClass", "cabin_class", CABIN_CLASS, 5),
        many("CodeShareInfo", "code_share_info", CODE_SHARE, 20, loose=True),
        many(
            "AssociatedFlightLegAircraft",
            "associated_flight_leg_aircraft",
            LEG_IDENTIFIER,
            2,
            loose=True,
        ),
        many(
            "AssociatedGeneralAviationFlightLegAircraft",
            "associated_general_aviation_flight_leg_aircraft",
            GENERAL_AVIATION_LEG,
            2,
            loose=True,
        ),
        many(
            "AssociatedFlightLegSchedule",
            "associated_flight_leg_schedule",
            SCHEDULE_HOP,
            20,
            loose=True,
        ),
        many("RemarkTextCode", "remark_text_code", STATUS, 50),
        many("RemarkFreeText", "remark_free_text", STATUS, 50),
        many("AirportResources", "airport_resources", AIRPORT_RESOURCES, 2),
        many("OperationTime", "operation_time", OPERATION_TIME, 50),
        many("OperationDuration", "operation_duration", OPERATION_DURATION, 50),
        one("AircraftInfo", "aircraft_info", AIRCRAFT_INFO),
        many("PublicFlightDisplay", "public_flight_display", PUBLIC_DISPLAY, 20),
    ),
)

FLIGHT_LEG_PARTS = (
    key("LegIdentifier", "leg_identifier", LEG_IDENTIFIER),
    key("GeneralAviationLegIdentifier", "general_aviation_leg_identifier", GENERAL_AVIATION_LEG),
    one("SpecialAction", "special_action"),
    one("LegData", "leg_data", LEG_DATA),
    one("TPA_Extension", "tpa_extension", Passage()),
)
