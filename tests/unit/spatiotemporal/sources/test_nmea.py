"""NMEA 0183: own sentences (layouts are public, checksums are computed), and damaged ones."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service_bus import Malformed, TooLarge
from spatiotemporal.decoders import decode_nmea
from spatiotemporal.sources import nmea
from spatiotemporal.sources.nmea.places import places
from tests.unit.spatiotemporal.sources.mutations import mutations, refusal

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)


def sentence(text: str) -> bytes:
    """``$text*hh`` with its checksum and line end."""
    value = 0
    for byte in text.encode("ascii"):
        value ^= byte
    return f"${text}*{value:02X}\r\n".encode()


def one(data: bytes | str, **options: object) -> nmea.Message:
    raw = data if isinstance(data, bytes) else sentence(data)
    (message,) = nmea.parse(raw, reference=NOON, **options)  # type: ignore[arg-type]
    return message


RMC = "GBRMC,035959.50,A,3111.8892,N,12119.9480,E,010.00,177.3,241126,005.2,W,A,V"
GGA = "BDGGA,035959.00,3111.8892,N,12119.9480,E,4,18,0.7,2.4,M,10.1,M,1.0,0042"
VTG = "GNVTG,177.3,T,182.5,M,010.0,N,018.5,K,A"
GSA = "GNGSA,A,3,01,04,17,,,,,,,,,,1.6,0.9,1.3,4"
GLL = "GPGLL,3111.8892,S,12119.9480,W,040001.00,A,D"
ALL = (RMC, GGA, VTG, GSA, GLL)


def test_the_example_that_manuals_print() -> None:
    message = one(b"$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A")
    assert isinstance(message.body, nmea.Rmc)
    assert message.body.time == datetime(1994, 3, 23, 12, 35, 19, tzinfo=UTC)
    assert message.body.latitude == pytest.approx(48.1173)
    assert message.body.longitude == pytest.approx(11.516667, abs=1e-6)
    assert message.body.variation_deg == -3.1


def test_rmc_of_a_beidou_receiver() -> None:
    message = one(RMC)
    assert (message.talker, message.kind, nmea.TALKERS[message.talker]) == ("GB", "RMC", "BeiDou")
    body = message.body
    assert isinstance(body, nmea.Rmc)
    assert body.time == datetime(2026, 11, 24, 3, 59, 59, 500_000, tzinfo=UTC)
    assert (body.latitude, body.longitude) == pytest.approx((31.198153, 121.332467), abs=1e-6)
    assert body.speed_mps == pytest.approx(5.14444, abs=1e-5)
    assert (body.track_deg, body.variation_deg) == (177.3, -5.2)
    assert (body.valid, body.mode, body.status) == (True, "A", "V")


def test_gga_of_the_other_beidou_talker() -> None:
    body = one(GGA).body
    assert isinstance(body, nmea.Gga)
    assert body.time == datetime(2026, 11, 24, 3, 59, 59, tzinfo=UTC)
    assert (body.quality, body.satellites, body.hdop) == (4, 18, 0.7)
    assert (body.altitude_m, body.separation_m) == (2.4, 10.1)
    assert (body.age_s, body.station) == (1.0, "0042")


def test_vtg_gsa_and_gll() -> None:
    vtg, gsa, gll = (one(text).body for text in (VTG, GSA, GLL))
    assert isinstance(vtg, nmea.Vtg)
    assert vtg.speed_mps == pytest.approx(5.14444, abs=1e-5)
    assert isinstance(gsa, nmea.Gsa)
    assert (gsa.dimensions, gsa.satellites, gsa.system) == (3, (1, 4, 17), 4)
    assert isinstance(gll, nmea.Gll)
    assert gll.latitude is not None
    assert gll.longitude is not None
    assert (gll.latitude < 0, gll.longitude < 0) == (True, True)


def test_speed_falls_back_to_kilometres() -> None:
    body = one("GPVTG,,T,,M,,N,036.0,K,A").body
    assert isinstance(body, nmea.Vtg)
    assert body.speed_mps == pytest.approx(10.0)


def test_empty_fields_are_unknown() -> None:
    body = one("GPRMC,,V,,,,,,,,,,N").body
    assert body == nmea.Rmc(
        time=None, valid=False, latitude=None, longitude=None, speed_mps=None, track_deg=None,
        variation_deg=None, mode="N", status="",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("clock", "expected"),
    [
        ("235959", datetime(2026, 11, 23, 23, 59, 59, tzinfo=UTC)),
        ("000001", datetime(2026, 11, 24, 0, 0, 1, tzinfo=UTC)),
        ("155959", datetime(2026, 11, 24, 15, 59, 59, tzinfo=UTC)),
        ("160001", datetime(2026, 11, 23, 16, 0, 1, tzinfo=UTC)),
    ],
)
def test_a_time_without_a_date_is_the_nearest(clock: str, expected: datetime) -> None:
    body = one(f"GPGLL,3111.8892,N,12119.9480,E,{clock},A,A").body
    assert isinstance(body, nmea.Gll)
    assert body.time == expected


def test_a_leap_second_is_a_second() -> None:
    body = one("GPGLL,,,,,235960,A,A").body
    assert isinstance(body, nmea.Gll)
    assert body.time == datetime(2026, 11, 24, tzinfo=UTC)


def test_unknown_sentences_and_makers_own_keep_their_fields() -> None:
    turn, own = one("TIROT,35.6,A"), one("PUBX,40,GLL,1")
    assert turn.body == nmea.Other(fields=("35.6", "A"))
    assert (own.talker, own.kind) == ("P", "UBX")


def test_tag_blocks_and_noise_are_passed_over() -> None:
    tagged = b"\\s:gnss1,c:1764000000*1A\\" + sentence(RMC)
    assert one(tagged).original == tagged.rstrip()
    (first, second) = nmea.parse(
        b"boot v1.2\r\n" + sentence(RMC) + b"\r\n" + sentence(GGA), reference=NOON
    )
    assert [notice.code for notice in first.notices] == ["nmea-noise"]
    assert second.notices == ()


# -- checksum policy ------------------------------------------------------------------------------

BARE = f"${RMC}".encode()
WRONG = f"${RMC}*00".encode()


def test_what_a_log_puts_before_a_sentence_is_left_out_where_the_checksum_proves_it() -> None:
    sentence = b"$GPGLL,3112.12,N,12120.34,E,225444,A*2E"
    for prefix in (b"2026-11-24 08:12:00.250 ", b"\xef\xbb\xbf", b"gps0> "):
        (found,) = nmea.parse(prefix + sentence + b"\r\n", reference=NOON)
        assert isinstance(found.body, nmea.Gll)
        assert [notice.code for notice in found.notices] == ["nmea-prefix"]
        assert nmea.recognise(prefix + sentence) > 0.9
        with pytest.raises(Malformed):
            nmea.parse(prefix + sentence, reference=NOON, mode="strict")
    with pytest.raises(Malformed):
        nmea.parse(b"price: " + sentence[:-2] + b"00", reference=NOON)


def test_a_missing_checksum_is_the_policys_business() -> None:
    assert [n.code for n in one(BARE).notices] == ["nmea-no-checksum"]
    with pytest.raises(Malformed, match="no checksum"):
        one(BARE, checksum="required")
    with pytest.raises(Malformed, match="no checksum"):
        one(BARE, mode="strict")


def test_a_wrong_checksum_is_refused_unless_ignored() -> None:
    with pytest.raises(Malformed) as caught:
        one(WRONG)
    assert (caught.value.field, caught.value.found) == ("checksum", "00")
    assert caught.value.position == f"line 1 column {len(WRONG) - 1}"
    assert [n.code for n in one(WRONG, checksum="ignored").notices] == ["nmea-wrong-checksum"]


# -- refusals -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "field", "column"),
    [
        (RMC.replace("3111.8892", "3160.0000"), "latitude", 20),
        (RMC.replace("3111.8892", "9111.8892"), "latitude", 20),
        (RMC.replace("3111.8892", "11.8892"), "latitude", 20),
        (RMC.replace("12119.9480", "12119.9x80"), "longitude", 32),
        (RMC.replace(",N,", ",X,"), "latitude hemisphere", 30),
        (RMC.replace(",N,", ",,"), "latitude hemisphere", 30),
        (RMC.replace("035959.50", "256000"), "time", 8),
        (RMC.replace("241126", "321326"), "date", 58),
        (RMC.replace("010.00", "nan"), "speed", 45),
        (RMC.replace("010.00", "1e5"), "speed", 45),
        (GSA.replace(",3,", ",9,"), "dimensions", 10),
        (GGA.replace(",18,", ",1_8,"), "satellites", 45),
        ("GP", "address", 2),
    ],
)
def test_a_field_that_cannot_be_read_is_named_with_its_column(
    text: str, field: str, column: int
) -> None:
    with pytest.raises(Malformed) as caught:
        one(text)
    assert caught.value.field == field
    assert caught.value.position == f"line 1 column {column}"


@pytest.mark.parametrize("data", [b"", b"\r\n", b"hello", b"!AIVDM,1"])
def test_text_without_a_sentence_is_refused(data: bytes) -> None:
    with pytest.raises(Malformed, match="no sentence"):
        nmea.parse(data, reference=NOON)


def test_the_line_is_counted() -> None:
    with pytest.raises(Malformed, match="line 3 column"):
        nmea.parse(sentence(RMC) + sentence(GGA) + WRONG, reference=NOON, mode="strict")


@pytest.mark.parametrize(
    ("bad", "code", "field", "column"),
    [
        (WRONG, "wrong-checksum", "checksum", len(WRONG) - 1),
        (sentence(RMC)[:29], "wrong-value", "latitude hemisphere", 30),
        (sentence(RMC.replace("3111.8892", "3160.0000")), "wrong-value", "latitude", 20),
        ("$GPRMC,0359\xff,A".encode("latin-1"), "not-ascii", "sentence", 12),
        (sentence("GP"), "wrong-value", "address", 2),
    ],
)
def test_a_bad_sentence_does_not_take_the_log_with_it(
    bad: bytes, code: str, field: str, column: int
) -> None:
    log = sentence(RMC) + b"boot\r\n" + bad.rstrip() + b"\r\n" + sentence(GGA)
    first, second, third = nmea.parse(log, reference=NOON)
    assert (first, third) == (one(RMC), one(GGA))
    assert (second.talker, second.kind, second.original) == ("", "", bad.rstrip())
    assert isinstance(second.body, nmea.Rejected)
    assert (second.body.code, second.body.field) == (code, field)
    place = f"line 3 column {column}"
    assert second.body.position == place
    assert second.body.text == bad.rstrip().decode("ascii", "backslashreplace")
    codes = [(notice.code, notice.position) for notice in second.notices]
    assert codes[0] == ("nmea-noise", "line 2 column 1")
    assert codes[-1] == ("nmea-rejected", place)
    with pytest.raises(Malformed) as caught:
        nmea.parse(log.replace(b"boot\r\n", b"\r\n"), reference=NOON, mode="strict")
    assert caught.value.position.startswith("line 3 column ")


def test_text_in_which_nothing_can_be_read_is_refused_with_its_first_fault() -> None:
    with pytest.raises(Malformed) as caught:
        nmea.parse(b"boot\r\n" + WRONG + b"\r\n" + sentence("GP"), reference=NOON)
    assert (caught.value.code, caught.value.position) == (
        "wrong-checksum",
        f"line 2 column {len(WRONG) - 1}",
    )


def test_a_policy_that_demands_checksums_rejects_single_sentences() -> None:
    kept, bare = nmea.parse(sentence(RMC) + BARE, reference=NOON, checksum="required")
    assert isinstance(kept.body, nmea.Rmc)
    assert isinstance(bare.body, nmea.Rejected)
    assert bare.body.code == "no-checksum"


def test_places_pass_over_what_was_rejected() -> None:
    log = b"cost $5\r\n" + WRONG + b"\r\n" + sentence(GGA)
    found = places(log, decode_nmea(log))
    assert {place.path[0] for place in found} == {1}
    written = {place.path: log[place.start : place.end] for place in found}
    assert written[1, "body", "hdop"] == b"0.7"
    assert written[1, "talker"] == b"BD"


def test_letters_outside_ascii_are_refused() -> None:
    with pytest.raises(Malformed, match="ASCII"):
        one("$GPRMC,0359\xff".encode("latin-1"))


def test_too_much_is_refused() -> None:
    with pytest.raises(TooLarge):
        one(sentence(RMC), max_bytes=10)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("XXRMC" + RMC[5:], "nmea-unknown-talker"),
        (RMC + ",1234567890", "nmea-long"),
        ("GPVTG,1.0,T", "nmea-few-fields"),
        (RMC.replace("3111.8892", "311.8892"), "nmea-short-angle"),
    ],
)
def test_what_is_odd_is_noted_and_refused_in_strict_mode(text: str, code: str) -> None:
    assert [notice.code for notice in one(text).notices] == [code]
    with pytest.raises(Malformed) as caught:
        one(text, mode="strict")
    assert caught.value.code == code


def test_recognition() -> None:
    for text in ALL:
        assert nmea.recognise(sentence(text)) > 0.9
    assert nmea.recognise(BARE) > 0.5
    for other in (b"", b"\x7e\x02", b"{}", b"$100", b"*8D4840D6202CC371C32CE0576098;"):
        assert nmea.recognise(other) < 0.5


# -- properties -----------------------------------------------------------------------------------


@settings(deadline=None)
@given(
    st.integers(-5_399_999_999, 5_399_999_999), st.integers(-10_799_999_999, 10_799_999_999),
    st.datetimes(datetime(1980, 1, 6), datetime(2075, 1, 1)),  # noqa: DTZ001
    st.sampled_from(sorted(nmea.TALKERS)),
)  # fmt: skip
def test_positions_and_moments_come_back(
    north: int, east: int, moment: datetime, talker: str
) -> None:
    def angle(micro_minutes: int, digits: int, signs: str) -> str:
        degrees, minutes = divmod(abs(micro_minutes), 60_000_000)
        whole, part = divmod(minutes, 1_000_000)
        return f"{degrees:0{digits}d}{whole:02d}.{part:06d},{signs[micro_minutes < 0]}"

    text = (
        f"{talker}RMC,{moment:%H%M%S}.{moment.microsecond:06d},A,{angle(north, 2, 'NS')},"
        f"{angle(east, 3, 'EW')},,,{moment:%d%m%y},,,A"
    )
    body = one(text).body
    assert isinstance(body, nmea.Rmc)
    assert body.latitude == pytest.approx(north / 6e7, abs=1e-9)
    assert body.longitude == pytest.approx(east / 6e7, abs=1e-9)
    assert body.time == moment.replace(tzinfo=UTC)


def test_damaged_text_is_read_or_refused_with_a_place() -> None:
    seeds = [*(sentence(text) for text in ALL), b"".join(sentence(text) for text in ALL)]
    for data in mutations(seeds, 5_000):
        nmea.recognise(data)
        refusal(lambda bad: nmea.parse(bad, reference=NOON, checksum="ignored"), data)
