"""XFWB, XFZB, XFHL, XFFM and XFSU: one reader, five messages."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cargo_platform.formats import xffm, xfhl, xfsu, xfwb, xfzb
from cargo_platform.formats.xml_nodes import Leaf, Node, attributes, bounds
from cargo_platform.formats.xml_reading import MOST_NOTICES
from service_bus import Malformed, TooLarge
from tests.unit.cargo_platform.formats.mutations import assert_read_or_refused, mutants
from tests.unit.cargo_platform.formats.values import awbs

READERS: dict[str, ModuleType] = {m.FORMAT: m for m in (xfwb, xfzb, xfhl, xffm, xfsu)}

REAL = {
    "cargoxml/888-11111111_XFWB.xml": xfwb,
    "cargoxml/888-11111111_XFWB_ACAS_US.xml": xfwb,
    "cargoxml/888-11111111_XFWB_noModeCode.xml": xfwb,
    "cargoxml/xfwbExample.xml": xfwb,
    "cargoxml/SEL22222222_XFZB.xml": xfzb,
    "onerecord/shipment_tracking_goodpractice/xFSU-12-DEP.xml": xfsu,
}

STATUS = b"""<?xml version='1.0' encoding='UTF-8'?>
<rsm:StatusMessage xmlns:rsm="iata:statusmessage:1" xmlns:ram="iata:datamodel:3">
  <rsm:MessageHeaderDocument>
    <ram:ID>M-1</ram:ID>
    <ram:TypeCode>785</ram:TypeCode>
    <ram:IssueDateTime>2026-11-23T21:45:00Z</ram:IssueDateTime>
  </rsm:MessageHeaderDocument>
  <rsm:MasterConsignment>
    <ram:PieceQuantity>25</ram:PieceQuantity>
    <ram:TransportSplitDescription>T</ram:TransportSplitDescription>
    <ram:TransportContractDocument>
      <ram:ID>112-12345675</ram:ID>
      <ram:TypeCode>740</ram:TypeCode>
    </ram:TransportContractDocument>
    <ram:OriginLocation>
      <ram:ID>PVG</ram:ID>
    </ram:OriginLocation>
    <ram:ReportedStatus>
      <ram:ReasonCode>DEP</ram:ReasonCode>
      <ram:AssociatedStatusConsignment>
        <ram:GrossWeightMeasure unitCode="KGM">1000.5</ram:GrossWeightMeasure>
        <ram:PieceQuantity>20</ram:PieceQuantity>
        <ram:SpecifiedLogisticsTransportMovement>
          <ram:ID>CK261</ram:ID>
          <ram:SpecifiedLocation>
            <ram:ID>PVG</ram:ID>
            <ram:HandoverLocation>GATE 3</ram:HandoverLocation>
          </ram:SpecifiedLocation>
          <ram:SpecifiedEvent>
            <ram:OccurrenceDateTime>2026-11-23T21:42:00+08:00</ram:OccurrenceDateTime>
            <ram:DateTimeTypeCode>A</ram:DateTimeTypeCode>
          </ram:SpecifiedEvent>
        </ram:SpecifiedLogisticsTransportMovement>
      </ram:AssociatedStatusConsignment>
    </ram:ReportedStatus>
  </rsm:MasterConsignment>
</rsm:StatusMessage>
"""
HOUSES = b"""<?xml version='1.0' encoding='UTF-8'?>
<rsm:HouseManifest xmlns:rsm="iata:housemanifest:1" xmlns:ram="iata:datamodel:3">
  <rsm:MessageHeaderDocument>
    <ram:ID>M-2</ram:ID>
    <ram:TypeCode>785</ram:TypeCode>
    <ram:IssueDateTime>2026-11-23T21:45:00</ram:IssueDateTime>
  </rsm:MessageHeaderDocument>
  <rsm:BusinessHeaderDocument>
    <ram:ID>112-12345675</ram:ID>
  </rsm:BusinessHeaderDocument>
  <rsm:MasterConsignment>
    <ram:IncludedTareGrossWeightMeasure unitCode="KGM">1250.5</ram:IncludedTareGrossWeightMeasure>
    <ram:TotalPieceQuantity>25</ram:TotalPieceQuantity>
    <ram:TransportContractDocument>
      <ram:ID>112-12345675</ram:ID>
    </ram:TransportContractDocument>
    <ram:IncludedHouseConsignment>
      <ram:SequenceNumeric>1</ram:SequenceNumeric>
      <ram:GrossWeightMeasure unitCode="KGM">500.5</ram:GrossWeightMeasure>
      <ram:TotalPieceQuantity>10</ram:TotalPieceQuantity>
      <ram:SummaryDescription>AUTO PARTS</ram:SummaryDescription>
      <ram:TransportContractDocument>
        <ram:ID>SHA0001234</ram:ID>
      </ram:TransportContractDocument>
      <ram:HandlingSPHInstructions>
        <ram:DescriptionCode>SPX</ram:DescriptionCode>
      </ram:HandlingSPHInstructions>
    </ram:IncludedHouseConsignment>
  </rsm:MasterConsignment>
</rsm:HouseManifest>
"""
MANIFEST = b"""<?xml version='1.0' encoding='UTF-8'?>
<rsm:FlightManifest xmlns:rsm="iata:flightmanifest:1" xmlns:ram="iata:datamodel:3">
  <rsm:MessageHeaderDocument>
    <ram:ID>M-3</ram:ID>
    <ram:TypeCode>122</ram:TypeCode>
    <ram:IssueDateTime>2026-11-23T21:45:00</ram:IssueDateTime>
  </rsm:MessageHeaderDocument>
  <rsm:LogisticsTransportMovement>
    <ram:ID>CK261</ram:ID>
    <ram:DepartureEvent>
      <ram:DepartureOccurrenceDateTime>2026-11-23T21:30:00</ram:DepartureOccurrenceDateTime>
      <ram:OccurrenceDepartureLocation>
        <ram:ID>PVG</ram:ID>
      </ram:OccurrenceDepartureLocation>
    </ram:DepartureEvent>
  </rsm:LogisticsTransportMovement>
  <rsm:ArrivalEvent>
    <ram:OccurrenceArrivalLocation>
      <ram:ID>FRA</ram:ID>
    </ram:OccurrenceArrivalLocation>
    <ram:AssociatedTransportCargo>
      <ram:TypeCode>ULD</ram:TypeCode>
      <ram:UtilizedUnitLoadTransportEquipment>
        <ram:ID>12345</ram:ID>
        <ram:CharacteristicCode>PMC</ram:CharacteristicCode>
        <ram:OperatingParty>
          <ram:PrimaryID schemeAgencyID="1">CK</ram:PrimaryID>
        </ram:OperatingParty>
      </ram:UtilizedUnitLoadTransportEquipment>
      <ram:IncludedMasterConsignment>
        <ram:GrossWeightMeasure unitCode="KGM">1000.5</ram:GrossWeightMeasure>
        <ram:PieceQuantity>20</ram:PieceQuantity>
        <ram:TotalPieceQuantity>25</ram:TotalPieceQuantity>
        <ram:TransportContractDocument>
          <ram:ID>112-12345675</ram:ID>
        </ram:TransportContractDocument>
      </ram:IncludedMasterConsignment>
    </ram:AssociatedTransportCargo>
  </rsm:ArrivalEvent>
</rsm:FlightManifest>
"""
MANY_ATTRIBUTES = b" ".join(b'a%d=""' % number for number in range(1000))
OWN = {"xfsu": STATUS, "xfhl": HOUSES, "xffm": MANIFEST}


def read(name: str, data: bytes, **more: Any) -> Any:
    (message,) = READERS[name].parse(data, **more)
    return message


@pytest.mark.parametrize("name", sorted(OWN))
def test_a_canonical_message_is_read_strictly_and_written_back(name: str) -> None:
    message = read(name, OWN[name], mode="strict")
    assert message.notices == ()
    assert message.original == OWN[name]
    assert READERS[name].encode(message) == OWN[name]


@pytest.mark.parametrize("path", sorted(REAL))
def test_real_messages_are_read_whole(reference_data: Path, path: str) -> None:
    reader = REAL[path]
    data = (reference_data / "cargo" / path).read_bytes()
    (message,) = reader.parse(data)
    assert {n.code for n in message.notices} <= {"xfsu-root", "xfsu-missing"}
    (again,) = reader.parse(reader.encode(message))
    assert replace(again, notices=()) == replace(message, notices=())
    assert reader.encode(again) == reader.encode(message)
    if reader is not xfsu:
        assert reader.parse(data, mode="strict") == [message]


def test_the_fields_of_a_real_waybill(reference_data: Path) -> None:
    data = (reference_data / "cargo" / "cargoxml" / "888-11111111_XFWB.xml").read_bytes()
    message = read("xfwb", data)
    assert message.message_header_document.issue_date_time.isoformat() == (
        "2021-03-10T11:00:00+01:00"
    )
    assert message.business_header_document.id == "888-11111111"
    whole = message.master_consignment
    assert (whole.origin_location.id, whole.final_destination_location.id) == ("ORK", "PVG")
    assert whole.included_tare_gross_weight_measure.value == Decimal("1042.0")
    assert whole.included_tare_gross_weight_measure.unit_code == "KGM"
    assert whole.total_piece_quantity == 3
    assert whole.total_charge_prepaid_indicator is True
    assert whole.consignee_party.postal_structured_address.country_id == "CN"
    assert [m.arrival_event.occurrence_arrival_location.id
            for m in whole.specified_logistics_transport_movement] == ["DUB", "AUH"]  # fmt: skip
    assert [i.description_code for i in whole.handling_sph_instructions] == ["NSC"]
    assert len(whole.included_customs_note) == 9
    (item,) = whole.applicable_rating[0].included_master_consignment_item
    charge = item.applicable_freight_rate_service_charge
    assert (charge.applied_rate, charge.applied_amount.value) == (
        Decimal("4.44"),
        Decimal("4626.48"),
    )
    assert sum(p.item_quantity for p in item.transport_logistics_package) == 3
    (total,) = whole.applicable_total_rating[0].applicable_prepaid_collect_monetary_summation
    assert total.grand_total_amount.value == Decimal("4860.03")


def test_the_fields_of_a_status() -> None:
    (status,) = read("xfsu", STATUS).master_consignment.reported_status
    (about,) = status.associated_status_consignment
    (movement,) = about.specified_logistics_transport_movement
    assert (status.reason_code, about.piece_quantity, movement.id) == ("DEP", 20, "CK261")
    moment = movement.specified_event.occurrence_date_time
    assert moment.astimezone(UTC) == datetime(2026, 11, 23, 13, 42, tzinfo=UTC)
    assert movement.specified_location[0].handover_location == ("GATE 3",)


def test_unknown_elements_are_kept_in_their_place() -> None:
    data = STATUS.replace(
        b"<ram:OriginLocation>", b"<ram:New a='1'>\n<x:In xmlns:x='urn:x'>1</x:In></ram:New>"
        b"<ram:OriginLocation>",
    )  # fmt: skip
    message = read("xfsu", data)
    assert [(n.code, n.field) for n in message.notices] == [("xfsu-unknown-element", "New")]
    (kept,) = message.master_consignment.unread
    assert kept.after == "TransportContractDocument"
    written = xfsu.encode(message)
    assert written.index(b"112-12345675") < written.index(b"<ram:New") < written.index(b">PVG<")
    assert xfsu.encode(read("xfsu", written)) == written


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (b"<ram:ReasonCode>DEP", b"<ram:X/><ram:ReasonCode>DEP", "xfsu-unknown-element"),
        (b"</ram:ReasonCode>", b"</ram:ReasonCode><ram:ReasonCode/>", "xfsu-repeated"),
        (b">20<", b"><", "xfsu-empty-value"),
        (b"2026-11-23T21:45:00Z", b"2026-11-23", "xfsu-date-only"),
        (b"2026-11-23T21:45:00Z", b"2026-11-23T24:00:00Z", "xfsu-midnight"),
        (b"2026-11-23T21:45:00Z", b"2026-11-23 21:45:00", "xfsu-date-form"),
        (b"2026-11-23T21:45:00Z", b"2026-11-23T21:45:00.000+0000", "xfsu-date-form"),
        (b"iata:statusmessage:1", b"iata:statusmessage:2", "xfsu-namespace"),
        (b"<ram:ID>M-1</ram:ID>", b"", "xfsu-missing"),
        (b"rsm:StatusMessage", b"rsm:statusMessageType", "xfsu-root"),
    ],
)
def test_what_is_odd_is_noted_and_in_strict_mode_refused(old: bytes, new: bytes, code: str) -> None:
    data = STATUS.replace(old, new)
    message = read("xfsu", data)
    assert [n.code for n in message.notices] == [code]
    assert message.notices[0].position.startswith("line ")
    with pytest.raises(Malformed) as caught:
        read("xfsu", data, mode="strict")
    assert caught.value.code == code


def test_a_message_in_an_envelope_is_found() -> None:
    inner = STATUS.partition(b"?>\n")[2]
    message = read("xfsu", b"<Envelope><Body>" + inner + b"</Body></Envelope>")
    assert [n.code for n in message.notices] == ["xfsu-envelope"]
    assert replace(message, notices=()) == read("xfsu", STATUS)


@pytest.mark.parametrize(
    ("data", "field", "code"),
    [
        (b"", "document", "xfsu-empty"),
        (b"not xml", "document", "xfsu-not-xml"),
        (STATUS[:-20], "document", "xfsu-not-xml"),
        (HOUSES, "HouseManifest", "xfsu-no-message"),
        (STATUS.replace(b">20<", b">two<"), "PieceQuantity", "xfsu-bad-number"),
        (STATUS.replace(b">1000.5<", b">1e9<"), "GrossWeightMeasure", "xfsu-bad-number"),
        (STATUS.replace(b"T21:42", b"T25:42"), "OccurrenceDateTime", "xfsu-bad-date"),
        (STATUS.replace(b">20<", b"><b/><"), "PieceQuantity", "xfsu-bad-value"),
        (STATUS.replace(b"12345675", b"12345674"), "ID", "xfsu-awb-check-digit"),
        (STATUS.replace(b"<rsm:S", b"<!DOCTYPE x [<!ENTITY a 'b'>]><rsm:S", 1), "DOCTYPE",
         "xfsu-doctype"),
        (STATUS.replace(b"UTF-8", b"UTF-7"), "encoding", "xfsu-encoding"),
        (STATUS.replace(b"<ram:OriginLocation>", b"<a " + MANY_ATTRIBUTES + b"/>"), "attributes",
         "xfsu-too-many-attributes"),
        (STATUS.decode().encode("utf-16"), "encoding", "xfsu-encoding"),
    ],
)  # fmt: skip
def test_a_refusal_names_field_and_place(data: bytes, field: str, code: str) -> None:
    with pytest.raises(Malformed) as caught:
        read("xfsu", data)
    assert (caught.value.field, caught.value.code) == (field, code)
    assert caught.value.position


def test_a_refusal_gives_line_and_path() -> None:
    with pytest.raises(Malformed) as caught:
        read("xfsu", STATUS.replace(b">20<", b">two<"))
    assert caught.value.position == (
        "line 22 /StatusMessage/MasterConsignment/ReportedStatus/AssociatedStatusConsignment/"
        "PieceQuantity"
    )


def test_too_much_is_refused() -> None:
    with pytest.raises(TooLarge):
        read("xfsu", STATUS, max_bytes=100)
    uri = b"urn:" + b"x" * 5000
    many = STATUS.replace(b"xmlns:ram", b"xmlns:n='" + uri + b"' xmlns:ram", 1)
    many = many.replace(b"<ram:OriginLocation>", b"<n:a/>" * 3000 + b"<ram:OriginLocation>")
    with pytest.raises(Malformed) as caught:
        read("xfsu", many)
    assert caught.value.code == "xfsu-unread"


def test_each_message_is_recognised_as_itself_alone(reference_data: Path) -> None:
    samples = dict(OWN)
    samples["xfwb"] = (reference_data / "cargo/cargoxml/xfwbExample.xml").read_bytes()
    samples["xfzb"] = (reference_data / "cargo/cargoxml/SEL22222222_XFZB.xml").read_bytes()
    for name, data in samples.items():
        for other, reader in READERS.items():
            assert (reader.recognise(data) > 0.9) == (name == other)


texts = st.text("ABC abc0123雾<&>'\"", max_size=12).map(str.strip)
zones = st.sampled_from([None, UTC])
scalars: dict[type, st.SearchStrategy[Any]] = {
    str: texts,
    int: st.integers(0, 99_999),
    bool: st.booleans(),
    Decimal: st.integers(0, 10**9).map(lambda n: Decimal(n).scaleb(-3)),
    datetime: st.builds(
        lambda minutes, zone: datetime(2026, 1, 1, tzinfo=zone) + timedelta(minutes=minutes),
        st.integers(0, 500_000),
        zones,
    ),
}


@st.composite
def nodes(draw: st.DrawFn, kind: type[Node], chance: int = 3) -> Any:
    """A node with some of its elements."""
    values = {}
    for bound in bounds(kind).values():
        if draw(st.integers(0, chance)):
            continue
        many = draw(st.integers(1, 2)) if bound.many else 1
        found = [draw(value_of(bound.kind)) for _ in range(many)]
        values[bound.name] = tuple(found) if bound.many else found[0]
    return kind(**values)


def value_of(kind: type) -> st.SearchStrategy[Any]:
    if issubclass(kind, Node):
        return nodes(kind)
    if issubclass(kind, Leaf):
        inner, names = attributes(kind)
        told = {a.name: st.none() | st.sampled_from(["KGM", "1"]) for a in names}
        return st.builds(kind, value=scalars[inner], **told)
    return scalars[kind]


@pytest.mark.parametrize("name", sorted(READERS))
@settings(max_examples=25, deadline=None)
@given(data=st.data(), awb=awbs)
def test_what_is_written_is_read_back(name: str, data: st.DataObject, awb: str) -> None:
    reader = READERS[name]
    message = with_number(reader, data.draw(nodes(reader.Message, chance=1)), awb)
    written = reader.encode(message)
    (again,) = reader.parse(written)
    assert replace(again, notices=()) == message
    assert reader.encode(again) == written


def with_number(reader: ModuleType, message: Any, awb: str) -> Any:
    """The message with a right air waybill number wherever it has one."""

    def put(node: Any, path: list[str]) -> Any:
        value = getattr(node, path[0])
        if value is None:
            return node
        return replace(node, **{path[0]: awb if len(path) == 1 else put(value, path[1:])})

    for path in reader.FRAME.awb:
        message = put(message, path.split("."))
    return message


@pytest.mark.parametrize("name", sorted(OWN))
def test_mutated_messages_are_read_or_refused_with_a_place(name: str) -> None:
    pieces = (
        b"<a>",
        b"</a>",
        b"<!DOCTYPE a>",
        b"&#0;",
        b"&amp;",
        b"xmlns='x'",
        b"<![CDATA[",
        b"<n:",
    )
    refusals = assert_read_or_refused(READERS[name].parse, mutants([OWN[name]], pieces, 1500, name))
    assert 300 < refusals < 1500


def test_mutated_real_messages_are_read_or_refused_with_a_place(reference_data: Path) -> None:
    for path, reader in REAL.items():
        data = (reference_data / "cargo" / path).read_bytes()
        assert_read_or_refused(reader.parse, mutants([data], (b"<a/>", b"2", b"<"), 150, path))


def test_numbers_may_have_a_fraction_of_nothing_or_nothing_but_a_fraction() -> None:
    data = STATUS.replace(b">20<", b">20.0<").replace(b">1000.5<", b">.5<")
    message = read("xfsu", data, mode="strict")
    (about,) = message.master_consignment.reported_status[0].associated_status_consignment
    assert (about.piece_quantity, about.gross_weight_measure.value) == (20, Decimal("0.5"))


def test_a_time_without_a_colon_in_its_offset_is_read() -> None:
    data = STATUS.replace(b"2026-11-23T21:45:00Z", b"2026-11-23T21:45:00.000+0800")
    moment = read("xfsu", data).message_header_document.issue_date_time
    assert moment == datetime(2026, 11, 23, 13, 45, tzinfo=UTC)


def test_elements_in_another_order_are_written_in_it() -> None:
    weights = (
        b'    <ram:GrossWeightMeasure unitCode="KGM">9</ram:GrossWeightMeasure>\n'
        b'    <ram:TotalGrossWeightMeasure unitCode="KGM">10</ram:TotalGrossWeightMeasure>\n'
    )
    data = STATUS.replace(b"  <rsm:MasterConsignment>\n", b"  <rsm:MasterConsignment>\n" + weights)
    message = read("xfsu", data, mode="strict")
    assert message.master_consignment.total_gross_weight_measure.value == 10
    assert xfsu.encode(message) == data


def test_a_manifest_is_read_to_its_last_element() -> None:
    person = b"""    <ram:MasterResponsibleTransportPerson>
      <ram:Name>A B</ram:Name>
    </ram:MasterResponsibleTransportPerson>
    <ram:DepartureEvent>
"""
    onward = b"""<ram:OnCarriageTransportMovement>
          <ram:ID>CK9</ram:ID>
        </ram:OnCarriageTransportMovement>
"""
    data = (
        MANIFEST.replace(b"    <ram:DepartureEvent>\n", person)
        .replace(
            b"        <ram:OperatingParty>\n",
            b"""        <ram:LoadingRemark>C-L</ram:LoadingRemark>
        <ram:PositioningEvent>
          <ram:OccurrencePositioningLocation>
            <ram:ID>41L</ram:ID>
          </ram:OccurrencePositioningLocation>
        </ram:PositioningEvent>
        <ram:OperatingParty>
""",
        )
        .replace(
            b"        </ram:OperatingParty>\n", b"        </ram:OperatingParty>\n        " + onward
        )
        .replace(
            b"      </ram:IncludedMasterConsignment>\n",
            b"        <ram:HandlingSPHInstructions>\n"
            b"          <ram:DescriptionCode>EAP</ram:DescriptionCode>\n"
            b"        </ram:HandlingSPHInstructions>\n        "
            + onward
            + b"      </ram:IncludedMasterConsignment>\n",
        )
    )
    message = read("xffm", data, mode="strict")
    (cargo,) = message.arrival_event[0].associated_transport_cargo
    device = cargo.utilized_unit_load_transport_equipment
    assert device.positioning_event.occurrence_positioning_location.id == "41L"
    assert device.on_carriage_transport_movement.id == "CK9"
    assert cargo.included_master_consignment[0].layout == ()
    assert xffm.encode(message) == data


@pytest.mark.parametrize("fraction", [b".5", b".000", b".1234567", b".123456789"])
def test_a_second_may_have_any_fraction(fraction: bytes) -> None:
    data = STATUS.replace(b"2026-11-23T21:45:00Z", b"2026-11-23T21:45:00" + fraction + b"Z")
    message = read("xfsu", data, mode="strict")
    moment = message.message_header_document.issue_date_time
    assert moment.replace(microsecond=0) == datetime(2026, 11, 23, 21, 45, tzinfo=UTC)
    assert moment.microsecond == int((fraction[1:] + b"000000")[:6])


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        (b"2026-12-31T24:00:00Z", datetime(2027, 1, 1, tzinfo=UTC)),
        (b"2028-02-28T24:00:00.000+00:00", datetime(2028, 2, 29, tzinfo=UTC)),
        (b"2026-11-23T24:00:00+08:00", datetime(2026, 11, 23, 16, tzinfo=UTC)),
        (b"2026-11-23T24:00Z", datetime(2026, 11, 24, tzinfo=UTC)),
    ],
)
def test_a_day_may_end_at_24(written: bytes, meant: datetime) -> None:
    message = read("xfsu", STATUS.replace(b"2026-11-23T21:45:00Z", written))
    assert message.message_header_document.issue_date_time == meant
    (notice,) = message.notices
    assert (notice.code, notice.field) == ("xfsu-midnight", "IssueDateTime")
    again = read("xfsu", xfsu.encode(message), mode="strict")
    assert replace(again, notices=message.notices) == message


@pytest.mark.parametrize(
    "written",
    [b"2026-11-23T24:00:01Z", b"2026-11-23T24:01:00Z", b"2026-11-23T24:00:00.1Z",
     b"2026-02-29T24:00:00Z", b"9999-12-31T24:00:00Z", b"2026-11-23T25:00:00Z"],
)  # fmt: skip
def test_no_other_time_is_past_the_end_of_its_day(written: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        read("xfsu", STATUS.replace(b"2026-11-23T21:45:00Z", written))
    assert (caught.value.code, caught.value.field) == ("xfsu-bad-date", "IssueDateTime")


def test_older_statuses_say_the_airports_of_the_flight() -> None:
    event = (
        b"<ram:ArrivalEvent><ram:OccurrenceArrivalLocation><ram:ID>FRA</ram:ID>"
        b"</ram:OccurrenceArrivalLocation></ram:ArrivalEvent>"
        b"<ram:DepartureEvent><ram:OccurrenceDepartureLocation><ram:ID>PVG</ram:ID>"
        b"</ram:OccurrenceDepartureLocation></ram:DepartureEvent>"
    )
    data = STATUS.replace(b"<ram:SpecifiedLocation>", event + b"<ram:SpecifiedLocation>", 1)
    (status,) = read("xfsu", data, mode="strict").master_consignment.reported_status
    (about,) = status.associated_status_consignment
    (movement,) = about.specified_logistics_transport_movement
    assert movement.arrival_event.occurrence_arrival_location.id == "FRA"
    assert movement.departure_event.occurrence_departure_location.id == "PVG"


def test_many_unknown_elements_are_kept_a_flood_of_them_is_refused() -> None:
    before = b"<ram:OriginLocation>"
    few = STATUS.replace(before, b"<ram:Mood>fine</ram:Mood>" * 1_000 + before)
    found = read("xfsu", few)
    assert sum(1 for one in found.notices if one.code == "xfsu-unknown-element") == MOST_NOTICES
    flood = STATUS.replace(before, b"<ram:Mood>fine, as ever</ram:Mood>" * 12_000 + before)
    with pytest.raises(Malformed) as caught:
        read("xfsu", flood)
    assert (caught.value.field, caught.value.code) == ("Mood", "xfsu-unread")
    assert caught.value.position.startswith("line ")
