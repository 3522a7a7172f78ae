"""Messages a second and core of the airfield formats, beside a bare-minimum reader of the same bytes.

A bare reader checks what protects the bytes and takes the numbers out of them: no messages, no
units, no places of faults. The rates asked for are asserted: 50,000 JT/T 808 locations and 50,000
ADS-B messages.
"""

from __future__ import annotations

import struct
import time
from collections.abc import Callable
from datetime import UTC, datetime

import orjson
import pytest
from asterix import generated
from asterix.base import Bits

from spatiotemporal.sources import adsb, asterix, jt808, nmea, position_json
from spatiotemporal.sources.jt808.frame import read_frame

pytestmark = pytest.mark.benchmark_run

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
ROUNDS, CALLS = 7, 3_000

LOCATION = bytes.fromhex(
    "7E0200002611223344556622B8000000010000000200BA7F0E07E4F11C0028003C0000180715101010010400000064"
    "02020037577E"
)
SURFACE = bytes.fromhex("8C3461CF398D60597B4EA434C4D7")
AIRBORNE = bytes.fromhex("8D40621D58C382D690C8AC2863A7")
RMC = b"$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A\r\n"
JSON = (
    b'{"id":"vehicle:tug-17","time":"2026-11-24T04:00:00Z","latitude":31.198,"longitude":121.336,'
    b'"speed_mps":4.5,"heading_deg":90.0}'
)
RADAR = bytes.fromhex(
    "0a0029f7f109100001016100303a92063486c3fef5f9e20004be10fffe0000000403c10037bf50fcff"
)

_FIXED = struct.Struct(">HH6sHIIIIHHH6s")


def bare_location() -> object:
    """Escapes, checksum, fixed fields, items as slices."""
    data = LOCATION[1:-1].replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d")
    value = 0
    for byte in data:
        value ^= byte
    assert not value
    fields, items, at = _FIXED.unpack_from(data), [], _FIXED.size
    while at < len(data) - 1:
        end = at + 2 + data[at + 1]
        items.append((data[at], data[at + 2 : end]))
        at = end
    return fields, items


def bare_squitter() -> object:
    """Parity by bits of a table, surface fields by shifts."""
    assert not adsb.crc(SURFACE)
    me = int.from_bytes(SURFACE[4:11], "big")
    return me >> 51, me >> 44 & 0x7F, me >> 36 & 0x7F, me >> 17 & 0x1FFFF, me & 0x1FFFF


def bare_rmc() -> object:
    """Checksum, split, four numbers."""
    inner, _, digits = RMC[1:].partition(b"*")
    value = 0
    for byte in inner:
        value ^= byte
    assert value == int(digits, 16)
    fields = inner.split(b",")
    return float(fields[3]), float(fields[5]), float(fields[7]), float(fields[8])


def bare_radar() -> object:
    """The library's own reading into bits, no value taken out."""
    return generated.Cat_010_1_1.cv_uap.parse(Bits.from_bytes(RADAR[3:]))  # type: ignore[union-attr]


CASES: dict[str, tuple[Callable[[], object], Callable[[], object] | None, int]] = {
    "JT/T 808 location, parse": (lambda: jt808.parse(LOCATION), bare_location, 50_000),
    "JT/T 808 location, one frame": (
        lambda: jt808.read_message(read_frame(LOCATION)), bare_location, 50_000,
    ),
    "JT/T 808 location, encode": (lambda: jt808.encode(_location), None, 0),
    "ADS-B surface, parse": (lambda: adsb.parse(SURFACE), bare_squitter, 50_000),
    "ADS-B airborne, one frame": (lambda: adsb.read_frame(AIRBORNE), bare_squitter, 50_000),
    "ADS-B surface, encode": (lambda: adsb.encode(_squitter), None, 0),
    "NMEA RMC, parse": (lambda: nmea.parse(RMC, reference=NOON), bare_rmc, 0),
    "position JSON, parse": (lambda: position_json.parse(JSON), lambda: orjson.loads(JSON), 0),
    "ASTERIX 010, parse": (lambda: asterix.parse(RADAR, reference=NOON), bare_radar, 0),
}  # fmt: skip

_location = jt808.parse(LOCATION)[0]
_squitter = adsb.read_frame(SURFACE)


def rate(work: Callable[[], object]) -> float:
    """Calls a second of CPU time: the best of several rounds, as other work disturbs."""
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(CALLS):
            work()
        best = min(best, time.process_time() - began)
    return CALLS / best


@pytest.mark.parametrize("name", CASES)
def test_rates(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    ours, bare, asked = CASES[name]
    found = rate(ours)
    beside = f", bare reader {rate(bare):>9,.0f}/s" if bare is not None else ""
    with capsys.disabled():
        print(f"\n{name:<30} {found:>9,.0f}/s{beside}", end="")  # noqa: T201
    assert found >= asked


def test_a_position_from_an_encoded_one(capsys: pytest.CaptureFixture[str]) -> None:
    locator = adsb.Locator((43.63, 1.37))
    found = rate(lambda: locator.locate(_squitter, 0.0))
    with capsys.disabled():
        print(f"\n{'ADS-B surface, locate':<30} {found:>9,.0f}/s", end="")  # noqa: T201
    assert found >= 50_000
