from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cargo_platform.formats import fhl
from cargo_platform.formats.cimp_parties import Contact, Party
from cargo_platform.formats.cimp_segments import CustomsLine
from cargo_platform.formats.fwb_message import ChargeDeclaration
from service_bus import Malformed
from tests.unit.cargo_platform.formats.mutations import assert_read_or_refused, mutants
from tests.unit.cargo_platform.formats.values import (
    DIGITS,
    LETTERS,
    NEAR,
    airports,
    codes,
    consignments,
    countries,
    decimals,
    free_text,
)

LABELLED = """\
FHL/4
MBI/112-12345675PVGFRA/T25K1250.5
HBS/SHA0001234/PVGFRA/10/K500.5/10/AUTO PARTS
/SPX/EAP
TXT/AUTO PARTS NOT RESTRICTED
/SECOND LINE
HTS/870899
/870810
OCI/CN/SHP/T/91310000EXAMPLE01
SHP
NAM/EXAMPLE TRADING
ADR/1 AIRPORT ROAD
LOC/SHANGHAI
/CN/201202/TE/862100000000
CVD/CNY/PP/NVD/NCV/XXX
HBS/SHA0001235/PVGFRA/15/K750//GARMENTS
"""
NAMED = """\
FHL/5
MBI/112-12345675PVGFRA/T25K1250.5
HBS/SHA0001234/PVGFRA/10/L1000/10/AUTO PARTS
SHP/EXAMPLE TRADING
/1 AIRPORT ROAD
/SHANGHAI
/CN/201202/TE/862100000000
CNE/MUSTER GMBH
/AM FLUGHAFEN 1
/FRANKFURT/HE
/DE
CVD/CNY/PP/NVD/NCV/XXX
"""


def wire(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def read(text: str, **more: Any) -> fhl.Message:
    (message,) = fhl.parse(wire(text), reference=NEAR, **more)
    return message


@pytest.mark.parametrize("text", [LABELLED, NAMED])
def test_a_list_is_read_strictly_and_written_back(text: str) -> None:
    message = read(text, mode="strict")
    assert message.notices == ()
    assert fhl.encode(message) == wire(text) == message.original


def test_the_fields_of_a_house() -> None:
    first, second = read(LABELLED).houses
    assert (first.number, first.pieces, first.weight, first.slac) == (
        "SHA0001234",
        10,
        Decimal("500.5"),
        10,
    )
    assert first.handling == ("SPX", "EAP")
    assert first.description == "AUTO PARTS NOT RESTRICTED SECOND LINE"
    assert first.harmonised == ("870899", "870810")
    assert first.customs == (
        CustomsLine(country="CN", information="SHP", customs="T", value="91310000EXAMPLE01"),
    )
    assert first.shipper is not None
    assert first.shipper.name == ("EXAMPLE TRADING",)
    assert (second.slac, second.description) == (None, "GARMENTS")
    assert read(LABELLED).difference == (0, Decimal(0))


def test_a_name_may_stand_behind_the_identifier() -> None:
    (house,) = read(NAMED).houses
    assert house.shipper == Party(
        form="named",
        name=("EXAMPLE TRADING",),
        address=("1 AIRPORT ROAD",),
        place="SHANGHAI",
        country="CN",
        post_code="201202",
        contacts=(Contact(kind="TE", number="862100000000"),),
    )
    assert house.weight_kg.quantize(Decimal("0.1")) == Decimal("453.6")


def test_the_vector_agrees(reference_data: Path) -> None:
    folder = reference_data / "cargo" / "cimp"
    data = (folder / "fhl4.txt").read_bytes()
    expected = json.loads((folder / "fhl4.expected.json").read_text())
    (message,) = fhl.parse(data, reference=NEAR, mode="strict")
    awb, amount = message.master.awb, message.master.quantity
    assert amount is not None
    assert f"{awb[:3]}-{awb[3:]}" == expected["master"]
    assert (amount.pieces, float(amount.weight or 0)) == (expected["pieces"], expected["weight"])
    assert [
        {
            "hawb": house.number,
            "pieces": house.pieces,
            "weight": float(house.weight),
            "hts": list(house.harmonised),
        }
        for house in message.houses
    ] == expected["houses"]
    assert message.difference == (0, Decimal(0))
    assert fhl.encode(message) == data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def replaced(old: str, new: str) -> str:
    assert old in LABELLED
    return LABELLED.replace(old, new)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (replaced("FRA/T25", "FRA/T24"), "fhl-sum-pieces"),
        (replaced("T25K1250.5", "T25K1000"), "fhl-sum-weight"),
        ("FHL/4\nMBI/112-12345675PVGFRA/T25K1250.5\n", "fhl-no-house"),
        (replaced("HBS/SHA0001234", "HBS/SHA00012345678"), "fhl-house-number"),
        (replaced("CNY/PP", "CNY//PP"), "fhl-charge-code"),
        (replaced("HBS/SHA0001234", "TXT/X\nHBS/SHA0001234"), "fhl-before-house"),
        (replaced("CVD/CNY/PP/NVD/NCV/XXX\n", "CVD/CNY/PP/NVD/NCV/XXX\n" * 2), "fhl-repeated"),
        (replaced("HTS/870899", "XXX/870899"), "fhl-unknown-line"),
        (replaced("/SPX/EAP", "/ST CHAI WAN 999077"), "fhl-goods-more"),
        (replaced("10/AUTO PARTS", "10/AUTO/PARTS"), "fhl-text-slant"),
        (replaced("10/AUTO PARTS", "AUTO PARTS"), "fhl-slac-missing"),
        (replaced("/K500.5/10", "/K500.5/123456"), "fhl-field-long"),
        (replaced("HTS/870899", "HTS/870899/870900"), "fhl-text-slant"),
        (replaced("10/AUTO PARTS", "10/AUTO PARTS AND MORE"), "fhl-field-long"),
    ],
)
def test_what_is_odd_is_noted_and_in_strict_mode_refused(text: str, code: str) -> None:
    assert [n.code for n in read(text).notices] == [code]
    with pytest.raises(Malformed) as caught:
        read(text, mode="strict")
    assert caught.value.code == code


def test_odd_fields_of_a_house_find_their_place() -> None:
    assert read(replaced("HTS/870899", "HTS/870899/870900")).houses[0].harmonised[:2] == (
        "870899",
        "870900",
    )
    house = read(replaced("10/AUTO PARTS", "AUTO PARTS")).houses[0]
    assert (house.slac, house.goods) == (None, "AUTO PARTS")
    house = read(replaced("10/AUTO PARTS", "10/AUTO/PARTS")).houses[0]
    assert (house.slac, house.goods) == (10, "AUTO/PARTS")


def test_unread_lines_are_written_back_where_they_were() -> None:
    goods = replaced("/SPX/EAP", "/SPX/EAP\n/MORE OF THEM")
    assert fhl.encode(read(goods)) == wire(goods)
    text = replaced("CVD/CNY/PP/NVD/NCV/XXX\n", "CVD/CNY/PP/NVD/NCV/XXX\nXXX/A\n/B\nYYY/C\n")
    assert fhl.encode(read(text)) == wire(text)


@pytest.mark.parametrize(
    ("text", "field", "position"),
    [
        ("FHL/4\n", "MBI", "line 2 column 1"),
        ("FHL/4\nHBS/X\n", "MBI", "line 2 column 1"),
        (replaced("MBI/112-12345675", "MBI/112-12345676"), "AWB", "line 2 column 16"),
        (replaced("/10/K500.5", "/X/K500.5"), "pieces", "line 3 column 23"),
        (replaced("/K500.5", "/500.5"), "weight", "line 3 column 26"),
    ],
)
def test_a_refusal_names_field_and_place(text: str, field: str, position: str) -> None:
    with pytest.raises(Malformed) as caught:
        read(text)
    assert (caught.value.field, caught.value.position) == (field, position)


def test_house_lists_are_recognised_by_their_body() -> None:
    assert fhl.recognise(wire(LABELLED)) > 0.9
    assert fhl.recognise(b"FWB/17\r\nMBI/112-12345675\r\n") == 0


@st.composite
def parties(draw: st.DrawFn) -> Party:
    form = draw(st.sampled_from(["labelled", "named"]))
    return Party(
        form=form,
        account="" if form == "named" else draw(st.sampled_from(["", "ACC1"])),
        name=(draw(free_text(35)),),
        address=tuple(draw(st.lists(free_text(35), min_size=1, max_size=2))),
        place=draw(free_text(17)),
        state=draw(st.sampled_from(["", "HE"])),
        country=draw(countries),
        post_code=draw(st.sampled_from([None, "", "60549"])),
    )


houses = st.builds(
    fhl.House,
    number=st.text(LETTERS + DIGITS, min_size=1, max_size=12),
    origin=airports,
    destination=airports,
    pieces=st.integers(1, 9999),
    weight=decimals(6),
    weight_unit=st.sampled_from("KL"),
    slac=st.none() | st.integers(0, 99999),
    goods=st.none() | free_text(15),
    handling=st.lists(codes(3), max_size=3).map(tuple),
    texts=st.lists(free_text(65), max_size=3).map(tuple),
    harmonised=st.lists(st.text(DIGITS, min_size=6, max_size=18), max_size=3).map(tuple),
    customs=st.lists(st.builds(CustomsLine, country=codes(2), value=free_text(20)), max_size=2).map(
        tuple
    ),
    shipper=st.none() | parties(),
    consignee=st.none() | parties(),
    charge_declaration=st.none()
    | st.builds(
        ChargeDeclaration,
        currency=codes(3),
        prepaid_collect=st.sampled_from(["PP", "CC"]),
        carriage=st.just("NVD"),
        customs=st.just("100.5"),
        insurance=st.just("XXX"),
    ),
)


@settings(max_examples=100, deadline=None)
@given(
    st.builds(
        fhl.Message,
        version=st.sampled_from([4, 5]),
        master=consignments("T"),
        houses=st.lists(houses, max_size=3).map(tuple),
    )
)
def test_what_is_written_is_read_back(message: fhl.Message) -> None:
    data = fhl.encode(message)
    (again,) = fhl.parse(data, reference=NEAR)
    assert again == message
    assert fhl.encode(again) == data


def test_mutated_messages_are_read_or_refused_with_a_place() -> None:
    pieces = (b"/", b"\r\n", b"HBS/", b"NAM/", b"\r\n/", b"SHP/", b"TXT/", b"/CN")
    refusals = assert_read_or_refused(
        lambda d: fhl.parse(d, reference=NEAR),
        mutants([wire(LABELLED), wire(NAMED)], pieces, 4000, "fhl"),
    )
    assert 200 < refusals < 4000


def test_identifiers_of_a_house_may_have_a_line_of_their_own() -> None:
    text = LABELLED.replace("\n", "\r\n")
    apart = text.replace("TXT/", "TXT\r\n/").replace("OCI/", "OCI\r\n/").replace("HTS/", "HTS\r\n/")
    (expected,) = fhl.parse(text.encode(), reference=NEAR)
    (found,) = fhl.parse(apart.encode(), reference=NEAR)
    assert found == expected
    assert [n.code for n in found.notices] == ["fhl-identifier-apart"] * 3
    with pytest.raises(Malformed):
        fhl.parse(apart.encode(), mode="strict", reference=NEAR)
