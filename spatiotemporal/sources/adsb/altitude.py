"""Altitude codes of 12 bits: 25 ft steps, or the Gillham code of older transponders.

Bits in order: C1 A1 C2 A2 C4 A4 B1 Q B2 D2 B4 D4. With Q set, the other eleven count 25 ft from
-1,000 ft. Without it they are a Gray code: D2 D4 A1 A2 A4 B1 B2 B4 in steps of 500 ft, C1 C2 C4 in
steps of 100 ft (Annex 10 volume IV; the 13th bit, M, is left out in squitters).
"""

from __future__ import annotations

_C = {0b001: 1, 0b011: 2, 0b010: 3, 0b110: 4, 0b100: 5}
"""Gray code of C1 C2 C4 to hundreds of feet."""


def altitude_ft(code: int) -> int | None:
    """Feet of a code; ``None`` for zero and for codes that stand for nothing.

    >>> altitude_ft(0b110000111000), altitude_ft(0)
    (38000, None)
    """
    if not code:
        return None
    if code >> 4 & 1:
        return ((code & 0xFE0) >> 1 | code & 0xF) * 25 - 1000
    c1, a1, c2, a2, c4, a4, b1, _, b2, d2, b4, d4 = (code >> bit & 1 for bit in range(11, -1, -1))
    hundreds = _C.get(c1 << 2 | c2 << 1 | c4)
    if hundreds is None:
        return None
    five_hundreds = 0
    previous = 0
    for bit in (d2, d4, a1, a2, a4, b1, b2, b4):
        previous ^= bit
        five_hundreds = five_hundreds << 1 | previous
    # Neighbouring 500 ft steps run through the hundreds in opposite directions.
    if five_hundreds & 1:
        hundreds = 6 - hundreds
    feet = five_hundreds * 500 + hundreds * 100 - 1300
    return feet if feet >= -1200 else None


def altitude_code(feet: float) -> int:
    """The code of an altitude in steps of 25 ft, -1,000 to 50,175 ft."""
    steps = min(max(round((feet + 1000) / 25), 0), 0x7FF)
    return (steps & 0x7F0) << 1 | 0x10 | steps & 0xF
