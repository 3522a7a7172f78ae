"""Damage to messages, the same every time, and what every reader owes its caller for it."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence

from service_bus import Malformed, TooLarge

INTERESTING = (
    b"\x00",
    b"\xff",
    b"\n",
    b"\r\n",
    b"^",
    b">",
    b"<",
    b"'",
    b"+",
    b"?",
    b"/",
    b"FF",
    b"00",
)
# What means something to one of the formats, and what means nothing to any.


def mutated(seeds: Sequence[bytes], count: int, *, seed: int = 792) -> Iterator[bytes]:
    """``count`` damaged messages made from ``seeds``."""
    chance = random.Random(seed)
    for _ in range(count):
        data = bytearray(chance.choice(seeds))
        for _ in range(chance.choice((1, 1, 1, 2, 3, 8))):
            _damage(data, seeds, chance)
        yield bytes(data)


def _damage(data: bytearray, seeds: Sequence[bytes], chance: random.Random) -> None:
    at = chance.randrange(len(data) + 1)
    kind = chance.randrange(7)
    if kind == 0 and at < len(data):
        data[at] = chance.randrange(256)
    elif kind == 1 and at < len(data):
        data[at] = chance.choice(b"0123456789ABCDEFXYZ <>/^'+:")
    elif kind == 2:
        del data[at : at + chance.choice((1, 1, 2, 16, 400))]
    elif kind == 3:
        data[at:at] = chance.choice(INTERESTING)
    elif kind == 4:
        data[at:at] = data[at : at + chance.randrange(1, 60)]
    elif kind == 5:
        other = chance.choice(seeds)
        data[at:] = other[chance.randrange(len(other) + 1) :]
    else:
        end = min(at + 2, len(data))
        data[at:end] = data[at:end][::-1]


def is_read_or_refused(read: Callable[[bytes], object], data: bytes) -> bool:
    """Whether it was read; a refusal must name field and position."""
    refusal: Malformed | None = None
    try:
        read(data)
    except Malformed as error:
        refusal = error
    except TooLarge:
        return False
    if refusal is None:
        return True
    assert refusal.field, (data, str(refusal))
    assert refusal.position, (data, str(refusal))
    assert len(refusal.found) <= 32, (data, str(refusal))
    return False
