"""Floods of parts that differ: a piece of a right input over and over, with other numbers each time."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from service_bus import Malformed, TooLarge, WireFormat
from tests.fuzz.memory import reader
from tests.fuzz.repairs import REPAIRS

_OPENING: Final = re.compile(rb"<(?P<name>[\w:]+)")
_MOST_GROUPS: Final = 6
_NUMBER: Final = re.compile(rb"(?<=[0-9])[0-9]{2,}")
"""What may be another number: not its first digit, which says what the number is or is no nought."""
_STEP: Final = 7_919
"""From one number to the next: a prime, so that no number comes again before all others have."""
_TRIED: Final = (1, 13, 137, 777, 1_999)
"""Of these numbers all must be read."""


def groups(seed: bytes) -> list[tuple[int, int]]:
    """Where some elements of XML stand that hold others, from large to small."""
    found = {}
    for opening in _OPENING.finditer(seed):
        closing = b"</" + opening["name"] + b">"
        end = seed.find(closing, opening.end()) + len(closing)
        element = seed[opening.start() : end]
        alone = element.count(b"<" + opening["name"]) == 1
        if alone and element.count(b"<") > 2 and len(element) < len(seed) * 0.9:
            found[len(element)] = (opening.start(), end)
    sizes = sorted(found, reverse=True)
    return [found[size] for size in sizes[:: max(1, len(sizes) // _MOST_GROUPS)]]


def varied(
    form: WireFormat, seed: bytes, start: int, end: int, size: int, *, listed: bool = False
) -> bytes:
    """A piece of a right input as often as there is room for, with other numbers each time.

    Args:
        form: whose reader says which numbers may be others, as far as it is told by one of them alone.
        seed: the right input.
        start: of the piece.
        end: of the piece.
        size: about so many bytes.
        listed: make a list of JSON.
    """
    piece = seed[start:end]
    free = _free(form, seed, start, end)
    repair = REPAIRS.get(form.name, bytes)
    count = max(1, (size - len(seed)) // len(piece) + 1)
    pieces = [repair(_numbered(piece, free, number)) for number in range(count)]
    if listed:
        return b"[" + b",".join(pieces) + b"]"
    return seed[:start] + b"".join(pieces) + seed[end:]


def _free(form: WireFormat, seed: bytes, start: int, end: int) -> list[tuple[int, int]]:
    """Where in a piece numbers stand that may be others."""
    read, repair = reader(form), REPAIRS.get(form.name, bytes)
    piece, found = seed[start:end], []
    for number in _NUMBER.finditer(piece):
        others = (_numbered(piece, [number.span()], count) for count in _TRIED)
        if all(_is_read(read, repair(seed[:start] + other + seed[end:])) for other in others):
            found.append(number.span())
    return found


def _is_read(read: Callable[[bytes], object], data: bytes) -> bool:
    try:
        read(data)
    except (Malformed, TooLarge):
        return False
    return True


def _numbered(piece: bytes, spans: Sequence[tuple[int, int]], number: int) -> bytes:
    made = bytearray(piece)
    for start, end in spans:
        other = (int(piece[start:end]) + number * _STEP) % 10 ** (end - start)
        made[start:end] = str(other).zfill(end - start).encode()
    return bytes(made)
