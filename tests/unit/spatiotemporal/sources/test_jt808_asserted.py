"""JT/T 808 against values that the tests of other projects assert, and frames of terminals in use."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from service_bus import Malformed
from spatiotemporal.decoders import decode_jt808
from spatiotemporal.sources import jt808
from spatiotemporal.sources.jt808.frame import Header, write_frame
from spatiotemporal.sources.jt808.places import places

# Of cuteLittleDevil/go-jt808, SmallChi/JT808, francistm/jt808-golang, fakeyanss/jt808-server-go,
# hylexus/jt-framework, lingxcom/jt808 and yezhihao/jt808-server.
OLD = "012345678901"
NEW = "00000000017299841738"
LOCATED = "000004000000080006eeb6ad02633df7013800030063200707192359"
EVERY_ITEM = (
    f"01040000000b02020016030200210402002c051e373737{'00' * 27}1105420000004212064d0000004d4d"
    "1307000000580058582504000000632a02000a2b040000001430011e310128"
)

BODIES: list[tuple[str, str, int, jt808.Body]] = [
    ("7e000100050123456789017fff007b01c803bd7e", OLD, 32767,
     jt808.Reply(serial=123, reply_to=456, result=3)),
    ("7e00010005018657405979008f10111213142f7e", "018657405979", 0x8F,
     jt808.Reply(serial=0x1011, reply_to=0x1213, result=0x14)),
    ("7e8001000501234567890100007fff0002008e7e", OLD, 0,
     jt808.Reply(serial=32767, reply_to=2, result=0)),
    ("7e8001400501000000000172998417380000ffff000200867e", NEW, 0,
     jt808.Reply(serial=65535, reply_to=2, result=0)),
    ("7e8100000e01234567890100000000003132333435363738393031377e", OLD, 0,
     jt808.RegisterReply(serial=0, result=0, code="12345678901")),
    ("7e000240000100000000017299841738ffff027e", NEW, 65535, jt808.Empty()),
    ("7e8104400001000000000144199999990003027e", "00000000014419999999", 3, jt808.Empty()),
    ("7e0102000b01234567890100003137323939383431373338b57e", OLD, 0,
     jt808.Authenticate(code="17299841738")),
    ("7e0102402f010000000001729984173800000b31373239393834313733383132333435363738393031323334"
     "35332e372e31350000000000000000000000000000227e", NEW, 0,
     jt808.Authenticate(code="17299841738", imei="123456789012345", software="3.7.15")),
    ("7e010000200123456789010000001f007363640000007777772e3830382e3736353433323101b2e241313233"
     "34a17e", OLD, 0,
     jt808.Register(province=31, city=115, maker="cd", model="www.808.", terminal_id="7654321",
                    plate_colour=1, plate="测A1234", edition=2011)),
    ("7e0100002c0123456789010000001f007363640000007777772e3830382e636f6d0000000000000000003736"
     "353433323101b2e24131323334cc7e", OLD, 0,
     jt808.Register(province=31, city=115, maker="cd", model="www.808.com",
                    terminal_id="7654321", plate_colour=1, plate="测A1234")),
    ("7E0100002B0185005258650001000C007D023132350000313236000000000000000000000000000000000030"
     "31383530303104B7E1CCEF3836F37E", "018500525865", 1,
     jt808.Register(province=12, city=126, maker="125", model="126", terminal_id="0185001",
                    plate_colour=4, plate="丰田86")),
    ("7e0100405601000000000139123443290000000b000269643132333435363738397479706531323334353637"
     "383930313233343536373839303132333435366964313233343536373839303132333435363738393031323334"
     "3536373801b8ca4a2d313233343539517e", "00000000013912344329", 0,
     jt808.Register(province=11, city=2, maker="id123456789",
                    model="type12345678901234567890123456",
                    terminal_id="id1234567890123456789012345678", plate_colour=1,
                    plate="甘J-123459", edition=2019)),
    ("7e800300150123456789017fff1099090001000200030004000500060007000800091f7e", OLD, 32767,
     jt808.Resend(serial=4249, indices=(1, 2, 3, 4, 5, 6, 7, 8, 9))),
    ("7e800340160100000000017299841738ffff10990009000100020003000400050006000700080009147e", NEW,
     65535, jt808.Resend(serial=4249, indices=(1, 2, 3, 4, 5, 6, 7, 8, 9))),
    ("7E8300000D012345678900000105736D616C6C63686920353138027E", "012345678900", 1,
     jt808.Text(flags=5, text="smallchi 518")),
    ("7E8300400E010000000001234567890000010501736D616C6C63686920353138417E",
     "00000000012345678900", 1, jt808.Text(flags=5, text="smallchi 518", kind=1)),
    ("7e830000180123456789017fff09b2e2cad43132334034353623616263212e2e2ebde1caf8b17e", OLD, 32767,
     jt808.Text(flags=9, text="测试123@456#abc!...结束")),
    ("7E81050001012345678900000105087E", "012345678900", 1, jt808.Control(command=5)),
    ("7e810500100123456789017fff7b61733b3132333b7a78633b3132333b947e", OLD, 32767,
     jt808.Control(command=123, parameters="as;123;zxc;123;")),
    ("7e820200060123456789017fff000500000258d17e", OLD, 32767,
     jt808.Track(interval_s=5, valid_s=600)),
    ("7e820300060123456789017fff007b00009d5e377e", OLD, 32767,
     jt808.ConfirmAlarm(serial=123, kinds=40286)),
    ("7e810600190123456789017fff0600000001000000030000000500000007000000090000007fe67e", OLD,
     32767, jt808.AskParameters(ids=(1, 3, 5, 7, 9, 127))),
    ("7e9003400001000000000144199999990003147e", "00000000014419999999", 3, jt808.Other(body=b"")),
]  # fmt: skip
"""Frame, phone, serial number and body."""


def one(text: str) -> jt808.Message:
    (message,) = jt808.parse(bytes.fromhex(text))
    return message


@pytest.mark.parametrize(("text", "phone", "serial", "body"), BODIES)
def test_bodies(text: str, phone: str, serial: int, body: jt808.Body) -> None:
    message = one(text)
    assert (message.header.phone, message.header.serial) == (phone, serial)
    assert (message.body, message.notices) == (body, ())
    assert jt808.encode(message) == bytes.fromhex(text)
    assert jt808.parse(bytes.fromhex(text), mode="strict") == [message]


def framed(message_id: int, body: str, *, wide: bool = False) -> jt808.Message:
    header = Header(
        message_id=message_id, phone=NEW if wide else OLD, serial=1, version=1 if wide else None
    )
    other = jt808.Message(header=header, body=jt808.Other(body=bytes.fromhex(body)))
    return one(jt808.encode(other).hex())


@pytest.mark.parametrize(
    "text",
    [
        f"7e0200007c0123456789017fff{LOCATED}{EVERY_ITEM}6b7e",
        f"7e0200407c0100000000017299841738ffff{LOCATED}{EVERY_ITEM}637e",
    ],
)
def test_every_additional_item(text: str) -> None:
    """The latitude is beyond the pole in their frame as well."""
    message = one(text)
    assert [notice.code for notice in message.notices] == ["jt808-impossible-position"]
    body = message.body
    assert isinstance(body, jt808.Location)
    assert (body.alarm, body.status, body.altitude_m, body.heading_deg) == (1024, 2048, 312, 99)
    assert (body.latitude, body.longitude) == (116.307629, 40.058359)
    assert body.time == datetime(2020, 7, 7, 11, 23, 59, tzinfo=UTC)
    assert body.speed_mps == pytest.approx(0.3 / 3.6)
    assert jt808.read_items(body.items) == {
        "mileage_m": 1_100,
        "fuel_l": 2.2,
        "recorder_speed_mps": pytest.approx(3.3 / 3.6),
        "alarm_to_confirm": 44,
        "tyre_pressure_pa": (55, 55, 55, *([0] * 27)),
        "overspeed": jt808.Overspeed(place=66, area=66),
        "area_crossing": jt808.AreaCrossing(place=77, area=77, left=False),
        "segment_time": jt808.SegmentTime(segment=88, seconds=88, too_long=False),
        "signals": ("low beam", "high beam", "reverse", "fog"),
        "io": 10,
        "analogue": (20, 0),
        "radio_signal": 30,
        "satellites": 40,
    }
    assert jt808.encode(message).hex() == text


@pytest.mark.parametrize(
    ("text", "place", "moment", "items"),
    [
        ("7E0200001C2234567890150000000000000002080301CD779E0728C032003C0000008F230125145158FB7E",
         (30.242718, 120.111154), datetime(2023, 1, 25, 6, 51, 58, tzinfo=UTC), {}),
        ("7E0200003C0400216820871D0C00000000000C00C2015B6C6E06C85698001E000000E018091610353701040005"
         "4C7D0102020000030200002504000000002B040000000030011D31010D977E",
         (22.76875, 113.792664), datetime(2018, 9, 16, 2, 35, 37, tzinfo=UTC),
         {"mileage_m": 34_726_100, "radio_signal": 29, "satellites": 13}),
        ("7E0200404E0100000000040620020586004300000000000C0003023DD3CB067CB9A3052B000000552012031604"
         "06010400011BE9030200002504000000002B040000000030011F31011414040000000015040000000016040000"
         "0000170200000E7E",
         (37.606347, 108.837283), datetime(2020, 12, 3, 8, 4, 6, tzinfo=UTC),
         {"mileage_m": 7_268_100, "radio_signal": 31, "satellites": 20, "video_lost": (),
          "storage_fault": 0}),
        ("7E0200402D01000000000139123443210000003000000040000101CD41C2072901B00929029A005A2304282131"
         "4101040000029B0202004303020309300163897E",
         (30.22893, 120.12792), datetime(2023, 4, 28, 13, 31, 41, tzinfo=UTC),
         {"mileage_m": 66_700, "fuel_l": 6.7, "radio_signal": 99}),
    ],
)  # fmt: skip
def test_positions_of_terminals_in_use(
    text: str, place: tuple[float, float], moment: datetime, items: dict[str, object]
) -> None:
    message = one(text)
    body = message.body
    assert message.notices == ()
    assert isinstance(body, jt808.Location)
    assert (body.latitude, body.longitude, body.time) == (*place, moment)
    told = jt808.read_items(body.items)
    assert {name: told[name] for name in items} == items
    assert jt808.encode(message) == bytes.fromhex(text)


def test_alarms_of_cameras() -> None:
    text = (
        "7E0200407D0201000000000202326095590A4F00002000004C100301E0D7F2073E6EAC00640214001424112715"
        "42300104000000CC020201D425040000000030010831010914040000007F150400000001160400000001170200"
        "011803000709642F0000001F000201323201000035006401E0D40A073E6AC4241127154210FFFF696430303030"
        "33241127154217000500767E"
    )
    message = one(text)
    assert message.notices == ()
    assert isinstance(message.body, jt808.Location)
    told = jt808.read_items(message.body.items)
    assert (told["mileage_m"], told["fuel_l"]) == (20_400, 46.8)
    assert isinstance(told["video_alarms"], tuple)
    assert len(told["video_alarms"]) == 7
    assert (told["video_lost"], told["video_covered"]) == ((1,), (1,))
    assert (told["storage_fault"], told["abnormal_driving"]) == (1, (7, 9))
    assert told["adas_alarm"] == jt808.SafetyAlarm(
        id=31, state=0, kind=2, level=1, details=bytes.fromhex("3232010000"), speed_mps=53 / 3.6,
        altitude_m=100, latitude=31.511562, longitude=121.531076,
        time=datetime(2024, 11, 27, 7, 42, 10, tzinfo=UTC), vehicle_state=0xFFFF,
        terminal_id="id00003", began=datetime(2024, 11, 27, 7, 42, 17, tzinfo=UTC), sequence=0,
        attachments=5,
    )  # fmt: skip
    other = (jt808.Item(0x14, b"\x01"), jt808.Item(0x18, b"\x00\x01"))
    assert jt808.read_items(other) == {"item_0x14": b"\x01", "abnormal_driving": (1, None)}


def test_a_batch() -> None:
    entry = "001c000004000000080007203b7e02633df7013800030063241001235959"
    body = framed(jt808.BATCH, "000200" + entry * 2).body
    assert isinstance(body, jt808.Batch)
    assert not body.backfill
    moment = datetime(2024, 10, 1, 15, 59, 59, tzinfo=UTC)
    assert [place.time for place in body.locations] == [moment] * 2
    assert {(place.latitude, place.longitude) for place in body.locations} == {
        (119.552894, 40.058359)
    }


def test_parameters_of_2019_have_names() -> None:
    told = framed(
        jt808.TOLD_PARAMETERS,
        "0004 05 00000001 04 0000000A 00000023 01 30 00000026 09 3132372E302E302E31"
        " 00000083 08 BEA9415830303031 00000110 08 0000000000000101".replace(" ", ""),
        wide=True,
    ).body
    assert isinstance(told, jt808.ToldParameters)
    assert told.serial == 4
    assert {one.name: one.read() for one in told.parameters} == {
        "heartbeat_s": 10,
        "second_apn": "0",
        "second_server": "127.0.0.1",
        "plate": "京AX0001",
        "parameter_0x0110": bytes.fromhex("0000000000000101"),
    }


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("7e01017e", "frame"),
        ("7e0100002c0123454a7e", "frame"),
        ("7E0801200500123456789002b67E", "frame"),
        ("7E0801200500123456789002DE001A00022808000102547E", "checksum"),
        ("7E0801200500123456789002DE001A000228080001517E", "body length"),
        ("7E0200001c2234567890150000000000000002080301cd48b50728d22b003902bc008f2301251438137d027E",
         "checksum"),
        ("7E0104000C0144199999990005000402000000010400000001Cb7E", "parameter 2 of 2"),
        ("7E01040007014419999999000500040200000001C57E", "parameter 1 of 2"),
        ("7E0104000C0144199999990005000401000000010F00000001C37E", "parameter 1 of 1"),
    ],
)  # fmt: skip
def test_what_others_refuse_is_refused(text: str, field: str) -> None:
    with pytest.raises(Malformed) as caught:
        one(text)
    assert caught.value.field == field
    assert "byte " in caught.value.position


def test_a_checksum_of_an_escape_byte_may_have_been_logged_bare() -> None:
    message = one("7e0002000000000000067900007d7e")
    assert (message.header.phone, message.body) == ("000000000679", jt808.Empty())
    assert [notice.code for notice in message.notices] == ["jt808-not-escaped"]
    with pytest.raises(Malformed, match="escape"):
        jt808.parse(bytes.fromhex("7e0002000000000000067900007d7e"), mode="strict")


# Of terminals sold outside China (traccar/traccar): numbers of modules and modems instead of phones.
NO_PHONES = [
    ("7E0900005A4E5DE66FBA2200C4F02204280610090002010D052B0150052C0400129009052D016B052E014F0530"
     "0231BA053502000005360203B8053802000005390200AD053D0201EA05440150054604009899D90545040000001E"
     "000C00030160A85C06D1C1389C7E", "4E5DE66FBA22", 0xC4),
    ("7e010200204f07788ef67601824f4459344f544d314d4459774d4441314d444977626d5633553235536457786cba7e",
     "4F07788EF676", 0x182),
]  # fmt: skip


@pytest.mark.parametrize(("text", "phone", "serial"), NO_PHONES)
def test_a_phone_that_is_no_bcd_is_noted(text: str, phone: str, serial: int) -> None:
    message = one(text)
    assert (message.header.phone, message.header.serial) == (phone, serial)
    (notice,) = message.notices
    assert (notice.code, notice.position) == ("jt808-phone-not-bcd", "byte 5")
    assert jt808.encode(message) == bytes.fromhex(text)
    with pytest.raises(Malformed, match="terminal phone at byte 5"):
        jt808.parse(bytes.fromhex(text), mode="strict")


def test_a_batch_with_a_module_number_has_its_positions() -> None:
    """Six positions, recorded; each with a time zone in an item of the maker's."""
    text = (
        "7e070401654eb6fb4afd9e485b000601003900000000000c000301f5a58700ca24c5000d000000492511121545"
        "4501040000000025040000000030011731010aeb095554432b30383a3030003900000000000c000301f5a58e00"
        "ca24cd000d0000002825111215454701040000000025040000000030011731010aeb095554432b30383a303000"
        "3900000000000c000301f5a5ad00ca24de000e0000011025111215455901040000000025040000000030011931"
        "010aeb095554432b30383a3030003900000000000c000301f5a5b100ca24ed000e000000462511121546140104"
        "0000000025040000000030011931010aeb095554432b30383a3030003900000000000c000301f5a5a900ca24f5"
        "000e000000a125111215461701040000000025040000000030011931010aeb095554432b30383a303000390000"
        "0000000c000301f5a5af00ca24fb000e000000dd25111215463201040000000025040000000030011731010beb"
        "095554432b30383a3030537e"
    )
    message = one(text)
    assert isinstance(message.body, jt808.Batch)
    assert message.body.backfill
    places = [(each.latitude, each.longitude) for each in message.body.locations]
    assert places[0] == (32.875911, 13.247685)
    assert places[-1] == (32.875951, 13.247739)
    assert message.body.locations[5].time == datetime(2025, 11, 12, 7, 46, 32, tzinfo=UTC)
    items = jt808.read_items(message.body.locations[0].items)
    assert (items["satellites"], items["item_0xEB"]) == (10, b"UTC+08:00")


def test_a_tracker_abroad_has_its_hemispheres() -> None:
    message = one(
        "7e0200004d794308010679013800000000022c004e01819568036ef38c005c00120000251118112611d40164d502"
        "01a230011d31010cf40104f9020007fe0400000090fd0a02e8000400044a150fe6ef014a0b062200623a4965977e"
    )
    assert isinstance(message.body, jt808.Location)
    assert (message.body.latitude, message.body.longitude) == (-25.269608, -57.602956)
    assert message.body.speed_mps == pytest.approx(0.5)
    assert message.body.altitude_m == 92
    assert message.body.time == datetime(2025, 11, 18, 3, 26, 11, tzinfo=UTC)
    assert message.notices == ()


def test_frames_stand_in_a_log_as_its_program_writes_them() -> None:
    plain = "7e0002000004304832546500b7ca7e"
    octets = [plain[at : at + 2].upper() for at in range(0, len(plain), 2)]
    spaced = " ".join(octets)
    received, sent = f"08:12:37,170 [40] R 10.0.0.7: {spaced} ", f"08:12:37,171 收到 {plain}"
    logs = [
        (plain, 1), (spaced, 1), ("-".join(octets), 1), (",".join(octets) + "\r\n", 1),
        (plain.replace("3048", "30\n48"), 1), (f"{received}\n{sent}\n", 2),
        (f"# heartbeats\n{plain}\n{plain}\n", 2), (f'{{"frame": "{plain}"}}', 1),
    ]  # fmt: skip
    for log, count in logs:
        assert jt808.recognise(log.encode()) > 0.9
        assert [found["kind"] for found in decode_jt808(log.encode())] == ["Empty"] * count
    for text in ("at 7e the flag 7e ends", "id=7e12-7e34", plain[2:-2]):
        assert jt808.recognise(text.encode()) == 0.0
        with pytest.raises(Malformed):
            decode_jt808(text.encode())


def test_items_that_come_again_are_all_told_and_have_places() -> None:
    fixed = bytes.fromhex("000004000000080006eeb6ad02633df7013800030063200707192359")
    crossings = b"".join(b"\x12\x06" + bytes([1, 0, 0, 0, area, 0]) for area in range(12))
    body = fixed + b"\xe1\x01\x07" + crossings + b"\x31\x01\x09"
    header = Header(message_id=jt808.LOCATION, phone=OLD, serial=7)
    data = write_frame(header, body)
    (found,) = decode_jt808(data)
    told = found["body"]
    assert isinstance(told, dict)
    names = ["area_crossing", *(f"area_crossing#{number}" for number in range(2, 10))]
    assert list(told["items"]) == ["item_0xE1", *names, "satellites"]
    assert told["items"]["area_crossing#3"] == {"place": 1, "area": 2, "left": False}
    spans = {one.path: data[one.start : one.end] for one in places(data, [found])}
    assert spans[0, "body", "items", "area_crossing", "area"] == crossings[:8]
    assert spans[0, "body", "items", "satellites"] == b"\x31\x01\x09"
    assert spans[0, "body", "items", "area_crossing#3"] == b"\x12\x06\x01\0\0\0\x02\0"


def test_an_older_registration_may_hold_a_frame_number() -> None:
    """Without a plate (colour 0) the vehicle's frame number of 17 characters stands there."""
    for edition, model in ((2011, "BSJ-M7B"), (2013, "BSJ-A6-BD")):
        body = jt808.Register(
            province=44, city=303, maker="70111", model=model, terminal_id="0567872",
            plate_colour=0, plate="LFPM4ACPXG1A37097", edition=edition,
        )  # fmt: skip
        header = Header(message_id=jt808.REGISTER, phone=OLD, serial=7)
        written = jt808.encode(jt808.Message(header=header, body=body))
        (back,) = jt808.parse(written, mode="strict")
        assert back.body == body


def test_a_refused_registration_has_no_code() -> None:
    header = Header(message_id=jt808.REGISTER_REPLY, phone=OLD, serial=7)
    message = one(write_frame(header, b"\x00\x05\x02" + b"code").hex())
    assert message.body == jt808.RegisterReply(serial=5, result=2)
    assert [notice.code for notice in message.notices] == ["jt808-extra-bytes"]


def test_alarms_of_driver_tyres_and_blind_spot() -> None:
    place = "3c006401580a3806ccd03b260909123045000047343054455354260909123045010200"
    driver, spot = f"0000002a010201{'07':0<10}{place}", f"0000002b0203{place}"
    tyres = f"0000002c01{place}0200000402bc001900640100100320fff60032"
    items = tuple(
        jt808.Item(number, bytes.fromhex(text))
        for number, text in ((0x65, driver), (0x67, spot), (0x66, tyres), (0x66, tyres[:-2]))
    )
    told = jt808.read_items(items)
    assert list(told) == ["driver_alarm", "blind_spot_alarm", "tyre_alarm", "item_0x66"]
    moment = datetime(2026, 9, 9, 4, 30, 45, tzinfo=UTC)
    expected = [(42, 1, 2, 1), (43, 2, 3, None), (44, 1, None, None)]
    for name, (number, state, kind, level) in zip(told, expected, strict=False):
        alarm = told[name]
        assert isinstance(alarm, jt808.SafetyAlarm)
        assert (alarm.id, alarm.state, alarm.kind, alarm.level) == (number, state, kind, level)
        assert (alarm.latitude, alarm.longitude) == (22.547, 114.085947)
        assert alarm.speed_mps == pytest.approx(60 / 3.6)
        assert (alarm.altitude_m, alarm.time, alarm.began) == (100, moment, moment)
        assert (alarm.terminal_id, alarm.sequence, alarm.attachments) == ("G40TEST", 1, 2)
        wheels = [(each.position, each.pressure_kpa, each.temperature_c) for each in alarm.wheels]
        assert wheels == ([(0, 700, 25), (1, 800, -10)] if name == "tyre_alarm" else [])


def test_bits_of_a_position_have_meanings() -> None:
    fixed = bytes.fromhex("200200030000002201542a3806ccd03b00640258005a260909123045")
    header = Header(message_id=jt808.LOCATION, phone=OLD, serial=7)
    (found,) = decode_jt808(write_frame(header, fixed))
    body = found["body"]
    assert isinstance(body, dict)
    assert body["alarms"] == ("emergency", "overspeed", "blind spot on the right", "collision")
    assert (body["positioned"], body["acc_on"], body["shifted"]) == (True, False, True)
