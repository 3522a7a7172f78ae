"""How inputs are damaged: bytes, chunks, tokens, numbers, lengths, lines, two inputs joined."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Sequence
from typing import Final

LARGEST: Final = 8_192
"""Bytes that a mutated input has at most; larger ones are tried apart (tests/fuzz/hostile.py)."""

_TOKEN: Final = re.compile(rb"[A-Za-z0-9.\-]+")
_NUMBER: Final = re.compile(rb"\d+")
_SHORTEST_RUN: Final = 64

EXTREMES: Final = (
    b"0", b"00", b"-1", b"-0", b"+1", b"1", b"9", b"99", b"255", b"256", b"366", b"367", b"999", b"1000",
    b"2359", b"2360", b"2400", b"2401", b"32767", b"65535", b"65536", b"9999", b"99999999",
    b"2147483648", b"9223372036854775808", b"9" * 40,
    b"9" * 5000, b"0" * 40, b"0.0", b".", b"1.", b".1", b"1e308",
    b"1e999", b"-1e-999", b"NaN", b"Infinity", b"0x10", b"1_0", b"000000", b"235960", b"240000",
    b"0000-00-00", b"9999-12-31T23:59:59+14:00", b"0001-01-01T00:00:00-14:00", b"29FEB", b"31APR", b"00JAN",
)  # fmt: skip
"""Numbers and times at the ends of what fields hold, and past them."""

UNICODE: Final = (
    *(text.encode("utf-8", "surrogatepass")
    for text in (
        "²", "٣", "०", "１", "Ａ", "雾", "é", "ß", "ı", "İ", "\u200b", "\u202e", "\ufeff", "\u2028",
        "\x85", "\xa0", "\U0001f6eb", "\ud800", "e\u0301", "\x1c", "\x0b",
    )),
    b"\xff", b"\xfe\xff", b"\xc0\x80", b"\x80", b"\x00", b"\x1d", b"\x7f", b"\x1a",
)  # fmt: skip
"""Digits that are none, letters that grow when folded, marks, and bytes that are no text."""

MARKS: Final = (
    b"\r\n", b"\n", b"\r", b"\t", b" ", b"/", b"//", b"-", b".", b",", b";", b":", b"'", b"+", b"?", b"*",
    b"<", b">", b"&", b'"', b"=", b"(", b")", b"[", b"]", b"{", b"}", b"\\", b"^", b"$", b"!", b"~", b"}\x01",
    b"}\x02", b"</", b"/>", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?", b"?>", b"&#0;", b"&#x10FFFF;",
    b"&amp;", b"&x;", b"<!DOCTYPE a>", b"\\u0000", b"\\ud800", b"null", b"true", b"[]", b"{}", b"ZCZC",
    b"NNNN", b"=\r\n", b"PART2", b"SI ", b"OSI/", b"FF", b"00",
)  # fmt: skip
"""What separates or opens something in one of the formats."""

Mutator = Callable[[bytearray, "Damage"], None]


class Damage:
    """A source of damaged inputs: the same seed gives the same inputs.

    Args:
        chance: where every choice comes from.
        pool: inputs that pieces are taken from; may grow from outside.
    """

    def __init__(self, chance: random.Random, pool: Sequence[bytes]) -> None:
        self.chance: Final = chance
        self.pool: Final = pool

    def damaged(self, data: bytes) -> bytes:
        """A copy with one to several damages, mostly few."""
        copy = bytearray(data)
        for _ in range(self.chance.choice((1, 1, 1, 1, 2, 2, 3, 4, 8))):
            self.chance.choice(MUTATORS)(copy, self)
        del copy[LARGEST:]
        return bytes(copy)

    def at(self, data: bytearray) -> int:
        """Some place, the end included."""
        return self.chance.randrange(len(data) + 1)

    def length(self) -> int:
        """Length of a chunk: mostly short."""
        return self.chance.randint(1, self.chance.choice((1, 2, 4, 8, 16, _SHORTEST_RUN, 400)))

    def span(self, data: bytearray, pattern: re.Pattern[bytes]) -> tuple[int, int] | None:
        """Where one match of a pattern stands, searched from some place on."""
        found = pattern.search(data, self.at(data)) or pattern.search(data)
        return found.span() if found else None

    def other(self) -> bytes:
        """Another input."""
        return self.chance.choice(self.pool)


def _flip_bit(data: bytearray, damage: Damage) -> None:
    if data:
        data[damage.chance.randrange(len(data))] ^= 1 << damage.chance.randrange(8)


def _set_byte(data: bytearray, damage: Damage) -> None:
    if data:
        data[damage.chance.randrange(len(data))] = damage.chance.randrange(256)


def _set_letter(data: bytearray, damage: Damage) -> None:
    if data:
        letters = b"0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ /-.<+'"
        data[damage.chance.randrange(len(data))] = damage.chance.choice(letters)


def _delete(data: bytearray, damage: Damage) -> None:
    at = damage.at(data)
    del data[at : at + damage.length()]


def _repeat(data: bytearray, damage: Damage) -> None:
    at = damage.at(data)
    chunk = data[at : at + damage.length()]
    data[at:at] = chunk * damage.chance.choice((1, 1, 1, 2, 3, 20))


def _insert_mark(data: bytearray, damage: Damage) -> None:
    at = damage.at(data)
    data[at:at] = damage.chance.choice(MARKS)


def _insert_unicode(data: bytearray, damage: Damage) -> None:
    at = damage.at(data)
    data[at:at] = damage.chance.choice(UNICODE)


def _insert_bytes(data: bytearray, damage: Damage) -> None:
    at = damage.at(data)
    data[at:at] = damage.chance.randbytes(damage.chance.randint(1, 8))


def _borrow(data: bytearray, damage: Damage) -> None:
    """Put a chunk of another input in."""
    other, at = damage.other(), damage.at(data)
    start = damage.chance.randrange(len(other) + 1)
    data[at:at] = other[start : start + damage.length()]


def _splice(data: bytearray, damage: Damage) -> None:
    """Go on as another input does."""
    other = damage.other()
    data[damage.at(data) :] = other[damage.chance.randrange(len(other) + 1) :]


def _swap_tokens(data: bytearray, damage: Damage) -> None:
    one, two = damage.span(data, _TOKEN), damage.span(data, _TOKEN)
    if one and two and one[1] <= two[0]:
        first, second = data[slice(*one)], data[slice(*two)]
        data[slice(*two)] = first
        data[slice(*one)] = second


def _other_token(data: bytearray, damage: Damage) -> None:
    span = damage.span(data, _TOKEN)
    other = bytearray(damage.other())
    theirs = damage.span(other, _TOKEN)
    if span and theirs:
        data[slice(*span)] = other[slice(*theirs)]


def _token_length(data: bytearray, damage: Damage) -> None:
    """Make a field shorter or longer."""
    span = damage.span(data, _TOKEN)
    if span is None:
        return
    token = bytes(data[slice(*span)])
    keep = damage.chance.randrange(len(token) + 1)
    longer = token + token[-1:] * damage.chance.choice((1, 1, 2, 8, 70, 300))
    data[slice(*span)] = token[:keep] if damage.chance.random() < 0.5 else longer


def _extreme(data: bytearray, damage: Damage) -> None:
    span = damage.span(data, _NUMBER)
    if span is not None:
        data[slice(*span)] = damage.chance.choice(EXTREMES)


def _step(data: bytearray, damage: Damage) -> None:
    """A number one more or less, of the same width."""
    span = damage.span(data, _NUMBER)
    if span is not None and span[1] - span[0] < _SHORTEST_RUN:
        width = span[1] - span[0]
        told = int(data[slice(*span)]) + damage.chance.choice((-1, 1, 10))
        data[slice(*span)] = str(max(told, 0)).rjust(width, "0").encode()


def _truncate(data: bytearray, damage: Damage) -> None:
    if damage.chance.random() < 0.5:
        del data[damage.at(data) :]
    else:
        del data[: damage.chance.randrange(len(data) // 4 + 1)]


def _move_line(data: bytearray, damage: Damage) -> None:
    """Drop, double or move a line."""
    lines = data.splitlines(keepends=True)
    if len(lines) < 2:
        return
    at = damage.chance.randrange(len(lines))
    to = damage.chance.randrange(len(lines))
    match damage.chance.randrange(3):
        case 0:
            del lines[at]
        case 1:
            lines.insert(to, lines[at])
        case _:
            lines[at], lines[to] = lines[to], lines[at]
    data[:] = b"".join(lines)


def _swap_case(data: bytearray, damage: Damage) -> None:
    span = damage.span(data, _TOKEN)
    if span is not None:
        data[slice(*span)] = data[slice(*span)].swapcase()


MUTATORS: Final[tuple[Mutator, ...]] = (
    _flip_bit, _set_byte, _set_letter, _set_letter, _delete, _delete, _repeat, _insert_mark, _insert_mark,
    _insert_unicode, _insert_bytes, _borrow, _borrow, _splice, _swap_tokens, _other_token, _other_token,
    _token_length, _extreme, _step, _truncate, _move_line, _move_line, _swap_case,
)  # fmt: skip
