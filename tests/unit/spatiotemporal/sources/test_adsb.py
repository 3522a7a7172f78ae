"""ADS-B against recorded messages, its own bytes and damaged ones."""

from __future__ import annotations

import json
import math
from pathlib import Path
from typing import Any

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from service_bus import Malformed, TooLarge
from spatiotemporal.decoders import decode_adsb
from spatiotemporal.sources import adsb
from spatiotemporal.sources.adsb import cpr
from spatiotemporal.sources.adsb.altitude import altitude_code, altitude_ft
from spatiotemporal.sources.adsb.bodies import FOOT_M, KNOT_MPS, write_body
from spatiotemporal.sources.adsb.places import places
from tests.unit.spatiotemporal.sources.mutations import mutations, refusal

HONGQIAO = (31.198, 121.336)
SQUITTER = "8C3461CF398D60597B4EA434C4D7"
"""A recorded surface position; its ground speed is asserted in the reference data."""

Vectors = dict[str, Any]


@pytest.fixture(scope="module")
def vectors(reference_data: Path) -> Vectors:
    found: Vectors = json.loads((reference_data / "vectors" / "adsb_surface.json").read_text())
    return found


def one(text: str | bytes) -> adsb.Message:
    (message,) = adsb.parse(text.encode() if isinstance(text, str) else text)
    return message


# -- recorded messages ----------------------------------------------------------------------------


def test_ground_speeds_agree(vectors: Vectors) -> None:
    for vector in vectors["groundspeed_kt"]:
        body = one(vector["hex"]).body
        assert isinstance(body, adsb.SurfacePosition)
        speed = body.speed_mps
        if vector["expected"] is None:
            assert speed is None
        else:
            assert speed == pytest.approx(vector["expected"] * KNOT_MPS)


def test_the_surface_position_agrees(vectors: Vectors) -> None:
    (vector,) = vectors["position"]
    message = one(vector["hex"])
    assert (message.downlink, message.address) == (18, vector["icao"])
    assert isinstance(message.body, adsb.SurfacePosition)
    assert message.body.track_deg == vector["track"]
    assert message.body.speed_mps == pytest.approx(vector["groundspeed"] * KNOT_MPS)
    found = adsb.Locator((43.63, 1.37)).locate(message, 0.0)
    assert found == pytest.approx((vector["lat"], vector["lon"]), abs=1e-5)


def test_recorded_messages_are_written_as_they_were(vectors: Vectors) -> None:
    for vector in [*vectors["groundspeed_kt"], *vectors["position"]]:
        data = bytes.fromhex(vector["hex"])
        assert adsb.encode(one(data)) == data


# -- bodies ---------------------------------------------------------------------------------------


def made(body: adsb.Body, address: str = "780A3C") -> adsb.Message:
    """A message of an aircraft, through its bytes."""
    return one(adsb.encode(adsb.Message(downlink=17, capability=5, address=address, body=body)))


def test_an_identification_has_a_category_and_a_callsign() -> None:
    body = made(adsb.Identification(category="A3", callsign="CES5101 ")).body
    assert isinstance(body, adsb.Identification)
    assert (body.category, body.callsign, body.name) == ("A3", "CES5101 ", "CES5101")


def test_a_velocity_over_ground() -> None:
    # 9 kt west, 160 kt south, 832 ft/min down: codes are one more than the value.
    body = adsb.Velocity(
        subtype=1, intent_change=False, ifr=False, nac_v=2, first=0x400 | 10, second=0x400 | 161,
        rate_source=True, rate=0x200 | 14, reserved=0, difference=23,
    )  # fmt: skip
    assert made(body).body == body
    assert body.speed_mps == pytest.approx(math.hypot(9, 160) * KNOT_MPS)
    assert body.track_deg == pytest.approx(183.22, abs=0.01)
    assert body.climb_mps == pytest.approx(-832 * FOOT_M / 60)
    assert body.above_barometric_m == pytest.approx(550 * FOOT_M)
    assert (body.heading_deg, body.airspeed_mps) == (None, None)


def test_a_velocity_through_the_air() -> None:
    body = adsb.Velocity(
        subtype=3, intent_change=False, ifr=False, nac_v=0, first=0x400 | 694, second=0x400 | 376,
        rate_source=True, rate=0, reserved=0, difference=0,
    )  # fmt: skip
    assert body.heading_deg == pytest.approx(243.98, abs=0.01)
    assert body.airspeed_mps == pytest.approx(375 * KNOT_MPS)
    assert body.true_airspeed
    assert (body.speed_mps, body.track_deg, body.climb_mps) == (None, None, None)


@pytest.mark.parametrize("feet", [-1000, 0, 25, 10_000, 38_000, 50_175])
def test_altitudes_of_25_ft_steps(feet: int) -> None:
    assert altitude_ft(altitude_code(feet)) == feet


def test_gillham_codes_climb_in_steps_of_100_ft() -> None:
    found = sorted(
        feet for code in range(4096) if not code & 0x10 and (feet := altitude_ft(code)) is not None
    )
    assert found[0] == -1200
    assert found == list(range(-1200, found[-1] + 100, 100))
    assert found[-1] > 126_000


@pytest.mark.parametrize(("code", "knots"), [(2, 0.125), (12, 1.75), (123, 170.0), (124, 175.0)])
def test_movement_codes(code: int, knots: float) -> None:
    body = adsb.SurfacePosition(
        type_code=7, movement=code, track_valid=False, track=0, utc=False, cpr=cpr.Cpr(False, 0, 0)
    )
    assert body.speed_mps == pytest.approx(knots * KNOT_MPS)
    assert adsb.movement_of(knots * KNOT_MPS) == code
    assert body.track_deg is None


# -- positions ------------------------------------------------------------------------------------

LATITUDES, LONGITUDES = st.floats(-85, 85), st.floats(-180, 179.999)


@settings(deadline=None)
@given(LATITUDES, LONGITUDES, st.booleans())
def test_a_pair_in_the_air_gives_the_position_back(
    latitude: float, longitude: float, odd: bool
) -> None:
    older, newer = (
        cpr.encode((latitude, longitude), odd=kind, span=cpr.AIR) for kind in (not odd, odd)
    )
    found = cpr.paired(older, newer)
    assume(found is not None)  # on a change of zones there is no answer
    assert found is not None
    assert found[0] == pytest.approx(latitude, abs=1e-4)
    assert abs((found[1] - longitude + 180) % 360 - 180) < 2e-3 / math.cos(math.radians(latitude))


@settings(deadline=None)
@given(LATITUDES, LONGITUDES, st.booleans(), st.floats(-0.3, 0.3), st.floats(-0.3, 0.3))
def test_a_pair_on_the_surface_needs_a_reference(
    latitude: float, longitude: float, odd: bool, north: float, east: float
) -> None:
    older, newer = (
        cpr.encode((latitude, longitude), odd=kind, span=cpr.SURFACE) for kind in (not odd, odd)
    )
    found = cpr.paired_on_surface(older, newer, (latitude + north, longitude + east))
    assume(found is not None)
    assert found is not None
    assert found[0] == pytest.approx(latitude, abs=3e-5)
    assert abs((found[1] - longitude + 180) % 360 - 180) < 5e-4 / math.cos(math.radians(latitude))


@settings(deadline=None)
@given(
    st.floats(-80, 80), LONGITUDES, st.booleans(), st.sampled_from([cpr.AIR, cpr.SURFACE]),
    st.floats(-0.3, 0.3), st.floats(-0.3, 0.3),
)  # fmt: skip
def test_one_message_near_a_reference_is_enough(
    latitude: float, longitude: float, odd: bool, span: float, north: float, east: float
) -> None:
    code = cpr.encode((latitude, longitude), odd=odd, span=span)
    found = cpr.near(code, (latitude + north, longitude + east), span)
    assert found is not None
    assert found[0] == pytest.approx(latitude, abs=1e-4)
    assert abs((found[1] - longitude + 180) % 360 - 180) < 2e-3 / math.cos(math.radians(latitude))


def test_two_messages_of_one_kind_are_no_pair() -> None:
    code = cpr.encode(HONGQIAO, odd=False, span=cpr.AIR)
    assert cpr.paired(code, code) is None
    assert cpr.paired_on_surface(code, code, HONGQIAO) is None


def airborne(latitude: float, longitude: float, *, odd: bool) -> adsb.Message:
    return made(
        adsb.AirbornePosition(
            type_code=11, status=0, supplement=False, altitude=altitude_code(3_000), utc=False,
            cpr=cpr.encode((latitude, longitude), odd=odd, span=cpr.AIR),
        )
    )  # fmt: skip


def rolling(latitude: float, longitude: float, *, odd: bool) -> adsb.Message:
    return made(
        adsb.SurfacePosition(
            type_code=6, movement=24, track_valid=True, track=64, utc=False,
            cpr=cpr.encode((latitude, longitude), odd=odd, span=cpr.SURFACE),
        )
    )  # fmt: skip


def test_an_aircraft_is_located_from_its_second_message_on() -> None:
    locator = adsb.Locator()
    assert locator.locate(airborne(31.10, 121.30, odd=False), 0.0) is None
    found = [
        locator.locate(airborne(31.10 + n * 0.0005, 121.30, odd=bool(n % 2)), n / 2)
        for n in range(1, 20)
    ]
    for number, position in enumerate(found, start=1):
        assert position == pytest.approx((31.10 + number * 0.0005, 121.30), abs=1e-4)


def test_a_pair_too_far_apart_in_time_is_none() -> None:
    locator = adsb.Locator()
    locator.locate(airborne(31.10, 121.30, odd=False), 0.0)
    assert locator.locate(airborne(31.11, 121.30, odd=True), 11.0) is None
    assert locator.locate(airborne(31.11, 121.30, odd=False), 12.0) is not None


def test_after_landing_the_last_position_in_the_air_is_the_reference() -> None:
    locator = adsb.Locator()
    locator.locate(airborne(31.18, 121.34, odd=False), 0.0)
    locator.locate(airborne(31.18, 121.34, odd=True), 1.0)
    found = locator.locate(rolling(31.20, 121.335, odd=False), 20.0)
    assert found == pytest.approx((31.20, 121.335), abs=1e-5)


def test_on_the_surface_without_any_reference_nothing_is_known() -> None:
    locator = adsb.Locator()
    assert locator.locate(rolling(31.20, 121.335, odd=False), 0.0) is None
    assert locator.locate(rolling(31.20, 121.335, odd=True), 1.0) is None


def test_a_leap_starts_anew() -> None:
    locator = adsb.Locator(HONGQIAO)
    assert locator.locate(rolling(31.20, 121.335, odd=False), 0.0) is not None
    assert locator.locate(rolling(31.50, 121.335, odd=False), 1.0) is None
    assert locator.locate(rolling(31.20, 121.335, odd=False), 2.0) is not None


def test_what_says_nothing_of_a_place_is_not_located() -> None:
    body = adsb.Identification(category="A3", callsign="CES5101 ")
    assert adsb.Locator(HONGQIAO).locate(made(body), 0.0) is None


# -- dresses --------------------------------------------------------------------------------------


def test_frames_come_in_four_dresses() -> None:
    plain = bytes.fromhex(SQUITTER)
    counter = bytes.fromhex("00000000001A")
    beast = b"\x1a3" + (counter + b"\x40" + plain).replace(b"\x1a", b"\x1a\x1a")
    dresses = [
        (plain, None),
        (SQUITTER.lower().encode(), None),
        (f"*{SQUITTER};\r\n".encode(), None),
        (f"@00000000001A{SQUITTER};".encode(), 26),
        (beast, 26),
        (b"\x1a1" + bytes(7 + 2) + beast, 26),
    ]
    for data, ticks in dresses:
        message = one(data)
        assert (message.original, message.ticks) == (plain, ticks)
        assert adsb.recognise(data) > 0.9


def test_semicolons_without_stars_and_short_frames_of_bytes_are_taken() -> None:
    (found,) = adsb.parse(b"8D4840D6202CC371C32CE0576098;\n")
    assert found.address == "4840D6"
    (short,) = adsb.parse(bytes.fromhex("5D484FDEA248F5"))
    assert (short.downlink, short.address) == (11, "")


@pytest.mark.parametrize(
    ("line", "ticks"),
    [
        (f":{SQUITTER};", None),
        (f"%00000000001A{SQUITTER};", 26),
        (f"<00000000001A80{SQUITTER};", 26),
        (f"1446332400.7201,{SQUITTER}", None),
        (f"1446332400.7201, {SQUITTER} ,3461CF,7", None),
        (f"1446332400.7201,1A3300000000001A1A40{SQUITTER}", 26),
        (f"1A3300000000001A40{SQUITTER}", 26),
        (f"*7700;\n*{SQUITTER};", None),
    ],
)
def test_more_dresses_of_lines(line: str, ticks: int | None) -> None:
    message = one(line + "\n")
    assert (message.original.hex().upper(), message.ticks) == (SQUITTER, ticks)
    assert message.notices == ()


@pytest.mark.parametrize("line", ["2026-11-24,1,2", "@123", "<00", "%", "1446332400.7201,", ","])
def test_lines_without_a_frame_are_refused(line: str) -> None:
    with pytest.raises(Malformed) as caught:
        one(line)
    assert (caught.value.field, caught.value.position) == ("frame", "line 1 column 1")


def test_a_single_beast_frame_may_be_logged_undoubled() -> None:
    plain = bytes.fromhex("903907DBC1B50FCA1AD701EFD570")
    (found,) = adsb.parse(bytes.fromhex("1A33000023BB50F025") + plain)
    assert (found.original, found.ticks) == (plain, 0x23BB50F0)


def test_places_are_those_of_the_frames_that_were_read() -> None:
    log = f"# log\n{SQUITTER[:-2]}00\n5D484FDEA248F5\n@00000000001A{SQUITTER.lower()};\n".encode()
    found = {place.path: log[place.start : place.end] for place in places(log, decode_adsb(log))}
    assert found[1, "address"] == b"3461cf"
    assert {path[0] for path in found} == {1}


def test_many_frames_are_read_in_order() -> None:
    plain = bytes.fromhex(SQUITTER)
    assert len(adsb.parse(plain * 3)) == 3
    assert len(adsb.parse(f"# a log\n{SQUITTER}\n\n*{SQUITTER};\n".encode())) == 2


def test_other_frames_of_mode_s_stay_bytes() -> None:
    all_call = bytes.fromhex("5D780A3CDCBA98")
    message = one(all_call.hex())
    assert message.body == adsb.Other(data=all_call)
    assert [notice.code for notice in message.notices] == ["adsb-other-downlink"]
    assert adsb.encode(message) == all_call
    with pytest.raises(Malformed, match="downlink"):
        adsb.parse(all_call.hex().encode(), mode="strict")


def test_wrong_parity_names_both_values() -> None:
    with pytest.raises(Malformed) as caught:
        one(SQUITTER[:-1] + "8")
    assert (caught.value.field, caught.value.position) == ("parity", "byte 11")
    assert (caught.value.found, caught.value.expected) == ("34C4D8", "34C4D7")


@pytest.mark.parametrize(
    ("data", "field", "position"),
    [
        (b"", "frame", "byte 0"),
        (b"hello", "frame", "line 1"),
        (bytes.fromhex(SQUITTER)[:-1], "frame", "byte 13"),
        (bytes.fromhex(SQUITTER) + b"\x8d", "frame", "frame 2"),
        (b"\x1a3\x00\x00", "frame", "byte 4"),
        (b"\x1a9", "Beast type", "byte 0"),
    ],
)
def test_broken_input_names_its_place(data: bytes, field: str, position: str) -> None:
    with pytest.raises(Malformed) as caught:
        adsb.parse(data)
    assert caught.value.field == field
    assert caught.value.position.startswith(position)


def test_a_broken_frame_of_a_log_is_left_out_and_told() -> None:
    lines = f"{SQUITTER}\n{SQUITTER[:-2]}00\nnoise\n{SQUITTER}\n".encode()
    plain = bytes.fromhex(SQUITTER)
    beast = b"\x1a3" + bytes(7) + plain.replace(b"\x1a", b"\x1a\x1a")
    stream = beast + beast[:12] + b"\x1a\xe3status" + beast
    for data, where in (
        (lines, ["line 2 byte 11", "line 3 column 1"]),
        (stream, ["byte 35"]),
    ):
        first, second = adsb.parse(data)
        assert (first.original, second.original) == (plain, plain)
        assert [notice.code for notice in second.notices] == ["adsb-left-out"] * len(where)
        assert [notice.position for notice in second.notices] == where
        assert adsb.recognise(data) > 0.9
        with pytest.raises(Malformed):
            adsb.parse(data, mode="strict")


def test_a_log_of_noise_alone_is_refused_and_much_noise_is_counted() -> None:
    good, bad = f"{SQUITTER}\n".encode(), b"8C\n"
    with pytest.raises(Malformed, match="length"):
        adsb.parse(bad * 50)
    with pytest.raises(Malformed, match="length"):
        adsb.parse(good + bad * 101 + good)
    found = adsb.parse((good + bad * 90) * 20)
    assert len(found) == 20
    notices = [notice for message in found for notice in message.notices]
    assert len(notices) == 21
    assert "1800 frames in all" in notices[-1].text
    assert notices[-1].position.startswith("line 1820")


def test_too_much_is_refused() -> None:
    with pytest.raises(TooLarge):
        adsb.parse(bytes.fromhex(SQUITTER) * 10, max_bytes=100)


@pytest.mark.parametrize(
    ("body", "code"),
    [
        (
            adsb.SurfacePosition(
                type_code=7, movement=126, track_valid=False, track=0, utc=False,
                cpr=cpr.Cpr(False, 0, 0),
            ),
            "adsb-reserved-movement",
        ),
        (
            adsb.AirbornePosition(
                type_code=11, status=0, supplement=False, altitude=0b10, utc=False,
                cpr=cpr.Cpr(False, 0, 0),
            ),
            "adsb-altitude-code",
        ),
        (adsb.Identification(category="A3", callsign="CES#101 "), "adsb-odd-character"),
    ],
)  # fmt: skip
def test_what_is_odd_is_noted_and_refused_in_strict_mode(body: adsb.Body, code: str) -> None:
    message = made(body)
    assert [notice.code for notice in message.notices] == [code]
    with pytest.raises(Malformed) as caught:
        adsb.parse(message.original, mode="strict")
    assert (caught.value.code, caught.value.position[:5]) == (code, "byte ")


# -- properties -----------------------------------------------------------------------------------


@settings(deadline=None)
@given(st.integers(0, 2**56 - 1), st.integers(0, 2**24 - 1), st.integers(0, 7))
def test_every_squitter_is_written_as_it_was(me: int, address: int, capability: int) -> None:
    head = bytes([17 << 3 | capability]) + address.to_bytes(3, "big") + me.to_bytes(7, "big")
    data = head + adsb.crc(head + bytes(3)).to_bytes(3, "big")
    message = one(data)
    body = message.body
    if isinstance(body, adsb.Identification) and "#" in body.callsign:
        return
    assert write_body(body) == me
    assert adsb.encode(message) == data


@settings(deadline=None)
@given(st.integers(0, 111), st.integers(0, 111))
def test_no_two_flipped_bits_pass_the_parity(first: int, second: int) -> None:
    assume(first != second)
    flipped = int(SQUITTER, 16) ^ (1 << first) ^ (1 << second)
    assert adsb.crc(flipped.to_bytes(14, "big")) != 0


def test_damaged_feeds_are_read_or_refused_with_a_place(vectors: Vectors) -> None:
    plain = [bytes.fromhex(vector["hex"]) for vector in vectors["groundspeed_kt"]]
    seeds = [
        *plain,
        b"".join(plain),
        b"\n".join(frame.hex().encode() for frame in plain),
        b"".join(b"\x1a3" + bytes(7) + frame.replace(b"\x1a", b"\x1a\x1a") for frame in plain),
    ]
    for data in mutations(seeds, 5_000):
        adsb.recognise(data)
        refusal(lambda bad: [adsb.encode(message) for message in adsb.parse(bad)], data)


# -- messages off the air that many publications explain ------------------------------------------


def test_a_published_identification() -> None:
    message = one("8D4840D6202CC371C32CE0576098")
    assert isinstance(message.body, adsb.Identification)
    assert (message.address, message.body.name) == ("4840D6", "KLM1023")


def test_a_published_velocity() -> None:
    body = one("8D485020994409940838175B284F").body
    assert isinstance(body, adsb.Velocity)
    assert body.speed_mps == pytest.approx(159.20 * KNOT_MPS, rel=1e-4)
    assert body.track_deg == pytest.approx(182.88, abs=0.01)
    assert body.climb_mps == pytest.approx(-832 * FOOT_M / 60)


def test_a_published_airspeed() -> None:
    body = one("8DA05F219B06B6AF189400CBC33F").body
    assert isinstance(body, adsb.Velocity)
    assert body.airspeed_mps == pytest.approx(375 * KNOT_MPS)
    assert body.heading_deg == pytest.approx(243.98, abs=0.01)


def test_a_published_pair() -> None:
    even, odd = one("8D40621D58C382D690C8AC2863A7"), one("8D40621D58C386435CC412692AD6")
    locator = adsb.Locator()
    assert locator.locate(odd, 0.0) is None
    found = locator.locate(even, 1.0)
    assert found == pytest.approx((52.2572021, 3.9193725), abs=1e-6)
    assert isinstance(even.body, adsb.AirbornePosition)
    assert even.body.altitude_m == pytest.approx(38_000 * FOOT_M)
