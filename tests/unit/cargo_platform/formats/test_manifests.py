from __future__ import annotations

import json
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cargo_platform.formats import fbl, ffm
from cargo_platform.formats.cimp_segments import CustomsLine, Dimensions
from cargo_platform.formats.manifest_message import (
    FirstArrival,
    Flight,
    Message,
    Onward,
    Point,
    Size,
    Uld,
    Waybill,
    When,
)
from service_bus import Malformed
from tests.unit.cargo_platform.formats.mutations import assert_read_or_refused, mutants
from tests.unit.cargo_platform.formats.values import (
    NEAR,
    airports,
    codes,
    consignments,
    days,
    flights,
    free_text,
    moments,
)

FULL = """\
FFM/8
1/CK261/23NOV2130/PVG/B2078
ANC/NIL/24NOV0115/24NOV0245
FRA//24NOV0410
112-12345690PVGFRA/T1K12MC0.1/SPARES/AOG
ULD/PMC12345CK-U/1500KG Q7
112-12345675PVGFRA/P20K1000.5MC6.20T25/CONSOLIDATION/SPXEAP
/LHRLH0902/24NOV
DIM/K800/CMT80-40-20/20
COR/T1
OSI/KEEP DRY
OCI/CN/SHP/T/91310000X
///RA/KC
ULD/AKE54321CK
112-12345686PVGFRA/T3K90MC0.60/PARTS/SPX/GEN
LAST
"""
BARE = """\
FFM/5
1/CK0261/23NOV/PVG
ORD
112-12345675PVGORD/T25K1250.5/GARMENTS
CONT
"""
FIRST = """\
FFM/8
2/CK261/23NOV2130/PVG//US/23NOV1530/ANC
ORD//23NOV2130
LAST
"""
BOOKED = """\
FBL/4
1/CK261/23NOV/PVG/B2078
FRA
112-12345675PVGFRA/T25K1250.5MC6.20/CONSOLIDATION/SPXEAP
/LHRLH0902/24NOV
SSR/KEEP COOL
ULD/PMC12345CK
MUC
NIL
LAST
"""
NOTHING = "FBL/3\n1/CK261/23NOV/PVG\nNIL\nLAST\n"


def wire(text: str) -> bytes:
    return text.replace("\n", "\r\n").encode()


def read(text: str, **more: Any) -> Message:
    reader = ffm if "FFM" in text[:9] else fbl
    (message,) = reader.parse(wire(text), reference=NEAR, **more)
    return message


@pytest.mark.parametrize("text", [FULL, BARE, FIRST, BOOKED, NOTHING])
def test_a_page_is_read_strictly_and_written_back(text: str) -> None:
    message = read(text, mode="strict")
    assert message.notices == ()
    assert ffm.encode(message) == wire(text) == message.original


def test_the_fields_of_a_manifest() -> None:
    message = read(FULL)
    assert message.flight == Flight(
        page=1,
        flight="CK261",
        when=When(local=datetime.fromisoformat("2026-11-23T21:30"), has_time=True),
        airport="PVG",
        registration="B2078",
    )
    stop, point = message.points
    assert (stop.airport, stop.nil) == ("ANC", True)
    assert stop.departure is not None
    assert point.bulk[0].goods == "SPARES"
    pallet, container = point.ulds
    assert (pallet.id, pallet.indicator, pallet.remarks) == ("PMC12345CK", "U", "1500KG Q7")
    (waybill,) = pallet.waybills
    assert waybill.handling == ("SPX", "EAP")
    assert waybill.onward[0].airport == "LHR"
    assert waybill.sizes[0].size == Dimensions(
        weight=Decimal(800), weight_unit="K", unit="CMT", length=80, width=40, height=20, pieces=20
    )
    assert waybill.service == (("OSI", "KEEP DRY"),)
    assert len(waybill.customs) == 2
    assert container.waybills[0].handling == ("SPX", "GEN")
    assert message.pieces() == {"11212345690": 1, "11212345675": 20, "11212345686": 3}
    assert message.weight_kg() == Decimal("1102.5")


def test_the_vector_agrees(reference_data: Path) -> None:
    folder = reference_data / "cargo" / "cimp"
    data = (folder / "ffm8.txt").read_bytes()
    expected = json.loads((folder / "ffm8.expected.json").read_text())
    (message,) = ffm.parse(data, reference=NEAR, mode="strict")
    assert (message.type, message.version) == (expected["type"], expected["version"])
    assert (message.flight.flight, message.flight.airport) == (
        expected["flight"],
        expected["origin"],
    )
    assert [p.airport for p in message.points] == expected["points"]
    assert [u.id for p in message.points for u in p.ulds] == expected["ulds"]
    found = []
    for point in message.points:
        for waybill in point.waybills():
            amount = waybill.consignment.quantity
            assert amount is not None
            awb = waybill.consignment.awb
            row = {
                "awb": f"{awb[:3]}-{awb[3:]}",
                "code": amount.code,
                "pieces": amount.pieces,
                "weight": float(amount.weight or 0),
            }
            found.append(row | ({"total": amount.total} if amount.total else {}))
    assert found == expected["awbs"]
    assert (message.end == "LAST") == expected["last"]
    assert ffm.encode(message) == data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def test_pages_are_collected_until_the_last() -> None:
    first = read(BARE)
    second = read(BARE.replace("1/CK0261", "2/CK261").replace("CONT", "LAST"))
    (part,) = ffm.collect([first])
    assert (part.whole, part.missing) == (False, ())
    (gap,) = ffm.collect([second])
    assert (gap.whole, gap.missing) == (False, (1,))
    for order in ([first, second], [second, first], [first, second, first]):
        (whole,) = ffm.collect(order)
        assert whole.whole
        assert (whole.flight, [p.flight.page for p in whole.pages]) == ("CK261", [1, 2])


def test_a_page_that_comes_again_replaces_the_first() -> None:
    again = read(FULL.replace("SPARES", "TOOLS"))
    (manifest,) = ffm.collect([read(FULL), again])
    assert manifest.pages == (again,)
    assert len(ffm.collect([again, read(FULL.replace("23NOV2130", "22NOV2130"))])) == 2


def replaced(old: str, new: str) -> str:
    assert old in FULL
    return FULL.replace(old, new)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (replaced("LAST\n", ""), "ffm-end-missing"),
        (replaced("LAST\n", "LAST\nX\n"), "ffm-after-end"),
        (replaced("SPXEAP", "SPXEA"), "ffm-handling-code"),
        (replaced("CONSOLIDATION", "CONSOLIDATION AND MORE"), "ffm-goods-long"),
        (replaced("T25", "T19"), "ffm-more-than-total"),
        (replaced("FRA//24", "FRA/NIL/24"), "ffm-nil-with-cargo"),
        (replaced("DIM/K800/CMT80-40-20/20", "DIM/K800/80X40"), "ffm-dimensions"),
        (replaced("///RA/KC", "/RA/KC"), "ffm-oci-fields"),
        (replaced("/LHRLH0902/24NOV", "/WHAT IS THIS"), "ffm-unknown-line"),
        (replaced("FFM/8", "FFM/9"), "ffm-version"),
        (replaced("1/CK261", "1/CKK261"), "ffm-carrier-long"),
        (replaced("/LHRLH0902", "/LHRDLH902"), "ffm-carrier-long"),
        (replaced("ULD/PMC12345CK-U/1500KG Q7", "ULD/PMC/AKE"), "ffm-uld-unnamed"),
        (replaced("ULD/PMC12345CK-U/1500KG Q7", "ULD/2PMC"), "ffm-uld-unnamed"),
        (replaced("ULD/PMC12345CK-U/1500KG Q7", "ULD/1/PMC-L"), "ffm-uld-unnamed"),
        (replaced("ULD/PMC12345CK-U/1500KG Q7", "ULD/BULK"), "ffm-uld-unnamed"),
        (replaced("ULD/PMC12345CK-U/1500KG Q7", "ULD/PMC 12345 CK/Q7"), "ffm-uld-unnamed"),
        (BOOKED.replace("LAST\n", ""), "fbl-end-missing"),
    ],
)
def test_what_is_odd_is_noted_and_in_strict_mode_refused(text: str, code: str) -> None:
    assert [n.code for n in read(text).notices] == [code]
    with pytest.raises(Malformed) as caught:
        read(text, mode="strict")
    assert caught.value.code == code


@pytest.mark.parametrize(
    ("text", "field", "position"),
    [
        ("FFM/8\n", "flight", "line 2 column 1"),
        (replaced("1/CK261", "X/CK261"), "page", "line 2 column 1"),
        (replaced("23NOV2130", "23NOV21"), "date", "line 2 column 9"),
        (replaced("FRA//24NOV0410", "FRA/24NOV0410"), "nil indicator", "line 4 column 5"),
        (replaced("FRA//24NOV0410", "FRA//24NOV2610"), "date", "line 4 column 6"),
        (replaced("PMC12345CK-U", "P-U"), "ULD", "line 6 column 5"),
        (replaced("/24NOV\n", "/31NOV\n"), "date", "line 8 column 12"),
        ("FFM/8\n1/CK261/23NOV/PVG\n112-12345675PVGFRA/T1\nLAST\n", "unloading airport",
         "line 3 column 1"),
    ],
)  # fmt: skip
def test_a_refusal_names_field_and_place(text: str, field: str, position: str) -> None:
    with pytest.raises(Malformed) as caught:
        read(text)
    assert (caught.value.field, caught.value.position) == (field, position)


def test_lists_are_recognised_by_their_body() -> None:
    assert ffm.recognise(wire(FULL)) > 0.9 > fbl.recognise(wire(FULL))
    assert fbl.recognise(wire(BOOKED)) > 0.9 > ffm.recognise(wire(BOOKED))


whens = st.builds(When, local=moments, has_time=st.just(True)) | st.builds(
    When, local=days, has_time=st.just(False)
)
onward = st.builds(
    Onward,
    airport=airports,
    flight=flights,
    when=st.none() | st.builds(When, local=days, has_time=st.just(False)),
)
waybills = st.builds(
    Waybill,
    consignment=consignments("TPSD").map(
        lambda c: replace(c, quantity=replace(c.quantity, total=None))
    ),
    goods=free_text(15),
    handling=st.lists(codes(3), max_size=3).map(tuple),
    onward=st.lists(onward, max_size=2).map(tuple),
    sizes=st.lists(
        st.builds(
            Dimensions,
            unit=st.just("CMT"),
            length=st.integers(1, 999),
            width=st.integers(1, 999),
            height=st.integers(1, 999),
            pieces=st.integers(1, 99),
        ).map(lambda size: Size(text=size.text(), size=size)),
        max_size=2,
    ).map(tuple),
    customs_origin=st.sampled_from(["", "T1"]),
    service=st.lists(
        st.tuples(st.sampled_from(["OSI", "SSR", "SCI"]), free_text(60)), max_size=2
    ).map(tuple),
    customs=st.lists(st.builds(CustomsLine, country=codes(2), value=free_text(20)), max_size=2).map(
        tuple
    ),
)
some_waybills = st.lists(waybills, max_size=2).map(tuple)
points = st.builds(
    Point,
    airport=airports.filter(lambda code: code != "NIL"),
    arrival=st.none() | whens,
    departure=st.none() | whens,
    bulk=some_waybills,
    ulds=st.lists(
        st.builds(
            Uld,
            id=st.sampled_from(["PMC12345CK", "AKE54321CK"]),
            indicator=st.sampled_from(["", "U"]),
            remarks=st.none() | free_text(20),
            onward=st.lists(onward, max_size=2).map(tuple),
            volume_available=st.sampled_from(["", "2"]),
            waybills=some_waybills,
        ),
        max_size=2,
    ).map(tuple),
)
pages = st.builds(
    Message,
    type=st.sampled_from(["FFM", "FBL"]),
    version=st.just(4),
    flight=st.builds(
        Flight,
        page=st.integers(1, 99),
        flight=flights,
        when=whens,
        airport=airports,
        registration=st.sampled_from(["", "B2078"]),
        first_arrival=st.none()
        | st.builds(FirstArrival, country=codes(2), when=whens, airport=airports),
    ),
    points=st.lists(points, max_size=2).map(tuple),
    end=st.sampled_from(["LAST", "CONT"]),
)


@settings(max_examples=100, deadline=None)
@given(pages)
def test_what_is_written_is_read_back(message: Message) -> None:
    reader: ModuleType = ffm if message.type == "FFM" else fbl
    data = reader.encode(message)
    (again,) = reader.parse(data, reference=NEAR)
    assert again == message
    assert reader.encode(again) == data


def test_mutated_messages_are_read_or_refused_with_a_place() -> None:
    pieces = (b"/", b"\r\n", b"ULD/", b"112-12345675", b"OCI/", b"LAST\r\n", b"NIL", b"29FEB")
    for reader, originals in ((ffm, [FULL, BARE, FIRST]), (fbl, [BOOKED, NOTHING])):
        refusals = assert_read_or_refused(
            lambda d, reader=reader: reader.parse(d, reference=NEAR),
            mutants([wire(text) for text in originals], pieces, 3000, reader.FORMAT),
        )
        assert 300 < refusals < 3000


def test_waybill_lines_are_written_in_the_order_they_came() -> None:
    text = (
        b"FFM/8\r\n1/CK261/23NOV/PVG\r\nFRA\r\n112-12345675PVGFRA/T25K1/X\r\n"
        b"OSI/A\r\n/B\r\nDIM//CMT1-1-1/1\r\nOCI/CN/SHP/T/1\r\n///ED/1\r\n"
        b"/LHRLH1/24NOV\r\nCOR/T1\r\nOCI/CN/CNE/T/1\r\nSSR/C\r\nLAST\r\n"
    )
    (message,) = ffm.parse(text, reference=NEAR)
    assert message.notices == ()
    assert [onward.airport for onward in message.points[0].bulk[0].onward] == ["LHR"]
    assert ffm.encode(message) == text


def test_customs_lines_may_leave_state_and_subject_to_the_line_before() -> None:
    text = (
        b"FFM/8\r\n1/CK261/23NOV/PVG\r\nANC/NIL/24NOV0115/24NOV0245\r\nFRA//24NOV0410\r\n"
        b"112-12345675PVGFRA/S5K60MC0.2T25/CNSL\r\n/EAP/ELI\r\nOCI/CN/ISS/RA/00123\r\n///ED/1299\r\n"
        b"///ST/ALL PAPERS ATTACHED\r\n/CN//KC/142\r\n//DNR/D/UN3480\r\n//DNR/D/UN3090\r\nCOR/T1\r\nLAST\r\n"
    )
    (message,) = ffm.parse(text, reference=NEAR, mode="strict")
    (waybill,) = message.points[1].bulk
    assert [(c.country, c.information, c.customs, c.value) for c in waybill.customs[2:5]] == [
        ("", "", "ST", "ALL PAPERS ATTACHED"),
        ("CN", "", "KC", "142"),
        ("", "DNR", "D", "UN3480"),
    ]
    assert (len(waybill.customs), waybill.customs_origin) == (6, "T1")
    assert ffm.encode(message) == text


def test_a_second_customs_origin_is_told() -> None:
    text = b"FFM/8\r\n1/CK261/23NOV/PVG\r\nFRA\r\n112-12345675PVGFRA/T25K1/X\r\n"
    (message,) = ffm.parse(text + b"COR/T1\r\nCOR/X\r\nLAST\r\n", reference=NEAR)
    assert [notice.code for notice in message.notices] == ["ffm-repeated"]
    assert message.points[0].bulk[0].customs_origin == "T1"
    assert ffm.encode(message) == text + b"COR/T1\r\nCOR/X\r\nLAST\r\n"


def test_dimensions_may_go_on_in_further_lines() -> None:
    text = replaced(
        "DIM/K800/CMT80-40-20/20", "DIM/K800/CMT80-40-20/2\n/K9/CMT1-2-3/4\n//CMT1-2-3/4"
    )
    message = read(text, mode="strict")
    (waybill,) = [w for w in message.points[-1].waybills() if w.sizes]
    assert [size.size.pieces for size in waybill.sizes if size.size] == [2, 4, 4]
    assert ffm.encode(message) == text.replace("\n", "\r\n").encode()


def test_a_unit_load_device_is_kept_as_it_is_written() -> None:
    for written in ("BULK", "PMC 12345 CK", "PMC12345CK-UN"):
        message = read(replaced("ULD/PMC12345CK-U/1500KG Q7", f"ULD/{written}/1500KG Q7"))
        (uld,) = [uld for uld in message.points[-1].ulds if uld.remarks == "1500KG Q7"]
        assert (uld.id, uld.indicator) == (written, "")
        assert read(ffm.encode(message).decode().replace("\r\n", "\n")) == message


def test_handling_codes_may_stand_under_the_waybill() -> None:
    text = (
        b"FFM/8\r\n1/CK261/23NOV/PVG\r\nFRA\r\n112-12345675PVGFRA/T25K1/CONSOL\r\n/SPX/EAP/ELI\r\n"
        b"/LHRLH1/24NOV\r\nCOR/T1\r\n112-12345686PVGFRA/T3K90/PARTS/GEN\r\n/SPX\r\nLAST\r\n"
    )
    (message,) = ffm.parse(text, reference=NEAR, mode="strict")
    first, second = message.points[0].bulk
    assert (first.handling, first.onward[0].airport) == (("SPX", "EAP", "ELI"), "LHR")
    assert second.handling == ("GEN", "SPX")
    assert ffm.encode(message) == text


def test_a_wrong_moment_of_the_flight_is_told_where_it_stands() -> None:
    with pytest.raises(Malformed) as caught:
        read(replaced("23NOV2130", "23NOV2570"))
    assert (caught.value.field, caught.value.position) == ("date", "line 2 column 9")


@pytest.mark.parametrize(
    "line",
    ["COR//24NOV0410", "ULD///24NOV0500", "OSI//24NOV0410", "COR/NIL", "ULD/NIL/24NOV/24NOV0500"],
)
def test_an_airport_may_be_called_like_an_identifier(line: str) -> None:
    text = replaced("LAST\n", f"{line}\nLAST\n")
    message = read(text, mode="strict")
    assert message.points[-1].airport == line[:3]
    assert ffm.encode(message) == wire(text)
    assert read(replaced("OSI/KEEP DRY", "OSI/NIL"), mode="strict").points[-1].airport == "FRA"


THROUGH = replaced("Q7\n", "Q7\n/LHRLH0902/24NOV\n/2\n")


def test_a_unit_load_device_may_go_on_as_a_whole_and_have_room_left() -> None:
    message = read(THROUGH, mode="strict")
    uld = message.points[-1].ulds[0]
    when = When(local=datetime.fromisoformat("2026-11-24T00:00"), has_time=False)
    assert uld.onward == (Onward(airport="LHR", flight="LH0902", when=when),)
    assert (uld.volume_available, uld.unread, len(uld.waybills)) == ("2", (), 1)
    assert ffm.encode(message) == wire(THROUGH)


@pytest.mark.parametrize("line", ["/3", "/WHAT IS THIS", "OSI/KEEP DRY"])
def test_another_line_under_a_unit_load_device_is_kept_and_told(line: str) -> None:
    text = THROUGH.replace("/2\n", f"/2\n{line}\n")
    message = read(text)
    assert [(n.code, n.position) for n in message.notices] == [
        ("ffm-unknown-line", "line 9 column 1")
    ]
    assert message.points[-1].ulds[0].unread == (line,)
    assert ffm.encode(message) == wire(text)
    with pytest.raises(Malformed) as caught:
        read(text, mode="strict")
    assert (caught.value.field, caught.value.position) == ("line", "line 9 column 1")


def test_a_wrong_day_of_a_unit_load_device_is_refused_where_it_stands() -> None:
    with pytest.raises(Malformed) as caught:
        read(THROUGH.replace("/24NOV\n/2", "/31NOV\n/2"))
    assert (caught.value.field, caught.value.position) == ("date", "line 7 column 12")
