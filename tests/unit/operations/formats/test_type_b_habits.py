"""Habits of senders of telexes that leave less to the reader's wits than they think."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from airport_brain.operations.formats.type_b import mvt, psm, ptm, ssm, telex
from airport_brain.operations.formats.type_b.schedule_lines import (
    FlightInformation,
    Period,
    Stations,
    Text,
)
from service_bus import Malformed

REFERENCE = datetime(2026, 11, 24, 12, tzinfo=UTC)


def read(module: Any, text: str, **more: Any) -> Any:
    (only,) = module.parse(text.encode(), reference=REFERENCE, **more)
    return only


def codes(message: Any) -> list[str]:
    return [notice.code for notice in message.notices]


def movement(flight: str, *lines: str) -> str:
    return "\r\n".join(("MVT", f"{flight}.B1234.SHA", *lines, ""))


def at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, 11, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("flight", "line", "first", "second", "estimate"),
    [
        ("MU5101/24", "AD2355/0010 EA0230 PEK", at(24, 23, 55), at(25, 0, 10), at(25, 2, 30)),
        ("MU5101/23", "AD2330/2345 EA0130 PEK", at(23, 23, 30), at(23, 23, 45), at(24, 1, 30)),
        ("MU5101/24", "AD1530/1540 EA0030 PEK", at(24, 15, 30), at(24, 15, 40), at(25, 0, 30)),
        ("MU5101/25", "AD0812/0830 EA1200 PEK", at(25, 8, 12), at(25, 8, 30), at(25, 12, 0)),
        ("MU5101/22", "AD0812/0830 EA1200 PEK", at(22, 8, 12), at(22, 8, 30), at(22, 12, 0)),
    ],
)
def test_a_departure_is_on_its_flights_day_and_the_arrival_behind_it(
    flight: str, line: str, first: datetime, second: datetime, estimate: datetime
) -> None:
    found = read(mvt, movement(flight, line), mode="strict")
    departed, arrives = found.times("AD"), found.times("EA")
    assert (departed.first, departed.second, arrives.first) == (first, second, estimate)


def test_what_has_happened_is_not_ahead_and_what_is_expected_may_be() -> None:
    assert read(mvt, movement("MU5101/23", "AA0215/0220")).times("AA").first == at(24, 2, 15)
    assert read(mvt, movement("MU5101/23", "AA2215/2220")).times("AA").first == at(23, 22, 15)
    assert read(mvt, movement("MU5101/23", "ED1400")).times("ED").first == at(24, 14, 0)


@pytest.mark.parametrize(
    ("line", "notices"),
    [
        ("AD0812/0827 EA1010PEK", ["mvt-glued"]),
        ("AD0812/0827EA1010 PEK", ["mvt-glued"]),
        ("AD0812/0827EA1010PEK", ["mvt-glued", "mvt-glued"]),
    ],
)
def test_times_that_stand_too_close_are_parted(line: str, notices: list[str]) -> None:
    found = read(mvt, movement("MU5101/24", line))
    assert found == read(mvt, movement("MU5101/24", "AD0812/0827 EA1010 PEK"))
    assert codes(found) == notices


def test_stations_of_four_letters_are_noted() -> None:
    text = movement("MU5101/24", "AD0812/0827 EA1010 ZBAA").replace(".SHA", ".ZSSS")
    found = read(mvt, text)
    assert (found.station, found.times("EA").station) == ("ZSSS", "ZBAA")
    assert codes(found) == ["mvt-icao-station", "mvt-icao-station"]
    assert mvt.encode(found) == text.encode()


@pytest.mark.parametrize("passengers", ["PAX215+0INF", "PAX215+0", "PX215+0INF"])
def test_passengers_in_other_words_are_counted(passengers: str) -> None:
    found = read(mvt, movement("MU5101/24", "AD0812/0827 EA1010 PEK", passengers))
    assert found == read(mvt, movement("MU5101/24", "AD0812/0827 EA1010 PEK", "PX215+0"))
    assert codes(found) == ["mvt-px"]


RELAYED = "ZCZC TMQ1234 240830\r\nQU SHATTMU\r\n.PEKKDMU 240829\r\n{}NNNN\r\n"


@pytest.mark.parametrize(
    "frame", [RELAYED, "ZCZC TMQ1234 240830\r\n{}NNNN\r\n", "\r\n{}NNNN\r\n".lstrip()]
)
def test_a_telex_between_the_marks_of_another_network_is_read(frame: str) -> None:
    text = frame.format(movement("MU5101/24", "AD0812/0827 EA1010 PEK"))
    found = read(mvt, text)
    assert codes(found) == ["mvt-relayed"]
    assert found.times("AD").first == at(24, 8, 12)
    assert found.envelope.ends
    assert mvt.encode(found) == text.encode()
    with pytest.raises(Malformed, match="another network"):
        read(mvt, text, mode="strict")


def test_relayed_telexes_follow_one_another_each_with_its_marks() -> None:
    one = RELAYED.format(movement("MU5101/24", "AD0812/0827 EA1010 PEK"))
    found = mvt.parse((one + one.replace("1234 24", "1235 24")).encode(), reference=REFERENCE)
    assert [each.envelope.start for each in found] == ["TMQ1234 240830", "TMQ1235 240830"]
    assert [each.envelope.addresses for each in found] == [("SHATTMU",), ("SHATTMU",)]
    assert telex.recognise(one.encode()) > 0.5
    plain = telex.parse((one + one).encode(), reference=REFERENCE)
    assert [each.first_line for each in plain] == [4, 11]
    assert all(each.envelope.ends for each in plain)


@pytest.mark.parametrize(
    ("heading", "notice"),
    [
        ("QUSHATTMU PVGKDMU\r\n.PEKKDMU 240829\r\n", "mvt-address-glued"),
        ("QU SHATTMU PVGKDMU\r\n.PEKKDMU240829\r\n", "mvt-address-glued"),
    ],
)
def test_a_missing_blank_does_not_hide_who_sends_what_to_whom(heading: str, notice: str) -> None:
    found = read(mvt, heading + movement("MU5101/24", "AD0812/0827 EA1010 PEK"))
    told = found.envelope
    assert (told.priority, told.addresses) == ("QU", ("SHATTMU", "PVGKDMU"))
    assert (told.originator, told.filed, told.sent) == ("PEKKDMU", "240829", at(24, 8, 29))
    assert codes(found) == [notice]


def test_a_time_of_filing_that_is_none_is_noted() -> None:
    found = read(telex, "QU SHATTMU\r\n.PEKKDMU 242529\r\nHELLO\r\n")
    assert (found.envelope.filed, found.envelope.sent) == ("242529", None)
    assert codes(found) == ["type-b-identity"]


@pytest.mark.parametrize("text", ["\nNNNN", "NNNN\r\n", "ZCZC\r\nNNNN\r\n"])
def test_marks_with_nothing_between_are_text(text: str) -> None:
    assert read(telex, text).text[-1] == "NNNN"


def test_days_of_onward_flights_are_near_the_feeders() -> None:
    found = read(
        ptm, "PTM\r\nAZ1074/08NOV ZRHFCO PART1\r\nAZ610/08 JFK 2J 3B.LI/SIMS\r\nENDPTM\r\n"
    )
    assert [onward.flight.day for onward in found.onward] == [date(2026, 11, 8)]


def test_nobody_goes_on() -> None:
    text = "PTM\r\nMU5101/24NOV SHA PART1\r\nNIL\r\nENDPTM\r\n"
    found = read(ptm, text, mode="strict")
    assert (found.nil, found.onward, found.unknown) == (True, (), ())
    assert ptm.encode(found) == text.encode()


def test_a_passenger_may_go_on_with_another_flight() -> None:
    text = (
        "PSM\r\nLH1338/24NOV FRA PART1\r\n-BUD 2PAX / 2SSR\r\nC CLASS 2PAX / 2SSR\r\n"
        "1LI/SI MRS 02A TK0399Y26LED\r\nWCHR\r\n1WU/ERMR 02C TK0399Y26LED\r\nBLND\r\nENDPSM\r\n"
    )
    found = read(psm, text, mode="strict")
    one, other = found.destinations[0].passengers
    assert (one.name, one.seat, one.more, one.services) == (
        "LI/SI MRS",
        "02A",
        "TK0399Y26LED",
        ("WCHR",),
    )
    assert other.codes == ("BLND",)
    assert psm.encode(found) == text.encode()
    assert "TK0399" not in repr(found)


PERIOD = "25OCT26 27MAR27 1357"


@pytest.mark.parametrize(
    "text",
    [
        f"SSM\r\nUTC\r\nCNL\r\nMU5101\r\n{PERIOD}\r\n//\r\nSI NO AIRCRAFT\r\n",
        f"SSM\r\nUTC\r\nCNL\r\nMU5101\r\n{PERIOD}\r\nSI ONE\r\n//\r\nMORE OF IT\r\n",
        f"SSM\r\nUTC\r\nCNL\r\nMU5101\r\n{PERIOD}\r\nSI ONE\r\n//\r\nCNL\r\nMU5103\r\n{PERIOD}\r\nSI TWO\r\n",
    ],
)
def test_free_text_is_kept_wherever_it_stands(text: str) -> None:
    found = read(ssm, text, mode="strict")
    assert ssm.encode(found) == text.encode()
    kept = [*found.supplementary]
    kept += [
        line.value for sub in found.sub_messages for line in sub.lines if isinstance(line, Text)
    ]
    assert sum("SI " in line for line in kept) == text.count("SI ")
    assert len(found.sub_messages) == text.count("CNL")


def test_a_revision_names_the_period_that_it_revises() -> None:
    text = f"SSM\r\nUTC\r\nREV\r\nMU5101 {PERIOD} 1/MU\r\n25OCT26 10MAR27 1357\r\n"
    found = read(ssm, text, mode="strict")
    flight, period = found.sub_messages[0].lines
    assert isinstance(flight, FlightInformation)
    assert isinstance(period, Period)
    assert flight.existing is not None
    assert (flight.existing.to, period.to) == (date(2027, 3, 27), date(2027, 3, 10))
    assert ssm.encode(found) == text.encode()


def test_a_change_of_aircraft_names_its_legs() -> None:
    text = f"SSM\r\nUTC\r\nCON\r\nMU5101\r\n{PERIOD}\r\nJ 320 .C8Y150\r\nSHA/PEK\r\n"
    found = read(ssm, text, mode="strict")
    assert found.sub_messages[0].lines[-1] == Stations(points="SHA/PEK")
    assert ssm.encode(found) == text.encode()


def test_blanks_between_days_are_left_out() -> None:
    found = read(ssm, "SSM\r\nUTC\r\nCNL\r\nMU5101\r\n25OCT26 27MAR27 1 3 5 7\r\n")
    assert found.sub_messages[0].periods[0].days == (1, 3, 5, 7)
    assert codes(found) == ["ssm-days"]
