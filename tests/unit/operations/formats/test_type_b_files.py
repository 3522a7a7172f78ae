"""Files of several telexes, and more of what senders write."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from airport_brain.operations.formats.type_b import ldm, mvt, ptm, ssm
from airport_brain.operations.formats.type_b.several import telexes
from service_bus import Malformed

REFERENCE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)

FIRST = (
    "QU SHATTMU\r\n.PEKKDMU 240812\r\nMVT\r\nMU5101/24.B1234.SHA\r\nAD0812/0827\r\nSI DEICED\r\n"
)
SECOND = (
    "QD PVGKDMU PEKOOMU\r\nSHATTMU\r\n.SHAKDFM 240815\r\nMVA\r\nFM9102/24.B5678.PVG\r\nAA0810\r\n"
)
BARE = "DIV\r\nCOR\r\nHO1252/24NOV.B6789.PEK\r\nEA1031 TSN\r\n"


def read(module: Any, text: str, **more: Any) -> Any:
    (only,) = module.parse(text.encode(), reference=REFERENCE, **more)
    return only


@pytest.mark.parametrize("between", ["", "\r\n", "\r\n\r\n"])
@pytest.mark.parametrize("end", ["\r\n", "\n", "\r"])
def test_telexes_one_behind_the_other_are_messages_of_their_own(between: str, end: str) -> None:
    text = between.join((FIRST, SECOND, BARE, FIRST)).replace("\r\n", end)
    found = mvt.parse(text.encode(), mode="strict", reference=REFERENCE)
    assert [one.flight.designator for one in found] == ["MU5101", "FM9102", "HO1252", "MU5101"]
    assert [one.envelope.originator for one in found] == ["PEKKDMU", "SHAKDFM", "", "PEKKDMU"]
    assert found[1].envelope.addresses == ("PVGKDMU", "PEKOOMU", "SHATTMU")
    assert found[2].correction
    assert b"".join(one.original for one in found) == text.encode()
    if end != "\r":
        assert mvt.encode(found[0]).decode() == FIRST.replace("\r\n", end)


def test_places_in_later_telexes_are_those_of_the_file() -> None:
    text = FIRST + SECOND.replace("AA0810", "AA0899")
    with pytest.raises(Malformed) as caught:
        mvt.parse(text.encode(), reference=REFERENCE)
    assert caught.value.position == "line 12 column 3"


@pytest.mark.parametrize(
    ("module", "text", "flights"),
    [
        (
            ldm,
            "LDM\nMU5101/24.B1234.Y150.2/6\n-PEK.1/0/0.0.T0.PAX/1.PAD/0\n"
            "LDM\nMU5103/24.B1234.Y150.2/6\n-PEK.NIL\n",
            ["MU5101", "MU5103"],
        ),
        (
            ptm,
            "PTM\nMU5101/24NOV SHA PART1\nMU2405/24 XIY 1Y 0B\nENDPTM\n"
            "PTM\nMU5103/24NOV SHA PART1\nMU2407/24 XIY 1Y 0B\nENDPTM\n",
            ["MU5101", "MU5103"],
        ),
    ],
)
def test_other_telexes_come_in_files_too(module: Any, text: str, flights: list[str]) -> None:
    found = module.parse(text.encode(), mode="strict", reference=REFERENCE)
    assert [one.flight.designator for one in found] == flights


@pytest.mark.parametrize("between", ["", "\r\n\r\n"])
@pytest.mark.parametrize("head", ["QU SHATTMU\r\n.PEKSPMU 240812\r\n", ""])
def test_schedule_messages_come_in_files_too(head: str, between: str) -> None:
    first = (
        head
        + "ASM\r\nUTC\r\n24NOV00042E001\r\nCNL\r\nMU5101/24NOV\r\n//\r\nCNL\r\nMU5103/24NOV\r\n"
    )
    second = head + "SSM\r\n24NOV00043E001\r\nCNL\r\nMU585\r\n25OCT26 27MAR27 2\r\n"
    third = head + "ASM\r\nCNL OPER\r\nFM9101/25NOV\r\nSI ASM IS ALL\r\nASM\r\nFOLLOWS\r\n"
    found = ssm.parse(between.join((first, second, third)).encode(), reference=REFERENCE)
    flights = [
        [flight.flight.designator for sub in one.sub_messages for flight in sub.flights]
        for one in found
    ]
    assert flights == [["MU5101", "MU5103"], ["MU585"], ["FM9101"]]
    assert [one.identifier for one in found] == ["ASM", "SSM", "ASM"]
    assert found[2].supplementary == ("SI ASM IS ALL", "ASM", "FOLLOWS")
    assert b"".join(one.original for one in found) == between.join((first, second, third)).encode()


def test_a_blank_between_airline_and_number_is_left_out() -> None:
    text = FIRST.replace("MU5101", "MU 5101")
    found = mvt.parse((text + SECOND).encode(), reference=REFERENCE)
    assert [one.flight.designator for one in found] == ["MU5101", "FM9102"]
    assert [(notice.code, notice.position) for notice in found[0].notices] == [
        ("mvt-blank", "line 4 column 3")
    ]
    load = read(ldm, "LDM\nLX 564/24.HBJHA.Y150.2/6\n-PEK.NIL\n")
    assert (load.flight.designator, load.notices[0].code) == ("LX564", "ldm-blank")
    with pytest.raises(Malformed, match="blank"):
        read(mvt, text, mode="strict")


def test_a_flood_of_lines_is_refused_with_its_place() -> None:
    assert len(read(mvt, FIRST + "DE\r\n" * 4_000).supplementary) == 4_001
    with pytest.raises(Malformed) as caught:
        read(mvt, FIRST + "DE\r\n" * 5_000)
    assert (caught.value.code, caught.value.field) == ("mvt-too-many", "line")
    assert caught.value.position == "line 5004 column 1"


def test_an_identifier_in_free_text_begins_no_telex() -> None:
    found = read(mvt, FIRST + "MVT\r\nFOLLOWS\r\n")
    assert found.supplementary == ("SI DEICED", "MVT", "FOLLOWS")
    words = b"MVT\nMU5101/24.B1234.SHA\nAD0812\n=TEXT\nMVT\nMU5102/24.B1234.SHA\nAD0812\n"
    assert len(list(telexes(words, ("MVT",)))) == 1
    assert len(list(telexes(words, ()))) == 1


def test_passengers_by_class_are_summed() -> None:
    text = "MVT\r\nMU5101/24.B1234.SHA\r\nAD0812\r\nPX{}\r\n"
    told = {"128": 128, "8/120": 128, "8/24/120+3": 152, "128+2": 128}
    for sent, total in told.items():
        found = read(mvt, text.format(sent), mode="strict")
        assert found.lines[1][0].total == total
        assert mvt.encode(found).decode() == text.format(sent)


def test_a_slant_without_second_time_is_left_out() -> None:
    text = "MVT\r\nMU5101/24.B1234.SHA\r\nAD0812/ EA1010 PEK\r\n"
    found = read(mvt, text)
    assert [(n.code, n.position) for n in found.notices] == [
        ("mvt-second-missing", "line 3 column 7")
    ]
    assert mvt.encode(found).decode() == text.replace("/ ", " ")
    with pytest.raises(Malformed):
        read(mvt, text, mode="strict")


def test_a_period_without_years_ends_on_the_next_such_day() -> None:
    head = "SSM\r\nLT\r\nCNL\r\nMU583\r\n"
    for sent, begin, to in (
        ("29MAR 24OCT 1", date(2027, 3, 29), date(2027, 10, 24)),
        ("25OCT 27MAR 1", date(2026, 10, 25), date(2027, 3, 27)),
        ("01MAR 29FEB 1", date(2027, 3, 1), date(2028, 2, 29)),
        ("24NOV 24NOV 1", date(2026, 11, 24), date(2026, 11, 24)),
    ):
        found = read(ssm, f"{head}{sent}\r\n", mode="strict")
        (period,) = found.sub_messages[0].periods
        assert (period.begin, period.to) == (begin, to)


def test_a_configuration_right_behind_the_aircraft_is_one() -> None:
    text = "ASM\r\nUTC\r\nEQT\r\nMU583/24NOV26\r\nJ 320.C8Y150\r\n"
    found = read(ssm, text)
    (aircraft,) = found.sub_messages[0].equipment
    assert (aircraft.aircraft_type, aircraft.configuration) == ("320", "C8Y150")
    assert [n.code for n in found.notices] == ["ssm-configuration"]
    with pytest.raises(Malformed):
        read(ssm, text, mode="strict")
