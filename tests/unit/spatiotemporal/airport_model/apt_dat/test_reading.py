"""apt.dat from bytes to an airport: every row, both modes, every fault with its place."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service_bus import Malformed, TooLarge
from spatiotemporal.airport_model import apt_dat
from tests.unit.spatiotemporal.airport_model.apt_dat.sample import OLD, SAMPLE, replaced, sample


def test_every_kind_of_row_has_its_place() -> None:
    airport = sample()
    assert (airport.id, airport.icao, airport.edition, airport.name) == (
        "XTST", "ZZTS", 1200, "Test Field",
    )  # fmt: skip
    assert [r.kind for r in airport.runways] == ["land", "water"]
    assert (airport.runways[0].shoulder, airport.runways[0].shoulder_m) == (2, 7.0)
    assert [r.kind for r in airport.rectangles] == ["helipad"]
    assert [len(p.chains) for p in airport.pavements] == [2]
    assert [len(airport.lines), len(airport.boundaries)] == [2, 1]
    assert [(s.name, s.size, s.airlines) for s in airport.stands] == [
        ("Apron 1 - Gate 101", "E", ("cca", "ces")),
        ("Ramp start", "", ()),
    ]
    assert airport.stands[0].heading_deg == 270.0
    assert [(f.service, f.khz) for f in airport.frequencies] == [
        ("atis", 127850),
        ("tower", 118100),
    ]
    assert len(airport.objects) == 10
    assert airport.unknown == ()
    assert airport.notices == ()


def test_the_taxi_network_keeps_shapes_zones_and_directions() -> None:
    first, second, road = sample().taxi_edges
    assert first.zones == (("departure", ("09", "27")), ("ils", ("27",)))
    assert (first.shape, first.one_way, second.one_way) == (((30.0011, 120.005),), False, True)
    assert (road.kind, road.name) == ("road", "Ring")


def test_flows_keep_their_rules() -> None:
    (flow,) = sample().flows
    assert [rule.code for rule in flow.rules] == [1001, 1002, 1003, 1004, 1110, 1101]


def test_edition_810_has_rectangles() -> None:
    (airport,) = apt_dat.parse(OLD.encode(), mode="strict")
    (runway,) = airport.runways
    assert [end.number for end in runway.ends] == ["08R", "26L"]
    assert [round(end.displaced_m, 1) for end in runway.ends] == [304.8, 76.2]
    assert runway.ends[0].place[1] < 120.0 < runway.ends[1].place[1]
    assert [(r.kind, r.number) for r in airport.rectangles] == [("taxiway", ""), ("helipad", "H1")]
    assert airport.stands[0].kind == "misc"


def test_one_airport_of_many_is_read_alone() -> None:
    body = SAMPLE[: SAMPLE.index("99\n")]
    other = body[body.index("1 30") :].replace("XTST", "XOTH").replace("ZZTS", "ZOTH")
    world = (body + other + "99\n").encode()
    assert apt_dat.airports_in(world) == ("XTST", "XOTH")
    assert [a.id for a in apt_dat.parse(world)] == ["XTST", "XOTH"]
    (found,) = apt_dat.parse(world, only="zoth")
    assert found.id == "XOTH"
    assert b"ZOTH" in found.original
    broken = world.replace(b"XTST Test Field\n", b"XTST Test Field\n100 broken\n")
    assert apt_dat.parse(broken, only="XOTH")[0].id == "XOTH"
    with pytest.raises(Malformed, match="no such airport"):
        apt_dat.parse(world, only="ZSSS")


def test_an_unknown_row_is_kept() -> None:
    data = replaced("99\n", "1777 something new\n99\n")
    (airport,) = apt_dat.parse(data)
    assert [row.text for row in airport.unknown] == ["1777 something new"]
    assert [n.code for n in airport.notices] == ["apt-unknown-row"]
    with pytest.raises(Malformed) as caught:
        apt_dat.parse(data, mode="strict")
    assert (caught.value.code, caught.value.field) == ("apt-unknown-row", "row code")
    assert caught.value.position.startswith("line ")


@pytest.mark.parametrize("ends", ["\r\n", "\r"])
def test_other_line_ends_and_a_byte_order_mark_are_read(ends: str) -> None:
    data = b"\xef\xbb\xbf" + SAMPLE.replace("\n", ends).encode()
    (airport,) = apt_dat.parse(data, mode="strict")
    assert airport.stands == sample().stands


def test_latin_1_is_read_and_noted() -> None:
    data = replaced("Test Field", "Feld Süd").decode().encode("latin-1")
    (airport,) = apt_dat.parse(data)
    assert airport.name == "Feld Süd"
    assert [n.code for n in airport.notices] == ["apt-latin-1"]


ODD = [
    ("99\n", "", "apt-no-end"),
    ("I\n", "X\n", "apt-no-origin"),
    ("1301 E airline cca ces", "1301 Q airline", "apt-stand-size"),
    ("-90.00 gate", "-90.00 porch", "apt-stand-kind"),
    ("1302 city", "1301 C airline\n1302 city", "apt-stray-size"),
    ("1302 city", "111 30 120\n1302 city", "apt-stray-node"),
    ("1302 city", "1001 ZZTS 0 1 2\n1302 city", "apt-stray-rule"),
    ("1302 city", "1204 ils 27\n1302 city", "apt-stray-edge-part"),
    ("115 30.00600000 120.00500000", "", "apt-unended-chain"),
    ("115 30.00600000 120.00500000", "", "apt-short-chain"),
    ("113 30.01000000 119.99000000", "115 30.01 119.99", "apt-open-ring"),
    ("1202 0 1 twoway", "1202 0 1 both", "apt-direction"),
    ("111 30.00200000 120.00500000 3 102", "111 30.002 120.005 yellow 102", "apt-bad-value"),
    ("100 45.00 1 702", "100 45.00 tar 702", "apt-bad-value"),
    ("1202 1 2 oneway", "1202 1 9 oneway", "apt-unknown-node"),
    ("both 2\n", "both 1\n", "apt-twice-node"),
    ("21 30.00010000", "130 Empty\n21 30.00010000", "apt-empty-shape"),
    ("1203 30.00110000 120.00500000", "1203 30.0011 120.005 7", "apt-extra-columns"),
    ("113 30.01000000 119.99000000", "113 30.01000000", "apt-bad-row"),
    ("54 11810 Tower", "54 busy Tower", "apt-bad-row"),
    ("54 11810 Tower", "54 118.10 Tower", "apt-mhz"),
    ("1200 Written by hand", "Version 1200", "apt-edition"),
    ("99\n", "99\n1300 30.0 120.0 90 gate jets Late\n", "apt-after-end"),
    ("100 45.00", "100 0.00", "apt-no-extent"),
    ("120.02000000 0 0 3", "120.00000000 0 0 3", "apt-no-extent"),
    ("45.00 30.00 20.00", "45.00 0.00 0.00", "apt-no-extent"),
    ("14 30.00500000 120.00700000", "14 0.0 0.0", "apt-far-away"),
    ("1201 30.00300000 120.00500000", "1201 0 0", "apt-far-away"),
    ("111 29.98000000 120.03000000", "111 2.998 120.03", "apt-far-away"),
]


@pytest.mark.parametrize(
    ("old", "new", "code"), ODD, ids=[f"{o[2]}-{n}" for n, o in enumerate(ODD)]
)
def test_what_is_odd_is_noted_and_refused_in_strict_mode(old: str, new: str, code: str) -> None:
    data = replaced(old, new)
    (airport,) = apt_dat.parse(data)
    assert code in [notice.code for notice in airport.notices]
    with pytest.raises(Malformed) as caught:
        apt_dat.parse(data, mode="strict")
    assert caught.value.position.startswith("line ")
    assert caught.value.field


BROKEN = [
    ("1200 Written", "latest Written", "edition", "line 2 column 1"),
    ("100 45.00", "100 wide", "width_m", "line 8 column 5"),
    ("120.02000000 0 0 3", "220.02000000 0 0 3", "lon2", "line 8 column 86"),
    ("1 30 1 0 XTST Test Field", "1 30 1 0", "id", "line 4 column 9"),
]


@pytest.mark.parametrize(("old", "new", "field", "position"), BROKEN, ids=[b[2] for b in BROKEN])
def test_what_cannot_be_read_names_field_and_place(
    old: str, new: str, field: str, position: str
) -> None:
    with pytest.raises(Malformed) as caught:
        apt_dat.parse(replaced(old, new))
    assert (caught.value.field, caught.value.position) == (field, position)


def test_sizes_are_capped() -> None:
    with pytest.raises(TooLarge):
        apt_dat.parse(SAMPLE.encode(), max_bytes=100)
    with pytest.raises(Malformed, match="too long"):
        apt_dat.parse(replaced("Test Field\n", "Test Field\n120 " + "x" * 20_000 + "\n"))


def test_the_format_is_recognised_by_its_first_two_lines() -> None:
    assert apt_dat.recognise(SAMPLE.encode()) > 0.9
    assert apt_dat.recognise(b"A\r\n850 Version\r\n") > 0.9
    assert apt_dat.recognise(b"I am a text\n1200\n") == 0.0
    assert apt_dat.recognise(b"") == 0.0


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data: bytes) -> None:
    assert 0.0 <= apt_dat.recognise(data) <= 1.0
    with pytest.raises(Malformed):
        apt_dat.parse(data)


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_damaged_files_are_read_or_refused_with_a_place(seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(20):
        data = bytearray(SAMPLE.encode())
        for _ in range(dice.randint(1, 4)):
            at = dice.randrange(len(data))
            match dice.randrange(3):
                case 0:
                    data[at] = dice.randrange(256)
                case 1:
                    del data[at : at + dice.randint(1, 40)]
                case _:
                    data[at:at] = dice.choice([b"\n", b"99 ", b"1300 ", b"-", b"\x00", b"9" * 30])
        assert _placed(bytes(data))


def _placed(data: bytes) -> bool:
    """Read, or refused with field and place."""
    try:
        apt_dat.parse(data)
    except Malformed as fault:
        return bool(fault.field) and fault.position.startswith("line ")
    return True
