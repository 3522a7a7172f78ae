"""Checksums and lengths put right again, so that damage gets past them and into the fields.

Without this nearly every damaged frame is refused for its checksum and nothing behind it is tried.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Final

Repair = Callable[[bytes], bytes]

_GENERATOR: Final = 0x1FFF409
"""Of the 24-bit parity of Mode S: Annex 10 vol. IV, 3.1.2.3.3."""
_SQUITTER: Final = re.compile(rb"(?<![0-9A-Fa-f])[0-9A-Fa-f]{28}(?![0-9A-Fa-f])")
_SENTENCE: Final = re.compile(rb"[$!]([^$!*\r\n]+)\*[0-9A-Fa-f]{2}")


def jt808(data: bytes) -> bytes:
    """Every frame between two 0x7E gets its XOR and, where it has room for one, its body's length."""
    parts = data.split(b"\x7e")
    return b"\x7e".join(_frame(part) for part in parts)


def _frame(part: bytes) -> bytes:
    plain = bytearray(part.replace(b"\x7d\x02", b"\x7e").replace(b"\x7d\x01", b"\x7d"))
    if len(plain) < 13:
        return part
    newer = bool(plain[2] & 0x40)
    header = (17 if newer else 12) + (4 if plain[2] & 0x20 else 0)
    length = max(0, min(len(plain) - header - 1, 0x3FF))
    plain[2] = plain[2] & 0xFC | length >> 8
    plain[3] = length & 0xFF
    check = 0
    for octet in plain[:-1]:
        check ^= octet
    plain[-1] = check
    return bytes(plain).replace(b"\x7d", b"\x7d\x01").replace(b"\x7e", b"\x7d\x02")


def adsb(data: bytes) -> bytes:
    """Every run of 28 hexadecimal digits gets the parity of an extended squitter."""
    return _SQUITTER.sub(lambda found: _with_parity(found[0]), data)


def _with_parity(digits: bytes) -> bytes:
    value = int(digits[:22], 16) << 24
    rest = value
    for bit in range(111, 23, -1):
        if rest >> bit & 1:
            rest ^= _GENERATOR << (bit - 24)
    return f"{value | rest:028X}".encode()


def nmea(data: bytes) -> bytes:
    """Every sentence with a checksum gets the right one."""

    def right(found: re.Match[bytes]) -> bytes:
        check = 0
        for octet in found[1]:
            check ^= octet
        return found[0][:-2] + f"{check:02X}".encode()

    return _SENTENCE.sub(right, data)


def asterix(data: bytes) -> bytes:
    """The first block says the length that there is."""
    if len(data) < 3 or len(data) > 0xFFFF:
        return data
    return data[:1] + len(data).to_bytes(2, "big") + data[3:]


REPAIRS: Final[Mapping[str, Repair]] = {
    "jt808": jt808,
    "adsb": adsb,
    "nmea": nmea,
    "asterix": asterix,
}
"""By the format's name; the other formats have nothing that hides their fields."""
