from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cargo_platform.formats import fwb
from cargo_platform.formats.cimp_parties import Contact, Party
from cargo_platform.formats.cimp_segments import CustomsLine, Dimensions
from cargo_platform.formats.fwb_message import (
    Accounting,
    Agent,
    ChargeDeclaration,
    ChargeTotals,
    FlightBooking,
    Issue,
    OtherCharge,
    OtherCharges,
    RateDetail,
    RateLine,
    Routing,
    Texts,
)
from cargo_platform.formats.fwb_text import ORDER
from service_bus import Malformed
from tests.unit.cargo_platform.formats.mutations import assert_read_or_refused, mutants
from tests.unit.cargo_platform.formats.values import (
    LETTERS,
    NEAR,
    airports,
    carriers,
    codes,
    consignments,
    countries,
    decimals,
    flights,
    free_text,
)

WAYBILL_17 = """\
FWB/17
112-12345675PVGFRA/T25K1250.5MC6.20
FLT/CK261/23/LH0902/24
RTG/LHRCK/FRALH
SHP/ACC123
NAM/EXAMPLE TRADING
ADR/1 AIRPORT ROAD
/SECOND FLOOR
LOC/SHANGHAI
/CN/201202/TE/862100000000
CNE
NAM/MUSTER GMBH
ADR/AM FLUGHAFEN 1
LOC/FRANKFURT/HE
/DE/60549/TE/49690000
AGT//1234567/0001
/SHANGHAI AGENT
/SHANGHAI
SSR/KEEP COOL
/PLEASE
ACC/GEN/FREIGHT PREPAID
CVD/CNY/PP/PP/NVD/NCV/XXX
RTD/1/P25/K1250.5/CQ/W1250.5/R28.50/T35639.25
/2/NG/ELECTRICALS
/3/NG/NOT RESTRICTED
/4/ND/K800.0/CMT80-40-20/20
/5/ND//CMT60-30-15/5
/6/NV/MC6.20
/7/NH/123456
OTH/P/MYC1250AWA50
/P/SCC100
PPD/WT35639.25
/OA50/OC1350/CT37039.25
CER/AGENT
ISU/22NOV26/PVG/AGENT
OSI/NONE
REF/PVGFMCK
COR/T1
SPH/EAP/SPX
OCI/CN/SHP/T/91310000X
///RA/KC
"""
WAYBILL_16 = """\
FWB/16
112-12345675PVGFRA/T25K1250.5
RTG/FRACK
SHP/ACC123
/EXAMPLE TRADING
/1 AIRPORT ROAD
/SHANGHAI
/CN/201202
CNE
/MUSTER GMBH
/AM FLUGHAFEN 1
/FRANKFURT/HE
/DE
CVD/CNY//PP/NVD/NCV/XXX
RTD/1/P20/K1000.5/CM/W1000.5/R100/T100
/NC/CONSOLIDATION AS PER
/2/NC/ATTACHED LIST
/3/P5/K250/CS/SN50/W250/T50
COL/WT150/CT150
ISU/22NOV26/PVG
REF/PVGFMCK
"""


def wire(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def read(text: str, **more: Any) -> fwb.Message:
    (message,) = fwb.parse(wire(text), reference=NEAR, **more)
    return message


def notices(text: str) -> list[str]:
    return [notice.code for notice in read(text).notices]


@pytest.mark.parametrize("text", [WAYBILL_17, WAYBILL_16])
def test_a_waybill_is_read_strictly_and_written_back(text: str) -> None:
    message = read(text, mode="strict")
    assert message.notices == ()
    assert fwb.encode(message) == wire(text) == message.original


def test_the_fields_of_a_waybill() -> None:
    message = read(WAYBILL_17)
    assert message.version == 17
    assert message.flights[1] == FlightBooking(flight="LH0902", day=24)
    assert message.routing[-1] == Routing(airport="FRA", carrier="LH")
    assert message.shipper == Party(
        account="ACC123",
        name=("EXAMPLE TRADING",),
        address=("1 AIRPORT ROAD", "SECOND FLOOR"),
        place="SHANGHAI",
        country="CN",
        post_code="201202",
        contacts=(Contact(kind="TE", number="862100000000"),),
    )
    assert message.consignee is not None
    assert message.consignee.state == "HE"
    assert message.agent == Agent(
        iata_code="1234567", cass="0001", name="SHANGHAI AGENT", place="SHANGHAI"
    )
    assert message.special_service == ("KEEP COOL", "PLEASE")
    assert message.other_charges[0].charges == (
        OtherCharge(code="MY", entitlement="C", amount=Decimal(1250)),
        OtherCharge(code="AW", entitlement="A", amount=Decimal(50)),
    )
    assert message.prepaid is not None
    assert message.prepaid.amount("CT") == Decimal("37039.25")
    assert message.issue == Issue(date=date(2026, 11, 22), place="PVG", signature="AGENT")
    assert message.special_handling == ("EAP", "SPX")
    assert message.customs[0] == CustomsLine(
        country="CN", information="SHP", customs="T", value="91310000X"
    )
    assert message.customs[1] == CustomsLine(customs="RA", value="KC")


def test_the_rate_lines_of_a_waybill() -> None:
    (rate,) = read(WAYBILL_17).rates
    assert (rate.pieces, rate.gross, rate.rate_class) == (25, Decimal("1250.5"), "Q")
    assert (rate.chargeable, rate.rate, rate.total) == (
        Decimal("1250.5"),
        Decimal("28.50"),
        Decimal("35639.25"),
    )
    sizes = [d.dimensions for d in rate.details if d.dimensions]
    assert sizes[0] == Dimensions(
        weight=Decimal("800.0"), weight_unit="K", unit="CMT", length=80, width=40, height=20,
        pieces=20,
    )  # fmt: skip
    first, second = read(WAYBILL_16).rates
    assert first.goods == "CONSOLIDATION AS PERATTACHED LIST", "a full chunk was cut mid-word"
    assert (second.number, second.rate_class, second.item) == (3, "S", "N50")
    assert rate.goods == "ELECTRICALS NOT RESTRICTED"


def test_the_older_form_has_the_same_values() -> None:
    message = read(WAYBILL_16)
    assert message.shipper == Party(
        form="plain",
        account="ACC123",
        name=("EXAMPLE TRADING",),
        address=("1 AIRPORT ROAD",),
        place="SHANGHAI",
        country="CN",
        post_code="201202",
    )
    assert message.charge_declaration is not None
    assert message.charge_declaration.charge_code == ""


def test_a_party_to_notify_may_have_its_name_behind_the_identifier() -> None:
    text = WAYBILL_16.replace(
        "CVD/", "NFY/MR ALSO\n/STREET 1\n/PLACE/STATE\n/KR/3321/PHO/556644\nCVD/"
    )
    message = read(text, mode="strict")
    assert message.notify == Party(
        form="named",
        name=("MR ALSO",),
        address=("STREET 1",),
        place="PLACE",
        state="STATE",
        country="KR",
        post_code="3321",
        contacts=(Contact(kind="PHO", number="556644"),),
    )
    assert fwb.encode(message) == wire(text)


def test_the_rate_block_of_the_vector_agrees(reference_data: Path) -> None:
    folder = reference_data / "cargo" / "cimp"
    data = (folder / "onerecord_FWB17_fragment.txt").read_bytes()
    (message,) = fwb.parse(data, reference=NEAR)
    assert message.unread[0].lines == ("...",)
    # The expected graph is not quite JSON, so its values are looked up as text.
    graph = (folder / "onerecord_FWB17_fragment.expected.json").read_text()
    (rate,) = message.rates
    for name, value in (("chargeableWeight", rate.chargeable), ("rateGrossWeight", rate.gross)):
        after = graph.partition(f'"cargo:{name}"')[2]
        found = re.search(r'"cargo:numericalValue": ([0-9.]+)', after)
        assert found is not None
        assert Decimal(found[1]) == value
    assert f"RateClassCode#{rate.rate_class}" in graph
    assert rate.goods in graph
    packages = re.findall(r'"cargo:packageWeight": \{[^}]*"cargo:numericalValue": ([0-9.]+)', graph)
    sizes = [d.dimensions for d in rate.details if d.dimensions]
    assert [size.weight for size in sizes] == [Decimal(weight) for weight in packages]
    assert message.special_handling == ("NSC",)
    again = b"\r\n".join(line for line in data.splitlines())
    assert fwb.encode(message) == again + b"\r\n"


def test_segments_are_written_in_the_order_they_came() -> None:
    text = WAYBILL_16.replace("REF/PVGFMCK\n", "").replace("RTG/", "REF/PVGFMCK\nRTG/")
    assert fwb.encode(read(text, mode="strict")) == wire(text)


def replaced(old: str, new: str) -> str:
    assert old in WAYBILL_17
    return WAYBILL_17.replace(old, new)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (replaced("FRALH", "MUCLH"), "fwb-routing-end"),
        (replaced("/T25K", "/P25K"), "fwb-quantity-code"),
        (replaced("30-15/5", "30-15/6"), "fwb-dimension-pieces"),
        (replaced("CT37039.25", "CT37039.26"), "fwb-charges-total"),
        (replaced("/P/SCC100\n", ""), "fwb-other-charges"),
        (replaced("CVD/CNY/PP/PP", "CVD/CNY/PP"), "fwb-charge-code"),
        (replaced("NVD/NCV/XXX", "NVD/NCV"), "fwb-insurance-missing"),
        (replaced("ISU/22NOV26/PVG/AGENT", "ISU/22NOV2026/PVG/AGENT"), "fwb-issue-form"),
        (replaced("ISU/22NOV26/PVG/AGENT", "ISU/22NOV26"), "fwb-issue-form"),
        (replaced("/CQ/W1250.5", "/W1250.5/CQ"), "fwb-rate-order"),
        (replaced("/6/NV/MC6.20", "/6/NX/MC6.20"), "fwb-rate-detail"),
        (replaced("CMT80-40-20/20", "CMT80X40"), "fwb-dimensions"),
        (replaced("COR/T1", "COR/T1\nCOR/T2"), "fwb-repeated"),
        (replaced("ISU/22NOV26/PVG/AGENT\n", ""), "fwb-missing"),
        (replaced("COR/T1", "XXX/T1"), "fwb-unknown-line"),
        (replaced("CK261/23", "CK261/23NOV"), "fwb-flight-month"),
        (replaced("CK261/23", "CK261/3"), "fwb-flight-day"),
        (replaced("CK261/23", "CK261/32"), "fwb-flight-day"),
        (replaced("RTG/LHRCK/FRALH", "RTG/LHRCK/FRALH/"), "fwb-slant-last"),
        (replaced("SPH/EAP/SPX", "SPH/EAP/SPX/"), "fwb-slant-last"),
        (replaced("ISU/22NOV26/PVG/AGENT", "ISU/22NOV26/PVG/A/S AGENT"), "fwb-text-slant"),
        (replaced("RTD/1/P25", "RTD/1/P12345"), "fwb-field-long"),
        (replaced("/DE/60549/TE/49690000", "/DE/60549-123456/TE/4969"), "fwb-country-line"),
        (replaced("/DE/60549/TE/49690000", "/DE/60549/49690000"), "fwb-country-line"),
        (replaced("CK261/23", "CKK261/23"), "fwb-carrier-long"),
        (replaced("1234567/0001", "1234567/0001/AB"), "fwb-participant"),
        (replaced("/DE/60549/TE/49690000", "/DE/60549\n/TE/49690000"), "fwb-party-contacts"),
        (replaced("1234567/0001", "12345670001"), "fwb-field-long"),
        (replaced("///RA/KC", "//DNR/UN1845"), "fwb-oci-fields"),
        (replaced("/DE/60549/TE/49690000", "/DEU"), "fwb-party-lines"),
        (replaced("NAM/MUSTER GMBH", "NAM/" + "M" * 36), "fwb-field-long"),
        (replaced("SSR/KEEP COOL", "SSR/" + "M" * 66), "fwb-field-long"),
        (WAYBILL_17.rstrip("\n"), "fwb-line-end"),
        (replaced("FWB/17", "FWB/18"), "fwb-version"),
    ],
)
def test_what_is_odd_is_noted_and_in_strict_mode_refused(text: str, code: str) -> None:
    assert code in notices(text)
    with pytest.raises(Malformed):
        read(text, mode="strict")


@pytest.mark.parametrize(
    ("text", "field", "position"),
    [
        ("FWB/17\n", "AWB", "line 2 column 1"),
        (replaced("12345675", "12345674"), "AWB", "line 2 column 12"),
        (replaced("CK261/23", "CK261/XX"), "flight", "line 3 column 5"),
        (replaced("RTG/LHRCK/FRALH", "RTG/LHRCK/FR"), "routing", "line 4 column 11"),
        (replaced("1234567/0001", "12345X7/0001"), "IATA code", "line 16 column 6"),
        (replaced("CVD/CNY", "CVD/CN"), "currency", "line 22 column 5"),
        (replaced("RTD/1/P25", "RTD/X/P25"), "rate line number", "line 23 column 5"),
        (replaced("R28.50", "R28,50"), "rate line", "line 23 column 30"),
        (replaced("RTD/1/P25/K1250.5/CQ/W1250.5/R28.50/T35639.25\n/2/", "RTD/2/"),
         "rate description", "line 23 column 4"),
        (replaced("MYC1250", "MYX1250"), "other charge", "line 30 column 7"),
        (replaced("OC1350", "OC13X0"), "charge total", "line 33 column 7"),
        (replaced("22NOV26", "31NOV26"), "date of issue", "line 35 column 5"),
        (replaced("SPH/EAP/SPX", "SPH/EAP/S"), "special handling code", "line 39 column 9"),
    ],
)  # fmt: skip
def test_a_refusal_names_field_and_place(text: str, field: str, position: str) -> None:
    with pytest.raises(Malformed) as caught:
        read(text)
    assert (caught.value.field, caught.value.position) == (field, position)


def test_waybills_are_recognised_by_their_body() -> None:
    assert fwb.recognise(wire(WAYBILL_17)) > 0.9
    assert fwb.recognise(b"FSU/12\r\n112-12345675PVGFRA/T25\r\n") == 0


def notified(party: Party) -> Party:
    """A party whose name, not account, stands behind the identifier unless it is labelled."""
    return party if party.form == "labelled" else replace(party, form="named", account="")


parties = st.builds(
    Party,
    form=st.sampled_from(["labelled", "plain"]),
    account=st.sampled_from(["", "ACC123"]),
    name=free_text(35).map(lambda t: (t,)),
    address=st.lists(free_text(35), min_size=1, max_size=2).map(tuple),
    place=free_text(17),
    state=st.sampled_from(["", "HE"]),
    country=countries,
    post_code=st.sampled_from(["", "60549"]),
    contacts=st.lists(
        st.builds(Contact, kind=st.sampled_from(["TE", "FX"]), number=st.just("4969")), max_size=2
    ).map(tuple),
)
details = st.builds(
    RateDetail,
    number=st.none() | st.integers(1, 99),
    kind=st.sampled_from(["NG", "NC"]),
    text=free_text(20).map("/{}".format),
)
rates = st.builds(
    RateLine,
    number=st.integers(1, 99),
    pieces=st.none() | st.integers(1, 9999),
    weight_unit=st.just("K"),
    gross=decimals(6),
    rate_class=st.sampled_from(["", "Q", "M"]),
    item=st.sampled_from(["", "4235", "N50"]),
    chargeable=st.none() | decimals(6),
    rate=st.none() | decimals(6, 2),
    total=st.none() | decimals(6, 2),
    details=st.lists(details, max_size=3).map(tuple),
)
charges = st.builds(
    OtherCharge, code=codes(2), entitlement=st.sampled_from("AC"), amount=decimals(5, 2)
)
totals = st.lists(
    st.lists(
        st.tuples(st.sampled_from(["WT", "VC", "TX", "OA", "OC", "CT"]), decimals(6, 2)),
        min_size=1,
        max_size=3,
    ).map(tuple),
    min_size=1,
    max_size=2,
).map(lambda lines: ChargeTotals(lines=tuple(lines)))
messages = st.builds(
    fwb.Message,
    version=st.sampled_from([16, 17]),
    consignment=consignments("T"),
    flights=st.lists(
        st.builds(FlightBooking, flight=flights, day=st.integers(1, 31)), max_size=2
    ).map(tuple),
    routing=st.lists(st.builds(Routing, airport=airports, carrier=carriers), max_size=3).map(tuple),
    shipper=st.none() | parties,
    consignee=st.none() | parties,
    notify=st.none() | parties.map(notified),
    agent=st.none()
    | st.builds(
        Agent,
        account=st.sampled_from(["", "A1"]),
        iata_code=st.just("1234567"),
        cass=st.sampled_from(["", "0001"]),
        participant=st.sampled_from(["", "AGT"]),
        name=free_text(35),
        place=free_text(17),
    ),
    special_service=st.lists(free_text(60), max_size=2).map(tuple),
    other_service=st.lists(free_text(60), max_size=2).map(tuple),
    accounting=st.lists(
        st.builds(Accounting, identifier=codes(3), text=free_text(34)), max_size=3
    ).map(tuple),
    charge_declaration=st.none()
    | st.builds(
        ChargeDeclaration,
        currency=codes(3),
        charge_code=st.sampled_from(["", "PP"]),
        prepaid_collect=st.sampled_from(["PP", "CC", "PC"]),
        carriage=st.sampled_from(["NVD", "120.5"]),
        customs=st.sampled_from(["NCV", "1000"]),
        insurance=st.just("XXX"),
    ),
    rates=st.lists(rates, max_size=2).map(tuple),
    other_charges=st.lists(
        st.builds(
            OtherCharges,
            indicator=st.sampled_from("PC"),
            charges=st.lists(charges, min_size=1, max_size=3).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    prepaid=st.none() | totals,
    collect=st.none() | totals,
    certification=st.sampled_from(["", "AGENT"]),
    issue=st.none()
    | st.builds(
        Issue,
        date=st.dates(date(1990, 1, 1), date(2060, 1, 1)),
        place=free_text(17),
        signature=st.sampled_from(["", "AGENT"]),
    ),
    customs_origin=st.sampled_from(["", "T1", "X"]),
    special_handling=st.lists(codes(3), max_size=9).map(tuple),
    customs=st.lists(
        st.builds(
            CustomsLine,
            country=st.sampled_from(["", "CN"]),
            information=st.sampled_from(["", "SHP"]),
            customs=st.sampled_from(["", "T", "RA"]),
            value=free_text(30),
        ),
        max_size=3,
    ).map(tuple),
    further=st.lists(
        st.builds(
            Texts,
            identifier=st.sampled_from(["REF", "SRI", "NOM"]),
            lines=st.just((("PVGFMCK", "A"), ("B",))),
        ),
        max_size=3,
        unique_by=lambda t: t.identifier,
    ).map(lambda found: tuple(sorted(found, key=lambda t: ORDER.index(t.identifier)))),
)


@settings(max_examples=120, deadline=None)
@given(messages)
def test_what_is_written_is_read_back(message: fwb.Message) -> None:
    data = fwb.encode(message)
    (again,) = fwb.parse(data, reference=NEAR)
    assert again == message
    assert fwb.encode(again) == data


@settings(max_examples=200, deadline=None)
@given(
    st.text(LETTERS + "/\r\n0123456789.-", max_size=200).map(str.encode) | st.binary(max_size=99)
)
def test_anything_behind_a_head_is_read_or_refused(data: bytes) -> None:
    head = b"FWB/17\r\n112-12345675PVGFRA/T25\r\n"
    assert_read_or_refused(lambda d: fwb.parse(d, reference=NEAR), [data, head + data])


def test_mutated_messages_are_read_or_refused_with_a_place() -> None:
    pieces = (b"/", b"\r\n", b"NAM/", b"RTD/", b"\r\n/", b"LOC/", b"/CN", b"T9999", b"/P1/")
    refusals = assert_read_or_refused(
        lambda d: fwb.parse(d, reference=NEAR),
        mutants([wire(WAYBILL_17), wire(WAYBILL_16)], pieces, 4000, "fwb"),
    )
    assert 200 < refusals < 4000


def plain(*lines: str) -> Party:
    text = "FWB/16\n112-12345675PVGFRA/T1K1\nSHP\n" + "".join(f"/{line}\n" for line in lines)
    shipper = read(text).shipper
    assert shipper is not None
    return shipper


@pytest.mark.parametrize(
    ("line", "post_code", "contacts"),
    [
        ("/DE/60549/TE/0049/69/1234/FX/5", "60549", [("TE", "0049/69/1234"), ("FX", "5")]),
        ("/DE/60549/TE", "60549", [("TE", "")]),
        ("/DE/60549/49690000", "60549", [("", "49690000")]),
        ("/DE/TE/4969", None, [("TE", "4969")]),
        ("/DE/60549-12345/TE/4969", "60549-12345", [("TE", "4969")]),
    ],
)
def test_fields_of_a_country_line_find_their_place(
    line: str, post_code: str | None, contacts: list[tuple[str, str]]
) -> None:
    message = read(replaced("/DE/60549/TE/49690000", line))
    party = message.consignee
    assert party is not None
    assert (party.country, party.post_code) == ("DE", post_code)
    assert [(one.kind, one.number) for one in party.contacts] == contacts
    assert read(fwb.encode(message).decode().replace("\r\n", "\n")) == message


def test_texts_behind_the_last_slant_are_kept_whole() -> None:
    message = read(replaced("ISU/22NOV26/PVG/AGENT", "ISU/22NOV26/PVG/A/S AGENT"))
    assert message.issue is not None
    assert (message.issue.place, message.issue.signature) == ("PVG", "A/S AGENT")
    (notice,) = message.notices
    assert (notice.position, notice.field) == ("line 35 column 18", "signature")


def test_accounting_information_may_lack_its_identifier() -> None:
    message = read(WAYBILL_17.replace("ACC/GEN/", "ACC/", 1))
    assert [n.code for n in message.notices] == ["fwb-accounting-code"]
    assert message.accounting[0].identifier == ""
    assert read(fwb.encode(message).decode().replace("\r\n", "\n"), mode="strict") == message


@pytest.mark.parametrize(
    ("written", "meant"), [("R.5", "0.5"), ("R28.", "28"), ("R0.123456", "0.123456")]
)
def test_numbers_may_leave_a_side_of_the_point_empty(written: str, meant: str) -> None:
    message = read(replaced("R28.50", written), mode="strict")
    assert message.rates[0].rate == Decimal(meant)


def test_numbers_behind_the_country_line_are_numbers() -> None:
    party = plain("MUSTER GMBH", "CARGO CITY 5", "FRANKFURT", "DE/60549", "TE/49690000/FX/49690001")
    assert (party.place, party.country, party.post_code) == ("FRANKFURT", "DE", "60549")
    assert [(c.kind, c.number) for c in party.contacts] == [("TE", "49690000"), ("FX", "49690001")]
    assert party.address == ("CARGO CITY 5",)


def test_without_a_country_line_a_long_last_line_is_a_street() -> None:
    party = plain("MUSTER GMBH", "CARGO CITY 5", "GATE 31 NEXT TO THE OLD TOWER")
    assert (party.place, party.country) == ("", "")
    assert party.address == ("CARGO CITY 5", "GATE 31 NEXT TO THE OLD TOWER")
    assert plain("MUSTER GMBH", "CARGO CITY 5", "FRANKFURT").place == "FRANKFURT"
    assert plain("MUSTER GMBH", "CARGO CITY 5", "TE/49690000").country == ""


def test_a_second_place_of_an_address_is_told() -> None:
    text = replaced("LOC/FRANKFURT", "LOC/FRANKFURT\nLOC/MAINZ")
    message = read(text)
    assert message.consignee is not None
    assert message.consignee.place == "FRANKFURT"
    assert "fwb-party-lines" in notices(text)


def test_identifiers_with_a_line_of_their_own_begin_their_segments() -> None:
    text = WAYBILL_17.replace("\n", "\r\n")
    apart = re.sub(r"(?m)^(SSR|ACC|RTD|OTH|PPD|OCI)/", "\\1\r\n/", text)
    assert apart != text
    (expected,) = fwb.parse(text.encode(), reference=NEAR)
    (found,) = fwb.parse(apart.encode(), reference=NEAR)
    assert found == expected
    assert fwb.encode(found).decode() == text
    assert {n.code for n in found.notices} - {n.code for n in expected.notices} == {
        "fwb-identifier-apart"
    }
    with pytest.raises(Malformed) as caught:
        fwb.parse(apart.encode(), mode="strict", reference=NEAR)
    assert caught.value.code == "fwb-identifier-apart"


@pytest.mark.parametrize(
    ("written", "year", "place"),
    [("22NOV2026/PVG", 2026, "PVG"), ("22NOV26", 2026, ""), ("22NOV20", 2020, "")],
)
def test_a_date_of_issue_is_read_without_its_place_and_with_its_century(
    written: str, year: int, place: str
) -> None:
    message = read(replaced("ISU/22NOV26/PVG/AGENT", f"ISU/{written}"))
    assert message.issue is not None
    assert (message.issue.date.year, message.issue.place) == (year, place)
    assert fwb.parse(fwb.encode(message), reference=NEAR) == [message]


def test_a_declaration_may_end_before_the_insurance() -> None:
    message = read(replaced("NVD/NCV/XXX", "NVD/NCV"))
    said = message.charge_declaration
    assert said is not None
    assert (said.carriage, said.customs, said.insurance) == ("NVD", "NCV", "")
    assert fwb.parse(fwb.encode(message), reference=NEAR) == [message]
