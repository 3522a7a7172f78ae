"""ASTERIX against values that the tests of other projects assert of their records."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import pytest

from service_bus import Malformed
from spatiotemporal.decoders import decode_asterix
from spatiotemporal.sources import asterix
from spatiotemporal.sources.asterix.editions import EDITIONS
from spatiotemporal.sources.asterix.places import places

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
Path = tuple[str | int, ...]

# Of hpuhr/jASTERIX, src/test.
MULTILATERATION = (
    "140065ffe9478400024100416f5b008832e5002e6c4a054bb301606a0dc8182e00ffc9ffdb002d02442f0000100000"
    "00000000000000001000002000220210000000a0000010000000000000001720401580d00012000ffff10089007cff"
    "8600350053ffc1"
)
OLD_SQUITTER = "150024fb811380000540301c293e006e4cc9ffe606d6496c2e00080818dc31ca08200015"
SPECIAL_PURPOSE = "15001981010101810102ffff5054d4c72cf40701e2402ac787"
SECTOR = "220014f6000202416dec40944060440094000010"
GROUND_SYSTEM = "190024ff8cffff030f423f2a5054d4101501181c80c5320202050fcd6e9bf0329165fe11"
RADAR = (
    "300048fff703020001416deba948ffff3fc4213805c820c1ab4cbd4994b5617820038bd9eb2fbfe4006080919f39a0"
    "04dd50c8480030a80000400397083c17304020fd0508010100"
)
TRACK = (
    "3e0097bfdfef060004e1416f40008152c400314d2407f46af943b1033efe1e00000f91e305010c663ca610c2390cb8"
    "2055400578fffb010a006213de0d1301487520ff0808ffff0093114101c008080808080808057705770000ffa10000"
    "00444c4839434b2043c5398544413332304d454444464c4253460578bf800050007e0069005fff010b13020310dc00"
    "017e755b0705772f91a0"
)
SENSOR = "3f001efff00005c14172e6000100ffcb000b0000ffff00010001fffe0000"
BATCH = "41000cf8000502c1416f2600"
VERSIONS = "f70014f00001011c2fbb03150201170102f70102"
# Of CroatiaControlLtd/asterix, sample_data: radars of Croatia.
ROLL_CALL = (
    "300030fdf70219c9356d4da0c5aff1e0020005283c660c10c236d4182001c0780031bc0000400deb07b9582e410020"
    "f5"
)
BELOW_ZERO = "300027fdd70219cc356d78a0560599540e003ffc3004e28208208208200dcd00178e3941000440"

ASSERTED: list[tuple[str, str, dict[Path, object]]] = [
    (MULTILATERATION, "1.11", {
        ("010", "SIC"): 2, ("020", "MS"): 1, ("020", "SSR"): 0, ("140",): 33502.7109375,
        ("041", "LAT"): 47.8823930025, ("041", "LON"): 16.3205873966,
        ("042", "X"): 173529.5, ("042", "Y"): 45109.0, ("161", "TRN"): 3528, ("170", "CDM"): 3,
        ("070", "L"): 1, ("070", "MODE3A"): "7000", ("202", "VX"): -13.75, ("202", "VY"): -9.25,
        ("090", "FL"): 11.25, ("220",): 148527, ("210", "AX"): 0.0, ("230", "COM"): 1,
        ("230", "ARC"): 1, ("230", "B1B"): 0, ("250", 0, "BDS1"): 1, ("250", 0, "BDS2"): 0,
        ("250", 0, "BDSDATA"): 0x10000000A00000, ("250", 1, "BDS2"): 7, ("400", 10, "BIT4"): 1,
    }),
    (OLD_SQUITTER, "0.26", {
        ("010", "SIC"): 5, ("020",): 21, ("030",): 14418.484375, ("040", "ARC"): 2,
        ("040", "ATP"): 1, ("040", "GBS"): 1, ("040", "DCR"): 0, ("080",): 4811822,
        ("090", "AC"): 0, ("090", "MN"): 0, ("090", "DC"): 0, ("090", "PA"): 8,
        ("130", "LAT"): 38.7773233, ("130", "LON"): -9.1312372, ("170",): "FM012   ",
        ("200",): 0, ("210", "MDS"): 1, ("210", "UAT"): 0,
    }),
    (SPECIAL_PURPOSE, "2.4", {
        ("010", "SAC"): 255, ("010", "SIC"): 255, ("170",): "TEST1234",
        ("SP",): bytes.fromhex("01e2402ac787"),
    }),
    (SECTOR, "1.29", {
        ("010", "SIC"): 2, ("000",): 2, ("030",): 33499.84375, ("020",): 90.0,
        ("050", "COM", "RDPC"): 1, ("050", "COM", "NOGO"): 0, ("050", "PSR", "CHAB"): 3,
        ("050", "MDS", "CHAB"): 2, ("050", "MDS", "SCF"): 1, ("050", "MDS", "DLF"): 0,
        ("060", "COM", "REDRDP"): 0, ("060", "PSR", "POL"): 0, ("060", "MDS", "CLU"): 1,
    }),
    (GROUND_SYSTEM, "1.5", {
        ("010", "SAC"): 255, ("000", "RTYP"): 1, ("000", "RG"): 1, ("200",): 999999, ("015",): 42,
        ("020",): "TESTDATA", ("070",): 12345.0, ("100", "NOGO"): 1, ("100", "OPS"): 2,
        ("100", "SSTAT"): 2, ("100", "SYSTAT"): 3, ("100", "SESTAT"): 1, ("105", 0): 2,
        ("105", 1): 5, ("600", "LAT"): 11.111111, ("600", "LON"): -22.222222, ("610",): -123.75,
    }),
    (RADAR, "1.32", {
        ("010", "SIC"): 1, ("140",): 33499.8359375, ("020", "TYP"): 5, ("020", "RDP"): 1,
        ("020", "ERR"): 1, ("020", "MI"): 1, ("040", "RHO"): 255.99609375,
        ("040", "THETA"): 89.67041, ("070", "L"): 1, ("070", "MODE3A"): "0470",
        ("090", "FL"): 370.0, ("130", "SAM"): -63, ("220",): 11226301, ("240",): "RYR5XW  ",
        ("250", 0, "BDS1"): 6, ("250", 0, "MBDATA"): 0x8BD9EB2FBFE400,
        ("250", 2, "MBDATA"): 0xC8480030A80000, ("161", "TRN"): 919,
        ("200", "GSP"): 463.183593 / 3600, ("200", "HDG"): 32.607422, ("170", "RAD"): 2,
        ("230", "COM"): 1, ("230", "MSSC"): 1, ("230", "B1B"): 13,
    }),
    (TRACK, "1.21", {
        ("010", "SIC"): 4, ("015",): 225, ("070",): 33502.5, ("105", "LAT"): 45.465223,
        ("105", "LON"): 17.332499, ("100", "X"): 260661.0, ("100", "Y"): -220711.5,
        ("185", "VX"): 207.5, ("185", "VY"): -120.5, ("060", "MODE3A"): "7621",
        ("380", "ADR"): 6700198, ("380", "ID"): "DLH9CK  ", ("380", "MHG"): 119.8828125,
        ("380", "FSS", "ALT"): 35000.0, ("380", "BVR"): -31.25, ("380", "IAR"): 266.0,
        ("380", "MAC"): 0.784, ("040",): 5086, ("080", "SRC"): 3, ("080", "FPC"): 1,
        ("080", "KOS"): 1, ("080", "PSR"): 1, ("080", "ADS"): 1, ("290", "PSR"): 63.75,
        ("290", "SSR"): 2.0, ("290", "MLT"): 63.75, ("295", "MAC"): 2.0, ("136",): 349.75,
        ("135", "CTB"): 349.75, ("220",): 0.0, ("390", "CS"): "DLH9CK ", ("390", "TAC"): "A320",
        ("390", "WTC"): "M", ("390", "DEP"): "EDDF", ("390", "DST"): "LBSF", ("390", "CFL"): 350.0,
        ("390", "IFI", "NBR"): 63256965, ("340", "POS", "RHO"): 126.45703125,
        ("340", "POS", "THETA"): 128.0072021, ("340", "MDC", "LMC"): 349.75,
        ("340", "MDA", "MODE3A"): "7621", ("340", "TYP", "TYP"): 5,
    }),
    (SENSOR, "1.7", {
        ("015",): 193, ("030",): 33509.796875, ("050", "SIC"): 1, ("060", "CON"): 0,
        ("070",): -53, ("080", "SRG"): 0.00011, ("080", "SRB"): 0.0, ("081",): -0.00549316406,
        ("090", "PRG"): 0.00001, ("090", "PRB"): 0.0078125, ("091",): -0.01098632812, ("092",): 0.0,
    }),
    (BATCH, "1.6", {
        ("010", "SIC"): 5, ("000",): 2, ("015",): 193, ("030",): 33502.296875, ("020",): 0,
    }),
    (VERSIONS, "1.3", {
        ("015",): 1, ("140",): 14431.4609375, ("550", 0, "CAT"): 21, ("550", 0, "MAIN"): 2,
        ("550", 0, "SUB"): 1, ("550", 1, "CAT"): 23, ("550", 2, "CAT"): 247, ("550", 2, "SUB"): 2,
    }),
    (ROLL_CALL, "1.27", {
        ("010", "SAC"): 25, ("010", "SIC"): 201, ("140",): 27354.6015625, ("020", "TYP"): 5,
        ("040", "RHO"): 197.68359375, ("040", "THETA"): 340.13671875, ("070", "MODE3A"): "1000",
        ("090", "FL"): 330.0, ("220",): 0x3C660C, ("240",): "DLH65A  ", ("161", "TRN"): 3563,
        ("200", "GSP"): 434.3994140625 / 3600, ("200", "HDG"): 124.002685546875,
        ("170", "RAD"): 2, ("230", "B1B"): 5, ("250", 0, "BDS1"): 4, ("250", 0, "BDS2"): 0,
    }),
    (BELOW_ZERO, "1.27", {("090", "FL"): -1.0, ("240",): "        "}),
]  # fmt: skip
"""Blocks of one record, the edition to read them with, and what is asserted of them."""


def one(text: str, edition: str) -> asterix.Message:
    data = bytes.fromhex(text)
    (message,) = asterix.parse(data, reference=NOON, editions={data[0]: edition})
    return message


def _at(message: asterix.Message, path: Path) -> object:
    found: object = message.items
    for step in path:
        if isinstance(step, int):
            assert isinstance(found, tuple), path
            found = found[step]
        else:
            assert isinstance(found, Mapping), path
            found = found[step]
    return found


@pytest.mark.parametrize(("text", "edition", "asserted"), ASSERTED)
def test_asserted_values_agree(text: str, edition: str, asserted: dict[Path, object]) -> None:
    message = one(text, edition)
    assert message.notices == ()
    for path, expected in asserted.items():
        found = _at(message, path)
        if isinstance(expected, float):
            assert found == pytest.approx(expected, abs=1e-6), path
        else:
            assert found == expected, path


@pytest.mark.parametrize(("text", "edition"), [one[:2] for one in ASSERTED])
def test_asserted_records_are_written_as_they_were(text: str, edition: str) -> None:
    message = one(text, edition)
    written = asterix.encode(message)
    assert one(written.hex(), edition).items == message.items
    # The track's flight plan and the old squitter end specifications with an empty byte.
    assert written.hex() == text or text in (TRACK, OLD_SQUITTER)


def test_an_old_squitter_has_a_time_and_a_place() -> None:
    message = one(OLD_SQUITTER, "0.26")
    found = asterix.target(message)
    assert found is not None
    assert found.time == datetime(2026, 11, 24, 4, 0, 18, 484_375, tzinfo=UTC)
    assert (found.latitude, found.longitude) == pytest.approx((38.777323, -9.131237), abs=1e-6)
    assert (found.address, found.callsign) == ("496C2E", "FM012")


@pytest.mark.parametrize("edition", ["1.27", "1.31", "1.32"])
def test_a_flight_level_has_a_sign_in_every_edition(edition: str) -> None:
    assert one(BELOW_ZERO, edition).number("090", "FL") == -1.0


@pytest.mark.parametrize(
    ("category", "edition", "item"),
    [
        (20, "1.11", {"500": {"SDP": {"X": 34.25, "Y": 31.0, "XY": -30.5}}}),
        (20, "1.9", {"500": {"DOP": {"X": 4.5, "Y": 3.75, "XY": -3.75}}}),
        (62, "1.16", {"340": {"HEIGHT": -25.0}}),
        (25, "1.6", {"600": {"LAT": 31.198, "LON": 121.336}}),
    ],
)
def test_values_that_the_librarys_layouts_cannot_hold(
    category: int, edition: str, item: dict[str, asterix.Value]
) -> None:
    """Covariances and heights have a sign, and a ground system may stand beyond 90 degrees east."""
    message = asterix.Message(category=category, edition=edition, items=item)
    found = one(asterix.encode(message).hex(), edition).items
    told, expected = found[next(iter(item))], next(iter(item.values()))
    assert isinstance(told, dict)
    assert isinstance(expected, dict)
    if category == 25:
        assert told == pytest.approx(expected, abs=1e-6)
    else:
        assert told == expected


AIRSPEEDS: list[tuple[int, str, Path, str, float]] = [
    # 2^-14 NM/s, or thousandths of Mach where the first bit is set
    (21, "2.7", ("150", "AS"), "15000701400482", 1154 / 2**14),
    (21, "0.26", ("150", "AS"), "15000701108310", 0.784),
    (62, "1.21", ("380", "IAS", "IAS"), "3e000801101004ba", 1210 / 2**14),
    (62, "1.16", ("380", "IAS", "IAS"), "3e00080110108352", 0.85),
]  # fmt: skip


@pytest.mark.parametrize(("category", "edition", "path", "text", "expected"), AIRSPEEDS)
def test_an_airspeed_is_of_the_unit_that_its_first_bit_tells(
    category: int, edition: str, path: Path, text: str, expected: float
) -> None:
    message = one(text, edition)
    assert message.category == category
    assert _at(message, path) == pytest.approx(expected)
    assert asterix.encode(message).hex() == text


# Of Chinese airports, with what a program for them says: multilateration, ADS-B before edition 1 and
# after it, system tracks, surface movement.
WUHAN = (
    "140046ff0f018416074110a1a0bb00578b480144dcf6001706001fad0ef202781045800c54f2db3c6000022040"
    "1998d0000000000001000c000c0003000600050005a1a0c200"
)
OLD_REPORT = (
    "15002efba1df80000100302327660055a0b60144ae0a7802610006080388000a077e043e0d33b3c72de000800002"
)
SEA = (
    "3e0034bb7d25040203000e584f003806e501460641fd2601b70d4a000d33b3c37e2080780ccb0006010005500000"
    "28002a003e04"
)
SHENZHEN = (
    "0a0033fb3f31801600012503000707f41019cdf450ef12ef0c4a15dc0caa00040078083c000d36b9d70d60fffb"
    "000200000000"
)


@pytest.mark.parametrize(
    ("text", "clock", "place", "callsign", "address", "track"),
    [
        (WUHAN, 82_753.460_937_5, (30.777211, 114.209694), "CES2631", "781045", 3826),
        (SEA, 7_344.617_187_5, (19.696968, 114.617963), "CSN3078", "780CCB", 6),
        (SHENZHEN, 3_599.906_25, (22.641748, 113.813272), "CSZ9505", "78083C", 3242),
    ],
)
def test_targets_of_chinese_airports(
    text: str, clock: float, place: tuple[float, float], callsign: str, address: str, track: int
) -> None:
    data = bytes.fromhex(text)
    (message,) = asterix.parse(data, reference=NOON, mode="strict")
    found = asterix.target(message)
    assert found is not None
    assert found.time is not None
    midnight = found.time.replace(hour=0, minute=0, second=0, microsecond=0)
    assert (found.time - midnight).total_seconds() == pytest.approx(clock, abs=1e-5)
    assert (found.latitude, found.longitude) == pytest.approx(place, abs=1e-6)
    assert (found.callsign, found.address, found.track) == (callsign, address, track)
    assert asterix.encode(message) == data


def test_an_old_report_among_others_is_read_in_its_edition() -> None:
    (report,) = decode_asterix(OLD_REPORT.encode())
    assert report["edition"] == "0.26"
    both = decode_asterix(bytes.fromhex(OLD_REPORT + SEA))
    assert [message["category"] for message in both] == [21, 62]
    for message in (report, both[0]):
        target = message["target"]
        assert isinstance(target, dict)
        place = (target["latitude"], target["longitude"])
        assert place == pytest.approx((30.103515, 114.145256), abs=1e-6)
        assert (target["callsign"], target["address"]) == ("CSN3127", "780261")
    assert {place.path for place in places(bytes.fromhex(OLD_REPORT), [report])} >= {
        (0, "items", "130", "LAT"), (0, "items", "080"), (0, "category"),
    }  # fmt: skip


def test_a_report_that_no_edition_reads_is_refused_with_its_place() -> None:
    broken = bytes.fromhex(OLD_REPORT[:-2].replace("15002e", "15002d"))
    with pytest.raises(Malformed, match="byte ") as caught:
        decode_asterix(broken)
    assert caught.value.field.startswith("I021/")


def test_a_block_that_cannot_be_read_leaves_the_others_readable() -> None:
    bad = bytes.fromhex("3e0006013000")
    data = bytes.fromhex(SEA) + bad + bytes.fromhex(SHENZHEN)
    first, kept, last = asterix.parse(data, reference=NOON)
    assert (first.category, last.category) == (62, 10)
    assert (kept.edition, kept.items) == ("", {"raw": bad[3:]})
    (notice,) = kept.notices
    assert (notice.code, notice.position) == ("asterix-unread", "byte 58")
    found = places(data, [{"edition": one.edition} for one in (first, kept, last)])
    assert [(one.start, one.end) for one in found if one.path == (1, "items", "raw")] == [(55, 58)]
    assert asterix.encode(kept) == bad
    with pytest.raises(Malformed, match="byte 58"):
        asterix.parse(data, reference=NOON, mode="strict")
    with pytest.raises(Malformed, match="byte 6"):
        asterix.parse(bad, reference=NOON)
    with pytest.raises(Malformed, match="byte 6"):
        asterix.parse(bad + bad, reference=NOON)


def test_foreign_categories_beside_known_ones_are_recognised() -> None:
    foreign = bytes.fromhex("fd0005aabb")
    assert asterix.recognise(foreign + bytes.fromhex(SEA) + bytes.fromhex(SHENZHEN)) == 0.8
    assert asterix.recognise(foreign + bytes.fromhex("0a0004")) == 0.0
    assert asterix.recognise(foreign * 3) == 0.0
    lines = (
        f"{SEA.upper()}\n{' '.join(SHENZHEN[i : i + 2] for i in range(0, 8, 2))}{SHENZHEN[8:]}\n"
    )
    assert asterix.recognise(lines.encode()) == 0.8


@pytest.mark.parametrize(
    ("category", "field", "told"),
    [
        (21, "800854", {"BPS": {"BPS": pytest.approx(213.2)}}),  # above 800 hPa
        (21, "2080", {"NAV": {"AP": 1, "VN": 0, "AH": 0, "AM": 0, "MFM": {"EP": 0, "VAL": 0}}}),
        (21, "02a800", {"TNH": 236.25}),
        (62, "2080801edd", {"TVS": {"VX": -8160.0, "VY": 1975.25}}),
        (48, "08007719", {"ERR": pytest.approx(119.09765625)}),
        (21, "8008", None),
        (21, "80085400", None),
        (62, "04", None),
        (20, "800854", None),
    ],
)
def test_the_expansion_field(category: int, field: str, told: dict[str, object] | None) -> None:
    record = asterix.Message(
        category=category, edition=EDITIONS[category], items={"RE": bytes.fromhex(field)}
    )
    data = asterix.encode(record)
    (message,) = asterix.parse(data, reference=NOON, mode="strict")
    assert message.items == record.items
    assert asterix.expansion(message) == told
    (decoded,) = decode_asterix(data)
    assert decoded.get("expansion") == told


def test_an_old_report_has_no_known_expansion() -> None:
    old = asterix.Message(category=21, edition="0.26", items={"RE": bytes.fromhex("800854")})
    assert asterix.expansion(old) is None


def test_a_layout_of_one_vendor_is_refused_not_guessed() -> None:
    """Category 010 as Sensis filled it: velocities of 12 bits, which no edition has."""
    vendor = (
        "0a002bfb751180000001230100a4383e123875f50fc4ed20fa710558ff8001039a02474ca100000a0dfffc"
    )
    with pytest.raises(Malformed, match="ends inside an item"):
        one(vendor, "1.1")
