"""Data blocks of ASTERIX, and how faults and notices are said; importing this costs nothing.

A block is a BYTE category, a WORD length (these three bytes included), then records. A record is a
field specification, seven items a byte with the low bit for "more follows", and the items in the
order of the category's user application profile. Positions are ``byte N`` of the data from 0.

==============================  ====================================================================
notice                          meaning
==============================  ====================================================================
asterix-unknown-category        A category that is not read; its records are kept as bytes.
asterix-impossible-position     A latitude or longitude off the earth: often the wrong edition.
asterix-unread                  A block among others cannot be read from here on; kept as bytes.
==============================  ====================================================================

In strict mode each of them is a fault.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from service_bus import Malformed

FORMAT: Final = "asterix"
HEADER: Final = 3
CATEGORIES: Final = frozenset({1, 2, 4, 7, 8, 9, 10, 11, 15, 16, 17, 18, 19, 20, 21, 23, 25, 32, 34,
                               48, 62, 63, 65, 240, 247})  # fmt: skip
"""Categories that exist (for recognition only)."""
_NO_DIGIT: Final = re.compile(rb"[^0-9A-Fa-f\s]")


def fault(
    reason: str, *, field: str, position: str, found: str = "", expected: str = "", code: str
) -> Malformed:
    """A fault that names its place; ``found`` is cut short."""
    return Malformed(
        FORMAT,
        reason,
        field=field,
        position=position,
        found=found[:40],
        expected=expected,
        code=code,
    )


def too_short(field: str, at: int) -> Malformed:
    """The record ends inside ``field``, which begins at byte ``at``."""
    return fault(
        "record ends inside an item",
        field=field,
        position=f"byte {at}",
        expected="more bytes",
        code="too-short",
    )


def blocks(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Category, first byte after the header, and end of each block.

    Raises:
        Malformed: there is no block, or one is cut short.
    """
    at = 0
    while at < len(data) or not data:
        length = int.from_bytes(data[at + 1 : at + HEADER], "big")
        if len(data) - at < HEADER or length < HEADER or at + length > len(data):
            raise fault(
                "block is cut short"
                if len(data) - at < max(length, HEADER)
                else "impossible length",
                field="block length",
                position=f"byte {min(at + 1, len(data))}",
                found=f"{length} of {len(data) - at} bytes",
                expected="3 bytes or more, all of them there",
                code="wrong-length",
            )
        yield data[at], at + HEADER, at + length
        at += length


def from_hex(data: bytes) -> bytes:
    """Blocks that a log holds as hexadecimal digits; other data as they are."""
    if _NO_DIGIT.search(data) or not data.strip():
        return data
    try:
        return bytes.fromhex(data.decode("ascii"))
    except ValueError:
        return data


def recognise(data: bytes) -> float:
    """How surely bytes, or text of hexadecimal digits, are ASTERIX blocks: 0 to 1."""
    data = from_hex(data)
    at = count = foreign = 0
    while at + HEADER < len(data) and count < 50:
        length = int.from_bytes(data[at + 1 : at + HEADER], "big")
        if length <= HEADER or at + length > len(data):
            return 0.0
        foreign += data[at] not in CATEGORIES
        at, count = at + length, count + 1
    if count == foreign:
        return 0.0
    # Lengths that add up are a strong sign, a single short block or many unknown ones a weaker one.
    return 0.8 if (count > 1 or at > 20) and foreign * 2 <= count else 0.5
