"""Telexes as the systems of airlines and handlers write them, beside what the manuals show."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest

from airport_brain.operations.decoders import RECOGNISERS
from airport_brain.operations.formats.type_b import ldm, mvt, psm, ptm, ssm, telex
from service_bus import Malformed

REFERENCE = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def read(module: Any, text: str, **more: Any) -> Any:
    (only,) = module.parse(text.encode("latin-1"), reference=REFERENCE, **more)
    return only


def codes(message: Any) -> list[str]:
    return [notice.code for notice in message.notices]


def written_back(module: Any, text: str) -> Any:
    """Read strictly, and written to the same bytes."""
    found = read(module, text, mode="strict")
    assert module.encode(found) == text.encode("latin-1")
    return found


# Envelopes.


def test_addresses_without_a_priority_are_addresses() -> None:
    text = (
        "SHATTMU PVGKDMU\r\nPEKOOMU\r\n.PEKKDMU 240812\r\nMVT\r\nMU5101/24.B1234.SHA\r\nAD0812\r\n"
    )
    found = read(mvt, text)
    assert found.envelope.addresses == ("SHATTMU", "PVGKDMU", "PEKOOMU")
    assert (found.envelope.priority, found.envelope.originator) == ("", "PEKKDMU")
    assert codes(found) == ["mvt-no-priority"]
    assert mvt.encode(found) == text.encode()
    assert RECOGNISERS["type-b"](text.encode()) > 0


@pytest.mark.parametrize(
    "text", ["HELLOXX\r\nWORLD\r\n", "SHATTMU PEK\r\n.PEKKDMU 240812\r\nX\r\n"]
)
def test_words_of_seven_letters_are_no_addresses_by_themselves(text: str) -> None:
    found = read(telex, text)
    assert found.envelope.addresses == ()


# MVT.


def test_cor_above_the_identifier_is_where_it_belongs() -> None:
    found = written_back(mvt, "COR\r\nMVT\r\nMU5101/24.B1234.PEK\r\nAA241003/241011\r\n")
    assert found.correction


@pytest.mark.parametrize(
    ("line", "reasons"),
    [
        ("DLA81A///", ("81A", "", "", "")),
        ("DLA/02B//", ("", "02B", "", "")),
        ("DLA93//95/", ("93", "", "95", "")),
        ("DLA41A/93Z", ("41A", "93Z")),
    ],
)
def test_sub_codes_of_delays_keep_their_places(line: str, reasons: tuple[str, ...]) -> None:
    found = written_back(
        mvt, f"MVT\r\nMU5101/24.B1234.SHA\r\nAD0812/0827\r\nDL81/0012\r\n{line}\r\n"
    )
    assert [(d.code, d.reasons) for d in found.delays()] == [("DL", ("81",)), ("DLA", reasons)]


@pytest.mark.parametrize("line", ["DLAT/0015", "DLAF/0020", "DLAA/0005"])
def test_a_delay_of_two_letters_that_begin_with_a_is_no_sub_code(line: str) -> None:
    found = written_back(mvt, f"MVT\r\nMU5101/24.B1234.SHA\r\nAD0812/0827\r\n{line}\r\n")
    (delay,) = found.delays()
    assert (delay.code, delay.reasons) == ("DL", (line[2:4],))


def test_fuel_remaining_is_no_forced_return() -> None:
    text = "MVT\r\nMU5101/24.B1234.SHA\r\nAA1003/1011\r\nFR 50500\r\n"
    found = read(mvt, text)
    assert found.times("FR") is None
    assert codes(found) == ["mvt-unknown-line"]
    assert mvt.encode(found) == text.encode()
    returned = written_back(mvt, "MVT\r\nMU5101/24.B1234.SHA\r\nFR0931/0940\r\n")
    assert returned.times("FR").second == datetime(2026, 11, 24, 9, 40, tzinfo=UTC)


def test_a_time_of_five_digits_is_refused() -> None:
    with pytest.raises(Malformed) as caught:
        read(mvt, "MVT\r\nMU5101/24.B1234.SHA\r\nAD08123\r\n")
    assert (caught.value.field, caught.value.position) == ("AD", "line 3 column 3")


@pytest.mark.parametrize(
    "lines",
    [
        "MVT\r\nMU5101/24.B1234.PEK\r\nEA1015\r\nEB1022\r\nSI HOLDING\r\n",
        "MVT\r\nMU5101/24.B1234.SHA\r\nAD240812 EO0835 EA1010 PEK\r\nDL72/0025\r\nEB1018\r\n",
        "MVT\r\nMU5101/24.B1234.SHA\r\nAD0812 FR0840/0851\r\nEA0838\r\n",
        "MVT\r\nMU5101/24.B1234.PEK\r\nAA241003 EB1012\r\nFLD24\r\n",
        "DIV\r\nMU5101/24.B1234.PEK\r\nEA1031 TSN\r\nDR71 PX128\r\nSI FOG\r\n",
    ],
)
def test_an_estimate_at_the_station_that_reports_names_none(lines: str) -> None:
    written_back(mvt, lines)


@pytest.mark.parametrize(
    "lines",
    [
        "MVT\r\nMU5101/24.B1234.SHA\r\nAD0812/0827 EA1010\r\n",
        "MVT\r\nMU5101/24.B1234.SHA\r\nAD0812/0827\r\nEA1010\r\n",
        "DIV\r\nMU5101/24.B1234.PEK\r\nEA1031\r\nDR71\r\n",
    ],
)
def test_an_estimate_elsewhere_names_its_station(lines: str) -> None:
    found = read(mvt, lines)
    assert codes(found) == ["mvt-station-missing"]
    assert mvt.encode(found) == lines.encode()
    with pytest.raises(Malformed) as caught:
        read(mvt, lines, mode="strict")
    assert caught.value.code == "mvt-station-missing"


def test_a_registration_filled_up_with_blanks_is_the_registration() -> None:
    text = "MVA\r\nMU5101/24NOV26.B1234  .SHA\r\nAD0812/0827 EA1010 PEK\r\n"
    found = read(mvt, text)
    assert (found.aircraft_registration, found.station) == ("B1234", "SHA")
    assert codes(found) == ["mvt-blank"]
    with pytest.raises(Malformed) as caught:
        read(mvt, text, mode="strict")
    assert (caught.value.code, caught.value.position) == ("mvt-blank", "line 2 column 16")
    empty = read(mvt, text.replace("B1234", ""))
    assert codes(empty) == ["mvt-blank", "mvt-registration-missing"]
    load = read(ldm, "LDM\r\nMU5101/24.B1234  .Y180.2/6\r\n-PEK.120/0/0.T900.1/900.PAX/120\r\n")
    assert (load.aircraft_registration, codes(load)) == ("B1234", ["ldm-blank"])
    with pytest.raises(Malformed) as caught:
        read(mvt, text.replace("B1234  ", "B1 234"))
    assert caught.value.code == "mvt-registration"


@pytest.mark.parametrize("unknown", ["", "?", "??", "?????"])
def test_a_load_without_registration_is_read_and_says_so(unknown: str) -> None:
    text = f"LDM\r\nUT5101/24.{unknown}.30/48.2/4\r\n-DME.40/0/0.T900.1/900.PAX/0/40\r\n"
    load = read(ldm, text)
    assert (load.aircraft_registration, load.version, load.crew) == ("", "30/48", "2/4")
    assert codes(load) == ["ldm-registration-missing"]
    assert ldm.encode(load).split(b"\r\n")[1] == b"UT5101/24..30/48.2/4"
    with pytest.raises(Malformed) as caught:
        read(ldm, text, mode="strict")
    assert (caught.value.code, caught.value.position) == (
        "ldm-registration-missing",
        "line 2 column 11",
    )
    with pytest.raises(Malformed) as caught:
        read(ldm, text.replace(f".{unknown}.", ".B?34."))
    assert caught.value.code == "ldm-registration"


def test_a_load_with_neither_registration_nor_version_nor_crew_is_written_so_that_it_is_read() -> (
    None
):
    load = read(ldm, "LDM\r\nUT5101/24.??\r\n-DME.NIL\r\n")
    again = read(ldm, ldm.encode(load).decode("ascii"))
    assert (again.flight, again.entries) == (load.flight, load.entries)


def test_a_digit_behind_the_date_is_no_part_of_it() -> None:
    found = read(mvt, "MVT\r\nMU5101/24NOV262 .B1234.PEK\r\nEA1015\r\n")
    assert (found.flight.day, found.flight.day_as_sent) == (date(2026, 11, 24), "24NOV26")
    assert codes(found) == ["mvt-blank", "mvt-date-rest"]
    with pytest.raises(Malformed) as caught:
        read(mvt, "MVT\r\nMU5101/24NOV2622.B1234.PEK\r\nEA1015\r\n")
    assert (caught.value.code, caught.value.field) == ("mvt-date", "date")


# LDM.


def loaded(load: str, *, mode: str = "tolerant", line: str = "MU5101/24.B1234.Y189.2/5") -> Any:
    text = f"LDM\r\n{line}\r\n{load}\r\n"
    found = read(ldm, text, mode=mode)
    return found, found.loads[0], text


@pytest.mark.parametrize(
    "load",
    [
        "-PEK.180/0/2.T9840\r\n.001/5930.003/3910\r\n.PAX/180",
        "-PEK.0/0/0/0.T1983.MD1305.1/50.2/0.3/351.4/277.PAX/0.PAD/0\r\n.ELD/A9/335.FKT/1/50",
        "-PEK.96/48/2/1.0.T3336.1/1511.3/1003.4/588.5/234.PAX/12/134\r\n.JMP/0.CRW/0.PAD/0/3",
        "-PEK.41/28/2/2.T1340.4/1340.PAX/71\r\n.B/1340",
        "-PEK.B/740.F/2325.G/1874.TW4939",
        "-PEK.10/2/0/0.T900.11P/500.AB/400.PAX/12",
    ],
)
def test_loads_of_passenger_and_freighter_flights_are_read_strictly(load: str) -> None:
    found, only, text = loaded(load, mode="strict")
    assert only.total == sum(weight for _, weight in only.compartments)
    assert ldm.encode(found) == text.encode()


def test_a_version_may_be_anything_of_letters_digits_and_slants() -> None:
    for version in ("B40/320", "50/24/202", "3433A", "00F30C270Y", "B772"):
        found, _, _ = loaded(
            "-PEK.10/2/0.T0.PAX/12", mode="strict", line=f"MU5101/24.B1234.{version}.2/0/5"
        )
        assert (found.version, found.crew) == (version, "2/0/5")


@pytest.mark.parametrize(
    ("load", "code"),
    [
        ("-PEK.228/19/4/.T9974.AB/5820/A2/4154.PAX/59/192", "ldm-no-infants"),
        ("-PEK.161/71/0.T9335.1/2105 2/5330 5/1900.PAX/232", "ldm-joined"),
        ("-PEK.161/71/0.T9335.1/2105.2/7230 PAX/232", "ldm-joined"),
        ("-PEK.90/60/5/2.T2500.1/500/2/2000.PAX.0/155", "ldm-joined"),
        ("-PEK.90/60/5/2.T2500.1/500.2/2000.PAX.0/155.PAD.0/3", "ldm-classes-apart"),
    ],
)
def test_loads_with_other_separators_give_the_same_figures(load: str, code: str) -> None:
    found, only, _ = loaded(load)
    assert code in codes(found)
    assert only.total == sum(weight for _, weight in only.compartments)
    assert sum(only.passengers) - only.infants == sum(only.pax)
    assert read(ldm, ldm.encode(found).decode()).loads == found.loads


# PSM and PTM.


def test_services_of_a_destination_are_counted_by_class() -> None:
    found = written_back(
        psm,
        "PSM\r\nMU5101/24NOV SHA PART1\r\n-PEK 2PAX / 3SSR\r\nWCHR 001C 001Y\r\nBLND  000C 001Y\r\n"
        "C CLASS 1PAX / 1SSR\r\n1ZHANG/SANMR  003C\r\nWCHR\r\nY CLASS 1PAX / 2SSR\r\n"
        "1LI/SIMS 27A\r\nMU2405Y26XIY\r\nWCHR\r\nBLND\r\nENDPSM\r\n",
    )
    (pek,) = found.destinations
    assert pek.totals == (("WCHR", ("001C", "001Y")), ("BLND", ("000C", "001Y")))
    assert [(p.seat, p.codes) for p in pek.passengers] == [
        ("003C", ("WCHR",)),
        ("27A", ("WCHR", "BLND")),
    ]


def test_transfer_passengers_with_bags_without_weight_and_blanks_in_names() -> None:
    found = written_back(
        ptm,
        "PTM\r\nMU5101/24NOV SHAPEK PART2\r\nMU2405/25 XIY 1Y 0B ZHANG/SAN FENG\r\n"
        "MU2405/25 XIY 3P 1B20K LI/SI/WU/L.CHD2\r\nENDPART2\r\n",
    )
    assert [(o.bags, o.bag_weight) for o in found.onward] == [(0, None), (1, 20)]
    assert not found.ends


def test_an_onward_flight_may_leave_its_day_out() -> None:
    found = written_back(
        ptm, "PTM\r\nMU5101/24NOV SHAPEK PART1\r\nMU2405 XIY 1Y 0B ZHANG/SAN\r\nENDPTM\r\n"
    )
    (onward,) = found.onward
    assert (onward.flight.day, onward.flight.text()) == (None, "MU2405")


def test_transfer_passengers_in_lines_of_their_own() -> None:
    found = written_back(
        ptm,
        "PTM\r\nMU5101/24NOV SHAPEK PART1\r\nMU2405/24 -XIY Y2 B3/51/0/0\r\n"
        "1ZHANG/SANMR .OK B2/31 14D\r\n.N/MU123456-123457/XIY\r\n1LI/SIMS .OK B1/20 14E\r\n"
        "CZ3000/25 -CAN F1 B0\r\n1WANG/WU\r\nHX305/24 MEL 1O 1B22K ZHAO/LIUMR\r\nENDPTM\r\n",
    )
    xiy, can, mel = found.onward
    assert (xiy.destination, xiy.passengers, xiy.cabin) == ("XIY", 2, "Y")
    assert (xiy.bags, xiy.bag_weight, xiy.bag_weight_unit, xiy.more) == (3, 51, "K", "/0/0")
    assert (xiy.names, can.names) == (("ZHANG/SANMR", "LI/SIMS"), ("WANG/WU",))
    assert (len(xiy.listed), can.bags, can.bag_weight, mel.dashed) == (3, 0, None, False)
    assert "ZHANG" not in repr(found)


def test_a_flood_of_listed_passengers_is_read_in_one_pass() -> None:
    text = "PTM\r\nMU5101/24NOV SHA\r\nMU2405/24 -XIY Y2\r\n" + "1A\r\n" * 15_000 + "ENDPTM\r\n"
    (onward,) = read(ptm, text, mode="strict").onward
    assert len(onward.names) == 15_000


@pytest.mark.parametrize(
    ("old", "new", "field"),
    [("-XIY", "-ZHANG", "destination"), ("Y2", "2ZHANG", "passengers")],
)
def test_what_is_wrong_with_a_dashed_flight_is_named(old: str, new: str, field: str) -> None:
    text = "PTM\r\nMU5101/24NOV SHA\r\nMU2405/24 -XIY Y2 B3\r\n1LI/SIMS\r\nENDPTM\r\n"
    with pytest.raises(Malformed) as caught:
        read(ptm, text.replace(old, new))
    assert (caught.value.field, caught.value.position[:7]) == (field, "line 3 ")
    assert "ZHANG" not in str(caught.value)


# SSM and ASM.


def test_a_period_without_days_means_all_of_it() -> None:
    found = written_back(
        ssm,
        "SSM\r\nUTC\r\n24NOV00001E001/000000-MU583/24NOV\r\nSKD XASM\r\nMU583\r\n25OCT26 27MAR27\r\n"
        "//\r\nNEW XASM\r\nMU583\r\n25OCT26 27MAR27 1234567 6/MU584/1\r\n"
        "G 77W FCYML/FNCN.P8C42Y266\r\nPVG0435 LAX1600/1 7/B\r\n",
    )
    schedule, new = found.sub_messages
    assert (schedule.periods[0].days, schedule.periods[0].begin) == ((), date(2026, 10, 25))
    assert new.periods[0].elements[0].value == "MU584/1"
    (aircraft,) = new.equipment
    assert (aircraft.booking_designator, aircraft.booking_modifier) == ("FCYML", "FNCN")
    assert aircraft.configuration == "P8C42Y266"


@pytest.mark.parametrize("configuration", ["C8Y150VV12", "C8Y150.VV12"])
def test_a_version_behind_the_configuration_belongs_to_it(configuration: str) -> None:
    text = f"SSM\r\nLT\r\nEQT\r\nMU583\r\n25OCT26 27MAR27 1234567\r\nJ 320 .{configuration}\r\n"
    found = written_back(ssm, text)
    assert found.sub_messages[0].equipment[0].configuration == configuration
    bare = read(ssm, text.replace(" .", " "))
    assert bare.sub_messages[0].equipment[0].configuration == configuration
    assert codes(bare) == ["ssm-configuration"]
    assert ssm.encode(bare) == text.replace(" .", " ").encode()


def test_a_flight_of_several_legs_names_its_stations() -> None:
    found = written_back(
        ssm,
        "ASM\r\nUTC\r\nEQT/TIM EQUI\r\nMU583/24NOV26 PVG/SFO/LAX 3/MU\r\nJ 77W .P8C42Y266\r\n"
        "PVG240435 SFO241500\r\nSFO1600 LAX1730\r\n",
    )
    assert found.sub_messages[0].flights[0].points == "PVG/SFO/LAX"


def test_the_head_once_more_over_each_change_is_left_out() -> None:
    text = (
        "SSM\r\nLT\r\nCNL\r\nMU583\r\n25OCT26 27MAR27 1\r\n//\r\nSSM\r\nLT\r\n24NOV00042E002\r\nCNL\r\n"
        "MU585\r\n25OCT26 27MAR27 2\r\n//\r\n"
    )
    found = read(ssm, text)
    assert codes(found) == ["ssm-repeated-head"]
    assert [sub.flights[0].flight.designator for sub in found.sub_messages] == ["MU583", "MU585"]
    for other in (
        text.replace("//\r\nSSM\r\nLT", "//\r\nSSM\r\nUTC"),
        text.replace("//\r\nSSM", "//\r\nASM"),
    ):
        with pytest.raises(Malformed) as caught:
            read(ssm, other)
        assert caught.value.code == "ssm-repeated-head"
