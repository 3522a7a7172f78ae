from __future__ import annotations

import random
import re
from dataclasses import fields, is_dataclass, replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from airport_brain.operations.formats import aidx
from airport_brain.operations.formats.aidx_message import (
    ABSENT,
    AircraftInfo,
    AirlineRole,
    AirportResources,
    BagCount,
    Baggage,
    BaggageBelt,
    CabinClass,
    CheckInInfo,
    Coded,
    CodeShareInfo,
    CrewInfo,
    DeadLoad,
    FlightLeg,
    Fuel,
    FuelType,
    GeneralAviationIdentifier,
    GeneralAviationLegIdentifier,
    LegData,
    LegIdentifier,
    Message,
    OperationDuration,
    OperationTime,
    Party,
    PaxCount,
    Problem,
    RepeatNumber,
    Resource,
    Weight,
)
from airport_brain.operations.formats.aidx_updates import key_of
from service_bus import Malformed, TooLarge

NS = "http://www.iata.org/IATA/2007/00"
XSI = 'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
KEY = (
    "<LegIdentifier><Airline>MU</Airline><FlightNumber>5101</FlightNumber>"
    "<DepartureAirport>SHA</DepartureAirport><ArrivalAirport>PEK</ArrivalAirport>"
    "<OriginDate>2026-10-03</OriginDate></LegIdentifier>"
)


def notification(leg: str, *, attributes: str = 'TimeStamp="2026-10-03T08:00:00Z"') -> bytes:
    return (
        f'<IATA_AIDX_FlightLegNotifRQ xmlns="{NS}" {XSI} {attributes}>{leg}'
        "</IATA_AIDX_FlightLegNotifRQ>"
    ).encode()


def leg(data: str = "", *, key: str = KEY, after: str = "") -> str:
    return f"<FlightLeg>{key}<LegData>{data}</LegData>{after}</FlightLeg>"


def one_leg(data: bytes) -> FlightLeg:
    (message,) = aidx.parse(data)
    (only,) = message.flight_leg
    return only


def leg_data(inner: str) -> LegData:
    found = one_leg(notification(leg(inner))).leg_data
    assert isinstance(found, LegData)
    return found


def sample(reference_data: Path, name: str) -> bytes:
    return (reference_data / "messages" / "aidx" / name).read_bytes()


# What the real messages say.


def test_gatwicks_notification_is_read_whole(reference_data: Path) -> None:
    (message,) = aidx.parse(sample(reference_data, "drt-lgw-notifrq.xml"))
    assert (message.root, message.version, message.target) == (aidx.NOTIFICATION, "15.1", "Test")
    assert message.time_stamp == datetime(2018, 6, 7, 11, 24, 57, tzinfo=UTC)
    assert message.originator == Party(company_short_name="Idaho")
    assert (message.transaction_identifier, message.sequence_nmbr) == ("FlightData", 1)
    (only,) = message.flight_leg
    assert only.leg_identifier == LegIdentifier(
        airline=Coded(value="VS"),
        flight_number="808",
        operational_suffix="P",
        departure_airport=Coded(value="LHR"),
        arrival_airport=Coded(value="LGW"),
        origin_date=date(2018, 6, 3),
    )
    data = only.leg_data
    assert isinstance(data, LegData)
    assert data.operational_status == (Coded(value="LAN", code_context="9750", repeat_index=1),)
    assert data.public_status is ABSENT
    assert isinstance(data.operation_time, tuple)
    assert [
        (t.operation_qualifier, t.time_type, t.code_context, t.repeat_index, t.value.isoformat())
        for t in data.operation_time
        if t.value
    ] == [
        ("ONB", "ACT", "9750", 1, "2018-06-03T19:36:00+00:00"),
        ("TDN", "EST", "9750", 2, "2018-06-03T19:28:00+00:00"),
        ("ONB", "EST", "9750", 3, "2018-06-03T19:37:00+00:00"),
        ("TDN", "ACT", "9750", 4, "2018-06-03T19:30:00+00:00"),
        ("ONB", "SCT", "9750", 5, "2018-06-03T19:50:00+00:00"),
        ("ATO", "ACT", "0000", 6, "2018-06-03T19:12:00+00:00"),
    ]
    assert isinstance(data.cabin_class, tuple)
    assert data.cabin_class[4] == CabinClass(
        repeat_index=5,
        pax_count=(PaxCount(value=120, qualifier="70A", usage="Actual", destination_type="Local"),),
        seat_capacity=308,
    )
    assert isinstance(only.tpa_extension, str)
    assert "ACAS II FERRY FLIGHT" in only.tpa_extension
    assert only.kept == ()
    assert [n.code for n in message.notices] == ["aidx-time-without-zone", "aidx-repeat-index-gap"]


def test_london_citys_soap_answer_is_read_whole(reference_data: Path) -> None:
    (message,) = aidx.parse(sample(reference_data, "drt-lcy-soap-2.xml"))
    assert (message.root, message.soap, message.version) == (aidx.ANSWER, "1.1", "13.2")
    assert message.time_stamp == datetime(2020, 7, 3, 9, 59, 35, 197795, tzinfo=UTC)
    first, second = message.flight_leg
    assert second.leg_identifier is not None
    assert second.leg_identifier.airline == Coded(value="AFP", code_context="3")
    for only, type_, registration in ((first, "DF3", "OYRAB"), (second, "FA50", "17401")):
        assert isinstance(only.leg_data, LegData)
        assert only.leg_data.public_status == (), "nil is not missing"
        assert only.leg_data.operational_status is ABSENT, "missing is not nil"
        aircraft = only.leg_data.aircraft_info
        assert isinstance(aircraft, AircraftInfo)
        assert aircraft.aircraft_type == (Coded(value=type_),)
        assert (aircraft.registration, aircraft.tail_number) == (registration, None)
    assert {n.code for n in message.notices} == {"aidx-missing-attribute"}


@pytest.mark.parametrize("name", ["drt-lgw-notifrq.xml", "drt-lcy-soap-1.xml"])
def test_strict_mode_names_what_a_real_sender_gets_wrong(reference_data: Path, name: str) -> None:
    with pytest.raises(Malformed) as caught:
        aidx.parse(sample(reference_data, name), mode="strict")
    assert caught.value.code in ("aidx-time-without-zone", "aidx-missing-attribute")


# Everything the schema has had up to 22.1.

FULL = """
<OperationalStatus CodeContext="9750" FlightLegScope="Departure">OFB</OperationalStatus>
<PublicStatus FlightLegScope="Departure">BRD</PublicStatus>
<PublicStatus FlightLegScope="Arrival">SCH</PublicStatus>
<TechnicalStopInd DepartureOrArrival="Arrival">true</TechnicalStopInd>
<FlightCrewAirline CodeContext="3">FM</FlightCrewAirline>
<CabinCrewAirline CodeContext="3">MU</CabinCrewAirline>
<ClearanceAgreement>DOM</ClearanceAgreement>
<ArrSecurityCheckInd>true</ArrSecurityCheckInd>
<SpecialEmphasis>VP</SpecialEmphasis>
<SpecialCargo>AVI</SpecialCargo>
<CabinClass Class="3"><PaxCount Qualifier="WCHR" Usage="Planned" DestinationType="Local"
 OriginationType="Transfer" DCS_Usage="Boarded">2</PaxCount><SeatCapacity>140</SeatCapacity>
<InflightService>18</InflightService><InflightMealService>SN</InflightMealService></CabinClass>
<CodeShareInfo><Airline>FM</Airline><FlightNumber>9101</FlightNumber>
<SharedAlliance CodeContext="9906">700</SharedAlliance></CodeShareInfo>
<AssociatedFlightLegAircraft FlightSequence="downline"><Airline>MU</Airline>
<FlightNumber>5102</FlightNumber><DepartureAirport>PEK</DepartureAirport>
<ArrivalAirport>SHA</ArrivalAirport><OriginDate>2026-10-03</OriginDate>
<RepeatNumber CurrentInd="true" AirborneReturnNumber="1">2</RepeatNumber>
</AssociatedFlightLegAircraft>
<RemarkTextCode Qualifier="PAR" FlightLegScope="Arrival">SNOW</RemarkTextCode>
<AirportResources Usage="Planned"><Resource DepartureOrArrival="Arrival" ChargeType="A">
<AircraftParkingPosition Qualifier="Remote">501</AircraftParkingPosition>
<RemoteOperationalStand>501</RemoteOperationalStand><PreClearedGateInd>false</PreClearedGateInd>
<BaggageClaimUnit AreaLocation="1" ServiceClass="7" RepeatIndex="1">8<SegregationName>LOCAL
</SegregationName><OpenTime>2026-10-03T10:00:00Z</OpenTime></BaggageClaimUnit>
<CheckInInfo Class="7" Location="T2"><FirstPosition>A1</FirstPosition><LastPosition>A9
</LastPosition></CheckInInfo></Resource></AirportResources>
<OperationDuration OperationQualifier="TAX" TimeType="CAL" CodeContext="9750">PT12M
</OperationDuration>
<AircraftInfo><AircraftType CodeContext="3">32N</AircraftType>
<AircraftType CodeContext="5">A20N</AircraftType>
<CrewInfo Airline="MU" Qualifier="7">8</CrewInfo>
<DeadLoad DestinationType="Local"><Type>C</Type><Weight MeasurementUnit="Kilogram">900</Weight>
</DeadLoad>
<Baggage DestinationType="Transfer" ServiceClass="7"><BagCount Location="AKE1234MU">12</BagCount>
<Weight MeasurementUnit="Kilogram">210</Weight></Baggage>
<Fuel><Type>FuelOnboard</Type><Quantity MeasurementUnit="Kilogram">8200</Quantity></Fuel>
</AircraftInfo>
"""


def test_a_leg_with_all_that_newer_schemas_brought_is_read_strictly_and_written_again() -> None:
    document = notification(leg(FULL))
    (message,) = aidx.parse(document, mode="strict")
    data = message.flight_leg[0].leg_data
    assert isinstance(data, LegData)
    assert data.public_status == (
        Coded(value="BRD", flight_leg_scope="Departure"),
        Coded(value="SCH", flight_leg_scope="Arrival"),
    )
    assert data.technical_stop_ind == (Coded(value="true", departure_or_arrival="Arrival"),)
    assert isinstance(data.cabin_class, tuple)
    assert data.cabin_class[0].pax_count == (
        PaxCount(
            value=2,
            qualifier="WCHR",
            usage="Planned",
            destination_type="Local",
            origination_type="Transfer",
            dcs_usage="Boarded",
        ),
    )
    assert isinstance(data.associated_flight_leg_aircraft, tuple)
    linked = data.associated_flight_leg_aircraft[0]
    assert linked.flight_sequence == "downline"
    assert linked.repeat_number == RepeatNumber(
        value=2, current_ind="true", airborne_return_number=1
    )
    assert isinstance(data.airport_resources, tuple)
    (resource,) = data.airport_resources[0].resource or ()
    assert resource.baggage_claim_unit == (
        BaggageBelt(
            value="8",
            repeat_index=1,
            area_location="1",
            service_class="7",
            segregation_name="LOCAL",
            open_time=datetime(2026, 10, 3, 10, tzinfo=UTC),
        ),
    )
    assert isinstance(data.aircraft_info, AircraftInfo)
    assert data.aircraft_info.fuel == (
        Fuel(
            type=FuelType(value="FuelOnboard"),
            quantity=Weight(value="8200", measurement_unit="Kilogram"),
        ),
    )
    written = aidx.encode(message)
    (again,) = aidx.parse(written, mode="strict")
    assert without_notices(again) == without_notices(message)


def test_a_leg_of_general_aviation_is_named_by_its_call_sign() -> None:
    key = (
        "<GeneralAviationLegIdentifier>"
        '<GeneralAviationIdentifier Category="Registration">B-3901</GeneralAviationIdentifier>'
        "<DepartureAirport>SHA</DepartureAirport>"
        "<PlannedDepartureDateTime>2026-10-03T01:15:00Z</PlannedDepartureDateTime>"
        "</GeneralAviationLegIdentifier>"
    )
    (message,) = aidx.parse(
        notification(leg("<ServiceType>D</ServiceType>", key=key)), mode="strict"
    )
    only = message.flight_leg[0]
    assert only.leg_identifier is None
    identifier = only.general_aviation_leg_identifier
    assert identifier is not None
    assert identifier.general_aviation_identifier == GeneralAviationIdentifier(
        value="B-3901", category="Registration"
    )
    named = key_of(only)
    assert named is not None
    assert named.id == "GN-B3901-20261003-SHA-"
    assert (
        key_of(
            FlightLeg(
                general_aviation_leg_identifier=GeneralAviationLegIdentifier(
                    general_aviation_identifier=GeneralAviationIdentifier(value="X")
                )
            )
        )
        is None
    )
    with pytest.raises(Malformed) as caught:
        aidx.parse(notification(leg(key="")))
    assert (caught.value.code, caught.value.field) == ("aidx-missing-element", "LegIdentifier")


def test_a_linked_leg_that_lacks_its_date_does_not_cost_the_message() -> None:
    linked = (
        "<AssociatedFlightLegAircraft><Airline>MU</Airline><FlightNumber>5102</FlightNumber>"
        "</AssociatedFlightLegAircraft>"
    )
    document = notification(leg(f"<ServiceType>J</ServiceType>{linked}"))
    (message,) = aidx.parse(document)
    only = message.flight_leg[0]
    assert isinstance(only.leg_data, LegData)
    assert only.leg_data.service_type == "J"
    assert only.leg_data.associated_flight_leg_aircraft is ABSENT, "and clears none"
    assert {n.code for n in message.notices} == {"aidx-broken-element", "aidx-unknown-element"}
    assert [kept.text for kept in only.kept] == ["", "MU", "5102"]
    with pytest.raises(Malformed, match="required element"):
        aidx.parse(document, mode="strict")


# Three states.


def test_missing_cleared_and_given_are_three_states() -> None:
    data = leg_data('<ServiceType xsi:nil="true"/><PublicStatus>Boarding</PublicStatus>')
    assert data.service_type is None
    assert data.public_status == (Coded(value="Boarding"),)
    assert data.est_flight_duration is ABSENT


def test_a_group_is_cleared_by_a_nil_sibling() -> None:
    data = leg_data('<OperationalStatus xsi:nil="true"/><OperationTime xsi:nil="1"/>')
    assert data.operational_status == ()
    assert data.operation_time == ()
    assert data.code_share_info is ABSENT


def test_one_time_is_cleared_by_its_key() -> None:
    data = leg_data(
        '<OperationTime OperationQualifier="TKO" TimeType="TAR" CodeContext="9750"'
        ' RepeatIndex="1" xsi:nil="true"/>'
    )
    assert data.operation_time == (
        OperationTime(
            operation_qualifier="TKO",
            time_type="TAR",
            code_context="9750",
            repeat_index=1,
            value=None,
        ),
    )


def test_an_empty_element_that_is_not_nil_changes_nothing_and_is_named() -> None:
    (message,) = aidx.parse(
        notification(leg("<ServiceType/><EstFlightDuration>PT1H</EstFlightDuration>"))
    )
    data = message.flight_leg[0].leg_data
    assert data == LegData(est_flight_duration="PT1H")
    assert [n.code for n in message.notices] == ["aidx-empty-element"]


@pytest.mark.parametrize(
    "inner",
    [
        "<AircraftInfo><AircraftType/><Registration/></AircraftInfo>",
        "<AircraftInfo><Fuel><Type/><Quantity/></Fuel></AircraftInfo>",
        "<AirportResources Usage=''><Resource><Runway> </Runway></Resource></AirportResources>",
        "<CabinClass><PaxCount/></CabinClass>",
        "<PublicFlightDisplay><AirlineType/></PublicFlightDisplay>",
    ],
)
def test_what_holds_only_empty_elements_is_missing_not_cleared(inner: str) -> None:
    (message,) = aidx.parse(notification(leg(f"{inner}<ServiceType>J</ServiceType>")))
    assert message.flight_leg[0].leg_data == LegData(service_type="J")
    assert {n.code for n in message.notices} == {"aidx-empty-element"}
    (nothing,) = aidx.parse(notification(leg(inner)))
    assert nothing.flight_leg[0].leg_data is ABSENT
    with pytest.raises(Malformed):
        aidx.parse(notification(leg(inner)), mode="strict")


def test_a_belt_with_a_name_or_a_time_is_given_one_with_neither_is_not() -> None:
    belts = (
        '<BaggageClaimUnit RepeatIndex="1"><OpenTime/></BaggageClaimUnit>'
        '<BaggageClaimUnit RepeatIndex="2"><OpenTime>2026-11-24T08:00:00Z</OpenTime></BaggageClaimUnit>'
    )
    data = leg_data(f"<AirportResources><Resource>{belts}</Resource></AirportResources>")
    assert data.airport_resources
    assert data.airport_resources[0].resource
    units = data.airport_resources[0].resource[0].baggage_claim_unit
    assert units
    assert [belt.repeat_index for belt in units] == [2]


def test_an_airline_in_an_attribute_is_read_and_named() -> None:
    plain = notification(leg(""))
    written = re.sub(rb"<Airline\b[^>]*>(\w+)</Airline>", rb'<Airline Code="\1"/>', plain)
    assert written != plain
    (message,) = aidx.parse(written)
    (expected,) = aidx.parse(plain)
    airline = message.flight_leg[0].leg_identifier
    assert airline
    assert airline.airline.value == "MU"
    assert "aidx-text-in-attribute" in [n.code for n in message.notices]
    assert aidx.encode(message) == aidx.encode(expected)
    with pytest.raises(Malformed) as caught:
        aidx.parse(written, mode="strict")
    assert caught.value.code == "aidx-text-in-attribute"


def test_the_end_of_the_day_is_the_midnight_that_follows() -> None:
    inner = '<OperationTime OperationQualifier="TDN" TimeType="ACT">2026-10-31T24:00:00.000Z</OperationTime>'
    data = leg_data(inner)
    assert isinstance(data.operation_time, tuple)
    assert data.operation_time[0].value == datetime(2026, 11, 1, tzinfo=UTC)
    with pytest.raises(Malformed) as caught:
        leg_data(inner.replace("24:00:00.000", "24:00:01"))
    assert caught.value.code == "aidx-not-a-time"


def test_an_origin_date_with_a_time_behind_it_is_the_date() -> None:
    key = KEY.replace("2026-10-03", "2026-10-03T23:05:00Z")
    text = notification(leg("<ServiceType>J</ServiceType>", key=key))
    (message,) = aidx.parse(text)
    identifier = message.flight_leg[0].leg_identifier
    assert identifier is not None
    assert identifier.origin_date == date(2026, 10, 3)
    assert [n.code for n in message.notices] == ["aidx-date-with-time"]
    with pytest.raises(Malformed) as caught:
        aidx.parse(text, mode="strict")
    assert caught.value.code == "aidx-date-with-time"


def test_the_owner_of_the_aircraft_is_named_in_either_form() -> None:
    inner = (
        '<OwnerAirline><Airline CodeContext="3">FM</Airline><FlightNumber>12</FlightNumber></OwnerAirline>'
        "<FlightCrewAirline>MU</FlightCrewAirline>"
    )
    (message,) = aidx.parse(notification(leg(inner)), mode="strict")
    data = leg_data(inner)
    owner = AirlineRole(airline=Coded(value="FM", code_context="3"), flight_number="12")
    assert (data.owner_airline, owner.code) == (owner, "FM")
    assert data.flight_crew_airline == AirlineRole(value="MU")
    assert AirlineRole(value="MU").code == "MU"
    assert aidx.parse(aidx.encode(message))[0].flight_leg == message.flight_leg


def test_markup_where_text_belongs_does_not_cost_the_message() -> None:
    data = notification(leg("<ServiceType><b>J</b></ServiceType>"))
    (message,) = aidx.parse(data)
    assert [notice.code for notice in message.notices] == [
        "aidx-broken-element",
        "aidx-unknown-element",
    ]
    assert message.flight_leg[0].leg_data is ABSENT
    assert [kept.text for kept in message.flight_leg[0].kept] == ["", "J"]
    with pytest.raises(Malformed) as fault:
        aidx.parse(data, mode="strict")
    assert fault.value.code == "aidx-unexpected-child"


def test_vendor_data_keep_their_blanks() -> None:
    extension = '<TPA_Extension><a xmlns=""> <b>x</b> and <b/>\n</a></TPA_Extension>'
    (message,) = aidx.parse(notification(leg(after=extension)))
    told = message.flight_leg[0].tpa_extension
    assert isinstance(told, str)
    assert '<a xmlns=""> <b>x</b> and <b></b>\n</a>' in told
    assert aidx.parse(aidx.encode(message))[0].flight_leg == message.flight_leg


def test_attributes_of_the_root_are_read_or_kept() -> None:
    told = 'TimeStamp="2026-10-03T08:00:00Z" RetransmissionIndicator="true" CorrelationID="C1" Mood="fine"'
    (message,) = aidx.parse(notification(leg("<ServiceType>J</ServiceType>"), attributes=told))
    assert (message.retransmission_indicator, message.correlation_id) == ("true", "C1")
    assert [(kept.path, kept.text) for kept in message.kept] == [
        ("/IATA_AIDX_FlightLegNotifRQ/@Mood", "fine")
    ]
    assert [notice.code for notice in message.notices] == ["aidx-unknown-attribute"]


def test_unknown_elements_are_kept_with_their_path() -> None:
    (message,) = aidx.parse(notification(leg("<Mood Level='3'>fine<Why>sun</Why></Mood>")))
    kept = [(k.path, k.text, k.attributes) for k in message.flight_leg[0].kept]
    stem = "/IATA_AIDX_FlightLegNotifRQ/FlightLeg/LegData/Mood"
    assert kept == [(stem, "fine", (("Level", "3"),)), (f"{stem}/Why", "sun", ())]
    assert [n.code for n in message.notices] == ["aidx-unknown-element"]


def test_soap_1_2_and_any_prefix_are_taken() -> None:
    inner = notification(leg()).decode().replace("<", "<q:").replace("<q:/", "</q:")
    inner = inner.replace(f'xmlns="{NS}"', f'xmlns:q="{NS}"')
    soap = (
        '<e:Envelope xmlns:e="http://www.w3.org/2003/05/soap-envelope"><e:Header/>'
        f"<e:Body>{inner}</e:Body></e:Envelope>"
    )
    (message,) = aidx.parse(soap.encode())
    assert (message.soap, len(message.flight_leg)) == ("1.2", 1)


def test_a_request_keeps_what_it_asks_for() -> None:
    data = (
        f'<IATA_AIDX_FlightLegRQ xmlns="{NS}" TimeStamp="2026-10-03T08:00:00Z">'
        '<Originator Code="SHA"/><Airport CodeContext="3">SHA</Airport>'
        "<Period><From>2026-10-03</From></Period></IATA_AIDX_FlightLegRQ>"
    ).encode()
    (message,) = aidx.parse(data, mode="strict")
    assert (message.root, message.flight_leg) == (aidx.REQUEST, ())
    assert message.originator == Party(code="SHA")
    assert [text.split(" ")[0] for text in message.criteria] == ["<Airport", "<Period"]
    (again,) = aidx.parse(aidx.encode(message))
    assert again == message
    assert aidx.encode(again) == aidx.encode(message)


@pytest.mark.parametrize("soap", ["", "1.1", "1.2"])
def test_an_answer_says_success_warnings_and_errors(soap: str) -> None:
    message = Message(
        root=aidx.ANSWER,
        soap=soap,
        time_stamp=datetime(2026, 10, 3, 8, tzinfo=UTC),
        success=True,
        warnings=(Problem(text="late", attributes=(("Type", "3"),)),),
        errors=(Problem(text="no leg", attributes=(("Code", "9321"),)), Problem()),
    )
    data = aidx.encode(message)
    assert aidx.parse(data) == [message]
    assert aidx.recognise(data) > 0.9


# Faults name their place.


@pytest.mark.parametrize(
    ("data", "code", "field", "position"),
    [
        (b"", "aidx-empty", "document", "byte 0"),
        (b" \n", "aidx-empty", "document", "byte 0"),
        (b"MVT\nMU5101/03", "aidx-not-xml", "document", "line 1 column 1"),
        (b"{}", "aidx-not-xml", "document", "line 1 column 1"),
        (b"<flights/>", "aidx-wrong-root", "flights", "line 1 /flights"),
        (
            b"<IATA_AIDX_FlightLegNotifRQ/>",
            "aidx-wrong-root",
            "IATA_AIDX_FlightLegNotifRQ",
            "line 1 /IATA_AIDX_FlightLegNotifRQ",
        ),
        (notification(""), "aidx-no-leg", "FlightLeg", "line 1 /IATA_AIDX_FlightLegNotifRQ"),
        (notification(leg())[:-40], "aidx-not-xml", "document", "line 1 column 384"),
        (
            notification(leg(key=KEY.replace("5101", "51O1"))),
            "aidx-wrong-form",
            "FlightNumber",
            "line 1 /IATA_AIDX_FlightLegNotifRQ/FlightLeg/LegIdentifier/FlightNumber",
        ),
        (
            notification(leg() + leg(key=KEY.replace("2026-10-03", "2026-13-03"))),
            "aidx-not-a-date",
            "OriginDate",
            "line 1 /IATA_AIDX_FlightLegNotifRQ/FlightLeg[2]/LegIdentifier/OriginDate",
        ),
        (
            notification(leg(key=KEY.replace("<Airline>MU</Airline>", ""))),
            "aidx-missing-element",
            "Airline",
            "line 1 /IATA_AIDX_FlightLegNotifRQ/FlightLeg/LegIdentifier",
        ),
        (
            notification(leg(key=KEY.replace("MU", "<script/>"))),
            "aidx-unexpected-child",
            "Airline",
            "line 1 /IATA_AIDX_FlightLegNotifRQ/FlightLeg/LegIdentifier/Airline",
        ),
        (
            notification(
                leg('<OperationTime OperationQualifier="ONB" TimeType="SCT">now</OperationTime>')
            ),
            "aidx-not-a-time",
            "OperationTime",
            "line 1 /IATA_AIDX_FlightLegNotifRQ/FlightLeg/LegData/OperationTime",
        ),
        (
            notification(leg('<OperationTime TimeType="SCT">2026-10-03T08:00:00Z</OperationTime>')),
            "aidx-missing-attribute",
            "OperationQualifier",
            "line 1 /IATA_AIDX_FlightLegNotifRQ/FlightLeg/LegData/OperationTime",
        ),
    ],
)
def test_faults_name_code_field_and_place(
    data: bytes, code: str, field: str, position: str
) -> None:
    with pytest.raises(Malformed) as caught:
        aidx.parse(data)
    fault = caught.value
    assert (fault.format, fault.code, fault.field, fault.position) == (
        "aidx",
        code,
        field,
        position,
    )


@pytest.mark.parametrize(
    "prolog",
    [
        '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE r SYSTEM "http://192.0.2.1/x.dtd">',
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
    ],
)
def test_a_doctype_is_refused_before_anything_is_parsed(prolog: str) -> None:
    data = b"\n" + prolog.encode() + notification(leg("&x;")) + b"<"
    with pytest.raises(Malformed) as caught:
        aidx.parse(data)
    assert caught.value.code == "aidx-doctype"
    assert caught.value.position == "line 2 column 1"
    assert "passwd" not in str(caught.value)


def test_more_bytes_than_the_cap_are_refused_unread() -> None:
    with pytest.raises(TooLarge):
        aidx.parse(b" " * 1_048_577)


def test_deep_nesting_is_refused() -> None:
    with pytest.raises(Malformed) as caught:
        aidx.parse(notification(leg(after="<TPA_Extension>" + "<y>" * 300 + "</y>" * 300)))
    assert caught.value.code == "aidx-too-deep"


def test_a_flood_of_unknown_elements_is_refused() -> None:
    with pytest.raises(Malformed) as caught:
        aidx.parse(notification(leg("<y/>" * 6_000)))
    assert caught.value.code == "aidx-too-much-unknown"


def test_text_full_of_equals_signs_is_no_flood_of_attributes() -> None:
    data = leg_data(f"<RemarkFreeText>{'=' * 3_000}</RemarkFreeText>")
    assert isinstance(data.remark_free_text, tuple)


def test_repeated_single_elements_do_not_slow_the_reader_down() -> None:
    data = notification(leg("<ServiceType>J</ServiceType>" * 30_000))
    (message,) = aidx.parse(data)
    assert {n.code for n in message.notices} == {"aidx-repeated-element"}
    assert len(message.notices) == 200


# Round trip.

TEXT = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc", "Zs", "Zl", "Zp", "Cn")),
    min_size=1,
    max_size=12,
).filter(lambda text: text == text.strip() and "\ufffe" not in text and "\uffff" not in text)
MOMENTS = st.datetimes(
    datetime(1990, 1, 1),  # noqa: DTZ001  # the zone is added by the strategy
    datetime(2199, 12, 30),  # noqa: DTZ001
    timezones=st.just(UTC),
)
INDEXES = st.none() | st.integers(1, 99)
CODED = st.builds(
    Coded, value=TEXT, code_context=TEXT | st.just(""), qualifier=TEXT, repeat_index=INDEXES
)
STATUS = st.builds(
    Coded,
    value=TEXT,
    qualifier=st.just("") | TEXT,
    repeat_index=INDEXES,
    flight_leg_scope=st.sampled_from(["", "Arrival", "FlightLeg"]),
)
SIDED = st.builds(Coded, value=TEXT, departure_or_arrival=st.sampled_from(["", "Arrival"]))
COUNTS = st.integers(0, 999_999_999)
WEIGHTS = st.builds(
    Weight,
    value=st.from_regex(r"[0-9]{1,9}(\.[0-9]{1,6})?", fullmatch=True),
    measurement_unit=st.just("") | TEXT,
)
REPEATS = st.none() | st.builds(
    RepeatNumber,
    value=st.integers(0, 9),
    current_ind=st.sampled_from(["", "true"]),
    airborne_return_number=INDEXES,
)
AIRPORTS = st.builds(Coded, value=st.from_regex(r"[A-Z]{3}", fullmatch=True))
NUMBERS = st.from_regex(r"[0-9]{1,4}", fullmatch=True)


def absent_or(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.just(ABSENT) | st.none() | strategy


def group(strategy: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    return st.just(ABSENT) | st.lists(strategy, max_size=3).map(tuple)


RESOURCES = st.builds(
    Resource,
    departure_or_arrival=st.sampled_from(["Departure", "Arrival"]),
    aircraft_parking_position=absent_or(CODED),
    passenger_gate=group(CODED),
    remote_operational_stand=group(CODED),
    pre_cleared_gate_ind=absent_or(TEXT),
    runway=absent_or(CODED),
    baggage_claim_unit=group(
        st.builds(
            BaggageBelt,
            value=TEXT,
            repeat_index=INDEXES,
            service_class=st.just("") | TEXT,
            segregation_name=absent_or(TEXT),
            open_time=absent_or(MOMENTS),
        )
    ),
    check_in_info=group(
        st.builds(CheckInInfo, first_position=TEXT, close_time=absent_or(MOMENTS), cabin=TEXT)
    ),
)
TIMES = st.builds(
    OperationTime,
    operation_qualifier=st.sampled_from(["ONB", "TDN", "OFB", "TKO"]),
    time_type=st.sampled_from(["SCT", "EST", "ACT"]),
    code_context=st.sampled_from(["9750", "2005"]),
    repeat_index=INDEXES,
    value=st.none() | MOMENTS,
)
LEG_DATA = st.builds(
    LegData,
    international_status=st.sampled_from(["", "International", "Domestic"]),
    operational_status=group(STATUS),
    public_status=group(STATUS),
    technical_stop_ind=group(SIDED),
    cabin_crew_airline=absent_or(
        st.builds(AirlineRole, value=TEXT, airline=absent_or(CODED), flight_number=absent_or(TEXT))
    ),
    special_emphasis=group(CODED),
    cabin_class=group(
        st.builds(
            CabinClass,
            cabin=TEXT,
            pax_count=group(
                st.builds(
                    PaxCount,
                    value=COUNTS,
                    dcs_usage=st.sampled_from(["", "Boarded"]),
                    repeat_index=INDEXES,
                )
            ),
            inflight_service=group(CODED),
        )
    ),
    associated_flight_leg_aircraft=group(
        st.builds(
            LegIdentifier,
            airline=st.just(Coded(value="MU")),
            flight_number=NUMBERS,
            departure_airport=AIRPORTS,
            arrival_airport=AIRPORTS,
            origin_date=st.dates(date(1990, 1, 1), date(2199, 12, 31)),
            repeat_number=REPEATS,
            flight_sequence=st.sampled_from(["", "upline", "downline"]),
        )
    ),
    operation_duration=group(
        st.builds(OperationDuration, value=TEXT, operation_qualifier=TEXT, time_type=TEXT)
    ),
    service_type=absent_or(TEXT),
    code_share_info=group(
        st.builds(CodeShareInfo, airline=st.just(Coded(value="KQ")), flight_number=NUMBERS)
    ),
    remark_free_text=group(STATUS),
    airport_resources=group(
        st.builds(
            AirportResources,
            usage=st.sampled_from(["", "Planned", "Actual"]),
            resource=group(RESOURCES | st.just(Resource())),
        )
    ),
    operation_time=group(TIMES),
    aircraft_info=absent_or(
        st.builds(
            AircraftInfo,
            aircraft_type=group(CODED),
            registration=absent_or(TEXT),
            crew_info=group(st.builds(CrewInfo, value=COUNTS, qualifier=TEXT)),
            dead_load=group(
                st.builds(
                    DeadLoad,
                    type=absent_or(TEXT),
                    weight=absent_or(WEIGHTS),
                    destination_type=st.just("") | TEXT,
                )
            ),
            baggage=group(
                st.builds(
                    Baggage,
                    bag_count=group(st.builds(BagCount, value=COUNTS, location=TEXT)),
                    weight=absent_or(WEIGHTS),
                    service_class=TEXT,
                )
            ),
            fuel=group(
                st.builds(
                    Fuel,
                    type=absent_or(st.builds(FuelType, value=st.just("") | TEXT)),
                    quantity=absent_or(WEIGHTS),
                )
            ),
        )
    ),
)
LEGS = st.builds(
    FlightLeg,
    leg_identifier=st.builds(
        LegIdentifier,
        airline=st.builds(Coded, value=st.from_regex(r"[A-Z0-9]{2,3}", fullmatch=True)),
        flight_number=NUMBERS,
        operational_suffix=st.sampled_from(["", "A", "P"]),
        departure_airport=AIRPORTS,
        arrival_airport=AIRPORTS,
        origin_date=st.dates(date(1990, 1, 1), date(2199, 12, 31)),
        repeat_number=REPEATS,
    ),
    special_action=absent_or(st.sampled_from(["Delete", "LockDown", "DoNotDisplay"])),
    leg_data=absent_or(LEG_DATA | st.just(LegData())),
)
MESSAGES = st.builds(
    Message,
    version=st.sampled_from(["", "22.1"]),
    retransmission_indicator=st.sampled_from(["", "true"]),
    time_stamp=MOMENTS,
    transaction_identifier=st.just("") | TEXT,
    sequence_nmbr=st.none() | st.integers(0, 999_999_999),
    originator=st.none() | st.builds(Party, company_short_name=TEXT, code=TEXT),
    flight_leg=st.lists(LEGS, min_size=1, max_size=3).map(tuple),
)


def without_notices(message: Message) -> dict[str, object]:
    return {
        name: getattr(message, name)
        for name in Message.__dataclass_fields__
        if name not in ("notices", "original")
    }


def what_is_said(value: Any) -> Any:
    """The value without those in it that say nothing, ``ABSENT`` when it says nothing itself."""
    if isinstance(value, tuple):
        items = tuple(said for item in value if (said := what_is_said(item)) is not ABSENT)
        return items if items or not value else ABSENT
    if not is_dataclass(value) or isinstance(value, type):
        return value
    said = {f.name: what_is_said(getattr(value, f.name)) for f in fields(value)}
    if not any(content not in ("", None, ABSENT) for content in said.values()):
        cleared = (f for f in fields(value) if said[f.name] is None and f.default is ABSENT)
        if not any(cleared):
            return ABSENT
    return replace(value, **said)


@settings(max_examples=120, deadline=None)
@given(MESSAGES)
def test_what_is_written_is_read_back(message: Message) -> None:
    said = what_is_said(message)
    data = aidx.encode(said)
    (found,) = aidx.parse(data)
    assert without_notices(found) == without_notices(said)
    assert aidx.encode(message) == data, "what says nothing is not written"
    assert aidx.encode(found) == data, "what we write is canonical"


@settings(max_examples=60, deadline=None)
@given(MESSAGES, st.randoms(use_true_random=False))
def test_what_is_read_of_emptied_elements_is_written_and_read_back(
    message: Message, chooser: random.Random
) -> None:
    root = etree.fromstring(aidx.encode(message))
    for element in [e for e in root.iter() if chooser.random() < 0.2]:
        attributes = chooser.choice([{}, dict(element.attrib), dict.fromkeys(element.attrib, "")])
        if element is not root:
            element.clear()
            element.attrib.update(attributes)
    try:
        (found,) = aidx.parse(etree.tostring(root))
    except Malformed:
        return
    (again,) = aidx.parse(aidx.encode(found))
    assert without_notices(again) == without_notices(found)


@pytest.mark.parametrize(
    "name", ["drt-lgw-notifrq.xml", "drt-lcy-soap-1.xml", "drt-lcy-soap-2.xml"]
)
def test_real_messages_survive_a_round_trip(reference_data: Path, name: str) -> None:
    (message,) = aidx.parse(sample(reference_data, name))
    (again,) = aidx.parse(aidx.encode(message))
    assert without_notices(again) == without_notices(message)
    assert aidx.encode(again) == aidx.encode(message)
    assert message.original == sample(reference_data, name)


def test_a_message_with_unknown_elements_cannot_be_written() -> None:
    (message,) = aidx.parse(notification(leg("<Mood>fine</Mood>")))
    with pytest.raises(ValueError, match="unknown"):
        aidx.encode(message)


# Broken bytes.

PIECES = (b"<", b">", b"&x;", b"\xff", b"</", b"]]>", b"<![CDATA[", b"<!--", b'xmlns:z="y"', b"\0")


@pytest.mark.parametrize(
    "name", ["drt-lgw-notifrq.xml", "drt-lcy-soap-1.xml", "drt-lcy-soap-2.xml"]
)
def test_mutated_messages_are_read_or_refused_with_a_place(reference_data: Path, name: str) -> None:
    original = sample(reference_data, name)
    chooser = random.Random(f"mutations of {name}")
    faults: list[Malformed] = []
    for _ in range(1500):
        data = bytearray(original)
        for _ in range(chooser.randint(1, 3)):
            at = chooser.randrange(len(data))
            match chooser.randrange(5):
                case 0:
                    data[at] = chooser.randrange(256)
                case 1:
                    del data[at : at + chooser.randint(1, 60)]
                case 2:
                    data[at:at] = chooser.choice(PIECES)
                case 3:
                    data[at:at] = data[at : at + chooser.randint(1, 200)]
                case _:
                    del data[at:]
            data = data or bytearray(b"<")
        try:
            aidx.decode(bytes(data))
        except Malformed as fault:
            faults.append(fault)
    assert len(faults) > 500
    assert all(
        fault.position and fault.field and fault.code.startswith("aidx-") for fault in faults
    )


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200))
def test_any_bytes_are_refused_as_malformed(data: bytes) -> None:
    with pytest.raises(Malformed):
        aidx.parse(data)
