from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cargo_platform.formats import fsu
from cargo_platform.formats.cimp_values import normal_flight
from cargo_platform.formats.fsu_message import (
    DISCREPANCIES,
    FLIGHT_LEG,
    PLACE_EVENT,
    STATUSES,
    TRANSFER,
)
from service_bus import Malformed, TooLarge
from tests.unit.cargo_platform.formats.mutations import assert_read_or_refused, mutants
from tests.unit.cargo_platform.formats.values import (
    NEAR,
    airports,
    carriers,
    consignments,
    days,
    flights,
    free_text,
    moments,
    quantities,
    time_informations,
)

HEAD = "FSU/12\r\n112-12345675PVGFRA/T25K1250.5\r\n"

EXAMPLES = {
    "BKD": "BKD/CK261/23NOV/PVGFRA/T25K1250.5/S2130/S0410-N/MC6.20",
    "PRE": "PRE/CK261/23NOV/PVGFRA/T25K1250.5/S2130",
    "MAN": "MAN/CK261/23NOV/PVGFRA/P20K1000.5/S2130/S0410-N",
    "DEP": "DEP/CK261/23NOV/PVGFRA/P20K1000.5/A2142/E0405-N",
    "RCS": "RCS/23NOV1015/PVG/T25K1250.5/SHANGHAI AGENT",
    "FOH": "FOH/23NOV1015/PVG/T25K1250.5/SHANGHAI AGENT/MC6.20DG3",
    "DPU": "DPU/23NOV0900/SHA/T25K1250.5/SHANGHAI AGENT",
    "ARR": "ARR/CK261/24NOV0410/FRA/P20K1000.5//A0405-N",
    "RCF": "RCF/CK261/24NOV0410/FRA/P20K1000.5",
    "AWR": "AWR/24NOV0410/FRA/T25K1250.5",
    "FIW": "FIW/CK261/24NOV0455/FRA/P20K1000.5",
    "FOW": "FOW/24NOV0455/FRA/P20K1000.5",
    "NFD": "NFD/24NOV0900/FRA/T25K1250.5/MUSTER GMBH",
    "AWD": "AWD/24NOV0900/FRA/T25K1250.5/MUSTER GMBH",
    "DLV": "DLV/24NOV1500/FRA/T25K1250.5/MUSTER GMBH",
    "DDL": "DDL/24NOV1700/FRA/T25K1250.5/MUSTER GMBH",
    "CCD": "CCD/24NOV1130/FRA/T25K1250.5\r\nOCI/DE/IMP/M/12345\r\n//T/X",
    "TGC": "TGC/24NOV1130/FRA/T25K1250.5",
    "DOC": "DOC/23NOV1130/PVG/T25",
    "CRC": "CRC/24NOV0430/FRA/P20K1000.5/CK261/23NOV/PVGFRA",
    "TFD": "TFD/LH/24NOV0600/FRA/P20K1000.5/004711\r\n/CK/CHINA CARGO",
    "TRM": "TRM/LH/24NOV0530/FRA/P20K1000.5",
    "RCT": "RCT/CK/24NOV0615/FRA/P20K1000.5\r\n/LH",
    "DIS": "DIS/CK261/23NOV2130/PVG/OFLD/P5K250\r\nOSI/PLS CALL AGENT",
}


def read(text: str, **more: Any) -> fsu.Message:
    (message,) = fsu.parse(text.encode(), reference=NEAR, **more)
    return message


def status(line: str, **more: Any) -> fsu.Status:
    (only,) = read(f"{HEAD}{line}\r\n", **more).statuses
    return only


def codes(message: fsu.Message) -> list[str]:
    return [notice.code for notice in message.notices]


def refused(text: str, **more: Any) -> Malformed:
    with pytest.raises(Malformed) as caught:
        read(text, **more)
    assert caught.value.field
    assert caught.value.position
    return caught.value


def test_there_is_an_example_of_every_status() -> None:
    assert set(EXAMPLES) == STATUSES


@pytest.mark.parametrize("code", sorted(EXAMPLES))
def test_every_status_is_read_strictly_and_written_back(code: str) -> None:
    text = f"{HEAD}{EXAMPLES[code]}\r\n"
    message = read(text, mode="strict")
    assert [s.code for s in message.statuses] == [code]
    assert message.notices == ()
    assert fsu.encode(message) == text.encode() == message.original


@pytest.mark.parametrize("discrepancy", sorted(DISCREPANCIES))
def test_every_discrepancy_is_read(discrepancy: str) -> None:
    found = status(f"DIS/CK261/23NOV2130/PVG/{discrepancy}/P5K250", mode="strict")
    assert (found.discrepancy, found.flight, found.station) == (discrepancy, "CK261", "PVG")


def test_the_fields_of_a_departure() -> None:
    found = status(EXAMPLES["DEP"])
    assert (found.flight, found.station, found.to) == ("CK261", "PVG", "FRA")
    assert (found.local, found.has_time) == (datetime.fromisoformat("2026-11-23"), False)
    assert (found.quantity.pieces, found.quantity.weight) == (20, Decimal("1000.5"))
    assert found.departure_time is not None
    assert found.arrival_time is not None
    assert (found.departure_time.kind, found.departure_time.time) == ("A", "2142")
    assert (found.arrival_time.day_change, found.name) == ("N", "")


def test_the_fields_of_transfers_and_customs_reports() -> None:
    transfer = status(EXAMPLES["TFD"])
    assert (transfer.carrier, transfer.manifest) == ("LH", "004711")
    assert (transfer.other_carrier, transfer.name) == ("CK", "CHINA CARGO")
    report = status(EXAMPLES["CRC"])
    assert (report.flight, report.from_station, report.to) == ("CK261", "PVG", "FRA")
    assert report.flight_day == datetime.fromisoformat("2026-11-23")
    assert status(EXAMPLES["CCD"]).customs == ("DE/IMP/M/12345", "/T/X")


def test_a_discrepancy_may_lack_its_flight() -> None:
    with_slant = status("DIS//23NOV2130/PVG/MSCA/P5K10T25")
    assert (with_slant.flight, with_slant.discrepancy) == ("", "MSCA")
    without = status("DIS/23NOV2130/PVG/MSCA/P5K10T25")
    assert without == with_slant
    assert refused_strictly(f"{HEAD}DIS/23NOV2130/PVG/MSCA/P5\r\n").position == "line 3 column 5"


@pytest.mark.parametrize(
    "line",
    [
        "BKD/CK261/23NOV/PVGFRA/T25K1250.5/MC6.20/S2130/S0410-N",
        "BKD/CK261/23NOV/PVGFRA/T25K1250.5/S2130/MC6.20/S0410-N",
    ],
)
def test_trailing_fields_are_known_by_their_shape(line: str) -> None:
    assert status(line) == status(EXAMPLES["BKD"])


@pytest.mark.parametrize(
    "line",
    [
        "TFD/LH/24NOV0600/FRA/P20K1000.5/004711/CK/A BEE",
        "RCT/CK/24NOV0615/FRA/P20K1000.5//LH",
        "TFD/LH/24NOV0600/FRA/P20K1000.5/004711/CK",
    ],
)
def test_the_other_side_of_a_transfer_may_stand_on_its_line(line: str) -> None:
    found = status(line, mode="strict")
    manifest, other, name = (*line.split("/")[5:], "")[:3]
    assert (found.manifest, found.other_carrier, found.name) == (manifest, other, name)
    (message,) = fsu.parse(f"{HEAD}{line}\r\n".encode(), reference=NEAR)
    assert fsu.encode(message) == f"{HEAD}{line}\r\n".encode()


def test_a_name_may_hold_slants() -> None:
    assert status("DLV/24NOV1500/FRA/T25/A/B GMBH").name == "A/B GMBH"


def test_lines_after_a_status_belong_to_it() -> None:
    message = read(
        f"{HEAD}{EXAMPLES['RCF']}\r\nULD/PMC12345CK-U/AKE54321CK\r\nOSI/ONE\r\n/TWO\r\n"
        f"{EXAMPLES['NFD']}\r\n"
    )
    first, second = message.statuses
    assert first.ulds == ("PMC12345CK-U", "AKE54321CK")
    assert first.other_service == ("ONE", "TWO")
    assert second.ulds == ()


@pytest.mark.parametrize(
    ("received", "text", "expected"),
    [
        ("2027-01-01T02:00", "31DEC2350", "2026-12-31T23:50"),
        ("2026-12-31T18:00", "01JAN0100", "2027-01-01T01:00"),
        ("2028-03-01T00:00", "29FEB1200", "2028-02-29T12:00"),
        ("2026-11-24T00:00", "23NOV2400", "2026-11-24T00:00"),
    ],
)
def test_the_year_is_the_nearest(received: str, text: str, expected: str) -> None:
    reference = datetime.fromisoformat(received).replace(tzinfo=UTC)
    data = f"{HEAD}RCS/{text}/PVG/T25K1250.5\r\n".encode()
    (message,) = fsu.parse(data, reference=reference)
    assert message.statuses[0].local == datetime.fromisoformat(expected)


def test_a_leap_day_far_from_a_leap_year_is_refused() -> None:
    assert refused(f"{HEAD}RCS/29FEB1200/PVG/T25\r\n").code == "fsu-bad-date"


def test_leading_zeros_of_a_flight_are_kept_and_mean_nothing() -> None:
    found = status("RCF/CK0261/24NOV0410/FRA/P20K1000.5")
    assert (found.flight, normal_flight(found.flight)) == ("CK0261", "CK261")


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (f"{HEAD}{EXAMPLES['RCS']}", "fsu-line-end"),
        (f"{HEAD}\r\n{EXAMPLES['RCS']}\r\n", "fsu-blank-line"),
        (f"QU PVGFMCK\r\n.PVGAGCK 231015\r\n{HEAD}{EXAMPLES['RCS']}\r\n", "fsu-envelope"),
        (f"{HEAD}{EXAMPLES['RCS']}\r\n".replace("FSU/12", "FSU"), "fsu-version-missing"),
        (f"{HEAD}{EXAMPLES['RCS']}\r\n".replace("FSU/12", "FSU/99"), "fsu-version"),
        (f"{HEAD}{EXAMPLES['RCS']}\r\n".lower(), "fsu-lower-case"),
        (f"{HEAD}RCS/23NOV1015/PVG/T25/MÜLLER\r\n", "fsu-not-ascii"),
        (f"{HEAD}RCS/23NOV1015/PVG/T25/{'X' * 60}\r\n", "fsu-line-long"),
        (f"{HEAD}RCS/23NOV/PVG/T25\r\n", "fsu-time-missing"),
        (f"{HEAD}RCF//24NOV0410/FRA/T25\r\n", "fsu-flight-missing"),
        (f"{HEAD}DIS/23NOV2130/PVG/OFLD/P5T25\r\n", "fsu-flight-missing"),
        (f"{HEAD}RCS/23NOV1015/PVG/T12345\r\n", "fsu-field-long"),
        (f"{HEAD}RCS/23NOV1015/PVG/P1T12345\r\n", "fsu-field-long"),
        (f"{HEAD}BKD/DLH212/23NOV/PVGFRA/T25\r\n", "fsu-carrier-long"),
        (f"{HEAD}ARR/DLH9212/23NOV2130/FRA/T25\r\n", "fsu-carrier-long"),
        (f"{HEAD}DIS/CK261/23NOV2130/PVG/LOST/P5\r\n", "fsu-discrepancy"),
        (f"{HEAD}DEP/CK261/23NOV/PVGFRA/T25/A2142-Z\r\n", "fsu-day-change"),
        (f"{HEAD}DEP/CK261/23NOV/PVGFRA/T25/A2560\r\n", "fsu-clock"),
        (f"{HEAD}DEP/CK261/23NOV/PVGFRA/T25/A2130/E0470-N\r\n", "fsu-clock"),
        (f"{HEAD}RCS/23NOV1015/PVG/T25T30\r\n", "fsu-quantity-total"),
        (f"{HEAD}{EXAMPLES['RCS']}\r\nXXX/WHAT\r\n", "fsu-unknown-line"),
        (f"{HEAD}{EXAMPLES['RCS']}\r\n/WHAT\r\n", "fsu-unknown-line"),
        (f"{HEAD}", "fsu-no-status"),
        (f"{HEAD}{EXAMPLES['RCS']}\r\n".replace("112-", "112"), "fsu-awb-hyphen"),
        (HEAD + f"{EXAMPLES['RCS']}\r\n" * 80, "fsu-length"),
    ],
)
def test_what_is_odd_is_noted_and_in_strict_mode_refused(text: str, code: str) -> None:
    message = read(text)
    assert codes(message) == [code]
    assert message.notices[0].position.startswith("line ")
    fault = refused_strictly(text)
    assert fault.code == code
    assert fault.position == message.notices[0].position


def refused_strictly(text: str) -> Malformed:
    with pytest.raises(Malformed) as caught:
        read(text, mode="strict")
    return caught.value


def test_an_edifact_envelope_is_seen_through() -> None:
    body = f"{HEAD}{EXAMPLES['RCS']}\r\n"
    around = (
        "UNB+IATA:1+PVGFMCK:PIMA+REUAGT91:PIMA+261123:1015+1'\r\nUNH+1+CIMFSU:12'\r\n"
        f"{body}UNT+4+1'\r\nUNZ+1+1'\r\n"
    )
    message = read(around)
    assert message == read(body)
    assert len(message.envelope) == 2
    behind = read(
        f"UNA:+.? 'UNB+IATA:1+REUAIR08CK:PIMA+REUAGT91:PIMA+261123:1015+1+0'UNH+1+CIMFSU:12'{body}"
        "'UNT+3+1'UNZ+1+1'",
        mode="strict",
    )
    assert behind == read(body)
    with pytest.raises(Malformed) as caught:
        read("UNH+1+CIMFSU:12'FSU/12\r\n112-12345670PVGFRA/T1\r\n'UNT+3+1'")
    assert caught.value.position == "line 2 column 12"


def test_several_messages_in_one_text() -> None:
    data = (f"{HEAD}{EXAMPLES['RCS']}\r\n" * 3).encode()
    assert len(fsu.parse(data, reference=NEAR, mode="strict")) == 3


def test_line_feeds_alone_will_do() -> None:
    text = f"{HEAD}{EXAMPLES['RCS']}\r\n".replace("\r\n", "\n")
    assert codes(read(text)) == []


@pytest.mark.parametrize(
    ("text", "field", "position"),
    [
        ("", "message identifier", "line 1 column 1"),
        ("FWB/17\r\n112-12345675PVGFRA/T25\r\n", "message identifier", "line 1 column 1"),
        ("FSU/12\r\n", "AWB", "line 2 column 1"),
        ("FSU/12\r\n112-1234567PVGFRA/T25\r\n", "AWB", "line 2 column 1"),
        ("FSU/12\r\n112-12345670PVGFRA/T25\r\n", "AWB", "line 2 column 12"),
        ("FSU/12\r\n112-12345675PVGFR/T25\r\n", "origin and destination", "line 2 column 13"),
        ("FSU/12\r\n112-12345675PVGFRA/X25\r\n", "quantity", "line 2 column 20"),
        (f"{HEAD}RCS/31FEB1015/PVG/T25\r\n", "date", "line 3 column 5"),
        (f"{HEAD}RCS/23NOV2515/PVG/T25\r\n", "date", "line 3 column 5"),
        (f"{HEAD}RCS/23XXX1015/PVG/T25\r\n", "date", "line 3 column 5"),
        (f"{HEAD}RCS/23NOV1015/PV/T25\r\n", "airport", "line 3 column 15"),
        (f"{HEAD}RCS/23NOV1015/PVG/25\r\n", "quantity", "line 3 column 19"),
        (f"{HEAD}RCS/23NOV1015/PVG\r\n", "quantity", "line 3 column 18"),
        (f"{HEAD}DEP/CK/23NOV/PVGFRA/T25\r\n", "flight", "line 3 column 5"),
        (f"{HEAD}DEP/CK261/23NOV/PVG/T25\r\n", "from and to", "line 3 column 17"),
        (f"{HEAD}TFD/LHX/24NOV0600/FRA/T25\r\n", "carrier", "line 3 column 5"),
        (f"{HEAD}DIS/CK261/23NOV2130/PVG/OFF/P5\r\n", "discrepancy", "line 3 column 25"),
        (f"{HEAD}XYZ/23NOV2130/PVG/T25\r\n", "status", "line 3 column 1"),
    ],
)
def test_a_refusal_names_field_and_place(text: str, field: str, position: str) -> None:
    fault = refused(text)
    assert (fault.field, fault.position) == (field, position)
    assert fault.code.startswith("fsu-")


def test_a_refusal_shows_no_name() -> None:
    fault = refused(f"{HEAD}MR JOHN SMITH OF SHANGHAI\r\n")
    assert "SMITH" not in str(fault)
    assert "JOHN" not in str(fault)


def test_what_is_too_long_is_not_read() -> None:
    with pytest.raises(TooLarge):
        read(HEAD + "X" * 70_000)


@pytest.mark.parametrize("name", ["fsu_rcs", "fsu_dep_part", "fsu_dis_ofld", "fsu_rcf_split"])
def test_vectors_agree(reference_data: Path, name: str) -> None:
    data = (reference_data / "cargo" / "cimp" / f"{name}.txt").read_bytes()
    expected = json.loads((reference_data / "cargo" / "cimp" / f"{name}.expected.json").read_text())
    (message,) = fsu.parse(data, mode="strict", reference=NEAR)
    line = message.consignment
    assert line.awb == expected["prefix"] + expected["serial"]
    if "pieces" in expected:
        assert line.quantity is not None
        assert (line.quantity.pieces, float(line.quantity.weight or 0)) == (
            expected["pieces"],
            expected["weight"],
        )
    assert len(message.statuses) == len(expected["events"])
    for found, wanted in zip(message.statuses, expected["events"], strict=True):
        assert found.code == wanted["code"]
        assert found.flight == wanted.get("flight", "")
        assert f"{found.local:%d%b}".upper() == f"{wanted['day']}{wanted['month']}"
        assert found.quantity.pieces == wanted["pieces"]
        assert float(found.quantity.weight or 0) == wanted["weight"]
        assert found.station == wanted.get("airport", wanted.get("from"))
        assert found.discrepancy == wanted.get("discrepancy", "")
    assert fsu.encode(message) == data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")


def test_messages_are_recognised_by_their_body() -> None:
    assert fsu.recognise(f"{HEAD}{EXAMPLES['RCS']}".encode()) > 0.9
    assert fsu.recognise(f"QU PVGFMCK\r\n.PVGAGCK 231015\r\n{HEAD}".encode()) > 0.5
    assert fsu.recognise(b"FWB/17\r\n112-12345675PVGFRA/T25\r\nOSI/FSU/12\r\n") == 0
    assert fsu.recognise(b"\xff\x00") == 0


@st.composite
def statuses(draw: st.DrawFn) -> fsu.Status:
    code = draw(st.sampled_from(sorted(STATUSES)))
    leg, place = code in FLIGHT_LEG, code in PLACE_EVENT
    timed = not leg
    named = code in ("RCS", "FOH", "DPU", "NFD", "AWD", "DLV", "DDL")
    departs = draw(st.none() | time_informations()) if leg else None
    osi = draw(st.lists(free_text(60), max_size=2))
    transfer = code in TRANSFER
    other = draw(carriers) if transfer else ""
    return fsu.Status(
        code=code,
        local=draw(moments if timed else days),
        has_time=timed,
        station=draw(airports),
        to=draw(airports) if leg else "",
        flight="" if place or transfer else draw(flights),
        quantity=draw(quantities()),
        discrepancy=draw(st.sampled_from(sorted(DISCREPANCIES))) if code == "DIS" else "",
        carrier=draw(carriers) if transfer else "",
        other_carrier=other,
        manifest=draw(st.sampled_from(["", "004711"])) if code in ("TFD", "RCT") else "",
        name=(draw(st.sampled_from(["", "MUSTER GMBH", "A.B. CO"])) if named or other else ""),
        departure_time=departs,
        arrival_time=draw(st.none() | time_informations()) if leg else None,
        volume=draw(st.sampled_from(["", "MC6.20", "DG3"])) if leg or named else "",
        ulds=tuple(draw(st.lists(st.sampled_from(["PMC12345CK-U", "AKE54321CK"]), max_size=2))),
        other_service=tuple(osi),
        customs=tuple(draw(st.lists(st.sampled_from(["CN/SHP/T/91", "//RA/01"]), max_size=2))),
    )


@settings(max_examples=150, deadline=None)
@given(
    st.builds(
        fsu.Message,
        type=st.sampled_from(fsu.TYPES),
        version=st.just(12),
        consignment=consignments(),
        statuses=st.lists(statuses(), min_size=1, max_size=4).map(tuple),
    )
)
def test_what_is_written_is_read_back(message: fsu.Message) -> None:
    data = fsu.encode(message)
    (again,) = fsu.parse(data, reference=NEAR)
    assert again == message
    assert fsu.encode(again) == data


def test_many_segments_on_one_line_are_no_burden() -> None:
    text = "UNH+1'" * 5000 + f"{HEAD}{EXAMPLES['RCS']}\r\n"
    assert read(text).statuses[0].code == "RCS"


@pytest.mark.parametrize("data", ["FSU/³2\r\n112-12345675PVGFRA/T25\r\n", "FSU/١٢\r\n"])
def test_digits_of_other_scripts_are_no_version(data: str) -> None:
    assert refused(data).code == "fsu-no-message"


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert_read_or_refused(lambda d: fsu.parse(d, reference=NEAR), [data, HEAD.encode() + data])
    assert 0 <= fsu.recognise(data) <= 1


def test_mutated_messages_are_read_or_refused_with_a_place() -> None:
    originals = [f"{HEAD}{line}\r\n".encode() for line in EXAMPLES.values()]
    pieces = (b"/", b"\r\n", b"FSU/12\r\n", b"DIS/", b"OSI/", b"UNH+1+X'", b"29FEB", b"T9999")
    refusals = assert_read_or_refused(
        lambda d: fsu.parse(d, reference=NEAR), mutants(originals, pieces, 6000, "fsu")
    )
    assert 1000 < refusals < 6000


def test_status_lines_are_written_in_the_order_they_came() -> None:
    text = (
        b"FSU/12\r\n112-12345675PVGFRA/T25\r\n"
        b"RCF/CK261/24NOV0410/FRA/T25\r\n"
        b"OSI/ONE\r\n/TWO\r\nULD/PMC12345CK\r\nULD/AKE12345CK/AKE12346CK\r\n"
        b"OCI/CN/A\r\n/X\r\nOSI/THREE\r\n/FOUR\r\n"
        b"NFD/24NOV0900/FRA/T25\r\n"
    )
    (message,) = fsu.parse(text, reference=NEAR, mode="strict")
    assert message.statuses[0].other_service == ("ONE", "TWO", "THREE", "FOUR")
    assert fsu.encode(message) == text


@pytest.mark.parametrize("version", [11, 12, 13, 14, 15])
def test_versions_with_the_same_body_are_read_strictly(version: int) -> None:
    text = f"{HEAD}{EXAMPLES['RCS']}\r\n".replace("FSU/12", f"FSU/{version}")
    message = read(text, mode="strict")
    assert message.version == version
    assert fsu.encode(message) == text.encode()


def test_an_answer_about_several_consignments_is_a_message_of_each() -> None:
    text = (
        "FSA/12\r\n112-12345675PVGFRA/P3K64T35\r\nDLV/24NOV1417/FRA/P3K64T35/MUSTER GMBH\r\n"
        "112-12345675PVGFRA/P32K683T35\r\nDEP/CK261/23NOV/PVGFRA/P32K683T35/A1744-N\r\nOSI/ON ITS WAY\r\n"
        "11212345675PVGFRA/T35\r\nRCS/22NOV1015/PVG/T35\r\n"
    )
    found = fsu.parse(text.encode(), reference=NEAR)
    assert [one.consignment.quantity.pieces for one in found if one.consignment.quantity] == [
        3, 32, 35,
    ]  # fmt: skip
    assert [status.code for one in found for status in one.statuses] == ["DLV", "DEP", "RCS"]
    assert found[1].statuses[0].other_service == ("ON ITS WAY",)
    assert [[n.code for n in one.notices] for one in found] == [
        [],
        ["fsu-consignments"],
        ["fsu-consignments", "fsu-awb-hyphen"],
    ]
    assert found[1].notices[0].position == "line 4 column 1"
    assert fsu.encode(found[0]).decode() == "\r\n".join(text.split("\r\n")[:3]) + "\r\n"
    with pytest.raises(Malformed) as caught:
        fsu.parse(text.encode(), mode="strict", reference=NEAR)
    assert caught.value.code == "fsu-consignments"


def test_a_further_consignment_is_read_as_the_first_is() -> None:
    text = (
        f"{HEAD}RCS/23NOV1015/PVG/T25K1250.5\r\n112-12345676PVGFRA/T25\r\nRCS/23NOV1015/PVG/T25\r\n"
    )
    with pytest.raises(Malformed) as caught:
        fsu.parse(text.encode(), reference=NEAR)
    assert (caught.value.code, caught.value.position) == (
        "fsu-awb-check-digit",
        "line 4 column 12",
    )
    alone = f"{HEAD}RCS/23NOV1015/PVG/T25K1250.5\r\n112-12345675PVGFRA/T25\r\n"
    last = fsu.parse(alone.encode(), reference=NEAR)[-1]
    assert [(n.code, n.position) for n in last.notices] == [
        ("fsu-consignments", "line 4 column 1"),
        ("fsu-no-status", "line 4 column 1"),
    ]
