"""A message of a long log, whose values are read anew, is the same as one that holds them."""

from __future__ import annotations

import copy
import pickle
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from service_bus import Malformed
from spatiotemporal.decoders import decode_adsb, decode_jt808
from spatiotemporal.sources import adsb, asterix, jt808, nmea, position_json
from spatiotemporal.sources.jt808.frame import Header
from spatiotemporal.sources.later import VALUES_KEPT

LOCATION = bytes.fromhex(
    "7E0200002611223344556622B8000000010000000200BA7F0E07E4F11C0028003C0000180715101010010400000064"
    "02020037577E"
)

SQUITTER = bytes.fromhex("8D40621D58C382D690C8AC2863A7")
RADAR = bytes.fromhex(
    "0a0029f7f109100001016100303a92063486c3fef5f9e20004be10fffe0000000403c10037bf50fcff"
)
NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def times(data: bytes) -> int:
    """How often, so that the last are behind what keeps its values."""
    return VALUES_KEPT // len(data) + 2


def test_frames_of_a_long_log_say_what_one_frame_says() -> None:
    (one,) = jt808.parse(LOCATION)
    many = jt808.parse(LOCATION * times(LOCATION))
    assert all(message == one for message in many)
    assert decode_jt808(LOCATION * times(LOCATION))[-1] == decode_jt808(LOCATION)[0]
    assert jt808.encode(many[-1]) == LOCATION


def test_what_was_odd_is_told_of_frames_of_a_long_log_too() -> None:
    header = Header(message_id=jt808.LOCATION, phone="000000000001", serial=7)
    odd = jt808.encode(jt808.Message(header=header, body=jt808.Other(body=bytes(28))))
    last = jt808.parse(odd * times(odd))[-1]
    assert [notice.code for notice in last.notices] == ["jt808-no-time"]


def test_joined_packages_of_a_long_log_are_joined_again() -> None:
    header = Header(message_id=0x0801, phone="000000000001", serial=7)
    body = jt808.Other(body=bytes(range(256)) * 10)
    data = jt808.encode(jt808.Message(header=header, body=body))
    last = jt808.parse(data * times(data))[-1]
    assert (last.header, last.body, last.original) == (header, body, data)


def test_a_set_that_stays_incomplete_says_so_again() -> None:
    header = Header(message_id=0x0801, phone="000000000001", serial=7)
    body = jt808.Other(body=bytes(3_000))
    data = jt808.encode(jt808.Message(header=header, body=body))
    rest = data[: data.rindex(b"\x7e", 0, -1)]
    last = jt808.parse(LOCATION * times(LOCATION) + rest)[-1]
    (alone,) = jt808.parse(rest)
    assert last == alone
    assert alone.notices[0].code == "jt808-package-missing"


def test_a_message_without_its_values_can_be_copied_and_changed() -> None:
    last = jt808.parse(LOCATION * times(LOCATION))[-1]
    assert copy.copy(last) == last
    assert pickle.loads(pickle.dumps(last)) == last
    assert replace(last, original=b"").body == last.body
    with pytest.raises(AttributeError, match="has no colour"):
        last.colour  # type: ignore[attr-defined]  # noqa: B018


def test_too_many_incomplete_sets_are_refused_with_their_place() -> None:
    from_each = [
        jt808.encode(
            jt808.Message(
                header=Header(message_id=0x0801, phone=f"{number:012d}", serial=7),
                body=jt808.Other(body=bytes(1_024)),
            )
        )
        for number in range(1_020)
    ]
    firsts = b"".join(data[: data.index(b"\x7e", 1) + 1] for data in from_each)
    with pytest.raises(Malformed) as caught:
        jt808.parse(firsts)
    assert (caught.value.code, caught.value.field) == ("too-many", "incomplete set")
    assert caught.value.position == "frame 1017 byte 0"


def test_too_many_positions_in_one_message_are_refused_with_their_place() -> None:
    header = Header(message_id=jt808.BATCH, phone="000000000001", serial=7)
    data = jt808.encode(jt808.Message(header=header, body=jt808.Other(body=bytes(65_537))))
    with pytest.raises(Malformed) as caught:
        jt808.parse(data)
    assert (caught.value.code, caught.value.field) == ("too-long", "body length")
    assert caught.value.position.endswith("byte 3")


def test_squitters_of_a_long_log_say_what_one_squitter_says() -> None:
    line = b"@0123456789AB" + SQUITTER.hex().encode() + b";\n"
    one, last = adsb.parse(line)[0], adsb.parse(line * times(SQUITTER))[-1]
    assert last == one
    assert (last.address, last.ticks) == ("40621D", 0x0123456789AB)
    assert adsb.encode(last) == SQUITTER
    assert decode_adsb(line * times(SQUITTER))[-1]["body"] == decode_adsb(line)[0]["body"]


def test_frames_that_are_no_squitters_keep_what_was_odd_about_them() -> None:
    line = b"5D484FDEA248F5\n"
    one, last = adsb.parse(line)[0], adsb.parse(line * times(line[:7]))[-1]
    assert last == one
    assert last.notices[0].code == "adsb-other-downlink"


def test_records_of_a_long_log_say_what_one_record_says() -> None:
    (one,) = asterix.parse(RADAR, reference=NOON)
    last = asterix.parse(RADAR * times(RADAR), reference=NOON)[-1]
    assert asterix.target(last) == asterix.target(one)
    assert last == one
    assert asterix.encode(last) == RADAR


def test_a_category_that_is_not_read_keeps_its_bytes_in_a_long_log() -> None:
    block = bytes([240, 0, 103]) + bytes(range(100))
    last = asterix.parse(block * times(block), reference=NOON)[-1]
    assert last.items == {"raw": bytes(range(100))}
    assert last.notices[0].code == "asterix-unknown-category"


def test_sentences_of_a_long_log_keep_their_fields() -> None:
    line = b"$GPGSV,3,1,11,03,03,111,00,04,15,270,00,06,01,010,00,13,06,292,00*74\r\n"
    one = nmea.parse(line, reference=NOON)[0]
    last = nmea.parse(line * times(line), reference=NOON)[-1]
    assert last == one
    assert isinstance(last.body, nmea.Other)
    assert last.body.fields[3:6] == ("03", "03", "111")


def test_a_makers_sentence_of_a_long_log_keeps_its_fields() -> None:
    line = b"\\s:tug*17\\$PUBX,00,1,2\n"
    last = nmea.parse(line * times(line), reference=NOON)[-1]
    assert (last.talker, last.body) == ("P", nmea.Other(fields=("00", "1", "2")))


def test_a_sentence_without_an_end_is_refused_with_its_place() -> None:
    with pytest.raises(Malformed) as caught:
        nmea.parse(b"$GPXXX" + b"," * 5_000, reference=NOON)
    assert (caught.value.code, caught.value.position) == ("too-long", "line 1 column 4098")


def test_positions_of_a_long_text_say_what_one_says() -> None:
    line = (
        b'{"id":"vehicle:tug-17","time":"2026-11-24T04:00:00Z","latitude":"31.198",'
        b'"longitude":121.336,"battery":[87,{"volts":"12,6 }"}]}'
    )
    (one,) = position_json.parse(line)
    count = times(line)
    for text in (
        b"\n".join([line] * count),
        b"[" + b", \n".join([line] * count) + b"]",
        b'{"from":"x, ]","positions" : [' + b",".join([line] * count) + b' ],"count":1}',
    ):
        messages = position_json.parse(text)
        assert len(messages) == count
        last = messages[-1]
        assert replace(last, notices=()) == replace(one, notices=())
        assert [odd.code for odd in last.notices] == [odd.code for odd in one.notices]
        assert position_json.encode(last) == position_json.encode(one)


POSITION = b'{"id":"a","time":0,"latitude":0,"longitude":0}'


@pytest.mark.parametrize(
    ("text", "code", "place"),
    [
        (b"[" + (POSITION + b",") * 800 + b"]", "not-json", "line 1 column 37602"),
        (b"[" + (POSITION + b",\n") * 800 + POSITION, "not-json", "line 801 column 47"),
        (b"[" + (POSITION + b",\n") * 800 + b"{]", "not-json", "line 801 column 2"),
        (b"[" + b",".join([POSITION] * 800) + b"}", "not-json", "line 1 column 37601"),
        (b"[" + b",".join([POSITION] * 800) + b"]]", "not-json", "line 1 column 37602"),
        ((POSITION + b"\n") * 800 + b"{", "not-json", "line 801 column 2"),
        ((POSITION + b" ") * 800, "not-json", "line 1 column 47"),
        (b"{" + POSITION * 800, "not-json", "line 1 column 36802"),
        (b'{"positions":[' + b",".join([POSITION] * 800) + b"],}", "not-json", "line 1 column 1"),
        (
            b'{"positions":[' + b",".join([POSITION] * 800) + b"]0}",
            "not-json",
            "line 1 column 37615",
        ),
        (b"[" + b"0," * 20_000 + b"0]", "no-object", "line 1 $[0]"),
        (b"[" + POSITION + b',{"id":"' + b"b" * 40_000 + b'"}]', "too-long", "line 1 $[1]"),
        (POSITION + b'\n{"id":"' + b"b" * 40_000 + b'"}', "too-long", "line 2 $"),
        (b'{"id":"' + b"b" * 40_000 + b'"}', "too-long", "line 1 $"),
        (b"{" + b"," * 40_000 + b"}", "too-long", "line 1 $"),
        (b'[{"id":"' + b'\\"' * 20_000, "too-long", "line 1 $[0]"),
        (b'"' + b"b" * 40_000 + b'"', "no-object", "line 1 $"),
    ],
)
def test_a_long_text_that_is_wrong_is_refused_with_its_place(
    text: bytes, code: str, place: str
) -> None:
    with pytest.raises(Malformed) as caught:
        position_json.parse(text)
    assert (caught.value.code, caught.value.position) == (code, place)


def test_an_empty_list_in_a_long_text_holds_nothing() -> None:
    assert position_json.parse(b"{" + b" " * 40_000 + b'"positions": [ ]}') == []


def test_only_the_first_odd_things_of_a_long_text_are_told() -> None:
    odd = POSITION[:-1] + b',"a":1,"b":2}'
    messages = position_json.parse(b"\n".join([odd] * 6_000))
    assert sum(len(message.notices) for message in messages) == position_json.MOST_NOTICES
    assert messages[-1].extra == {"a": 1, "b": 2}
