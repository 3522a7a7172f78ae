"""Frames of Mode S: downlink format, address and parity around a body.

=======  =====================================================================
bits     field
=======  =====================================================================
1-5      downlink format: 17 a transponder's squitter, 18 any other's
6-8      capability (17), control field (18: 0, 1 ADS-B, 2, 3, 5 TIS-B, 6 ADS-R)
9-32     address, by ICAO unless the control field says otherwise
33-88    ME, see :mod:`.bodies`
89-112   parity: CRC-24 with the polynomial 1FFF409; the whole frame leaves none
=======  =====================================================================

Taken in four dresses: frames of 14 bytes one after the other; hexadecimal text, one frame a line,
plain or as ``*8D...;`` or ``@`` with a 12-digit counter; the Beast format (``1A`` type, 6 bytes of
counter at 12 MHz, signal, frame; ``1A`` doubled inside).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
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
from spatiotemporal.sources.adsb.faults import fault, notice

MAX_BYTES: Final = 1024 * 1024
"""Default cap: a receiver at a busy airport hears some 2,000 frames a second."""

MOST_FRAMES: Final = 50_000
LONG, SHORT = 14, 7
SQUITTER, OTHERS = 17, 18
_LINE_END: Final = re.compile(rb"\r\n|\n|\r")
_POLYNOMIAL: Final = 0xFFF409
_BEAST: Final = {0x31: 2, 0x32: SHORT, 0x33: LONG}
"""Beast types and the bytes of their frames (0x31 is Mode A/C)."""


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
class Message:
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
    if downlink == OTHERS and capability in (4, 7):
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
    code = "adsb-not-adsb" if downlink == OTHERS else "adsb-other-downlink"
    text = f"downlink format {downlink} with field {data[0] & 7} is no ADS-B"
    return Message(
        downlink=downlink,
        capability=data[0] & 7,
        address="",
        body=Other(data=data),
        original=data,
        ticks=ticks,
        notices=notice(mode, code, "downlink format", "byte 0", text),
    )


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

    Raises:
        Malformed: a frame is broken; of several its number is named.
        TooLarge: more than ``max_bytes``.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "ADS-B frames")
    messages = []
    for number, (where, frame, ticks) in enumerate(_frames(data), start=1):
        if number > MOST_FRAMES:
            raise fault(
                "too many frames",
                field="frame",
                position=f"{where or f'frame {number}'} byte 0",
                expected=f"at most {MOST_FRAMES}",
                code="too-many",
            )
        try:
            messages.append(read_frame(frame, mode=mode, ticks=ticks))
        except Malformed as error:
            if where or number > 1 or len(frame) < len(data) // 2 - 2:
                error.position = f"{where or f'frame {number}'} {error.position}"
            raise
    return messages


def recognise(data: bytes) -> float:
    """How surely bytes are ADS-B frames: 0 to 1."""
    try:
        _, first, _ = next(iter(_frames(data[:4_096])), ("", b"", None))
        message = read_frame(first)
    except Malformed:
        return 0.0
    # Parity of other downlink formats cannot be checked, so they prove little.
    return 0.95 if message.address else 0.3


_Dressed = tuple[str, bytes, int | None]


def _frames(data: bytes) -> Iterator[_Dressed]:
    if not data:
        raise fault(
            "no frame", field="frame", position="byte 0", expected="a Mode S frame", code="empty"
        )
    if data[0] == 0x1A:
        return _beast(data)
    if data[0] >= 0x80 or len(data) == SHORT:
        return (("", data[start : start + LONG], None) for start in range(0, len(data), LONG))
    return _lines(data)


def _lines(data: bytes) -> Iterator[_Dressed]:
    many = data.count(b"\n", 0, len(data) - 1) > 0
    for number, line in enumerate(_rows(data), start=1):
        text = line.strip()
        if not text or text.startswith(b"#"):
            continue
        ticks = None
        digits = text.rstrip(b";")
        if text[:1] in (b"*", b"@"):
            digits = digits[1:]
        try:
            if text[:1] == b"@":
                ticks, digits = int(digits[:12], 16), digits[12:]
            frame = bytes.fromhex(digits.decode("ascii"))
        except ValueError as error:
            raise fault(
                "line is not hexadecimal",
                field="frame",
                position=f"line {number} column 1",
                found=text[:20].decode("ascii", "replace"),
                expected="hexadecimal digits of a frame",
                code="not-hex",
            ) from error
        yield (f"line {number}" if many else ""), frame, ticks


def _rows(data: bytes) -> Iterator[bytes]:
    """Each line when it is asked for, without its end."""
    start = 0
    for end in _LINE_END.finditer(data):
        yield data[start : end.start()]
        start = end.end()
    if start < len(data):
        yield data[start:]


def _beast(data: bytes) -> Iterator[_Dressed]:
    at = 0
    while at < len(data):
        size = _BEAST.get(data[at + 1]) if at + 1 < len(data) and data[at] == 0x1A else None
        if size is None:
            raise fault(
                "no Beast frame begins here",
                field="Beast type",
                position=f"byte {at}",
                found=data[at : at + 2].hex().upper(),
                expected="1A 31, 1A 32 or 1A 33",
                code="no-frame",
            )
        start, at = at, at + 2
        inner = bytearray()
        while len(inner) < 7 + size and at < len(data):
            step = 2 if data[at] == 0x1A else 1
            if step == 2 and data[at + 1 : at + 2] != b"\x1a":
                break
            inner.append(data[at])
            at += step
        if len(inner) < 7 + size:
            raise fault(
                "Beast frame is cut short",
                field="frame",
                position=f"byte {at}",
                found=f"{len(inner)} bytes",
                expected=f"{7 + size} bytes",
                code="too-short",
            )
        if size != 2:
            yield f"frame at byte {start}", bytes(inner[7:]), int.from_bytes(inner[:6], "big")
