"""JT/T 808 framing: flags, escapes, checksum and header (2011, 2013 and 2019).

A frame on the wire is ``7E | escape(header body checksum) | 7E``. Inside, ``7E`` is written
``7D 02`` and ``7D`` is written ``7D 01``; the checksum is the exclusive-or of header and body
before escaping.

Header (big-endian), offsets in bytes:

====================  ==========  ==========  ==============================================
field                 2011/2013   2019        note
====================  ==========  ==========  ==============================================
message id            0           0           WORD
properties            2           2           WORD; bits 0-9 body length, 10-12 encryption,
                                              13 sub-packaged, 14 version flag (2019)
protocol version      -           4           BYTE
terminal phone        4 (6)       5 (10)      BCD, left-padded with zeros, kept as text
serial number         10          15          WORD, wraps 65535 -> 0
package total         12          17          WORD, only when sub-packaged
package index         14          19          WORD, from 1
====================  ==========  ==========  ==============================================
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from operator import xor

from service_bus import Malformed
from spatiotemporal.sources.jt808.faults import fault

FLAG = 0x7E
ESCAPE = 0x7D

LONGEST_BODY = 1_023
"""What the ten bits of the length can say."""

LONGEST_FRAME = 4_096
"""Bytes between two flags: the largest body with every byte escaped, twice over."""

_SUB_PACKAGED = 1 << 13
_VERSION_2019 = 1 << 14
_LENGTH = 0x3FF
_ENCRYPTION = 0x1C00


@dataclass(frozen=True, slots=True, kw_only=True)
class Header:
    """Header of one frame.

    Attributes:
        phone: the terminal's number as sent, with its padding zeros; hexadecimal digits where it is
            no BCD (some terminals send the number of their modem or module so).
        version: protocol version byte of 2019, ``None`` for the older header.
        package: (total, index) of a sub-package.
        encryption: value of the encryption bits; 0 is none.
    """

    message_id: int
    phone: str
    serial: int
    version: int | None = None
    package: tuple[int, int] | None = None
    encryption: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A header with its body, and the bytes they came from (with their flags)."""

    header: Header
    body: bytes
    original: bytes


def escape(data: bytes) -> bytes:
    """Make bytes safe to stand between flags.

    >>> escape(bytes.fromhex("307e087d55")).hex()
    '307d02087d0155'
    """
    return data.replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02")


def unescape(data: bytes) -> bytes:
    """Undo :func:`escape`, in one pass.

    Raises:
        Malformed: an escape byte is not followed by 01 or 02.
    """
    if ESCAPE not in data:
        return data
    out = bytearray()
    start = 0
    while (at := data.find(ESCAPE, start)) >= 0:
        out += data[start:at]
        following = data[at + 1 : at + 2]
        if following == b"\x01":
            out.append(ESCAPE)
        elif following == b"\x02":
            out.append(FLAG)
        else:
            raise fault(
                "broken escape",
                field="frame",
                position=f"byte {at + 1}",
                found=f"7D {following.hex().upper()}".strip(),
                expected="7D 01 or 7D 02",
                code="broken-escape",
            )
        start = at + 2
    out += data[start:]
    return bytes(out)


def checksum(data: bytes) -> int:
    """Exclusive-or of all bytes.

    >>> checksum(bytes([0x7E, 0x7E, 0x05]))
    5
    """
    value = int.from_bytes(data, "big")
    # Fold halves: a few big-integer operations instead of one step per byte.
    length = len(data)
    while length > 8:
        half = (length + 1) // 2
        value = (value >> (half * 8)) ^ (value & ((1 << (half * 8)) - 1))
        length = half
    return reduce(xor, value.to_bytes(length, "big"), 0)


def read_frame(original: bytes) -> Frame:
    """Read one frame with its flags.

    Raises:
        Malformed: names the fault and the byte, counted in the unescaped frame from its first flag.
    """
    inner = original.strip(b"\x7e")
    data = unescape(inner)
    if len(data) < 13:
        raise fault(
            "frame is too short for a header and a checksum",
            field="frame",
            position="byte 0",
            found=f"{len(data)} bytes",
            expected="at least 13 bytes",
            code="too-short",
        )
    computed = checksum(data[:-1])
    if computed != data[-1]:
        raise fault(
            "wrong checksum",
            field="checksum",
            position=f"byte {len(data)}",
            found=f"{data[-1]:02X}",
            expected=f"{computed:02X}",
            code="wrong-checksum",
        )
    header, length = read_header(data)
    body = data[length:-1]
    declared = int.from_bytes(data[2:4], "big") & _LENGTH
    if len(body) != declared:
        raise fault(
            "body length differs from the header",
            field="body length",
            position="byte 3",
            found=f"{declared}",
            expected=f"{len(body)}, the bytes that are there",
            code="wrong-length",
        )
    return Frame(header=header, body=body, original=original)


def read_header(data: bytes) -> tuple[Header, int]:
    """Header at the start of unescaped bytes, and its length.

    Raises:
        Malformed: the bytes end too early.
    """
    if len(data) < 4:
        raise _header_cut(data, 12)
    message_id, properties = struct.unpack_from(">HH", data)
    newer = bool(properties & _VERSION_2019)
    length = 17 if newer else 12
    if properties & _SUB_PACKAGED:
        length += 4
    if len(data) < length + 1:
        raise _header_cut(data, length)
    phone = data[5:15] if newer else data[4:10]
    at = 15 if newer else 10
    package = None
    if properties & _SUB_PACKAGED:
        total, index = struct.unpack_from(">HH", data, at + 2)
        package = (total, index)
    header = Header(
        message_id=message_id,
        phone=phone.hex().upper(),
        serial=int.from_bytes(data[at : at + 2], "big"),
        version=data[4] if newer else None,
        package=package,
        encryption=(properties & _ENCRYPTION) >> 10,
    )
    return header, length


def _header_cut(data: bytes, length: int) -> Malformed:
    return fault(
        "frame ends inside its header",
        field="header",
        position=f"byte {len(data)}",
        found=f"{len(data)} bytes",
        expected=f"{length} bytes of header",
        code="too-short",
    )


def write_frame(header: Header, body: bytes) -> bytes:
    """Bytes of a frame, flags included.

    Raises:
        Malformed: the body is longer than a frame may carry.
    """
    if len(body) > LONGEST_BODY:
        raise fault(
            "body is too long for one frame",
            field="body length",
            position="byte 3",
            found=str(len(body)),
            expected=f"at most {LONGEST_BODY} bytes",
            code="too-long",
        )
    properties = len(body) | (header.encryption << 10)
    if header.package is not None:
        properties |= _SUB_PACKAGED
    if header.version is None:
        start = struct.pack(">HH", header.message_id, properties)
        phone = bytes.fromhex(header.phone.zfill(12))
    else:
        properties |= _VERSION_2019
        start = struct.pack(">HHB", header.message_id, properties, header.version)
        phone = bytes.fromhex(header.phone.zfill(20))
    data = start + phone + header.serial.to_bytes(2, "big")
    if header.package is not None:
        data += struct.pack(">HH", *header.package)
    data += body
    return b"\x7e" + escape(data + bytes([checksum(data)])) + b"\x7e"


class Splitter:
    """Cuts a stream of bytes into frames; neighbours may share one flag."""

    def __init__(self, longest: int = LONGEST_FRAME) -> None:
        self._longest = longest
        self._rest = b""

    def feed(self, data: bytes) -> Iterator[bytes]:
        """Give the frames that are complete now, each with both flags.

        Raises:
            Malformed: no closing flag within the longest frame; the bytes are dropped.
        """
        stream, start = self._rest + data, 0
        self._rest = stream[stream.rfind(FLAG) + 1 :]
        while (end := stream.find(FLAG, start)) >= 0:
            if end > start:
                yield b"\x7e" + stream[start:end] + b"\x7e"
            start = end + 1
        if len(self._rest) > self._longest:
            size, self._rest = len(self._rest), b""
            raise fault(
                "no closing flag",
                field="frame",
                position=f"byte {size}",
                found=f"{size} bytes without 7E",
                expected=f"a flag within {self._longest} bytes",
                code="unterminated",
            )
