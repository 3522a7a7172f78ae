"""Frames of Mode S: downlink format, address and parity around a body.

=======  =====================================================================
bits     field
=======  =====================================================================
1-5      downlink format: 17 a transponder's squitter, 18 any other's
6-8      capability (17), control field (18: 0, 1 ADS-B, 2, 5 TIS-B, 6 ADS-R)
9-32     address, by ICAO unless the control field says otherwise
33-88    ME, see :mod:`.bodies`
89-112   parity: CRC-24 with the polynomial 1FFF409; the whole frame leaves none
=======  =====================================================================

How frames come is said in :mod:`.dresses`. Control field 3 of format 18 is a coarse TIS-B position
with bits of its own; it stays bytes, as does what manages TIS-B (4) and what is reserved (7).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final

from service_bus import Malformed, Mode, Notice, TooLarge
from spatiotemporal.sources.adsb.bodies import (
    AirbornePosition,
    Body,
    Identification,
    Other,
    SurfacePosition,
    Velocity,
    read_body,
    write_body,
)
from spatiotemporal.sources.adsb.dresses import LONG, SHORT, Dressed, frames, is_log
from spatiotemporal.sources.adsb.faults import fault, notice
from spatiotemporal.sources.later import Later
from spatiotemporal.sources.log import Log

MAX_BYTES: Final = 1024 * 1024
"""Default cap: a receiver at a busy airport hears some 2,000 frames a second."""

MOST_FRAMES: Final = 50_000
SQUITTER, OTHERS = 17, 18
_POLYNOMIAL: Final = 0xFFF409
_NOT_ADSB: Final = (3, 4, 7)
"""Control fields of format 18 whose bodies are others."""


def _table() -> tuple[int, ...]:
    found = []
    for byte in range(256):
        value = byte << 16
        for _ in range(8):
            value = value << 1 ^ (_POLYNOMIAL if value & 0x800000 else 0)
        found.append(value & 0xFFFFFF)
    return tuple(found)


_CRC: Final = _table()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message(Later):
    """A frame, read.

    Attributes:
        downlink: downlink format, 17 or 18 for ADS-B.
        capability: capability, or control field of 18.
        address: 24 bits, six hexadecimal digits.
        ticks: the receiver's counter at 12 MHz, where the feed has one.
    """

    downlink: int
    capability: int
    address: str
    body: Body
    original: bytes = b""
    ticks: int | None = None
    notices: tuple[Notice, ...] = ()

    def again(self) -> Message:
        """The same from its frame; ticks and notices are kept."""
        return read_frame(self.original)


def crc(data: bytes) -> int:
    """Remainder of CRC-24; 0 for a whole squitter.

    >>> crc(bytes.fromhex("8C3944F8400002ACB23CDA192B95"))
    0
    """
    value = 0
    for byte in data[:-3]:
        value = (value << 8 & 0xFFFFFF) ^ _CRC[value >> 16 ^ byte]
    return value ^ int.from_bytes(data[-3:], "big")


def read_frame(data: bytes, *, mode: Mode = "tolerant", ticks: int | None = None) -> Message:
    """Read one frame of 14 bytes (or of 7: kept as :class:`Other`).

    Raises:
        Malformed: wrong length or parity; in strict mode also anything odd.
    """
    downlink = data[0] >> 3 if data else 0
    if len(data) != LONG:
        return _short(data, downlink, mode, ticks)
    if downlink not in (SQUITTER, OTHERS):
        return _other(data, downlink, mode, ticks)
    remainder = crc(data)
    if remainder:
        raise fault(
            "wrong parity",
            field="parity",
            position="byte 11",
            found=data[11:].hex().upper(),
            expected=f"{int.from_bytes(data[11:], 'big') ^ remainder:06X}",
            code="wrong-parity",
        )
    capability = data[0] & 7
    if downlink == OTHERS and capability in _NOT_ADSB:
        return _other(data, downlink, mode, ticks)
    body = read_body(int.from_bytes(data[4:11], "big"))
    return Message(
        downlink=downlink,
        capability=capability,
        address=data[1:4].hex().upper(),
        body=body,
        original=data,
        ticks=ticks,
        notices=_odd(body, mode),
    )


def _short(data: bytes, downlink: int, mode: Mode, ticks: int | None) -> Message:
    if len(data) == SHORT and downlink < 16:
        return _other(data, downlink, mode, ticks)
    raise fault(
        "frame has no length of Mode S",
        field="frame",
        position=f"byte {len(data)}",
        found=f"{len(data)} bytes",
        expected="14 bytes (7 below downlink format 16)",
        code="wrong-length",
    )


def _other(data: bytes, downlink: int, mode: Mode, ticks: int | None) -> Message:
    capability = data[0] & 7
    return Message(
        downlink=downlink,
        capability=capability,
        address="",
        body=Other(data=data),
        original=data,
        ticks=ticks,
        notices=_no_adsb(downlink, capability, mode),
    )


@lru_cache(maxsize=512)
def _no_adsb(downlink: int, capability: int, mode: Mode) -> tuple[Notice, ...]:
    """The same notices for all alike: most of what a receiver hears is no ADS-B."""
    code = "adsb-not-adsb" if downlink == OTHERS else "adsb-other-downlink"
    text = f"downlink format {downlink} with field {capability} is no ADS-B"
    return notice(mode, code, "downlink format", "byte 0", text)


def _odd(body: Body, mode: Mode) -> tuple[Notice, ...]:
    match body:
        case SurfacePosition(movement=movement) if movement > 124:
            text = f"movement {movement} is reserved"
            return notice(mode, "adsb-reserved-movement", "movement", "byte 4", text)
        case AirbornePosition(altitude=code) if code and body.altitude_m is None:
            text = f"altitude code {code:012b} stands for no altitude"
            return notice(mode, "adsb-altitude-code", "altitude", "byte 5", text)
        case Velocity(subtype=subtype) if subtype not in (1, 2, 3, 4):
            text = f"velocity subtype {subtype} is reserved"
            return notice(mode, "adsb-reserved-subtype", "subtype", "byte 4", text)
        case Identification(callsign=callsign) if "#" in callsign:
            text = "the identification holds a code without a character"
            return notice(mode, "adsb-odd-character", "identification", "byte 5", text)
    return ()


def encode(message: Message) -> bytes:
    """The 14 bytes of a squitter, or the bytes of another frame as they were."""
    if isinstance(message.body, Other) and not message.address:
        return message.body.data
    head = bytes([message.downlink << 3 | message.capability]) + bytes.fromhex(message.address)
    data = head + write_body(message.body).to_bytes(7, "big")
    return data + crc(data + bytes(3)).to_bytes(3, "big")


def parse(data: bytes, *, mode: Mode = "tolerant", max_bytes: int = MAX_BYTES) -> list[Message]:
    """Read frames in any of their dresses.

    Of a log, which is lines or the Beast format, a frame that cannot be read is left out with a notice
    on the message after it; only the first ones are told one by one.

    Raises:
        Malformed: no frame can be read; among bytes one after the other, and in strict mode, a frame is
            broken; of several its number is named.
        TooLarge: more than ``max_bytes``.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "ADS-B frames")
    again = ("downlink", "capability", "address", "body")
    log: Log[Message] = Log("adsb-left-out", mode == "tolerant" and is_log(data), again)
    for number, found in enumerate(frames(data), start=1):
        if number > MOST_FRAMES:
            raise _too_many(number, found)
        if isinstance(found, Malformed):
            log.leave_out(found)
            continue
        where, frame, ticks = found
        try:
            message = read_frame(frame, mode=mode, ticks=ticks)
        except Malformed as error:
            if where or number > 1 or len(frame) < len(data) // 2 - 2:
                error.position = f"{where or f'frame {number}'} {error.position}"
            log.leave_out(error)
        else:
            log.take(message)
    return log.close()


def _too_many(number: int, found: Dressed | Malformed) -> Malformed:
    where = found.position if isinstance(found, Malformed) else found.where
    return fault(
        "too many frames",
        field="frame",
        position=f"{where or f'frame {number}'} byte 0",
        expected=f"at most {MOST_FRAMES}",
        code="too-many",
    )


def recognise(data: bytes) -> float:
    """How surely bytes are ADS-B frames: 0 to 1."""
    best = 0.0
    for found in islice(frames(data[:4_096]), 5 if is_log(data) else 1):
        if isinstance(found, Malformed):
            continue
        try:
            message = read_frame(found.data)
        except Malformed:
            continue
        # Parity of other downlink formats cannot be checked, so they prove little.
        best = max(best, 0.95 if message.address else 0.3)
    return best
