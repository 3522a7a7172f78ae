"""Type B telexes: envelopes, and what MVT, LDM, SSM, ASM, PTM and PSM say in them."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from airport_brain.operations import DECODERS, RECOGNISERS
from airport_brain.operations.formats.near_times import near_date, near_time
from airport_brain.operations.formats.type_b import ldm, mvt, psm, ptm, ssm, telex
from airport_brain.operations.formats.type_b.envelope import Envelope
from airport_brain.operations.formats.type_b.flight_line import TelexFlight
from airport_brain.operations.formats.type_b.schedule_lines import (
    Action,
    DataElement,
    Equipment,
    FlightInformation,
    Leg,
    Period,
    Segment,
    Stop,
)
from service_bus import Malformed, TooLarge
from tests.unit.operations.formats.mutations import assert_placed, assert_refusals_are_placed

REFERENCE = datetime(2026, 11, 24, 9, tzinfo=UTC)

WIRE = "QU SHATTMU PVGKDMU\r\n.PEKKDMU 240812\r\n"
MVT = "MVT\r\nMU5101/24.B1234.SHA\r\nAD0812/0827 EA1010 PEK\r\nDL93/62/0012/0005\r\nPX128\r\nSI DEICED\r\n"
LDM = (
    "LDM\r\nMU5101/24.B1234.C8Y150.2/6\r\n"
    "-PEK.70/55/3/1.0.T3200.1/900.2/1300.3/1000.PAX/8/120.PAD/0/0\r\n"
    "SI PEK FRE 900 POS 0 BAG 62/2300\r\n"
)
SSM = (
    "SSM\r\nUTC\r\n24NOV00042E001/REF 123\r\nNEW XASM\r\nMU5101 3/MU\r\n25OCT26 27MAR27 1357/W2\r\n"
    "J 320 CY.C8Y150 3/MU 4/MU 5/MU\r\nSHA0800/0/0800 PEK1020/0/1020 7/M\r\nSHAPEK 10/FM9101\r\n"
    "//\r\nCNL\r\nMU5102\r\n25OCT 27MAR 1357\r\nSI FREE TEXT\r\n"
)
ASM = (
    "ASM\r\nLT\r\n24NOV00043E001/X\r\nTIM OPER\r\nMU5101/24NOV26 SHA/PEK\r\nJ 320 .C8Y150\r\n"
    "SHA240800 PEK241020\r\n"
)
PTM = (
    "PTM\r\nMU5101/24NOV SHA PART1\r\nMU2405/24 XIY 2Y 3B.ZHANG/SANMR.LI/SIMS\r\n"
    "CZ3000/25 CAN 1 F 2B45K.WANG/WUMR\r\nENDPTM\r\n"
)
PSM = (
    "PSM\r\nMU5101/24NOV SHA PART1\r\n-PEK 2PAX / 3SSR\r\nY CLASS 2PAX / 3SSR\r\n1ZHANG/SANMR 12A\r\n"
    "WCHR\r\n1LI/SIMS\r\nBLND\r\nSVAN DOG\r\n-CAN NIL\r\nENDPSM\r\n"
)

READERS: dict[str, Any] = {
    "mvt": mvt, "ldm": ldm, "ssm": ssm, "ptm": ptm, "psm": psm, "type-b": telex,
}  # fmt: skip
TEXTS = {"mvt": MVT, "ldm": LDM, "ssm": SSM, "asm": ASM, "ptm": PTM, "psm": PSM}


def reader_of(name: str) -> Any:
    return READERS["ssm" if name == "asm" else name]


def read(module: Any, text: str | bytes, **more: Any) -> Any:
    data = text if isinstance(text, bytes) else text.encode("latin-1")
    (only,) = module.parse(data, reference=REFERENCE, **more)
    return only


def refused(module: Any, text: str, **more: Any) -> Malformed:
    with pytest.raises(Malformed) as caught:
        read(module, text, **more)
    return caught.value


def codes(message: Any) -> list[str]:
    return [notice.code for notice in message.notices]


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


# Days and times.


@pytest.mark.parametrize(
    ("text", "reference", "expected"),
    [
        ("24", date(2026, 11, 24), date(2026, 11, 24)),
        ("31", date(2026, 11, 2), date(2026, 10, 31)),
        ("01", date(2026, 12, 31), date(2027, 1, 1)),
        ("31DEC", date(2027, 1, 2), date(2026, 12, 31)),
        ("29FEB", date(2027, 1, 2), date(2028, 2, 29)),
        ("24NOV05", date(2026, 1, 1), date(2005, 11, 24)),
        ("24NOV99", date(2026, 1, 1), date(1999, 11, 24)),
        ("00", date(2026, 1, 1), None),
        ("30FEB", date(2026, 1, 1), None),
        ("24XXX", date(2026, 1, 1), None),
    ],
)
def test_days_are_near_the_reference(text: str, reference: date, expected: date | None) -> None:
    assert near_date(text, datetime.combine(reference, datetime.min.time(), UTC)) == expected


@given(
    st.integers(915_148_800, 4_039_372_800),  # 1999 to 2098
    st.integers(-11 * 60, 11 * 60),
)
def test_a_time_is_the_moment_that_was_meant(seconds: int, minutes: int) -> None:
    near = datetime.fromtimestamp(seconds // 60 * 60, UTC)
    meant = near + timedelta(minutes=minutes)
    assert near_time(f"{meant:%H%M}", near) == meant
    assert near_time(f"{meant:%d%H%M}", near) == meant


# Envelopes.


def test_a_wire_telex_says_who_sends_what_to_whom_and_when() -> None:
    found = read(telex, "QU SHATTMU PVGKDMU\r\nPEKOOMU\r\n.PEKKDMU CZ/240812 7A\r\n" + MVT)
    envelope = found.envelope
    assert envelope.addresses == ("SHATTMU", "PVGKDMU", "PEKOOMU")
    assert (envelope.priority, envelope.originator, envelope.double_signature) == (
        "QU",
        "PEKKDMU",
        "CZ",
    )
    assert (envelope.sent, envelope.more) == (at(24, 8, 12), "7A")
    assert found.routing_key == ("MVT", "SHATTMU", "MU")
    assert found.text[0] == "MVT"


KEYWORDS = (
    "=HEADER\nRCV,2026/11/24 08:12\n=PRIORITY\nQU\n=DESTINATION TYPE B\nSTX,SHATTMU\nSTX,PVGKDMU\n"
    "=ORIGIN\nPEKKDMU\n=DBLSIG\nMU\n=MSGID\n240812\n=SMI\nMVT\n=TEXT\nMU5101/24.B1234.SHA\nAD0812\n"
)


def test_a_telex_of_keyword_blocks_is_the_same_telex() -> None:
    found = read(mvt, KEYWORDS)
    assert found.envelope.addresses == ("SHATTMU", "PVGKDMU")
    assert (found.envelope.sent, found.identifier) == (at(24, 8, 12), "MVT")
    assert found.times("AD").first == at(24, 8, 12)
    assert mvt.encode(found) == KEYWORDS.encode()
    assert mvt.encode(read(mvt, KEYWORDS)) == KEYWORDS.encode()
    twice = KEYWORDS.replace("=TEXT\n", "=TEXT\nMVT\n")
    assert mvt.encode(read(mvt, twice, mode="strict")) == twice.encode()
    short = read(mvt, "=SMI\nMVT\n=TEXT\nMU5101/24.B1234.SHA\nAD0812\n")
    assert short.envelope.addresses == ()


@pytest.mark.parametrize(
    "data",
    [
        WIRE + MVT,
        "\x01QU SHATTMU\r\n.PEKKDMU MU/240812 ABC\r\n\x02" + MVT + "\x03",
        KEYWORDS,
        MVT.replace("\r\n", "\n"),
        MVT.rstrip(),
        "QU " + " ".join(["SHATTMU"] * 8) + "\r\nPVGKDMU\r\n.PEKKDMU 240812\r\n" + LDM,
    ],
)
def test_any_form_of_envelope_is_written_back_byte_for_byte(data: str) -> None:
    raw = data.encode()
    assert telex.encode(read(telex, raw)) == raw


def test_several_telexes_end_with_etx_and_keep_their_lines() -> None:
    framed = "\x01QU SHATTMU\r\n.PEKKDMU 240812\r\n\x02" + MVT + "\x03"
    broken = framed.replace("AD0812", "AD0862")
    found = mvt.parse((framed * 2).encode(), reference=REFERENCE)
    assert [m.flight.designator for m in found] == ["MU5101", "MU5101"]
    with pytest.raises(Malformed) as caught:
        mvt.parse((framed + broken).encode(), reference=REFERENCE)
    assert caught.value.position == "line 13 column 3"


def test_notices_are_those_of_their_own_telex() -> None:
    framed = "\x01QU SHATTMU\r\n.PEKKDMU 240812\r\n\x02" + MVT + "\x03\r\n"
    odd = framed.replace("PX128", "ZZ\xc9")
    found = mvt.parse((framed + odd + framed).encode("latin-1"), reference=REFERENCE)
    assert [codes(m) for m in found] == [[], ["mvt-not-ascii", "mvt-unknown-line"], []]
    assert [n.position for n in found[1].notices] == ["line 16 column 3", "line 16 column 1"]


def test_a_flood_of_telexes_is_refused() -> None:
    with pytest.raises(Malformed) as caught:
        telex.parse(b"A\x03" * 20_000, reference=REFERENCE)
    assert caught.value.code == "type-b-too-many"


@pytest.mark.parametrize(
    ("text", "field", "position"),
    [
        ("QU SHATTMU\r\n.PEK 240812\r\nMVT\r\n", "originator", "line 2 column 1"),
        ("QU SHATTMU\r\nPVG\r\n.PEKKDMU 240812\r\nMVT\r\n", "address", "line 2 column 1"),
        ("QU SHATTMU\r\n", "originator", "line 2 column 1"),
        (WIRE, "text", "line 3 column 1"),
        ("=PRIORITY\nQU\n", "text", "line 3 column 1"),
        ("", "text", "line 1 column 1"),
        ("\x03\x1f\r\n\x03", "text", "line 1 column 1"),
        ("MVT\r\n" + "X" * 2000, "text", "line 2 column 1001"),
    ],
)
def test_an_envelope_that_cannot_be_read_is_refused_with_its_place(
    text: str, field: str, position: str
) -> None:
    fault = refused(telex, text)
    assert (fault.field, fault.position) == (field, position)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("QZ SHATTMU\r\n.PEKKDMU 240812\r\n" + MVT, "type-b-priority"),
        ("QU SHATTMU\r\n.PEKKDMU SOON\r\n" + MVT, "type-b-identity"),
        (".PEKKDMU 240812\r\n" + MVT, "type-b-no-address"),
        (MVT + "X" * 70, "type-b-line-long"),
        (MVT + "CAF\xc9", "type-b-not-ascii"),
        ("=MOOD\nFINE\n=TEXT\nMVT\n", "type-b-unknown-keyword"),
    ],
)
def test_an_odd_envelope_is_noted_and_refused_in_strict_mode(text: str, code: str) -> None:
    assert code in codes(read(telex, text))
    assert refused(telex, text, mode="strict").code == code


@pytest.mark.parametrize(
    "text",
    [
        "QU SHATTMU\r\n.PEKKDMU 240812/AMAMQ\r\n" + MVT,
        "SS SHATTMU\r\n.PEKKDMU 240812 Z\r\n" + MVT,
    ],
)
def test_more_origin_lines_are_read_strictly_and_written_back(text: str) -> None:
    found = read(mvt, text, mode="strict")
    assert found.envelope.sent == at(24, 8, 12)
    assert mvt.encode(found) == text.encode()


def test_a_heading_within_the_heading_adds_its_addresses() -> None:
    text = "QN SHATTMU\r\n.     \r\nQN PVGKDMU CANKDMU\r\nPEKKDMU\r\n.PEKKDMU 240812\r\n" + MVT
    found = read(mvt, text)
    assert found.envelope.addresses == ("SHATTMU", "PVGKDMU", "CANKDMU", "PEKKDMU")
    assert codes(found) == ["mvt-origin-blank", "mvt-second-heading"]


@pytest.mark.parametrize(
    ("before", "correction"),
    [
        ("BRGDS,\r\nOPS\r\n", False),
        ("A81\r\nFI MU5101/AN B-1234\r\nDT QXS SHA1 240812 M44A\r\n-\r\n", False),
        ("BRGDS,\r\nCOR\r\n", True),
    ],
)
def test_lines_before_the_identifier_are_kept(before: str, *, correction: bool) -> None:
    text = WIRE + before + MVT
    found = read(mvt, text)
    assert codes(found) == ["mvt-preamble"]
    assert found.correction is correction
    assert found.envelope.preamble[0] == before.split("\r\n")[0]
    assert mvt.encode(found) == text.encode()


def test_a_message_in_the_line_of_its_identifier_is_read() -> None:
    found = read(ldm, LDM.replace("LDM\r\n", "LDM "))
    assert codes(found) == ["ldm-one-line"]
    assert found.loads == read(ldm, LDM).loads


# All messages.


@pytest.mark.parametrize("name", TEXTS)
@pytest.mark.parametrize("envelope", ["", WIRE])
def test_a_message_is_read_in_both_modes_and_written_back(name: str, envelope: str) -> None:
    module = reader_of(name)
    data = (envelope + TEXTS[name]).encode()
    found = read(module, data, mode="strict")
    assert found == read(module, data)
    assert found.notices == ()
    assert found.original == data
    assert module.encode(found) == data


@pytest.mark.parametrize("name", TEXTS)
def test_each_message_is_recognised_as_what_it_is(name: str) -> None:
    data = (WIRE + TEXTS[name]).encode()
    expected = "ssm" if name == "asm" else name
    likely = max(RECOGNISERS, key=lambda known: RECOGNISERS[known](data))
    assert likely == expected


@pytest.mark.parametrize("name", TEXTS)
def test_the_command_line_shows_each_message(name: str) -> None:
    (shown,) = DECODERS[name]((WIRE + TEXTS[name]).encode())
    json.dumps(shown)


@pytest.mark.parametrize("name", TEXTS)
def test_sizes_are_capped(name: str) -> None:
    with pytest.raises(TooLarge):
        read(reader_of(name), TEXTS[name], max_bytes=20)


# MVT.


def test_a_departure_gives_off_block_airborne_estimate_delay_and_passengers() -> None:
    found = read(mvt, WIRE + MVT)
    assert (found.flight.designator, found.flight.day) == ("MU5101", date(2026, 11, 24))
    assert (found.aircraft_registration, found.station) == ("B1234", "SHA")
    departed = found.times("AD")
    assert (departed.first, departed.second) == (at(24, 8, 12), at(24, 8, 27))
    assert (found.times("EA").first, found.times("EA").station) == (at(24, 10, 10), "PEK")
    (delay,) = found.delays()
    assert (delay.reasons, delay.durations) == (("93", "62"), (12, 5))
    assert found.supplementary == ("SI DEICED",)


@pytest.mark.parametrize(
    ("line", "code", "first", "second"),
    [
        ("AA1008/1016", "AA", at(24, 10, 8), at(24, 10, 16)),
        ("ED241030", "ED", at(24, 10, 30), None),
        ("EO1030", "EO", at(24, 10, 30), None),
        ("EB1030 PEK", "EB", at(24, 10, 30), None),
        ("NI241100", "NI", at(24, 11, 0), None),
        ("RR0840", "RR", at(24, 8, 40), None),
        ("TD0908", "TD", at(24, 9, 8), None),
        ("FR0915/0921", "FR", at(24, 9, 15), at(24, 9, 21)),
        ("AD2350/0010", "AD", at(23, 23, 50), at(24, 0, 10)),
        ("AD232350/240010", "AD", at(23, 23, 50), at(24, 0, 10)),
    ],
)
def test_every_kind_of_time_is_read(
    line: str, code: str, first: datetime, second: datetime | None
) -> None:
    text = f"MVT\r\nMU5101/24.B1234.SHA\r\n{line}\r\n"
    found = read(mvt, text)
    assert (found.times(code).first, found.times(code).second) == (first, second)
    assert found.notices == ()
    assert mvt.encode(found) == text.encode()


def test_times_of_a_telex_kept_for_long_are_of_its_flights_day() -> None:
    found = read(mvt, "MVA\r\nJST0430/10.VHVGR.OOL\r\nAA2327\r\n")
    assert found.times("AA").first == at(10, 23, 27)


@pytest.mark.parametrize("line", ["DL93", "EDL32C/0010", "DLAA/62/0010/0005", "DL93A/0012"])
def test_delays_have_numbers_or_letters_and_extra_elements(line: str) -> None:
    found = read(mvt, f"MVT\r\nMU5101/24.B1234.SHA\r\n{line}\r\n")
    (delay,) = found.delays()
    assert delay.text() == line


@pytest.mark.parametrize(
    ("text", "field", "position"),
    [
        (MVT.replace("MVT", "XVT"), "message identifier", "line 1 column 1"),
        ("MVT\r\n", "flight identifier", "line 1 column 1"),
        (MVT.replace("MU5101", "M-5101"), "flight identifier", "line 2 column 1"),
        (MVT.replace("/24.", "/32."), "date", "line 2 column 8"),
        (MVT.replace("/24.", "."), "date", "line 2 column 7"),
        (MVT.replace("B1234", "B*234"), "aircraft registration", "line 2 column 11"),
        (MVT.replace(".SHA", ".S1"), "airport", "line 2 column 17"),
        (MVT.replace("AD0812", "AD0862"), "AD", "line 3 column 3"),
        (MVT.replace("0827", "2527"), "AD", "line 3 column 8"),
        (MVT.replace("EA1010", "EA10"), "EA", "line 3 column 15"),
        (MVT.replace("DL93/62/0012/0005", "DL0012/93"), "DL", "line 4 column 1"),
    ],
)
def test_a_movement_that_cannot_be_read_is_refused_with_its_place(
    text: str, field: str, position: str
) -> None:
    fault = refused(mvt, text)
    assert (fault.field, fault.position) == (field, position)
    assert fault.code.startswith("mvt-")


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("PX128", "ZZ128", "mvt-unknown-line"),
        ("PX128", "PX128 AND SOME", "mvt-text-behind"),
        ("/0012/0005", "/0012", "mvt-delay-durations"),
        ("0812/0827", "240812/240712", "mvt-time-order"),
        (" PEK", "", "mvt-station-missing"),
        ("PX128", "AD0900", "mvt-repeated"),
        ("B1234", "", "mvt-registration-missing"),
    ],
)
def test_an_odd_movement_is_noted_kept_and_refused_in_strict_mode(
    old: str, new: str, code: str
) -> None:
    text = MVT.replace(old, new)
    found = read(mvt, text)
    assert codes(found) == [code]
    assert mvt.encode(found) == text.encode()
    assert refused(mvt, text, mode="strict").code == code


def test_a_blank_behind_a_code_is_noted_and_left_out() -> None:
    found = read(mvt, MVT.replace("AD0812", "AD 0812").replace("PX128", "PX 128"))
    assert codes(found) == ["mvt-blank", "mvt-blank"]
    assert mvt.encode(found) == MVT.encode()
    assert refused(mvt, MVT.replace("AD0812", "AD 0862")).position == "line 3 column 4"


def test_a_diversion_has_its_reason_persons_and_withdrawal() -> None:
    text = "DIV\r\nMU583/24.B1234.PVG\r\nEA1254 NGO\r\nDR71\r\nPOB247\r\nCAN\r\n"
    found = read(mvt, text, mode="strict")
    figures = {e.code: e.value for line in found.lines for e in line if isinstance(e, mvt.Figure)}
    assert figures == {"DR": "71", "POB": "247", "CAN": ""}
    assert mvt.encode(found) == text.encode()


# LDM.


def test_a_load_adds_up() -> None:
    (load,) = read(ldm, LDM).loads
    assert (load.destination, load.passengers, load.infants) == ("PEK", (70, 55, 3, 1), 1)
    assert (load.total, load.compartments) == (3200, (("1", 900), ("2", 1300), ("3", 1000)))
    assert (load.pax, load.pad) == ((8, 120), (0, 0))
    kinds = [(d.destination, d.kind, d.pieces, d.weight) for d in read(ldm, LDM).deadload()]
    assert kinds == [
        ("PEK", "FRE", None, 900),
        ("PEK", "POS", None, 0),
        ("PEK", "BAG", 62, 2300),
    ]


def test_dead_load_in_columns_is_read() -> None:
    text = LDM.replace(
        "SI PEK FRE 900 POS 0 BAG 62/2300", "SI PEK    C  6634  M      0  B 104/   1560  O     0"
    )
    assert [(d.kind, d.pieces, d.weight) for d in read(ldm, text).deadload()] == [
        ("C", None, 6634),
        ("M", None, 0),
        ("B", 104, 1560),
        ("O", None, 0),
    ]


@pytest.mark.parametrize("version", ["00F30C270Y", "3433A", "12/116", "Y189"])
def test_versions_have_many_forms(version: str) -> None:
    assert read(ldm, LDM.replace("C8Y150", version), mode="strict").version == version


def test_a_load_goes_on_over_lines_and_to_several_destinations() -> None:
    text = (
        "LDM\r\nLH456/05.DABVB.F8C80Y243.03/13\r\n-JFK.120/90/5/2.T12345\r\n"
        ".1/4000.3/8345.PAX/5/60/150.AVI/1/30\r\n-SFO.2/0/0.0.T0.PAX/0/0/2.PAD/0/0/0\r\n"
    )
    found = read(ldm, text)
    assert [load.destination for load in found.loads] == ["JFK", "SFO"]
    assert found.loads[0].compartments == (("1", 4000), ("3", 8345))
    assert found.notices == ()
    assert ldm.encode(found) == text.encode()


def test_no_load_and_loads_by_category_are_read_strictly() -> None:
    text = (
        "LDM\r\nBA15/24.GABCD.Y157.2/4\r\n-SIN.NIL\r\n"
        "-SYD.112/40/5/2.T2434.1/1000.4/1434.PAX/157.B1234.C1200.M0\r\n"
    )
    found = read(ldm, text, mode="strict")
    assert [load.total for load in found.loads] == [None, 2434]
    assert ldm.encode(found) == text.encode()


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        (".1/900", ".1/901", "ldm-compartment-sum"),
        ("PAX/8/120", "PAX/8/121", "ldm-class-sum"),
        (".T3200", "", "ldm-no-total"),
        (".T3200", ".T.3200", "ldm-total-apart"),
        (".PAX/8/120", "", "ldm-no-pax"),
        (".2/6", "", "ldm-crew"),
        (".C8Y150.", ".C8-Y150.", "ldm-version"),
        (".0.T", ".X?.T", "ldm-unknown-part"),
        ("SI PEK", "NOTHING\r\nSI PEK", "ldm-unknown-line"),
    ],
)
def test_an_odd_load_is_noted_kept_and_refused_in_strict_mode(
    old: str, new: str, code: str
) -> None:
    text = LDM.replace(old, new)
    found = read(ldm, text)
    assert code in codes(found)
    assert ldm.encode(found) == text.encode()
    assert refused(ldm, text, mode="strict").code.startswith("ldm-")


def test_a_load_for_nowhere_is_refused_with_its_place() -> None:
    fault = refused(ldm, LDM.replace("-PEK", "-P3K"))
    assert (fault.field, fault.position) == ("destination", "line 3 column 2")


# SSM and ASM.


def test_a_schedule_change_says_flight_period_aircraft_legs_and_segments() -> None:
    found = read(ssm, SSM)
    assert found.reference == ssm.Reference(date="24NOV", group="00042", creator="REF 123")
    new, cancelled = found.sub_messages
    assert (new.action.code, new.action.reasons) == ("NEW", ("XASM",))
    assert new.flights[0].elements == (DataElement(identifier="3", value="MU"),)
    (period,) = new.periods
    assert (period.begin, period.to) == (date(2026, 10, 25), date(2027, 3, 27))
    assert (period.days, period.fortnightly) == ((1, 3, 5, 7), True)
    (aircraft,) = new.equipment
    assert (aircraft.booking_designator, aircraft.configuration) == ("CY", "C8Y150")
    (leg,) = new.legs
    assert (leg.departure_station, leg.departure.time, leg.arrival.passenger_time) == (
        "SHA",
        480,
        620,
    )
    assert new.segments[0].element.value == "FM9101"
    assert cancelled.periods[0].to == date(2027, 3, 27), "an end without year follows the begin"
    assert found.supplementary == ("SI FREE TEXT",)


def test_an_ad_hoc_change_has_dates_and_legs() -> None:
    found = read(ssm, ASM)
    (sub,) = found.sub_messages
    assert (found.identifier, found.time_mode) == ("ASM", "LT")
    assert (sub.flights[0].flight.day, sub.flights[0].points) == (date(2026, 11, 24), "SHA/PEK")
    assert sub.equipment[0].configuration == "C8Y150"
    assert sub.legs[0].departure == Stop(time=480, day=24)


@pytest.mark.parametrize(
    "text",
    [
        "ASM\r\nUTC\r\n24NOV00042C002\r\nFLT\r\nMU5101/24NOV MU5103/24NOV\r\n",
        "ASM\r\nUTC\r\n24NOV00042E001\r\nACK\r\nANYTHING AT ALL\r\n",
        "SSM\r\nUTC\r\n24NOV00042E001\r\nTIM\r\nMU583\r\n25OCT26 00XXX00 1234567\r\nPVG0435 LAX1600/1\r\n",
        "SSM\r\nLT\r\n24NOV00042E001\r\nTIM\r\nMU583\r\n25OCT26 27MAR27 7\r\nPVG2350/M1/2345 LAX2400\r\n",
        "SSM\r\nUTC\r\n24NOV00042E001\r\nADM\r\nMU583\r\n25OCT26 27MAR27 7\r\nPVGLAX 10/FM9583\r\n",
        "SSM\r\nUTC\r\n24NOV00042E001\r\nSKD\r\nMU583\r\n25OCT26 27MAR27 7\r\nQQQQQQ 8/A\r\n",
    ],
)
def test_more_schedule_messages_are_read_strictly_and_written_back(text: str) -> None:
    found = read(ssm, text, mode="strict")
    assert ssm.encode(found) == text.encode()


@pytest.mark.parametrize(
    ("old", "new", "field", "position"),
    [
        ("NEW XASM", "NOW", "action", "line 4 column 1"),
        ("25OCT26 27MAR27", "31FEB26 27MAR27", "period", "line 6 column 1"),
        ("1357/W2", "1389", "period", "line 6 column 1"),
        ("SHA0800/0/0800", "SHA0860", "leg", "line 8 column 1"),
        ("PEK1020/0/1020", "PEK1020/0/1099", "leg", "line 8 column 26"),
        ("24NOV00042E001/REF 123", "31FEB00042E001", "reference", "line 3 column 1"),
    ],
)
def test_a_schedule_message_that_cannot_be_read_is_refused(
    old: str, new: str, field: str, position: str
) -> None:
    fault = refused(ssm, SSM.replace(old, new))
    assert (fault.field, fault.position) == (field, position)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (SSM.replace("UTC\r\n", ""), "ssm-time-mode"),
        (SSM.replace("SHAPEK 10/FM9101", "?"), "ssm-unknown-line"),
        (SSM.replace("7/M", "SEVEN"), "ssm-unknown-word"),
        (SSM.replace("CY.C8Y150", "C8Y150"), "ssm-configuration"),
        (SSM.replace("MU5102\r\n", ""), "ssm-no-flight"),
        (ASM.replace("/24NOV26", ""), "ssm-no-date"),
        (SSM.replace("25OCT 27MAR 1357\r\n", ""), "ssm-no-period"),
        (SSM.replace("27MAR27", "27MAR26"), "ssm-period-reversed"),
        (SSM.replace("SHAPEK 10", "PVG1100 CAN1300\r\nSHAPEK 10"), "ssm-leg-chain"),
    ],
)
def test_an_odd_schedule_message_is_noted_and_refused_in_strict_mode(text: str, code: str) -> None:
    found = read(ssm, text)
    assert code in codes(found)
    assert ssm.encode(found) == text.encode()
    assert refused(ssm, text, mode="strict").code == code


# PTM and PSM.


def test_transfer_passengers_have_onward_flights_and_bags() -> None:
    found = read(ptm, PTM)
    first, second = found.onward
    assert (first.flight.designator, first.destination, first.passengers) == ("MU2405", "XIY", 2)
    assert (first.cabin, first.bags, len(first.names)) == ("Y", 3, 2)
    assert (second.bag_weight, second.bag_weight_unit) == (45, "K")
    assert (found.part, found.ends) == (1, True)


def test_names_behind_a_blank_and_totals_are_read_strictly() -> None:
    text = (
        "PTM\r\nHO1251/24NOV SYXPVG PART1\r\nMU305/25 MEL 1O 1B22K ZHANG/SAN MR\r\n"
        "PX191 BG88\r\nENDPTM\r\n"
    )
    found = read(ptm, text, mode="strict")
    assert (found.station, found.totals) == ("SYXPVG", (191, 88))
    (onward,) = found.onward
    assert (onward.bags, onward.bag_weight, len(onward.names)) == (1, 22, 1)
    assert "ZHANG" not in repr(found)
    assert ptm.encode(found) == text.encode()


def test_passengers_with_needs_have_their_services() -> None:
    (pek, can) = read(psm, PSM).destinations
    assert [(p.count, p.seat, p.codes) for p in pek.passengers] == [
        (1, "12A", ("WCHR",)),
        (1, "", ("BLND", "SVAN")),
    ]
    assert (pek.pax, pek.ssr, can.passengers) == (2, 3, ())


def test_names_are_in_no_fault_no_notice_and_no_repr() -> None:
    broken = [
        (ptm, PTM.replace("2Y 3B", "ZHANG/SAN 3B")),
        (ptm, PTM.replace("MU2405/24 XIY", "9ZHANG/SAN ZHANG/SAN")),
        (ptm, PTM.replace("SHA PART1", "SHA ZHANG/SAN")),
        (psm, PSM.replace("-PEK 2PAX", "-PEK ZHANG/SAN")),
    ]
    for module, text in broken:
        assert "ZHANG" not in str(refused(module, text))
    odd = [(ptm, PTM.replace("3B.", "3?.")), (psm, PSM.replace("-PEK 2PAX", "-PEK 3PAX"))]
    for module, text in odd:
        found = read(module, text)
        assert found.notices
        assert "ZHANG" not in repr(found)


@pytest.mark.parametrize(
    ("module", "text", "code"),
    [
        (ptm, PTM.replace("ENDPTM\r\n", ""), "ptm-no-end"),
        (ptm, PTM.replace("3B.", "3?."), "ptm-unknown-word"),
        (ptm, PTM.replace("ENDPTM", "WHAT\r\nENDPTM"), "ptm-unknown-line"),
        (ptm, PTM + "MORE\r\n", "ptm-behind-end"),
        (psm, PSM.replace("2PAX / 3SSR\r\nY", "3PAX / 3SSR\r\nY"), "psm-pax-total"),
        (psm, "PSM\r\nMU5101/24NOV SHA\r\nENDPSM\r\n", "psm-no-destination"),
        (psm, PSM.replace("-CAN NIL", "-CAN NIL\r\nWHAT"), "psm-unknown-line"),
    ],
)
def test_odd_passenger_telexes_are_noted_and_refused_in_strict_mode(
    module: Any, text: str, code: str
) -> None:
    assert code in codes(read(module, text))
    assert refused(module, text, mode="strict").code == code


# Properties.

STATIONS = st.text("ABCPEKSHX", min_size=3, max_size=3)
AIRLINES = st.sampled_from(["MU", "9C", "U2", "CES"])
NUMBERS = st.integers(1, 9999).map(str)
ENVELOPES = st.builds(
    Envelope,
    form=st.sampled_from(["wire", "framed"]),
    priority=st.sampled_from(["QU", "QD", "QN"]),
    addresses=st.lists(st.text("SHATMUKD", min_size=7, max_size=7), min_size=1, max_size=8).map(
        tuple
    ),
    originator=st.just("PEKKDMU"),
    double_signature=st.sampled_from(["", "MU"]),
    filed=st.just("240812"),
    sent=st.just(at(24, 8, 12)),
    line_end=st.sampled_from(["\r\n", "\n"]),
).map(lambda e: Envelope(**{**_members(e), "address_lines": (len(e.addresses),)}))


def _members(envelope: Envelope) -> dict[str, Any]:
    return {name: getattr(envelope, name) for name in Envelope.__dataclass_fields__}


DATED = st.builds(
    lambda a, n, s: TelexFlight(
        airline=a,
        flight_number=n,
        operational_suffix=s,
        day=date(2026, 11, 24),
        day_as_sent="24",
    ),
    AIRLINES,
    NUMBERS,
    st.sampled_from(["", "A"]),
)
MOMENTS = st.integers(0, 600).map(lambda m: at(24, 8, 12) + timedelta(minutes=m))
MOVEMENT_LINES = st.lists(
    st.one_of(
        st.builds(
            lambda c, m, d: (mvt.MovementTime(code=c, first=m, with_day=d),),
            st.sampled_from(["AD", "AA", "ED", "EO", "NI", "RR"]),
            MOMENTS,
            st.booleans(),
        ),
        st.builds(
            lambda r, d: (mvt.Delay(reasons=tuple(r), durations=(d,) * len(r)),),
            st.lists(st.sampled_from(["93", "62A", "AA"]), min_size=1, max_size=2),
            st.integers(0, 24 * 60),
        ),
        st.builds(lambda n: (mvt.Passengers(total=n, as_sent=str(n)),), st.integers(0, 900)),
    ),
    max_size=5,
).map(tuple)


@given(
    st.builds(
        mvt.Movement,
        envelope=ENVELOPES,
        correction=st.booleans(),
        flight=DATED,
        aircraft_registration=st.sampled_from(["B1234", "DAIBC"]),
        station=STATIONS,
        lines=MOVEMENT_LINES,
    )
)
@settings(max_examples=100, deadline=None)
def test_a_movement_that_is_written_is_read_back(message: mvt.Movement) -> None:
    assert read(mvt, mvt.encode(message)) == message


SUB_MESSAGES = st.builds(
    lambda flight, begin, length, days, leg, aircraft: ssm.SubMessage(
        action=Action(code="NEW"),
        lines=(
            FlightInformation(flight=flight),
            Period(
                begin=begin,
                to=begin + timedelta(days=length),
                days=days,
                as_sent=(_ssim_date(begin), _ssim_date(begin + timedelta(days=length))),
            ),
            aircraft,
            leg,
            Segment(
                board_point="QQQ",
                off_point="QQQ",
                element=DataElement(identifier="8", value="A"),
            ),
        ),
    ),
    st.builds(TelexFlight, airline=AIRLINES, flight_number=NUMBERS),
    st.dates(date(2000, 1, 1), date(2050, 1, 1)),
    st.integers(0, 300),
    st.frozensets(st.integers(1, 7), min_size=1).map(lambda d: tuple(sorted(d))),
    st.builds(
        Leg,
        departure_station=STATIONS,
        departure=st.builds(
            Stop,
            time=st.integers(0, 1440),
            day=st.none() | st.integers(1, 28),
            day_change=st.none() | st.integers(-1, 3),
            passenger_time=st.none() | st.integers(0, 1440),
        ),
        arrival_station=STATIONS,
        arrival=st.builds(Stop, time=st.integers(0, 1440)),
    ),
    st.builds(
        Equipment,
        service_type=st.just("J"),
        aircraft_type=st.sampled_from(["320", "77W"]),
        booking_designator=st.sampled_from(["", "FCY"]),
        configuration=st.sampled_from(["", "C8Y150"]),
    ),
)


def _ssim_date(day: date) -> str:
    return f"{day:%d%b%y}".upper()


@given(st.lists(SUB_MESSAGES, min_size=1, max_size=3), ENVELOPES)
@settings(max_examples=80, deadline=None)
def test_a_schedule_message_that_is_written_is_read_back(
    subs: list[ssm.SubMessage], envelope: Envelope
) -> None:
    message = ssm.ScheduleMessage(
        envelope=envelope,
        reference=ssm.Reference(date="24NOV", group="00001"),
        sub_messages=tuple(subs),
    )
    assert read(ssm, ssm.encode(message)) == message


SAMPLES: Sequence[bytes] = [
    *((envelope + text).encode() for envelope in ("", WIRE) for text in TEXTS.values()),
    KEYWORDS.encode(),
    ("\x01" + WIRE + "\x02" + MVT + "\x03").encode(),
]


@pytest.mark.parametrize("name", READERS)
def test_mutated_telexes_are_read_or_refused_with_a_place(name: str) -> None:
    module = READERS[name]
    own = [s for s in SAMPLES if module.recognise(s) > 0 or name == "type-b"]
    assert_refusals_are_placed(partial(module.parse, reference=REFERENCE), own)


@given(st.text("MVTLDSAPQU0123456789/.- \r\n=\x01\x02\x03", max_size=300))
@settings(max_examples=150, deadline=None)
def test_any_text_is_read_or_refused_with_a_place(text: str) -> None:
    for module in READERS.values():
        for start in ("", "MVT\nMU1/24.B1.SHA\n", "LDM\nMU1/24.B1.Y1.2\n", "SSM\nUTC\nNEW\n"):
            data = (start + text).encode()
            assert_placed(partial(module.parse, reference=REFERENCE), data)
            assert 0.0 <= module.recognise(data) <= 1.0
