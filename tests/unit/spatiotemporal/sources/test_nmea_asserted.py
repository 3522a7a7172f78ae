"""NMEA 0183 against values that the tests of other projects assert, and sentences of receivers in use."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from service_bus import Malformed
from spatiotemporal.decoders import decode_nmea
from spatiotemporal.sources import nmea
from spatiotemporal.sources.nmea.places import places

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
KNOT_MPS = 1852 / 3600

# Of adrianmo/go-nmea, and of BeiDou receivers as programs for them quote them.
RMC = [
    ("$GNRMC,220516,A,5133.82,N,00042.24,W,173.8,231.8,130694,004.2,W*6E",
     (1994, 6, 13, 22, 5, 16), (51.563667, -0.704), 173.8, 231.8, -4.2, "", ""),
    ("$GNRMC,142754.0,A,4302.539570,N,07920.379823,W,0.0,,070617,0.0,E,A*21",
     (2017, 6, 7, 14, 27, 54), (43.042326, -79.339664), 0.0, None, 0.0, "A", ""),
    ("$GNRMC,102014.00,A,5550.6082,N,03732.2488,E,000.00000,092.9,300518,,,A,V*3B",
     (2018, 5, 30, 10, 20, 14), (55.843470, 37.537480), 0.0, 92.9, None, "A", "V"),
    ("$YDRMC,124014.00,A,5520.2848,N,01321.5108,E,0.0,0.0,230623,4.4,E,A,C*5D",
     (2023, 6, 23, 12, 40, 14), (55.338080, 13.358513), 0.0, 0.0, 4.4, "A", "C"),
    ("$BDRMC,142350,A,2456.7890,N,11458.1230,E,008.3,203.5,310721,001.2,W*74",
     (2021, 7, 31, 14, 23, 50), (24.946483, 114.968717), 8.3, 203.5, -1.2, "", ""),
    ("$GBRMC,055525.000,A,3044.368753,N,10357.548051,E,0.00,000.00,100625,,,A,C*13",
     (2025, 6, 10, 5, 55, 25), (30.739479, 103.959134), 0.0, 0.0, None, "A", "C"),
    ("$GBRMC,093247.00,A,2231.51155,N,11356.04006,E,0.150,,140923,,,A*65",
     (2023, 9, 14, 9, 32, 47), (22.525193, 113.934001), 0.15, None, None, "A", ""),
]  # fmt: skip
GGA = [
    ("$GNGGA,203415.000,6325.6138,N,01021.4290,E,1,8,2.42,72.5,M,41.5,M,,*7C",
     (63.426897, 10.357150), 1, 8, 2.42, 72.5, 41.5, ""),
    ("$GPGGA,034225.077,3356.4650,S,15124.5567,E,1,03,9.7,-25.0,M,21.0,M,,0000*51",
     (-33.941083, 151.409278), 1, 3, 9.7, -25.0, 21.0, "0000"),
    ("$GBGGA,055525.000,3044.368753,N,10357.548051,E,1,04,2.40,129.3,M,-32.3,M,,*5A",
     (30.739479, 103.959134), 1, 4, 2.4, 129.3, -32.3, ""),
    ("$GBGGA,,,,,,0,00,99.99,,,,,,*5A", None, 0, 0, 99.99, None, None, ""),
]  # fmt: skip


def one(text: str, **options: object) -> nmea.Message:
    (message,) = nmea.parse(text.encode(), reference=NOON, **options)  # type: ignore[arg-type]
    return message


@pytest.mark.parametrize(
    ("text", "moment", "place", "knots", "track", "variation", "mode", "status"), RMC
)
def test_rmc(
    text: str,
    moment: tuple[int, int, int, int, int, int],
    place: tuple[float, float],
    knots: float,
    track: float | None,
    variation: float | None,
    mode: str,
    status: str,
) -> None:
    body = one(text).body
    assert isinstance(body, nmea.Rmc)
    assert body.time == datetime(*moment, tzinfo=UTC)
    assert (body.latitude, body.longitude) == pytest.approx(place, abs=1e-6)
    assert body.speed_mps == pytest.approx(knots * KNOT_MPS)
    assert (body.track_deg, body.variation_deg) == (track, variation)
    assert (body.valid, body.mode, body.status) == (True, mode, status)


@pytest.mark.parametrize(
    ("text", "place", "quality", "satellites", "hdop", "altitude", "separation", "station"), GGA
)
def test_gga(
    text: str,
    place: tuple[float, float] | None,
    quality: int,
    satellites: int,
    hdop: float,
    altitude: float | None,
    separation: float | None,
    station: str,
) -> None:
    body = one(text).body
    assert isinstance(body, nmea.Gga)
    if place is None:
        assert (body.time, body.latitude, body.longitude) == (None, None, None)
    else:
        assert (body.latitude, body.longitude) == pytest.approx(place, abs=1e-6)
    assert (body.quality, body.satellites, body.hdop) == (quality, satellites, hdop)
    assert (body.altitude_m, body.separation_m) == (altitude, separation)
    assert body.station == station


@pytest.mark.parametrize(
    ("text", "track", "magnetic", "knots", "mode"),
    [
        ("$GPVTG,45.5,T,67.5,M,30.45,N,56.40,K*4B", 45.5, 67.5, 30.45, ""),
        ("$GPVTG,220.86,T,,M,2.550,N,4.724,K,A*34", 220.86, None, 2.55, "A"),
        ("$GBVTG,000.00,T,,M,0.00,N,0.00,K,A*2F", 0.0, None, 0.0, "A"),
        ("$GBVTG,,,,,,,,,N*22", None, None, None, "N"),
        ("$GPVTG,089.0,087.5,15.2,28.1", 89.0, 87.5, 15.2, ""),
    ],
)
def test_vtg(
    text: str, track: float | None, magnetic: float | None, knots: float | None, mode: str
) -> None:
    body = one(text).body
    assert isinstance(body, nmea.Vtg)
    assert (body.track_deg, body.magnetic_deg, body.mode) == (track, magnetic, mode)
    expected = None if knots is None else pytest.approx(knots * KNOT_MPS)
    assert body.speed_mps == expected


@pytest.mark.parametrize(
    ("text", "dimensions", "satellites", "dops", "system"),
    [
        ("$GPGSA,A,3,22,19,18,27,14,03,,,,,,,3.1,2.0,2.4*36",
         3, (22, 19, 18, 27, 14, 3), (3.1, 2.0, 2.4), None),
        ("$GNGSA,A,3,13,12,22,19,08,21,,,,,,,1.05,0.64,0.83,4*0B",
         3, (13, 12, 22, 19, 8, 21), (1.05, 0.64, 0.83), 4),
        ("$GBGSA,A,2,34,21,07,44,,,,,,,,,2.59,2.40,1.00,4*03",
         2, (34, 21, 7, 44), (2.59, 2.4, 1.0), 4),
        ("$GPGSA,A,3,01,04,17,08", 3, (1, 4, 17, 8), (None, None, None), None),
    ],
)  # fmt: skip
def test_gsa(
    text: str,
    dimensions: int,
    satellites: tuple[int, ...],
    dops: tuple[float | None, ...],
    system: int | None,
) -> None:
    body = one(text).body
    assert isinstance(body, nmea.Gsa)
    assert (body.dimensions, body.satellites) == (dimensions, satellites)
    assert (body.pdop, body.hdop, body.vdop, body.system) == (*dops, system)


@pytest.mark.parametrize(
    ("text", "place", "clock", "mode"),
    [
        ("$GPGLL,3926.7952,N,12000.5947,W,022732,A,A*58", (39.446587, -120.009912), (2, 27, 32), "A"),
        ("$IIGLL,5924.462,N,01030.048,E,062216,A*38", (59.4077, 10.5008), (6, 22, 16), ""),
        ("$GBGLL,3044.368753,N,10357.548051,E,055525.000,A,A*4B",
         (30.739479, 103.959134), (5, 55, 25), "A"),
    ],
)  # fmt: skip
def test_gll(text: str, place: tuple[float, float], clock: tuple[int, int, int], mode: str) -> None:
    body = one(text).body
    assert isinstance(body, nmea.Gll)
    assert (body.latitude, body.longitude) == pytest.approx(place, abs=1e-6)
    assert body.time is not None
    assert (body.time.hour, body.time.minute, body.time.second) == clock
    assert (body.valid, body.mode) == (True, mode)


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("$GNRMC,220516,D,5133.82,N,00042.24,W,173.8,231.8,130694,004.2,W*6B", "status"),
        ("$GNGGA,034225.077,A,S,15124.5567,E,1,03,9.7,-25.0,M,21.0,M,,0000*24", "latitude"),
        ("$GNGGA,034225.077,3356.4650,S,A,E,1,03,9.7,-25.0,M,21.0,M,,0000*12", "longitude"),
        ("$GPVTG,T,45.5,67.5,M,30.45,N,56.40,K*4B", "true track"),
        ("$GPGSA,F,3,22,19,18,27,14,03,,,,,,,3.1,2.0,2.4*31", "selection"),
        ("$GPGSA,A,6,22,19,18,27,14,03,,,,,,,3.1,2.0,2.4*33", "dimensions"),
        ("$GPGLL,3926.7952,N,12000.5947,W,022732,D,A*5D", "status"),
        ("$GPRMC,235236,A,3925.9479,N,11945.9211,W,44.7,153.6,250905,15.2,E,A*0A", "checksum"),
        ("$INVALID,123,123,*7D", "address"),
        ("$GPGGA,161405.680,37.352387,N,121.953086,W,1,10,0.01,-110.342552,M,0.000000,M,,0000,*4E",
         "latitude"),
    ],
)  # fmt: skip
def test_what_others_refuse_is_refused(text: str, field: str) -> None:
    with pytest.raises(Malformed) as caught:
        one(text)
    assert caught.value.field == field


def test_a_field_of_blanks_is_empty() -> None:
    text = "$GBGGA,055525.000,3044.368753,N,10357.548051,E,1,   ,2.40,129.3,M,-32.3,M,,"
    body = one(text).body
    assert isinstance(body, nmea.Gga)
    assert (body.satellites, body.hdop) == (None, 2.4)


def test_leading_zeros_may_be_missing_where_the_checksum_is_right() -> None:
    text = "$IIGGA,123519,4807.04,N,1131.00,E,1,8,0.9,545.9,M,46.9,M,,*52"
    message = one(text)
    assert isinstance(message.body, nmea.Gga)
    assert message.body.longitude == pytest.approx(11.516667, abs=1e-6)
    assert message.notices[-1].code == "nmea-short-angle"
    with pytest.raises(Malformed, match="longitude"):
        one(text.partition("*")[0])


@pytest.mark.parametrize("end", ["\r", "\n", "\r\n"])
def test_lines_may_end_in_any_way(end: str) -> None:
    log = (end.join(text for text, *_ in RMC) + end).encode()
    found = nmea.parse(log, reference=NOON)
    assert [message.original.decode() for message in found] == [text for text, *_ in RMC]
    assert nmea.recognise(log) > 0.9
    told = {
        place.path[0]: log[place.start : place.end]
        for place in places(log, decode_nmea(log))
        if place.path[1:] == ("talker",)
    }
    assert told[4] == b"BD"


def test_what_stands_beside_the_position() -> None:
    """The sentences that receivers' manuals print."""
    date, heading, errors, words, fix = (
        one(text, mode="strict").body
        for text in (
            "$GPZDA,172809.456,12,07,1996,00,00*57",
            "$HEHDT,274.07,T*19",
            "$GPGST,172814.0,0.006,0.023,0.020,273.6,0.023,0.020,0.031*6A",
            "$GNTXT,01,01,02,ANTSTATUS^3DOK^2C A,B*11",
            "$GNGNS,014035.00,4332.69262,S,17235.48549,E,RR,13,0.9,25.63,11.24,,,S*0F",
        )
    )
    assert date == nmea.Zda(time=datetime(1996, 7, 12, 17, 28, 9, 456_000, tzinfo=UTC), zone_min=0)
    assert heading == nmea.Hdt(heading_deg=274.07)
    assert isinstance(errors, nmea.Gst)
    assert (errors.rms, errors.major_m, errors.minor_m) == (0.006, 0.023, 0.020)
    assert (errors.orientation_deg, errors.latitude_error_m) == (273.6, 0.023)
    assert (errors.longitude_error_m, errors.altitude_error_m) == (0.020, 0.031)
    assert errors.time == datetime(2026, 11, 23, 17, 28, 14, tzinfo=UTC)
    assert words == nmea.Txt(total=1, number=1, identifier=2, text="ANTSTATUS=OK, A,B")
    assert isinstance(fix, nmea.Gns)
    assert (fix.latitude, fix.longitude) == pytest.approx((-43.544877, 172.591425), abs=1e-6)
    assert (fix.mode, fix.satellites, fix.hdop, fix.status) == ("RR", 13, 0.9, "S")
    assert (fix.altitude_m, fix.separation_m, fix.age_s, fix.station) == (25.63, 11.24, None, "")


@pytest.mark.parametrize(
    ("zone", "minutes"),
    [("08,00", 480), ("-05,30", -330), ("-05,-30", -330), ("-00,30", -30), (",", None)],
)
def test_a_zone_west_or_east(zone: str, minutes: int | None) -> None:
    body = one(f"$GPZDA,040000,24,11,2026,{zone}").body
    assert isinstance(body, nmea.Zda)
    assert body.zone_min == minutes


@pytest.mark.parametrize(
    "text",
    [
        "$QZGSA,A,3,01,,,,,,,,,,,,1.9,1.1,1.6,5*39",
        "$INGGA,123519,4807.038,N,01131.000,E,1,08,0.9,545.4,M,46.9,M,,*57",
        "$WIMWV,214.8,R,0.1,K,A*28",
        "!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C",
        "\\s:r003669945,c:1120959341*54\\!AIVDM,1,1,,A,15MvlfPOh2G?nwbEdVDsnSTR00S?,0*42",
    ],
)
def test_talkers_of_the_standard_speak_strictly(text: str) -> None:
    assert one(text, mode="strict").notices == ()


def test_sentences_of_ais_stand_among_others() -> None:
    good = "!AIVDM,1,1,,B,177KQJ5000G?tO`K>RA1wUbN0TKH,0*5C"
    log = f"{good}\r\n{RMC[0][0]}\r\n{good[:-2]}5D\r\n"
    ais, rmc, bad = nmea.parse(log.encode(), reference=NOON)
    assert (ais.talker, ais.kind) == ("AI", "VDM")
    assert isinstance(ais.body, nmea.Other)
    assert ais.body.fields[4] == "177KQJ5000G?tO`K>RA1wUbN0TKH"
    assert isinstance(rmc.body, nmea.Rmc)
    assert isinstance(bad.body, nmea.Rejected)
    assert bad.body.code == "wrong-checksum"


def test_a_recording_has_the_days_that_its_sentences_tell() -> None:
    """A minute around midnight of 1996, read thirty years later."""
    fix = "4807.038,N,01131.000,E"
    log = (
        f"$GPGGA,235958,{fix},1,08,0.9,545.4,M,46.9,M,,",
        f"$GPRMC,235958,A,{fix},022.4,084.4,110796,003.1,W",
        f"$GPGGA,000001,{fix},1,08,0.9,545.4,M,46.9,M,,",
        f"$GPRMC,000001,A,{fix},022.4,084.4,120796,003.1,W",
        f"$GPGLL,{fix},000001,A",
        f"$GPRMC,120001,V,{fix},022.4,084.4,060180,003.1,W",
        f"$GPGLL,{fix},000002,A",
    )
    bodies = [message.body for message in nmea.parse("\n".join(log).encode(), reference=NOON)]
    times = [body.time for body in bodies if isinstance(body, nmea.Gga | nmea.Gll)]
    midnight = datetime(1996, 7, 12, tzinfo=UTC)
    seconds = [-2, 1, 1, 2]
    assert times == [midnight + timedelta(seconds=second) for second in seconds]


def test_a_receiver_that_does_not_know_the_date_has_none() -> None:
    message = one("$GPRMC,000000.00,V,,,,,,,000000,,,N*7D")
    assert isinstance(message.body, nmea.Rmc)
    assert (message.body.time, message.body.valid) == (None, False)
    assert [notice.code for notice in message.notices] == ["nmea-no-date"]
    with pytest.raises(Malformed, match="date"):
        one("$GPRMC,000000.00,V,,,,,,,000000,,,N*7D", mode="strict")


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("$GPZDA,172809,31,02,2026,00,00", "date"),
        ("$GPZDA,172809,12,07,99999999,00,00", "date"),
        ("$GPHDT,274.07,M", "kind of heading"),
        ("$GPGST,172814.0,x,0.023,0.020,273.6,0.023,0.020,0.031", "RMS"),
        ("$GNTXT,01,xx,02,OK", "number of the sentence"),
        ("$GNGNS,014035.00,4372.69262,S,17235.48549,E,RR,13,0.9,25.63,11.24,,,S", "latitude"),
    ],
)
def test_what_is_wrong_beside_the_position_is_refused_with_its_place(text: str, field: str) -> None:
    with pytest.raises(Malformed, match="line 1 column") as caught:
        one(text)
    assert caught.value.field == field
