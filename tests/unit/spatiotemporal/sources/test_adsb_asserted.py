"""ADS-B against values that the tests of other projects assert of their frames."""

from __future__ import annotations

import pytest

from service_bus import Malformed
from spatiotemporal.decoders import decode_adsb
from spatiotemporal.sources import adsb
from spatiotemporal.sources.adsb import cpr
from spatiotemporal.sources.adsb.bodies import KNOT_MPS, read_body
from spatiotemporal.sources.adsb.places import places
from spatiotemporal.sources.adsb.status import FOOT_M

# Of xoolive/rs1090 (recorded), rsadsb/adsb_deku (with what dump1090 says of them) and pyModeS.
ALTITUDES = [
    ("8D484FDE5803B647ECEC4FCDD74F", -325), ("8D4845575803C647BCEC2A980ABC", -300),
    ("8D3424D25803D64C18EE03351F89", -275), ("8D4401E458058645A8EA90496290", 0),
    ("8D346355580596459CEA86756ACC", 25), ("8D3463555805A64584EA756D352E", 50),
    ("8D3463555805C2D9F6F0F3F1B6C3", 100), ("8D346355580B064116E70A269F97", 1_000),
    ("8D343386581F06318AD4FECAB734", 5_000), ("8DA2C1BD587BA2ADB31799CB802B", 23_650),
    ("8DAB92A2593E0664204C69D8FE84", 10_600), ("8D40621D58C382D690C8AC2863A7", 38_000),
    ("95298FCA680946499671468C7ACA", 700), ("96130D9D910F86188A7A71EF6DCB", 2_000),
]  # fmt: skip
ON_THE_GROUND = [
    ("8C4841753A9A153237AEF0F275BE", 17.0), ("8C3461CF399D6059814EA81483A9", 8.0),
    ("8C3461CF398D60597B4EA434C4D7", 7.5), ("903A33FF40100858D34FF3CCE976", 0.0),
    ("8C3944F8400002ACB23CDA192B95", None), ("8C394C0F389B1667E947DB7BB8BC", 1.0),
    ("8C3461CF3A7F3059C94E5BF4E169", 15.0), ("8C3950CF3DEDE47BAC304D3B5122", 70.0),
    ("8C3933203EDDE47B9E2FFA5E77B8", 100.0),
]  # fmt: skip
VELOCITIES = [
    # whole numbers are asserted without what follows the point
    # speed over ground kt, track or heading, airspeed kt, climb ft/min, above barometric ft
    ("8D485020994409940838175B284F", 159.2, 182.88, None, -832, 550),
    ("8DA05F219B06B6AF189400CBC33F", None, 243.98, 375, -2_304, None),
    ("8D3461CF9908388930080F948EA1", None, None, None, 64, None),
    ("8D394C0F990C4932780838866883", None, None, None, -64, None),
    ("8D3461CF99085A8F10400F80E6AC", None, None, None, 960, None),
    ("8DA3D42599250129780484712C50", 417.6554, 322.1972, None, 0, None),
    ("8DAC8E1A9924263950043944CF32", 458, 356, None, 0, 1_400),
    ("8DA3F9CB9910100DA8148571DB11", 109, 8, None, -256, -100),
    ("96A6C24699141E0E8018074AA959", 118, 346, None, 320, 150),
    ("92A24528993C238900062053CDEF", 78, 206, None, 0, 775),
    ("8DAB92A299105E93001486608C6D", 177, 149, None, 256, -125),
    ("8DA35EBC9B000024B00C0004E897", None, None, 292, 128, None),
]
NAMES = [
    ("8D406B902015A678D4D220AA4BDA", "EZY85MH", "A0"), ("8DA3F9CB213B3D75C1582080F4D9", "N3550U", "A1"),
    ("96A082FB213B1CF2113820D6EDDF", "N132DS", "A1"), ("8D4840D6202CC371C32CE0576098", "KLM1023", "A0"),
]  # fmt: skip
PAIRS = [
    ("8D40058B58C904A87F402D3B8C59", "8D40058B58C901375147EFD09357", (49.82410, 6.06785)),
    ("8D40058B58C901375147EFD09357", "8D40058B58C904A87F402D3B8C59", (49.81755, 6.08442)),
    ("8D40621D58C386435CC412692AD6", "8D40621D58C382D690C8AC2863A7", (52.257202, 3.919373)),
    ("8F7C0017581BB01B3E135E818C6F", "8F7C0017581BB481393DA48AEF5D", (-35.840195, 150.283852)),
]
"""Older and newer frame in the air, and the position of the newer."""
KEPT = [
    "8DA90A6E000000000000005CAB8B", "92EF92B301154CB9AB09466702C6", "8D85D792BEAF5654B710D87357EE",
    "91ADF9CEC11C0524407F11538EE5",
]  # fmt: skip
"""Types that are not read."""
STATES: list[tuple[str, dict[str, object]]] = [
    ("8D0D097EF8230007005AB8547268", {
        "surface": False, "adsb_version": 2, "nic_supplement": True, "nac_p": 10, "gva": 2, "sil": 3,
        "capability": 8960, "mode_bits": 1792, "heading": True, "magnetic": False,
        "sil_supplement": False, "length_m": None,
    }),
    ("8DA1A8DAF82300060049B870C88B", {
        "surface": False, "adsb_version": 2, "nic_supplement": False, "nac_p": 9, "gva": 2, "sil": 3,
        "capability": 8960, "mode_bits": 1536, "heading": True,
    }),
    ("96A4D01FF900210600493075E234", {
        "surface": True, "adsb_version": 2, "nac_p": 9, "sil": 3, "capability": 33,
        "mode_bits": 1536, "heading": False, "magnetic": False, "length_m": 15.0, "width_m": 23.0,
    }),
    ("8DA97753EA2D0858015C003EE5DE", {
        "fms": False, "selected_altitude_m": 23_008 * FOOT_M, "pressure_hpa": 1012.8,
        "selected_heading_deg": None, "nac_p": 10, "nic_baro": True, "sil": 3, "tcas": False,
        "modes_valid": False,
    }),
    ("8DA08F94EA1B785E8F3C088AB467", {
        "fms": False, "selected_altitude_m": 14_016 * FOOT_M, "pressure_hpa": 1012.8,
        "selected_heading_deg": 229.921875, "nac_p": 9, "nic_baro": True, "sil": 3, "tcas": True,
    }),
    ("8DC06800E1108500000000BAA81F", {"state": 0, "squawk": "4016"}),
    ("9197491EE1B623C7321CC0852F6A", {"state": 5, "squawk": "2534"}),
    ("91A13FFEE26E632F45E67842F421", {
        "advisory": 0b1_1011_1001_1000, "terminated": True, "several": False, "threat_kind": 3,
    }),
]  # fmt: skip
"""What two programs say of states: of recorded frames, and of the last two, which were made."""
NO_ADSB = [
    "5DAB3D17D4BA29", "02E19CB02512C3", "200012B0D96E39", "2A00516D492B80", "0621776E99B6AD",
    "80E1969058B5025B9850641D2974", "AE24238D15EE315463718B1AF755", "A0001910CC300030AA0000EAE004",
    "DACA7F82613C2DB14A49C535A3A2", "97CAEEF737FB1341BF58DF19118A", "972AE8D6D73E298FCAA6BEC4C338",
]  # fmt: skip
"""All-call, surveillance, Comm-B, Comm-D, air to air, DF18 with a reserved control field."""


def one(text: str) -> adsb.Message:
    (message,) = adsb.parse(text.encode())
    assert message.original.hex().upper() == text
    assert adsb.encode(message) == message.original
    return message


@pytest.mark.parametrize(("text", "feet"), ALTITUDES)
def test_altitudes(text: str, feet: int) -> None:
    message = one(text)
    assert isinstance(message.body, adsb.AirbornePosition)
    assert message.address == text[2:8]
    assert message.body.altitude_m == pytest.approx(feet * FOOT_M)


@pytest.mark.parametrize(("text", "knots"), ON_THE_GROUND)
def test_speeds_on_the_ground(text: str, knots: float | None) -> None:
    body = one(text).body
    assert isinstance(body, adsb.SurfacePosition)
    if knots is None:
        assert body.speed_mps is None
    else:
        assert body.speed_mps == pytest.approx(knots * KNOT_MPS)


def test_a_track_and_a_place_on_the_ground() -> None:
    body = one("8C4841753A9A153237AEF0F275BE").body
    assert isinstance(body, adsb.SurfacePosition)
    assert (body.track_deg, body.cpr) == (92.8125, cpr.Cpr(True, 39_195, 110_320))
    here = (51.99, 4.375)
    near = adsb.Locator(here).locate(one("8C4841753A9A153237AEF0F275BE"), 0.0)
    assert near == pytest.approx((52.3205605, 4.7357352), abs=1e-6)
    even = one("8C4841753AAB238733C8CD4020B1").body
    assert isinstance(even, adsb.SurfacePosition)
    assert cpr.paired_on_surface(even.cpr, body.cpr, here) == pytest.approx(near, abs=1e-9)


def test_a_place_on_the_ground_of_the_southern_hemisphere() -> None:
    body = read_body(0x3AB8F5F893096B)
    assert isinstance(body, adsb.SurfacePosition)
    found = cpr.near(body.cpr, (-43.5, 172.5), cpr.SURFACE)
    assert found == pytest.approx((-43.4856441, 172.5394167), abs=1e-6)


@pytest.mark.parametrize(("text", "speed", "angle", "airspeed", "climb", "above"), VELOCITIES)
def test_velocities(
    text: str,
    speed: float | None,
    angle: float | None,
    airspeed: float | None,
    climb: float,
    above: float | None,
) -> None:
    body = one(text).body
    assert isinstance(body, adsb.Velocity)
    if speed is not None:
        assert body.speed_mps == pytest.approx(speed * KNOT_MPS, abs=1.0 * KNOT_MPS)
    if angle is not None:
        told = body.track_deg if body.over_ground else body.heading_deg
        assert told == pytest.approx(angle, abs=1.0)
    if airspeed is not None:
        assert body.airspeed_mps == pytest.approx(airspeed * KNOT_MPS)
    assert body.climb_mps == pytest.approx(climb * FOOT_M / 60)
    if above is not None:
        assert body.above_barometric_m == pytest.approx(above * FOOT_M)


@pytest.mark.parametrize(("text", "name", "category"), NAMES)
def test_identifications(text: str, name: str, category: str) -> None:
    body = one(text).body
    assert isinstance(body, adsb.Identification)
    assert (body.name, body.category) == (name, category)


@pytest.mark.parametrize(("older", "newer", "place"), PAIRS)
def test_pairs_in_the_air(older: str, newer: str, place: tuple[float, float]) -> None:
    locator = adsb.Locator()
    assert locator.locate(one(older), 0.0) is None
    assert locator.locate(one(newer), 1.0) == pytest.approx(place, abs=1e-5)


def test_pairs_near_a_pole_and_a_reference_on_the_edge_of_a_zone() -> None:
    even, odd = cpr.Cpr(False, 108_011, 110_088), cpr.Cpr(True, 75_050, 36_777)
    assert cpr.paired(even, odd) == pytest.approx((88.917474, 101.011047), abs=1e-6)
    body = one("8D06A15358BF17FF7D4A84B47B95").body
    assert isinstance(body, adsb.AirbornePosition)
    found = cpr.near(body.cpr, (30.508474576271183, 36.0 + 3e-15), cpr.AIR)
    assert found == pytest.approx((30.50540, 33.44787), abs=1e-5)


# Of SeRoSystems/lib1090: one airport in each quarter of the earth, far references on the surface.
QUARTERS = [
    (cpr.AIR, (0x06AF1, 0x09C16), (0x04706, 0x04D58), (0.0, 0.0), (25.2532, 55.3657)),
    (cpr.AIR, (0x1505A, 0x1C43E), (0x12014, 0x06CA5), (0.0, 0.0), (33.9416, -118.4085)),
    (cpr.AIR, (0x0AFCC, 0x1273D), (0x0E011, 0x0503C), (0.0, 0.0), (-33.9399, 151.1753)),
    (cpr.AIR, (0x0DE7B, 0x05658), (0x10DF9, 0x0BB04), (0.0, 0.0), (-33.3928, -70.7858)),
    (cpr.SURFACE, (0x1ABC2, 0x07058), (0x11C19, 0x13560), (80.0, 30.0), (25.2532, 55.3657)),
    (cpr.SURFACE, (0x14166, 0x110F9), (0x0804F, 0x1B296), (-10.0, -120.0), (33.9416, -118.4085)),
    (cpr.SURFACE, (0x0BF2E, 0x09CF4), (0x18043, 0x140EF), (10.0, 120.0), (-33.9399, 151.1753)),
    (cpr.SURFACE, (0x179ED, 0x1595F), (0x037E4, 0x0EC11), (-10.0, -110.0), (-33.3928, -70.7858)),
]


@pytest.mark.parametrize(("span", "even", "odd", "reference", "place"), QUARTERS)
def test_pairs_in_every_quarter_of_the_earth(
    span: float,
    even: tuple[int, int],
    odd: tuple[int, int],
    reference: tuple[float, float],
    place: tuple[float, float],
) -> None:
    codes = cpr.Cpr(False, *even), cpr.Cpr(True, *odd)
    for older, newer in (codes, codes[::-1]):
        if span == cpr.AIR:
            found = cpr.paired(older, newer)
        else:
            found = cpr.paired_on_surface(older, newer, reference)
        assert found == pytest.approx(place, abs=1.5e-4)
    for code in codes:
        assert cpr.near(code, place, span) == pytest.approx(place, abs=1.5e-4)


def test_pairs_that_straddle_a_change_of_zones_say_nothing() -> None:
    air = cpr.Cpr(False, 0x0AFD9, 0), cpr.Cpr(True, 0x0D79C, 0)
    ground = cpr.Cpr(False, 0x0BF7E, 0), cpr.Cpr(True, 0x15E70, 0)
    for older, newer in ((0, 1), (1, 0)):
        assert cpr.paired(air[older], air[newer]) is None
        assert cpr.paired_on_surface(ground[older], ground[newer], (0.0, 0.0)) is None


def test_a_position_across_the_antimeridian_stays_in_range() -> None:
    west = (10.0, 179.99)
    for longitude, span in ((65_966, cpr.AIR), (1_718, cpr.SURFACE)):
        found = cpr.near(cpr.Cpr(False, 87_381, longitude), west, span)
        assert found == pytest.approx((10.0, -179.98), abs=1e-4)


@pytest.mark.parametrize("text", KEPT)
def test_bodies_that_are_not_read_are_kept(text: str) -> None:
    message = one(text)
    assert message.body == adsb.Other(data=bytes.fromhex(text[8:22]))
    assert (message.address, message.notices) == (text[2:8], ())


@pytest.mark.parametrize(("text", "asserted"), STATES)
def test_states(text: str, asserted: dict[str, object]) -> None:
    message = one(text)
    assert message.notices == ()
    for name, expected in asserted.items():
        found = getattr(message.body, name)
        if isinstance(expected, float):
            assert found == pytest.approx(expected), name
        else:
            assert found == expected, name
    assert adsb.encode(message).hex().upper() == text
    (told,) = decode_adsb(bytes.fromhex(text))
    body = told["body"]
    assert isinstance(body, dict)
    assert {one.path[-1] for one in places(text.encode(), [told])} >= body.keys()


@pytest.mark.parametrize("text", NO_ADSB)
def test_frames_that_are_no_adsb_are_kept_with_a_notice(text: str) -> None:
    message = one(text)
    assert message.body == adsb.Other(data=bytes.fromhex(text))
    assert len(message.notices) == 1


def test_a_coarse_position_of_tis_b_is_not_read_as_a_fine_one() -> None:
    body = one("8D40621D58C382D690C8AC2863A7").body
    for control, kind in ((2, adsb.AirbornePosition), (3, adsb.Other), (6, adsb.AirbornePosition)):
        message = adsb.Message(downlink=18, capability=control, address="40621D", body=body)
        found = one(adsb.encode(message).hex().upper())
        assert isinstance(found.body, kind)


@pytest.mark.parametrize(
    "form",
    [
        "0x{}", "1457996402.12 {}", "*{}; (1457996402)", "[2026-11-24 00:00:00] *{};",
        '{{"timestamp": 1.5, "frame": "{}"}}', "2026-11-24T00:00:00Z;{}", "icao=4840D6 msg={} rssi=-3",
    ],
)  # fmt: skip
def test_a_squitter_with_other_text_around_it(form: str) -> None:
    frame = "8D4840D6202CC371C32CE0576098"
    line = form.format(frame)
    message = one_of(line)
    assert isinstance(message.body, adsb.Identification)
    assert message.body.name == "KLM1023"
    assert adsb.recognise(line.encode()) > 0.9
    (told,) = decode_adsb(line.encode())
    spans = {one.path: line[one.start : one.end] for one in places(line.encode(), [told])}
    assert spans[0, "address"] == "4840D6"
    for broken in (
        form.format(frame[:-1] + "9"),
        form.format("A0" + frame[2:]),
        form.format(frame + "0"),
    ):
        assert adsb.recognise(broken.encode()) < 0.5
        with pytest.raises(Malformed):
            adsb.parse(broken.encode())


def one_of(line: str) -> adsb.Message:
    (message,) = adsb.parse(line.encode())
    return message
