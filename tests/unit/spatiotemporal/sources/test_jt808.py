"""JT/T 808 against real frames, its own bytes and damaged ones."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service_bus import Malformed, TooLarge
from spatiotemporal import DECODERS
from spatiotemporal.sources import jt808
from spatiotemporal.sources.jt808 import frame as framing
from spatiotemporal.sources.jt808.frame import Header
from tests.unit.spatiotemporal.sources.mutations import mutations, refusal

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
Vector = dict[str, Any]

NO_CHECKSUM = "7E00000000007E7E00000000007E"
"""Listed as valid, yet without a checksum: a fragment of somebody's test of a writer."""

POSITION = bytes.fromhex(
    "7E0200002611223344556622B8000000010000000200BA7F0E07E4F11C0028003C000018071510101001040000006402"
    "020037577E"
)
"""A location of 2013: our own reading of it stands in the test below."""


@pytest.fixture(scope="module")
def vectors(reference_data: Path) -> list[Vector]:
    found: list[Vector] = json.loads(
        (reference_data / "vectors" / "jt808.json").read_text("utf-8")
    )["frames"]
    return [vector for vector in found if vector["frame"] != NO_CHECKSUM]


def one(data: bytes) -> jt808.Message:
    (message,) = jt808.parse(data)
    return message


# -- real frames ----------------------------------------------------------------------------------


def test_every_valid_frame_reads_with_the_header_it_has(vectors: list[Vector]) -> None:
    valid = [vector for vector in vectors if vector["kind"] == "valid"]
    assert len(valid) == 96
    for vector in valid:
        data = bytes.fromhex(vector["frame"])
        package = vector["header"]["subpackage"]
        header = framing.read_frame(data).header if package else one(data).header
        told = vector["header"]
        assert f"0x{header.message_id:04X}" == told["msg_id"]
        assert header.phone == told["phone_bcd"]
        assert header.serial == told["serial"]
        assert header.version == told["protocol_version"]
        assert list(header.package or ()) == (told["subpackage"] or [])


def test_every_asserted_value_agrees(vectors: list[Vector]) -> None:
    asserted = [vector for vector in vectors if "upstream_asserts" in vector]
    assert asserted
    for vector in asserted:
        message, told = one(bytes.fromhex(vector["frame"])), vector["upstream_asserts"]
        assert message.header.serial == told["serial"]
        assert message.header.phone.lstrip("0") == told["phone"]
        match message.body:
            case jt808.Register() as body:
                assert (body.province, body.city) == (told["province"], told["city"])
                assert (body.plate_colour, body.plate) == (told["plate_color"], told["plate"])
            case jt808.Location() as body:
                _same_location(body, told)
                assert body.number(0x01) == told["mileage_0p1km"]
                assert body.number(0x02) == told["oil_0p1l"]


def test_every_decoded_field_of_a_valid_frame_agrees(vectors: list[Vector]) -> None:
    compared = 0
    for vector in vectors:
        told = vector["fields"]
        if vector["kind"] != "valid" or not told or "error" in told:
            continue
        compared += 1
        _same_body(one(bytes.fromhex(vector["frame"])).body, told)
    assert compared >= 15


def _same_body(body: jt808.Body, told: Vector) -> None:
    match body:
        case jt808.Location():
            _same_location(body, told)
        case jt808.Answer(serial=serial, location=location):
            assert serial == told["reply_serial"]
            _same_location(location, told)
        case jt808.Batch(locations=locations, backfill=backfill):
            assert backfill == (told["kind"] == 1)
            assert len(locations) == told["count"]
            for location, position in zip(locations, told["positions"], strict=True):
                _same_location(location, position)
        case jt808.Register():
            assert (body.province, body.city, body.plate) == (
                told["province"], told["city"], told["plate"],
            )  # fmt: skip
            assert bytes.fromhex(told["maker_hex"]).strip(b"\0").decode() == body.maker
            assert bytes.fromhex(told["terminal_id_hex"]).strip(b"\0").decode() == body.terminal_id
        case jt808.Authenticate():
            assert body.code == told["token"]
            assert (body.imei, body.software) == (told.get("imei", ""), told.get("software", ""))
        case jt808.Reply():
            assert body.serial == told["reply_serial"]
            assert f"0x{body.reply_to:04X}" == told["reply_msg_id"]
            assert body.result == told["result"]
        case _:
            raise AssertionError(f"fields for {type(body).__name__}")


def _same_location(body: jt808.Location, told: Vector) -> None:
    assert (body.alarm, body.status) == (told["alarm"], told["status"])
    assert round(abs(body.latitude) * 1e6) == told["lat_1e6"]
    assert round(abs(body.longitude) * 1e6) == told["lon_1e6"]
    assert round(body.speed_mps * 36) == told["speed_raw_0p1kmh"]
    assert body.heading_deg == told["heading_deg"]
    assert body.time is not None
    local = body.time.astimezone(jt808.BEIJING)
    assert local.strftime("%y%m%d%H%M%S") == told["time_bcd_gmt8"]
    extras = [(f"0x{item.id:02X}", item.value.hex()) for item in body.items]
    if "extras" in told:
        assert extras == [(extra["id"], extra["hex"]) for extra in told["extras"]]


def test_frames_that_are_none_are_refused_with_field_and_place(vectors: list[Vector]) -> None:
    refused = 0
    for vector in vectors:
        if vector["kind"] == "valid":
            continue
        fault = refusal(jt808.parse, bytes.fromhex(vector["frame"]))
        assert fault is not None, vector["frame"]
        assert "byte " in fault.position, fault
        refused += 1
    assert refused == 24


def test_written_again_real_frames_are_the_same_bytes(vectors: list[Vector]) -> None:
    same = other = 0
    for vector in vectors:
        data = bytes.fromhex(vector["frame"])
        if vector["kind"] != "valid" or vector["header"]["subpackage"]:
            continue
        message = one(data)
        if message.notices:
            continue
        same += jt808.encode(message) == data
        other += jt808.encode(message) != data
    assert (same, other) == (87, 0)


def test_a_frame_logged_without_its_escapes_is_read_with_a_notice() -> None:
    header = Header(message_id=jt808.HEARTBEAT, phone="013900100001", serial=0x7E)
    message = jt808.Message(header=header, body=jt808.Empty())
    logged = b"\x7e" + framing.unescape(jt808.encode(message)[1:-1]) + b"\x7e"
    found = one(logged)
    assert (found.header, found.body, found.original) == (header, jt808.Empty(), logged)
    assert [notice.code for notice in found.notices] == ["jt808-not-escaped"]
    with pytest.raises(Malformed):
        jt808.parse(logged, mode="strict")


# -- bodies ---------------------------------------------------------------------------------------


def test_a_location_is_read_in_si_units_and_utc() -> None:
    body = one(POSITION).body
    assert isinstance(body, jt808.Location)
    assert (body.latitude, body.longitude) == (12.222222, 132.444444)
    assert body.time == datetime(2018, 7, 15, 2, 10, 10, tzinfo=UTC)
    assert body.speed_mps == pytest.approx(6.0 / 3.6)
    assert jt808.read_items(body.items) == {"mileage_m": 10_000, "fuel_l": 5.5}


def test_items_have_names_units_and_meaning() -> None:
    items = (
        jt808.Item(0x03, (360).to_bytes(2, "big")),
        jt808.Item(0x04, b"\x00\x07"),
        jt808.Item(0x05, b"\x37\xff"),
        jt808.Item(0x06, b"\xff\xf6"),
        jt808.Item(0x11, b"\x00"),
        jt808.Item(0x12, b"\x01\x00\x00\x00\x09\x01"),
        jt808.Item(0x13, b"\x00\x00\x00\x08\x00\x3c\x01"),
        jt808.Item(0x25, b"\x00\x00\x00\x11"),
        jt808.Item(0x2A, b"\x00\x02"),
        jt808.Item(0x2B, b"\x00\x02\x00\x01"),
        jt808.Item(0x30, b"\x1e"),
        jt808.Item(0x31, b"\x0c"),
        jt808.Item(0xE0, b"vendor"),
    )
    assert jt808.read_items(items) == {
        "recorder_speed_mps": 10.0,
        "alarm_to_confirm": 7,
        "tyre_pressure_pa": (0x37, None),
        "compartment_c": -10,
        "overspeed": jt808.Overspeed(place=0, area=None),
        "area_crossing": jt808.AreaCrossing(place=1, area=9, left=True),
        "segment_time": jt808.SegmentTime(segment=8, seconds=60, too_long=True),
        "signals": ("low beam", "brake"),
        "io": 2,
        "analogue": (1, 2),
        "radio_signal": 30,
        "satellites": 12,
        "item_0xE0": b"vendor",
    }


def test_the_sign_of_a_temperature_is_the_fleets_choice() -> None:
    items = (jt808.Item(0x06, b"\x80\x0a"),)
    assert jt808.read_items(items, temperature="sign bit") == {"compartment_c": -10}
    assert jt808.read_items(items) == {"compartment_c": -32758}


def _framed(message_id: int, body: bytes, version: int | None = None) -> bytes:
    header = Header(message_id=message_id, phone="013900100001", serial=7, version=version)
    return framing.write_frame(header, body)


@pytest.mark.parametrize(
    ("body", "code", "field"),
    [
        (POSITION[13:41] + b"\x01\x04\x00", "jt808-items-cut", "additional items"),
        (POSITION[13:41] + b"\x01\x02\x00\x00", "jt808-item-length", "item 0x01"),
        (POSITION[13:21] + b"\x05\x60\x00\x00" + POSITION[25:41], "jt808-impossible-position", "latitude"),
        (POSITION[13:33] + b"\x01\x68" + POSITION[35:41], "jt808-impossible-heading", "direction"),
        (POSITION[13:35] + bytes(6), "jt808-no-time", "time"),
    ],
)  # fmt: skip
def test_what_is_odd_is_noted_and_refused_in_strict_mode(
    body: bytes, code: str, field: str
) -> None:
    data = _framed(jt808.LOCATION, body)
    (notice,) = one(data).notices
    assert (notice.code, notice.field) == (code, field)
    with pytest.raises(Malformed, match="body byte") as caught:
        jt808.parse(data, mode="strict")
    assert (caught.value.code, caught.value.field) == (code, field)


def test_text_that_is_no_gbk_is_marked() -> None:
    message = one(_framed(jt808.TEXT, b"\x01\xff\xff"))
    assert [notice.code for notice in message.notices] == ["jt808-not-gbk"]


def test_an_encrypted_body_stays_bytes() -> None:
    header = Header(message_id=jt808.LOCATION, phone="013900100001", serial=7, encryption=1)
    message = one(framing.write_frame(header, b"secret"))
    assert message.body == jt808.Other(body=b"secret")
    assert message.notices[0].code == "jt808-encrypted"
    assert jt808.encode(message) == message.original


def test_parameters_have_names_and_values() -> None:
    body = jt808.SetParameters(
        parameters=(
            jt808.parameter("report_every_s", 1),
            jt808.parameter("server", "10.0.0.7"),
            jt808.parameter("plate", "民航A0001"),
            jt808.Parameter(id=0xF001, value=b"\x01"),
        )
    )
    header = Header(message_id=jt808.SET_PARAMETERS, phone="013900100001", serial=1)
    data = jt808.encode(jt808.Message(header=header, body=body))
    assert one(data).body == body
    assert [(p.name, p.read()) for p in body.parameters] == [
        ("report_every_s", 1),
        ("server", "10.0.0.7"),
        ("plate", "民航A0001"),
        ("parameter_0xF001", b"\x01"),
    ]
    (told,) = DECODERS["jt808"](data.hex().encode())
    assert told["body"]["parameters"]["plate"] == "民航A0001"  # type: ignore[index]


@pytest.mark.parametrize(
    ("name", "value"),
    [("report_every_s", "1"), ("report_every_s", -1), ("plate_colour", 256), ("nothing", 1)],
)
def test_a_parameter_that_does_not_fit_is_refused(name: str, value: int | str) -> None:
    with pytest.raises(Malformed, match="parameter") as caught:
        jt808.parameter(name, value)
    assert caught.value.field == name


# -- frames and streams ---------------------------------------------------------------------------


@settings(deadline=None)
@given(st.binary(max_size=300))
def test_escaping_is_undone(data: bytes) -> None:
    escaped = framing.escape(data)
    assert 0x7E not in escaped
    assert framing.unescape(escaped) == data


@settings(deadline=None)
@given(st.binary(max_size=200))
def test_the_checksum_is_the_exclusive_or_of_all_bytes(data: bytes) -> None:
    expected = 0
    for byte in data:
        expected ^= byte
    assert framing.checksum(data) == expected


@settings(deadline=None)
@given(st.lists(st.integers(1, 40), max_size=12))
def test_a_stream_may_be_cut_anywhere(cuts: list[int]) -> None:
    stream, splitter, frames, at = POSITION + POSITION[1:] + POSITION, framing.Splitter(), [], 0
    for cut in [*cuts, len(stream)]:
        frames += splitter.feed(stream[at : at + cut])
        at += cut
    assert frames == [POSITION] * 3


def test_a_wrong_checksum_names_both_values() -> None:
    data = bytearray(POSITION)
    data[-2] ^= 0x01
    with pytest.raises(Malformed) as caught:
        jt808.parse(bytes(data))
    assert caught.value.field == "checksum"
    assert (caught.value.found, caught.value.expected) == ("56", "57")


BROKEN = POSITION[:-3] + b"\x00\x00\x7e"


def test_a_broken_frame_in_a_stream_is_left_out_and_numbered() -> None:
    before, after = jt808.parse(POSITION + BROKEN + POSITION)
    assert (before.body, before.notices) == (after.body, ())
    (notice,) = after.notices
    assert (notice.code, notice.field) == ("jt808-left-out", "checksum")
    assert notice.position.startswith("frame 2 byte")
    with pytest.raises(Malformed, match="frame 2 byte"):
        jt808.parse(POSITION + BROKEN + POSITION, mode="strict")


def test_a_broken_frame_at_the_end_is_told_of_the_message_before_it() -> None:
    (only,) = jt808.parse(POSITION + BROKEN)
    assert [notice.code for notice in only.notices] == ["jt808-left-out"]


def test_what_was_left_out_late_in_a_long_log_is_still_told() -> None:
    found = jt808.parse(POSITION * 1_000 + BROKEN * 30 + POSITION * 1_000)
    assert len(found) == 2_000
    assert [index for index, one in enumerate(found) if one.notices] == [1_000, 1_999]
    assert len(found[1_000].notices) == 20
    assert found[1_999].notices[0].text == "30 frames in all cannot be read; left out"
    assert found[1_999].body == found[0].body


@pytest.mark.parametrize("data", [BROKEN, BROKEN * 3, POSITION + BROKEN * 101 + POSITION])
def test_a_stream_of_broken_frames_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed) as caught:
        jt808.parse(data)
    assert caught.value.field == "checksum"


@pytest.mark.parametrize("data", [b"", b"\x7e", POSITION[1:], POSITION[:-1], b"hello"])
def test_data_without_flags_are_refused(data: bytes) -> None:
    with pytest.raises(Malformed, match="flag") as caught:
        jt808.parse(data)
    assert caught.value.position.startswith("byte ")


def test_too_much_is_refused() -> None:
    with pytest.raises(TooLarge):
        jt808.parse(POSITION * 10, max_bytes=100)


def test_a_long_message_goes_out_in_packages_and_comes_back_whole() -> None:
    header = Header(message_id=0x0801, phone="00000000013900100001", serial=65_535, version=1)
    message = jt808.Message(header=header, body=jt808.Other(body=bytes(range(256)) * 10))
    data = jt808.encode(message)
    frames = [framing.read_frame(part) for part in framing.Splitter().feed(data)]
    assert [part.header.package for part in frames] == [(3, 1), (3, 2), (3, 3)]
    assert [part.header.serial for part in frames] == [65_535, 0, 1]
    back = one(data)
    assert (back.header, back.body) == (header, message.body)
    assert back.original == data


def test_packages_may_come_in_any_order() -> None:
    header = Header(message_id=0x0801, phone="013900100001", serial=9)
    data = jt808.encode(jt808.Message(header=header, body=jt808.Other(body=b"x" * 3_000)))
    frames = list(framing.Splitter().feed(data))
    back = one(b"".join(reversed(frames)))
    assert back.body == jt808.Other(body=b"x" * 3_000)


def test_a_lost_package_is_said() -> None:
    header = Header(message_id=jt808.LOCATION, phone="013900100001", serial=9)
    data = jt808.encode(jt808.Message(header=header, body=jt808.Other(body=b"x" * 3_000)))
    first, _, third = framing.Splitter().feed(data)
    message = one(first + third)
    assert isinstance(message.body, jt808.Other)
    (notice,) = message.notices
    assert notice.code == "jt808-package-missing"
    assert "packages 2 of 3" in notice.text
    with pytest.raises(Malformed, match="package"):
        jt808.parse(first + third, mode="strict")


def test_impossible_package_numbers_are_refused() -> None:
    header = Header(message_id=0x0801, phone="013900100001", serial=9, package=(2, 3))
    with pytest.raises(Malformed, match="sub-package index"):
        jt808.parse(framing.write_frame(header, b"x"))


def test_recognition_looks_at_the_bytes(vectors: list[Vector]) -> None:
    for vector in vectors:
        if vector["kind"] == "valid":
            assert jt808.recognise(bytes.fromhex(vector["frame"])) > 0.15
            assert jt808.recognise(vector["frame"].encode()) > 0.15
    assert jt808.recognise(POSITION) > 0.9
    for other in (b"", b"$GPGGA,", b"<xml/>", b"\x7e\x7e\x7e", b"~" * 20, b"7e zz"):
        assert jt808.recognise(other) < 0.5


# -- properties -----------------------------------------------------------------------------------

_BYTE, _WORD, _DWORD = st.integers(0, 255), st.integers(0, 65_535), st.integers(0, 2**32 - 1)
_MOMENT = st.integers(946_800_000, 4_102_000_000).map(lambda s: datetime.fromtimestamp(s, UTC))
_NAME = st.text("abcXYZ019-民航测试", max_size=3)


def _location(draw: st.DrawFn) -> jt808.Location:
    latitude, longitude = (
        draw(st.integers(-90_000_000, 90_000_000)),
        draw(st.integers(-180_000_000, 180_000_000)),
    )
    hemisphere = (4 if latitude < 0 else 0) | (8 if longitude < 0 else 0)
    items = st.builds(jt808.Item, id=_BYTE, value=st.binary(max_size=20))
    return jt808.Location(
        alarm=draw(_DWORD),
        status=(draw(_DWORD) & ~12) | hemisphere,
        latitude=latitude / 1e6,
        longitude=longitude / 1e6,
        altitude_m=draw(_WORD),
        speed_mps=draw(_WORD) / 36,
        heading_deg=draw(st.integers(0, 359)),
        time=draw(_MOMENT),
        items=tuple(draw(st.lists(items, max_size=4))),
    )


LOCATIONS = st.composite(_location)()
_PARAMETERS = st.lists(
    st.builds(jt808.Parameter, id=_DWORD, value=st.binary(max_size=20)), max_size=5
).map(tuple)
_CONFIRMED = st.builds(jt808.ConfirmAlarm, serial=_WORD, kinds=_DWORD)
BODIES: list[tuple[int, st.SearchStrategy[Any]]] = [
    (jt808.LOCATION, LOCATIONS),
    (jt808.LOCATION_ANSWER, st.builds(jt808.Answer, serial=_WORD, location=LOCATIONS)),
    (jt808.BATCH, st.builds(
        jt808.Batch, locations=st.lists(LOCATIONS, max_size=4).map(tuple), backfill=st.booleans(),
    )),
    (jt808.REGISTER, st.builds(
        jt808.Register, province=_WORD, city=_WORD, maker=st.text("AZ09", max_size=5),
        model=_NAME, terminal_id=st.text("AZ09", max_size=7), plate_colour=_BYTE, plate=_NAME,
        edition=st.just(2013),
    )),
    (jt808.AUTHENTICATE, st.builds(jt808.Authenticate, code=_NAME)),
    (jt808.GENERAL_REPLY, st.builds(jt808.Reply, serial=_WORD, reply_to=_WORD, result=_BYTE)),
    (jt808.REGISTER_REPLY, st.builds(
        jt808.RegisterReply, serial=_WORD, result=st.just(0), code=_NAME,
    )),
    (jt808.SERVER_TIME, st.builds(jt808.ServerTime, time=_MOMENT)),
    (jt808.RESEND, st.builds(
        jt808.Resend, serial=_WORD, indices=st.lists(_WORD, max_size=9).map(tuple),
    )),
    (jt808.TEXT, st.builds(jt808.Text, flags=_BYTE, text=_NAME)),
    (jt808.TRACK, st.builds(jt808.Track, interval_s=_WORD, valid_s=_DWORD)),
    (jt808.CONTROL, st.builds(jt808.Control, command=_BYTE, parameters=_NAME)),
    (jt808.CONFIRM_ALARM, _CONFIRMED),
    (jt808.SET_PARAMETERS, st.builds(jt808.SetParameters, parameters=_PARAMETERS)),
    (jt808.TOLD_PARAMETERS, st.builds(jt808.ToldParameters, serial=_WORD, parameters=_PARAMETERS)),
    (jt808.ASK_PARAMETERS, st.builds(
        jt808.AskParameters, ids=st.lists(_DWORD, max_size=5).map(tuple),
    )),
    (jt808.HEARTBEAT, st.just(jt808.Empty())),
    (0x0900, st.builds(jt808.Other, body=st.binary(max_size=1_500))),
]  # fmt: skip


@settings(deadline=None)
@given(data=st.data(), serial=_WORD, version=st.sampled_from([None, 1]))
def test_what_is_written_is_read(data: st.DataObject, serial: int, version: int | None) -> None:
    message_id, bodies = data.draw(st.sampled_from(BODIES))
    body = data.draw(bodies)
    if isinstance(body, jt808.Register) and version is not None:
        body = replace(body, edition=2019)
    phone = "013900100001" if version is None else "00000000013900100001"
    header = Header(message_id=message_id, phone=phone, serial=serial, version=version)
    written = jt808.encode(jt808.Message(header=header, body=body))
    back = one(written)
    assert (back.header, back.body) == (header, body)
    assert jt808.encode(back) == written


def test_damaged_frames_are_read_or_refused_with_a_place(vectors: list[Vector]) -> None:
    seeds = [bytes.fromhex(vector["frame"]) for vector in vectors]
    for data in mutations(seeds, 4_000):
        jt808.recognise(data)
        refusal(lambda bad: [jt808.encode(message) for message in jt808.parse(bad)], data)


def test_damaged_bodies_are_read_or_refused_with_a_place(vectors: list[Vector]) -> None:
    frames = [
        framing.read_frame(bytes.fromhex(v["frame"]))
        for v in vectors
        if v["kind"] == "valid" and jt808.recognise(bytes.fromhex(v["frame"])) > 0.5
    ]
    seeds = [frame.body for frame in frames if frame.body]
    for number, body in enumerate(mutations(seeds, 4_000)):
        header = frames[number % len(frames)].header
        whole = framing.Frame(header=header, body=body[:1_023], original=b"")
        refusal(lambda frame: jt808.encode(jt808.read_message(frame)), whole)
