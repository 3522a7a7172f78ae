"""apt.dat files as others pass them on: pieces, several in one, other encodings, rows that broke."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from service_bus import Malformed
from spatiotemporal.airport_model import apt_dat, exchange
from spatiotemporal.airport_model.errors import UnreadableLayers
from tests.unit.spatiotemporal.airport_model.apt_dat.sample import SAMPLE, SINCE, replaced, sample

BODY = SAMPLE[SAMPLE.index("1 30") : SAMPLE.index("99\n")]
OTHER = BODY.replace("XTST", "XOTH").replace("ZZTS", "ZOTH")


def codes(airport: apt_dat.AptAirport) -> list[str]:
    return [notice.code for notice in airport.notices]


def test_a_piece_cut_out_of_a_file_is_read_without_its_first_lines() -> None:
    (airport,) = apt_dat.parse((BODY + "99\n").encode())
    assert (airport.id, airport.edition, codes(airport)) == ("XTST", 0, ["apt-no-origin"])
    assert airport.stands[0].name == sample().stands[0].name
    told = apt_dat.layers(airport, valid_from=SINCE)["runway"]["features"]
    assert isinstance(told, list)
    assert "of no edition" in told[0]["properties"]["source"]


@pytest.mark.parametrize("opening", ["\n\nI\n1200 x\n", "I\n\n# by hand\n1200 x\n\n"])
def test_blank_lines_before_and_between_the_first_lines_are_skipped(opening: str) -> None:
    (airport,) = apt_dat.parse((opening + BODY + "99\n").encode())
    assert (airport.edition, codes(airport)) == (1200, [])


def test_files_that_were_put_together_keep_their_airports_apart() -> None:
    data = (SAMPLE + "I\n1100 Generated\n\n" + OTHER + "99\n").encode()
    first, second = apt_dat.parse(data, mode="strict")
    assert (first.id, second.id) == ("XTST", "XOTH")
    assert len(first.flows) == len(second.flows) == 1
    assert second.stands[0].line > first.stands[0].line
    assert first.unknown == second.unknown == ()


def test_an_airport_that_comes_twice_is_read_once() -> None:
    again = BODY.replace("Test Field", "Test Field Again")
    (airport,) = apt_dat.parse(("I\n1200 x\n" + BODY + again + "99\n").encode(), only="ZZTS")
    assert (airport.name, codes(airport)) == ("Test Field", ["apt-twice-airport"])
    assert airport.notices[0].position == f"line {3 + BODY.count(chr(10))}"


def test_the_airport_of_that_identifier_comes_before_one_that_has_it_as_another_code() -> None:
    other = OTHER.replace("1302 icao_code ZOTH", "1302 faa_code XTST")
    data = ("I\n1200 x\n" + other + BODY + "99\n").encode()
    (airport,) = apt_dat.parse(data, only="xtst")
    assert airport.id == "XTST"
    (airport,) = apt_dat.parse(data.replace(b"XTST Test", b"XONE Test"), only="XTST")
    assert airport.id == "XOTH"


def test_who_asks_for_another_airport_is_told_which_ones_are_there() -> None:
    with pytest.raises(Malformed, match="XTST, XOTH") as caught:
        apt_dat.parse(("I\n1200 x\n" + BODY + OTHER + "99\n").encode(), only="EDDF")
    assert "EDDF" in caught.value.expected


@pytest.mark.parametrize(
    ("name", "encoding", "noted"),
    [
        ("虹桥机场", "gb18030", ["apt-gb18030"]),
        ("Feld Süd", "latin-1", ["apt-latin-1"]),
        ("St John’s Field", "cp1252", ["apt-latin-1"]),
        ("Kääntö", "latin-1", ["apt-latin-1"]),
        ("虹桥机场", "utf-16", []),
    ],
)
def test_names_of_other_encodings_are_read(name: str, encoding: str, noted: list[str]) -> None:
    (airport,) = apt_dat.parse(SAMPLE.replace("Test Field", name).encode(encoding))
    assert (airport.name, codes(airport)) == (name, noted)


def test_a_ring_whose_last_node_broke_does_not_run_into_the_next_one() -> None:
    (airport,) = apt_dat.parse(replaced("113 30.00400000 120.00500000", "113 30.00400000"))
    (pavement,) = airport.pavements
    assert [len(chain.nodes) for chain in pavement.chains] == [3, 3]
    assert [row.text for row in airport.unknown] == ["113 30.00400000"]


def test_what_belongs_to_a_row_that_broke_does_not_join_the_one_before() -> None:
    edge = replaced("1202 1 2 oneway taxiway_C B", "1202 1\n1204 ils 09")
    (airport,) = apt_dat.parse(edge)
    assert airport.taxi_edges[0].zones == sample().taxi_edges[0].zones
    assert codes(airport) == ["apt-bad-row", "apt-stray-edge-part"]
    stand = replaced("1300 30.00300000 120.00700000", "1301 C none\n1300 30.003")
    stand = stand.replace(b"Ramp start\n", b"Ramp start\n1301 F cargo\n")
    (airport,) = apt_dat.parse(stand)
    assert [s.size for s in airport.stands] == ["E"]


def test_short_rows_of_stands_edges_and_pavement_are_read() -> None:
    data = replaced("1202 0 1 twoway taxiway_E A", "1202 0 1").decode()
    data = data.replace("1301 E airline cca ces\n", "").replace("gate heavy|jets Apron 1", "\n")
    (airport,) = apt_dat.parse(data.replace("110 2 0.25 90.00 Main apron", "110").encode())
    assert (airport.taxi_edges[0].kind, airport.taxi_edges[0].one_way) == ("taxiway", False)
    assert (airport.stands[0].kind, airport.stands[0].name) == ("misc", "")
    assert len(airport.pavements[0].chains) == 2


def test_a_frequency_in_megahertz_is_read() -> None:
    (airport,) = apt_dat.parse(replaced("1050 127850", "1050 127.85"))
    assert [f.khz for f in airport.frequencies] == [127850, 118100]


def test_what_lies_at_zero_zero_is_left_out_and_told() -> None:
    data = replaced("1201 30.00300000 120.00500000", "1201 0.0 0.0")
    (airport,) = apt_dat.parse(data.replace(b"14 30.00500000 120.00700000", b"14 0.0 0.0"))
    assert [row.code for row in airport.objects].count(14) == 0
    assert codes(airport) == [
        "apt-far-away",
        "apt-far-away",
        "apt-unknown-node",
        "apt-unknown-node",
    ]


def test_a_threshold_is_never_displaced_backwards() -> None:
    (airport,) = apt_dat.parse(replaced("120.00000000 100 60", "120.00000000 -100 -60"))
    assert [end.displaced_m for end in airport.runways[0].ends] == [0.0, 0.0]


def read(file: Path, icao: str, pick: str = "") -> dict[str, object]:
    return exchange.read(file, icao=icao, valid_from=date(2026, 5, 1), pick=pick)[1]


def test_an_airport_is_imported_under_another_code_than_its_own(tmp_path: Path) -> None:
    file = tmp_path / "apt.dat"
    file.write_bytes(replaced("1302 city", "1302 iata_code tst\n1302 city"))
    told = read(file, "ZZNE", pick="XTST")
    assert (told["icao"], told["id"], told["iata"]) == ("ZZNE", "XTST", "TST")
    with pytest.raises(Malformed):
        read(file, "ZZNE")


def test_an_airport_of_which_nothing_is_left_says_why(tmp_path: Path) -> None:
    file = tmp_path / "apt.dat"
    file.write_text(
        "I\n1200 x\n1 0 0 0 XTST T\n100 45 1 0 0.25 1 2 1 09 30 120 0 0 3 1 1 1 27 30 120\n"
    )
    with pytest.raises(UnreadableLayers, match="line 4: both ends"):
        read(file, "XTST")
